"""doubt: what contradicts a metric: its sentence, another metric, or the number itself.

Secret: which findings put a metric in doubt, and what lifts a doubt.
Not here: finding the sentence (evidence), parts of a whole (wholes), figures of several cases that
overlap (totals), the messages to editors (rules).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.quantity import convert_to_base
from casegen.collection.choice import OVERLAP
from casegen.collection.evidence import Figures, Match, find_verdict
from casegen.collection.metric import Metric
from casegen.collection.timing import Period, contradict, find_basis, find_years, split_name
from casegen.collection.vocabulary import Vocabulary
from casegen.collection.wholes import find_unsettled

DOUBTING = (
    "forecast-as-outcome", "missing-evidence", "changed-value", "changed-unit",
    "changed-qualifier", "changed-period", "doubtful-evidence", "repeated-metric",
    "average-in-total", "impossible-value", "unsettled-parts", OVERLAP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding against a metric: the rule that reports it, the metric's position, its subject.

    `other` is the position of another metric (the first of two, the whole of a part); `years` are
    those of the sentence; `told` is what the sentence tells instead: "former" (what there was
    before), "denied" (that it was not done), "national" (of the whole country), "elsewhere" (of
    another county or a firm's own), "interest" (the part of the interest that is paid for).
    """

    rule: str
    metric: int
    other: int | None = None
    years: Period | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What a case's body says: its sentences, their figures, and where each metric is stated."""

    sentences: Sequence[Sentence]
    figures: Figures
    said: Sequence[Match | None]

    def around(self, number: int) -> tuple[str, str]:
        """Return the words of a metric's sentence before and after its figure."""
        match = self.said[number]
        if match is None or not match.states:
            return "", ""
        sentence = self.sentences[match.sentence]
        if match.start >= 0:
            return sentence.text[: match.start], sentence.text[match.start + len(match.raw) :]
        if not sentence.cells:
            ahead, _, behind = sentence.text.partition(match.raw)
            return ahead, behind
        label = sentence.cells[0][1]
        headings = "".join(head for head, cell in sentence.cells if cell == match.raw)
        return f"{label}{'年' if _BARE_YEAR.fullmatch(label) else ''}{headings}", ""


_BARE_YEAR = re.compile(r"(?:19|20)\d\d")


def judge_metrics(  # noqa: PLR0913, PLR0917 what a judgement rests on
    written: Sequence[Metric],
    told: BodyFacts,
    period: Period,
    waived: Mapping[str, str],
    silenced: frozenset[str],
    vocabulary: Vocabulary,
    *,
    undated: bool = False,
) -> tuple[tuple[Metric, ...], tuple[Doubt, ...]]:
    """Return the metrics with time, sentence and the doubts that hold; and all doubts.

    `period` and `waived` are the case's, `silenced` the rules that are switched off; `undated`:
    the period is only the year of publication.
    """
    dated: list[Metric] = []
    stated: list[Period | None] = []
    for number, metric in enumerate(written):
        indicator = vocabulary.get(metric.indicator) if metric.indicator else None
        around = told.around(number)
        known = (metric.period, metric.timing)
        time = find_basis(metric.name, around, known, indicator, period, undated=undated)
        stated.append(metric.period or split_name(metric.name)[0])
        dated.append(
            replace(
                metric,
                period=time.period,
                timing=time.timing,
                explicit=time.said,
                unbegun=time.unbegun,
                settled=metric.period is not None and metric.timing is not None,
            )
        )
    found = find_doubts(dated, stated, told, vocabulary)
    holding = settle_doubts(found, dated, waived, silenced)
    made = tuple(
        replace(
            metric,
            doubts=rules,
            evidence=match.sentence if match and match.states and not rules else None,
        )
        for metric, match, rules in zip(dated, told.said, holding, strict=True)
    )
    return made, found


def find_doubts(
    metrics: Sequence[Metric],
    stated: Sequence[Period | None],
    told: BodyFacts,
    vocabulary: Vocabulary,
) -> tuple[Doubt, ...]:
    """Return every finding against a case's metrics, in the order of the metrics.

    `stated` are the years that a metric itself names, in its period or its name; None for none.
    """
    found = [
        Doubt(rule, number)
        for number, metric in enumerate(metrics)
        for rule in _single(number, metric, told, vocabulary)
    ]
    found += _told_otherwise(metrics, stated, told, {each.metric for each in found})
    found += _misdated(stated, told)
    found += _repeated(metrics, told.said)
    found += (
        Doubt("unsettled-parts", part, whole)
        for part, whole in find_unsettled(metrics, told.said, told.sentences, told.figures)
    )
    found += _beyond_the_whole(metrics)
    return tuple(sorted(found, key=lambda each: (each.metric, DOUBTING.index(each.rule))))


