"""Totals of the demonstration collection, calculated here by hand from the cases' own words."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from projects import read_demonstration

from casegen.collection.totals import Total, why_no_total
from casegen.editions.data import workbook

ROOT = Path(__file__).parents[1]
WAN = 10_000
COLLECTION = read_demonstration()

# 投入帮扶资金 (added up). As the cases write it, in 元:
FUNDS = {
    "congjiang": 200 * WAN,  # 投入资金 200万元; its splits by source and by use are parts of it
    "sanyuan": 30 * WAN + 10 * WAN,  # 农旅融合项目资金 30万元, 集体经济帮扶资金 10万元
    "wuwei-yiti": 220 * WAN,  # 累计投入资金 220多万元: the total is 超
    "buyun": 3 * WAN,  # 合作社帮扶资金 3万元, split into 2万元 and 1万元
    "jiugu": 4 * WAN + 2 * WAN,  # 公厕建设资金 4万元, 农技帮扶资金 2万元
}
# 种植面积 (the latest of each case), in 亩:
FIELDS = {
    "congjiang": 100,  # 水苔试点
    "sanyuan": 1200,  # 富硒茶园
    "buyun": 300,  # 万寿菊
    "wuwei-yiti": 2310,  # 花椒基地
    "sancun": 1000 + 260,  # 茶园 1000亩 of 2025, not its 500亩 of 2018; 甘蔗 260多亩: 超
}


def of(key: str, totals: tuple[Total, ...]) -> Total | None:
    found = [total for total in totals if total.indicator == key]
    assert len(found) < 2
    return found[0] if found else None


def said(total: Total | None) -> tuple[object, ...]:
    assert total is not None
    return total.low, total.high, total.unit, str(total.qualifier), total.reported, total.of


def test_the_funds_invested_are_469_wan_in_five_of_eighteen_cases():
    total = of("funds_invested", COLLECTION.all_totals)
    assert sum(FUNDS.values()) == 469 * WAN
    assert said(total) == (469 * WAN, 469 * WAN, "元", "超", 5, 18)
    assert set(total.cases) == set(FUNDS)


def test_the_planted_area_is_over_5170_mu_in_five_of_eighteen_cases():
    total = of("planting_area", COLLECTION.all_totals)
    assert sum(FIELDS.values()) == 5170
    assert said(total) == (5170, 5170, "亩", "超", 5, 18)
    assert set(total.cases) == set(FIELDS)


def test_the_200_wan_of_congjiang_split_by_source_and_by_use_count_once():
    one = COLLECTION.by_slug["congjiang"]
    whole = next(n for n, m in enumerate(one.metrics) if m.id == "total")
    splits: defaultdict[str, Fraction] = defaultdict(Fraction)
    for part in one.metrics:
        if part.part_of == whole:
            splits[part.split] += Fraction(part.quantity.low)
    assert splits == {"来源": 200, "用途": 200}  # 100 + 100 and 186 + 14, in 万元
    own = {total.indicator: total for total in COLLECTION.totals(["congjiang"])}
    money = {key: total.low for key, total in own.items() if total.unit == "元"}
    assert money == {"funds_invested": 200 * WAN}


def test_what_a_split_divides_further_is_its_whole_again():
    one = COLLECTION.by_slug["congjiang"]
    projects = next(n for n, m in enumerate(one.metrics) if m.id == "projects")
    parts = [m.quantity.low for m in one.metrics if m.part_of == projects]
    assert sum(parts) == one.metrics[projects].quantity.low  # 83.5 + 14.5 + 21 + 67 = 186


@pytest.mark.parametrize("scope", ["category", "region"])
def test_what_is_divided_adds_up_to_the_collection(scope):
    shares: defaultdict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for where, _, total in workbook.list_scoped_totals(COLLECTION):
        if where == scope:
            shares[total.indicator, total.unit, total.item] += total.low
    whole = {(t.indicator, t.unit, t.item): t.low for t in COLLECTION.all_totals}
    assert len(whole) > 20
    assert shares == whole


FUNDS_BY_CATEGORY = {
    # sanyuan, buyun, 农技帮扶资金 of jiugu; 产业发展投入 83.5万元 of congjiang
    "industry": (FUNDS["sanyuan"] + FUNDS["buyun"] + 2 * WAN) + 835_000,
    "ecology": 4 * WAN + 67 * WAN,  # 公厕建设资金 of jiugu; 环境与亮化 of congjiang
    "culture": 21 * WAN,  # 文化宣传 of congjiang
    "organization": 145_000,  # 组织阵地 of congjiang
    "talent": 14 * WAN,  # 技能培训 of congjiang
    "": FUNDS["wuwei-yiti"],  # of five categories, and the case names none
}
FUNDS_BY_YEAR = {
    "2019-2021": (FUNDS["wuwei-yiti"], "超"),  # a sum to date stands in no single year
    "2020": (FUNDS["jiugu"], "exact"),
    "2021": (FUNDS["congjiang"], "exact"),
    "2023": (FUNDS["sanyuan"] + FUNDS["buyun"], "exact"),
}
FIELDS_BY_YEAR = {
    "2018": (500, "exact"),  # 茶园 of sancun, which 2025 replaces in the whole
    "2021": (FIELDS["congjiang"] + FIELDS["wuwei-yiti"], "exact"),  # the last of 2019 to 2021
    "2023": (FIELDS["sanyuan"] + FIELDS["buyun"], "exact"),
    "2025": (FIELDS["sancun"], "超"),
}


def divided(scope: str, key: str) -> dict[str, tuple[object, str]]:
    return {
        value: (total.low, str(total.qualifier))
        for where, value, total in workbook.list_scoped_totals(COLLECTION)
        if where == scope and total.indicator == key
    }


def test_the_funds_of_each_category_are_those_of_its_metrics():
    names = {category.name: category.key for category in COLLECTION.categories} | {"": ""}
    found = {names[k]: low for k, (low, _) in divided("category", "funds_invested").items()}
    assert found == FUNDS_BY_CATEGORY
    assert sum(FUNDS_BY_CATEGORY.values()) == sum(FUNDS.values())


def test_the_totals_of_each_province_are_those_of_its_own_metrics():
    assert divided("region", "funds_invested") == {
        "贵州省": (FUNDS["congjiang"] + FUNDS["jiugu"], "exact"),
        "陕西省": (FUNDS["sanyuan"] + FUNDS["wuwei-yiti"], "超"),
        "甘肃省": (FUNDS["buyun"], "exact"),
    }
    assert divided("region", "planting_area") == {
        "贵州省": (FIELDS["congjiang"], "exact"),
        "陕西省": (FIELDS["sanyuan"] + FIELDS["wuwei-yiti"], "exact"),
        "甘肃省": (FIELDS["buyun"], "exact"),
        "": (FIELDS["sancun"], "超"),  # of two provinces, and its metrics name none
    }


def test_the_totals_of_years_are_those_of_metrics_of_these_years():
    assert divided("year", "funds_invested") == FUNDS_BY_YEAR
    assert divided("year", "planting_area") == FIELDS_BY_YEAR


def test_the_totals_of_an_institution_are_those_of_its_cases():
    found = divided("institution", "funds_invested")
    assert found["安康市政协机关"] == (FUNDS["sanyuan"], "exact")
    assert found["毕节职业技术学院"] == (FUNDS["jiugu"], "exact")
    assert found["贵州开放大学（贵州职业技术学院）"] == (FUNDS["congjiang"], "exact")


def test_no_metric_of_the_demonstration_is_in_doubt():
    assert COLLECTION.doubtful == ()


def test_rates_standards_and_budgets_have_no_total_and_a_reason():
    keys = {total.indicator for total in COLLECTION.all_totals}
    for key in ("coverage_rate", "aid_standard", "work_budget", "funds_self", "funds_in_place"):
        indicator = COLLECTION.vocabulary.get(key)
        reported = any(m.indicator == key for one in COLLECTION.cases for m in one.metrics)
        assert reported
        assert key not in keys
        assert why_no_total(indicator, COLLECTION.entries, COLLECTION.vocabulary)


def test_the_sheet_of_totals_says_the_same():
    rows = [
        dict(zip(workbook.TOTAL_HEADINGS, row, strict=True))
        for row in workbook.list_total_rows(COLLECTION)
    ]
    funds = {
        (row["范围"], row["哪一处"]): row["下限"]
        for row in rows
        if row["指标键"] == "funds_invested"
    }
    assert funds["collection", ""] == 469 * WAN
    assert funds["region", "贵州省"] == 206 * WAN
    assert funds["year", "2021"] == 200 * WAN
    assert funds["year", "2019-2021"] == 220 * WAN
    assert funds["institution", "安康市政协机关"] == 40 * WAN
