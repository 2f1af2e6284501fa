"""Blocks and parts of a volume as XHTML."""

from xml.etree import ElementTree as ET

import pytest

from casegen.editions.book.blocks import Lead, read_matter
from casegen.editions.book.volume import Figure, Part, Reference, Total
from casegen.editions.book.xhtml import (
    escape,
    name_case_page,
    write_figures,
    write_matter,
    write_page,
    write_part,
)

WORDS = {
    "book.figure_name": "指标", "book.figure_quantity": "数", "book.figure_note": "说明",
    "book.total_name": "合计项", "book.total_quantity": "合计", "book.total_coverage": "篇数",
    "book.totals": "合计", "book.totals_note": "只计写明的。",
}  # fmt: skip
LEADS = {
    "b.md": Lead(case="b"), "https://example.com/": Lead(href="https://example.com/?a=1&b=2"),
    "a.jpg": Lead(name="plates/1.jpg"),
}  # fmt: skip


def body(text, level=2):
    html = write_matter(read_matter(text, LEADS), level)
    ET.fromstring(write_page("甲", html, "zh-CN"))  # noqa: S314 - our own text
    return html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("## 甲\n\n### 乙", "<h2>甲</h2>\n<h3>乙</h3>"),
        ("**重**[第二篇](b.md)", '<p><strong>重</strong><a href="case-b.xhtml">第二篇</a></p>'),
        ("[外](https://example.com/)", '<a href="https://example.com/?a=1&amp;b=2">外</a>'),
        ("3. 甲\n4. 乙", '<ol start="3"><li><p>甲</p></li><li><p>乙</p></li></ol>'),
        ("- 甲", "<ul><li><p>甲</p></li></ul>"),
        ("> 甲", "<blockquote><p>甲</p></blockquote>"),
        ("```\n<甲>\n```", "<pre>&lt;甲&gt;</pre>"),
        ("| 甲 |\n| ---: |\n| 乙 |", '<th scope="col" class="right">甲</th>'),
        ("![园](a.jpg '春')", '<figure><img src="plates/1.jpg" alt="园"/><figcaption>春'),
        ("![园](b.jpg '春')", "<p>春</p>"),
        ("![园](b.jpg)", "<p>园</p>"),
        ("甲  \n乙", "甲<br/>乙"),
    ],
)
def test_each_kind_of_block_has_its_element(text, html):
    assert html in body(text).replace("<br/>\n", "<br/>")


def test_a_number_and_its_unit_stand_on_one_line_beside_long_words_and_signs():
    html = body("“甲”“乙”1400人，见 abcdefghij&klmnopqrst2024年 <3600万元")
    assert '”<wbr/>“乙”<wbr/><span class="nb">1400人</span>' in html
    assert '<span class="long">abcdefghij&amp;klmnopqrst2024</span>年' in html
    assert '&lt;<span class="nb">3600万元</span>' in html


def test_headings_go_no_deeper_than_six():
    assert "<h6>乙</h6>" in body("## 甲\n\n### 乙", level=6)


def test_a_footnote_is_marked_and_its_text_stands_at_the_end():
    html = body("甲[^1]。\n\n[^1]: 注。")
    assert 'href="#fn-1">1</a></sup>' in html
    assert html.index("<p>甲") < html.index('<aside epub:type="footnote"')
    assert 'href="#ref-1">1</a>\u3000注。</p></aside>' in html


def test_text_is_escaped_and_what_xml_forbids_replaced():
    assert escape("<甲>&\x00") == "&lt;甲&gt;&amp;\ufffd"
    assert name_case_page("shui-tai") == "case-shui-tai.xhtml"


def test_a_figure_in_doubt_is_marked_and_its_notes_follow():
    rows = (
        Figure("培训", "40人", "不计", "2021", "人才", doubtful=True),
        Figure("面积", "9亩", "", "", "产业", doubtful=False),
    )
    html = write_figures(rows, WORDS, head=True)
    row = '<td>培训</td><td class="quantity">40人</td><td>2021，人才，不计</td>'
    assert f'<tr class="doubtful">{row}</tr>' in html
    assert '<tr><td>面积</td><td class="quantity">9亩</td><td>产业</td></tr>' in html
    assert "<td></td>" in write_figures(rows[1:], WORDS, head=False)


def test_a_part_has_its_introduction_its_totals_and_cases_that_stand_elsewhere():
    part = Part("industry", "产业", "", "种茶。", (Total("面积", "9亩", "1 篇"),), (), "共 1 篇",
                (Reference("b", "第二篇"),))  # fmt: skip
    html = write_part(part, WORDS)
    assert "<h1>产业</h1>\n<p>种茶。</p>" in html
    assert "<tr><td>面积</td><td>9亩</td><td>1 篇</td></tr>" in html
    assert '<li><a href="case-b.xhtml">第二篇</a></li>' in html
    assert "<table>" not in write_part(Part("", "", "", "", (), ()), WORDS)
