"""What a publisher marks in the proofs: pages in front, notes, long titles, wide tables."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pypdf
import pytest
from book.reading import bare, elements_of, structure, text_of_pdf
from book.test_epub import spine
from book.test_word import parts, whole
from docx.oxml.ns import qn
from pictures import corners, saved
from projects import Project, case_text

READERS = {"pdf": text_of_pdf, "epub": spine, "docx": lambda place: whole(place) + notes_of(place)}
FORMS = sorted(READERS)
LONG = (
    "从“输血”到“造血”：一所地方高校与三十六个村庄十二年里接续改造老茶园与老果园的做法、账目、得失"
    "与今后的打算"
)
CONFIG = """\
title: 山河新篇：高校服务乡村振兴案例集（第三辑）
书:
  编委会: {主任: 某某某}
  版权页:
    - 图书在版编目数据
    - 第一行没有名称
    - {版次: 2024年6月第1版}
    - 最后一行没有名称
"""
REMARK = "遇旱，补植两次；其中三个村的苗木当年没有成活，第二年重来"
COLUMNS = (
    "年份",
    "改造面积（亩）",
    "投入（万元）",
    "育苗",
    "护坡",
    "培训",
    "参与农户（户）",
    "备注",
)
TABLE = "\n".join(
    f"| {' | '.join(cells)} |"
    for cells in (COLUMNS, ["--"] * 8, ("2013", "917", "61", "21", "25", "15", "161", REMARK))
)
NOTE = """\
[^1]: 注里第一段。

    - 注里列表甲
    - 注里列表乙

    | 表头甲 | 表头乙 |
    |--|--|
    | 格子丙 | 格子丁 |

    > 注里引文

    ![注里的图](p.jpg "注里图的题名")
"""
TITLED = '再看 ![行里的图](p.jpg "行里图的题名") 这张。'
DEEP = "\n".join(f"{'  ' * level}- 第{level}层" for level in range(30))
FUNDS = """\
[{name: 投入资金, value: 80万元, id: w}, {name: 财政, value: 50万元, part_of: w, split: 来源},
 {name: 自筹, value: 30万元, part_of: w, split: 来源}]"""


def notes_of(place: Path) -> str:
    """The text of a Word file's footnotes."""
    found = parts(place)["word/footnotes.xml"]
    return "".join(t.text or "" for t in found.iter(qn("w:t")))


@pytest.fixture(scope="session")
def proofs(shared) -> Path:
    """A collection with all that is hard to set, in every form."""
    body = (
        "投入80万元，财政50万元，自筹30万元。[^1]\n\n![](p.jpg)\n\n"
        f"字里 ![](p.jpg) 有图。{TITLED}\n\n"
        f"{TABLE}\n\n{DEEP}\n\n列表以后的话。\n\n{'一段很长的话，要排到下一页去。' * 120}\n\n{NOTE}"
    )

    def make(root: Path) -> None:
        folder = Project(root).write(
            {
                "casegen.yml": CONFIG,
                "pages/preface.md": "---\ntitle: 前言\n---\n\n写在前面。\n",
                "cases/a/index.md": case_text(LONG, body, metrics=FUNDS, date="2024-05"),
                "cases/a/p.jpg": saved(corners((400, 300)), "JPEG"),
            }
        )
        for arguments in (("--format", "all"), ("--case", "a", "--format", "docx", "-o", "a.docx")):
            done = folder.start("book", *arguments)
            assert done.exit_code == 0, done.output

    return shared("printed-proofs", make)


@pytest.fixture
def pages(proofs) -> pypdf.PdfReader:
    return pypdf.PdfReader(proofs / "book" / "book.pdf")


def test_a_date_without_a_day_is_the_first_of_its_month_in_what_files_say(proofs):
    with zipfile.ZipFile(proofs / "book" / "book.epub") as archive:
        assert "2024-05-01T00:00:00Z" in archive.read("EPUB/package.opf").decode()
    assert docx.Document(str(proofs / "a.docx")).core_properties.modified.month == 5


@pytest.mark.parametrize("form", FORMS)
def test_lists_tables_and_quotations_of_a_footnote_are_all_there(proofs, form):
    found = READERS[form](proofs / "book" / f"book.{form}")
    at = 0
    for part in ("注里第一段。", "注里列表甲", "注里列表乙", "表头甲", "格子丁", "注里引文"):
        at = found.index(part, at)


