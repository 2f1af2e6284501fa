"""Charts of the demonstration's indicators: each bar is a row, or a sum of rows, of its files."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
import yaml
from projects import read_demonstration

from casegen.collection.indicator import AddingRule
from casegen.editions.data import export, tables
from casegen.editions.site import charts, indicators

ROOT = Path(__file__).parents[4]
WORDS = yaml.safe_load((ROOT / "themes/default/words/zh-CN.yml").read_text("utf-8"))


COLLECTION = read_demonstration()
SUMMED = [i for i in indicators.list_reported(COLLECTION) if i.summable]


@cache
def sheet():
    """The rows of the totals' sheet by scope, its value and indicator, in the indicator's unit."""
    units = {i.key: i.unit for i in SUMMED}
    return {
        (row["scope"], row["value"], row["indicator"]): row
        for row in export.make_totals_json(COLLECTION)
        if row["unit"] == units.get(row["indicator"]) and row["low"] is not None
    }


def bars_of(chart):
    return {bar.label: bar for bar in chart.bars} if chart else {}


def rows_in(scope, key):
    return {value: row for (of, value, name), row in sheet().items() if (of, name) == (scope, key)}


def shown(indicator):
    years = charts.chart_years(indicator, COLLECTION, WORDS)
    return {
        "year": bars_of(years["year"]) | bars_of(years["span"]),
        "region": bars_of(charts.chart_provinces(indicator, COLLECTION, WORDS)),
        "category": bars_of(charts.chart_categories(indicator, COLLECTION, WORDS)),
    }


def label_of(scope, value):
    if value and scope == "year":
        return f"{value.replace('-', '—')}年"
    return value or WORDS[f"metric.no_{scope}"]


def test_every_bar_is_a_row_of_the_totals():
    compared = 0
    for indicator in SUMMED:
        for scope, bars in shown(indicator).items():
            rows = {label_of(scope, v): r for v, r in rows_in(scope, indicator.key).items()}
            if not bars:
                assert len(rows) < 2, (indicator.key, scope)
                continue
            assert bars.keys() == rows.keys()
            for label, bar in bars.items():
                if bar.value:
                    assert Fraction(bar.value) == Fraction(rows[label]["low"])
                    compared += 1
                if rows[label]["qualifier"] in {"超", "近", "约"}:
                    assert bar.quantity.text.startswith(rows[label]["qualifier"])
    assert compared > 50


def test_what_counts_in_the_table_of_metrics_makes_the_bars_of_the_provinces():
    counted: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    units = {i.key: i.unit for i in SUMMED if i.rule is AddingRule.SUM and not i.by_item}
    for cells in tables.list_metric_rows(COLLECTION):
        row = dict(zip(tables.COLUMNS, cells, strict=True))
        if row["counted"] == "yes" and row["base_unit"] == units.get(row["indicator"]):
            place = str(row["place"]).partition("/")[0]
            counted[row["indicator"], place] += Fraction(str(row["low"]))
    assert counted == {
        (key, value): Fraction(row["low"])
        for key in units
        for value, row in rows_in("region", key).items()
    }


def test_the_categories_with_what_has_none_make_the_total():
    for indicator in SUMMED:
        shares = [Fraction(row["low"]) for row in rows_in("category", indicator.key).values()]
        whole = rows_in("collection", indicator.key).get("")
        assert sum(shares) == (Fraction(whole["low"]) if whole else 0), indicator.key


def test_the_strip_and_the_ranking_are_the_rows_of_the_indicators_file():
    for indicator in indicators.list_reported(COLLECTION):
        every = indicators.list_rows(indicator, COLLECTION)
        statements, _ = indicators.list_statements(every, indicator)
        assert [s.quantity for s in statements] == [row.quantity for row in every]
        rows = indicators.list_comparable(every, indicator)
        assert every[: len(rows)] == rows
        values = [row.value for row in rows]
        assert values == sorted(values, reverse=True)
        places = [float(s.x) for s in statements if s.x]
        assert len(places) == len(rows)
        assert places == sorted(places, reverse=True)
        if marks := indicators.make_spread(rows, WORDS):
            assert (marks[0].quantity, marks[-1].quantity) == (rows[-1].quantity, rows[0].quantity)


def test_one_coverage_is_told_of_an_indicator_on_its_page_and_among_the_totals():
    for indicator in SUMMED:
        totals = indicators.list_totals(indicator, COLLECTION)
        if rows_in("collection", indicator.key) and len(totals) == 1:
            cases = COLLECTION.list_reporting(indicator)
            assert totals[0].reported == len(cases), indicator.key


@pytest.mark.parametrize(
    ("values", "starts"),
    [
        ([], []),
        ([0, 0], [0]),
        ([120, 4720], [120, 4720]),
        ([120, 4720, 5200, 6000, 7000, 90000, 100000], [120, 4720, 90000]),
        ([0, 3, 4, 500, 600], [0, 3, 500]),
    ],
)
def test_values_far_apart_are_in_different_classes(values, starts):
    assert charts.find_classes([Fraction(value) for value in values]) == tuple(starts)
