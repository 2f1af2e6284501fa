from __future__ import annotations

from typing import Any

import pytest

from casegen.collection.metric_links import Item, link_items
from casegen.source.schema import Faults


def link(*rows: dict[str, Any]) -> tuple[list[int | None], list[int | None], list[str]]:
    """The whole of each row, the one it repeats, and what is said with its line."""
    items = [
        Item(("metrics", n), row, {("metrics", n): (n + 5, 1)}, None) for n, row in enumerate(rows)
    ]
    faults = Faults("cases/a.md", {})
    whole, same = link_items(items, faults)
    said = [f"{p.where.line} {p.message}｜{p.hint}" for p in faults.problems]
    return list(whole), list(same), said


def test_an_item_is_named_by_its_id_before_its_name():
    rows = ({"name": "总额", "id": "甲"}, {"name": "甲"}, {"name": "修渠", "part_of": "甲"})
    assert link(*rows) == ([None, None, 0], [None, None, None], [])
    assert link({"name": "总额"}, {"name": "合计", "same_as": "总额"}) == (
        [None] * 2,
        [None, 0],
        [],
    )


def test_of_two_items_with_one_id_the_first_is_meant_and_the_second_reported():
    whole, _, said = link(
        {"name": "甲", "id": "t"}, {"name": "乙", "id": "t"}, {"name": "丙", "part_of": "t"}
    )
    assert whole == [None, None, 0]
    assert said == ["6 指标“乙”：编号“t”在第 5 行已经用过｜换一个编号"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"part_of": "丙"}, "“丙”指的是它自己"),
        ({"part_of": "甲"}, "有几条指标都叫“甲”（第 5、6 行）"),
        ({"part_of": "总额"}, "没有编号或名称为“总额”的指标"),
        ({"split": "用途"}, "没有写属于哪一项"),
    ],
)
def test_a_reference_that_leads_nowhere_is_reported_at_its_item(row, said):
    whole, same, messages = link({"name": "甲"}, {"name": "甲"}, {"name": "丙", **row})
    assert (whole, same) == ([None] * 3, [None] * 3)
    [message] = messages
    assert message.startswith("7 指标“丙”：")
    assert said in message


def test_a_name_that_differs_in_one_character_is_proposed_and_an_own_name_is_not():
    _, _, [message] = link({"name": "投入资金"}, {"name": "修渠", "part_of": "投人资金"})
    assert "投入资金" in message.partition("｜")[2]
    _, _, [alone] = link({"name": "修渠", "part_of": "修集"})
    assert "修渠" not in alone.partition("｜")[2]


def test_a_name_shared_with_the_item_itself_means_the_other_one():
    assert link({"name": "甲"}, {"name": "甲", "part_of": "甲"})[0] == [None, 0]


def test_at_most_eight_lines_are_listed():
    rows = [{"name": "甲"}] * 9
    _, _, [message] = link(*rows, {"name": "乙", "part_of": "甲"})
    assert "第 5、6、7、8、9、10、11、12 行等）" in message


def test_a_circle_is_cut_once_at_its_first_item_and_what_leads_into_it_stays():
    whole, _, [message] = link(
        {"name": "甲", "part_of": "丙"},
        {"name": "乙", "part_of": "甲"},
        {"name": "丙", "part_of": "乙"},
        {"name": "丁", "part_of": "丙"},
    )
    assert "“甲” → “丙” → “乙” → “甲”" in message
    assert whole == [None, 0, 1, 2]
