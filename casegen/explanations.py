"""explanations: the text of `explain` for every rule, without loading the rules themselves.

Secret: where these texts are kept between releases: `data/explanations.json`, which
scripts/reference.py writes from the catalogue and a test compares with it.
Not here: the rules and their texts (rules).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Any


def read_explanations() -> Mapping[str, tuple[str, str]]:
    """Return each rule's line in the list and its explanation by slug, in the catalogue's order."""
    place = resources.files("casegen") / "data" / "explanations.json"
    kept: dict[str, Any] = json.loads(place.read_text("utf-8"))
    return {slug: (line, text) for slug, (line, text) in kept.items()}
