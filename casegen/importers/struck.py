"""struck: words of a page that are struck out: told, and read neither as text nor as figures.

Secret: how HTML marks such words, and what takes their place, so that every offset stays.
Not here: words struck out in Word files, which stay in the text (revision).
"""

from __future__ import annotations

import re

from casegen.importers.markdown import tidy_text

_STRUCK = re.compile(
    r"<(?P<tag>del|s|strike)(?:\s[^<>]*)?>(?P<inside>(?:(?!<(?P=tag)[\s>]).){0,9999}?)</(?P=tag)\s*>"
    r"|<(?P<look>span|font|em|i)\s[^<>]*text-decoration(?:-line)?\s*:[^<>\"';]*line-through[^<>]*>"
    r"(?P<words>(?:(?!<(?P=look)[\s>]).){0,9999}?)</(?P=look)\s*>",
    re.DOTALL | re.IGNORECASE,
)


def hide_struck(html: str) -> tuple[str, tuple[str, ...]]:
    """Return a page with an end tag of the same length for all struck words, and what they were."""
    told: list[str] = []

    def hide(found: re.Match[str]) -> str:
        inside = tidy_text(re.sub("<[^<>]*>", "", found["inside"] or found["words"] or ""))
        if inside:
            told.append(f"划掉的字没有写进正文：“{inside}”，仍有效的请补上")
        # An end tag without its start shows nothing and ends nothing.
        return "</i" + " " * (len(found[0]) - 4) + ">"

    return _STRUCK.sub(hide, html), tuple(told)
