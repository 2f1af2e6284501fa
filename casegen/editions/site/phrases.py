"""phrases: where the lines of a title or a text may break on a page.

Secret: the marks after which a phrase ends, and how long a quotation stays on one line.
Not here: a number and its unit on one line (body.html), how a page looks (the theme's style.css).
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from casegen.body.html import keep_unbroken as write_unbroken

# Five characters and their marks fit on a line of the largest title on the narrowest phone.
QUOTED = re.compile(r"[“‘「『《][^“”‘’「」『』《》&]{1,5}[”’」』》]")
LONG_PHRASE = 24  # characters
UNBROKEN = r'<span class="nb">\g<0></span>'


def split_phrases(text: str) -> Markup:
    """Return a title in spans that break only between phrases, after ，：；。！？.

    A short quoted passage (“电商直播”, 《村规民约》) is not broken either. A phrase of more than
    LONG_PHRASE characters is no span: it is longer than most lines, and what follows would start on
    a line of its own.
    """
    pieces: list[str] = []
    start = 0
    for at, character in enumerate(text):
        if character in "，：；。！？" and at + 1 < len(text) and text[at + 1] not in "”’』」）》":
            pieces.append(text[start : at + 1])
            start = at + 1
    pieces.append(text[start:])
    spans = (
        written if len(piece) > LONG_PHRASE else f'<span class="ph">{written}</span>'
        for piece in pieces
        if piece
        for written in [QUOTED.sub(UNBROKEN, str(escape(piece)))]
    )
    return Markup("".join(spans))  # noqa: S704 escaped piece by piece


def keep_unbroken(text: str) -> Markup:
    """Return a text in which no line ends before a unit or inside a short quotation."""
    return Markup(QUOTED.sub(UNBROKEN, write_unbroken(text)))  # noqa: S704 escaped there