@pytest.mark.parametrize("form", FORMS)
def test_the_title_of_a_picture_in_a_line_or_a_footnote_is_printed(proofs, form):
    found = READERS[form](proofs / "book" / f"book.{form}")
    assert "（行里图的题名）" in found
    assert "（注里图的题名）" in found


@pytest.mark.parametrize("form", FORMS)
def test_a_list_of_many_levels_swallows_nothing(proofs, form):
    found = READERS[form](proofs / "book" / f"book.{form}")
    assert found.index("第9层") < found.index("第29层") < found.index("列表以后的话。")


@pytest.mark.parametrize("form", FORMS)
def test_lines_of_the_imprint_keep_their_order(proofs, form):
    found = READERS[form](proofs / "book" / f"book.{form}")
    wanted = ("图书在版编目数据", "第一行没有名称", "2024年6月第1版", "最后一行没有名称")
    places = [found.index(part) for part in wanted]
    assert places == sorted(places)


def test_right_hand_pages_in_front_have_odd_numbers(pages):
    labels = dict(enumerate(pages.page_labels))
    for title, label in (("编委会", "i"), ("前言", "iii"), ("目录", "v")):
        at = next(
            n for n, page in enumerate(pages.pages) if title in bare(page.extract_text()[:20])
        )
        assert (at % 2, labels[at]) == (0, label)


def test_a_running_head_that_is_too_long_is_cut_at_its_end(pages):
    heads = [page.extract_text().splitlines()[0] for page in pages.pages if page.extract_text()]
    assert any(head.startswith(LONG[:20]) and head.endswith("……") for head in heads)


def test_a_title_is_parted_between_its_phrases(pages):
    found = [page.extract_text().splitlines() for page in pages.pages]
    assert ["山河新篇：", "高校服务乡村振兴案例集", "（第三辑）"] in [lines[:3] for lines in found]


def test_every_table_has_heads(pages):
    tables = [element for role, element in structure(pages) if role == "/Table"]
    assert len(tables) >= 3  # funds, the table of the body, the one of the note
    for table in tables:
        assert any(role == "/TH" for role, _ in elements_of(table))


def test_a_column_of_long_texts_has_the_room_that_short_columns_leave(pages, proofs):
    lines = [line for page in pages.pages for line in page.extract_text().splitlines()]
    assert any(REMARK[:10] in line.replace(" ", "") for line in lines)
    for table in docx.Document(str(proofs / "book" / "book.docx")).tables:
        if table.cell(0, 0).text == "年份":
            widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
            assert widths[-1] > 1.5 * max(widths[:-1])


def test_notes_of_the_epub_have_their_numbers_and_lead_back(proofs):
    with zipfile.ZipFile(proofs / "book" / "book.epub") as archive:
        case = archive.read("EPUB/case-a.xhtml").decode()
        nav = archive.read("EPUB/nav.xhtml").decode()
        board = archive.read("EPUB/committee.xhtml").decode()
    assert 'id="ref-1" href="#fn-1">1</a>' in case
    assert '<a role="doc-backlink" href="#ref-1">1</a>　注里第一段。' in case
    assert '<div class="wide"><table>' in case
    assert 'epub:type="copyright-page" href="imprint.xhtml"' in nav
    assert "<h1>编委会</h1>" in board


@pytest.mark.parametrize("form", ["epub", "docx"])
def test_a_picture_without_any_text_still_says_that_it_is_one(proofs, form):
    if form == "epub":
        with zipfile.ZipFile(proofs / "book" / "book.epub") as archive:
            case = archive.read("EPUB/case-a.xhtml").decode()
        assert case.count('alt="图片"') == 2
    else:
        body = docx.Document(str(proofs / "book" / "book.docx")).element.body
        said = [d.get("descr") for d in body.iter() if d.tag.endswith("}docPr")]
        assert said == ["图片", "图片", "行里的图"]


def test_a_number_of_the_epub_stays_with_its_unit(proofs):
    with zipfile.ZipFile(proofs / "book" / "book.epub") as archive:
        assert '<td class="quantity">80万元</td>' in archive.read("EPUB/case-a.xhtml").decode()
        assert ".quantity { word-break: keep-all" in archive.read("EPUB/style.css").decode()
        assert '<span class="quantity">80万元' in archive.read("EPUB/appendix.xhtml").decode()
