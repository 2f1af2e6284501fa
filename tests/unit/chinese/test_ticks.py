"""Boxes of forms: which words are ticked."""

from __future__ import annotations

import pytest

from casegen.chinese import ticks


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


def test_marks_of_both_kinds_say_a_choice_and_two_bullets_none():
    assert ticks.is_choice("■是 □否")
    assert not ticks.is_choice("●修路 ●架桥")
