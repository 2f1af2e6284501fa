"""Boxes of forms: which words are ticked."""

from __future__ import annotations

import pytest

from casegen.importers import ticks


@pytest.mark.parametrize(
    ("line", "words", "others"),
    [
        ("☑产业振兴 □人才振兴 ■文化振兴", ("产业振兴", "文化振兴"), ("人才振兴",)),
        ("☒产业　☐人才", ("产业",), ("人才",)),
        ("□产业振兴√人才振兴", ("人才振兴",), ("产业振兴",)),
        ("产业振兴（√） 人才振兴（ ） 文化振兴（）", ("产业振兴",), ("人才振兴", "文化振兴")),
        ("产业振兴☑ 人才振兴□", ("产业振兴",), ("人才振兴",)),
        ("√产业振兴 人才振兴", ("产业振兴",), ("人才振兴",)),
        ("产业振兴、人才振兴√", ("人才振兴",), ("产业振兴",)),
        ("□产业 □人才", (), ("产业", "人才")),
    ],
)
def test_words_beside_a_ticked_box_are_told_from_the_others(line, words, others):
    read = ticks.read_ticks(line)
    assert (read.words, read.others) == (words, others)


def test_a_line_without_boxes_has_no_ticks():
    assert ticks.read_ticks("产业振兴、人才振兴") is None
    assert not ticks.has_boxes("投入（万元）增加√")


def test_only_ticked_categories_count_and_the_draft_says_which_were_not(desk):
    line = "案例类别：☑生态振兴 □产业振兴 □组织振兴"
    desk.put("a.txt", f"案例名称：种茶记\n{line}\n是否脱贫县：□是 ☑否\n\n种茶增收，产业兴旺。\n")
    (told,) = desk.json(desk.inbox / "a.txt")
    assert (told["categories"], told["sections"]) == (["生态"], [])
    assert line in told["dropped"]
    desk.run(desk.inbox / "a.txt")
    assert "稿子里勾的是“生态振兴”，没有勾“产业振兴、组织振兴”" in desk.draft()


def test_a_line_of_boxes_without_a_label_gives_the_categories(desk):
    desk.put("a.txt", "种茶记\n□产业振兴 ☑文化振兴\n\n种茶增收，产业兴旺，茶园连片。\n")
    (told,) = desk.json(desk.inbox / "a.txt")
    assert told["categories"] == ["文化"]
    assert "□产业振兴 ☑文化振兴" in told["dropped"]
