"""page: a hand-written page: its title, its text without the title, the files it refers to.

Secret: which heading of a page is its title.
Not here: the address of a page on the site (editions.site), whether its files exist (media).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from casegen.body.prose import Prose, read_body
from casegen.body.template import Template
from casegen.collection.references import Kind, resolve_link
from casegen.source.document import Document

Reference: TypeAlias = tuple[str, str]  # as written, path in the project
KEPT = 256  # most bodies of pages in memory; a collection has a handful


@dataclass(frozen=True, slots=True)
class PageBody:
    """A page's Markdown, parsed once."""

    prose: Prose
    html: Template


@lru_cache(maxsize=KEPT)
def read_page_body(body: str) -> PageBody:
    """Parse the Markdown of a page, for its text and its HTML.

    The last KEPT bodies are remembered.
    """
    read = read_body(body)
    return PageBody(read.prose, read.write_template())


def read_title(page: Document) -> str:
    """Return the title of a hand-written page: as given, else its first heading, else its name."""
    found = read_page_body(page.body).prose.headings
    heading = found[0].text if found else page.path.rpartition("/")[2].rpartition(".")[0]
    return _given_title(page) or heading


def read_prose(page: Document) -> Prose:
    """Return what a hand-written page says, without the heading that is its title."""
    return read_page_body(cut_title(page)).prose


def read_html(page: Document) -> Template:
    """Return the HTML of a page's text, without the heading that is its title."""
    return read_page_body(cut_title(page)).html


def cut_title(page: Document) -> str:
    """Return a page's Markdown with the title's lines emptied, so that line numbers stay."""
    found = read_page_body(page.body).prose.headings
    lines = page.body.split("\n")
    first = next((n for n, line in enumerate(lines, 1) if line.strip()), 0)
    given = _given_title(page)
    if not found or found[0].line != first or (given and found[0].text != given):
        return page.body
    end = first
    if not lines[first - 1].lstrip().startswith("#"):  # a title underlined with === or ---
        end = next(n for n, line in enumerate(lines, 1) if n > first and set(line) & set("=-"))
    return "\n".join([""] * end + lines[end:])


def _given_title(page: Document) -> str:
    return str(page.meta.get("title") or page.meta.get("标题") or "")


def list_references(page: Document) -> tuple[Reference, ...]:
    """Return the destinations in a hand-written page that mean a file of the project."""
    found = {}
    for reference in read_prose(page).references:
        lead = resolve_link(reference.href, page.path)
        if lead.kind is Kind.FILE:
            found[reference.href] = lead.path
    return tuple(found.items())
