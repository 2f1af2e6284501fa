"""traced: every metric is held against the body that should state it.

Secret: when a figure of the body is the one that a metric means.
Not here: finding figures in prose (findings) and the sentence to link to (evidence).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegen import evidence
from casegen.case import Case, Norms
from casegen.findings import Finding, find
from casegen.metric import Metric
from casegen.problem import Problem, Severity
from casegen.quantity import AFTER, BEFORE, Qualifier, akin, base, same_value
from casegen.rules.rule import Rule
from casegen.schema import located

_BEFORE = tuple(word for word, means in BEFORE.items() if means is not Qualifier.EXACT)
_AFTER = tuple(word for word, means in AFTER.items() if means is not Qualifier.EXACT)
_NUMERIC = frozenset("0123456789.一二三四五六七八九十百千万亿两〇零")


def stated(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Metrics whose figure the body does not have, or has with another qualifier."""
    texts = [evidence.plain(sentence.text) for sentence in case.prose.sentences]
    if not texts:
        return
    found: dict[int, tuple[Finding, ...]] = {}
    for number, metric in enumerate(case.metrics):
        wanted = evidence.plain(metric.quantity.as_written)
        if any(_stands_alone(wanted, text) for text in texts):
            continue
        # Finding figures takes its time, so only sentences with the same digits are searched.
        digits = re.search(r"\d[\d.]*", wanted)
        near = [n for n, text in enumerate(texts) if digits is None or digits[0] in text]
        for n in near:
            found.setdefault(n, find(case.prose.sentences[n].text))
        problem = _held(case, number, metric, [finding for n in near for finding in found[n]])
        if problem is not None:
            yield problem


def _stands_alone(wanted: str, text: str) -> bool:
    """Whether a figure stands in a sentence as it is, no digit and no qualifier beside it."""
    at = text.find(wanted)
    while at >= 0:
        before, after = text[max(0, at - 4) : at], text[at + len(wanted) : at + len(wanted) + 4]
        numeric = before[-1:] in _NUMERIC and wanted[:1] in _NUMERIC
        if not numeric and not before.endswith(_BEFORE) and not after.startswith(_AFTER):
            return True
        at = text.find(wanted, at + 1)
    return False


def _held(case: Case, number: int, metric: Metric, findings: Sequence[Finding]) -> Problem | None:
    quantity = metric.quantity
    same = [f for f in findings if same_value(f.quantity, quantity) or f.measure == base(quantity)]
    if any(f.quantity.qualifier == quantity.qualifier for f in same):
        return None
    if not same:
        if evidence.locate(metric, case.prose.sentences) is not None:
            return None
        message = f"正文里没有“{metric.name}”的数字“{quantity.as_written}”"
        hint = "照正文的写法改，或在正文里写出这个数字"
        return _problem(case, number, "missing-evidence", message, hint)
    said = f"“{metric.name}”写作“{quantity.as_written}”，正文是“{same[0].raw}”"
    if any(akin(f.quantity.qualifier, quantity.qualifier) for f in same):
        return _problem(case, number, "kindred-qualifier", said, "照正文的字写")
    hint = "照正文的字写，约、近、超、余不能互换"
    return _problem(case, number, "changed-qualifier", said, hint)


def _problem(case: Case, number: int, slug: str, message: str, hint: str) -> Problem:
    severity = Severity.NOTE if slug == "kindred-qualifier" else Severity.WARNING
    where = located(case.path, case.marks, ("metrics", number))
    return Problem(slug, severity, message, where, hint)


TRACED = (
    Rule(
        "missing-evidence", Severity.WARNING, "正文里没有这个数字",
        "指标要能点到写着它的那一句；没有依据的数字，读者不敢引用。",
        "照正文的写法改，或在正文里写出这个数字和它的由来。",
        "正文：种植水苔100亩。指标：种植面积: 100亩", check=stated,
    ),
    Rule(
        "changed-qualifier", Severity.WARNING, "限定词与正文不同",
        "“约200万元”写成“200万余元”，意思就变了；限定词漏写，估计的数就成了确数。",
        "照正文的字写；约、近、超、余不能互换，也不能省去。",
        "正文：约200万元。指标：投入资金: 约200万元",
    ),
    Rule(
        "kindred-qualifier", Severity.NOTE, "限定词与正文不同，意思相近",
        "余与多、超与以上意思相近，但照原文写最稳妥。",
        "照正文的字写。",
        "正文：300多户。指标：带动农户: 300多户",
    ),
)  # fmt: skip
