"""units: the table of units, scales in units, prices, and conversion to base units."""

from decimal import Decimal
from fractions import Fraction

import pytest

from casegen.chinese.units import (
    UNITS,
    Measure,
    find_dimension,
    find_unit,
    measure_ends,
    split_scale,
)


@pytest.mark.parametrize(
    ("written", "dimension", "base", "factor"),
    [
        ("元", "money", "元", 1),
        ("万元", "money", "元", 10000),
        ("公顷", "area_land", "亩", 15),
        ("万人次", "person_times", "人次", 10000),
        ("斤", "mass", "公斤", Fraction(1, 2)),
        ("元/斤", "unit_price", "元/公斤", 2),
        ("元/人·月", "unit_price", "元/人·月", 1),
        ("三分之一", "rate", "%", Fraction(100, 3)),
        ("头", "livestock", "头", 1),
    ],
)
def test_a_unit_is_found_with_its_scale_in_the_factor(written, dimension, base, factor):
    unit = find_unit(written)
    assert unit is not None
    assert (unit.dimension, unit.base, unit.factor) == (dimension, base, factor)
    assert find_dimension(written) == dimension


def test_an_unknown_unit_has_no_dimension():
    assert find_unit("某某") is None
    assert find_dimension("某某") == ""


@pytest.mark.parametrize(
    ("written", "both"),
    [
        ("万人次", ("万", "人次")),
        ("千克", ("", "千克")),
        ("百分点", ("", "百分点")),
        ("万", ("", "万")),
    ],
)
def test_a_scale_is_split_off_unless_it_is_part_of_the_name(written, both):
    assert split_scale(written) == both


def test_land_and_buildings_are_measured_in_units_of_their_own():
    land = measure_ends(Decimal(3), Decimal(3), "亩")
    built = measure_ends(Decimal(3), Decimal(3), "亩", "area_built")
    assert (land.low, land.unit) == (3, "亩")
    assert (built.low, built.unit) == (2000, "平方米")


def test_events_are_added_only_where_the_dimension_asks_for_it():
    assert measure_ends(Decimal(2), Decimal(5), "场").unit == "场"
    together = measure_ends(Decimal(2), Decimal(5), "场", "events")
    assert (together.low, together.high, together.unit) == (2, 5, "次")


def test_a_unit_that_the_table_lacks_keeps_its_name_without_its_scale():
    found = measure_ends(Decimal(2), Decimal(2), "万某某")
    assert (found.low, found.unit) == (20000, "某某")


def test_a_unit_that_the_table_lacks_and_that_has_no_scale_is_counted_as_it_is():
    assert measure_ends(Decimal(2), Decimal(5), "箩筐") == Measure(Fraction(2), Fraction(5), "箩筐")


def test_units_of_one_dimension_with_one_base_can_be_converted_into_each_other():
    bases = {}
    for unit in UNITS.values():
        if unit.dimension not in {"events", "livestock", "count", "time"}:
            bases.setdefault(unit.dimension, set()).add(unit.base)
    assert {dimension: len(found) for dimension, found in bases.items() if len(found) > 1} == {}
