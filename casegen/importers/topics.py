"""topics: which of the five categories a manuscript belongs to, and which words show it.

Secret: the words that count for each category.
Not here: which categories a collection has (project), what a category is called (collection.case).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casegen.importers.manuscript import read_words

LEAST = 0.12  # of the highest score; below it a category is not suggested
HEADING = 4  # a word in a heading or title counts as much as four in the text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category's key and the words that count for it, the most frequent first."""

    key: str
    words: tuple[str, ...]


@cache
def load_words() -> Mapping[str, tuple[str, ...]]:
    """Return the words that count for each category, by its key."""
    return {key: tuple(every) for key, every in read_words("categories").items()}


def suggest_categories(headings: Sequence[str], text: str) -> tuple[Suggestion, ...]:
    """Return the categories for which words of a manuscript count, the strongest first."""
    head = "\n".join(headings)
    scores: dict[str, int] = {}
    spoken: dict[str, list[str]] = {}
    for key, every in load_words().items():
        counts = {w: text.count(w) + (HEADING - 1) * head.count(w) for w in every}
        scores[key] = sum(min(count, 8) for count in counts.values())
        spoken[key] = sorted((w for w in counts if counts[w]), key=lambda w: -counts[w])
    top = max(scores.values())
    chosen = sorted(
        (k for k in scores if top and scores[k] >= max(LEAST * top, 2)), key=lambda k: -scores[k]
    )
    return tuple(Suggestion(key, tuple(spoken[key][:5])) for key in chosen)


def find_category(text: str, among: Sequence[str]) -> str:
    """Return the category, of those given, that a sentence counts for; "" where none does."""
    scores = {key: sum(text.count(w) for w in load_words().get(key, ())) for key in among}
    best = max(scores, key=lambda k: scores[k], default="")
    return best if best and scores[best] else ""
