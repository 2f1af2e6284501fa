"""leads: where the links and images of a body lead, in a book.

Secret: a link to a case of the same book becomes a reference to its page, a link to another host an
address; of a link to any other file of the project only the text stays, since a book holds no
files.
Not here: which addresses are allowed (body.destination).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markdown_it.common.normalize_url import normalizeLink

from casegen.body.link_kinds import clean_href, find_kind
from casegen.body.prose import Reference
from casegen.editions.book.blocks import Lead


def find_leads(
    references: Iterable[Reference],
    files: Sequence[tuple[str, str]],
    plates: Mapping[str, str],
    slugs: Mapping[str, str],
) -> Mapping[str, Lead]:
    """Return the lead of each destination, as written.

    `files` pairs destinations with the project's files they mean, `plates` the paths of pictures
    with their names, `slugs` the paths of the book's cases with their slugs.
    """
    found: dict[str, Lead] = {}
    paths = dict(files)
    for reference in references:
        href = reference.href
        if href in paths:
            path = paths[href]
            found[href] = Lead(name=plates.get(path, ""), case=slugs.get(path, ""))
        elif find_kind(href) == "external":
            found[href] = Lead(href=normalizeLink(clean_href(href)))
    return found
