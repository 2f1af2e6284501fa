"""Where no line or column ends: between a number and its unit, within a word or a bracket."""

from __future__ import annotations

import re

import pypdf
import pytest
from projects import case_text

COLUMN = 25  # points between two columns, more than a narrow letter stands off its middle
SHIFTS = range(1, 31)  # characters before the number: one of them puts it at the end of a line
FORMS = ("{said}", "- {said}", "> {said}", "| 项目 | 说明 |\n|---|---|\n| 路 | {said} |")
WORDS = "村里修路架桥打井办学每件都记在账上后来人翻开看见一笔一笔清清楚楚"
BROKEN = re.compile(r"[0-9.余多]\s*\n\s*[余多万千亿元]|万\s*\n\s*元")


def test_a_number_and_its_unit_stand_on_one_line(book):
    said = [f"{WORDS[:at]}投入12.5余万元，{WORDS[at:]}又投3600万元。{WORDS}" for at in SHIFTS]
    body = "\n\n".join(form.format(said=each) for form in FORMS for each in said)
    folder, _ = book({"cases/a.md": case_text("第一篇", body), "cases/b.md": case_text("乙", "丙")})
    reader = pypdf.PdfReader(folder.root / "book" / "book.pdf")
    found = "\n".join(page.extract_text() for page in reader.pages)
    assert found.count("12.5") >= len(SHIFTS) * len(FORMS)
    assert not BROKEN.findall(found)


def test_a_number_that_is_wider_than_its_cell_breaks_there(book):
    head = "|" + "|".join(f"栏{at}" for at in range(12)) + "|"
    row = "|" + "|".join("约需资金1234567890.25亿元左右还有余款待收" for _ in range(12)) + "|"
    body = f"{head}\n{'|---' * 12}|\n{row}\n"
    files = {"cases/a.md": case_text("第一篇", body), "cases/b.md": case_text("乙", "丙")}
    folder, _ = book(files, "title: 试验案例集\nbook: {paper: 32k}\n")
    reader = pypdf.PdfReader(folder.root / "book" / "book.pdf")
    width = float(reader.pages[0].mediabox.width)
    places: list[float] = []

    def visit(said, matrix, place, _font, size):
        if said.strip():
            places.append(place[4] * matrix[0] + matrix[4] + size)

    for page in reader.pages[1:]:
        page.extract_text(visitor_text=visit)
    assert max(places) < width


def slip_of(folder):
    """The columns of the slip on the cover, from the right, each as one text."""
    placed: list[tuple[float, str]] = []

    def visit(said, matrix, place, _font, _size):
        if said.strip():
            placed.append((place[4] * matrix[0] + matrix[4], said.strip()))

    cover = pypdf.PdfReader(folder.root / "book" / "book.pdf").pages[0]
    cover.extract_text(visitor_text=visit)
    columns: list[str] = []
    before = float("inf")
    for across, character in placed:
        if before - across > COLUMN:
            columns.append("")
        columns[-1] += character
        before = across
    return columns


TITLES = {
    "$x+y$": "某某大学乡村$x+y$公式振兴案例",
    "2021-2025": "某某大学乡村振兴案例2021-2025年选编",
    "《山里的路》": "某某大学帮扶队读《山里的路》手记与案例",
}


@pytest.mark.parametrize("kept", TITLES)
def test_a_column_of_the_slip_ends_at_no_place_within_a_word_or_a_bracket(book, kept):
    title = TITLES[kept]
    folder, _ = book(config=f"title: '{title}'\n")
    found = slip_of(folder)
    assert any(kept in column for column in found), found
    assert "".join(found).startswith(title)
