"""The date, the source and the authors, from the lines around an article."""

from __future__ import annotations

import pytest

from casegen import project as projects
from casegen.collection.norms import Norms

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
        ("校对：李 四", {"校对": ("李四",)}),
    ],
)
def test_bylines_are_read_as_sites_write_them(found, line, credits):  # noqa: A002
    text = f"一村一品立起来\n\n{'学校在村里建起了合作社，村民一年到头都有活干。' * 4}\n\n{line}\n"
    one = found(text)
    assert one.credits == credits
    assert line in {d.text for d in one.dropped}


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
