"""Figures of a sentence that are named as parts of another one."""

import pytest

from casegen.chinese.figures import find_figures
from casegen.chinese.partition import find_partitions


def divided(text):
    """Each whole of a sentence, its parts, and whether these are all."""
    return [
        (p.whole.raw, [part.raw for part in p.parts], p.closed)
        for p in find_partitions(text, find_figures(text))
    ]


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("投入资金80万元，其中修路50万元、修渠20万元。", "80万元", ["50万元", "20万元"]),
        ("投入资金80万元，包括修路50万元。产值20万元。", "80万元", ["50万元"]),
        ("培训60人（男30人、女30人）。", "60人", ["30人", "30人"]),
        ("筹集56万元：企业捐款30万元，校友捐款16万元。", "56万元", ["30万元", "16万元"]),
        ("共修路9公里，其中甲村4公里，其余5公里在乙村。", "9公里", ["4公里", "5公里"]),
        ("带动80户（其中脱贫户20户），发放树苗80株。", "80户", ["20户"]),
        ("招生51人，其中甲班20人（含女生9人）、乙班31人。", "51人", ["20人", "31人"]),
    ],
)
def test_parts_are_found_behind_the_words_that_name_them(text, whole, parts):
    assert (whole, parts, False) in divided(text)


@pytest.mark.parametrize(
    "text",
    [
        "两年分别投入30万元、40万元，累计70万元。",
        "2021年、2022年分别投入30万元、40万元，两年共70万元。",
    ],
)
def test_a_sum_behind_its_parts_has_no_others(text):
    assert divided(text) == [("70万元", ["30万元", "40万元"], True)]


@pytest.mark.parametrize(
    "text",
    [
        "收入800万元，是2021年200万元的4倍，其中茶叶300万元。",
        "培训60人，另有教师20人。",
        "投入资金80万元，其中修路2公里。",
        "土壤含水量20%，含硒2克。",
    ],
)
def test_figures_beside_each_other_are_no_parts(text):
    assert divided(text) == []


def test_a_new_clause_about_something_else_ends_the_list():
    text = "投入资金80万元，其中修路50万元，带动增收20万元。"
    assert divided(text) == [("80万元", ["50万元"], False)]
