"""word_lists: the word lists (data/prose.json): headings and their entries, as patterns.

Secret: where the lists are, how entries become one pattern, and that 一-龥 in an entry means every
Chinese character.
Not here: what a list is used for (achievement, figures, nouns).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from casegen.chinese.characters import HAN

_ANY_CHARACTER = "一-龥"


@cache
def load_words() -> Mapping[str, Any]:
    """Return the word lists: heading -> entries, each a pattern."""
    lists: dict[str, Any] = json.loads(allow_any_character(_read_text()))
    return lists


def allow_any_character(patterns: str) -> str:
    """Return patterns with all ranges of Chinese characters for the sign that stands for them."""
    return patterns.replace(_ANY_CHARACTER, HAN)


@cache
def _load_as_written() -> Mapping[str, Any]:
    lists: dict[str, Any] = json.loads(_read_text())
    return lists


def _read_text() -> str:
    return files("casegen").joinpath("data/prose.json").read_text("utf-8")


@cache
def match_any(*headings: str) -> str:
    """Return one pattern that matches any entry under these headings, the longer ones first."""
    lists = _load_as_written()
    # Sorted as written in the file: there, a class of characters is a few letters long.
    entries = sorted((e for heading in headings for e in lists[heading]), key=len, reverse=True)
    return "(?:" + allow_any_character("|".join(entries)) + ")"
