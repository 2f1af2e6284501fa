"""The book as PDF: what stands in it, in which order, and what a reading program finds."""

from __future__ import annotations

import hashlib

import pypdf
import pytest
from book.printed import TWO
from book.reading import bare, structure, text, text_of_pdf
from projects import REPOSITORY, case_text

from casegen.editions.book.shown import make_total
from casegen.editions.folders import find_folders, load_words


def test_every_sentence_and_figure_of_the_demonstration_is_in_the_book_in_order(printed, materials):
    cases = materials.collection.cases
    heads = [materials.project.config.title, *(case.title for case in cases)]
    heads += ["附录　指标总表", "索引"]
    found = text_of_pdf(printed / "book.pdf", heads)
    for case in cases:
        start = found.index(bare(case.institution) + "地区")
        for metric in case.metrics:
            assert bare(metric.quantity.as_written) in found[start:]
        for sentence in case.prose.sentences:
            wanted = bare(sentence.text)
            if "[^" in case.body:  # a note at the foot of a page stands between its lines
                assert wanted[:6] in found or wanted[-6:] in found
            else:
                start = found.index(wanted, start)


def test_the_totals_of_the_book_are_the_collections(printed, materials):
    config = materials.project.config
    folders = find_folders(config.theme, materials.project.themes_dir)
    words = load_words(config.theme, folders, config.lang)
    found = text_of_pdf(printed / "book.pdf")
    appendix = found[found.rindex(bare(words["book.appendix_note"])) :]
    for each in materials.collection.all_totals:
        shown = make_total(each, materials.collection, words)
        assert bare(shown.quantity) in appendix


def test_the_pdf_is_tagged_and_says_its_language_title_and_pictures(printed, materials):
    reader = pypdf.PdfReader(printed / "book.pdf")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == materials.project.config.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    elements = list(structure(reader))
    roles = {role for role, _ in elements}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TOC", "/Figure", "/L"} <= roles
    assert all(found.get("/Alt") for role, found in elements if role == "/Figure")


def test_the_outline_names_parts_cases_and_their_sections(book):
    folder, _ = book()
    names = []

    def walk(entries, depth):
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, depth + 1)
            else:
                names.append((depth, entry.title))

    walk(pypdf.PdfReader(folder.root / "book" / "book.pdf").outline, 0)
    assert [n for n in names if n[1] in {"产业", "第一篇", "背景", "跳过一级", "人才"}] == [
        (0, "产业"), (1, "第一篇"), (2, "背景"), (3, "跳过一级"), (0, "人才"),
    ]  # fmt: skip


def test_a_page_that_stays_blank_has_no_number_and_no_head(printed):
    texts = [
        "".join(page.extract_text().split()) for page in pypdf.PdfReader(printed / "book.pdf").pages
    ]
    contents = next(at for at, text in enumerate(texts) if text.startswith("目录"))
    assert texts[contents + 1] == ""
    assert [
        text for text in texts[3:] if 0 < len(text) < 30 and text.strip("0123456789ivx") == ""
    ] == []


def test_every_font_is_embedded(book):
    folder, _ = book()
    reader = pypdf.PdfReader(folder.root / "book" / "book.pdf")
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_a_case_shows_footnotes_links_tables_lists_and_funds(book):
    folder, _ = book()
    found = text(folder)
    for part in (
        "脚注里的话。",
        "https://example.edu.cn/",
        "（见第",
        "年份面积",
        "2020100亩",
        "第一步",
        "引一句话",
        "原样的字",
        "2项相加为200万元，与总额相符。",
        "含于投入资金，不重复计",
    ):
        assert part in found


def test_the_same_project_gives_the_same_bytes(book):
    first, _ = book()
    second, _ = book()
    read = [(f.root / "book" / "book.pdf").read_bytes() for f in (first, second)]
    assert hashlib.sha256(read[0]).digest() == hashlib.sha256(read[1]).digest()


