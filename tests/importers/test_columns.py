"""Columns of ledgers: sums of other columns, and parts of them."""

from __future__ import annotations

import pytest

from importers.test_spreadsheet import book


@pytest.mark.parametrize(
    ("top", "below", "merge"),
    [
        (["项目名称", "单位", "投入资金（万元）", None, None, "带动户数"],
         [None, None, "小计", "财政", "自筹", None], ("C1:E1",)),
        (["项目名称", "单位", "投入资金（万元）", None, None, "带动户数"],
         [None, None, "小计", "其中：财政", "自筹", None], ()),
        (["项目名称", "单位", "投入资金", None, None, "带动户数"],
         [None, None, "小计（万元）", "财政（万元）", "自筹（万元）", None],
         ("A1:A2", "B1:B2", "C1:E1", "F1:F2")),
    ],
)  # fmt: skip
def test_a_sum_below_a_heading_is_the_whole_of_the_columns_beside_it(desk, top, below, merge):
    rows = [top, below, ["种茶记", "青石职业学院", 120, 100, 20, 60],
            ["修路记", "青石职业学院", 30, 30, 0, None]]  # fmt: skip
    first, second = desk.json(desk.put("台账.xlsx", book(*rows, merge=merge)))
    assert [(m["name"], m["raw"], m["part_of"]) for m in first["metrics"]] == [
        ("投入资金", "120万元", None),
        ("投入资金财政", "100万元", 0),
        ("投入资金自筹", "20万元", 0),
        ("带动户数", "60户", None),
    ]
    assert [(m["raw"], m["part_of"], m["same_as"]) for m in second["metrics"]] == [
        ("30万元", None, None),
        ("30万元", 0, None),
    ]
    assert "“投入资金自筹”是 0，没有列为指标" in second["losses"]


def test_a_column_of_which_is_a_part_of_the_one_before_it(desk):
    text = (
        "标题,单位,投入资金（万元）,其中：财政（万元）,带动农户（户）,其中脱贫户（户）,培训（人次）\n"
        "种茶记,青石职业学院,60,50,60,50,0\n"
    )
    (told,) = desk.json(desk.put("台账.csv", text))
    assert [(m["name"], m["raw"], m["part_of"], m["same_as"]) for m in told["metrics"]] == [
        ("投入资金", "60万元", None, None),
        ("财政", "50万元", 0, None),
        ("带动农户", "60户", None, None),
        ("脱贫户", "50户", 2, None),
    ]


def test_a_column_of_nothing_but_categories_gives_them_under_any_heading(desk):
    ledger = "案例名称,帮扶领域,投入（万元）\n云端诊室,人才,42\n茶旅融合,产业、生态,30\n"
    first, second = desk.json(desk.put("台账.csv", ledger))
    assert (first["categories"], second["categories"]) == (["人才"], ["产业", "生态"])
