from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.chinese.numeral import SCALES
from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Qualifier
from casegen.chinese.showing import Shown, show_range, show_value


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "word", "number", "shown"),
    [
        ("9999", "元", "exact", "", "9999", "元"),
        ("10000", "元", "exact", "", "1", "万元"),
        ("10004000", "元", "exact", "约", "1000", "万元"),
        ("10656", "元", "exact", "约", "1.066", "万元"),
        ("106560", "元", "超", "超", "10.65", "万元"),
        ("129150000", "元", "超", "超", "1.291", "亿元"),
        ("1707640000", "元", "超", "超", "17.07", "亿元"),
        ("17304000", "元", "近", "近", "1731", "万元"),
        ("17304000", "元", "约", "约", "1730", "万元"),
        ("99999999", "元", "exact", "约", "1", "亿元"),
        ("620000000000", "元", "exact", "", "6200", "亿元"),
        ("42973", "人", "exact", "", "42973", "人"),
        ("43467", "人", "exact", "", "43467", "人"),
        ("123456", "人次", "超", "超", "123456", "人次"),
        ("22985", "户", "exact", "", "22985", "户"),
        ("15000", "平方米", "exact", "", "15000", "平方米"),
        ("17013.2", "亩", "exact", "", "17013.2", "亩"),
        ("2000/3", "平方米", "exact", "约", "666.67", "平方米"),
        ("2000/3", "平方米", "近", "近", "666.67", "平方米"),
        ("2000/3", "平方米", "超", "超", "666.66", "平方米"),
        ("16234", "元/人", "exact", "", "16234", "元/人"),
        ("0.00012345", "吨", "超", "超", "0.0001234", "吨"),
        ("0", "元", "exact", "", "0", "元"),
    ],
)
def test_a_value_is_shown_so_that_it_is_true(  # noqa: PLR0913, PLR0917 a row of the table
    value, unit, qualifier, word, number, shown
):
    assert show_value(Fraction(value), unit, Qualifier(qualifier)) == Shown(number, shown, word)


def test_a_range_is_shown_in_the_scale_of_its_upper_end():
    assert show_range(Fraction(30_000), Fraction(50_000), "元") == Shown("3至5", "万元")
    assert show_range(Fraction(5), Fraction(5), "户") == Shown("5", "户")


def test_a_range_whose_ends_round_to_one_number_is_shown_as_that_number():
    ends = Fraction(1_271_210_587), Fraction(1_271_280_587)
    assert show_range(*ends, "元") == Shown("12.71", "亿元", "约")
    assert show_range(*ends, "元", Qualifier.OVER) == Shown("12.71", "亿元", "超")


@given(
    st.integers(0, 10**12),
    st.integers(1, 3),
    st.sampled_from(["元", "户", "平方米"]),
    st.sampled_from(list(Qualifier)),
)
def test_what_is_shown_never_says_more_than_is_so(top, bottom, unit, qualifier):
    value = Fraction(top, bottom)
    shown = show_value(value, unit, qualifier)
    said = Fraction(shown.number) * SCALES.get(shown.unit.removesuffix(unit), 1)
    if qualifier in MORE_THAN:
        assert said <= value
    elif qualifier in LESS_THAN:
        assert said >= value
    elif not shown.qualifier:
        assert said == value
