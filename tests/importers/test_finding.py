"""The fields of a manuscript, and how sure they are."""

from __future__ import annotations

import pytest

from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import as_json

NORMS = Norms(projects.load_vocabulary())


def test_title_date_source_and_institution_come_from_the_lines_above_the_text(news):
    assert news.title == "青石职业学院：水苔铺出增收路"
    assert (news.date, news.source) == ("2023-06-23", "青石职业学院")
    assert (news.institution, news.institution_suspect) == ("青石职业学院", False)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("某集团2023年定点帮扶工作情况", "2023"),
        ("一村一品立起来（2021—2023年）", "2021-2023"),
        ("从2019年到2023年，一村一品立起来", "2019-2023"),
        ("2020年以来的一村一品", ""),
        ("一村一品立起来", ""),
    ],
)
def test_the_years_of_a_title_are_the_period(found, title, period):
    body = "学校在村里建起了合作社，村民一年到头都有活干。" * 3
    assert found(f"{title}\n\n发布日期：2024-02-22\n\n{body}\n").period == period


def test_the_summary_is_the_opening_and_never_the_title_or_furniture(news):
    assert news.summary.startswith("近年来，青石职业学院")


@pytest.mark.parametrize(
    ("text", "date", "certain"),
    [
        ("2022年11月14日，记者从县里获悉，合作社今年分红。", "2022-11-14", True),
        ("[查看原文](https://tv.example.cn/2025/02/19/VIDEabc250219.shtml)", "2025-02-19", False),
        ("合作社在2021年建成。", "", False),
    ],
)
def test_a_date_comes_from_the_dateline_or_the_link_and_is_uncertain_there(
    found, text, date, certain
):
    body = "学校在村里建起了合作社，村民一年到头都有活干。" * 4
    one = found(f"一村一品立起来\n\n{text}\n\n{body}\n")
    assert (one.date, "date" not in one.uncertain) == (date, certain)


def test_a_date_without_a_day_is_the_month_in_the_draft_and_no_date_elsewhere(found, norms):
    body = "学校在村里建起了合作社，村民一年到头都有活干。" * 4
    one = found(f"一村一品立起来\n青石职业学院 2023年6月\n{body}\n")
    assert (one.date, as_json(one, norms)["date"]) == ("2023-06", None)
    assert one.uncertain["date"] == "稿子里只写到月"


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
