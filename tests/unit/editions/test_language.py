"""Marks for Chinese content on pages in another language."""

import pytest

from casegen.editions.language import is_chinese, mark_language, mark_nothing, mark_runs


@pytest.mark.parametrize(
    ("tag", "chinese"),
    [("zh-CN", True), ("ZH", True), ("zh-Hant-TW", True), ("en", False), ("zha", False)],
)
def test_a_tag_that_begins_with_zh_is_chinese(tag, chinese):
    assert is_chinese(tag) is chinese


def test_only_chinese_text_gets_the_attribute():
    assert mark_language("茶园 A") == ' lang="zh-CN"'
    assert mark_language("tea & more") == ""
    assert mark_nothing("茶园") == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Planting 种植面积 of 3", 'Planting <span lang="zh-CN">种植面积</span> of 3'),
        ("about 200余万元 in all", 'about <span lang="zh-CN">200余万元</span> in all'),
        ("“茶园”, tea", '<span lang="zh-CN">“茶园”</span>, tea'),
        ("a <b> 茶", 'a &lt;b&gt; <span lang="zh-CN">茶</span>'),
        ("tea", "tea"),
        ("茶园，果园", '<span lang="zh-CN">茶园，果园</span>'),
    ],
)
def test_each_run_of_chinese_is_marked_with_its_figures_and_marks(text, html):
    assert mark_runs(text) == html
