"""The blocks of a body as Word's paragraphs, tables, pictures and footnotes."""

from __future__ import annotations

import docx
from book.reading import bare
from book.test_word import assert_sound, parts, styles_of, whole
from docx.oxml.ns import qn
from pictures import corners, saved
from projects import case_text


def test_footnotes_are_words_own_lists_are_numbered_and_heads_of_tables_repeat(word):
    place = word()
    assert_sound(place)
    found = parts(place)
    assert "脚注里的话。" in bare("".join(found["word/footnotes.xml"].itertext()))
    document = found["word/document.xml"]
    assert len(list(document.iter(qn("w:footnoteReference")))) == 1
    assert [e.get(qn("w:val")) for e in document.iter(qn("w:numId"))] == ["2", "2"]
    assert len(list(document.iter(qn("w:tblHeader")))) >= 2
    targets = {r.get("Target") for r in found["word/_rels/document.xml.rels"]}
    assert "https://example.edu.cn/" in targets
    names = {text: name for name, text in styles_of(place)}
    assert [names[text] for text in ("产业", "第一篇", "背景", "跳过一级", "引一句话")] == [
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 4",
        "Quote",
    ]


def test_a_footnote_that_is_named_twice_is_written_once(word):
    body = "甲[^1]乙[^1]。\n\n[^1]: 一句注。"
    place = word({"cases/a.md": case_text("注", body)})
    assert_sound(place)
    found = parts(place)
    assert "".join(found["word/footnotes.xml"].itertext()).count("一句注") == 1
    codes = [e.text or "" for e in found["word/document.xml"].iter(qn("w:instrText"))]
    assert sum("NOTEREF" in code for code in codes) == 1


def test_a_picture_has_its_caption_and_alternative_text_and_fits_the_page(word):
    body = '![三排大棚](big.jpg "大棚｜某某某摄")\n\n前面![](dot.jpg)后面。'
    files = {
        "cases/a.md": case_text("图", body),
        "cases/big.jpg": saved(corners((3000, 1500)), "JPEG"),
        "cases/dot.jpg": saved(corners((40, 40)), "JPEG"),
    }
    place = word(files, "title: 试验案例集\nbook: {binding: 20}\n")
    document = docx.Document(str(place))
    drawn = list(document.element.body.iter(qn("wp:inline")))
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [int(d.find(qn("wp:extent")).get("cx")) for d in drawn]
    assert max(widths) <= room + 635
    assert drawn[0].find(qn("wp:docPr")).get("descr") == "三排大棚"
    assert any(p.style.name == "Caption" and "大棚" in p.text for p in document.paragraphs)


def test_a_table_of_many_columns_and_rows_is_all_there_and_fits(word):
    rows = "\n".join("| " + " | ".join(f"{r}之{c}" for c in range(16)) + " |" for r in range(60))
    head = "| " + " | ".join(f"列{c}" for c in range(16)) + " |\n" + "|---" * 16 + "|\n"
    place = word({"cases/a.md": case_text("大表", head + rows)})
    found = whole(place)
    assert all(f"{r}之{c}" in found for r in (0, 30, 59) for c in (0, 8, 15))
    document = docx.Document(str(place))
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room + 635


def test_the_last_row_of_a_table_is_kept_and_many_columns_are_set_small(word):
    head, rule = "|" + "|".join(f"栏{at}" for at in range(12)) + "|", "|" + "---|" * 12
    rows = "\n".join(
        "|" + "|".join(f"{row}.{at}万元" for at in range(12)) + "|" for row in range(4)
    )
    body = f"正文。\n\n{head}\n{rule}\n{rows}\n"
    file = docx.Document(word({"cases/a.md": case_text("第一篇", body)}))
    (table,) = [each for each in file.tables if len(each.columns) == 12]
    kept = [bool(row._tr.xpath(".//w:keepNext")) for row in table.rows]
    assert kept == [False, False, False, True, False]
    assert {style.val for style in table._tbl.xpath(".//w:pStyle")} == {"TableTiny"}


def test_the_imprint_has_the_size_of_the_text(word):
    config = "title: 试验案例集\nbook:\n  colophon: {书号: 978-7-0000-0000-0, 版次: 第1版}\n"
    file = docx.Document(word({"cases/a.md": case_text("第一篇", "正文。")}, config))
    (table,) = [each for each in file.tables if "书号" in each.cell(0, 0).text]
    assert {style.val for style in table._tbl.xpath(".//w:pStyle")} == {"Given"}


def test_a_narrow_column_keeps_a_number_and_its_unit_on_one_line(word):
    long = "这一格里写了许多许多的话"
    cells = ["超过9000万元", f"{long}，占到12.5公顷", *[long] * 5]
    head = "| " + " | ".join(f"列{c}" for c in range(7)) + " |\n" + "|---" * 7 + "|\n"
    place = word({"cases/a.md": case_text("窄表", f"{head}| {' | '.join(cells)} |")})
    document = docx.Document(str(place))
    table = next(t for t in document.tables if len(t.columns) == 7)
    short, phrase, *others = (column.width.pt for column in table.columns)
    size = document.styles["表格"].font.size.pt
    beside = 10  # points beside the text of a cell
    assert short >= 6 * size + beside
    assert phrase >= 4 * size + beside
    assert short > max(others)
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room + 635
