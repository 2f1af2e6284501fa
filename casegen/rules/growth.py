"""growth: 由 A 增长到 B，增长 Z, calculated again from the body's own figures.

Secret: how such growth is written, and how far rounding and qualifiers let it differ.
Not here: finding figures (chinese.figures), sums (sums).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Qualifier
from casegen.chinese.showing import show_value
from casegen.chinese.units import Measure
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule

_UP = "增长|增加|提高|提升|上升|扩大|扩建|扩展|发展|跃升|攀升|上涨|增|升|涨"
_DOWN = "下降|减少|降低|缩减|缩短|压缩|压减|偿还|化解|下跌|降|减"
_FROM = re.compile(r"[由从](?!业)[^，,。；;由从]{0,14}$")
_EITHER = f"(?P<up>{_UP})|(?P<down>{_DOWN})"
_TO = re.compile(rf"[^。；;]{{0,20}}?(?:{_EITHER})(?:到|至|为|成)[^，,。；;]{{0,12}}")
# 2元提高到3元: nothing but the verb stands between, so that 由 may be left out.
_STRAIGHT = re.compile(rf"(?:逐[年步]|稳步)?(?:{_EITHER})(?:到|至)了?(?:每[斤亩只头])?")
_BY = re.compile(
    rf"[^。；;]{{0,8}}[，,（(、](?P<apiece>每[亩户人]|[亩户人]均)?"
    rf"(?:同比|环比|[比较][^，,。；;]{{1,8}}?|净|共|实际|已){{0,3}}(?:{_EITHER}|[增涨降]幅)"
    r"(?:了|产|收|达到|达|为|约|近|超过|幅度|率|逾|\s){0,4}"
)
_FORE = re.compile(r"[，,][^，,。；;\d]{0,10}")
_THAN = re.compile(r"[较比][^，,。；;]{0,14}$")
_THAN_OR_FROM = re.compile(r"[较比由从][^，,。；;]{0,14}$")
_THAN_BY = re.compile(rf"[^，,。；;\d]{{0,6}}?(?:{_EITHER})(?:了|达到|达|为|约|近|超过)*")
_REACHING = re.compile(
    r"[，,]?(?:20\d\d年)?[^，,。；;\d]{0,8}(?:达到?|[增升降减]至|到)[^，,。；;\d]{0,4}"
)
# 2022年为A，2023年达到B; 达到B，是上年A的3倍; 翻了两番，由A增至B
_YEAR_OF = re.compile(r"(?:(?<!\d)(?:20\d\d|[去上前])年)[^，,。；;\d]{0,10}$")
_YEAR_ON = re.compile(r"[，,、；;](?:到|至)?(?:20\d\d|[今本次])年[^，,。；;\d]{0,10}")
_IS = re.compile(r"[，,]?(?:约|大约)?(?:是|为|相当于)(?:20\d\d年|[上去前]年)?[^，,。；;\d]{0,8}")
# A，比上年的B增长Z; A，同比增长Z，去年为B; 从A增至B，是原来的N倍
_AGAINST = re.compile(r"[，,]?(?:比|较|与|同)[^，,。；;\d]{0,10}(?:20\d\d年)?[^，,。；;\d]{0,6}")
_AGAINST_BY = re.compile(
    rf"(?:相比)?[，,]?(?:净|共|实际)?(?:{_EITHER})(?:了|达到|达|为|约|近|超过)*"
)
_STEP = re.compile(
    rf"[，,](?:比|较)(?:[去上前]年|20\d\d年)(?:同期)?(?:净|共|实际)?(?:{_EITHER})(?:了|加|达)*"
)
_LAST_YEAR = re.compile(r"[，,（(](?:而)?(?:去年|上年|前年|上一年)(?:同期)?(?:只|仅)?(?:为|是|有)?")
_OF_BEFORE = re.compile(
    r"[，,](?:约|大约)?(?:是|为|相当于)(?:原来|原先|过去|之前|以前|当初|[上去前]年|20\d\d年)"
    r"的(?:近|约|超|超过|将近)?"
)
_DOUBLED = re.compile(
    r"翻了?(?:(?P<near>近|约|将近)|超过?)?(?P<times>[一二两三四]|\d)番(?P<more>多|以上)?"
)
_DATED = re.compile(r"(?<!\d)(?P<year>20\d\d)年(?!代)[^，,。；;]{0,8}$")
_EACH_YEAR = re.compile(r"[，,（(](?:年均|平均每年)(?:增长|增速|递增|增幅)(?:达到|达|为|率)?")
_DOUBLED_THAN = re.compile(r"[^，,。；;\d]{0,4}[，,]?(?:实现)?$")
_DURATIONS = frozenset({"分钟", "小时", "个小时", "天", "个工作日", "个月", "秒"})
_APIECE = re.compile("亩产|单产|[亩户人]均|每[亩户人]")
_SLACK = Fraction(1, 50)  # 3万元 may stand for 2.94万 to 3.06万


@dataclass(frozen=True, slots=True)
class _Span:
    """The range of values that a figure as written may mean."""

    low: Fraction
    high: Fraction

    def meets(self, other: _Span) -> bool:
        return self.low <= other.high and other.low <= self.high


def check_growth(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report 由 A 增长到 B，增长 Z where Z is not the growth from A to B."""
    for sentence in case.prose.sentences:
        if sentence.cells or not re.search(f"{_UP}|{_DOWN}|倍|番", sentence.text):
            continue
        figures = [
            f for f in find_figures(sentence.text) if f.reason not in {"time", "ordinal", "name"}
        ]
        lasting = [
            _in_minutes(f)
            for f in find_figures(sentence.text)
            if f.measure.unit in {"%", *_DURATIONS}
        ]
        for n in range(len(lasting) - 1):
            if lasting[n].measure.unit in _DURATIONS:
                yield from _grown(case, sentence, lasting, n)
        for n in range(len(figures) - 1):
            yield from _grown(case, sentence, figures, n)
            yield from _redoubled(case, sentence, figures, n)
            yield from _compared(case, sentence, figures, n)
            yield from _against(case, sentence, figures, n)
            yield from _year_on_year(case, sentence, figures, n)
            yield from _times(case, sentence, figures, n)