def settle_doubts(
    found: Sequence[Doubt],
    metrics: Sequence[Metric],
    waived: Mapping[str, str],
    silenced: frozenset[str],
) -> tuple[tuple[str, ...], ...]:
    """Return the rules that leave each metric in doubt after waivers and silenced rules.

    A waiver of the case lifts a doubt only where a single metric has it.
    """
    often = Counter(each.rule for each in found)
    left: list[list[str]] = [[] for _ in metrics]
    for each in found:
        own = dict(metrics[each.metric].waive)
        lifted = own.get(each.rule) or (often[each.rule] == 1 and waived.get(each.rule))
        if each.rule not in silenced and not lifted and each.rule not in left[each.metric]:
            left[each.metric].append(each.rule)
    return tuple(tuple(_without_consequence(rules)) for rules in left)


def _without_consequence(rules: Sequence[str]) -> Iterator[str]:
    """Yield the rules; of a repeated metric not missing-evidence: the first has the sentence."""
    for rule in rules:
        if rule != "missing-evidence" or "repeated-metric" not in rules:
            yield rule


def _single(number: int, metric: Metric, told: BodyFacts, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield the rules that one metric breaks by itself."""
    match = told.said[number]
    rule = find_verdict(metric, match)
    if rule in DOUBTING:
        yield rule
    if _foreseen(metric, match, told):
        yield "forecast-as-outcome"
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    if indicator and indicator.summable and is_average(metric, told.around(number)[0]):
        yield "average-in-total"
    if is_impossible(metric):
        yield "impossible-value"


# --- foreseen --------------------------------------------------------------------------------

_OBTAINED = re.compile(r"争取到(?!\s*(?:\d|明|今|年|月|本))")  # 争取到资金 has happened already
_FORESEEN = re.compile("预计|预期|力争|有望|拟(?:投|建|新)")


def _foreseen(metric: Metric, match: Match | None, told: BodyFacts) -> bool:
    """Return whether the metric is only planned, by its name or its sentence."""
    if _FORESEEN.match(metric.name):
        return True
    if match is None or not match.states:
        return False
    here: Sequence[Finding] = told.figures[match.sentence]
    text = told.sentences[match.sentence].text
    if _OBTAINED.search(text):
        here = find_figures(_OBTAINED.sub("争得", text))
    same = [figure for figure in here if figure.raw == match.raw]
    return bool(same) and all(figure.reason == "forecast" for figure in same)


# What there was before the work began; 改造原有房屋 is work.
_FORMER = re.compile(r"(?:原有|曾有|原来有|原先有)[^，,。；;：:\d]{0,12}$")
_NATIONAL = re.compile(r"(?:全国|我国)[^，,。；;：:\d]{0,12}$")


def _told_otherwise(
    metrics: Sequence[Metric], stated: Sequence[Period | None], told: BodyFacts, known: set[int]
) -> Iterator[Doubt]:
    """Yield metrics whose sentence tells of former times, other places, or that nothing was done.

    A metric that names its year may well be of former times (原有脱贫户56户).
    """
    for number, metric in enumerate(metrics):
        match = told.said[number]
        if number in known or not (metric.indicator and match and match.states):
            continue
        ahead = told.around(number)[0]
        same = {f.reason for f in told.figures[match.sentence] if f.raw == match.raw}
        if len(same) == 1 and same <= {"denied", "elsewhere", "interest"}:
            yield Doubt("doubtful-evidence", number, told=min(same))
        elif "national" in same and _NATIONAL.search(ahead):
            yield Doubt("doubtful-evidence", number, told="national")
        elif "baseline" in same and not stated[number] and _FORMER.search(ahead):
            yield Doubt("doubtful-evidence", number, told="former")


# --- averages and impossible values ----------------------------------------------------------

_ONE = "一?(?:[个人名位户家亩村组社镇乡县校班头只羽匹斤吨箱棵株枚盒套件座栋间盏场期]|公斤)"
_EACH = re.compile(rf"(?:[人户亩村]均|户平|平均每|每{_ONE}(?!一)|(?<!不)平均(?!分))")
# 走进每家每户投入资金5万元 tells whom the work reached.
_REACHED = ("走进", "走访", "惠及", "覆盖", "走遍", "深入", "遍布")
_NOT_REACHED = "(?<![逐隔])" + "".join(f"(?<!{verb})(?<!{verb}每家)" for verb in _REACHED)
_EACH_BEFORE = re.compile(
    rf"(?:[人户亩村]均|户平|{_NOT_REACHED}每{_ONE})"
    r"(?:(?!共|合计|总计|累计|总)[^，,。；;：:\d]){0,8}$"
)


def is_average(metric: Metric, ahead: str) -> bool:
    """Return whether a metric is an average, by its name or the words right before its figure."""
    return bool(_EACH.search(metric.name) or _EACH_BEFORE.search(ahead))


# Rates that can exceed 100%.
_UNBOUNDED = re.compile(
    "(?:增长|增收|增产|增值|完成|收益|回报|利润|产出|出栏|复种|周转|负债|毛入学|超额|贡献|投资|提高|"
    "容积|产投|存栏|溢价|涨价|杠杆|换手)率$"
)
_MAY_PASS = re.compile("[增升降涨减幅超倍]|完成|率")


def is_share(name: str) -> bool:
    """Return whether a rate of this name is a share of a whole, which cannot exceed 100%."""
    shares = re.search("(?:率|占比|比重|比例|满意度|覆盖面)$", name)
    return shares is not None and not _UNBOUNDED.search(name)


def is_impossible(metric: Metric) -> bool:
    """Return whether the value is impossible: below zero, or a share above the whole."""
    if metric.quantity.low < 0:
        return True
    over = metric.quantity.unit in {"%", "％"} and metric.quantity.low > 100
    vague = metric.indicator == "coverage_rate" and not _MAY_PASS.search(metric.name)
    return over and (vague or is_share(metric.name))


# Indicators that count some of what another one counts in the same place.
_WITHIN: tuple[tuple[str, str], ...] = (("households_lifted", "households_registered"),)


def _beyond_the_whole(metrics: Sequence[Metric]) -> Iterator[Doubt]:
    """Yield metrics that exceed what they are a part of, in one place and period."""
    for some, every in _WITHIN:
        wholes = [(n, m) for n, m in enumerate(metrics) if m.indicator == every]
        for number, metric in enumerate(metrics if wholes else ()):
            if metric.indicator != some:
                continue
            own = convert_to_base(metric.quantity)
            greater = [
                n
                for n, whole in wholes
                if (whole.period, whole.where) == (metric.period, metric.where)
                and convert_to_base(whole.quantity).unit == own.unit
            ]
            if len(greater) == 1 and own.low > convert_to_base(metrics[greater[0]].quantity).high:
                yield Doubt("impossible-value", number, greater[0])


# --- years and repeats -----------------------------------------------------------------------


def _misdated(stated: Sequence[Period | None], told: BodyFacts) -> Iterator[Doubt]:
    """Yield metrics whose years are not those of their sentence."""
    for number, period in enumerate(stated):
        said = find_years(*told.around(number)) if period else None
        if period and said and contradict(period, said):
            yield Doubt("changed-period", number, years=said)


def _repeated(metrics: Sequence[Metric], said: Sequence[Match | None]) -> Iterator[Doubt]:
    """Yield figures that are given twice: under one name, or under two names of one statement."""
    named: dict[tuple[object, ...], int] = {}
    alike: dict[tuple[object, ...], int] = {}

    def states(number: int) -> bool:
        match = said[number]
        return match is not None and match.states

    for number, metric in enumerate(metrics):
        if metric.same_as is not None:
            continue
        quantity = metric.quantity
        value = (quantity.low, quantity.high, quantity.unit, metric.period, metric.where)
        first = named.setdefault((metric.name, *value), number)
        if first != number:
            yield Doubt("repeated-metric", number, first)
            continue
        if not metric.indicator or metric.part_of is not None:
            continue
        key = (metric.indicator, convert_to_base(quantity), metric.period, metric.where)
        first = alike.setdefault(key, number)
        if first != number and not (states(first) and states(number)):
            yield Doubt("repeated-metric", number, first)
