"""Units, owners and counts that a figure does not say itself."""

import pytest

from casegen.chinese.figures import find_figures


def last(text):
    """The last figure of a text: as written, the unit read, and its base value."""
    figure = find_figures(text)[-1]
    return figure.raw, figure.quantity.unit, f"{figure.measure.low} {figure.measure.unit}"


@pytest.mark.parametrize(
    ("text", "unit", "measure"),
    [
        ("带动550万果农增收。", "万人", "5500000 人"),
        ("带动20万农户增收。", "万户", "200000 户"),
        ("全年诊疗人次超过3000万。", "万人次", "30000000 人次"),
        ("完成投资380万。", "万元", "3800000 元"),
        ("收入36.5万元，2023年93.27万。", "万元", "932700 元"),
        ("参加培训的学员达2万。", "万人", "20000 人"),
    ],
)
def test_a_unit_that_is_left_out_is_found_beside_the_figure(text, unit, measure):
    assert last(text)[1:] == (unit, measure)


def test_a_large_number_of_nothing_known_is_no_figure():
    assert find_figures("这里的海拔和气候与380万不同。") == ()


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("每人每月补助600元。", "元/人·月"),
        ("每户获得了5000元。", "元/户"),
        ("每名学生资助2000元。", "元/人"),
        ("每个家庭补助800元。", "元/户"),
        ("每斤2元提高到3元。", "元/斤"),
        ("每年投入20万元。", "万元"),
        ("一户投入5000元。", "元"),
    ],
)
def test_a_price_has_its_owners(text, unit):
    assert last(text)[1] == unit


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("建成村室、卫生室、健身广场各一个。", "3 个"),
        ("建成村室、卫生室和健身广场各一个。", "3 个"),
        ("建成健身广场一个。", "1 个"),
    ],
)
def test_things_that_share_a_figure_are_counted(text, measure):
    assert last(text)[2] == measure


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("帮助3个残疾人就业。", "3 人"),
        ("帮扶5名学生。", "5 人"),
        ("新建3个果园。", "3 个"),
    ],
)
def test_the_noun_after_it_says_what_is_counted(text, measure):
    assert last(text)[2] == measure
