"""Figures that describe what a place has without any help, beside those of results."""

import pytest

from casegen.chinese.figures import find_figures


def of_place(text):
    """The figures of a text that are told to describe the place."""
    return [f.raw for f in find_figures(text) if f.reason == "profile"]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("该村有312户1206人。", ["312户", "1206人"]),
        ("全村现有耕地1200亩、林地3000亩。", ["1200亩", "3000亩"]),
        ("全县有12个乡镇。", ["12个"]),
        ("村民210人大多是老人。", ["210人"]),
        ("石门村是深山里的村，有327户。", ["327户"]),
        ("该村有耕地900亩（旱地）、林地300亩。", ["900亩", "300亩"]),
    ],
)
def test_what_a_place_has_is_told_from_results(text, figures):
    assert of_place(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "学校为12个乡镇送去图书。",
        "贫困户9户45人全部脱贫。",
        "搬迁3200人，其中贫困人口1800人。",
        "全市共有412家企业与412个村结对。",
        "建成果园300亩、茶园200亩。",
        "贫困发生率由23.5%降至1.2%。",
    ],
)
def test_what_was_done_there_is_no_description(text):
    assert of_place(text) == []


def test_a_figure_in_a_row_with_a_description_is_one_too():
    assert of_place("该村有耕地900亩，林地300亩。") == ["900亩", "300亩"]
    assert of_place("该村有耕地900亩，学校种茶300亩。") == ["900亩"]


def test_a_section_on_the_place_describes_until_a_verb_or_a_label_tells_more():
    text = (
        "一、基本情况\n"
        "全乡有党支部7个，小学校4所，xx村61户、247人，2014年已脱贫50户。\n"
        "2015年脱贫情况：xx村30户领取母羊16只。\n"
        "2016年脱贫计划：实现全面脱贫204户，其中xx村31户。\n"
        "二、主要成效\n"
        "培训30人。\n"
    )
    found = [(f.raw, f.reason) for f in find_figures(text) if f.reason != "time"]
    assert found == [
        ("7个", "profile"), ("4所", "profile"), ("61户", "profile"), ("247人", "profile"),
        ("50户", ""), ("30户", ""), ("16只", ""), ("204户", "forecast"), ("31户", "forecast"),
        ("30人", ""),
    ]  # fmt: skip
