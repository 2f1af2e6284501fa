"""characters: which characters are Chinese, and which are as wide as these.

Secret: the ranges of Unicode that hold Chinese characters, and those that hold Chinese punctuation.
Not here: what a text of such characters says (the other modules of this package).

The scripts of the site have the same ranges in one place of their own (themes/default/assets).
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# Ranges for a character class: 〇々, the unified ideographs with extensions, the compatibility
# ideographs (Unicode 16, blocks.txt).
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# Characters set without spaces beside them: radicals, punctuation, full-width forms, dashes,
# quotes.
PUNCTUATION = "\u2e80-\u2fdf\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201d\u2026"

_HAN = re.compile(f"[{HAN}]")


def is_wide(char: str) -> bool:
    """Return whether a character is set as wide as a Chinese one, by Unicode's annex 11."""
    return east_asian_width(char) in "WFA"


def holds_chinese(text: str) -> bool:
    """Return whether a text has a Chinese character."""
    return _HAN.search(text) is not None
