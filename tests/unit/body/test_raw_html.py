"""raw_html: what an editor writes in place of an HTML tag."""

import pytest

from casegen.body.dialect import read_tokens
from casegen.body.raw_html import list_tags


def tags(text):
    """Each tag of a paragraph with its hint."""
    found = read_tokens(text)[0]
    return [pair for token in found if token.children for pair in list_tags(token.children)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("<b>茶</b>", "写成 **茶**"),
        ("<b>茶 *园*</b>", "写成 **文字**"),
        ("<A HREF='mailto:a@example.edu.cn'>信</A>", "写成 [信](mailto:a@example.edu.cn)"),
        ('<a href="https://example.edu.cn/?a=1&amp;b=2">网</a>', "写成 [网](https://example.edu.cn/?a=1&b=2)"),
        ('<a href="javascript:x">网</a>', "删去标记，只留里面的文字：网"),
        ('<img alt="" src="C:\\\\a.jpg">', "把图片存到案例旁边，写成 ![图上有什么](a.jpg)"),
        ("<sup>2</sup>", "连同里面的字写成 ²"),
        ("<font color=red>茶</font>", "删去标记，只留里面的文字：茶"),
        ("</p>", "删去标记；各段之间空一行"),
        ("<!DOCTYPE html>", "删去"),
    ],
)  # fmt: skip
def test_a_tag_is_answered_with_what_to_write(text, hint):
    assert tags(text)[0][1] == hint


def test_the_tag_that_ends_another_has_no_hint_of_its_own():
    assert tags("<b>茶<i>园</b></i>") == [
        ("<b>", "写成 **文字**"), ("<i>", "写成 *文字*"), ("</b>", ""), ("</i>", ""),
    ]  # fmt: skip
    assert [hint for _, hint in tags("<br>茶</br>")] == [
        "删去；要另起一段就空一行，在表格里用分号隔开"
    ] * 2
