"""figures: every quantity of a text, and whether it states a result of the work.

Secret: where a figure begins and ends in a Chinese text, mark-up included.
Not here: reading the figure itself (numeral, quantity), a unit that is not written (implied),
what the words around it mean for it (achievement), which is part of which (relations), naming its
indicator (collection).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from casegen.chinese.achievement import find_reason
from casegen.chinese.characters import HAN
from casegen.chinese.conditions import belongs_to_profile, is_shared, may_be_profile
from casegen.chinese.implied import count_sharers, find_owners, find_unsaid_unit, measure_by_noun
from casegen.chinese.numeral import (
    AMOUNT,
    DASH,
    Amount,
    fold_figures,
    read_chinese_number,
    read_ends,
)
from casegen.chinese.quantity import AFTER, BEFORE, Qualifier, Quantity, merge_qualifiers
from casegen.chinese.relations import Finding, relate_findings
from casegen.chinese.surroundings import Figure, make_figure
from casegen.chinese.units import UNITS, Measure
from casegen.chinese.word_lists import load_words, match_any

__all__ = ["Finding", "condense", "find_figures"]

# Evidence and rules ask for the figures of a case's sentences one after another; of the longest
# body (4 MB) some sentences are asked for anew.
RECENT = 16_384


_INLINE = "a|b|strong|em|i|u|span|font|sup|sub|mark|small|big"
_NOISE = re.compile(
    r"(?=[!-~备证安字第准〔【（])(?:(?P<gone></?(?:" + _INLINE + r")(?:\s[^<>]*)?>"
    r"|(?<![0-9])(?:\*\*|__)|(?:\*\*|__)(?![0-9])"
    # A reading put after its character (户(hù)), as some sites leave it in the text.
    rf"|(?<=[{HAN}])[(（【](?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{{1,6}}[)）】])"
    r"|(?P<line><!--[^<]*(?:<(?!!)[^<]*)*-->|<(?P<t>script|style)\b(?:(?!<(?P=t)\b).){0,9999}?</(?P=t)>|</?[A-Za-z][^<>]*>)"
    r"|(?P<space>&(?:nbsp|ensp|emsp|#\d+|[a-z]+);)"
    r"|(?P<code>(?:https?|ftp)://[!-~]+|www\.[!-~]+|(?<![A-Za-z0-9._-])[A-Za-z0-9._-]{1,64}@[A-Za-z0-9-]+\.[A-Za-z0-9.]+"
    r"|(?<![A-Za-z0-9_/-])[A-Za-z0-9_/-]{1,99}\.(?:jpe?g|png|gif|webp|docx?|pdf|xlsx?|html?|mp4)\b"
    r"|(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?)?"
    r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"
    r"|[备证安字第准]\s?[0-9]{1,20}(?:-[0-9]+)?号|[〔\[【(（][0-9]{4}[〕\]】)）][0-9-]*号?))",
    re.DOTALL | re.IGNORECASE,
)


_WORDS_BEFORE = "|".join(
    sorted((w for w, q in BEFORE.items() if q is not Qualifier.EXACT), key=len, reverse=True)
)
# 附近3个村 and 最近3年 are no 近, 节约50万元 and 签约30户 no 约; 春节约2万人次 is.
_OTHER_WORD = "(?<![附邻靠最远新临赶])(?!(?<=[签集预履])约|(?<=(?<![春季化假环])节)约)"
_QUALIFYING = re.compile(rf"{_OTHER_WORD}(?P<word>{_WORDS_BEFORE})(?:了|到)? ?$")


@cache
def _compile_pattern() -> re.Pattern[str]:
    """Return the pattern of a figure with its unit: `number` `unit` `per` `post`, or a share."""
    other = load_words()["unit_is_part_of_a_word"]
    shut = set(load_words()["units_not_in_prose"])
    names = sorted((u for u in UNITS if u not in shut), key=len, reverse=True)
    units = "|".join(
        re.escape(u) + (f"(?!{'|'.join(other[u])})" if other.get(u) else "") for u in names
    )
    units += "|(?<=[万亿余多])度(?!假|过)"  # 80万度, but no 25度
    after = "|".join(sorted((w for w in AFTER if w not in "起多余"), key=len, reverse=True))
    return re.compile(
        rf"(?=[0-9零〇一二两三四五六七八九十百千万亿])"
        rf"(?<![0-9A-Za-z零〇一二两三四五六七八九十百千万亿×✕])(?<![0-9][.+])"
        # 3*4*5米, 3米*4米 and 3 * 4米: a factor by itself states nothing.
        rf"(?<![0-9米mM%)）][*＊_~])(?<![0-9*][*_~]{{2}})(?<![0-9米mM%)）] [*＊×✕xX] )"
        rf"(?<![0-9零〇一二两三四五六七八九十百千万亿]点)(?:"
        rf"(?P<half>(?<=[占达近超过约逾到])一半(?!是|都)|一半(?=以上))"
        rf"|(?P<hundred>[百千])分之(?P<share>{AMOUNT})"
        rf"|(?P<whole>[二三四五六七八九十]+)分之(?P<part>[一二两三四五六七八九十]+)"
        rf"|(?P<number>(?<![从由]){AMOUNT}(?P<early> ?(?:{units})?){DASH}{AMOUNT}"
        rf"|{AMOUNT}(?:\+{AMOUNT}){{0,4}})(?:"
        rf" ?(?P<unit>个?(?:{units}))(?P<per>/[人户亩斤月年吨公里只头株米·]+|[每一](?:斤|亩|公斤))?"
        rf"(?P<tail>半(?=[，,。；;、的）)\n]|$))?"
        rf"|(?P<scaled>(?<=[万亿余多])(?=(?:[{HAN}]{{0,4}}){match_any('people', 'households')})"
        rf"|(?<=[万亿余多]))|(?P<bare>(?=[，,。；;、）)\n]|$)))"
        rf")(?P<post>(?:{after})|多(?=[，,。；;、的\n])|余(?=[，,。；;、的\n]))?"
    )


@cache
def _map_variants() -> dict[int, str]:
    """Return the traditional characters of the word lists with the common ones, one for one."""
    return {
        k: v for row in load_words()["traditional"].items() for k, v in str.maketrans(*row).items()
    }


def condense(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text without mark-up, addresses and dates, and where each code point stood.

    The offsets are one more than the code points: the last is the end of the text.
    """
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for noise in _NOISE.finditer(text):
        kept.append(text[at : noise.start()])
        places.extend(range(at, noise.start()))
        mark = {"line": "\n", "space": " ", "code": "\0"}.get(noise.lastgroup or "", "")
        kept.append(mark)
        places.extend([noise.start()] * len(mark))
        at = noise.end()
    kept.append(text[at:])
    places.extend(range(at, len(text) + 1))
    return fold_figures("".join(kept)).translate(_map_variants()), tuple(places)


