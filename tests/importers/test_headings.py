"""Which blocks of a manuscript are headings."""

from __future__ import annotations


def test_numbered_lines_and_the_first_words_of_a_numbered_paragraph_are_headings(news):
    assert news.sections == ("一、实施背景", "二、主要做法", "（一）抓产业。", "（二）抓培训。")


def test_a_caption_without_indent_is_no_heading(news):
    assert "督促工程进度" not in "".join(news.sections)
