from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casegen.chinese.quantity import Quantity, read_quantity
from casegen.chinese.units import Measure
from casegen.collection.indicator import TIMINGS, AddingRule
from casegen.collection.metric import Metric
from casegen.collection.totals import (
    Entry,
    count_entry,
    divide_groups,
    find_overlapping,
    group_counts,
    list_values,
    share_by_category,
    share_by_province,
    sum_totals,
    why_no_total,
    why_not_summable,
)
from casegen.collection.vocabulary import Vocabulary

TESTS = Path(__file__).parents[2]
TABLE: list[dict[str, Any]] = yaml.safe_load((TESTS / "tables/totals.yml").read_text("utf-8"))
FILE: dict[str, Any] = yaml.safe_load(
    (TESTS.parent / "casegen/data/vocabulary.yml").read_text("utf-8")
)
VOCABULARY, FAULTS = Vocabulary.from_mapping(FILE)


def quantity(written: str) -> Quantity:
    found = read_quantity(written)
    assert isinstance(found, Quantity)
    return found


def years(value: Any) -> tuple[int, int]:
    first, last = value if isinstance(value, list) else (value, value)
    return first, last


def metric(indicator: str, written: str, more: dict[str, Any] | None = None) -> Metric:
    row = more or {}
    known = VOCABULARY.get(indicator) if indicator else None
    return Metric(
        name=row.get("名称", indicator),
        indicator=known.key if known else "",
        quantity=quantity(written),
        category=row.get("类别", "industry"),
        period=years(row["时段"]) if "时段" in row else None,
        part_of=row.get("属于"),
        same_as=row.get("同"),
        timing=TIMINGS[row["口径"]] if "口径" in row else None,
        region=row.get("地区", ""),
        elsewhere=row.get("别处", ""),
        doubts=tuple(row.get("存疑", ())),
        explicit=row.get("口径") == "累计",
        unbegun=row.get("起年不明", False),
        settled="口径" in row and "时段" in row,
        waive=(("overlapping-figures", row["豁免"]),) if "豁免" in row else (),
    )


def entries(cases: list[dict[str, Any]]) -> list[Entry]:
    return [
        Entry(
            str(n),
            case["单位"],
            years(case["时段"]),
            tuple(metric(*row) for row in case["指标"]),
            tuple(case.get("地区", ("甘肃省",))),
            tuple(case.get("类别", ("industry", "talent"))),
        )
        for n, case in enumerate(cases)
    ]


def settled(rows: list[Entry]) -> list[Entry]:
    """The entries with their overlapping figures in doubt, as a collection has them."""
    found = [each for each in find_overlapping(rows, VOCABULARY) if not each.waived]
    doubted = {(each.count.case, each.count.position) for each in found}
    greater = {(each.other.case, each.other.position) for each in found} - doubted

    def marked(entry: Entry) -> tuple[Metric, ...]:
        return tuple(
            replace(
                metric,
                doubts=("overlapping-figures",) if (entry.slug, n) in doubted else metric.doubts,
                exceeded=(entry.slug, n) in greater,
            )
            for n, metric in enumerate(entry.metrics)
        )

    return [replace(entry, metrics=marked(entry)) for entry in rows]


@pytest.mark.parametrize("row", TABLE, ids=[row["说明"] for row in TABLE])
def test_totals_are_what_the_table_says(row):
    rows = entries(row["案例"])
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for total in sum_totals(settled(rows), VOCABULARY):
        assert total.of == len(row["案例"])
        assert total.reported == len(total.cases)
        found[total.indicator].append(
            (total.low, total.high, total.unit, str(total.qualifier), total.reported)
        )
    wanted = {
        key: [(*(_number(v) for v in _both(value)), *rest) for value, *rest in given]
        for key, given in row["合计"].items()
    }
    assert {k: sorted(v, key=str) for k, v in found.items()} == {
        k: sorted(v, key=str) for k, v in wanted.items()
    }
    told = [[o.count.case, o.count.position, o.both] for o in find_overlapping(rows, VOCABULARY)]
    if "重叠" in row:
        assert told == row["重叠"]


def _both(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value, value]


def _number(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def test_the_vocabulary_is_whole():
    assert FAULTS == ()
    assert len(VOCABULARY.indicators) == 93
    assert sum(i.page for i in VOCABULARY.indicators) == 90
    assert all(i.synonyms and i.wordings and i.source for i in VOCABULARY.indicators)
    assert all(i.timing for i in VOCABULARY.indicators)


@pytest.mark.parametrize("indicator", VOCABULARY.indicators, ids=lambda i: i.key)
def test_every_indicator_is_found_by_key_name_and_synonym_and_takes_its_own_unit(indicator):
    for name in (indicator.key, indicator.name, *indicator.synonyms):
        assert VOCABULARY.get(name) == indicator
        assert VOCABULARY.recognise(name) == indicator
    assert indicator.measure(quantity(f"3{indicator.unit}")) == Measure(
        Fraction(3), Fraction(3), indicator.unit
    )


def test_an_editors_vocabulary_adds_rows_and_changes_fields_of_known_ones():
    extended, faults = VOCABULARY.extended(
        {
            "tea_houses": {"名称": "茶馆", "计量单位": "家", "聚合": "相加", "类别": "文化"},
            "output_value": {"rule": "none"},
        }
    )
    assert faults == ()
    new = extended.get("茶馆")
    assert new
    assert (new.rule, new.category, new.dimension) == (AddingRule.SUM, "culture", "count")
    changed = extended.get("产值")
    assert changed
    assert (changed.rule, changed.unit) == (AddingRule.NONE, "元")
    assert len(extended.indicators) == len(VOCABULARY.indicators) + 1


def test_a_renamed_indicator_is_still_found_by_its_former_name():
    renamed, faults = VOCABULARY.extended({"output_value": {"name": "年产值"}})
    assert faults == ()
    found = renamed.get("产值")
    assert found
    assert (found.key, found.name) == ("output_value", "年产值")
    assert renamed.get("年产值") == found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"x": "茶馆"}, "应写成"),
        ({"x": {"unit": "家"}}, "缺少 name"),
        ({"x": {"name": "茶馆"}}, "缺少 unit"),
        ({"x": {"name": "茶馆", "unit": "家", "rule": "mean"}}, "不认识，可写 sum"),
        ({"x": {"name": "茶馆", "unit": "家", "sinonyms": ["茶楼"]}}, "是不是“synonyms”"),
        ({"x": {"name": "茶馆", "unit": "家", "page": "yes"}}, "true 或 false"),
        ({"x": {"name": "产值", "unit": "元"}}, "同属 output_value 和 x"),
    ],
)
def test_a_fault_of_the_vocabulary_is_named(given, said):
    _, faults = VOCABULARY.extended(given)
    assert any(said in fault for fault in faults)


