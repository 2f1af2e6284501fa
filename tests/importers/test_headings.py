"""Which blocks of a manuscript are headings."""

from __future__ import annotations


def test_numbered_lines_and_the_first_words_of_a_numbered_paragraph_are_headings(news):
    assert news.sections == ("一、实施背景", "二、主要做法", "（一）抓产业。", "（二）抓培训。")


def test_a_caption_without_indent_is_no_heading(news):
    assert "督促工程进度" not in "".join(news.sections)


def test_a_line_right_below_one_without_an_end_is_no_heading(found):
    before = "学院请专家进村，手把手传授修剪、施肥、采摘技术，还请来县里的茶师，又联合"
    after = "三年下来，带动农户稳步增收，户均增收2300元，村里的日子一年比一年红火起来了。"
    opening = "高山茶园提质增效\n\n青石职业学院的工作队进村以后，先把村里的路修通了。\n\n"
    line = "合作社改造低产茶园"
    assert found(f"{opening}{before}\n{line}\n{after}\n").sections == ()
    assert found(f"{opening}{before}修渠。\n{line}\n{after}\n").sections == (line,)
