"""explanations: every rule in the words of `explain`, without loading the rules themselves.

Secret: where these words are kept between releases: `data/explanations.json`, which
scripts/reference.py writes from the catalogue and a test compares with it.
Not here: the rules and their words (rules).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any


def read_explanations() -> Mapping[str, tuple[str, str]]:
    """By slug each rule's line in the list and its explanation, in the order of the catalogue."""
    place = resources.files("casegen") / "data" / "explanations.json"
    kept: dict[str, Any] = json.loads(place.read_text("utf-8"))
    return {slug: (line, text) for slug, (line, text) in kept.items()}
