"""partition: which figures of a sentence are named as parts of another one.

Secret: the phrases that name parts of a whole: 其中, 含, brackets, a colon's list, 分别为…累计,
省内…省外….
Not here: finding the figures (figures), whether the sum is right (rules), parts over several
sentences (relations).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casegen.chinese.characters import HAN
from casegen.chinese.relations import Finding

# Reasons against a figure that also keep it from being added up.
UNFIT = frozenset(
    {"time", "ordinal", "name", "idiom", "price", "specification", "location", "forecast"}
)
_REACH = 26  # code points that a part's own words may take
_MOST = 20
_MARK = re.compile("其中[：:]?|(?<![包内不饱富蕴])含(?![量税水金有义糖硒苞])|包括|包含")
_ANEW = re.compile(
    "实现|带动|增|创收|产值|收入|均|预计|可|受益|覆盖|惠及|年|同比|目前|截至|已完成|到位|另外|此外|同时"
    "|还有|占|每"
)
_ALSO = re.compile("[，,](?:其余|其他|余下|剩余|另有|以及|还有)")
_TOGETHER = re.compile(r"(?:共|总|累计|合计)[^，,。；;\d]{0,8}$")
_APART = re.compile(r"分别(?:为|是|有|达到?|投入|安排)?[^，,。；;、\d]{0,8}$")
_IN_ALL = re.compile(
    r"[，,](?:(?:三年|两年|四年|五年|几年|各年|全年|年度|全[校村镇乡县市])?"
    r"(?:累计|总计|合计|共计|总共|共)[^，,。；;、\d]{0,6}|三年|两年|四年|五年|全年)$"
)
_HELD_AGAINST = re.compile(
    r"(?:是|为|比|较|超过|超出|高于|低于|多于|少于|相当于)(?:了)?(?:(?:20|19)\d\d年|[上去前]年|原来|全[县市省]平均)"
    r"[^，,。；;、\d]{0,6}$"
)
_YEARLY = re.compile(r"(?:[，,、和及与]|以及)?(?:20|19)\d\d年[^，,。；;、\d]{0,8}")
_BY_TURNS = re.compile(
    rf"[^，,。；;、\d]{{0,6}}[，,：:](?:其中)?(?:第[一1][^，,。；;、\d]{{0,5}}|[{HAN}]{{1,4}}[村组镇乡县校区][^，,。；;、\d]{{0,2}})"
)
_BY_SEX = re.compile(
    r"[，,](?:男[^，,。；;、\d]{0,4}\d+[人名位][、，,]女|女[^，,。；;、\d]{0,4}\d+[人名位][、，,]男)"
)
_PLACES = "国省市县区乡镇村校境"
_SIDE = re.compile(rf"(?P<what>[{_PLACES}][内外]|[男女])[^，,。；;、\d]{{0,8}}$")
_OPPOSITE = frozenset(
    f"{a}{b}"
    for place in _PLACES
    for a, b in ((f"{place}内", f"{place}外"), (f"{place}外", f"{place}内"))
) | {"男女", "女男"}
_EQUAL = re.compile("[、和及与]|以及")


@dataclass(frozen=True, slots=True)
class Partition:
    """A whole and its parts, in one unit; `closed`: the text says that these are all of them."""

    whole: Finding
    parts: tuple[Finding, ...]
    closed: bool


def find_partitions(text: str, figures: Sequence[Finding]) -> Iterator[Partition]:
    """Yield every whole of a sentence with the parts that it names."""
    fit = [f for f in figures if f.reason not in UNFIT and "/" not in f.quantity.unit]
    starts = [f.start for f in fit]
    for mark in _MARK.finditer(text):
        first = bisect_left(starts, mark.end())
        after = fit[first : first + _MOST]
        for whole in _find_heads(text, fit[max(0, first - _MOST) : first], mark.start()):
            if parts := _list_parts(text, after, mark.end(), whole):
                yield Partition(whole, parts, closed=False)
    for n, whole in enumerate(fit[:-1]):
        behind = text[whole.end : fit[n + 1].start]
        if not _MARK.search(behind) and _opens_list(text, whole, behind):
            start = whole.end + re.search("[：:（(，,]", behind).end()  # type: ignore[union-attr]
            parts = _list_parts(text, fit[n + 1 : n + 1 + _MOST], start, whole)
            if len(parts) > 1:
                yield Partition(whole, parts, closed=False)
    yield from _find_respective(text, fit)


def _opens_list(text: str, whole: Finding, behind: str) -> bool:
    """Return whether a bracket or a colon follows the figure, or, after a sum, a row."""
    if re.match("[（(]", behind):
        return True
    if re.match(r"[：:](?![^，,。；;]{0,6}(?:年|月|季度|第?一是))", behind):
        return True  # 筹集56万元：企业捐款30万元，校友捐款16万元
    if _BY_SEX.match(text, whole.end):
        return True  # 选派干部24人，男15人、女9人
    summed = _TOGETHER.search(text[max(0, whole.start - 12) : whole.start]) is not None
    listed = re.match(r"[^，,。；;、\d]{0,4}[：:]", behind) or _BY_TURNS.fullmatch(behind)
    return summed and listed is not None


def _find_heads(text: str, figures: Sequence[Finding], end: int) -> list[Finding]:
    """Return the figures right before a mark that may split them: the last of each unit."""
    heads: dict[str, Finding] = {}
    at = end
    for figure in reversed([f for f in figures if f.end <= end]):
        between = text[figure.end : at]
        near = re.fullmatch(r"[^。；;，,\d]{0,12}[，,（(]?[^。；;，,\d]{0,8}", between)
        if not near or (heads and len(between) > 1):
            break
        # …，是2021年900万元的4倍，其中…: a figure used for comparison has no parts here.
        if _HELD_AGAINST.search(text[max(0, figure.start - 16) : figure.start]):
            break
        heads.setdefault(figure.measure.unit, figure)
        at = figure.start
    return list(heads.values())


def _list_parts(
    text: str, figures: Sequence[Finding], start: int, whole: Finding
) -> tuple[Finding, ...]:
    """Return the figures of the whole's unit in the list that begins at `start`."""
    parts: list[Finding] = []
    at, enumerated, nested = start, False, False
    yearly = re.match(r"(?:20|19)\d\d年", text[start : start + 5]) is not None
    for figure in figures[:_MOST]:
        between = text[at : figure.start]
        # 51人（其中14名幼儿）: what a bracket behind a part tells belongs to that part alone.
        if nested and re.search("[)）]", between):
            between, nested = re.split("[)）]", between)[-1], False
        elif parts and max(map(between.rfind, "（(")) > max(map(between.rfind, "）)")):
            nested = True
        if nested:
            at = figure.end
            continue
        if len(between) > _REACH or re.search("[。；;！？)）]", between):
            break
        next_year = yearly and _YEARLY.fullmatch(between) is not None
        if (
            (parts or at != start)
            and not next_year
            and _leaves_list(between, enumerated=enumerated)
        ):
            break
        if not parts and at == start and re.search("[，,]", between):
            break
        enumerated |= "、" in between
        if figure.measure.unit == whole.measure.unit:
            parts.append(figure)
            if sum(f.measure.low for f in parts) == whole.measure.low:
                break
        at = figure.end
    return tuple(parts)


