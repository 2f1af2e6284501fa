"""Language: Chinese content on pages in another language, and how it says so.

Secret: which stretches of a text are Chinese, figures and punctuation beside them included.
Not here: the words of each language (theme).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_HAN = "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ENDS = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u2018-\u201d\u2026\U00020000-\U0003ffff]"
_CHINESE = re.compile(rf"(?:[0-9][0-9.,%]*|[“‘《（])?{_HAN}(?:[^A-Za-z]*{_ENDS})?")


def is_chinese(lang: str) -> bool:
    """Whether a language tag means Chinese."""
    return lang.lower().partition("-")[0] == "zh"


def holds_chinese(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return re.search(_HAN, str(text)) is not None


def mark(text: str) -> Markup:
    """The attribute that names the language of Chinese text; nothing for other text."""
    return Markup(' lang="zh-CN"') if holds_chinese(text) else Markup()


def unmarked(_text: str) -> Markup:
    """Nothing: where the page's own language is Chinese."""
    return Markup()


def mixed(text: str) -> Markup:
    """A text of two languages, each run of Chinese in a span that says so."""
    pieces: list[str] = []
    at = 0
    for found in _CHINESE.finditer(text):
        pieces += (escape(text[at : found.start()]), Markup('<span lang="zh-CN">'))
        pieces += (escape(found.group()), Markup("</span>"))
        at = found.end()
    return Markup().join([*pieces, escape(text[at:])])
