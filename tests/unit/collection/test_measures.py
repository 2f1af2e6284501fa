"""A metric in its indicator's base unit."""

import pytest
from judged import NORMS, a_case

from casegen.collection.measures import measure_metric


@pytest.mark.parametrize(
    ("metric", "measure"),
    [
        ("种植面积: 2公顷", (30, "亩")),
        ("{name: 地, indicator: 种植面积, value: 3户}", (3, "户")),
        ("蜂箱数: 2万箱", (20000, "箱")),
    ],
)
def test_the_indicator_decides_the_unit_and_what_does_not_fit_keeps_its_own(metric, measure):
    [found] = a_case(metrics=f"[{metric}]").metrics
    value = measure_metric(found, NORMS.vocabulary)
    assert (value.low, value.unit) == measure