def _leaves_list(between: str, *, enumerated: bool) -> bool:
    """Return whether the words between two figures leave the list."""
    if _ALSO.match(between):
        return False
    if _ANEW.search(between) or between.count("，") + between.count(",") > 1:
        return True
    return enumerated and re.search("[，,]", between) is not None


def _find_respective(text: str, figures: Sequence[Finding]) -> Iterator[Partition]:
    """Return the whole and parts of 分别为 A、B、C，累计 D."""
    for n, whole in enumerate(figures):
        if n < 2 or not _IN_ALL.search(text[figures[n - 1].end : whole.start]):
            continue
        run = [figures[n - 1]]
        for earlier in reversed(figures[: n - 1]):
            if not _EQUAL.fullmatch(text[earlier.end : run[0].start].strip()):
                break
            run.insert(0, earlier)
        alike = all(f.measure.unit == whole.measure.unit for f in run)
        ahead = text[max(0, run[0].start - 20) : run[0].start]
        if len(run) > 1 and alike and _APART.search(ahead):
            yield Partition(whole, tuple(run), closed=True)


def find_opposites(text: str, figures: Sequence[Finding]) -> Iterator[Partition]:
    """Yield wholes with two parts that leave nothing out: 1.3万人，…；省外860人，省内1.21万人."""
    fit = [f for f in figures if f.reason not in UNFIT and "/" not in f.quantity.unit]
    for n in range(2, len(fit)):
        one, other = fit[n - 1], fit[n]
        unit = one.measure.unit
        between = text[one.end : other.start]
        sides = _SIDE.search(text[max(0, one.start - _REACH) : one.start]), _SIDE.search(between)
        if not (sides[0] and sides[1] and other.measure.unit == unit):
            continue
        if sides[0]["what"] + sides[1]["what"] not in _OPPOSITE:
            continue
        both = one.measure.low + other.measure.low
        for whole in reversed(fit[max(0, n - 1 - _MOST) : n - 1]):
            # 1.3万 may be 12960: it is rounded.
            slack = whole.measure.high / 20 if re.search("[千万亿]", whole.raw) else 0
            if whole.measure.unit == unit and abs(whole.measure.high - both) <= slack:
                yield Partition(whole, (one, other), closed=True)
                break
