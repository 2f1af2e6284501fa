"""The five-year plans: five years each, one after another."""

from itertools import pairwise

from casegen.chinese.plans import PLANS


def test_a_plan_has_five_years_and_begins_when_the_last_one_has_ended():
    assert all(last - first == 4 for first, last in PLANS.values())
    assert all(later[0] == earlier[1] + 1 for earlier, later in pairwise(PLANS.values()))
    assert PLANS["十三五"] == (2016, 2020)
