"""language: marks for Chinese content on pages in another language.

Secret: which stretches of a text are Chinese, with figures and punctuation beside them.
Not here: the words of each language (theme).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from casegen.chinese.characters import HAN, PUNCTUATION, holds_chinese

_CHINESE = re.compile(
    rf"(?:[0-9][0-9.,%]{{0,30}}|[“‘《（])?[{HAN}](?:[^A-Za-z]*[{HAN}{PUNCTUATION}])?"
)


def is_chinese(lang: str) -> bool:
    """Return whether a language tag means Chinese."""
    return lang.lower().partition("-")[0] == "zh"


def mark_language(text: str) -> Markup:
    """Return the attribute that names the language of Chinese text; "" for other text."""
    return Markup(' lang="zh-CN"') if holds_chinese(text) else Markup()


def mark_nothing(_text: str) -> Markup:
    """Return no attribute: the page itself is already marked as Chinese."""
    return Markup()


def mark_runs(text: str) -> Markup:
    """Return a text of two languages with each run of Chinese in a span that names its language."""
    pieces: list[str] = []
    at = 0
    for found in _CHINESE.finditer(text):
        pieces += (escape(text[at : found.start()]), Markup('<span lang="zh-CN">'))
        pieces += (escape(found.group()), Markup("</span>"))
        at = found.end()
    return Markup().join([*pieces, escape(text[at:])])
