"""A row of the vocabulary: its keys, its units, its question."""

import pytest

from casegen.chinese.quantity import read_quantity
from casegen.collection.indicator import (
    AddingRule,
    Indicator,
    Timing,
    fold_name,
    group_by_question,
    read_row,
)

AREA = Indicator("area", "种植面积", "area_land", "亩", AddingRule.SUM, synonyms=("茶园/面积",))
TOILETS = Indicator("wc", "厕所", "count", "座", AddingRule.SUM, same=("个",), also=("户",))


def test_a_row_may_be_written_in_chinese():
    row, faults = read_row(
        "蜂箱",
        {"计量单位": "箱", "聚合": "最近", "类别": "产业", "同义名": "蜂巢", "口径": "期末",
         "按名称": True, "回答": "养了什么"},
        None,
    )  # fmt: skip
    assert faults == ()
    assert (row.key, row.name, row.unit, row.rule) == ("蜂箱", "蜂箱", "箱", AddingRule.LATEST)
    assert (row.category, row.synonyms, row.timing) == ("industry", ("蜂巢",), Timing.STANDING)
    assert (row.by_item, row.asked) == (True, "养了什么")


def test_a_row_changes_what_it_names_and_keeps_the_rest():
    row, faults = read_row("area", {"name": "耕种面积"}, AREA)
    assert faults == ()
    assert (row.name, row.unit, row.rule) == ("耕种面积", "亩", AddingRule.SUM)
    assert row.synonyms == ("茶园/面积", "种植面积")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("箱", "应写成“名称: …”等几行"),
        ({"name": "蜂箱"}, "缺少 unit（计量单位）"),
        ({"unit": "箱"}, "缺少 name（名称）"),
        ({"name": "蜂箱", "unit": "箱", "聚合": "平均"}, "rule（聚合）“平均”不认识"),
        ({"name": "蜂箱", "unit": "箱", "口径": "每月"}, "timing（口径）“每月”不认识"),
        ({"name": "蜂箱", "unit": "箱", "page": "是"}, "page 只能是 true 或 false"),
        ({"name": "蜂箱", "unit": "箱", "synonym": "蜂巢"}, "不认识“synonym”，是不是“synonyms”？"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_key(given, words):
    _, [fault] = read_row("bees", given, None)
    assert fault.startswith("词表 bees：")
    assert words in fault


@pytest.mark.parametrize(
    ("indicator", "written", "measure"),
    [
        (AREA, "2公顷", (30, "亩")),
        (AREA, "3户", None),
        (TOILETS, "2万个", (20000, "座")),
        (TOILETS, "12座", (12, "座")),
        (TOILETS, "12户", (12, "户")),
    ],
)
def test_a_quantity_is_measured_in_the_unit_of_its_indicator(indicator, written, measure):
    found = indicator.measure(read_quantity(written))
    assert (found and (found.low, found.unit)) == measure


def test_the_questions_come_in_the_order_in_which_readers_ask():
    words = {f"question.{key}": key for key in
             ("money", "people", "work", "built", "industry", "rate", "other")}  # fmt: skip
    money = Indicator("m", "资金", "money", "元", AddingRule.SUM)
    own = Indicator("b", "蜂箱", "count", "箱", AddingRule.SUM, question="养了什么")
    odd = Indicator("o", "其他", "", "批", AddingRule.NONE)
    groups = group_by_question([own, odd, AREA, money], words)
    assert list(groups) == ["money", "industry", "other", "养了什么"]
    assert groups["industry"] == [AREA]


def test_names_are_compared_without_blanks_quotes_and_slashes():
    assert fold_name("“茶园” / 面积·A") == "茶园面积a"
    assert AREA.without({fold_name("茶园面积")}).synonyms == ()
    assert AREA.without({"果园"}) is AREA
    assert Indicator("s", "销售/创收", "money", "元", AddingRule.SUM).shown_name == "销售、创收"
    assert [AREA.summable, Indicator("r", "率", "rate", "%", AddingRule.NONE).summable] == [
        True,
        False,
    ]
