"""page: a hand-written page: its title, its text without the title, the files it refers to.

Secret: which heading of a page is its title.
Not here: where a page stands on the site (editions.site), whether its files are there (media).
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from casegen.body.prose import Prose, parse_body
from casegen.collection.references import Kind, resolve
from casegen.source.document import Document

Reference: TypeAlias = tuple[str, str]  # as written, path in the project


@cache
def _parsed(body: str) -> Prose:
    return parse_body(body)


def title_of(page: Document) -> str:
    """Title of a hand-written page: as given, else its first heading, else its name."""
    found = _parsed(page.body).headings
    heading = found[0].text if found else page.path.rpartition("/")[2].rpartition(".")[0]
    return _given_title(page) or heading


def prose_of(page: Document) -> Prose:
    """What a hand-written page's Markdown holds, but for the heading that is its title."""
    return _parsed(body_of(page))


def body_of(page: Document) -> str:
    """A page's Markdown without the heading that is its title, lines as they were numbered."""
    found = _parsed(page.body).headings
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


def references_of(page: Document) -> tuple[Reference, ...]:
    """The destinations in a hand-written page that mean a file of the project."""
    found = {}
    for reference in prose_of(page).references:
        lead = resolve(reference.href, page.path)
        if lead.kind is Kind.FILE:
            found[reference.href] = lead.path
    return tuple(found.items())
