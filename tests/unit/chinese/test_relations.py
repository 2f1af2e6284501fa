"""Figures of a text that are parts of another one, or say it again."""

from __future__ import annotations

import pytest

from casegen.chinese.figures import find_figures


def proposed(text):
    return [finding for finding in find_figures(text) if not finding.reason]


@pytest.mark.parametrize(
    ("text", "firsts"),
    [
        ("# 投入200万元帮扶\n\n学校投入200万元。\n", [None, 0]),
        ("选派第一书记7名。这一年，7名第一书记走遍全村。", [None, 0]),
        ("资助学生20人，培训果农20人。", [None, None]),
        ("音乐课30节、美术课26节、书法课30节。", [None, None, None]),
        ("投入5万元修路，又投入8万元修渠。", [None, None]),
    ],
)
def test_a_figure_that_is_said_again_names_the_first_one(text, firsts):
    assert [finding.same_as for finding in proposed(text)] == firsts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("投入200万元。其中，自筹100万元、专项资金100万元。", [None, 0, 0]),
        ("梳理问题50个，其中：甲村44个、乙村6个。", [None, 0, 0]),
        ("争取资金100万元用于修路，目前已到位70万元。", [None, 0]),
        ("注入2+1万元，2万元用于基建，1万元用于育苗。", [None, 0, 0]),
        ("投入30万元建棚，又投入10万元修渠。", [None, None]),
        ("投入200万元，其中培训20人。", [None, None]),
    ],
)
def test_parts_name_their_whole(text, parts):
    assert [finding.part_of for finding in find_figures(text)] == parts


def test_the_same_figure_of_another_thing_is_no_repetition():
    text = "学校培训果农40人。县里另请老师，资助学生40人，都领了证书。"
    assert [finding.same_as for finding in proposed(text)] == [None, None]
    again = "学校培训果农40人。一年之内培训果农40人，都领了证书。"
    assert [finding.same_as for finding in proposed(again)] == [None, 0]
