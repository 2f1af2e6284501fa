"""Labelled lines of a form as fields."""

import pytest

from casegen.importers.labels import find_field, is_form, take_labels
from casegen.importers.manuscript import Block, Kind, Manuscript

LONG = "学校在村里建了果园，请来技术员教剪枝。"


def taken(*lines, **said):
    blocks = tuple(Block(Kind.PARAGRAPH, line, line) for line in lines)
    found = take_labels(Manuscript("稿.txt", "\n".join(lines), blocks, said=said))
    return dict(found.said), [b.plain for b in found.blocks], [d.reason for d in found.dropped]


@pytest.mark.parametrize(
    ("label", "field"),
    [("题 目：", "title"), ("报送单位", "institution"), ("关键词:", "tags"), ("天气", "")],
)
def test_a_label_names_a_field_whatever_stands_around_it(label, field):
    assert find_field(label) == field


def test_the_lines_of_a_form_become_fields_and_its_names_are_dropped():
    said, left, reasons = taken(
        "附件1", "典型案例申报表", "标题：山里果园", "申报单位：青石职业学院", "正文", LONG
    )
    assert said == {"title": "山里果园", "institution": "青石职业学院"}
    assert left == [LONG]
    assert reasons == ["申报表的名目", "申报表的名目", "写明的字段", "写明的字段", "申报表的名目"]


def test_without_a_title_only_what_is_certain_is_taken():
    said, left, _ = taken("地点：村口", "关键词：果园、剪枝", LONG)
    assert said == {"tags": "果园、剪枝"}
    assert left == ["地点：村口", LONG]


def test_a_line_with_the_name_of_the_institution_is_a_field_without_a_title():
    said, left, _ = taken("单位名称：青石职业学院 填报人：办公室 填报时间：2023年12月", LONG)
    assert said == {"institution": "青石职业学院", "date": "2023-12"}
    assert left == [LONG]


def test_a_label_in_brackets_needs_no_colon():
    said, left, _ = taken("【案例地点】安徽省六安市金寨县", "【小院】里的故事", LONG)
    assert said == {"regions": "安徽省六安市金寨县"}
    assert left == ["【小院】里的故事", LONG]


def test_a_contact_is_dropped_wherever_it_stands_and_is_no_field():
    said, left, reasons = taken(*[LONG] * 20, "联系电话：0932-1234567")
    assert (said, reasons) == ({}, ["联系方式"])
    assert left == [LONG] * 20


@pytest.mark.parametrize(
    "line", ["单位：万元", f"地点：{'村' * 90}", f"{LONG}标题：甲", "心得：很好"]
)
def test_what_only_looks_like_a_label_stays(line):
    said, left, _ = taken("标题：山里果园", line, LONG)
    assert said == {"title": "山里果园"}
    assert line in left


def test_a_field_from_elsewhere_wins():
    said, _, _ = taken("标题：山里果园", LONG, title="列里的标题")
    assert said["title"] == "列里的标题"


@pytest.mark.parametrize(
    ("rows", "form"),
    [
        ([["标题", "山里果园"], ["单位", "青石学院"]], True),
        ([["主要做法", LONG], ["单 位：", "青石学院"]], True),
        ([["单位", "青石学院"], ["地区", "陇西县"]], False),
        ([["年份", "面积"], ["2021", "3亩"]], False),
    ],
)
def test_a_table_of_labels_with_a_title_or_a_text_is_a_form(rows, form):
    assert is_form(rows) is form


def test_people_and_approval_of_a_form_are_no_text_and_its_dates_are_fields():
    said, left, reasons = taken(
        "案例名称（全称）：山里果园",
        "申报学校：青石职业学院",
        "负责人：某教授",
        "职务/职称：处长",
        "填报日期：2024年4月2日",
        "案例地点：陇西县菜子镇",
        LONG,
        "推荐单位意见",
        "经研究，同意推荐。",
        "（盖章）",
        "年 月 日",
    )
    assert said == {
        "title": "山里果园",
        "institution": "青石职业学院",
        "date": "2024-04-02",
        "regions": "陇西县菜子镇",
    }
    assert left == [LONG]
    assert [r for r in reasons if r != "写明的字段"] == ["申报表里的人"] * 2 + ["申报表的名目"] * 4


def test_a_person_in_charge_outside_a_form_stays_in_the_text():
    assert taken("负责人：某教授", LONG) == ({}, ["负责人：某教授", LONG], [])


def test_an_opinion_of_villagers_in_a_form_is_text():
    told = "村民意见：路修好以后，大家都说出门方便多了。"
    assert taken("标题：山里果园", told, LONG)[1] == [told, LONG]


@pytest.mark.parametrize(
    ("rest", "kept"),
    [
        ((), True),
        (("主要做法", "村里种了30亩果树，请来技术员教剪枝，村民有活干。"), True),
        (("主要做法", "村里种了30亩果树，帮了12户，请来技术员教剪枝。"), False),
    ],
)
def test_a_summary_opens_the_text_where_the_text_lacks_its_figures(rest, kept):
    told = "村里种了30亩果树，带动12户。"
    said, left, _ = taken("标题：山里果园", f"案例简介（300字以内）：{told}", *rest)
    assert (left[:1] == [told]) is kept
    assert said.get("summary", "") == ("" if kept else told)
