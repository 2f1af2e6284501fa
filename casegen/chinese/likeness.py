"""likeness: which known word a wrong one probably means.

Secret: how likeness is measured, and from where on a word is worth a question.
Not here: what else is known of a word (its place, its title), and the other words of a hint.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def find_like(name: str, known: Iterable[str], cutoff: float = 0.5, most: int = 1) -> list[str]:
    """Return the known words most like `name`, the best one first; none that is like it: [].

    `cutoff` is the least likeness, from 0 to 1: twice the number of equal characters among all.
    """
    return get_close_matches(name, list(known), n=most, cutoff=cutoff)


def suggest(name: str, known: Iterable[str], cutoff: float = 0.5) -> str:
    """Return a Chinese question with the known word most like `name`; "" if none is like it."""
    close = find_like(name, known, cutoff)
    return f"是不是“{close[0]}”？" if close else ""