def _in_minutes(figure: Finding) -> Finding:
    """Return a figure in hours as one in minutes, so that the two can be compared."""
    measure = figure.measure
    if measure.unit not in {"小时", "个小时"}:
        return figure
    return replace(figure, measure=Measure(measure.low * 60, measure.high * 60, "分钟"))


def _grown(case: Case, sentence: Sentence, figures: Sequence[Finding], n: int) -> Iterator[Problem]:
    text, old, new = sentence.text, figures[n], figures[n + 1]
    way = _TO.fullmatch(text[old.end : new.start])
    if not way or old.measure.unit != new.measure.unit:
        return
    said_from = _FROM.search(text[figures[n - 1].end if n else _near(old) : old.start])
    if not said_from and not _STRAIGHT.fullmatch(text[old.end : new.start]):
        return
    up = way["up"] is not None
    before, after = _span(old), _span(new)
    if before.low > after.high if up else before.high < after.low:
        said = "增长" if up else "下降"
        yield _wrong(case, sentence, f"从 {old.raw} 到 {new.raw}，不是{said}")
        return
    near = text[_near(old) : old.start], text[new.end : new.end + 12]
    if doubling := _DOUBLED.search(near[0]) or _DOUBLED.search(near[1]):
        yield from _doubled(case, sentence, (old, new), doubling)
    if n + 2 < len(figures) and _OF_BEFORE.fullmatch(text[new.end : figures[n + 2].start]):
        yield from _multiple(case, sentence, (old, new, figures[n + 2]))
    if n + 2 < len(figures) and figures[n + 2].measure.unit == "%":
        yield from _yearly(case, sentence, (old, new, figures[n + 2]))
    stated = _stated_growth(text, figures, n, up=up)
    # 由年均8万增加到11万，同比增长12%: the mean is not the value of the year before.
    mean = re.search("年均|平均每年", text[_near(old) : old.start])
    if stated and not (mean and re.search("同比|环比|上年", text[new.end : stated.start])):
        yield from _check_growth(case, sentence, (old, new, stated), up=up)


def _yearly(
    case: Case, sentence: Sentence, three: tuple[Finding, Finding, Finding]
) -> Iterator[Problem]:
    """Check 由2020年的 A 增加到2023年的 B，年均增长 Z%: compounded, or total growth by years."""
    old, new, stated = three
    text = sentence.text
    first = _DATED.search(text[_near(old) : old.start])
    last = _DATED.search(text[old.end : new.start])
    said = _EACH_YEAR.fullmatch(text[new.end : stated.start])
    years = int(last["year"]) - int(first["year"]) if first and last else 0
    if not said or years < 2 or not old.measure.low or new.measure.low <= old.measure.low:
        return
    before, after = _span(old), _span(new)
    least, most = (float(after.low / before.high), float(after.high / before.low))
    compound = (least ** (1 / years) - 1) * 100
    spread = (most - 1) / years * 100
    given = _span(stated, ways=True)
    if float(given.high) < compound * 0.95 - 0.5 or float(given.low) > spread * 1.05 + 0.5:
        moved = f"从 {old.raw} 到 {new.raw}，{years} 年年均增长的是 {compound:.1f}%"
        yield _wrong(case, sentence, f"{moved}，正文写的是 {stated.raw}")