def test_drafts_are_printed_when_asked_for_and_count_in_no_total(book):
    files = {
        **TWO,
        "cases/c.md": case_text("稿子", "种植50亩。", status="draft", metrics="[种植面积: 50亩]"),
    }
    folder, _ = book(files, "title: 试验案例集\n", "--drafts")
    found = text(folder)
    assert "稿子" in found
    assert "超300亩" in found
    assert "350亩" not in found


@pytest.mark.parametrize(
    ("order", "first"), [("region", "甘肃省"), ("year", "2023年"), ("order", "第一篇")]
)
def test_the_book_is_divided_as_the_editors_wish(book, order, first):
    folder, _ = book(TWO, f"title: 试验案例集\nbook: {{order: {order}}}\n")
    outline = pypdf.PdfReader(folder.root / "book" / "book.pdf").outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    assert first in titles


def test_what_is_left_out_is_not_there_and_what_is_given_is_printed_as_it_is(book):
    folder, _ = book(
        TWO,
        """\
title: 试验案例集
书:
  开本: 大32开
  略去: [附录, 索引, 封面]
  编委会: {主任: 某某某, 委员: [甲甲甲, 乙乙乙]}
  版权页: |
    ISBN 978-7-0000-0000-0
    2024年3月第1版
  扉页: [乡村振兴丛书之三]
  印刷: 黑白
  装订边: 8
""",
    )
    found = text(folder)
    for part in ("甲甲甲、乙乙乙", "ISBN978-7-0000-0000-0", "2024年3月第1版", "乡村振兴丛书之三"):
        assert part in found
    assert "指标总表" not in found
    page = pypdf.PdfReader(folder.root / "book" / "book.pdf").pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [140, 203]


HOSTILE = {
    "cases/a.md": case_text(
        '"#eval(\\"1+1\\") $x$ @a <b>&amp;</b> =cmd|calc"',
        "正文有 #let x = 1 与 <script>alert(1)</script>，𠮷野家，繁體，😀，\U00012000。",
        institution="'#panic(\"no\") {{ x }}'",
        tags="['#a', '{{b}}']",
        metrics="['=1+1': 20户, '@sum': 30户]",
    )
}


def test_hostile_text_comes_out_as_text_and_what_no_font_has_is_named(book):
    folder, said = book(HOSTILE)
    found = text(folder)
    for part in (
        '#eval("1+1")$x$@a<b>&amp;</b>=cmd|calc',
        "#letx=1",
        "<script>alert(1)</script>",
        '#panic("no"){{x}}',
        "=1+1",
        "@sum",
        "{{b}}",
        "繁體",
    ):
        assert part in found
    assert "U+12000" in said
    assert "《#eval" in said
    assert "〓" in found


def test_a_table_of_many_rows_and_columns_is_all_there(book):
    rows = "\n".join("| " + " | ".join(f"{r}之{c}" for c in range(16)) + " |" for r in range(80))
    head = "| " + " | ".join(f"列{c}" for c in range(16)) + " |\n" + "|---" * 16 + "|\n"
    folder, _ = book({"cases/a.md": case_text("大表", head + rows)})
    found = text(folder, "book.pdf")
    assert all(f"{r}之{c}" in found for r in (0, 40, 79) for c in (0, 8, 15))


def test_errors_of_other_cases_do_not_stop_a_case_asked_for_by_name(project):
    folder = project({**TWO, "cases/bad.md": "---\ntitle: 坏\n---\n正文\n"})
    assert folder.start("book").exit_code == 1
    assert folder.start("book", "--case", "a").exit_code == 0


def test_a_faulty_template_is_named_with_its_line(project):
    folder = project(
        {
            **TWO,
            "themes/own/theme.yml": "name: own\nextends: default\n",
            "themes/own/book/chapter.typ": "#let chapter(a) = {\n  nothing-here\n}\n",
        },
        "title: 试验案例集\ntheme: own\n",
    )
    done = folder.start("book")
    assert done.exit_code == 2
    assert "主题的 book/back.typ 第 7 行第 24 列" in done.output
    assert '（这一行是 #import "chapter.typ": running' in done.output


def test_no_template_evaluates_text():
    folder = find_folders("default", REPOSITORY)[0]
    for path in (folder / "book").glob("*.typ"):
        assert "eval(" not in path.read_text("utf-8")
