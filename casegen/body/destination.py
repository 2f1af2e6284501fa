"""destination: the addresses of links and images, and where they are written in the source.

Secret: how a place in a block's text is found in the source.
Not here: the rest of the dialect (dialect), which addresses are allowed (link_kinds), and which
file a relative address is (collection).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from markdown_it.helpers import parseLinkDestination
from markdown_it.token import Token

from casegen.body.autolinks import BARE

Span: TypeAlias = tuple[int, int]

_NEWLINE = re.compile(r"\r\n?|\n")
# A file name with blanks, 图 1.jpg, or a heading with blanks, up to the bracket or the title that
# ends it.
_SPACED = re.compile(
    r"([^\s<>()\"'#][^<>()\n\"]{0,199}?\.[A-Za-z0-9]{1,5}"
    r"|[^\s<>()\"'#]{0,99}#[^<>()\s\"][^<>()\n\"]{0,99}?)(?=[ \t]{0,9}(?:\)|[ \t]\"))"
)
_BARE = re.compile(r"[^\s\x00-\x1f\x7f<>()\\&|]+")


def write_href(href: str) -> str:
    """Write a destination as Markdown source; it may stand in a table, so pipes are escaped."""
    if _BARE.fullmatch(href):
        return href
    href = re.sub(r"[\\<>&|]", r"\\\g<0>", href)
    return "<" + href.replace("\r", "%0D").replace("\n", "%0A") + ">"


class Destination(str):
    """A destination that knows the text it was read from and its span there."""

    __slots__ = ("source", "span")

    source: str
    span: Span


def read_destination(string: str, start: int, maximum: int) -> Any:
    """Read a destination in place of markdown-it's own reader; the result is a `Destination`."""
    result = parseLinkDestination(string, start, maximum)
    spaced = _SPACED.match(string, start, maximum)
    if spaced and (not result.ok or result.pos < spaced.end(1)):
        result.ok, result.pos, result.str = True, spaced.end(1), spaced[1]
    if result.ok:
        result.str = Destination(result.str)
        result.str.source, result.str.span = string, (start, result.pos)
    return result


class Places:
    """The lines of a source, and the spans in it of what its tokens name."""

    def __init__(self, text: str, env: Mapping[str, Any]) -> None:
        self.text = text.replace("\0", "\ufffd")
        self.starts = [0, *(match.end() for match in _NEWLINE.finditer(text)), len(text)]
        self.definitions: dict[int, tuple[str, Span | None]] = {}
        for entry in (*env.get("references", {}).values(), *env.get("duplicate_refs", ())):
            href = entry["href"]
            if isinstance(href, Destination):
                block = SourceBlock(self, href.source, entry["map"][0])
                self.definitions[id(href)] = href, block.span(*href.span)

    def position(self, place: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset into the source."""
        line = min(bisect_right(self.starts, place), len(self.starts) - 1)
        return line, place - self.starts[line - 1] + 1

    def destinations(self, tokens: Sequence[Token]) -> Iterator[tuple[str, Span | None]]:
        """Yield each destination as written, with its span or None; definitions come last."""
        for _, _, token, span in self.links(tokens):
            href = read_href(token)
            if isinstance(href, Destination) and id(href) not in self.definitions:
                yield href, span
        yield from self.definitions.values()

    def links(self, tokens: Sequence[Token]) -> Iterator[tuple[Token, int, Token, Span | None]]:
        """Yield each link and image: its block, its index there, itself, its destination's span."""
        cell: int | None = None
        for inline in tokens:
            if inline.type == "tr_open":
                cell = self.starts[find_line(inline)]
            elif inline.type == "tr_close":
                cell = None
            elif inline.type == "inline":
                block = SourceBlock(self, inline.content, find_line(inline), cell)
                for at, token in enumerate(inline.children or ()):
                    if token.type in {"link_open", "image"}:
                        yield inline, at, token, self._span(token, block)
                if cell is not None:
                    cell = block.end()

    def _span(self, token: Token, block: SourceBlock) -> Span | None:
        href = read_href(token)
        if id(href) in self.definitions:
            return self.definitions[id(href)][1]
        if isinstance(href, Destination):
            return block.span(*href.span)
        if token.markup == BARE:
            return block.next(href)
        return block.next(f"<{href.removeprefix('mailto:')}")


class SourceBlock:
    """The text of one block, whose lines are found in the source.

    Markdown strips quote marks and indents, so each line is looked for at the end of its source
    line; the text of a table's cell from `cell` on, with its pipes escaped.
    """

    def __init__(self, places: Places, content: str, first: int, cell: int | None = None) -> None:
        self.places = places
        self.content = content
        self.first = first
        self.cell = cell
        self.starts: list[int] = []
        self.origins: dict[int, int | None] = {}
        self.reached = places.starts[first]
        self.limit = places.starts[first + content.count("\n", 0, len(content) - 1) + 1]

    def span(self, start: int, end: int) -> Span | None:
        """Return the span in the source of a piece of one line; None where it is not found."""
        if not self.starts:
            self.starts = [0, *(match.end() for match in re.finditer("\n", self.content))]
        nth = bisect_right(self.starts, start) - 1
        if nth not in self.origins:
            self.origins[nth] = self._origin(nth)
        origin = self.origins[nth]
        if origin is None:
            return None
        begin = origin + len(self._source(self.starts[nth], start))
        piece = self._source(start, end)
        found = begin >= 0 and self.places.text.startswith(piece, begin)
        return (begin, begin + len(piece)) if found else None

    def next(self, piece: str) -> Span | None:
        """Return the next span with this text, after the one found last; None if there is none."""
        found = self.places.text.find(piece, self.reached, self.limit)
        if found < 0:
            return None
        self.reached = found + len(piece)
        return found, self.reached

    def end(self) -> int:
        """Return the offset where a cell's text ends; if not found, where the search began."""
        piece = self._source(0, len(self.content))
        origin = self.places.text.find(piece, self.cell, self.places.starts[self.first + 1])
        return (self.cell or 0) if origin < 0 else origin + len(piece)

    def _source(self, start: int, end: int) -> str:
        piece = self.content[start:end]
        return piece if self.cell is None else piece.replace("|", r"\|")

    def _origin(self, nth: int) -> int | None:
        """Return the offset in the source where the line would begin with all its blanks."""
        end = self.starts[nth + 1] if nth + 1 < len(self.starts) else len(self.content)
        line = self._source(self.starts[nth], end)
        core = line.strip(" \t\n")
        low, high = self.places.starts[self.first + nth : self.first + nth + 2]
        if self.cell is None:
            found = self.places.text.rfind(core, low, high)
        else:
            found = self.places.text.find(core, max(low, self.cell), high)
        return None if found < 0 else found - (len(line) - len(line.lstrip(" \t")))


def read_href(token: Token) -> str:
    """Return the destination of a link or image token: the same object that was read."""
    href = token.attrs.get("href", token.attrs.get("src", ""))
    return href if isinstance(href, str) else ""


def find_line(token: Token) -> int:
    """Return the first line of a block token, counted from 0."""
    return token.map[0] if token.map else 0