def _doubled(
    case: Case, sentence: Sentence, pair: tuple[Finding, Finding], found: re.Match[str]
) -> Iterator[Problem]:
    """Check 翻了两番 for two figures: each 番 doubles the value."""
    old, new = pair
    if not old.measure.low:
        return
    times = 2 ** ("一二三四".find(found["times"].replace("两", "二")) + 1 or int(found["times"]))
    before, after = _span(old), _span(new)
    least, most = after.low / before.high, after.high / before.low
    if found["more"]:
        wrong = most < times
    elif found["near"]:
        wrong = least > times or most < times * Fraction(3, 4)
    else:
        wrong = least > times * Fraction(5, 4) or most < times * Fraction(9, 10)
    if wrong:
        ratio = _short(new.measure.low / old.measure.low)
        moved = f"从 {old.raw} 到 {new.raw}，是原来的 {ratio} 倍"
        yield _wrong(case, sentence, f"{moved}，“{found[0]}”应是 {times} 倍")


def _redoubled(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Check B，较2020年的 A 翻了两番; 比2020年的 A 翻了两番，达到 B; and 由 A 翻了一番，达到 B."""
    text, first, second = sentence.text, *figures[n : n + 2]
    if "番" not in text or first.measure.unit != second.measure.unit:
        return
    between = text[first.end : second.start]
    behind = text[second.end : second.end + 16]
    if _AGAINST.fullmatch(between):
        doubling = _DOUBLED.search(behind)
        if doubling and _DOUBLED_THAN.match(behind[: doubling.start()]):
            yield from _doubled(case, sentence, (second, first), doubling)
    elif _THAN_OR_FROM.search(text[_near(first) : first.start]):
        doubling = _DOUBLED.search(between)
        if doubling and _REACHING.fullmatch(between[doubling.end() :]):
            yield from _doubled(case, sentence, (first, second), doubling)


def _year_on_year(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Check 2022年为 A，2023年达到 B，同比增长 Z."""
    text, old, new = sentence.text, figures[n], figures[n + 1]
    if old.measure.unit != new.measure.unit or not _YEAR_ON.fullmatch(text[old.end : new.start]):
        return
    if not _YEAR_OF.search(text[_near(old) : old.start]):
        return
    up = new.measure.low >= old.measure.low
    if stated := _stated_growth(text, figures, n, up=up):
        yield from _check_growth(case, sentence, (old, new, stated), up=up)


def _times(case: Case, sentence: Sentence, figures: Sequence[Finding], n: int) -> Iterator[Problem]:
    """Check 达到 B，是上年 A 的 N 倍."""
    if n + 2 >= len(figures):
        return
    text, new, old, stated = sentence.text, *figures[n : n + 3]
    if new.measure.unit != old.measure.unit:
        return
    between = re.fullmatch("的(?:近|约|超|超过|将近)?", text[old.end : stated.start])
    if between and _IS.fullmatch(text[new.end : old.start]):
        yield from _multiple(case, sentence, (old, new, stated))


def _multiple(
    case: Case, sentence: Sentence, three: tuple[Finding, Finding, Finding]
) -> Iterator[Problem]:
    """Report where the second figure is not as many times the first one as the third says."""
    old, new, stated = three
    if stated.measure.unit != "倍" or not old.measure.low:
        return
    before, after = _span(old), _span(new)
    ratio = _Span(after.low / before.high, after.high / before.low)
    if not ratio.meets(_span(stated, ways=True)):
        real = _short(new.measure.low / old.measure.low)
        message = f"{new.raw} 是 {old.raw} 的 {real} 倍，正文写的是 {stated.raw}"
        yield _wrong(case, sentence, message)


def _compared(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Check 比上年的 A 增长 Z，达到 B, where the growth is in the middle."""
    if n + 2 >= len(figures):
        return
    text, old, stated, new = sentence.text, *figures[n : n + 3]
    way = _THAN_BY.fullmatch(text[old.end : stated.start])
    if (
        not way
        or old.measure.unit != new.measure.unit
        or stated.measure.unit
        not in {
            "%",
            old.measure.unit,
        }
    ):
        return
    if _THAN.search(text[_near(old) : old.start]) and _REACHING.fullmatch(
        text[stated.end : new.start]
    ):
        yield from _check_growth(case, sentence, (old, new, stated), up=way["up"] is not None)


def _against(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Check A，比上年的 B 增长 Z; and A，同比增长 Z，去年为 B: the newer figure is first."""
    if n + 2 >= len(figures):
        return
    text, new, second, third = sentence.text, *figures[n : n + 3]
    first, last = text[new.end : second.start], text[second.end : third.start]
    if (
        third.measure.unit == "%"
        and second.measure.unit == new.measure.unit != "%"
        and (step := _STEP.fullmatch(first))
    ):
        if _AGAINST_BY.fullmatch(last):
            yield from _by_step(case, sentence, (new, second, third), up=step["up"] is not None)
        return
    pair = second.measure.unit == new.measure.unit
    if pair and third.measure.unit in {"%", new.measure.unit} and _AGAINST.fullmatch(first):
        old, stated, way = second, third, _AGAINST_BY.fullmatch(last)
    elif second.measure.unit == "%" and _LAST_YEAR.fullmatch(last):
        old, stated, way = third, second, _BY.fullmatch(first)
    else:
        return
    if way and old.measure.unit == new.measure.unit != "%":
        up = way["up"] is not None or way["down"] is None
        yield from _check_growth(case, sentence, (old, new, stated), up=up)


def _by_step(
    case: Case, sentence: Sentence, three: tuple[Finding, Finding, Finding], *, up: bool
) -> Iterator[Problem]:
    """Check A，比上年增加 B，增长 Z: the older figure is A less B, after a fall A plus B."""
    new, step, stated = three
    after, by = _span(new), _span(step)
    old = _Span(after.low - by.high, after.high - by.low)
    if not up:
        old = _Span(after.low + by.low, after.high + by.high)
    if old.low <= 0:
        return
    ways = _Span(by.low / old.high * 100, by.high / old.low * 100)
    if not ways.meets(_span(stated, ways=True)):
        shown = _short(step.measure.low / ((old.low + old.high) / 2) * 100)
        moved = f"{new.raw}比原来{'多' if up else '少'} {step.raw}"
        message = f"{moved}，{'增长' if up else '下降'}的是 {shown}%，正文写的是 {stated.raw}"
        yield _wrong(case, sentence, message)


def _check_growth(
    case: Case, sentence: Sentence, three: tuple[Finding, Finding, Finding], *, up: bool
) -> Iterator[Problem]:
    """Report where the growth from the first to the second figure is not the third."""
    old, new, stated = three
    before, after = _span(old), _span(new)
    if not before.low:
        return
    if stated.measure.unit == "百分点" and old.measure.unit != "%":
        shown = _possible_growth(before, after, "%", up=up)[1]
        moved = f"从 {old.raw} 到 {new.raw}，{'增长' if up else '下降'}的是 {shown}"
        message = f"{moved}，正文写的是 {stated.raw}；百分点只用在两个百分数之间"
        yield _wrong(case, sentence, message)
        return
    ways, shown = _possible_growth(before, after, stated.measure.unit, up=up)
    if old.measure.unit == stated.measure.unit == "%":
        points, named = _possible_growth(before, after, "百分点", up=up)
        if any(way.meets(_span(stated, ways=True)) for way in points):
            message = f"从 {old.raw} 到 {new.raw}，{'提高' if up else '下降'}的是 {named}"
            yield _wrong(case, sentence, f"{message}，正文写的是 {stated.raw}", Severity.NOTE)
            return
    if not any(way.meets(_span(stated, ways=True)) for way in ways):
        moved = f"从 {old.raw} 到 {new.raw}，{'增长' if up else '下降'}的是 {shown}"
        severity, loose = Severity.WARNING, ""
        if up and stated.measure.unit == "倍":
            whole = _Span(ways[0].low + 1, ways[0].high + 1)
            # Often written so, though it means something else.
            if whole.meets(_span(stated, ways=True)):
                severity, loose = Severity.NOTE, f"；要写 {stated.raw}，就写“增长到{stated.raw}”"
        yield _wrong(case, sentence, f"{moved}，正文写的是 {stated.raw}{loose}", severity)


def _stated_growth(text: str, figures: Sequence[Finding], n: int, *, up: bool) -> Finding | None:
    """Return the figure that gives the growth: right after the two, or right before; else None."""
    kind = "up" if up else "down"
    unit = figures[n].measure.unit
    after = figures[n + 2] if n + 2 < len(figures) else None
    if after and after.measure.unit in {"%", "倍", "百分点", unit}:
        said = _BY.fullmatch(text[figures[n + 1].end : after.start])
        yearly = said and re.search("年均|每年|逐年", said[0])  # a yearly rate is another figure
        if (
            said
            and said["apiece"]
            and not _APIECE.search(text[_near(figures[n]) : figures[n].start])
        ):
            return None
        if said and not yearly and (said[kind] or not (said["up"] or said["down"])):
            return after
    before = figures[n - 1] if n else None
    if before and before.measure.unit in {"%", "倍"} - {unit}:
        words = f"(?:{_UP if up else _DOWN}|幅)(?:了|达到|达|为|约|近|超过)*$"
        beyond = text[before.end : figures[n].start]
        if re.search(words, text[_near(before) : before.start]) and _FORE.fullmatch(beyond):
            return before
    return None


def _possible_growth(
    before: _Span, after: _Span, unit: str, *, up: bool
) -> tuple[list[_Span], str]:
    """Return what the growth may be in the unit of the figure that gives it, and its usual form."""
    low, high = after.low - before.high, after.high - before.low
    if not up:
        low, high = before.low - after.high, before.high - after.low
    step = _Span(low, high)
    middle = abs(after.low + after.high - before.low - before.high) / 2
    ratio = _Span(low / before.high if low > 0 else low / before.low, high / before.low)
    centre = middle / ((before.low + before.high) / 2)
    if unit == "%":
        return [_Span(ratio.low * 100, ratio.high * 100)], f"{_short(centre * 100)}%"
    if unit == "倍":
        return [ratio], f"{_short(centre)} 倍"
    if unit == "百分点":
        return [step], f"{_short(middle)} 个百分点"
    amount = show_value(middle, unit)
    return [step], f"{amount.number}{amount.unit}"


def _near(figure: Finding) -> int:
    """Return where the words right before a figure begin; the length is limited for speed."""
    return max(0, figure.start - 30)


def _short(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


def _span(figure: Finding, *, ways: bool = False) -> _Span:
    """Return the values that a figure may mean, by its last digit and its qualifier.

    A growth itself (`ways`) is rounded to its last digit; an amount without decimals is rounded
    only where a scale (万) follows it.
    """
    quantity, measure = figure.quantity, figure.measure
    scale = measure.high / Fraction(quantity.high) if quantity.high else Fraction(1)
    exponent = quantity.high.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    half = Fraction(1, 2 * 10**places) * scale
    if not places and not ways:
        scaled = re.search("[千万亿]", quantity.unit) is not None
        half = min(half, measure.high * _SLACK) if scaled else Fraction(0)
    low, high = measure.low - half, measure.high + half
    tenth = measure.high / 10
    match quantity.qualifier:
        case Qualifier.ABOUT:
            return _Span(low - tenth, high + tenth)
        case q if q in MORE_THAN:
            return _Span(low, high + max(_step(quantity.high) * scale, tenth))
        case q if q in LESS_THAN:
            return _Span(low - tenth, high)
    return _Span(low, high)


def _step(value: object) -> int:
    """Return the value of the last digit that is not 0: 300余 is below 400, 1250余 below 1260."""
    whole = str(value).partition(".")[0]
    return int(10 ** (len(whole) - len(whole.rstrip("0"))))


def _wrong(
    case: Case, sentence: Sentence, message: str, severity: Severity = Severity.WARNING
) -> Problem:
    hint = "对照原稿，改正数字或用词；原文如此，就写 waive: {wrong-growth: 原文如此}"
    where = Location(case.path, case.body_line + sentence.line - 1, field="body")
    return Problem("wrong-growth", severity, message, where, hint)


GROWTH = (
    Rule(
        "wrong-growth",
        Severity.WARNING,
        "正文里的增长算不出来",
        "由两头的数算出来的增长与写的不符，三个数里必有一个是错的。四舍五入的出入不算。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "由40万元增长到50万元，增长35%（应是 25%）",
        check=check_growth,
        wrong="收入从20万元增加到30万元，增长60%。",
        right="收入从20万元增加到30万元，增长50%。",
    ),
)
