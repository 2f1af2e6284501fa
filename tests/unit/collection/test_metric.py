"""Which metrics count by themselves."""

import pytest

from casegen.chinese.quantity import read_quantity
from casegen.collection.metric import Metric


@pytest.mark.parametrize(
    ("given", "counted"),
    [({}, True), ({"part_of": 0}, False), ({"same_as": 0}, False), ({"doubts": ("x",)}, False)],
)
def test_a_part_a_repetition_and_a_metric_in_doubt_do_not_count(given, counted):
    assert Metric("培训", "", read_quantity("40人"), **given).counted is counted
