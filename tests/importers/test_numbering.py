"""The automatic numbers of a Word document."""

from __future__ import annotations

from importers.test_word import LONG
from importers.word_files import docx, numbering, p

HEADS = (("背景", 0), ("做法", 0), ("抓产业", 1), ("抓培训", 1), ("成效", 0), ("惠民", 1))


def test_automatic_numbers_are_kept_as_text_and_make_headings(read):
    parts = {
        "word/numbering.xml": numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    }
    body = (
        p("一村一品立起来")
        + p(LONG)
        + "".join(p(text, numbered(depth)) + p(LONG) for text, depth in HEADS)
    )
    found = read(docx(body, parts, (("n", "numbering", "numbering.xml", ""),)))
    heads = [b.plain for b in found.blocks if b.kind == "heading"]
    assert heads == [
        "一、背景",
        "二、做法",
        "（一）抓产业",
        "（二）抓培训",
        "三、成效",
        "（一）惠民",
    ]


def test_lists_stay_lists(read):
    parts = {"word/numbering.xml": numbering(("decimal", "%1."))}
    body = p("一村一品立起来") + p(LONG) + p("建基地", numbered(0)) + p("闯市场", numbered(0))
    found = read(docx(body, parts, (("n", "numbering", "numbering.xml", ""),)))
    assert [(b.kind, b.marker, b.text) for b in found.blocks[1:]] == [
        ("item", "1.", "建基地"),
        ("item", "1.", "闯市场"),
    ]


def test_a_numbered_list_that_begins_anew_counts_anew(read):
    numbers = numbering(("chineseCounting", "（%1）")).replace(
        "</w:numbering>",
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>',
    )
    afresh = numbered(0).replace('numId w:val="1"', 'numId w:val="2"')
    body = p("一村一品立起来") + "".join(
        p(text, marks) + p(LONG)
        for text, marks in (("抓产业", numbered(0)), ("抓培训", numbered(0)), ("抓党建", afresh))
    )
    parts = {"word/numbering.xml": numbers}
    found = read(docx(body, parts, (("n", "numbering", "numbering.xml", ""),)))
    heads = [b.plain for b in found.blocks if b.kind == "heading"]
    assert heads == ["（一）抓产业", "（二）抓培训", "（一）抓党建"]


def numbered(depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
