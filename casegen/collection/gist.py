"""gist: a few numbers by which two texts that are nearly the same are recognized.

Secret: how a text is cut into overlapping pieces, and which hashes represent it (MinHash with
one function: A. Broder, On the resemblance and containment of documents, 1997).
Not here: how similar two texts must be (rules.duplicates).
"""

from __future__ import annotations

import heapq
import re
import zlib
from dataclasses import dataclass

KEPT = 32  # numbers that represent a text
_PIECE = 8  # letters of a piece
_LEAST = 100  # letters; shorter texts are stubs, and stubs are similar to each other
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Gist:
    """What of a case is asked to find near copies: its numbers are those of `make_gist`.

    `line` is that of the body, from 1; `title` is folded for comparison.
    """

    path: str
    title: str
    status: str
    line: int
    numbers: tuple[int, ...]


def make_gist(text: str) -> tuple[int, ...]:
    """Return the smallest hashes of a text's pieces, sorted; () for a text too short to compare."""
    letters = _NO_LETTER.sub("", text)
    if len(letters) < _LEAST:
        return ()
    data = memoryview(letters.encode("utf-32-le"))
    size = 4 * _PIECE
    hashes = {zlib.crc32(data[at : at + size]) for at in range(0, len(data) - size + 1, 4)}
    return tuple(heapq.nsmallest(KEPT, hashes))


def compare_gists(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the estimated share of pieces that two texts have in common, from 0 to 1."""
    both = heapq.nsmallest(KEPT, {*one, *other})
    shared = set(one) & set(other)
    return sum(number in shared for number in both) / len(both) if both else 0.0
