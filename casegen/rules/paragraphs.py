"""paragraphs: the lines of a body as they are written, in runs without an empty line.

Secret: which lines are code or a comment, and where a pasted table ends beside a sentence.
Not here: what is wrong with the lines (pasting, misread, copied).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

SHOWN = 40  # characters of a line that a message quotes
# The beginning of a line that Markdown takes for more than text.
STRUCTURE = re.compile(r"\s*(?:#{1,6}\s|[-*+]\s|\d{1,9}[.)]\s|>|\||`{3,}|~{3,}|!\[|\[\^)|[ ]{4}|\t")
# A line that makes a heading of the text above it.
UNDERLINE = re.compile(r" {0,3}(?:-{2,}|={2,})\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the body: where it begins, and its text."""

    start: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """Where the line begins and ends in the body."""
        return self.start, self.start + len(self.text)


@lru_cache(maxsize=2)
def list_paragraphs(body: str) -> tuple[Sequence[Line], ...]:
    """Return runs of lines that are not empty, outside code and comments; many rules ask."""
    return tuple(_cut_paragraphs(body))


def _cut_paragraphs(body: str) -> Iterator[Sequence[Line]]:
    run: list[Line] = []
    fence = ""
    comment = False
    at = 0
    for text in body.split("\n"):
        line, at = Line(at, text), at + len(text) + 1
        mark = re.match(r" {0,3}(`{3,}|~{3,})", text)
        if comment or fence or mark or "<!--" in text:
            if run:
                yield run
                run = []
            if "<!--" in text or comment:
                comment = "-->" not in text
            elif mark:
                fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
            continue
        if text.strip():
            if run and is_tabbed(text) != is_tabbed(run[-1].text) and "|" not in text:
                yield run  # a table pasted directly below or above a sentence
                run = []
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def is_tabbed(text: str) -> bool:
    """Return whether a line has a tab between its texts, as a row of a pasted table."""
    return "\t" in text.strip()
