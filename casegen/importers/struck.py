"""struck: words of a page that are struck out: told, and read neither as text nor as figures.

Secret: how HTML marks such words, and what takes their place, so that every offset stays.
Not here: words struck out in Word files (revision).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from casegen.importers.markdown import tidy_text

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})(\s[^<>]{0,9999})?>", re.IGNORECASE)
_STRIKES = frozenset({"del", "s", "strike"})
_LINE = "line-through"  # of the style text-decoration
# Without these a row would lack a cell, and the next ones would move.
_CELLS = frozenset({"td", "th"})
_NEVER = frozenset({"html", "body", "head", "br", "img", "hr", "input", "col", "link", "meta"})
_SHEET = re.compile(r"<style\b[^<>]{0,999}>(?:\s{0,99}<!--)?(?P<rules>[^<]*)", re.IGNORECASE)
# .old, span.old and p .old: a rule for what has this class.
_OF_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]{0,60})$")
_CLASS = re.compile(
    r"\bclass\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.IGNORECASE
)
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
            told.append(tell_struck(inside))
        left, right = _EMPTY if end - start > len("".join(_EMPTY)) else ("", "")
        pieces += [html[at:start], left, " " * (end - start - len(left) - len(right)), right]
        at = end
    return "".join((*pieces, html[at:])), tuple(told)


def tell_struck(words: str) -> str:
    """Return what the report says of struck words (Chinese)."""
    return f"划掉的字没有写进正文：“{words}”，仍有效的请补上"


def _find_struck(html: str) -> Iterator[tuple[int, int]]:
    """Yield where each element of struck words begins and ends; one without an end is none.

    Of a cell, where its words do.
    """
    classes = _list_classes(html)
    opened: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for tag in _TAG.finditer(html):
        ends, name, written = tag[1], tag[2].lower(), tag[3] or ""
        if name in _NEVER or written.endswith("/"):
            continue
        inside = name in _CELLS
        if not ends:
            struck = name in _STRIKES or _LINE in written.lower() or _has_class(written, classes)
            opened[name].append((tag.end() if inside else tag.start(), struck))
        elif opened[name]:
            start, struck = opened[name].pop()
            end = tag.start() if inside else tag.end()
            if struck:
                yield start, end


def _list_classes(html: str) -> frozenset[str]:
    """Return the classes that the style sheets in a page strike out."""
    found: set[str] = set()
    for sheet in _SHEET.finditer(html):
        for rule in sheet["rules"].split("}"):
            names, _, style = rule.rpartition("{")
            if _LINE in style.lower():
                last = (_OF_CLASS.search(name.strip()) for name in names.split(","))
                found |= {name[1] for name in last if name}
    return frozenset(found)


def _has_class(written: str, classes: frozenset[str]) -> bool:
    found = _CLASS.search(written) if classes else None
    said = next(filter(None, found.groups()), "") if found else ""
    return not classes.isdisjoint(said.split())
