"""terms: fixed terms of policy, and how they are corrupted in manuscripts.

Secret: where the list comes from, and that it grows with the project's own.
Not here: where they stand in a text (rules.proofreading).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

Pair = tuple[str, str]  # wrong, right


def list_corrections(own: Iterable[Pair] = ()) -> tuple[Pair, ...]:
    """Wrong and right of every known term; `own` comes first and may overrule the list."""
    every = dict(_built_in())
    every.update(own)
    return tuple((wrong, right) for wrong, right in every.items() if wrong != right)


@cache
def _built_in() -> tuple[Pair, ...]:
    text = files("casegen").joinpath("data", "terms.json").read_text(encoding="utf-8")
    return tuple((wrong, row[0]) for wrong, row in json.loads(text)["terms"].items())
