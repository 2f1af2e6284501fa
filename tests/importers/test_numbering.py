"""The automatic numbers of a Word document."""

from __future__ import annotations

from importers.test_word import LONG
from importers.word_files import docx, numbering, p

NUMBERED = (("n", "numbering", "numbering.xml", ""),)
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


def test_a_list_below_numbered_headings_begins_at_the_margin(desk):
    kinds = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    items = (("改造低产竹林3500亩。", 2), ("培训林农1260人次。", 2))
    texts = (("主要做法", 0), ("种好竹子", 1), *items)
    body = p("一根竹子的文章") + p(LONG) + "".join(p(each, numbered(at)) for each, at in texts)
    parts = {"word/numbering.xml": numbering(*kinds)}
    assert desk.run(desk.put("稿.docx", docx(body, parts, NUMBERED))).exit_code == 0
    assert desk.body().split("\n\n")[-1].splitlines() == [
        "1. 改造低产竹林3500亩。",
        "1. 培训林农1260人次。",
    ]
    assert "正文里没有写" not in desk.fields()


def test_numbers_in_digits_below_chinese_ones_do_not_run_into_a_figure(read):
    levels = numbering(("chineseCounting", "%1、"), ("decimal", "%1.%2")).replace(
        '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>'
    )
    body = p("一村一品立起来") + p("抓培训", numbered(0)) + p("3期培训班教会村民。", numbered(1))
    found = read(docx(body, {"word/numbering.xml": levels}, NUMBERED))
    assert found.blocks[-1].plain == "1.1 3期培训班教会村民。"
