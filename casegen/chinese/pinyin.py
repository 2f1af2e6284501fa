"""pinyin: Chinese text as an ASCII stem, as a key to sort by, as initials.

Secret: how Chinese is read (a general dictionary, and the place names it gets wrong) and how
stems are kept different.
Not here: which values need a stem and what its address is (editions.site).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Protocol

from casegen.chinese.characters import HAN
from casegen.filenames import is_reserved

_LIMIT = 60
_HEX_DIGITS = (4, 8, 16, 32)
# One run of Chinese characters, of Latin letters and digits for stems, of each for sorting.
_HAN = f"[{HAN}]+"
_WORDS = re.compile(rf"{_HAN}|[a-z0-9]+")
_RUNS = re.compile(rf"{_HAN}|[a-z]+|[0-9]+")


Readings = dict[tuple[str, bool], tuple[str, ...]]  # a run of characters, with tones or without


class _Reader(Protocol):
    def __call__(self, text: str, *, tones: bool = False) -> tuple[str, ...]: ...


@cache
def find_readings() -> Readings:
    """Return the readings so far; those known from an earlier run may be added to them.

    Loading the dictionary takes half a second and reading a title a millisecond: a build that
    knows all readings does neither.
    """
    return {}


def _read_syllables(text: str, *, tones: bool = False) -> tuple[str, ...]:
    known = find_readings()
    if (text, tones) not in known:
        known[text, tones] = _load_reader()(text, tones=tones)
    return known[text, tones]


@cache
def _load_reader() -> _Reader:
    """Return a function from Chinese characters to their syllables (zhong, or zhong1).

    pypinyin is imported on first use, for it takes a fifth of a second. data/pinyin.json holds the
    readings of place names that the dictionary has wrong: {name: "syllable with tone number …"}.
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415
    from pypinyin.contrib.tone_convert import to_tone  # noqa: PLC0415
    from pypinyin.seg.mmseg import seg  # noqa: PLC0415

    source = files("casegen").joinpath("data", "pinyin.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(source)
    # load_phrases_dict would do the same, and then load the whole dictionary a second time.
    for name, text in names.items():
        PHRASES_DICT[name] = [[to_tone(syllable)] for syllable in text.split()]
    seg.train(iter(names))

    def read(text: str, *, tones: bool = False) -> tuple[str, ...]:
        style = Style.TONE3 if tones else Style.NORMAL
        syllables = lazy_pinyin(
            text, style=style, errors="ignore", v_to_u=False, neutral_tone_with_five=tones
        )
        return tuple(plain for syllable in syllables if (plain := _fold_to_ascii(syllable)))

    return read


def _fold_to_ascii(text: str) -> str:
    """Return lower-case ASCII where that is possible: É is e, full-width Ａ is a.

    The rest is kept.
    """
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(char for char in folded if not unicodedata.combining(char))


def _split_words(text: str) -> Iterator[str]:
    for run in _WORDS.findall(_fold_to_ascii(text)):
        if run.isascii():
            yield run
        else:
            yield from _read_syllables(run)


def _join_words(words: Iterable[str], limit: int) -> str:
    """Return the words joined by hyphens, as many as fit; the first is cut if it alone does not."""
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word[:limit]
        if len(longer) > limit:
            break
        stem = longer
    return stem


def make_stem(text: str, limit: int = _LIMIT) -> str:
    """Return a text in [a-z0-9-]: syllables and Latin words joined by hyphens; "" if none is left.

    At most `limit` characters, cut between syllables.
    """
    return _join_words(_split_words(text), limit)


def make_stems(values: Iterable[str], codes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return a stem for each value, unique without regard to case, whatever their order.

    Where several values get one stem, each of them gets its code (a division code, where `codes`
    has one for it) or the first four hexadecimal digits of the blake2b hash of its UTF-8 text,
    more of them while stems still meet. A stem over sixty characters, one that would be empty
    and a device name of Windows have such digits from the start (docs/reference/data.md).
    """
    codes = codes or {}
    words = {value: tuple(_split_words(value)) for value in values}
    endings = {value: _list_stems(value, words[value], codes.get(value, "")) for value in words}
    made = {value: next(endings[value]) for value in words}
    while True:
        counts = Counter(made.values())
        meeting = [value for value in words if counts[made[value]] > 1]
        if not meeting:
            return made
        for value in meeting:
            made[value] = next(endings[value])


def _list_stems(value: str, words: tuple[str, ...], code: str) -> Iterator[str]:
    """Yield the stems that a value may get, the wanted one first."""
    whole = "-".join(words)
    if 0 < len(whole) <= _LIMIT and not is_reserved(whole):
        yield whole
    if code := _join_words(_split_words(code), _LIMIT // 2):
        yield _append_ending(words, code)
    digest = blake2b(
        value.encode("utf-8", "surrogatepass"), digest_size=_HEX_DIGITS[-1] // 2
    ).hexdigest()
    for size in _HEX_DIGITS:
        yield _append_ending(words, digest[:size])


def _append_ending(words: tuple[str, ...], ending: str) -> str:
    room = _join_words(words, _LIMIT - len(ending) - 1)
    return f"{room}-{ending}" if room else ending


def make_sort_key(text: str) -> str:
    """Return a key to sort by plain comparison: pinyin with tones, numbers by value, then the text.

    Digits come before letters, a shorter text before a longer one that begins with it.
    """
    parts: list[str] = []
    for run in _RUNS.findall(_fold_to_ascii(text)):
        if run.isdigit():
            number = run.lstrip("0")
            parts.append(f"0{len(number):03}{number}")
        elif run.isascii():
            parts.append(run)
        else:
            parts += _read_syllables(run, tones=True)
    return f"{' '.join(parts)}\t{text}"


def read_initials(text: str) -> str:
    """Return each syllable's first letter; Latin words and numbers whole: 5G乡村 is 5gxc."""
    return "".join(
        run if run.isascii() else "".join(syllable[0] for syllable in _read_syllables(run))
        for run in _WORDS.findall(_fold_to_ascii(text))
    )


def find_index_letter(text: str) -> str:
    """Return the capital under which an index lists a text; `#` if it begins with no letter."""
    first = read_initials(text)[:1].upper()
    return first if first.isascii() and first.isalpha() else "#"
