"""The pieces of a book, bound: it reads as the book that is set at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from book.printed import CASES, CUT, book_of
from book.reading import bare
from projects import Project

from casegen.editions.book import binding


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


@pytest.fixture(scope="session")
def read(shared):
    """The book set at once, and bound of pieces."""

    def make(root: Path) -> None:
        render = book_of(Project(root).write(CASES))
        (root / "whole.pdf").write_bytes(render())
        (root / "bound.pdf").write_bytes(render(CUT))

    root = shared("bound", make)
    return pypdf.PdfReader(root / "whole.pdf"), pypdf.PdfReader(root / "bound.pdf")


@pytest.mark.long
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


def test_a_piece_that_is_closed_at_once_gives_the_same_book(tmp_path):
    folder = Project(tmp_path).write({"casegen.yml": "title: 试验案例集\n", **CASES})
    assert folder.start("book").exit_code == 0
    place = tmp_path / "book" / "book.pdf"
    pieces = [binding.Piece(place, 0, len(pypdf.PdfReader(place).pages))] * 2
    closed = binding.bind_pieces(pieces, {})
    assert closed == binding.bind_pieces(pieces, {}, held=0)
    assert len(pypdf.PdfReader(io.BytesIO(closed)).pages) == 2 * pieces[0].end
