"""traced: metrics compared with the sentences that state them, sums to date with each other.

Secret: how a disagreement between a metric and the body is reported, how severe it is, and when
two sums to date in a body are of one thing.
Not here: finding the sentence (collection.evidence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.chinese.figures import find_figures
from casegen.chinese.quantity import Qualifier
from casegen.collection import evidence
from casegen.collection.case import Case
from casegen.collection.evidence import Match
from casegen.collection.norms import Norms
from casegen.collection.timing import LAST, find_years
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule
from casegen.source.schema import locate_field


def check_evidence(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report metrics that no sentence states, or that a sentence states differently."""
    again = {n for n, metric in enumerate(case.metrics) if "repeated-metric" in metric.doubts}
    for number, match in enumerate(case.evidence):
        if match is None:
            if number not in again:  # the repeated metric is reported by another rule
                yield _missing(case, number)
        else:
            yield from _differing(case, number, match)
            yield from _told_otherwise(case, number, match)


def check_restated(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report metrics, and sums to date, that the body states twice with two values."""
    sentences = case.prose.sentences
    told: set[int] = set()
    for number, sentence, raw in evidence.find_contradictions(
        case.metrics, case.evidence, sentences, evidence.find_sentence_figures(sentences)
    ):
        metric, match = case.metrics[number], case.evidence[number]
        if match and _of_other_years(sentences[match.sentence].text, sentences[sentence].text, raw):
            continue
        first = case.body_line + sentences[match.sentence].line - 1 if match else 0
        second = case.body_line + sentences[sentence].line - 1
        told.add(sentence)
        yield Problem(
            "stated-twice",
            Severity.WARNING,
            f"“{metric.name}”在正文第 {first} 行是{metric.quantity.as_written}，"
            f"第 {second} 行又是{raw}",
            locate_field(case.path, case.marks, ("metrics", number)),
            "对照原稿，改错的那一处；说的是两件事，就把话说开",
        )
    yield from _restated(case, told)


def _of_other_years(first: str, second: str, raw: str) -> bool:
    """Return whether two sentences are about different years, so that their figures may differ."""
    years = find_years(first), find_years(second.partition(raw)[0] or second)
    return None not in years and years[0] != years[1]


# 累计投入帮扶资金300万元: whose sum it is, and of what.
_TO_DATE = re.compile(
    r"(?:^|[，,；;])(?P<who>[^，,；;：:、（(\d]{0,8})(?P<what>(?:累计|累积)[^，,；;：:、（(\d]{3,16})$"
)
_OURSELVES = re.compile("学校|我校|学院|大学|单位|本单位|我单位|集团|公司|医院|工作队|我们")
_ELSEWHEN = re.compile(
    r"(?:19|20)\d\d|去年|今年|当年|上年|期间|以来|之前|此前|原|第[一二三四五六七八九]"
)


def _restated(case: Case, told: set[int]) -> Iterator[Problem]:
    """Report two sums to date of one thing with two values; not for sentences in `told`."""
    first: dict[tuple[str, str], tuple[str, int, str]] = {}
    for sentence in case.prose.sentences:
        if sentence.cells or "累" not in sentence.text or _ELSEWHEN.search(sentence.text):
            continue
        for figure in find_figures(sentence.text):
            ahead = _TO_DATE.search(sentence.text[: figure.start])
            if figure.reason == "forecast" or ahead is None:
                continue
            if figure.quantity.qualifier is not Qualifier.EXACT:
                continue
            who = _OURSELVES.sub("", ahead["who"]).removeprefix("已").removesuffix("已")
            value = f"{figure.measure.low}-{figure.measure.high}"
            key = who + ahead["what"], figure.measure.unit
            known, line, raw = first.setdefault(key, (value, sentence.line, figure.raw))
            if known != value and sentence.index not in told:
                before = case.body_line + line - 1
                yield Problem(
                    "stated-twice",
                    Severity.WARNING,
                    f"“{ahead['what']}”前面（第 {before} 行）是{raw}，这里又是{figure.raw}",
                    Location(case.path, case.body_line + sentence.line - 1, field="body"),
                    "对照原稿，改错的那一处；说的是两件事，就把话说开",
                )


def check_years(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report metrics with other years than their sentence."""
    for doubt in case.doubts:
        if doubt.rule != "changed-period" or doubt.years is None:
            continue
        metric, match = case.metrics[doubt.metric], case.evidence[doubt.metric]
        first, last = doubt.years
        said = f"{last} 年" if first in {0, last} else f"{first} 年起"
        said = said if last == LAST or first in {0, last} else f"{first} 至 {last} 年"
        own = metric.period or case.period
        own_years = f"{own[0]} 年" if own[0] == own[1] else f"{own[0]} 至 {own[1]} 年"
        line = _line(case, match) if match else 0
        yield Problem(
            "changed-period",
            Severity.WARNING,
            f"“{metric.name}”{metric.quantity.as_written}写的是 {own_years}，"
            f"正文第 {line} 行的这个数是 {said}的",
            locate_field(case.path, case.marks, ("metrics", doubt.metric)),
            "对照原稿：数抄错了行就改数，年份写错了就改 period（时段）或名称里的年份",
        )


def _missing(case: Case, number: int) -> Problem:
    metric = case.metrics[number]
    return Problem(
        "missing-evidence",
        Severity.WARNING,
        f"正文里没有写“{metric.name}”{metric.quantity.as_written}",
        locate_field(case.path, case.marks, ("metrics", number)),
        "核对原稿：数写错了就改，正文漏写就补一句，写法与这里一致",
    )


def _differing(case: Case, number: int, match: Match) -> Iterator[Problem]:
    metric = case.metrics[number]
    here = f"“{metric.name}”{metric.quantity.as_written}"
    there = f"正文第 {_line(case, match)} 行写作“{match.raw}”"
    rule = evidence.find_verdict(metric, match)
    if not rule:
        return
    severity = Severity.WARNING if rule.startswith("changed") else Severity.NOTE
    hint = "对照原稿，两处改成一样"
    if rule == "doubtful-evidence":
        hint = "数抄错了就改；没有错，就让指标的名称与那一句的说法靠近些"
    what = _WORDS[rule].format(name=metric.name)
    if rule == "doubtful-evidence" and match.swapped:
        severity = Severity.WARNING
        what = f"正文里另有一个数，更像在说“{metric.name}”"
    where = locate_field(case.path, case.marks, ("metrics", number))
    yield Problem(rule, severity, f"{here}，{there}：{what}", where, hint)


def _told_otherwise(case: Case, number: int, match: Match) -> Iterator[Problem]:
    """Report a metric whose sentence tells something else; another rule compares the names."""
    metric = case.metrics[number]
    told = {d.told for d in case.doubts if d.metric == number}
    for key in sorted(told & _OTHERWISE.keys()):
        what, hint = _OTHERWISE[key]
        yield Problem(
            "doubtful-evidence",
            Severity.WARNING,
            f"“{metric.name}”{metric.quantity.as_written}，正文第 {_line(case, match)} 行{what}",
            locate_field(case.path, case.marks, ("metrics", number)),
            hint,
        )


_OTHERWISE = {
    "former": (
        "说的是原有的数，不是现在的",
        "要记的是现在的数，就改成现在的；要记当初的数，就写明 period（时段）",
    ),
    "denied": ("说的是没有做到", "没有做到的不是成效：删去这一条；做到了，就把那一句改清楚"),
    "national": ("说的是全国的数，不是本案例的", "改成本案例的数，或删去这一条"),
    "elsewhere": (
        "说的是别处或企业自身的数，不是本案例的",
        "改成本案例的数，或删去这一条；是本案例做的，就把那一句改清楚",
    ),
    "interest": (
        "说的是贴息的幅度，不是成效",
        "贴息发放了多少元，就写多少元；否则删去这一条",
    ),
}

_WORDS = {
    "doubtful-evidence": "那一句看不出说的是“{name}”",
    "unit-wording": "计量单位用字不同",
    "kindred-qualifier": "限定词不同，意思相近",
    "changed-qualifier": "限定词不同，意思变了",
    "changed-unit": "计量单位不同",
    "changed-value": "数不一样",
}


def _line(case: Case, match: Match) -> int:
    return case.body_line + case.prose.sentences[match.sentence].line - 1


TRACED = (
    Rule(
        "missing-evidence", Severity.WARNING, "正文没有写到这个指标",
        "每个数字都要有出处：读者点开数字，要能看到写它的那一句。",
        "数写错了就改；正文漏写就补一句，数字、计量单位、限定词与指标里写的一致。",
        "metrics 里写 培训人数: 460余人，正文就写“培训460余人”。",
        check=check_evidence,
        also=(
            "changed-value", "changed-unit", "changed-qualifier", "kindred-qualifier",
            "doubtful-evidence", "unit-wording",
        ),
        wrong="---\nmetrics:\n  - 种植面积: 100亩\n---\n先修路。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "changed-value", Severity.WARNING, "指标与正文的数不一样",
        "同一件事两个数，必有一个是错的。",
        "对照原稿，改错的那一处。",
        wrong="---\nmetrics:\n  - 种植面积: 1000亩\n---\n种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "changed-unit", Severity.WARNING, "指标与正文的计量单位不一样",
        "差一个“万”字就差一万倍；人和人次、亩和平方米也不能混。",
        "对照原稿，两处用同一个计量单位。",
        wrong="---\nmetrics:\n  - 投入帮扶资金: 20元\n---\n投入帮扶资金20万元。",
        right="---\nmetrics:\n  - 投入帮扶资金: 20万元\n---\n投入帮扶资金20万元。",
    ),
    Rule(
        "changed-qualifier", Severity.WARNING, "限定词与正文不同",
        "“约200万元”写成“200万余元”，意思就变了；限定词漏写，估计的数就成了确数。",
        "照正文的字写；约、近、超、余不能互换，也不能省去。",
        "正文：约200万元。指标：投入资金: 约200万元",
        wrong="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积约100亩。",
        right="---\nmetrics:\n  - 种植面积: 约100亩\n---\n种植面积约100亩。",
    ),
    Rule(
        "changed-period", Severity.WARNING, "年份与正文不同",
        "把一年的数记到另一年名下，各年的数就都不对；累计的数也会漏算、多算。",
        "对照原稿：数抄错了就改数，年份写错了就改 period（时段）或名称里的年份。",
        "正文：2021年收入17.4万元。指标：{name: 集体收入, value: 17.4万元, period: 2023}",
        check=check_years,
        wrong=(
            "---\nmetrics:\n  - {name: 集体收入, value: 17.4万元, period: 2023}\n---\n"
            "2021年集体收入17.4万元。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 集体收入, value: 17.4万元, period: 2021}\n---\n"
            "2021年集体收入17.4万元。"
        ),
    ),
    Rule(
        "kindred-qualifier", Severity.NOTE, "限定词与正文不同，意思相近",
        "余与多、超与以上意思相近，但照原文写最稳妥。",
        "照正文的字写。",
        "正文：300多户。指标：带动农户: 300多户",
        wrong="---\nmetrics:\n  - 带动农户: 300余户\n---\n带动农户300多户。",
        right="---\nmetrics:\n  - 带动农户: 300多户\n---\n带动农户300多户。",
    ),
    Rule(
        "doubtful-evidence", Severity.NOTE, "正文有同样的数，说的却像是别的事",
        "数字写错一位，可能碰巧与正文里别的数相同；名称与那一句对不上，就该看一眼。"
        "正文里另有一个数更像在说它的，多半是抄错了行。",
        "数写错了就改；没有写错，就让指标的名称与那一句的说法靠近些。",
        wrong="---\nmetrics:\n  - 户数: 591户\n---\n这里有591户。",
        right="---\nmetrics:\n  - 带动农户: 591户\n---\n带动农户591户。",
    ),
    Rule(
        "stated-twice", Severity.WARNING, "正文前后写了两个数",
        "同一件事，摘要一个数、成效一个数，读者不知道该信哪一个。",
        "对照原稿，改错的那一处；本来说的是两件事，就把话说开。",
        "前文“累计培训农民460人”，后文“累计培训农民400人”。",
        check=check_restated,
        wrong=(
            "---\nmetrics:\n  - 培训农民: 460人\n---\n累计培训农民460人。\n\n"
            "累计培训农民400人。"
        ),
        right=(
            "---\nmetrics:\n  - 培训农民: 460人\n---\n累计培训农民460人。\n\n"
            "培训的农民都有了活干。"
        ),
    ),
    Rule(
        "unit-wording", Severity.NOTE, "指标与正文的计量单位用字不同",
        "“3名”和“3人”是一个意思，但照原文写，日后核对最省事。",
        "两处用同一个字。",
        wrong="---\nmetrics:\n  - 派出队员: 3名\n---\n派出队员3人。",
        right="---\nmetrics:\n  - 派出队员: 3人\n---\n派出队员3人。",
    ),
)  # fmt: skip
