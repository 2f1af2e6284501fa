"""A long book is set in pieces: what is bound of them reads as the book that is set at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from book.reading import bare
from projects import Project, case_text

from casegen import gathering
from casegen import project as projects
from casegen.editions.book.pieces import Limits, needs_cutting
from casegen.editions.book.press import Wish, list_books
from casegen.problem import CasegenError

LONG = "种植300亩，每亩多收了三百元。" * 90
NOTED = """
## 做法

一句话[^1]，见[第四篇](d.md)。

| 年份 | 面积 |
| --- | ---: |
| 2020 | 300亩 |

![村口的路](road.svg)

[^1]: 脚注里的话。
"""
ROAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'
CASES = {
    "casegen.yml": "title: 试验案例集\n",
    "cases/a.md": case_text("第一篇", LONG + NOTED, metrics="[种植面积: 300亩]"),
    "cases/b.md": case_text("第二篇", LONG + NOTED, tags="[水苔]"),
    "cases/d.md": case_text("第四篇", LONG + "\n\n又见[第一篇](a.md)。", categories="[人才]"),
    "cases/road.svg": ROAD,
}
CUT = Limits(whole=0, piece=5_500)


def book_of(folder: Project) -> Any:
    materials = gathering.gather_materials(*projects.load_project(folder.root)).materials
    (book,), _ = list_books(materials, Wish())
    return book.render


@pytest.fixture(scope="session")
def read(shared):
    """The book set at once, and bound of pieces."""

    def make(root: Path) -> None:
        render = book_of(Project(root).write(CASES))
        (root / "whole.pdf").write_bytes(render())
        (root / "bound.pdf").write_bytes(render(CUT))

    root = shared("bound", make)
    return pypdf.PdfReader(root / "whole.pdf"), pypdf.PdfReader(root / "bound.pdf")


def outline_of(reader: pypdf.PdfReader) -> list[tuple[int, str, int | None]]:
    def walk(entries: list[Any], depth: int) -> Iterator[tuple[int, str, int | None]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, entry.title, reader.get_destination_page_number(entry)

    return list(walk(reader.outline, 0))


def links_of(reader: pypdf.PdfReader) -> list[tuple[Any, ...]]:
    """The page of each link, where on it the link is, where it leads and what it says of that."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}
    names = {name: numbers[goal.page.idnum] for name, goal in reader.named_destinations.items()}
    found = []
    for at, page in enumerate(reader.pages):
        for note in (each.get_object() for each in page.get("/Annots", ())):
            action = note.get("/A", {})
            goal = (note.get("/Dest") or action.get("/D") or action["/URI"]).get_object()
            if isinstance(goal, list):
                goal = numbers[list.__getitem__(goal, 0).idnum]
            place, said = tuple(map(int, note["/Rect"])), note.get("/Contents")
            found.append((at, place, str(names.get(goal, goal)), said))
    return found


def tags_of(reader: pypdf.PdfReader) -> list[tuple[object, ...]]:
    """Every tag with its depth, page and text for the blind; every piece of content under one."""
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}

    def walk(element: Any, depth: int, page: int) -> Iterator[tuple[object, ...]]:
        element = element.get_object()
        if isinstance(element, list):
            for each in element:
                yield from walk(each, depth, page)
        elif isinstance(element, dict):
            if "/Pg" in element:
                page = numbers[element.raw_get("/Pg").idnum]
            yield depth, element.get("/S", element.get("/Type")), page, element.get("/Alt")
            if "/MCID" in element:
                yield depth, int(element["/MCID"])
            yield from walk(element.get("/K", pypdf.generic.ArrayObject()), depth + 1, page)
        else:
            yield depth, page, int(element)

    return list(walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], 0, -1))


def roles_of(reader: pypdf.PdfReader) -> list[list[str]]:
    """The tags that each page and each link of it names by number."""
    listed = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tags = {int(listed[at]): listed[at + 1].get_object() for at in range(0, len(listed), 2)}
    found = []
    for page in reader.pages:
        of_page = [tags[page["/StructParents"]]] if "/StructParents" in page else []
        notes = [tags[note.get_object()["/StructParent"]] for note in page.get("/Annots", ())]
        found.append([str(tag.get_object()["/S"]) for row in of_page for tag in row])
        found.append([str(tag["/S"]) for tag in notes])
    return found


def test_a_bound_book_has_the_pages_of_a_whole_one_with_their_texts_and_numbers(read):
    whole, bound = read
    assert bound.page_labels == whole.page_labels
    texts = [[bare(page.extract_text()) for page in reader.pages] for reader in read]
    assert texts[1] == texts[0]
    assert sum("脚注里的话。" in page for page in texts[1]) == 2


def test_outline_and_links_of_a_bound_book_lead_to_the_same_pages(read):
    whole, bound = read
    assert outline_of(bound) == outline_of(whole)
    assert links_of(bound) == links_of(whole)
    depths = {title: depth for depth, title, _ in outline_of(bound)}
    assert (depths["产业"], depths["第一篇"], depths["第二篇"]) == (0, 1, 1)  # a part that is cut


def test_a_bound_book_is_tagged_as_a_whole_one(read):
    whole, bound = read
    assert tags_of(bound) == tags_of(whole)
    assert roles_of(bound) == roles_of(whole)
    assert any("村口的路" in str(tag) for tag in tags_of(bound))
    trees = [reader.trailer["/Root"]["/StructTreeRoot"] for reader in read]
    assert len(trees[1]["/IDTree"]["/Names"]) == len(trees[0]["/IDTree"]["/Names"])


def test_a_bound_book_says_what_it_is(read):
    for reader in read:
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "zh-CN"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title == "试验案例集"
        said = root["/Metadata"].get_data()
        assert b"<pdfuaid:part>1</pdfuaid:part>" in said
        assert f"<xmpTPg:NPages>{len(reader.pages)}<".encode() in said


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
