"""leaves: the files that show the body of a case: its page and its Markdown copy.

Secret: what of a page comes from the body. The rest of the page is made of outlines
(collection.outline) and stays the same when only the body changes, so it is cached (`Leaf`).
Not here: the rest of the page (pages), which part of a body is searched (search).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from casegen import __version__
from casegen.body.prose import Heading as BodyHeading
from casegen.body.template import Template, split_opening
from casegen.collection.case import Case
from casegen.editions.site import theme
from casegen.editions.site.components import Heading
from casegen.editions.site.copies import make_copy
from casegen.editions.site.view_digest import digest_value
from casegen.editions.site.views import CasePage
from casegen.output import Artifact

LEAF = "leaf "  # prefix of a case's path: the name under which its leaf is cached


@dataclass(frozen=True)
class Leaf:
    """A case's page without the body, and the searched text (search.list_texts) without its end.

    `number` is that of the case's text in the search.
    """

    page: CasePage
    searched: tuple[str, ...]
    number: int


def make_stamp(look: theme.Theme) -> str:
    """Return what every page depends on besides its view: theme and version."""
    return digest_value((__version__, look.digest))


def list_leaf_files(
    leaf: Leaf, case: Case, look: theme.Theme, words: Mapping[str, str], stamp: str
) -> Iterator[Artifact]:
    """Yield the page and the Markdown copy of a case."""
    view = fill_page(leaf.page, case)
    yield Artifact(
        view.path,
        digest_value(("case.html", view, stamp)),
        partial(theme.render_view, look, "case.html", view),
        {LEAF + case.path: leaf},
    )
    yield make_copy(case, view, words, stamp)


def fill_page(page: CasePage, case: Case) -> CasePage:
    """Return the page with the body; the rows of its metrics say which sentences are marked."""
    marks: dict[int, list[str]] = {}
    for row in sorted(page.metrics, key=lambda row: row.position):
        sentence = case.metrics[row.position].evidence
        if row.anchor and sentence is not None:
            marks.setdefault(sentence, []).append(row.anchor)
    opening, rest = split_cover(case)
    return replace(
        page,
        headings=list_headings(case.prose.headings),
        body=case.body,
        html=rest,
        evidence=tuple((number, tuple(ids)) for number, ids in sorted(marks.items())),
        opening=opening,
    )


def split_cover(case: Case) -> tuple[Template | None, Template]:
    """Return the figure at the start of the body if it shows the cover, and the remaining text."""
    for written, path in case.references:
        if path == case.cover and (found := split_opening(case.html, written)):
            return found
    return None, case.html


def list_headings(found: Sequence[BodyHeading]) -> tuple[Heading, ...]:
    """Return the contents list: headings of the first two levels."""
    return tuple(Heading(h.level, h.text, h.anchor) for h in found if h.level <= 3)