@lru_cache(RECENT)
def find_figures(text: str) -> tuple[Finding, ...]:
    """Return every figure with a unit, in order; those without `reason` are proposed as metrics."""
    bare, places = condense(text)
    figures = tuple(_list_figures(bare))
    found = []
    for figure, reason in zip(figures, _find_reasons(figures), strict=True):
        start, last = places[figure.start], places[figure.end - 1] + 1
        quantity = replace(figure.quantity, as_written=_find_words(figure, text[start:last]))
        found.append(
            Finding(
                start,
                last,
                text[start:last],
                quantity,
                figure.measure,
                reason,
                figure.clause,
                figure.after,
            )
        )
    return relate_findings(text, figures, found)


def _find_words(figure: Figure, raw: str) -> str:
    """Return the figure's own words.

    A figure shared out (各一个) is written as the sum it makes.
    """
    quantity = figure.quantity
    return raw if quantity.as_written else f"{quantity.low.normalize():f}{quantity.unit}"


def _find_reasons(figures: tuple[Figure, ...]) -> list[str]:
    """Return the reason against each figure, its own or its neighbour's."""
    reasons = [find_reason(figure) for figure in figures]
    for n in range(1, len(figures)):
        before, after = figures[n - 1], figures[n]
        if not reasons[n] and is_shared(reasons[n - 1], before, after):
            same_kind = reasons[n - 1] == "baseline" or may_be_profile(after)
            reasons[n] = reasons[n - 1] if same_kind else ""
        if not reasons[n] and reasons[n - 1] == "profile" and belongs_to_profile(before, after):
            reasons[n] = "profile"
    for n in range(len(figures) - 1, 0, -1):
        before, after = figures[n - 1], figures[n]
        if not reasons[n - 1] and reasons[n] == "profile" and may_be_profile(before):
            reasons[n - 1] = reasons[n] if is_shared(reasons[n], before, after) else ""
    return _add_plans_of_titles(figures, reasons)


