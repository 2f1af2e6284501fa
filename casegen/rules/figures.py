"""figures: metrics of one case held against one another and against the vocabulary.

Secret: how parts are compared with their whole.
Not here: whether the body states a figure (evidence), sums over cases (metric).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from casegen.case import Case, Norms
from casegen.metric import Metric, fits
from casegen.problem import Problem, Severity
from casegen.quantity import base
from casegen.rules.rule import Rule
from casegen.schema import located


def parts(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Parts that add up to more than their whole, for each way of splitting it."""
    groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, metric in enumerate(case.metrics):
        if metric.part_of is not None and metric.same_as is None:
            groups[metric.part_of, metric.split].append(number)
    for (whole_number, split), numbers in groups.items():
        whole = case.metrics[whole_number]
        least = sum((_least(case.metrics[n], whole) for n in numbers), Fraction())
        most = base(whole.quantity).high
        if least <= most or _open_above(whole):
            continue
        names = "、".join(case.metrics[n].name for n in numbers)
        by = f"按{split}划分，" if split else ""
        yield _problem(
            case, numbers[-1], "part-exceeds-whole",
            f"{by}各部分（{names}）之和超过了整体“{whole.name}”{whole.quantity.as_written}",
            "对照原稿改数字；原文如此，就写 waive: {part-exceeds-whole: 原文如此}",
        )  # fmt: skip


def units(case: Case, norms: Norms) -> Iterator[Problem]:
    """Metrics whose unit their indicator does not take."""
    for number, metric in enumerate(case.metrics):
        indicator = norms.vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator and not fits(indicator, metric.quantity.unit):
            yield _problem(
                case, number, "misfit-unit",
                f"“{metric.name}”的单位“{metric.quantity.unit}”不合指标“{indicator.name}”",
                f"这个指标的基本单位是“{indicator.unit}”；不合的不会合计",
            )  # fmt: skip


def repeats(case: Case, _norms: Norms) -> Iterator[Problem]:
    """The same figure under the same name twice."""
    seen: dict[tuple[object, ...], int] = {}
    for number, metric in enumerate(case.metrics):
        quantity = metric.quantity
        key = (metric.name, quantity.low, quantity.high, quantity.unit, metric.period)
        if key in seen and metric.same_as is None and case.metrics[seen[key]].same_as is None:
            line, _ = case.marks.get(("metrics", seen[key]), (1, 1))
            yield _problem(
                case, number, "repeated-metric",
                f"“{metric.name}”{quantity.as_written}在第 {line} 行已经写过",
                "删去一条；若确是两件事，名称写得不同些",
            )  # fmt: skip
        seen.setdefault(key, number)


def _least(part: Metric, whole: Metric) -> Fraction:
    """What a part surely amounts to; nothing where it cannot be compared with the whole."""
    measure = base(part.quantity)
    return measure.low if measure.unit == base(whole.quantity).unit else Fraction()


def _open_above(whole: Metric) -> bool:
    """Whether the whole may be more than is written (超、余、约…)."""
    return whole.quantity.qualifier not in {"exact", "近", "以内", "仅", "累计"}


def _problem(case: Case, number: int, slug: str, message: str, hint: str) -> Problem:
    where = located(case.path, case.marks, ("metrics", number))
    return Problem(slug, Severity.WARNING, message, where, hint)


FIGURES = (
    Rule(
        "part-exceeds-whole", Severity.WARNING, "各部分之和超过整体",
        "要么数字有误，要么不是一个整体的部分。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "waive: {part-exceeds-whole: 原文如此}", check=parts,
    ),
    Rule(
        "misfit-unit", Severity.WARNING, "单位不合指标",
        "单位不合的不能合计，多半是指标选错了。",
        "改正单位，或用 indicator 写对的指标。", check=units,
    ),
    Rule(
        "repeated-metric", Severity.WARNING, "同一条指标写了两次",
        "两条都会合计，数字就翻了倍。",
        "删去一条，或用 same_as（同）写明说的是同一件事。", check=repeats,
    ),
)  # fmt: skip
