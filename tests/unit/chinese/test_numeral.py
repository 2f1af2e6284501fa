"""Numbers as Chinese writes them, and what is no number."""

from decimal import Decimal

import pytest

from casegen.chinese.numeral import fold_figures, read_amount, read_chinese_number, read_ends


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二一", 2021),
        ("十", 10),
        ("十五", 15),
        ("一百二十", 120),
        ("一百零五", 105),
        ("两千五", 2500),
        ("三万五", 35_000),
        ("十四万六千三百", 146_300),
        ("一亿二千万", 120_000_000),
        ("三点五", "3.5"),
        ("零", 0),
    ],
)
def test_a_number_in_chinese_numerals_has_its_value(text, value):
    assert read_chinese_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "三五", "二三", "百千", "十万十万", "万", "甲", "点五", "二三点五"]
)
def test_what_is_a_range_or_no_number_has_no_value(text):
    assert read_chinese_number(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1.2亿", "120000000", "120000000"),
        ("4万余", "40000", "40000"),
        ("1亿2000万", "120000000", "120000000"),
        ("1,200", "1200", "1200"),
        ("3至5万", "30000", "50000"),
        ("三五", "3", "5"),
        ("2+1万", "30000", "30000"),
    ],
)
def test_an_amount_or_a_range_has_its_ends(text, low, high):
    first, last = read_ends(text)
    assert (first.total, last.total) == (Decimal(low), Decimal(high))
    assert first.scale == last.scale


@pytest.mark.parametrize("text", ["5至3万", "十百", "1至2至3", "1" * 16])
def test_figures_that_make_no_number_have_no_ends(text):
    assert read_ends(text) is None


def test_what_stands_inside_a_number_is_kept_apart_from_it():
    found = read_amount("800余万")
    assert (found.value, found.scale, found.odd) == (Decimal(800), "万", "余")


def test_full_width_traditional_and_formal_figures_become_common_ones_in_place():
    text = "投入１２．５萬元和贰拾户"
    assert fold_figures(text) == "投入12.5万元和二十户"
    assert len(fold_figures(text)) == len(text)
