"""Word files as offices send them: ten by python-docx, eight of the XML that Word and WPS write."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Inches, Pt
from PIL import Image

from importers.word_files import NAMES, cell, docx, numbering, p, row, run

OPENING = "青石职业学院帮扶陇西县菜子镇步云村，选派干部驻村，把课堂搬到田间地头，和村民一起找路子。"
MIDDLE = (
    "学院的老师们走遍了每一个村民小组，摸清了家底，和村民一起商量往哪里走、怎么走，谁来领头干。"
)
MONEY = "2023年，学院投入帮扶资金20万元，发展水苔100亩，带动60户村民增收，村民都说好，日子有奔头。"
CLOSING = (
    "步云村的路修通了，水苔卖出去了，村里的年轻人也陆续回来了，一年比一年热闹，一年比一年红火。"
)


def png(color: str = "red") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(made, "PNG")
    made.seek(0)
    return made


def saved(document: Any) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def begun(title: str = "水苔铺出增收路") -> Any:
    """A document with a title as offices set it: centred, bold and large."""
    document = Document()
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = line.add_run(title)
    words.bold, words.font.size = True, Pt(22)
    return document


def usual() -> bytes:
    """A title in two lines, a byline, bold headings, a picture with its caption, credits."""
    d = begun()
    for text in ("——青石职业学院帮扶步云村纪实", "青石职业学院　2023年6月23日"):
        line = d.add_paragraph(text)
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    d.add_paragraph(f"　　{OPENING}")
    d.add_paragraph().add_run("一、主要做法").bold = True
    d.add_paragraph(f"　　{MONEY}")
    d.add_paragraph().add_run().add_picture(png(), width=Inches(1))
    d.add_paragraph("图1 村民采收水苔（李四四 摄）").alignment = WD_ALIGN_PARAGRAPH.CENTER
    d.add_paragraph().add_run("二、下一步").bold = True
    d.add_paragraph(f"　　{CLOSING}")
    d.add_paragraph("（供稿：宣传部　编辑：陈一一　编审：王二二）")
    return saved(d)


def styled() -> bytes:
    """Heading styles and Word's own lists."""
    d = Document()
    d.add_heading("水苔铺出增收路", 0)
    d.add_paragraph(OPENING)
    d.add_heading("主要做法", 1)
    d.add_paragraph(MONEY)
    for text in ("建基地", "闯市场"):
        d.add_paragraph(text, "List Bullet")
    d.add_heading("步骤", 2)
    for text in ("育苗", "移栽", "采收"):
        d.add_paragraph(text, "List Number")
    d.add_heading("成效", 1)
    d.add_paragraph(CLOSING)
    return saved(d)


def merged() -> bytes:
    """A table with a title row, cells merged across and down, and bars and stars in cells."""
    d = begun()
    d.add_paragraph(OPENING)
    d.add_paragraph("表1 资金使用情况")
    rows = [["村", "项目", "", "备注"], ["", "名称", "金额（万元）", "A|B"],
            ["步云村", "种植", "12", "*"], ["", "烘干", "8", ""],
            ["合计", "", "20", ""]]  # fmt: skip
    table = d.add_table(5, 4)
    for y, texts in enumerate(rows):
        for x, text in enumerate(texts):
            table.cell(y, x).text = text
    for a, b in (((0, 0), (1, 0)), ((0, 1), (0, 2)), ((2, 0), (3, 0)), ((4, 0), (4, 1))):
        words = table.cell(*a).text
        table.cell(*a).merge(table.cell(*b)).text = words
    d.add_paragraph(CLOSING)
    return saved(d)


