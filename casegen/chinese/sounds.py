"""sounds: names and terms found in a text by their sound, where a character was mistyped.

Secret: how each common character is read (data/sounds.json), and which sounds are easily confused.
Not here: pinyin for addresses and order (pinyin), which names are looked for (terms, placenames).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

# A sound is written as one character of the private use area, so that offsets stay the same.
_FIRST = 0xE000
# Sounds that many speakers do not tell apart, and type one for the other.
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@dataclass(frozen=True, slots=True)
class Alike:
    """A place of a text that sounds like a name and is written otherwise: offsets, the name."""

    start: int
    end: int
    name: str


@cache
def _load_table(*, loose: bool) -> dict[int, str]:
    """Return a sign for the sound of each character; if `loose`, one for sounds often confused."""
    source = files("casegen").joinpath("data", "sounds.json").read_text(encoding="utf-8")
    sounds: dict[str, str] = json.loads(source)["sounds"]
    signs: dict[str, str] = {}
    table = {}
    for sound, chars in sounds.items():
        known = _fold_sound(sound) if loose else sound
        sign = signs.setdefault(known, chr(_FIRST + len(signs)))
        table.update(dict.fromkeys(map(ord, chars), sign))
    return table


def _fold_sound(sound: str) -> str:
    for strange, plain in _CONFUSED:
        if strange in {"zh", "ch", "sh"} and sound.startswith(strange):
            sound = plain + sound[2:]
        elif len(strange) == 3 and sound.endswith(strange):
            sound = sound.removesuffix(strange) + plain
    return sound


@lru_cache(maxsize=64)
def index_by_sound(names: frozenset[str]) -> Mapping[str, str]:
    """Return the names by their sound as `write_sounds` writes it; of several alike, the first."""
    return MappingProxyType({write_sounds(name): name for name in sorted(names, reverse=True)})


def write_sounds(text: str) -> str:
    """Return a text with one sign for each sound, character by character."""
    return text.translate(_load_table(loose=False))


@lru_cache(maxsize=64)
def _compile_sought(names: frozenset[str], loose: bool) -> tuple[re.Pattern[str], dict[str, str]]:  # noqa: FBT001
    """Return the pattern of all names by their sound, the longer first; and the names by sound."""
    table = _load_table(loose=loose)
    by_sound = {name.translate(table): name for name in sorted(names, reverse=True)}
    every = sorted(by_sound, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)) or r"(?!)"), by_sound


@lru_cache(maxsize=128)
def _write_sounds(text: str, loose: bool) -> str:  # noqa: FBT001
    """Return the signs for the sounds of a text; kept, since several lists are looked for in it."""
    return text.translate(_load_table(loose=loose))


def find_alike(text: str, names: frozenset[str], *, loose: bool = False) -> Iterator[Alike]:
    """Yield each place that sounds like one of `names` and is none of them, in order.

    `loose` takes zh for z, ang for an and the like. At most a third of a name is mistyped.
    """
    pattern, by_sound = _compile_sought(names, loose)
    for found in pattern.finditer(_write_sounds(text, loose)):
        written = text[found.start() : found.end()]
        name = by_sound[found[0]]
        wrong = sum(map(str.__ne__, written, name))
        if written not in names and 0 < wrong <= max(1, len(name) // 3):
            yield Alike(found.start(), found.end(), name)
