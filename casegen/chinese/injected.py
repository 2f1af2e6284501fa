"""injected: names of gambling and adult sites, written over names of schools or into a text.

Secret: how such sites write their names (data/injected.json), and which talk of them is honest.
Not here: names that are masked (importers.suspects), what is said of a hit (rules).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TALK = re.compile(
    "整治|打击|禁止|严禁|防范|反对|远离|拒绝|抵制|参与|取缔|查处|警惕|网络|涉|禁|戒|不|聚众|涉嫌"
)
_NEAR = 6  # characters before a hit in which such a word tells honest talk


@cache
def _load_lists() -> Mapping[str, Sequence[str]]:
    text = files("casegen").joinpath("data", "injected.json").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = json.loads(text)
    return lists


@cache
def _compile_pattern() -> re.Pattern[str]:
    """Return the pattern of a name with the words added to it, and no letters before it."""
    trade, added = ("|".join(_load_lists()[key]) for key in ("sites", "added"))
    return re.compile(f"(?P<site>{trade})(?P<added>(?:[（(]?(?:{added})[)）]?)*+)", re.IGNORECASE)


@cache
def _compile_calling() -> re.Pattern[str]:
    """Return the pattern of a word by which a site calls for visitors: 入口, 官网."""
    return re.compile("|".join(_load_lists()["calls"]), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of a site: offsets, as written, the site's own part, what was added to it."""

    start: int
    end: int
    text: str
    site: str
    added: str

    @property
    def certain(self) -> bool:
        """Whether it can be no honest words: 乐鱼 stands in 快乐鱼塘, 乐鱼体育app does not."""
        if self.site.lower() not in _load_lists()["common"]:
            return True
        return bool(_compile_calling().search(self.added))


def find_injected(text: str) -> Iterator[Hit]:
    """Yield each name of such a site; honest talk of gambling (整治赌博) is none."""
    for found in _compile_pattern().finditer(text):
        start = _find_beginning(text, found.start())
        about = text[max(0, start - _NEAR) : start]
        if text[start : found.end()] not in _load_lists()["general"] and not _TALK.search(about):
            whole = text[start : found.end()].strip()
            yield Hit(start, found.end(), whole, found["site"], found["added"])


def _find_beginning(text: str, start: int) -> int:
    """Return where a name begins with the letters and digits before it: 188金宝博."""
    begin = start
    while begin > max(0, start - _NEAR) and text[begin - 1].isascii() and text[begin - 1].isalnum():
        begin -= 1
    return begin


def is_injected(text: str) -> bool:
    """Return whether a short line is nothing but such a name."""
    return bool(
        re.fullmatch(
            rf"[0-9A-Za-z]{{0,6}}{_compile_pattern().pattern}", text.strip(), re.IGNORECASE
        )
    )
