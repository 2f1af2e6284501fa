"""numbering: the automatic numbers of a Word document, written out as text.

Secret: how Word counts paragraphs, and which of its numbers Markdown would count otherwise.
Not here: the rest of a document (revision).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from casegen.importers.wordxml import W, find_part, is_on, make_run, read_value, read_words

_DIGITS = "〇一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCountingThousand",
        "taiwaneseCounting",
        "japaneseDigitalTenThousand",
    ]
)


class Numbers:
    """Automatic numbers of paragraphs, counted as Word does."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        # Lists that start again at a given number, until they did.
        self._afresh: dict[tuple[str, int], int] = {}
        numbering = find_part(archive, "word/numbering.xml")
        if numbering is not None:
            self._read(numbering)
        styles = find_part(archive, "word/styles.xml")
        for style in styles.iter(f"{W}style") if styles is not None else ():
            if (pair := _numbered(style.find(f"{W}pPr"))) is not None:
                self._styled[style.get(f"{W}styleId") or ""] = pair

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._levels[key] = {
                int(level.get(f"{W}ilvl") or 0): level for level in abstract.iter(f"{W}lvl")
            }
        for num in numbering.iter(f"{W}num"):
            link = num.find(f"{W}abstractNumId")
            if link is not None:
                self._abstract[num.get(f"{W}numId") or ""] = link.get(f"{W}val") or ""
            for over in num.iter(f"{W}lvlOverride"):
                start, depth = read_value(over, "startOverride"), over.get(f"{W}ilvl") or ""
                if start.isdecimal() and depth.isdecimal():
                    self._afresh[num.get(f"{W}numId") or "", int(depth)] = int(start)

    def write_out(self, root: Any) -> None:
        """Put the number before each numbered paragraph that Markdown would number differently."""
        pairs = [(paragraph, self._pair(paragraph)) for paragraph in root.iter(f"{W}p")]
        apart = _apart(pairs)
        for paragraph, pair in pairs:
            if pair is None:
                continue
            properties = paragraph.find(f"{W}pPr")
            text = self._next(*pair, apart=pair in apart)
            words = read_words(paragraph)
            if text and words:
                # 1.2 before 3期, without a gap, would be 1.23期.
                number = make_run(f"{text} " if _runs_together(text, words) else text, paragraph)
                look = next((r for r in paragraph.iter(f"{W}r") if read_words(r)), paragraph)
                if (own_look := look.find(f"{W}rPr")) is not None:
                    number.insert(0, deepcopy(own_look))
                paragraph.insert(1 if properties is not None else 0, number)
                own = properties.find(f"{W}numPr") if properties is not None else None
                if own is not None:
                    properties.remove(own)

    def _pair(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list and depth of a paragraph, its own or those of its style; else None."""
        properties = paragraph.find(f"{W}pPr")
        style = properties.find(f"{W}pStyle") if properties is not None else None
        name = style.get(f"{W}val") or "" if style is not None else ""
        pair = _numbered(properties)
        return pair if pair is not None else self._styled.get(name)

    def _next(self, number: str, depth: int, *, apart: bool) -> str:
        """Return the next number of a list as text; "" where none is to be written."""
        key = self._abstract.get(number, "")
        levels = self._levels.get(key, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(key, [])
        while len(counts) <= depth:
            counts.append(_start(levels.get(len(counts))) - 1)
        if (first := self._afresh.pop((number, depth), None)) is not None:
            counts[depth] = first - 1
        counts[depth] += 1
        del counts[depth + 1 :]
        kind = read_value(level, "numFmt")
        text = read_value(level, "lvlText")
        plain = kind == "decimal" and bool(re.fullmatch(r"%\d[.)、]?", text))
        if kind in {"bullet", "none"} or (plain and not apart):
            return ""

        # 1.2 below 一、: the numbers of the levels above are in digits here.
        digits = is_on(level, "isLgl")

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            count = counts[place] if place < len(counts) else 1
            return _written(count, "decimal" if digits else read_value(levels.get(place), "numFmt"))

        return re.sub(r"%(\d)", shown, text)


def _runs_together(number: str, words: str) -> bool:
    """Return whether a number right before the words would become a part of their figure."""
    return bool(re.search(r"[0-9][.．]?$", number) and re.match(r"\s{0,9}[0-9]", words))


def _apart(
    pairs: Sequence[tuple[Any, tuple[str, int] | None]],
) -> frozenset[tuple[str, int]]:
    """Return lists with text between their items: Markdown would restart them at each."""
    found: set[tuple[str, int]] = set()
    texts = 0
    begun: dict[tuple[str, int], int] = {}  # list -> number of texts above its last item
    for paragraph, pair in pairs:
        if pair is not None and pair[0]:
            if begun.get(pair, texts) < texts:
                found.add(pair)
            begun[pair] = texts
        elif read_words(paragraph):
            texts += 1
    return frozenset(found)


def _numbered(properties: Any | None) -> tuple[str, int] | None:
    """Return the list and depth that paragraph properties name; None where they name none."""
    numbers = properties.find(f"{W}numPr") if properties is not None else None
    if numbers is None:
        return None
    link, depth = numbers.find(f"{W}numId"), numbers.find(f"{W}ilvl")
    if link is None or link.get(f"{W}val") in {None, "0"}:
        return ("", 0)
    at = depth.get(f"{W}val") if depth is not None else "0"
    return link.get(f"{W}val"), min(int(at), 8) if str(at).isdecimal() else 0


def _start(level: Any | None) -> int:
    value = read_value(level, "start")
    return int(value) if value.isdecimal() else 1


def _written(count: int, kind: str) -> str:
    if kind in _CHINESE and 0 <= count < 100:
        tens, ones = divmod(count, 10)
        lead = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return lead + (_DIGITS[ones] if ones or not tens else "")
    if kind in {"upperLetter", "lowerLetter"} and 0 < count < 27:
        letter = chr(ord("A") + count - 1)
        return letter if kind == "upperLetter" else letter.lower()
    if kind.startswith("decimalEnclosedCircle") and 0 < count < 21:
        return chr(0x2460 + count - 1)
    return str(count)
