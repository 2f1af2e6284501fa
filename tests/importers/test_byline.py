"""The date, the source and the authors, from the lines around an article."""

from __future__ import annotations

import pytest

from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers.byline import read_day_or_month

NORMS = Norms(projects.load_vocabulary())


def test_a_line_of_credits_names_each_role(news):
    assert news.credits == {
        "供稿": ("乡村振兴办公室",),
        "供图": ("乡村振兴办公室",),
        "编辑": ("陈一一",),
        "编审": ("王二二",),
    }


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("（文：赵一一 ）", {"供稿": ("赵一一",)}),
        ("作者：赵一一 来源： 发布日期：2024-02-22 12:18", {"供稿": ("赵一一",)}),
        ("（记者 赵一一）", {"供稿": ("赵一一",)}),
        ("文/图：赵一一", {"供稿": ("赵一一",), "供图": ("赵一一",)}),
        (
            "（图/文 驻村工作队 编辑 钱二二）",
            {"供稿": ("驻村工作队",), "供图": ("驻村工作队",), "编辑": ("钱二二",)},
        ),
        ("（文/图 赵一一）", {"供稿": ("赵一一",), "供图": ("赵一一",)}),
        ("责任编辑：钱二二 审核：孙三三", {"编辑": ("钱二二",), "编审": ("孙三三",)}),
        ("供稿：宣传部、教务处", {"供稿": ("宣传部", "教务处")}),
        ("【供稿单位】青石学院科研处", {"供稿": ("青石学院科研处",)}),
        ("校对：李 四", {"校对": ("李四",)}),
    ],
)
def test_bylines_are_read_as_sites_write_them(found, line, credits):  # noqa: A002
    text = f"一村一品立起来\n\n{'学校在村里建起了合作社，村民一年到头都有活干。' * 4}\n\n{line}\n"
    one = found(text)
    assert one.credits == credits
    assert line in {d.text for d in one.dropped}


def test_the_people_of_a_dispatch_are_no_part_of_its_source(found):
    line = "青石新闻网讯（记者 赵一一 通讯员 钱二二）2024年6月18日"
    one = found(f"一村一品立起来\n\n{line}\n\n{'学校建起了合作社。' * 9}\n")
    assert (one.source, one.date) == ("青石新闻网", "2024-06-18")
    assert one.credits == {"供稿": ("赵一一", "钱二二")}


def test_an_empty_source_is_not_filled_with_the_next_label(found):
    one = found(
        f"一村一品立起来\n作者：赵一一 来源： 发布日期：2024-02-22 12:18\n"
        f"{'学校建起了合作社。' * 9}\n"
    )
    assert (one.source, one.date) == ("", "2024-02-22")


def test_a_page_copied_from_wechat_gives_author_account_and_date_and_loses_its_counts(found):
    pasted = found(
        "一盏茶里的新日子\n原创 李三 云岭职业学院\n 2024-03-08 09:12 甘肃\n"
        "2023年，云岭职业学院在陇西县永兴镇投入帮扶资金36.5万元，带动茶农118户，办起夜校，村民都来学手艺。\n"
        "图片丨赵四\n阅读 1024\n收录于合集 #乡村振兴 12个\n"
    )
    assert (pasted.title, pasted.date) == ("一盏茶里的新日子", "2024-03-08")
    assert (pasted.source, pasted.institution) == ("云岭职业学院", "云岭职业学院")
    assert pasted.credits == {"供稿": ("李三",), "供图": ("赵四",)}
    assert [p.finding.raw for p in pasted.metrics] == ["36.5万元", "118户"]
    assert [b.plain[:5] for b in pasted.blocks] == ["2023年"]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("2024年5月", "2024-05"),
        ("2024.05", "2024-05"),
        ("2024年5月　日", "2024-05"),
        ("二〇二四年五月", "2024-05"),
        ("二○二三年十二月三十一日", "2023-12-31"),
        ("2024年5月16日", "2024-05-16"),
        ("2024年", ""),
        ("二〇二四年二十月", ""),
    ],
)
def test_a_day_or_a_month_is_read_in_digits_and_in_words(line, date):
    assert read_day_or_month(line) == date


@pytest.mark.parametrize(
    ("closing", "date"), [("", "2024-05"), ("二〇二四年六月三日", "2024-06-03")]
)
def test_the_date_of_a_form_is_that_of_the_case_where_no_surer_one_is(found, closing, date):
    long = "学校在村里建起了合作社，村民一年到头都有活干。" * 4
    one = found(f"案例名称：一村一品\n填报日期：2024年5月\n\n{long}\n\n{closing}\n")
    assert one.date == date
    assert ("date" in one.uncertain) is (not closing)
