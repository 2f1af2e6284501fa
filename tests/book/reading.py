"""Books read back: the text of each form, as a reader's program finds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pypdf


def bare(text: str) -> str:
    """Text without white space, for lines break elsewhere in each form."""
    return re.sub(r"\s+", "", text)


def text_of_pdf(path: Path, heads: Iterable[str] = ()) -> str:
    """All text of a PDF without running heads and numbers of pages, white space left out."""
    running = {bare(head) for head in heads}
    kept = []
    for page in _lines_of(path, path.stat().st_mtime_ns):
        lines = [line for line in map(bare, page) if line]
        if lines and lines[0] in running:
            lines = lines[1:]
        if lines and re.fullmatch(r"[0-9]+|[ivxl]+", lines[-1]):
            lines = lines[:-1]
        kept += lines
    return "".join(kept)


@cache
def _lines_of(path: Path, _modified: int) -> tuple[tuple[str, ...], ...]:
    """The lines of each page; read once as long as the file is not written again."""
    pages = pypdf.PdfReader(path).pages
    return tuple(tuple(page.extract_text().splitlines()) for page in pages)


def structure(reader: pypdf.PdfReader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every element of the tag tree with its role, in order."""
    yield from elements_of(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def elements_of(held: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every element in a part of the tag tree with its role, in order."""

    def walk(element: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        found = element.get_object() if hasattr(element, "get_object") else element
        if isinstance(found, list):
            for part in found:
                yield from walk(part)
        elif isinstance(found, dict):
            if "/S" in found:
                yield str(found["/S"]), found
            if "/K" in found:
                yield from walk(found["/K"])

    yield from walk(held)


def text(folder, name="book.pdf"):
    return text_of_pdf(folder.root / "book" / name, ("试验案例集", "第一篇", "第二篇"))
