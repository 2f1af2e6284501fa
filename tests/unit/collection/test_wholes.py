from __future__ import annotations

import pytest
from judged import a_case

FUNDS = "indicator: 投入帮扶资金, value: "
WHOLE = f"{{name: 投入帮扶资金, {FUNDS}200万元}}"
CHANNEL = f"{{name: 修渠, {FUNDS}120万元}}"
SHEDS = f"{{name: 建棚, {FUNDS}80万元}}"
THREE = f"[{WHOLE}, {CHANNEL}, {SHEDS}]"
TABLE = "| 用途 | 金额 |\n|---|---|\n| 修渠 | 120万元 |\n| 建棚 | 80万元 |\n| 合计 | 200万元 |\n"


def parts_of(body, metrics=THREE):
    """The metrics shown to be parts, each with its whole."""
    case = a_case(metrics=metrics, body=body)
    return [(d.metric, d.other) for d in case.doubts if d.rule == "unsettled-parts"]


@pytest.mark.parametrize(
    "body",
    [
        "投入帮扶资金200万元，其中修渠120万元、建棚80万元。",
        "投入帮扶资金200万元（修渠120万元、建棚80万元）。",
        "投入帮扶资金共计200万元：修渠120万元，建棚80万元。",
        "投入帮扶资金200万元，含修渠120万元、建棚80万元。",
        "投入帮扶资金200万元，修渠120万元，建棚80万元。",
        "修渠120万元，建棚80万元，合计投入帮扶资金200万元。",
        "投入帮扶资金200万元。其中修渠120万元，建棚80万元。",
        "投入帮扶资金200万元。修渠120万元，建棚80万元。",
        TABLE,
    ],
)
def test_parts_of_a_whole_are_found_in_a_sentence_in_two_and_in_a_table(body):
    assert parts_of(body) == [(1, 0), (2, 0)]


@pytest.mark.parametrize(
    "body",
    [
        "投入帮扶资金200万元。修渠120万元。建棚80万元。",
        "投入帮扶资金200万元。\n\n## 另一节\n\n其中修渠120万元，建棚80万元。",
        "修渠120万元，建棚80万元。投入帮扶资金200万元。",
    ],
)
def test_figures_that_stand_farther_apart_are_no_parts(body):
    assert parts_of(body) == []


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("帮助1.3万人就业；省外就业860人，省内就业1.21万人。", [(1, 0), (2, 0)]),
        ("帮助1.3万人就业。县内就业1.21万人，县外就业860人。", [(1, 0), (2, 0)]),
        ("帮助1.3万人就业；省外就业860人，县内就业1.21万人。", []),
        ("帮助2.3万人就业；省外就业860人，省内就业1.21万人。", []),
    ],
)
def test_two_sides_that_leave_nothing_out_are_parts_of_a_rounded_whole(body, parts):
    jobs = "indicator: 就业岗位, value: "
    rows = [f"{{name: 帮助就业, {jobs}1.3万人}}", f"{{name: 省外就业, {jobs}860人}}"]
    metrics = f"[{', '.join(rows)}, {{name: 省内就业, {jobs}1.21万人}}]"
    metrics = metrics.replace("1.3万", "2.3万") if "2.3万" in body else metrics
    assert sorted(parts_of(body, metrics)) == parts


def test_part_of_settles_the_part():
    settled = f"[{WHOLE[:-1]}, id: t}}, {CHANNEL[:-1]}, part_of: t}}, {SHEDS[:-1]}, part_of: t}}]"
    assert parts_of("投入帮扶资金200万元，其中修渠120万元、建棚80万元。", settled) == []


def test_metrics_of_two_indicators_are_not_added_and_so_no_parts():
    two = f"[{WHOLE}, {{name: 修渠, indicator: 项目资金, value: 120万元}}]"
    assert parts_of("投入帮扶资金200万元，其中修渠120万元、建棚80万元。", two) == []


def test_a_part_is_left_out_of_the_total_until_it_is_settled():
    case = a_case(metrics=THREE, body="投入帮扶资金200万元。其中修渠120万元，建棚80万元。")
    assert [metric.doubts for metric in case.metrics] == [
        (), ("unsettled-parts",), ("unsettled-parts",)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("茶园", "生态茶园"), [(1, 0)]),
        (("现有茶园", "建设生态茶园"), [(1, 0)]),
        (("茶园", "果园"), []),
        (("种植面积", "水苔种植面积"), []),
        (("生态茶园", "茶园"), []),
    ],
)
def test_the_name_of_a_stock_says_that_it_is_some_of_another(names, found):
    whole, part = names
    rows = ((whole, 3200), (part, 2000))
    items = (f"{{name: {name}, indicator: 种植面积, value: {mu}亩}}" for name, mu in rows)
    metrics = f"[{', '.join(items)}]"
    assert parts_of(f"村里有{whole}3200亩。\n\n又有{part}2000亩。", metrics) == found