def test_a_case_has_one_value_for_each_indicator_and_base_unit_its_own_unit_first():
    rows = [
        ["livestock_scale", "1万羽"],
        ["livestock_scale", "300只"],
        ["trainees", "40人"],
        ["trainees", "460余人"],
        ["coverage_rate", "90%"],
    ]
    entry = Entry("", "", (2021, 2021), tuple(metric(*row) for row in rows))
    values = list_values(count_entry(entry, VOCABULARY), VOCABULARY)
    assert {
        key: [(worth.low, worth.unit, str(worth.qualifier)) for worth in found]
        for key, found in values.items()
    } == {
        "livestock_scale": [(300, "只", "exact"), (10000, "羽", "exact")],
        "trainees": [(500, "人", "超")],
    }


def test_reasons_are_given_where_there_is_no_total():
    rate, planting, visitors = (
        VOCABULARY.get(k) for k in ("coverage_rate", "planting_area", "visitors")
    )
    assert rate
    assert planting
    assert visitors
    assert why_not_summable(rate) == "rate"
    own, _ = VOCABULARY.extended({"承包面积": {"unit": "亩", "rule": "none"}})
    assert why_not_summable(own.get("承包面积")) == "never"
    assert why_not_summable(VOCABULARY.get("人均收入")) == "per-head"
    assert why_not_summable(VOCABULARY.get("aid_standard")) == "per-head"
    assert why_not_summable(planting) == ""
    two = entries(
        [
            {"单位": "甲", "时段": 2021, "指标": [["visitors", "70万人次"]]},
            {"单位": "乙", "时段": 2022, "指标": [["visitors", "3万人次"]]},
        ]
    )
    assert why_no_total(visitors, two, VOCABULARY) == "periods"
    assert why_no_total(visitors, two[:1], VOCABULARY) == ""


CATEGORIES = ("industry", "talent", "")
REGIONS = ("甘肃省/定西市", "甘肃省/陇南市", "陕西省")
WRITTEN = {
    "funds_invested": ("200万元", "3至5万元", "约1.5亿元", "4万余元"),
    "planting_area": ("300亩", "近20公顷", "1000亩"),
    "villages_assisted": ("7个", "3个村"),
    "goods_donated": ("500余套", "30本"),
    "visitors": ("3万人次", "70万人次"),
}


@st.composite
def metric_sets(draw: st.DrawFn) -> tuple[Metric, ...]:
    found = []
    for position in range(draw(st.integers(0, 5))):
        key = draw(st.sampled_from(sorted(WRITTEN)))
        earlier = st.none() | st.integers(0, position - 1) if position else st.none()
        found.append(
            Metric(
                name=draw(st.sampled_from(("甲", "乙"))),
                indicator=key,
                quantity=quantity(draw(st.sampled_from(WRITTEN[key]))),
                category=draw(st.sampled_from(CATEGORIES)),
                period=draw(st.sampled_from((None, (2018, 2018), (2020, 2022)))),
                part_of=draw(earlier),
                split="用途",
                region=draw(st.sampled_from(("", *REGIONS))),
                doubts=draw(st.sampled_from(((), (), ("changed-value",)))),
            )
        )
    return tuple(found)


CASES = st.lists(
    st.tuples(
        st.sampled_from(("甲校", "乙校", "")),
        metric_sets(),
        st.lists(st.sampled_from(REGIONS), min_size=1, unique=True),
        st.sampled_from((("industry",), ("industry", "talent"), ("talent", "culture"))),
    ),
    max_size=5,
)


@given(CASES)
@pytest.mark.parametrize("keys", [share_by_category, share_by_province])
def test_what_is_divided_adds_up_to_the_whole(keys, cases):
    rows = [
        Entry(str(n), owner, (2021, 2021), m, tuple(regions), categories)
        for n, (owner, m, regions, categories) in enumerate(cases)
    ]
    whole = {
        (t.indicator, t.unit, t.item): [t.low, t.high]
        for t in sum_totals(rows, VOCABULARY)
        if t.low is not None
    }
    added: dict[Any, list[Fraction]] = {}
    for found in divide_groups(group_counts(rows, VOCABULARY), keys, {}).values():
        for total in found:
            key = (total.indicator, total.unit, total.item)
            if total.low is None or total.high is None:
                continue
            sums = added.setdefault(key, [Fraction(0), Fraction(0)])
            sums[0] += total.low
            sums[1] += total.high
    assert added == whole
