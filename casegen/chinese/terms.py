"""terms: fixed terms of policy and names of offices, and how they are misspelled in manuscripts.

Secret: where the lists come from, that a project's own terms are added, and how exactly the sound
of a term must agree.
Not here: finding them in a text (rules.proofreading).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from casegen.chinese.shapes import find_similar
from casegen.chinese.sounds import Alike, find_alike

Pair = tuple[str, str]  # wrong, right
_EXACT = frozenset(["一村一品", "四个不摘"])  # 一村一屏 and 四个不在 are other words


def list_corrections(own: Iterable[Pair] = ()) -> tuple[Pair, ...]:
    """Return wrong and right form of every known term; `own` comes first and overrides the list."""
    every = {wrong: row[0] for wrong, row in _load_lists()["terms"].items()}
    every.update(own)
    return tuple((wrong, right) for wrong, right in every.items() if wrong != right)


def find_misheard(text: str, key: str) -> Iterator[Alike]:
    """Yield what sounds or looks like a term of a list, `sounds` or `offices`, and is not it."""
    loose, exact = _split_by_certainty(key)
    told = list(find_alike(text, loose, loose=True))
    told += find_alike(text, exact)
    yield from told
    for each in find_similar(text, loose | exact):
        if all(each.end <= other.start or other.end <= each.start for other in told):
            yield each


@cache
def _split_by_certainty(key: str) -> tuple[frozenset[str], frozenset[str]]:
    every = frozenset(_load_lists()[key])
    return every - _EXACT, every & _EXACT


@cache
def _load_lists() -> Mapping[str, Mapping[str, Any]]:
    text = files("casegen").joinpath("data", "terms.json").read_text(encoding="utf-8")
    lists: dict[str, dict[str, Any]] = json.loads(text)
    return lists
