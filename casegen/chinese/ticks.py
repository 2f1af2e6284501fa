"""ticks: lines of forms with boxes (☑产业振兴 □人才振兴): which words are ticked, which are not.

Secret: the marks of ticked and empty boxes, and on which side of its words a mark stands.
Not here: which label such a line belongs to (labels), what the words mean (finding).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TICKED = "☑☒√✓✔■▣●◉🗹"
_EMPTY = "□☐○◯▢"
_MARK = re.compile(
    rf"(?P<ticked>[(（\[【]\s{{0,9}}[{_TICKED}]\s{{0,9}}[)）\]】]|[{_TICKED}])"
    rf"|[(（\[【]\s{{0,9}}[{_EMPTY}]?\s{{0,9}}[)）\]】]|[{_EMPTY}]"
)
_BETWEEN = re.compile(r"[\s、，,；;/]+")


@dataclass(frozen=True, slots=True)
class Ticked:
    """The words of a line with boxes: the ticked ones, and the others."""

    words: tuple[str, ...]
    others: tuple[str, ...]


def has_boxes(text: str) -> bool:
    """Return whether a text has two boxes or more, ticked or empty."""
    return len(_MARK.findall(text)) > 1


def is_choice(text: str) -> bool:
    """Return whether a text has a ticked box and an empty one, so that its marks say a choice."""
    ticked = {bool(mark["ticked"]) for mark in _MARK.finditer(text)}
    return len(ticked) > 1


def read_ticks(text: str) -> Ticked | None:
    """Return the words of a line with boxes; None for a line without any.

    A box stands before its words, or behind them where the line begins with words.
    """
    marks = list(_MARK.finditer(text))
    if not marks:
        return None
    before = not text[: marks[0].start()].strip()
    words: list[str] = []
    others: list[str] = []
    for n, mark in enumerate(marks):
        if before:
            end = marks[n + 1].start() if n + 1 < len(marks) else len(text)
            said = _split_words(text[mark.end() : end])
        else:
            start = marks[n - 1].end() if n else 0
            said = _split_words(text[start : mark.start()])[::-1]
        (words if mark["ticked"] else others).extend(said[:1])
        others += said[1:]
    return Ticked(tuple(words), tuple(others))


def _split_words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]