def _add_plans_of_titles(figures: tuple[Figure, ...], reasons: list[str]) -> list[str]:
    """Return the reasons where a figure of the title is planned if the text only plans it."""
    if not figures:
        return reasons
    text = figures[0].text
    of_measure: defaultdict[Measure, Counter[str]] = defaultdict(Counter)
    for figure, reason in zip(figures, reasons, strict=True):
        of_measure[figure.measure][reason] += 1
    title = _TITLE.match(text)
    stop = text.find("。")
    for n, figure in enumerate(figures):
        if (title and figure.start > title.end()) or 0 <= stop < figure.end:
            break
        same = of_measure[figure.measure]
        # The figure itself has no reason, and there must be another of its measure.
        if not reasons[n] and same["forecast"] == same.total() - 1 > 0:
            reasons[n] = "forecast"
            same[""] -= 1
            same["forecast"] += 1
    return reasons


def _list_figures(bare: str) -> Iterator[Figure]:
    for match in _compile_pattern().finditer(bare):
        if match["number"] and match["number"][0] in _CHINESE and _is_vague(bare, match):
            continue
        read = _read_ends(match)
        if read is None:
            continue
        low, high, unit = read
        times = count_sharers(bare, match.start())
        start, before = _find_qualifier(bare, match.start())
        odd = Qualifier(high.odd or low.odd) if high.odd or low.odd else Qualifier.EXACT
        post = AFTER.get(match["post"] or "", Qualifier.EXACT)
        qualifier = merge_qualifiers(before, post, odd)
        measure = measure_by_noun(low, high, unit, bare, match.end())
        number = match["number"] or match["share"] or match["whole"] or match["half"]
        written = match.group() if times == 1 else ""
        quantity = Quantity(low.value * times, high.value * times, unit, qualifier, written)
        measure = replace(measure, low=measure.low * times, high=measure.high * times)
        yield make_figure(bare, start - (times > 1), match.end(), number, unit, quantity, measure)


_TITLE = re.compile(r"\s*+[^\n]*+\n\s*+(?=\S)")
_CHINESE = "一二两三四五六七八九十百千万亿"
_NEXT_TO = re.compile("(?:一两|两三|二三|三四|四五|五六|六七|七八|八九)[十百千万]?$")


def _is_vague(bare: str, match: re.Match[str]) -> bool:
    """Return whether a figure has no exact number: 数十户, 上百名, 十多万, 七八十人."""
    if _NEXT_TO.match(match["number"]):
        return True
    if bare[max(0, match.start() - 1) : match.start()] in {"数", "几", "上", "成", "好"}:
        return True
    return re.match("十[余多来几][万亿]", match["number"]) is not None


def _read_ends(match: re.Match[str]) -> tuple[Amount, Amount, str] | None:
    if not match["number"]:
        return _read_share(match)
    early = (match["early"] or "").strip()
    text = match["number"].replace(early, "", 1) if early else match["number"]
    both = read_ends(text.replace(" ", ""))
    unit = match["unit"] or find_unsaid_unit(match)
    if both is None or not unit:
        return None
    per = (match["per"] or "").lstrip("/每一")
    whole = both[1].scale + unit + (f"/{per}" if per else find_owners(match, unit))
    half = Decimal("0.5") if match["tail"] else Decimal(0)
    low, high = (replace(end, value=end.value + half) for end in both)
    return low, high, whole


def _read_share(match: re.Match[str]) -> tuple[Amount, Amount, str] | None:
    """Read 百分之三, 三分之二 and 一半."""
    if match["hundred"]:
        both = read_ends(match["share"].replace(" ", ""))
        unit = "%" if match["hundred"] == "百" else "‰"
        return (_multiply_out(both[0]), _multiply_out(both[1]), unit) if both else None
    part = Decimal(50) if match["half"] else read_chinese_number(match["part"])
    if part is None:
        return None
    amount = Amount(part, "", "")
    return amount, amount, "%" if match["half"] else f"{match['whole']}分之一"


def _multiply_out(amount: Amount) -> Amount:
    return Amount(amount.total, "", amount.odd)


def _find_qualifier(bare: str, start: int) -> tuple[int, Qualifier]:
    """Return where the figure begins, with its qualifier, and which qualifier that is."""
    head = bare[max(0, start - 6) : start]
    found = _QUALIFYING.search(head)
    if not found or BEFORE[found["word"]] is Qualifier.ONLY:
        return start, Qualifier.EXACT
    return start - len(head) + found.start(), BEFORE[found["word"]]
