from __future__ import annotations

import pytest
from judged import a_case, together

TOTAL = "{name: 投入帮扶资金, value: 200万元, id: t}"
ROWS = {
    TOTAL: "",
    "{name: 修渠, indicator: 投入帮扶资金, value: 120万元, part_of: t}": "part",
    "{name: 帮扶款, indicator: 投入帮扶资金, value: 两百万元, same_as: t}": "same",
    "{name: 茶馆, value: 3家}": "no-indicator",
    "{name: 自筹资金, value: 7万元}": "source",
    "{name: 就业率, value: 95%}": "rate",
    "{name: 工作经费预算, value: 80万元}": "budget",
    "{name: 人均收入, value: 26000元}": "per-head",
    "{name: 培训, indicator: 培训人数, value: 40人次}": "unit",
    "{name: 种植面积, value: 50亩, period: 2019}": "later",
    "{name: 种植面积, value: 60亩, period: 2021}": "",
    "{name: 路灯, value: 9盏}": "doubt",
    "{name: 捐款, value: 3万元, period: 2021}": "contained",
    "{name: 累计捐款, value: 8万元, period: 2019-2022}": "",
    "{name: 帮扶村数, value: 3个, period: 2020}": "greater",
    "{name: 帮扶村数, value: 5个, period: 2021}": "",
}
BODY = (
    "投入帮扶资金200万元，其中修渠120万元。帮扶款两百万元。茶馆3家。自筹资金7万元。就业率95%。"
    "工作经费预算80万元。人均收入26000元。培训40人次。2019年种植面积50亩。2021年种植面积60亩。"
    "2021年捐款3万元。2019年至2022年累计捐款8万元。2020年帮扶村数3个。2021年帮扶村数5个。"
)


@pytest.fixture(scope="module")
def standings():
    case = a_case(metrics=f"[{', '.join(ROWS)}]", body=BODY)
    return together(case).standings["a"]


@pytest.mark.parametrize(
    ("number", "reason"),
    list(enumerate(ROWS.values())),
    ids=[r or f"counts {n}" for n, r in enumerate(ROWS.values())],
)
def test_every_metric_counts_or_has_its_own_reason(standings, number, reason):
    assert (standings[number].reason, standings[number].counted) == (reason, not reason)


def test_what_counts_is_booked_in_its_category_and_has_its_place(standings):
    assert standings[0].booked == ("industry",)
    assert standings[0].place == "甘肃省"
    assert standings[1].booked == ()


def test_visitors_of_different_years_make_no_total_and_say_so():
    first = a_case("a", metrics="[{name: 接待游客, value: 3万人次, period: 2020}]")
    second = a_case("b", metrics="[{name: 接待游客, value: 4万人次, period: 2021}]")
    collection = together(
        *(
            a_case(
                name,
                metrics=f"[{{name: 接待游客, value: {value}, period: {year}}}]",
                body=f"{year}年接待游客{value}。",
            )
            for name, value, year in (("a", "3万人次", 2020), ("b", "4万人次", 2021))
        )
    )
    assert {collection.standings[slug][0].reason for slug in ("a", "b")} == {"periods"}
    doubted = together(first, second).standings
    assert {doubted[slug][0].reason for slug in ("a", "b")} == {"doubt"}
