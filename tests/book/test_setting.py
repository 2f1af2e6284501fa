"""What an art director looks for on the pages: rows of pictures, order of numbers, line ends."""

from __future__ import annotations

import re
import zipfile

import docx
import pypdf
import pytest
from book.reading import bare, text_of_pdf
from book.test_epub import spine
from book.test_word import whole
from pictures import corners, saved
from projects import Project, case_text

ROW = "![春](a.jpg '春天')\n![夏](b.jpg '夏天')\n![秋](c.jpg '秋天')\n"
READERS = {"pdf": text_of_pdf, "epub": spine, "docx": whole}


@pytest.fixture(scope="session")
def rowed(shared):
    """A case with three pictures in a row, and a rate, in every form."""

    def make(root):
        pictures = {
            f"cases/a/{name}.jpg": saved(corners((400 + at, 300)), "JPEG")
            for at, name in enumerate("abc")
        }
        body = f"利率下降1.5个百分点。\n\n{ROW}"
        case = case_text("第一篇", body, metrics="[{name: 利率降幅, value: 1.5个百分点}]")
        folder = Project(root).write(
            {"casegen.yml": "title: 试验案例集\n", "cases/a/index.md": case, **pictures}
        )
        done = folder.start("book", "--format", "all")
        assert done.exit_code == 0, done.output

    return shared("printed-rows", make) / "book"


def test_pictures_in_a_row_stand_two_abreast_in_every_form(rowed):
    heights = []

    def note_place(operator, _operands, matrix, _text):
        if operator == b"Do":
            heights.append(round(matrix[5]))

    for page in pypdf.PdfReader(rowed / "book.pdf").pages:
        page.extract_text(visitor_operand_before=note_place)
    assert len(heights) == 3
    assert heights[0] == heights[1] != heights[2]
    with zipfile.ZipFile(rowed / "book.epub") as archive:
        page = archive.read("EPUB/case-a.xhtml").decode()
    assert re.search(r'<div class="gallery">(<figure>.*?</figure>){3}</div>', page)
    tables = docx.Document(str(rowed / "book.docx")).tables
    held = [[len(c._tc.xpath(".//pic:pic")) for c in r.cells] for r in tables[-1].rows]
    assert held == [[1, 1], [1, 0]]


@pytest.mark.parametrize("form", sorted(READERS))
def test_captions_of_a_row_are_all_there_in_order(rowed, form):
    found = READERS[form](rowed / f"book.{form}")
    assert found.index("春天") < found.index("夏天") < found.index("秋天")


def test_the_unit_of_a_rate_is_set_in_small_type(rowed):
    sizes = {}

    def note_size(text, _matrix, _text_matrix, _font, size):
        for character in text.strip():
            sizes.setdefault(character, set()).add(round(size, 1))

    page = next(
        page
        for page in pypdf.PdfReader(rowed / "book.pdf").pages
        if "利率降幅" in page.extract_text()
    )
    page.extract_text(visitor_text=note_size)
    assert sizes["百"] == sizes["个"] == sizes["分"]
    assert max(sizes["5"]) > max(sizes["百"])


def test_page_numbers_of_the_indexes_and_of_the_appendix_ascend(printed, volume):
    reader = pypdf.PdfReader(printed / "book.pdf")
    pages = [page.extract_text() for page in reader.pages]
    indexes = "\n".join(pages[next(at for at, text in enumerate(pages) if "单位索引" in text) :])
    lists = [
        [int(number) for number in found.split("，")]
        for found in re.findall(r"\d+(?:，\d+)+", indexes.replace(" ", ""))
    ]
    assert len(lists) > 10
    assert [found for found in lists if found != sorted(found)] == []
    order = [chapter.slug for chapter in volume.chapters]
    for group in volume.groups:
        for indicator in group.indicators:
            places = [order.index(value.slug) for value in indicator.values]
            assert places == sorted(places), indicator.name


@pytest.mark.parametrize("form", sorted(READERS))
def test_a_category_that_no_case_has_first_has_its_page_with_totals_and_cases(printed, form):
    found = READERS[form](printed / f"book.{form}")
    opening = found[found.index("修路、改厕、清运垃圾") :][:700]
    assert "71万元" in opening
    assert "本篇没有单列的案例。有8篇兼属本篇" in opening
    assert "跑山鸡与直播课：步云村驻村的一年" in opening


def test_a_title_of_several_lines_breaks_between_its_phrases(printed, volume):
    pages = [
        page.extract_text().splitlines() for page in pypdf.PdfReader(printed / "book.pdf").pages
    ]
    long = [c.title for c in volume.chapters if len(c.title) > 19]
    assert long
    for title in long:
        lines = next(found for page in pages if (found := _lines_of(title, page)))
        assert len(lines) > 1, title
        assert all(line[-1] in "，：" for line in lines[:-1]), lines


def _lines_of(title: str, page: list[str]) -> list[str]:
    """The lines of a page that make up the title, or none."""
    lines = [bare(line) for line in page]
    for at in range(len(lines)):
        for end in range(at + 2, at + 4):
            if "".join(lines[at:end]) == bare(title):
                return lines[at:end]
    return []


def test_captions_of_pictures_that_are_left_out_stay_in_their_place(project):
    row = "![图](p.jpg '左{n}')\n![图](p.jpg '右{n}')\n"
    body = "\n\n".join(f"正文段{n}。\n\n{row.format(n=n)}" for n in range(7)) + "\n\n末了一段。"
    files = {
        "cases/a.md": case_text("第一篇", body, summary="摘要。"),
        "cases/p.jpg": saved(corners((400, 300)), "JPEG"),
    }
    folder = project(files, "title: 试验案例集\nbook: {omit: [pictures]}\n")
    done = folder.start("book")
    assert done.exit_code == 0, done.output
    pages = pypdf.PdfReader(folder.root / "book/book.pdf").pages
    found = bare(
        "".join(page.extract_text(extraction_mode="layout") for page in pages)
    )  # by height
    said = [each for n in range(7) for each in (f"正文段{n}", f"左{n}")]
    places = [found.index(each) for each in [*said, "末了一段"]]
    assert places == sorted(places)
