"""The strip of an indicator's figures: where its points stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from casegen.editions.site.distribution import find_marks, lay_out

FIGURES = st.lists(st.floats(min_value=0, max_value=1e12), min_size=1, max_size=300)


@given(FIGURES)
def test_every_point_lies_on_the_strip_in_the_order_of_the_figures(values):
    strip = lay_out(values)
    assert len(strip.places) == len(values)
    for place in strip.places:
        assert 5 <= float(place.x) <= 995
        assert 0 <= float(place.y) <= strip.height
        assert 3 <= float(place.share) <= 1000
    ranked = sorted(zip(values, strip.places, strict=True), key=lambda pair: pair[0])
    across = [float(place.x) for _, place in ranked]
    assert across == sorted(across)


def test_equal_figures_stand_on_one_another():
    places = lay_out([7, 7, 7, 1]).places
    assert len({place.x for place in places[:3]}) == 1
    assert len({place.y for place in places[:3]}) == 3


def test_figures_that_differ_much_are_set_apart_by_ratio():
    low, middle, high = (float(place.x) for place in lay_out([1, 100, 10_000]).places)
    assert middle - low == high - middle


def test_marks_are_figures_that_some_case_reports():
    assert find_marks(2) == {}
    assert find_marks(4) == {"lowest": 0, "median": 1, "highest": 3}
    assert find_marks(9) == {"lowest": 0, "lower": 2, "median": 4, "upper": 6, "highest": 8}
