from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from casegen.chinese.numeral import read_chinese_number
from casegen.chinese.quantity import (
    Qualifier,
    Quantity,
    Unreadable,
    are_akin,
    convert_to_base,
    read_quantity,
)
from casegen.chinese.units import Measure, find_dimension

TABLE: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "quantities.yml").read_text("utf-8")
)


def both(value: Any) -> tuple[Fraction, Fraction]:
    low, high = value if isinstance(value, list) else (value, value)
    return Fraction(low), Fraction(high)


@pytest.mark.parametrize("written", TABLE["读得出"])
def test_a_quantity_is_read_as_the_table_says(written):
    value, unit, qualifier, base_value, base_unit = TABLE["读得出"][written]
    quantity = read_quantity(written)
    assert isinstance(quantity, Quantity)
    assert (quantity.low, quantity.high) == both(value)
    assert (quantity.unit, str(quantity.qualifier)) == (unit, qualifier)
    measure = convert_to_base(quantity)
    assert (measure.low, measure.high) == both(base_value)
    assert measure.unit == base_unit
    assert quantity.as_written == written


@pytest.mark.parametrize("written", TABLE["读不出"])
def test_what_is_no_quantity_says_why_and_how_to_mend_it(written):
    found = read_quantity(written)
    assert isinstance(found, Unreadable)
    assert TABLE["读不出"][written] in found.reason
    assert found.hint
    assert not re.search("[一-龥”][,;:!?]", found.reason + found.hint)


def quantity(written: str) -> Quantity:
    found = read_quantity(written)
    assert isinstance(found, Quantity)
    return found


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [
        ("200", "万元", "200万元"),
        ("200万元", "万元", "200万元"),
        ("3至5", "万元", "3至5万元"),
        ("约83.5", "万元", "约83.5万元"),
        ("95", "%", "95%"),
        ("300左右", "户", "300户左右"),
    ],
)
def test_a_unit_beside_the_number_reads_like_one_behind_it(number, unit, written):
    found, whole = read_quantity(number, unit), quantity(written)
    assert isinstance(found, Quantity)
    assert (found.low, found.high, found.unit, found.qualifier) == (
        whole.low,
        whole.high,
        whole.unit,
        whole.qualifier,
    )


def test_buildings_measured_in_mu_become_square_metres_and_occasions_become_times():
    assert convert_to_base(quantity("3亩")) == Measure(Fraction(3), Fraction(3), "亩")
    assert convert_to_base(quantity("3亩"), "area_built") == Measure(
        Fraction(2000), Fraction(2000), "平方米"
    )
    assert convert_to_base(quantity("1公顷"), "area_built").low == 10_000
    assert convert_to_base(quantity("5个批次"), "events") == Measure(Fraction(5), Fraction(5), "次")


def test_values_are_compared_in_base_units_and_animals_are_not_converted():
    assert convert_to_base(quantity("2000千元")) == convert_to_base(quantity("约200万元"))
    assert convert_to_base(quantity("三分之一")) == convert_to_base(quantity("九分之三"))
    assert convert_to_base(quantity("300只")) != convert_to_base(quantity("300头"))
    assert convert_to_base(quantity("460人")) != convert_to_base(quantity("460人次"))
    assert convert_to_base(quantity("3至5万元")) != convert_to_base(quantity("3万元"))


def test_only_qualifiers_of_one_meaning_stand_for_each_other():
    assert are_akin(Qualifier.ODD, Qualifier.MORE)
    assert are_akin(Qualifier.OVER, Qualifier.AT_LEAST)
    assert not are_akin(Qualifier.ABOUT, Qualifier.ODD)
    assert not are_akin(Qualifier.EXACT, Qualifier.ABOUT)


def test_a_price_is_no_money_that_could_be_added():
    assert find_dimension("元/斤") == find_dimension("元/人·月") == "unit_price"
    assert find_dimension("坛") == ""


FIGURES = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """A number under a thousand million millions, as Chinese spells it."""
    for size, mark in ((10**8, "亿"), (10**4, "万"), (10**3, "千"), (10**2, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return in_chinese(head) + mark + gap + (in_chinese(rest) if rest else "")
    return FIGURES[number]


STYLES = {
    "arabic": str,
    "grouped": lambda n: f"{n:,}",
    "full-width": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "chinese": in_chinese,
    "traditional": lambda n: in_chinese(n).translate(str.maketrans("万亿", "萬億")),
    "formal": lambda n: in_chinese(n).translate(
        str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")
    ),
}


@given(st.integers(1, 10**12), st.sampled_from(sorted(STYLES)), st.sampled_from(["元", "户", "亩"]))
def test_a_number_written_in_any_style_reads_back(number, style, unit):
    measure = convert_to_base(quantity(STYLES[style](number) + unit))
    assert measure == Measure(Fraction(number), Fraction(number), unit)


@given(st.integers(0, 10**12))
def test_a_chinese_numeral_reads_back(number):
    assert read_chinese_number(in_chinese(number)) == number


@given(
    st.decimals(min_value="0.1", max_value=9999, places=1),
    st.sampled_from([("", "exact"), ("约", "约"), ("近", "近"), ("超过", "超"), ("至少", "以上")]),
    st.sampled_from([("", 1), ("万", 10**4), ("百万", 10**6), ("亿", 10**8)]),
    st.sampled_from(["元", "亩", "人次", "公斤"]),
)
def test_scales_and_qualifiers_read_back(number, qualifier, scale, unit):
    found = quantity(f"{qualifier[0]}{number}{scale[0]}{unit}")
    assert str(found.qualifier) == qualifier[1]
    assert found.low == number
    assert convert_to_base(found).low == Fraction(number) * scale[1]


@given(
    st.text(max_size=30)
    | st.text("0123456789.,+-至约近超余多一十百千万亿点成分之元户%每/", max_size=20)
)
@example("每" * 30)
def test_any_text_is_read_or_refused_with_a_reason_and_a_hint(text):
    found = read_quantity(text)
    if isinstance(found, Unreadable):
        assert found.reason
        assert found.hint
    else:
        assert found.low <= found.high
        assert found.unit
