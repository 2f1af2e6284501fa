"""struck: words of a page that are struck out: told, and read neither as text nor as figures.

Secret: how HTML marks such words, and what takes their place, so that every offset stays.
Not here: words struck out in Word files (revision).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from casegen.importers.markdown import tidy_text

_TAG = re.compile(r"<(/?)(del|s|strike|span|font|em|i)(\s[^<>]{0,9999})?>", re.IGNORECASE)
_STRIKES = frozenset({"del", "s", "strike"})
_LINE = "line-through"  # of the style text-decoration
# An end tag without its start shows nothing and ends nothing.
_EMPTY = "</i", ">"


def hide_struck(html: str) -> tuple[str, tuple[str, ...]]:
    """Return a page with an end tag of the same length for all struck words, and what they were."""
    told: list[str] = []
    pieces: list[str] = []
    at = 0
    for start, end in sorted(_find_struck(html)):
        if start < at:  # within other struck words
            continue
        inside = tidy_text(re.sub("<[^<>]*>", "", html[start:end]))
        if inside:
            told.append(f"划掉的字没有写进正文：“{inside}”，仍有效的请补上")
        left, right = _EMPTY
        pieces += [html[at:start], left, " " * (end - start - len(left) - len(right)), right]
        at = end
    return "".join((*pieces, html[at:])), tuple(told)


def _find_struck(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each element of struck words begins and ends; one without an end is none."""
    opened: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for tag in _TAG.finditer(html):
        ends, name, written = tag[1], tag[2].lower(), tag[3] or ""
        if not ends:
            struck = name in _STRIKES or _LINE in written.lower()
            opened[name].append((tag.start(), struck))
        elif opened[name]:
            start, struck = opened[name].pop()
            if struck:
                yield start, tag.end()
