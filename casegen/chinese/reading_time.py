"""reading_time: how long a text takes to read.

Secret: the rates, and what counts as a character or a word.
Not here: how it is shown (the theme's words).
"""

from __future__ import annotations

import re

from casegen.chinese.characters import HAN

CHARACTERS_A_MINUTE = 400
WORDS_A_MINUTE = 238

_CHINESE = re.compile(f"[{HAN}]+")
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+(?:[.,'’-][0-9A-Za-z\u00c0-\u024f]+)*")
_DESTINATION = re.compile(r"\]\([^)\s]*")


def count_minutes(text: str) -> int:
    """Return the whole minutes that reading a text or a body in Markdown takes, at least 1.

    Chinese characters at 400 a minute: between what the national curriculum standard for Chinese
    (义务教育语文课程标准, 2022) asks of silent readers in years 5 to 6 (300) and 7 to 9 (500).
    Latin words and figures at 238, the mean for English non-fiction (Brysbaert 2019, Journal of
    Memory and Language 109). Punctuation and the destinations of links take no time.
    """
    shown = _DESTINATION.sub("]", text)
    characters = sum(map(len, _CHINESE.findall(shown)))
    words = len(_WORD.findall(shown))
    return max(1, round(characters / CHARACTERS_A_MINUTE + words / WORDS_A_MINUTE))
