"""manuscript: what an importer returns: blocks in order, pictures, and what was lost.

Secret: how a block of any kind of manuscript is described, and where it is in its text.
Not here: reading Word, web pages, text and ledgers (their modules), what the blocks mean (finding).
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from html import unescape
from importlib.resources import files
from typing import Any

from casegen.chinese.word_lists import allow_any_character


class Kind(StrEnum):
    """What a block is; `RAW` is Markdown that is kept unchanged."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    IMAGE = "image"
    NOTE = "note"
    QUOTE = "quote"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a manuscript.

    `text` is Markdown, `plain` what readers see; `source` the line as the manuscript has it;
    `start` and `end` are offsets in code points into the manuscript's text. `level` is that of a
    heading or the depth of an item, `marker` an item's. `emphatic`: wholly bold, or larger than the
    rest.
    """

    kind: Kind
    text: str
    plain: str
    source: str = ""
    start: int = -1
    end: int = -1
    line: int = 0
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    image: str = ""
    emphatic: bool = False
    centred: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not in the body: as written, and why."""

    text: str
    reason: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What an importer read.

    `text` is the decoded file that offsets refer to. `said` holds fields from outside the text
    (a column, a title element). `pictures` maps the address in the blocks to the bytes.
    `dropped`: what the importer itself left out; `losses`: what no draft can hold (Chinese).
    `metrics`: names and values from columns; `rows`: it is a row of a ledger. `flow` is the
    text with blanks for line ends inside sentences, "" where it has none.
    """

    file: str
    text: str
    blocks: tuple[Block, ...]
    said: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    dropped: tuple[Dropped, ...] = ()
    losses: tuple[str, ...] = ()
    metrics: tuple[Mapping[str, str], ...] = ()
    rows: bool = False
    digest: str = ""
    flow: str = ""


def read_words(key: str) -> Any:
    """Return lists of words, or of patterns, of data/manuscripts.json."""
    return _load_words()[key]


@cache
def _load_words() -> Mapping[str, Any]:
    text = files("casegen").joinpath("data", "manuscripts.json").read_text(encoding="utf-8")
    words: dict[str, Any] = json.loads(allow_any_character(text))
    return words


_NOT_SEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<t>script|style)\b.*?(?:</(?P=t)\s*>|\Z)|</?[A-Za-z!?][^<>]*>|\s+"
    r"|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);|[\u200b-\u200f\ufeff\xad]",
    re.DOTALL | re.IGNORECASE,
)


_CODE = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<t>script|style)\b.*?(?:</(?P=t)\s*>|\Z)", re.DOTALL | re.IGNORECASE
)


def blank_code(text: str) -> str:
    """Return a page of equal length with blanks for its scripts, styles and comments."""
    return _CODE.sub(lambda match: " " * len(match[0]), text)


def strip_spaces(text: str, *, marked_up: bool = True) -> tuple[str, list[int]]:
    """Return the visible characters of a text without white space, and the offset of each."""
    kept: list[str] = []
    places: list[int] = []
    at = 0
    pattern = _NOT_SEEN if marked_up else re.compile(r"[\s\u200b-\u200f\ufeff\xad]+")
    for match in pattern.finditer(text):
        kept.append(text[at : match.start()])
        places.extend(range(at, match.start()))
        if match[0].startswith("&"):
            seen = "".join(unescape(match[0]).split())
            kept.append(seen)
            places.extend([match.start()] * len(seen))
        at = match.end()
    kept.append(text[at:])
    places.extend(range(at, len(text)))
    return "".join(kept), places


# Raised digits and signs are written as plain ones in <sup>1</sup>.
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋\u2011", "0123456789+-0123456789+--")
_ENDS = 8  # characters by which the beginning and the end of a block are recognized


def place_blocks(blocks: Sequence[Block], text: str, *, marked_up: bool = True) -> Iterator[Block]:
    """Yield the blocks with their offsets in the text, found by what readers see of them.

    A picture gets no place: its words are in no text that a reader sees.
    """
    seen, places = strip_spaces(text, marked_up=marked_up)
    whole = seen.translate(_RAISED)
    ends = [end.start() for end in re.finditer("\n", text)]
    at = 0
    for block in blocks:
        wanted = "".join(block.plain.split()).translate(_RAISED)
        found, until = _find_words(wanted, whole, at)
        if found < 0 or block.kind is Kind.IMAGE:
            yield block
            continue
        start, end = places[found], places[until - 1] + 1
        at = max(at, until)
        yield replace(block, start=start, end=end, line=bisect_left(ends, start) + 1)


def _find_words(wanted: str, whole: str, at: int) -> tuple[int, int]:
    """Return where words begin and end in a text: after `at`, else anywhere; (-1, -1) for nowhere.

    Words with something between them that a reader does not see are found by their two ends.
    """
    if not wanted:
        return -1, -1
    found = whole.find(wanted, at)
    found = whole.find(wanted) if found < 0 else found
    if found >= 0:
        return found, found + len(wanted)
    if len(wanted) < 3 * _ENDS:
        return -1, -1
    begun = whole.find(wanted[:_ENDS], at)
    ended = whole.find(wanted[-_ENDS:], begun, begun + 2 * len(wanted)) if begun >= 0 else -1
    return (begun, ended + _ENDS) if ended >= 0 else (-1, -1)