def album() -> bytes:
    """Four photographs in a table without lines, with their captions below and inside."""
    d = begun()
    d.add_paragraph(OPENING)
    table = d.add_table(3, 2)
    for n, color in enumerate(("red", "blue", "green", "black")):
        place = table.cell(2 * (n // 2), n % 2)
        place.paragraphs[0].add_run().add_picture(png(color), width=Inches(1))
        if n > 1:
            place.add_paragraph(f"图{n + 1} 装车")
        else:
            table.cell(1, n).text = ("图1 采收", "图2 晾晒")[n]
    d.add_paragraph(CLOSING)
    return saved(d)


def official() -> bytes:
    """Headers and footers of an official document, and a page break in mid-text."""
    d = begun()
    section = d.sections[0]
    section.header.paragraphs[0].text = "青石职业学院文件"
    section.footer.paragraphs[0].text = "— 1 —"
    d.add_paragraph(OPENING)
    d.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    d.add_paragraph(MONEY)
    d.add_paragraph("特此报告。")
    for text in ("青石职业学院", "2023年6月23日"):
        d.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return saved(d)


def marks() -> bytes:
    """Raised and lowered characters, bold words, line breaks, and what Markdown would misread."""
    d = begun()
    line = d.add_paragraph("平整土地30m")
    line.add_run("2").font.superscript = True
    line.add_run("，减排CO")
    line.add_run("2").font.subscript = True
    line.add_run("，")
    line.add_run("带动60户").bold = True
    line.add_run(f"增收。{OPENING}")
    d.add_paragraph(
        "# 不是标题，*不是重点*，[不是](链接)，1_2_3，<b>，| 不是表格 |，反斜线\\。" + MIDDLE
    )
    d.add_paragraph("1. 不是列表。" + MIDDLE)
    broken = d.add_paragraph("联系人在宣传部，地址如下，欢迎来访。")
    broken.add_run().add_break()
    broken.add_run("步云村村委会。" + MIDDLE)
    return saved(d)


def inline() -> bytes:
    """Headings that run on in their paragraphs."""
    d = begun()
    d.add_paragraph(OPENING)
    d.add_paragraph().add_run("一、抓产业").bold = True
    d.add_paragraph("（一）建基地。" + MONEY)
    d.add_paragraph("（二）闯市场。" + MIDDLE)
    d.add_paragraph().add_run("二、抓队伍").bold = True
    d.add_paragraph("一是选好带头人。" + MIDDLE)
    d.add_paragraph("二是用好大学生。" + CLOSING)
    return saved(d)


def cells() -> bytes:
    """Cells of several paragraphs, empty rows, a row of sums."""
    d = begun()
    d.add_paragraph(OPENING)
    table = d.add_table(4, 3)
    rows = (
        ("年份", "做法", "投入（万元）"),
        ("2022", "建基地", "8"),
        ("", "", ""),
        ("合计", "", "8"),
    )
    for y, texts in enumerate(rows):
        for x, text in enumerate(texts):
            table.cell(y, x).text = text
    table.cell(1, 1).add_paragraph("修水渠")
    d.add_paragraph(CLOSING)
    return saved(d)


def form() -> bytes:
    """The form in which some offices ask for cases: labels, values, the text in one cell."""
    d = begun("乡村振兴典型案例申报表")
    table = d.add_table(5, 2)
    rows = (("案例名称", "水苔铺出增收路"), ("申报单位", "青石职业学院"),
            ("联 系 电 话", "0000-0000000"), ("主要做法", MONEY),
            ("案例正文", OPENING))  # fmt: skip
    for y, (label, text) in enumerate(rows):
        table.cell(y, 0).text, table.cell(y, 1).text = label, text
    for text in (MIDDLE, "一、主要成效", CLOSING):
        table.cell(4, 1).add_paragraph(text)
    return saved(d)


def broken_title() -> bytes:
    """A title in two lines of one look, and a byline without a day."""
    d = begun("以水苔产业为抓手")
    second = d.add_paragraph()
    second.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = second.add_run("带动步云村全面振兴")
    words.bold, words.font.size = True, Pt(22)
    d.add_paragraph("（青石职业学院 2023年6月）").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in (OPENING, MONEY, CLOSING):
        d.add_paragraph(f"　　{text}")
    return saved(d)


def nested() -> bytes:
    """Lists in lists."""
    d = begun()
    d.add_paragraph(OPENING)
    for text, style in (
        ("抓产业", "List Bullet"),
        ("种水苔", "List Bullet 2"),
        ("种刺梨", "List Bullet 2"),
        ("抓培训", "List Bullet"),
    ):
        d.add_paragraph(text, style)
    d.add_paragraph(CLOSING)
    return saved(d)


# --- as Word and WPS write it ----------------------------------------------------------------

HEAD = p("水苔铺出增收路", '<w:jc w:val="center"/>') + p(OPENING)


def item(text: str, depth: int) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>')


NUMBERED = (("n", "numbering", "numbering.xml", ""),)
LEVELS = numbering(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))


def split_runs() -> bytes:
    """Word cuts sentences into runs at every edit and marks what its proofreading doubts."""
    parts = (
        "2023年，学院投入帮扶资",
        "金2",
        "0万",
        "元，发展水苔100",
        "亩，带动60户村民增收，村民都说好，日子有奔头。",
    )
    line = '<w:proofErr w:type="spellStart"/>'.join(
        run(text, '<w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-CN"/>') for text in parts
    )
    tag = f'<w:smartTag w:uri="urn:x" w:element="place">{run("步云村")}</w:smartTag>'
    box = f"<w:sdt><w:sdtPr/><w:sdtContent>{p(MIDDLE)}</w:sdtContent></w:sdt>"
    body = HEAD + item("主要做法", 0) + p(inside=line) + item("抓培训", 1) + box
    return docx(
        body + p(inside=tag + run("的路修通了。" + MIDDLE)),
        {"word/numbering.xml": LEVELS},
        NUMBERED,
    )


def reviewed() -> bytes:
    """Changes, a comment and a moved paragraph of two hands."""
    who = 'w:id="1" w:author="{}" w:date="2023-06-01T00:00:00Z"'
    ins = f"<w:ins {who.format('李某某')}>{run('20万元')}</w:ins>"
    gone = "<w:r><w:delText>2万元</w:delText></w:r>"
    line = run("学院投入帮扶资金") + ins + f"<w:del {who.format('王某某')}>{gone}</w:del>"
    line += '<w:commentRangeStart w:id="0"/>' + run("，带动60户。" + MIDDLE)
    line += '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    moved = p(inside=f"<w:moveTo {who.format('李某某')}>{run(CLOSING)}</w:moveTo>")
    left = p(inside=f"<w:moveFrom {who.format('李某某')}>{run(CLOSING)}</w:moveFrom>")
    note = f'<w:comment w:id="0" w:author="王某某">{p("请核对户数")}</w:comment>'
    return docx(
        HEAD + left + p(inside=line) + moved,
        {"word/comments.xml": f"<w:comments {NAMES}>{note}</w:comments>"},
    )


def noted() -> bytes:
    """A footnote, an endnote and a text box that Word writes twice."""
    notes = {
        f"word/{kind}s.xml": f"<w:{kind}s {NAMES}>"
        f'<w:{kind} w:id="1">{p(text)}</w:{kind}></w:{kind}s>'
        for kind, text in (("footnote", "据县里的统计。"), ("endnote", "见年度报告。"))
    }
    rows = tuple((kind, kind + "s", f"{kind}s.xml", "") for kind in ("footnote", "endnote"))
    inside = f"<w:txbxContent>{p('步云村简介：' + MIDDLE)}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    marks = "".join(f'<w:r><w:{k}Reference w:id="1"/></w:r>' for k in ("footnote", "endnote"))
    return docx(HEAD + p(MIDDLE, "", marks) + p(inside=box) + p(CLOSING), notes, rows)


def drawing(link: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{link}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def pictured() -> bytes:
    """A floating picture, one as old versions keep it, and one that is shown twice."""
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="b" o:title="晾晒"/></v:shape></w:pict></w:r>'
    body = HEAD + p(inside=drawing("a", "村民在采收水苔")) + p("图为村民采收水苔") + p(MIDDLE)
    body += p(inside=old) + p("▲晾晒水苔") + p(CLOSING) + p(inside=drawing("a"))
    rows = tuple((i, "image", f"media/{i}.png", "") for i in "ab")
    return docx(
        body,
        {"word/media/a.png": png("red").getvalue(), "word/media/b.png": png("blue").getvalue()},
        rows,
    )


def fielded() -> bytes:
    """Fields, a table of contents, hidden text, symbols, a formula and a chart."""

    def begin(code: str, shown: str) -> str:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        code = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        return mark("begin") + code + mark("separate") + run(shown) + mark("end")

    link = begin('HYPERLINK "https://example.cn/a"', "县政府网")
    toc = p("一、主要做法\t1", '<w:pStyle w:val="TOC1"/>')
    chart = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart xmlns:c="urn:c" r:id="c1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    line = (
        run("见")
        + link
        + run("。")
        + run("内部掌握", "<w:vanish/>")
        + run("联合<w:noBreakHyphen/>开发", "")
    )
    line = line.replace("联合<w:noBreakHyphen/>开发", "联合</w:t><w:noBreakHyphen/><w:t>开发")
    math = "<m:oMath><m:r><m:t>S=ab</m:t></m:r></m:oMath>"
    return docx(
        toc + HEAD + p("一、主要做法") + p(MIDDLE, "", line) + p(MONEY, "", math) + p(inside=chart)
    )


def wps() -> bytes:
    """WPS: Chinese names of styles, indents counted in characters, empty paragraphs between."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>'
        for i, n in (("2", "heading 1"), ("3", "heading 2"), ("7", "Title"), ("1", "Normal"))
    )
    indent = '<w:pStyle w:val="1"/><w:ind w:firstLine="640" w:firstLineChars="200"/>'
    font = '<w:rFonts w:hint="eastAsia" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'
    body = p("水苔铺出增收路", '<w:pStyle w:val="7"/>') + p()
    body += p("", indent, run(OPENING, font)) + p() + p("主要做法", '<w:pStyle w:val="2"/>')
    body += p("", indent, run(MONEY, font)) + p("抓培训", '<w:pStyle w:val="3"/>')
    body += (
        p("", indent, run(MIDDLE, font))
        + p("主要成效", '<w:pStyle w:val="2"/>')
        + p("", indent, run(CLOSING, font))
    )
    return docx(
        body,
        {"word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>"},
        (("s", "styles", "styles.xml", ""),),
    )


def wps_table() -> bytes:
    """WPS: a table of several merges, one of them across and down at once."""
    both = '<w:gridSpan w:val="2"/><w:vMerge{}/>'
    rows = (
        row(cell("项目", both.format(' w:val="restart"')), cell("2022年"), cell("2023年"))
        + row(cell("", both.format("")), cell("万元", '<w:gridSpan w:val="2"/>'))
        + row(cell("种植", '<w:vMerge w:val="restart"/>'), cell("水苔"), cell("8"), cell("12"))
        + row(cell("", "<w:vMerge/>"), cell("刺梨"), cell("3"), cell("—"))
    )
    return docx(HEAD + f"<w:tbl><w:tblPr/>{rows}</w:tbl>" + p(CLOSING))


def wps_numbered() -> bytes:
    """WPS: numbers of headings in circles and brackets, and a heading that ends in a stop."""
    parts = {
        "word/numbering.xml": numbering(("chineseCountingThousand", "%1、"), ("decimal", "%2."))
    }
    body = (
        HEAD + item("主要做法。", 0) + item("建基地", 1) + p(MONEY) + item("闯市场", 1) + p(MIDDLE)
    )
    return docx(body + item("主要成效。", 0) + p(CLOSING), parts, NUMBERED)


WORD: Mapping[str, Callable[[], bytes]] = {
    "usual.docx": usual, "styled.docx": styled, "merged.docx": merged, "album.docx": album,
    "official.docx": official, "marks.docx": marks, "inline.docx": inline, "cells.docx": cells,
    "nested.docx": nested, "form.docx": form, "broken-title.docx": broken_title,
    "split.docx": split_runs,
    "reviewed.docx": reviewed, "noted.docx": noted, "pictured.docx": pictured,
    "fielded.docx": fielded, "wps.docx": wps, "wps-table.docx": wps_table,
    "wps-numbered.docx": wps_numbered,
}  # fmt: skip
