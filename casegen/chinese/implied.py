"""implied: what a figure does not say itself: its unit, its owner, how many things share it.

Secret: where Chinese leaves a unit out (2023年93.27万), puts it first (人次超过3000万) or lets the
next noun decide (3个残疾人), and to whom a price applies (每人每月600元).
Not here: finding the figures (figures), what they mean (achievement).
"""

from __future__ import annotations

import re
from dataclasses import replace

from casegen.chinese.characters import HAN
from casegen.chinese.nouns import find_counted_unit
from casegen.chinese.numeral import Amount
from casegen.chinese.units import Measure, measure_ends
from casegen.chinese.word_lists import match_any


def find_unsaid_unit(match: re.Match[str]) -> str:
    """Return the unit that is not written; "" for none.

    It follows from the noun after (带动550万果农), from what is counted before it
    (诊疗人次超过3000万), from a word for money (投资380万), or from the figure before
    (36.5万元，2023年93.27万).
    """
    following = match.string[match.end() : match.end() + 12]
    head = match.string[max(0, match.start() - 16) : match.start()]
    clause = re.split("[，,。；;：:\n]", head)[-1]
    counted = _COUNTED_BEFORE.search(clause)
    if match["bare"] is not None:
        return _UNIT_BEFORE.get(counted["what"], "人") if counted else ""
    noun = re.match(f"[{HAN}]{{0,4}}?({match_any('households')}|{match_any('people')})", following)
    if noun:
        return "户" if re.fullmatch(match_any("households"), noun[1]) else "人"
    if counted:
        return _UNIT_BEFORE.get(counted["what"], "人")
    return _find_scaled_unit(match, clause, following)


def _find_scaled_unit(match: re.Match[str], clause: str, following: str) -> str:
    """Return the unit of a number that ends in 万 or 亿: money, or what its clause counts."""
    if match["number"].rstrip("余多")[-1:] not in {"万", "亿"}:
        return ""
    if re.match(match_any("money_things"), following) or re.search(
        match_any("money_verbs"), clause
    ):
        return "元"
    for heading, unit in (("households", "户"), ("people", "人")):
        if re.search(f"{match_any(heading)}{_TOWARDS}$", clause):
            return unit
    return _find_last_unit(match)


_TOWARDS = (
    r"(?:(?:数量|总数|人数)?[由从][\d.]{1,9}[万亿]?(?:下降|减少|增加|上升)(?:到|至))?"
    r"(?:已|共|总数|总计|累计|达到|达|超过|超|突破|逾|约|近|接近|将近|为|有){0,3}"
)
# 产量（吨）, 面积[亩], 投入（单位：万元）, 销售额/万元 at the end of a heading.
HEADING_UNIT = re.compile(
    r"[（(\[【/]\s{0,9}(?:单位[:：]\s{0,9})?"
    r"(?P<unit>[^（）()\[\]【】\d\s][^（）()\[\]【】]{0,7}?)\s{0,9}[)）\]】]?\s{0,9}$"
)
# 培训人次, 受益户数: the end of the heading is the unit.
_IN_HEADING = re.compile(r"(?P<times>[人场台例]次)$|(?P<of>[人户亩村个次期场所座家名])数$")


def find_heading_unit(heading: str) -> str:
    """Return the unit that the end of a heading gives its figures, written or said; "" for none."""
    if written := HEADING_UNIT.search(heading):
        return written["unit"]
    counted = _IN_HEADING.search(heading)
    return (counted["times"] or counted["of"]) if counted else ""


_UNIT_BEFORE = {"人次": "人次", "户数": "户", "台次": "台次", "例次": "例次"}
_COUNTED_BEFORE = re.compile(f"(?P<what>人次|台次|例次|户数|人数|患者){_TOWARDS}$")


def _find_last_unit(match: re.Match[str]) -> str:
    """Return 元 if the sentence's last figure was money and this one continues from there."""
    if re.match("[，,。；;、）)\n]|$", match.string[match.end() :]) is None:
        return ""
    before = match.string[max(0, match.start() - 80) : match.start()]
    sentence = re.split("[。；;！？!?\n]", before)[-1]
    figures = re.findall(f"[0-9][0-9.]*(?:[余多]?[万亿])?[余多]?(元|[年月日]|[{HAN}%])?", sentence)
    units = [unit for unit in figures if unit not in {"年", "月", "日"}]
    return "元" if units and units[-1] == "元" else ""


# After 每斤2元提高到 the next figure is the new price of the same thing.
RISEN = re.compile("[一每](斤|公斤|千克|吨|只|枚|头|箱)[^，,。；;]{0,12}(?:提高|增加|涨|升)[到至]$")


def find_owners(match: re.Match[str], unit: str) -> str:
    """Return the owners before the figure: 每人每月600元 is 元/人·月, 每人获得了5000元 is 元/人."""
    if unit != "元":
        return ""
    head = match.string[max(0, match.start() - 40) : match.start()]
    clause = re.split("[，,。；;：:\n]", head)[-1]
    risen = RISEN.search(clause)
    if risen:
        return f"/{risen[1]}"
    said = re.search(
        "(每|一)(?:名|位|个)?(人|户|亩|斤|公斤|吨|月|年|天|生|学生|学期|学年|家庭|只|头|枚)"
        "(?:每(?:个)?(月|年|天|学期|学年))?[^0-9]{0,10}$",
        clause,
    )
    if not said or (said[1] == "一" and said[2] not in "斤公斤亩"):
        return ""
    owner = {"学生": "人", "生": "人", "家庭": "户"}.get(said[2], said[2])
    if owner in {"年", "月", "天"} and not said[3]:
        return ""
    return f"/{owner}" + (f"·{said[3]}" if said[3] else "")


_OUT = re.compile(f"(?:[{HAN}A-Za-z]{{1,14}}、){{1,20}}[{HAN}A-Za-z]{{1,12}}各$")


def count_sharers(bare: str, start: int) -> int:
    """Return how many things have the figure each (村室、卫生室、健身广场各一个 are three)."""
    if bare[max(0, start - 1) : start] != "各":
        return 1
    before = bare[max(0, start - 80) : start]
    listed = _OUT.search(before)
    if listed is None:
        return 1
    joined = re.search("和|及|与", listed[0].rpartition("、")[2]) is not None
    # 慰问金3万元、米面20袋、水杯各50个: an item that has its own number does not share this one.
    counted = re.search("[0-9余多]$", before[: listed.start()]) is not None
    return listed[0].count("、") + 1 + joined - counted


def measure_by_noun(low: Amount, high: Amount, unit: str, bare: str, end: int) -> Measure:
    """Return the quantity in base units.

    个 and 名 count what the next noun is: 3个残疾人 are people.
    """
    measure = measure_ends(low.value, high.value, unit)
    if measure.unit not in {"个", "人"}:
        return measure
    stop = f"[，,、。；;：:！!？?（(0-9和与及]|{match_any('phrase_ends')}"
    counted = find_counted_unit(unit[-1], re.split(stop, bare[end : end + 14])[0])
    return replace(measure, unit=counted) if counted else measure
