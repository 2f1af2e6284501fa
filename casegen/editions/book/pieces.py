"""pieces: a large book cut into pieces that are set one after the other, to save memory.

Secret: where a book is cut, and how a piece learns the page numbers of the others.
Not here: how a piece looks (the theme's templates), how the pieces are joined (binding).

Typst holds about 4 MB for each case until a book is done. So each piece is set by a process of its
own. A piece gets the number of its first page, and at its end a page `elsewhere`: hidden
headings for what it refers to in other pieces, with their names and page numbers; the contents,
the appendix and references find them there as in a whole book. That page is then left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from casegen import workers
from casegen.editions.book.binding import Piece, bind_pieces, read_places

DATA = "data.json"
GUESS = 100  # the number of a page that is not yet known: most have three digits
ROUNDS = 4
LINKED = re.compile(r'"case": "([^"]+)"')
PLATE = re.compile(r'"(plates/[^"]+)"')

Value = dict[str, Any]
Progress = Callable[[int, int], None]  # how many pieces are set, of how many
UNCUT: Value = {"front": True, "goes_on": False, "start": 1, "elsewhere": []}


@dataclass(frozen=True, slots=True)
class Limits:
    """The weight up to which a book is set as one, and that of a piece.

    The weight is the number of characters of data and a share of the pixels of pictures: typst
    holds each picture decoded, at most `across` pixels wide and `down` pixels high.
    """

    whole: int = 2_000_000
    piece: int = 800_000
    pixels: int = 150  # that weigh as much as a character
    across: int = 2480
    down: int = 3500


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the book's middle as data.

    Its first `goes_on` cases belong to a part that began in the piece before it.
    """

    value: Value
    goes_on: int


def show_nothing(_done: int, _of: int) -> None:
    """Ignore the progress; the default where nobody watches."""


def needs_cutting(value: Value, limits: Limits) -> bool:
    """Return whether a book is so long that it is set in pieces."""
    return not value["single"] and _weigh(value["parts"], value["plates"], limits) > limits.whole


def _weigh(part: Any, plates: Mapping[str, Sequence[int]], limits: Limits) -> int:
    """Return the weight of a part of the book: its characters, and the pixels of its pictures."""
    text = json.dumps(part, ensure_ascii=False)
    pixels = 0
    for name in set(PLATE.findall(text)) & plates.keys():
        across, down = plates[name]
        scale = min(1, limits.across / max(across, 1), limits.down / max(down, 1))
        pixels += round(across * scale * down * scale)
    return len(text) + pixels // limits.pixels


def set_pieces(
    value: Value,
    folder: Path,
    set_one: Callable[[Path], None],
    limits: Limits,
    progress: Progress = show_nothing,
) -> bytes:
    """Return the book as one PDF; `set_one` sets data.json of the folder as the PDF at a path.

    It is run in another process, so it must be picklable. `progress` counts each piece once.
    """
    pieces = list(_cut(value, limits))
    essays: Value = {"essays": [], "parts": []}
    backs = (value | essays | {"indexes": []}, value | essays | {"groups": []})
    entries = list(_entries(value))
    every = len(pieces) + 1 + sum(bool(back["groups"] or back["indexes"]) for back in backs)
    settings: dict[int, Value] = {}
    made: dict[int, Piece] = {}
    pages: dict[str, int] = {}

    def make(number: int, piece: Value, goes_on: int = 0) -> int:
        """Set a piece, unless it is unchanged; return its number of pages."""
        path = folder / f"piece-{number}.pdf"
        if settings.get(number) != piece["slice"]:
            settings[number] = piece["slice"]
            (folder / DATA).write_text(json.dumps(piece, ensure_ascii=False), "utf-8")
            workers.run_alone(partial(set_one, path))
            progress(len(made.keys() | {number}), every)
            length, places = read_places(path)
            start = piece["slice"]["start"]
            first = 1 if start % 2 == 0 else 2 if goes_on else 0
            end = length - bool(piece["slice"]["elsewhere"])
            made[number] = Piece(path, first, end, goes_on)
            pages.update(
                (name, start + at - first) for name, at in places.items() if first <= at < end
            )
        return made[number].end - made[number].first

    for _ in range(ROUNDS):
        before = dict(settings)
        start = 1
        for number, piece in enumerate(pieces, 1):
            linked = set(LINKED.findall(json.dumps(piece.value["parts"], ensure_ascii=False)))
            own = {chapter["slug"] for part in piece.value["parts"] for chapter in part["chapters"]}
            wanted = [entry for entry in entries if entry["slug"] in linked - own]
            placed = _placed(wanted, pages)
            slice_ = UNCUT | {"front": False}
            slice_ |= {"goes_on": piece.goes_on > 0, "start": start, "elsewhere": placed}
            start += make(number, piece.value | {"slice": slice_}, piece.goes_on)
        if settings == before:
            break
    cases = [entry for entry in entries if entry["slug"]]
    for number, back in enumerate(backs, len(pieces) + 1):
        if back["groups"] or back["indexes"]:
            slice_ = UNCUT | {"front": False, "start": start, "elsewhere": _placed(cases, pages)}
            start += make(number, back | {"slice": slice_})
    known = [entry for entry in entries if entry["name"] in pages]
    slice_ = UNCUT | {"elsewhere": _placed(known, pages)}
    make(0, value | {"parts": [], "groups": [], "indexes": [], "slice": slice_})
    told = {entry["name"]: pages[entry["name"]] for entry in known}
    return bind_pieces([made[number] for number in sorted(made)], told)


def _cut(value: Value, limits: Limits) -> Iterator[Part]:
    """Yield the middle of the book in pieces; a part that is cut has its name in the first only."""
    parts: list[Value] = []
    size = 0
    for part in value["parts"]:
        parts.append(part | {"chapters": []})
        for chapter in part["chapters"]:
            length = _weigh(chapter, value["plates"], limits)
            if size and size + length > limits.piece:
                yield _part_of(value, parts)
                begun = bool(parts[-1]["chapters"])
                parts, size = [part | {"chapters": []} | ({"name": ""} if begun else {})], 0
            parts[-1]["chapters"].append(chapter)
            size += length
    yield _part_of(value, parts)


def _part_of(value: Value, parts: Sequence[Value]) -> Part:
    # A part without any case is kept; one whose cases all stand in the next piece is not.
    held = [part for part in parts if part["chapters"] or not part["count"]]
    middle = value | {"essays": [], "groups": [], "indexes": [], "institutions": {}}
    goes_on = len(held[0]["chapters"]) if value["divided"] and not held[0]["name"] else 0
    return Part(middle | {"parts": held}, goes_on)


def _entries(value: Value) -> Iterator[Value]:
    """Yield all headings in the contents, in the order of the book."""
    below = 2 if value["divided"] else 1
    for part in value["parts"]:
        if part["name"]:
            yield {"level": 1, "name": part["label"], "title": part["name"], "slug": ""}
        for chapter in part["chapters"]:
            slug = chapter["slug"]
            yield {"level": below, "name": f"case-{slug}", "title": chapter["title"], "slug": slug}
    for name in ("appendix", "index"):
        yield {"level": 1, "name": name, "title": value["words"][name], "slug": ""}


def _placed(entries: Sequence[Value], pages: Mapping[str, int]) -> list[Value]:
    return [entry | {"page": pages.get(entry["name"], GUESS)} for entry in entries]
