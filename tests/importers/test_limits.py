"""Manuscripts that no person wrote are refused with a reason before they are read."""

from __future__ import annotations

import pytest

from casegen.importers.limits import DEEPEST_TABLE, LONGEST_PARAGRAPH, MOST_ATTRIBUTES
from casegen.problem import CasegenError
from importers.word_files import docx, p

LINE = "第一户种茶三亩，"
ENDLESS = LINE * (LONGEST_PARAGRAPH // len(LINE) + 1)
SAID = "村里办起了合作社，老人也有活干，大家都说好。"
PAGE = f"<html><body><h1>一村一品</h1><p>{SAID}</p>{{}}</body></html>"
FULL = " ".join(f"a{n}=0" for n in range(MOST_ATTRIBUTES + 1))
SHUT = FULL.replace("0 ", '">" ')  # a > that ends no tag


def nested(depth):
    return "<table><tr><td>甲</td><td>" * depth + "乙" + "</td></tr></table>" * depth


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("稿.txt", f"一村一品\n\n{ENDLESS}\n", "中间没有分段"),
        ("稿.md", f"# 一村一品\n\n{ENDLESS}\n", "中间没有分段"),
        ("页.html", PAGE.format(f"<p>{ENDLESS}</p>"), "中间没有分段"),
        ("页.html", PAGE.format(nested(DEEPEST_TABLE + 1)), "一层套一层"),
        ("页.html", PAGE.format(f"<p {FULL}>甲</p>"), "属性超过"),
        ("页.html", PAGE.format(f"<!--><p {FULL}>甲</p>"), "属性超过"),
        ("页.html", PAGE.format(f"<p {SHUT}>甲</p>"), "属性超过"),
        ("稿.txt", f"一村一品\n\n{SAID}<p {FULL}>甲</p>\n", "属性超过"),
    ],
)
def test_endless_paragraphs_and_tables_are_refused(found, name, text, why):
    with pytest.raises(CasegenError, match=why):
        found(text, name)


def test_an_endless_paragraph_of_word_is_refused(read):
    with pytest.raises(CasegenError, match="中间没有分段"):
        read(docx(p("一村一品") + p(ENDLESS)))


@pytest.mark.parametrize(
    "inside",
    [
        f"<script>var a = '{ENDLESS}'</script>",
        f"<p><img src='data:image/png;base64,{'A' * 2 * LONGEST_PARAGRAPH}'></p>",
        nested(3) * 60,
        f"<script>if (1 <b {FULL.replace('0', '=0 &&')}) {{}}</script><!-- <b {FULL} -->",
        f"<p title='{FULL}' class=\"{FULL}\">甲</p>" + "<p id=a>乙</p>" * MOST_ATTRIBUTES,
    ],
    ids=["script", "picture", "tables", "words of a script", "words of an attribute"],
)
def test_data_and_pictures_of_a_page_are_no_paragraph(found, inside):
    assert found(PAGE.format(inside), "页.html").title == "一村一品"
