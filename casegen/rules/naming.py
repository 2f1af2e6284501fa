"""naming: names of metrics that the vocabulary lacks, reported once, with the nearest indicator.

Secret: what an editor is advised to write for a name that no indicator has.
Not here: which indicator a name means, and which is nearest (collection.vocabulary).
"""

from __future__ import annotations

from collections.abc import Iterator

from casegen.collection.case import Case
from casegen.collection.indicator import Indicator
from casegen.collection.metric import Metric
from casegen.collection.norms import Norms
from casegen.collection.vocabulary import Vocabulary, fits_unit, strip_opening
from casegen.problem import Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import locate_field, quote_yaml


def check_names(collection: Cases, norms: Norms) -> Iterator[Problem]:
    """Report names without an indicator at their first case, with the number of cases."""
    places: dict[tuple[str, str], list[tuple[Case, int, Metric]]] = {}
    for case in sorted(collection.cases, key=lambda case: case.path):
        for number, metric in enumerate(case.metrics):
            if not metric.indicator:
                key = (metric.asked, "" if metric.asked else strip_opening(metric.name))
                places.setdefault(key, []).append((case, number, metric))
    for rows in places.values():
        case, number, metric = rows[0]
        others = len({other.path for other, _, _ in rows}) - 1
        more = f"；另有 {others} 篇也这样写" if others else ""
        what, hint = _describe_name(metric, norms.vocabulary)
        where = locate_field(case.path, case.marks, ("metrics", number))
        yield Problem(
            "unknown-indicator", Severity.NOTE, f"{what}：照写，不合计{more}", where, hint
        )


def _describe_name(metric: Metric, vocabulary: Vocabulary) -> tuple[str, str]:
    """Return what is wrong with a name, and what to write."""
    unit = metric.quantity.unit
    nearest = vocabulary.nearest(metric.asked or metric.name, unit)
    if metric.asked:
        if nearest is None:
            return f"词表里没有指标“{metric.asked}”", f"删去 indicator（指标类），或{_ADD}"
        return (
            f"词表里没有指标“{metric.asked}”",
            f"最接近的是“{nearest.name}”：{_write(metric, nearest)}",
        )
    exact = vocabulary.get(strip_opening(metric.name))
    what = f"“{metric.name}”不在词表里"
    if exact and not fits_unit(exact, unit):
        what = f"“{metric.name}”以{exact.unit}计，“{unit}”不合"
    if nearest is None:
        return what, f"不合计也无妨，就不必理会；常用的可以{_ADD}"
    return what, f"最接近的是“{nearest.name}”：{_write(metric, nearest)}；不是，不必理会"


_ADD = "加进 casegen.yml 的 metrics（词表）"


def _write(metric: Metric, nearest: Indicator) -> str:
    name, value = quote_yaml(metric.name), quote_yaml(metric.quantity.as_written)
    return f"若就是它，写 {{name: {name}, indicator: {nearest.name}, value: {value}}}"


NAMING = (
    Rule(
        "unknown-indicator",
        Severity.NOTE,
        "指标名不在词表里",
        "照样显示，但不与别的案例合计。同一个名称，全集只提醒一次。",
        "若就是词表里的某项，用 indicator 写明；常用的可加进 casegen.yml 的 metrics。",
        "{name: 帮扶款, indicator: 投入帮扶资金, value: 20万元}",
        check=check_names,
        wrong="=== cases/a.md\n---\nmetrics:\n  - 耕地: 67亩\n---\n耕地67亩。",
        right=(
            "=== cases/a.md\n---\nmetrics:\n"
            "  - {name: 耕地, indicator: 种植面积, value: 67亩}\n---\n耕地67亩。"
        ),
    ),
)
