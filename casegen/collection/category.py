"""category: ways of grouping cases, and the words that name each of them.

Secret: which words an editor may write for a category.
Not here: which categories a collection has (project), which one a figure counts in (totals).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Category:
    """A way of grouping cases: key (ASCII, in addresses), name, colour, introduction, order."""

    key: str
    name: str
    color: str = ""
    intro: str = ""
    order: int = 0


CATEGORIES = (
    Category("industry", "产业", order=1),
    Category("talent", "人才", order=2),
    Category("culture", "文化", order=3),
    Category("ecology", "生态", order=4),
    Category("organization", "组织", order=5),
)
USUAL_WORDS = {
    word: each for each in CATEGORIES for word in (each.key, each.name, f"{each.name}振兴")
}


def list_category_words(categories: Iterable[Category]) -> dict[str, str]:
    """Return the key of a category for every word that names it: 产业, 产业振兴, industry."""
    known: dict[str, str] = {}
    usual = {each.key: each.name for each in CATEGORIES}
    for each in categories:
        short = usual.get(each.key, each.name)
        for name in (each.name, each.key, each.key.lower(), short, f"{short}振兴"):
            known.setdefault(name, each.key)
    return known
