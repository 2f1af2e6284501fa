"""word_lists: the word lists (data/prose.json): headings and their entries, as patterns.

Secret: where the lists are and how entries become one pattern.
Not here: what a list is used for (achievement, figures, nouns).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_words() -> Mapping[str, Any]:
    """Return the word lists: heading -> entries, each a pattern."""
    text = files("casegen").joinpath("data/prose.json").read_text("utf-8")
    lists: dict[str, Any] = json.loads(text)
    return lists


@cache
def match_any(*headings: str) -> str:
    """Return one pattern that matches any entry under these headings, the longer ones first."""
    entries = [entry for heading in headings for entry in load_words()[heading]]
    return "(?:" + "|".join(sorted(entries, key=len, reverse=True)) + ")"
