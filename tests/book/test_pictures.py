"""Pictures of a body on the pages of the PDF: no page is left empty, and their order is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pytest
from book.reading import bare, structure, text_of_pdf
from book.test_pages import height_of
from pictures import corners, saved
from projects import Project, case_text

WIDE, TALL = corners((1600, 1000)), corners((1000, 1500))
SAID = "村里把地分成三块，一块种茶，一块种稻，一块留给果树。"
FOOT = 28 / 25.4 * 72  # the lower margin of A4, in points
LINE = 11 * 1.72


@pytest.fixture(scope="module")
def pictured(shared) -> Path:
    """A case of seven pictures, the last two after the last paragraph, with lengths that differ."""

    def make(root: Path) -> None:
        body = "".join(
            f"\n段{at}开始。{SAID * (7 + 3 * at)}段{at}结束。\n\n"
            f"![图样{at}](p{at % 2}.jpg '图{at}')\n"
            for at in range(1, 7)
        )
        case = case_text("第一篇", f"{body}\n![图样7](p0.jpg '图7')\n")
        pictures = {
            f"cases/a/p{at}.jpg": saved(shape, "JPEG") for at, shape in enumerate((WIDE, TALL))
        }
        done = Project(root).write(
            {"casegen.yml": "title: 试验案例集\n", "cases/a/index.md": case, **pictures}
        )
        made = done.start("book")
        assert made.exit_code == 0, made.output

    return shared("printed-pictures", make) / "book/book.pdf"


def test_the_page_before_a_picture_that_moves_is_full_of_text(pictured):
    pages = pypdf.PdfReader(pictured).pages
    for said in ("段1开始", "段4开始"):
        page = next(page for page in pages if said in bare(page.extract_text()))
        heights: list[float] = []

        def note_height(text: str, matrix: list[float], place: list[float], *_: object) -> None:
            if bare(text):
                heights.append(height_of(matrix, place))  # noqa: B023 called in this round only

        page.extract_text(visitor_text=note_height)
        lowest = min(height for height in heights if height > FOOT)
        assert lowest - FOOT < 4 * LINE, said


def test_pictures_keep_their_order_and_no_text_is_lost(pictured):
    found = text_of_pdf(pictured, ("试验案例集", "第一篇"))
    captions = [int(number) for number in re.findall(r"图(\d)", found)]
    assert captions == list(range(1, 8))
    ends = [found.index(f"段{at}{end}") for at in range(1, 7) for end in ("开始", "结束")]
    assert ends == sorted(ends)
    assert all(found.index(f"图{at}") > found.index(f"段{at}结束") for at in range(1, 7))
    assert len(re.findall("一块种稻", found)) >= sum(7 + 3 * at for at in range(1, 7)) - 7


def test_a_reader_program_finds_each_picture_where_its_author_put_it(pictured):
    found = structure(pypdf.PdfReader(pictured))
    said = [str(held.get("/Alt")) for role, held in found if role == "/Figure"]
    assert [alt for alt in said if alt.startswith("图样")] == [f"图样{at}" for at in range(1, 8)]
