"""Figures in prose: every quantity of a text, and whether it states something achieved.

Secret: where a figure begins and ends in running Chinese, mark-up and all, and which figure is
said to be part of which.
Not here: reading the figure itself (numeral, quantity), what its surroundings make of it
(achievement), naming its indicator (metric).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from casegen.chinese.achievement import (
    Figure,
    any_of,
    belongs_to_profile,
    figure_in,
    may_be_profile,
    reason_against,
    shared,
    words,
)
from casegen.chinese.numeral import AMOUNT, DASH, Amount, chinese_number, ends, plain
from casegen.chinese.quantity import (
    AFTER,
    BEFORE,
    UNITS,
    Measure,
    Qualifier,
    Quantity,
    measured,
    merged,
)

RECENT = 256  # evidence and rules ask for the figures of a case's sentences one after another


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a text.

    `start`, `end`: code points of `raw` in the text as given, mark-up inside it included;
    `reason` is "" for a figure of something achieved, provided or standing, else why it is none;
    `before`, `after`: the words of its clause around it; `part_of`: position among the findings
    of the whole that it is said to be a part of.
    """

    start: int
    end: int
    raw: str
    quantity: Quantity
    measure: Measure
    reason: str
    before: str
    after: str
    part_of: int | None = None


_INLINE = "a|b|strong|em|i|u|span|font|sup|sub|mark|small|big"
_NOISE = re.compile(
    r"(?=[!-~备证安字第准〔【（])(?:(?P<gone></?(?:" + _INLINE + r")(?:\s[^<>]*)?>|\*\*|__"
    # A reading put after its character (户(hù)), as some sites leave it in the text.
    r"|(?<=[一-龥])[(（【](?=[a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）】])"
    r"|(?P<line><!--.{0,9999}?-->|<(?P<t>script|style)\b.{0,9999}?</(?P=t)>|</?[A-Za-z][^<>]*>)"
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
# 附近3个村 and 最近3年 are no 近.
_BENDING = re.compile(rf"(?<![附邻靠最远新临赶])(?P<word>{_WORDS_BEFORE})(?:了|到)? ?$")


@cache
def _pattern() -> re.Pattern[str]:
    """A figure with its unit: `number` `unit` `per` `post`, or a share."""
    other = words()["unit_is_part_of_a_word"]
    shut = set(words()["units_not_in_prose"])
    names = sorted((u for u in UNITS if u not in shut), key=len, reverse=True)
    units = "|".join(
        re.escape(u) + (f"(?!{'|'.join(other[u])})" if other.get(u) else "") for u in names
    )
    after = "|".join(sorted((w for w in AFTER if w not in "起多余"), key=len, reverse=True))
    return re.compile(
        rf"(?=[0-9零〇一二两三四五六七八九十百千万亿])"
        rf"(?<![0-9A-Za-z零〇一二两三四五六七八九十百千万亿×])(?<![0-9][.+])"
        rf"(?<![0-9零〇一二两三四五六七八九十百千万亿]点)(?:"
        rf"(?P<half>(?<=[占达近超过约逾到])一半(?!是|都)|一半(?=以上))"
        rf"|(?P<hundred>[百千])分之(?P<share>{AMOUNT})"
        rf"|(?P<whole>[二三四五六七八九十]+)分之(?P<part>[一二两三四五六七八九十]+)"
        rf"|(?P<number>(?<![从由]){AMOUNT}(?P<early> ?(?:{units})?){DASH}{AMOUNT}"
        rf"|{AMOUNT}(?:\+{AMOUNT}){{0,4}})(?:"
        rf" ?(?P<unit>个?(?:{units}))(?P<per>/[人户亩斤月年吨公里只头株米·]+|[每一](?:斤|亩|公斤))?"
        rf"|(?P<scaled>(?<=[万亿余多])(?=(?:[一-龥]{{0,4}}){any_of('people', 'households')})"
        rf"|(?<=[万亿余多])))"
        rf")(?P<post>(?:{after})|多(?=[，,。；;、的\n])|余(?=[，,。；;、的\n]))?"
    )


@cache
def _common() -> dict[int, str]:
    """Traditional characters of the word lists -> the common ones, one for one."""
    return {k: v for row in words()["traditional"].items() for k, v in str.maketrans(*row).items()}


def condense(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without mark-up, addresses and dates, and where each code point stood.

    The second has one entry more than the first has code points.
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
    return plain("".join(kept)).translate(_common()), tuple(places)


@lru_cache(RECENT)
def find(text: str) -> tuple[Finding, ...]:
    """Every figure with a unit, in order; those without `reason` are proposed as metrics."""
    bare, places = condense(text)
    figures = tuple(_figures(bare))
    found = []
    for figure, reason in zip(figures, _reasons(figures), strict=True):
        start, last = places[figure.start], places[figure.end - 1] + 1
        quantity = replace(figure.quantity, as_written=text[start:last])
        found.append(
            Finding(
                start, last, text[start:last], quantity, figure.measure, reason,
                figure.clause, figure.after,
            )
        )  # fmt: skip
    return _with_parts(figures, _without_repeats(text, found))


def _reasons(figures: tuple[Figure, ...]) -> list[str]:
    """The reason against each figure, its own or its neighbour's."""
    reasons = [reason_against(figure) for figure in figures]
    for n in range(1, len(figures)):
        before, after = figures[n - 1], figures[n]
        if not reasons[n] and shared(reasons[n - 1], before, after):
            same_kind = reasons[n - 1] == "baseline" or may_be_profile(after)
            reasons[n] = reasons[n - 1] if same_kind else ""
        if not reasons[n] and reasons[n - 1] == "profile" and belongs_to_profile(before, after):
            reasons[n] = "profile"
    for n in range(len(figures) - 1, 0, -1):
        before, after = figures[n - 1], figures[n]
        if not reasons[n - 1] and reasons[n] == "profile" and may_be_profile(before):
            reasons[n - 1] = reasons[n] if shared(reasons[n], before, after) else ""
    return reasons


def _figures(bare: str) -> Iterator[Figure]:
    for match in _pattern().finditer(bare):
        if match["number"] and match["number"][0] in "十百千万亿" and _vague(bare, match):
            continue
        read = _read(match)
        if read is None:
            continue
        low, high, unit = read
        start, before = _qualifier_before(bare, match.start())
        odd = Qualifier(high.odd or low.odd) if high.odd or low.odd else Qualifier.EXACT
        post = AFTER.get(match["post"] or "", Qualifier.EXACT)
        qualifier = merged(before, post, odd)
        measure = _measure(low, high, unit, bare, match.end())
        number = match["number"] or match["share"] or match["whole"] or match["half"]
        quantity = Quantity(low.value, high.value, unit, qualifier, match.group())
        yield figure_in(bare, start, match.end(), number, unit, quantity, measure)


def _vague(bare: str, match: re.Match[str]) -> bool:
    """数十户, 上百名, 十多万: nobody knows how many (docs/handbook/numbers.md)."""
    if bare[max(0, match.start() - 1) : match.start()] in {"数", "几", "上", "成", "好"}:
        return True
    return re.match("十[余多来几][万亿]", match["number"]) is not None


def _read(match: re.Match[str]) -> tuple[Amount, Amount, str] | None:
    if not match["number"]:
        return _share(match)
    early = (match["early"] or "").strip()
    text = match["number"].replace(early, "", 1) if early else match["number"]
    both = ends(text.replace(" ", ""))
    unit = _unsaid_unit(match) if match["scaled"] is not None else match["unit"] or ""
    if both is None or not unit:
        return None
    per = (match["per"] or "").lstrip("/每一")
    whole = both[1].scale + unit + (f"/{per}" if per else _per(match, unit))
    return both[0], both[1], whole


def _share(match: re.Match[str]) -> tuple[Amount, Amount, str] | None:
    """百分之三, 三分之二 and 一半."""
    if match["hundred"]:
        both = ends(match["share"].replace(" ", ""))
        unit = "%" if match["hundred"] == "百" else "‰"
        return (_flat(both[0]), _flat(both[1]), unit) if both else None
    part = Decimal(50) if match["half"] else chinese_number(match["part"])
    if part is None:
        return None
    amount = Amount(part, "", "")
    return amount, amount, "%" if match["half"] else f"{match['whole']}分之一"


def _unsaid_unit(match: re.Match[str]) -> str:
    """The unit that goes without saying in 带动550万果农, 惠及30万农户 and 投资380万, or ""."""
    following = match.string[match.end() : match.end() + 12]
    counted = re.match(f"[一-龥]{{0,4}}?({any_of('households')}|{any_of('people')})", following)
    if counted:
        return "户" if re.fullmatch(any_of("households"), counted[1]) else "人"
    scaled = match["number"].rstrip("余多")[-1:] in {"万", "亿"}
    if scaled and re.match(any_of("money_things"), following):
        return "元"
    head = match.string[max(0, match.start() - 12) : match.start()]
    clause = re.split("[，,。；;：:\n]", head)[-1]
    return "元" if scaled and re.search(any_of("money_verbs"), clause) else ""


def _flat(amount: Amount) -> Amount:
    return Amount(amount.total, "", amount.odd)


def _per(match: re.Match[str], unit: str) -> str:
    """Owners said before the figure: 每人每月600元 is 元/人·月, 每人获得了5000元 is 元/人."""
    if unit != "元":
        return ""
    head = match.string[max(0, match.start() - 40) : match.start()]
    clause = re.split("[，,。；;：:\n]", head)[-1]
    said = re.search(
        "(每|一)(?:名|位|个)?(人|户|亩|斤|公斤|吨|月|年|天|生|学生|学期|学年|家庭|只|头|枚)"
        "(?:每(?:个)?(月|年|天|学期|学年))?[^0-9]{0,10}$", clause
    )  # fmt: skip
    if not said or (said[1] == "一" and said[2] not in "斤公斤亩"):
        return ""
    owner = {"学生": "人", "生": "人", "家庭": "户"}.get(said[2], said[2])
    if owner in {"年", "月", "天"} and not said[3]:
        return ""
    return f"/{owner}" + (f"·{said[3]}" if said[3] else "")


def _qualifier_before(bare: str, start: int) -> tuple[int, Qualifier]:
    """Where the figure begins with the word that bends it, and what that word means."""
    head = bare[max(0, start - 6) : start]
    found = _BENDING.search(head)
    if not found or BEFORE[found["word"]] is Qualifier.ONLY:
        return start, Qualifier.EXACT
    return start - len(head) + found.start(), BEFORE[found["word"]]


def _measure(low: Amount, high: Amount, unit: str, bare: str, end: int) -> Measure:
    """In base units; 个 and 名 count what the noun behind them is: 3个残疾人 are people."""
    measure = measured(low.value, high.value, unit)
    if measure.unit not in {"个", "人"} or unit[-1] not in "个名":
        return measure
    stop = f"[，,、。；;：:！!？?（(0-9和与及]|{any_of('phrase_ends')}"
    noun = re.split(stop, bare[end : end + 14])[0]
    homes = re.search(f"{any_of('households')}(?!{any_of('not_households_after')})", noun)
    people = re.search(f"{any_of('people')}(?!{any_of('not_people_after')})", noun)
    if homes and not re.search("(?:家庭)(?:学生|子女|儿童|孩子)", noun):
        return replace(measure, unit="户")
    if people and "的" not in noun[: people.start()]:
        return replace(measure, unit="人")
    if re.match("孤|留守|困境|贫困生|困难生", noun):
        return replace(measure, unit="人")
    return measure


def _without_repeats(text: str, found: list[Finding]) -> list[Finding]:
    """Figures of a heading that the body says again count once, in the body."""
    said = {}
    for n, finding in enumerate(found):
        if not finding.reason:
            said[finding.raw] = n
    return [
        replace(f, reason="repeat")
        if not f.reason and _in_heading(text, f) and said[f.raw] != n
        else f
        for n, f in enumerate(found)
    ]


def _in_heading(text: str, finding: Finding) -> bool:
    start = text.rfind("\n", 0, finding.start) + 1
    stop = text.find("\n", finding.end)
    line = text[start : stop if stop >= 0 else len(text)].strip()
    return line.startswith("#") or (
        len(line) < 40 and not line.endswith(tuple("。；;，,：:！!？?)）"))
    )


def _with_parts(figures: tuple[Figure, ...], found: list[Finding]) -> tuple[Finding, ...]:
    """Each metric that the text calls a part of another one, with the whole's position.

    A part follows 其中 or 到位, or belongs to a run that adds up exactly to the figure before it
    in the same sentence (2+1万元, 2万元 …, 1万元 …).
    """
    wholes: dict[int, int] = {}
    metrics = [n for n, f in enumerate(found) if not f.reason]
    for place, n in enumerate(metrics):
        for w in reversed(metrics[max(0, place - 12) : place]):
            if w in wholes or not _may_hold(found[w], found[n]):
                continue
            if _says_part(figures[n].text[figures[w].end : figures[n].start]):
                wholes[n] = w
            break
        for part in _run(figures, found, metrics[place:]):
            wholes.setdefault(part, n)
    return tuple(replace(f, part_of=wholes.get(n)) for n, f in enumerate(found))


def _says_part(between: str) -> bool:
    """Whether the words between two figures make the second a part of the first."""
    earlier, among, later = between.rpartition("其中")
    if among:
        return "。" not in later and earlier.count("。") + earlier.count("\n") < 2
    return "。" not in between and "到位" in re.split("[，,；;]", between)[-1]


def _may_hold(whole: Finding, part: Finding) -> bool:
    a, b = whole.measure, part.measure
    return a.unit == b.unit and a.high >= b.high and part.quantity.unit not in {"%", "倍"}


def _run(figures: tuple[Figure, ...], found: list[Finding], metrics: list[int]) -> list[int]:
    """The metrics right after the first that add up to it, at least two, in its sentence."""
    whole, run, total = found[metrics[0]].measure, [], Fraction(0)
    if whole.unit != "元":
        return []
    for n in metrics[1:]:
        if re.search("[。\n]", figures[n].text[figures[metrics[0]].end : figures[n].start]):
            return []
        if found[n].measure.unit == whole.unit:
            run.append(n)
            total += found[n].measure.low
            if total >= whole.low:
                break
    return run if len(run) > 1 and total == whole.low else []
