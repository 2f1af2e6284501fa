"""Word files: headings real and fake, tables cell by cell, and what no draft can hold told."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Inches, Pt
from PIL import Image

from casegen.problem import CasegenError
from importers.word_files import NAMES, cell, docx, p, row, run

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
LONG = (
    "青石职业学院选派干部驻村，把课堂搬到田间地头，和村民一起找路子、建基地、闯市场，一步一个脚印。"
)


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def picture(color="red") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), color).save(made, "PNG")
    made.seek(0)
    return made


def shown(found) -> list[tuple[str, str]]:
    return [(str(b.kind), b.text) for b in found.blocks]


def test_a_manuscript_of_the_usual_make_becomes_a_case_with_its_picture(desk):
    d = Document()
    title = d.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    words = title.add_run("水苔铺出增收路")
    words.bold, words.font.size = True, Pt(22)
    d.add_paragraph(f"　　{LONG}")
    fake = d.add_paragraph().add_run("主要做法")
    fake.bold = True
    d.add_paragraph(f"　　2023年投入帮扶资金20万元。{LONG}")
    d.add_paragraph().add_run().add_picture(picture(), width=Inches(1))
    d.add_paragraph("图1 村民采收水苔（李四四 摄）")
    d.add_paragraph(f"　　{LONG}")
    d.add_paragraph("（供稿：宣传部　编辑：陈一一）")
    assert desk.run(desk.put("水苔.docx", saved(d))).exit_code == 0
    assert list(desk.drafts()) == ["shui-tai-pu-chu-zeng-shou-lu/index.md"]
    assert desk.body().split("\n\n")[1:4] == [
        "## 主要做法",
        f"2023年投入帮扶资金20万元。{LONG}",
        '![图1 村民采收水苔（李四四 摄）](images/01.png "图1 村民采收水苔　供图：李四四")',
    ]
    image = desk.root / "cases" / "shui-tai-pu-chu-zeng-shou-lu" / "images" / "01.png"
    assert image.read_bytes() == picture().getvalue()
    assert "  供稿: 宣传部\n  供图: 李四四\n  编辑: 陈一一\n" in desk.fields()


def test_heading_styles_of_word_and_of_wps_become_headings(read):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{i}"><w:name w:val="{n}"/></w:style>'
        for i, n in (("1", "heading 1"), ("2", "标题 2"), ("a3", "Title"))
    )
    body = (
        p("一村一品", '<w:pStyle w:val="a3"/>')
        + p(LONG)
        + p("背景", '<w:pStyle w:val="1"/>')
        + p(LONG)
        + p("起步", '<w:pStyle w:val="2"/>')
        + p(LONG)
    )
    found = read(
        docx(
            body,
            {"word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>"},
            (("s", "styles", "styles.xml", ""),),
        )
    )
    assert found.title == "一村一品"
    heads = [(b.level, b.plain) for b in found.blocks if b.kind == "heading"]
    assert heads == [(2, "背景"), (3, "起步")]


TABLES = [
    (
        row(cell("村"), cell("项目"), cell("金额"))
        + row(cell("步云村", '<w:vMerge w:val="restart"/>'), cell("种植"), cell("20"))
        + row(cell("", "<w:vMerge/>"), cell("合计", '<w:gridSpan w:val="2"/>')),
        [["村", "项目", "金额"], ["步云村", "种植", "20"], ["步云村", "合计", "合计"]],
    ),
    (
        row(cell("年份", '<w:vMerge w:val="restart"/>'), cell("投入", '<w:gridSpan w:val="2"/>'))
        + row(cell("", "<w:vMerge/>"), cell("自筹"), cell("专项"))
        + row(cell("2023"), cell("8"), cell("12")),
        [["年份", "投入", "投入"], ["年份", "自筹", "专项"], ["2023", "8", "12"]],
    ),
    (
        row(cell("A|B"), cell("*重*")) + row(cell(""), cell("x")),
        [["A|B", "\\*重\\*"], ["", "x"]],
    ),
    (
        row(cell("甲", '<w:vMerge w:val="restart"/>'), cell("乙", '<w:vMerge w:val="restart"/>'))
        + row(cell("", "<w:vMerge/>"), cell("", "<w:vMerge/>"))
        + row(cell("丙"), cell("丁")),
        [["甲", "乙"], ["甲", "乙"], ["丙", "丁"]],
    ),
]


@pytest.mark.parametrize(("rows", "cells"), TABLES)
def test_every_cell_of_a_table_is_right_merged_ones_repeated(read, rows, cells):
    found = read(docx(p("一村一品立起来") + p(LONG) + f"<w:tbl>{rows}</w:tbl>" + p(LONG)))
    (table,) = [b for b in found.blocks if b.kind == "table"]
    assert [list(r) for r in table.rows] == cells
    merged = any("Merge" in rows or "gridSpan" in rows for _ in (1,))
    assert any("合并的单元格" in loss for loss in found.losses) == merged


def test_a_table_of_one_cell_is_only_a_frame(read):
    found = read(docx(p("一村一品立起来") + f"<w:tbl>{row(cell(LONG))}</w:tbl>"))
    assert shown(found) == [("paragraph", LONG)]


CHANGES = p("一村一品立起来") + p(
    LONG,
    "",
    '<w:ins w:id="1" w:author="李某某">' + run("投入帮扶资金20万元。") + "</w:ins>"
    '<w:del w:id="2" w:author="王某某"><w:r>'
    "<w:delText>投入帮扶资金2万元。</w:delText></w:r></w:del>",
)


@pytest.mark.parametrize(
    ("changes", "kept"), [("accept", "投入帮扶资金20万元。"), ("reject", "投入帮扶资金2万元。")]
)
def test_changes_are_accepted_or_rejected_and_told_with_a_role_and_no_name(read, changes, kept):
    found = read(docx(CHANGES), changes=changes)
    assert found.blocks[0].plain == LONG + kept
    told = [loss for loss in found.losses if loss.startswith("修订")]
    assert len(told) == 2
    assert "修改的人甲）插入“投入帮扶资金20万元。”" in told[0]
    assert "修改的人乙）删去“投入帮扶资金2万元。”" in told[1]
    assert "某某" not in "".join(told)


def test_comments_headers_footers_and_hidden_text_are_told(read):
    body = p("一村一品立起来") + p(LONG, "", run("此处内部掌握", "<w:vanish/>"))
    parts = {
        "word/comments.xml": f'<w:comments {NAMES}><w:comment w:id="0" w:author="赵某">'
        f"{p('请补照片')}</w:comment></w:comments>",
        "word/header1.xml": f"<w:hdr {NAMES}>{p('青石职业学院文件')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMES}>{p('第 1 页')}</w:ftr>",
    }
    found = read(docx(body, parts))
    assert "批注（修改的人甲）：请补照片" in found.losses
    aside = {d.text: d.reason for d in found.dropped}
    assert (aside["青石职业学院文件"], aside["此处内部掌握"]) == ("页眉", "隐藏的文字")
    assert "内部掌握" not in "".join(b.plain for b in found.blocks)


def test_a_footnote_keeps_its_place(desk):
    inside = f'<w:footnote w:id="1">{p("据县里的统计。")}</w:footnote>'
    note = f"<w:footnotes {NAMES}>{inside}</w:footnotes>"
    mark = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = docx(
        p("一村一品立起来") + p(LONG, "", mark),
        {"word/footnotes.xml": note},
        (("f", "footnotes", "footnotes.xml", ""),),
    )
    assert desk.run(desk.put("稿.docx", data)).exit_code == 0
    assert desk.body() == f"{LONG}[^1]\n\n[^1]: 据县里的统计。"


def test_a_text_box_is_read_once_though_word_writes_it_twice(read):
    inside = f"<w:txbxContent>{p('步云村简介')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{inside}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    found = read(docx(p("一村一品立起来") + p(LONG) + p("", "", box) + p(LONG)))
    assert [b.plain for b in found.blocks].count("步云村简介") == 1


def test_superscripts_links_and_indents_survive_as_they_should(read):
    link = f'<w:hyperlink r:id="l">{run("县政府网")}</w:hyperlink>'
    body = p("一村一品立起来") + p(
        f"　　{LONG}平整30m",
        "",
        run("2", '<w:vertAlign w:val="superscript"/>') + run("，见") + link,
    )
    found = read(
        docx(body, {}, (("l", "hyperlink", "https://example.cn/a", ' TargetMode="External"'),))
    )
    assert found.blocks[0].text == f"{LONG}平整30m²，见[县政府网](https://example.cn/a)"


def test_bold_words_in_a_paragraph_stay_bold_and_a_wholly_bold_one_is_a_heading(read):
    bold = "<w:b/>"
    body = (
        p("一村一品立起来")
        + p(LONG, "", run("带动60户", bold) + run("增收。"))
        + p(inside=run("主要成效", bold))
        + p(LONG)
    )
    found = read(docx(body))
    assert shown(found)[:2] == [("paragraph", f"{LONG}**带动60户**增收。"), ("heading", "主要成效")]


def test_a_formula_and_a_chart_are_told(read):
    math = "<m:oMath><m:r><m:t>S=ab</m:t></m:r></m:oMath>"
    chart = (
        '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart xmlns:c="urn:c" r:id="c1"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    found = read(docx(p("一村一品立起来") + p(LONG, "", math) + p("", "", chart)))
    assert "公式只带来了文字：S=ab" in found.losses
    assert any(loss.startswith("图表没有带来") for loss in found.losses)


def test_a_table_of_contents_is_left_out_and_told(read):
    found = read(docx(p("一村一品立起来") + p("一、背景 1", '<w:pStyle w:val="TOC1"/>') + p(LONG)))
    assert [b.plain for b in found.blocks] == [LONG]
    assert ("一、背景 1", "目录") in {(d.text, d.reason) for d in found.dropped}


def test_a_linked_picture_is_told_and_not_fetched(read):
    blip = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a"/><a:graphic><a:graphicData><pic:pic>'
        '<pic:blipFill><a:blip r:link="i"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    rows = (("i", "image", "http://127.0.0.1:9/a.png", ' TargetMode="External"'),)
    found = read(docx(p("一村一品立起来") + p(LONG) + p("", "", blip), {}, rows))
    assert any("链接到别处" in loss for loss in found.losses)


def test_a_long_document_is_read_to_its_end(read):
    found = read(docx(p("一村一品立起来") + p("村里人人有活干。") * 3000))
    assert len(found.blocks) == 3000


def test_the_text_is_found_under_the_name_that_the_archive_gives_it(read):
    data = docx(p("一村一品立起来") + p(LONG))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name).replace(b"word/document.xml", b"word/document2.xml")
            new.writestr(name.replace("document.xml", "document2.xml"), content)
    assert read(made.getvalue()).blocks[0].plain == LONG


def test_boxes_that_are_ticked_or_not_are_kept(read):
    def box(ticked):
        state = f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{ticked}"/></w14:checkbox>'
        return f"<w:sdt><w:sdtPr>{state}</w:sdtPr><w:sdtContent>{run('☐')}</w:sdtContent></w:sdt>"

    found = read(
        docx(p("一村一品立起来") + p(LONG, "", box(1) + run("产业") + box(0) + run("人才")))
    )
    assert found.blocks[0].plain == f"{LONG}☑产业☐人才"


def test_a_file_with_a_header_alone_is_refused_and_the_header_named(read):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    with pytest.raises(CasegenError, match="只有页眉“内部资料”"):
        read(saved(document))


def test_the_number_of_a_heading_is_part_of_the_heading_whatever_is_bold(read):
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">{level}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    body = (
        p(LONG)
        + p("", numbered, run("建基地", "<w:b/>"))
        + p(LONG)
        + p("", "", run("二、") + run("闯市场", "<w:b/>"))
        + p(LONG)
    )
    found = read(
        docx(body, {"word/numbering.xml": numbering}, (("n", "numbering", "numbering.xml", ""),))
    )
    assert [b.text for b in found.blocks if b.kind == "heading"] == ["一、建基地", "二、闯市场"]


@pytest.mark.parametrize("fallback", [None, "", "框里的话，只有一遍。"])
def test_the_words_of_a_new_text_box_come_once_with_and_without_a_fallback(read, fallback):
    box = f"<w:txbxContent>{p('框里的话，只有一遍。')}</w:txbxContent>"
    new = (
        '<w:drawing><wp:inline><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx>'
        f"{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>" if fallback else ""
    if fallback is not None:
        new = (
            f'<mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
            f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
        )
    found = read(docx(p(LONG) + p(inside=f"<w:r>{new}</w:r>") + p(LONG)))
    assert [text for _, text in shown(found)] == [LONG, "框里的话，只有一遍。", LONG]


def test_a_character_under_its_pronunciation_stays_and_the_pronunciation_is_told(read):
    over = f"<w:rt>{run('luán')}</w:rt><w:rubyBase>{run('栾')}</w:rubyBase>"
    found = read(docx(p("", inside=run("在") + f"<w:r><w:ruby>{over}</w:ruby></w:r>" + run(LONG))))
    assert [text for _, text in shown(found)] == [f"在栾{LONG}"]
    assert "注音没有带来：luán" in found.losses


def test_a_table_in_a_cell_is_told(read):
    d = Document()
    d.add_paragraph(LONG)
    table = d.add_table(2, 2)
    for text, place in zip("甲乙丙", ((0, 0), (0, 1), (1, 0)), strict=True):
        table.cell(*place).text = text
    inner = table.cell(1, 1).add_table(2, 2)
    for n, text in enumerate("子丑寅卯"):
        inner.cell(n // 2, n % 2).text = text
    found = read(saved(d))
    whole = "\n".join(text for _, text in shown(found))
    assert all(text in whole for text in "甲乙丙子丑寅卯")
    assert [loss for loss in found.losses if "表格里套着表格" in loss]
