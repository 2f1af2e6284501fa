"""variants: traditional characters and their simplified forms.

Secret: where the pairs come from (OpenCC).
Not here: which text is converted, and when (the theme's meant.js, source.schema).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

FIRST, LAST = 0x3400, 0x9FFF  # the Chinese characters of common use


@cache
def map_to_simplified() -> Mapping[str, str]:
    """Return each traditional character with its simplified form, one for one, without context."""
    convert = _converter()
    characters = map(chr, range(FIRST, LAST + 1))
    pairs = {written: convert(written) for written in characters}
    return {written: plain for written, plain in pairs.items() if plain != written}


def simplify(text: str) -> str:
    """Return a text in simplified characters."""
    return _converter()(text)


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 loading it takes a tenth of a second

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
