"""furniture: lines of a web page that are not part of its article."""

import pytest

from casegen.chinese.furniture import begins_tail, find_reason, is_prose


@pytest.mark.parametrize(
    "line",
    [
        "上一篇：春天",
        "首页 > 新闻",
        "分享到：",
        "打印本页",
        "阅读 1234",
        "首页 | 新闻 | 公告",
        "首页　学院概况　机构设置　招生就业",
        "学校概况|院系设置|招生就业|校园文化",
    ],
)
def test_a_line_of_the_page_has_a_reason_to_be_left_out(line):
    assert find_reason(line) != ""


@pytest.mark.parametrize(
    "line",
    [
        "茶园里的一天，村民很忙。",
        "阅读 1234 本书以后，孩子们变了。",
        "分享到更多的红利",
        "教育 · 科技 · 人才",
        "首页 是新做的",
        "招生就业、师资队伍和人才培养",
    ],
)
def test_a_line_of_the_article_has_none(line):
    assert find_reason(line) == ""


@pytest.mark.parametrize(
    ("line", "begins"), [("免责声明", True), ("相关新闻", True), ("我们的故事", False)]
)
def test_some_lines_end_the_article(line, begins):
    assert begins_tail(line) is begins


def test_prose_is_a_whole_paragraph():
    sentence = "村里建起了冷库，水果能卖到春天，村民的收入比前一年多了三成，年轻人也回来了。"
    assert is_prose(sentence * 2)
    assert not is_prose("一、建冷库")
