"""htmltree: the text of a page, or of a piece of one, as a tree of elements.

Secret: what the parser of lxml cannot hold, and where it stops without an error.
Not here: elements as blocks (hypertext), which of them are the article (web).
"""

from __future__ import annotations

import re
from typing import Any


def clean_html(html: str) -> str:
    """Return the page without characters that an element tree cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", html)


class TooDeepError(Exception):
    """A page whose elements are nested so deeply that its parser stops, and loses what follows."""


def parse_html(html: str) -> Any:
    """Parse a page or a piece of one as an element tree; nothing outside it is loaded.

    Raises TooDeepError for more than some 2,000 elements inside one another.
    """
    root, whole = _parse(html, huge=True)
    if not whole:
        raise TooDeepError
    return root


def fits_usual_limits(html: str) -> bool:
    """Return whether a parser with its usual limits (256 levels, 10 MB) reads the whole page."""
    return _parse(html, huge=False)[1]


def _parse(html: str, *, huge: bool) -> tuple[Any, bool]:
    """Return the tree of a page, and whether it is the whole page."""
    from lxml import html as lxml_html  # noqa: PLC0415 - comes with the extra `import`

    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=huge
    )
    clean = clean_html(html)
    root = lxml_html.document_fromstring(
        f"<html><body>{clean}</body></html>".encode()
        if not re.search("<(?:html|head|title)\\b", clean[:2000], re.IGNORECASE)
        else clean.encode(),
        parser=parser,
    )
    # Where a limit is passed, the parser returns what it has read so far, and no error.
    return root, not len(parser.error_log.filter_from_fatals())
