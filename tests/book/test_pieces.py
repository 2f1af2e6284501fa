"""A long book is set in pieces: what is bound of them reads as the book that is set at once."""

from __future__ import annotations

import pypdf
import pytest
from book.printed import CASES, CUT, book_of
from projects import Project

from casegen import gathering
from casegen import project as projects
from casegen.editions.book.pieces import Limits, needs_cutting
from casegen.editions.book.press import Wish, list_books
from casegen.problem import CasegenError


def test_a_theme_that_sets_no_pieces_is_set_at_once(tmp_path):
    own = '#import "style.typ": *\n#show: setting\n= 自己的书\n'
    folder = Project(tmp_path).write(
        {
            **CASES,
            "casegen.yml": "title: 试验案例集\ntheme: own\n",
            "themes/own/theme.yml": "name: own\nextends: default\n",
            "themes/own/book/book.typ": own,
        }
    )
    (tmp_path / "own.pdf").write_bytes(book_of(folder)(CUT))
    assert "自己的书" in pypdf.PdfReader(tmp_path / "own.pdf").pages[0].extract_text()


def test_a_faulty_template_is_named_also_where_a_piece_is_set(tmp_path):
    folder = Project(tmp_path).write(
        {
            **CASES,
            "casegen.yml": "title: 试验案例集\ntheme: own\n",
            "themes/own/theme.yml": "name: own\nextends: default\n",
            "themes/own/book/chapter.typ": "#let chapter(a) = {\n  nothing-here\n}\n",
        }
    )
    with pytest.raises(CasegenError, match=r"chapter\.typ") as caught:
        book_of(folder)(CUT)
    assert caught.value.slug == "theme"


@pytest.mark.full
def test_the_same_pieces_give_the_same_bytes(tmp_path):
    render = book_of(Project(tmp_path).write(CASES))
    assert render(CUT) == render(CUT)


@pytest.mark.long
def test_each_piece_is_a_step_of_the_progress(tmp_path):
    steps: list[tuple[int, int]] = []
    project = projects.load_project(Project(tmp_path).write(CASES).root)
    materials = gathering.gather_materials(*project).materials
    (book,), _ = list_books(materials, Wish(), (), lambda done, of: steps.append((done, of)))
    book.render(CUT)
    every = steps[0][1]
    assert every > 3
    assert {of for _, of in steps} == {every}
    assert sorted({done for done, _ in steps}) == list(range(1, every + 1))
    assert steps == sorted(steps)


def test_pictures_weigh_by_the_pixels_that_are_printed():
    value = {"single": False, "parts": [{"chapters": ["plates/a.jpg"]}], "plates": {}}
    limits = Limits(whole=1_000, pixels=1_000, across=1_500)
    assert not needs_cutting(value, limits)
    assert needs_cutting(value | {"plates": {"plates/a.jpg": [3_000, 2_000]}}, limits)
    assert not needs_cutting(value | {"plates": {"plates/a.jpg": [1_200, 800]}}, limits)
    assert not needs_cutting(value | {"plates": {"plates/b.jpg": [3_000, 2_000]}}, limits)
    low = Limits(whole=1_000, pixels=1_000, across=1_500, down=900)
    assert not needs_cutting(value | {"plates": {"plates/a.jpg": [1_500, 2_000]}}, low)
