"""volume: all that a book shows, a tree of plain values; templates of themes read it as JSON.

Secret: none; the forms of the book share it (docs/themes.md documents it for theme makers).
Not here: how it is made of a collection (composition), how it is set (pdf, epub, word).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casegen.editions.book.blocks import Matter

LINE_WIDTHS = {"a4": 160, "16k": 144, "32k": 110}  # mm, of the longest line (style.typ)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of two columns: a name, which may be empty, and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric of a case: as written, with the note that says how it is counted."""

    name: str
    quantity: str
    note: str
    period: str
    category: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: `share` in thousandths of it."""

    name: str
    quantity: str
    share: float
    category: str


@dataclass(frozen=True, slots=True)
class Funds:
    """Where a sum of money came from or went; the parts add up to it."""

    title: str
    shares: tuple[Share, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Total:
    """A total of the collection: its name, its quantity, how many cases report it."""

    name: str
    quantity: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A case; `category` is the key of its primary one; `url` is "" where there is no site.

    `mark` is the name of its QR code among the plates, or "".
    """

    slug: str
    title: str
    institution: str
    places: tuple[str, ...]
    period: str
    date: str
    category: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    draft: str
    summary: str
    facts: tuple[Row, ...]
    leading: tuple[Figure, ...]
    figures: tuple[Figure, ...]
    funds: tuple[Funds, ...]
    cover: str
    body: Matter
    credits: tuple[Row, ...]
    source: str
    source_url: str
    url: str
    mark: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A case named outside its chapter: its slug and its title."""

    case: str
    title: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book with its cases; `name` is "" where the book is not divided.

    `color` is a category's own, or "". `told` says how many cases stand in it, and how many
    belong to it too and stand elsewhere; its totals hold them all. `also` names the latter where
    they are few and in the book.
    """

    key: str
    name: str
    color: str
    intro: str
    totals: tuple[Total, ...]
    chapters: tuple[Chapter, ...]
    told: str = ""
    also: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Essay:
    """A hand-written page: a preface, an afterword."""

    title: str
    body: Matter


@dataclass(frozen=True, slots=True)
class Value:
    """A case's figures of one indicator."""

    slug: str
    title: str
    quantity: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator in the appendix: its totals, or the reason why it has none."""

    name: str
    totals: tuple[str, ...]
    reason: str
    coverage: str
    values: tuple[Value, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Group:
    """Indicators of one kind."""

    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of an index: a name, and the slugs of its cases."""

    name: str
    slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries whose reading begins with a letter."""

    letter: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index: of institutions, places or tags."""

    title: str
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its key, its name, its own colour or ""."""

    key: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem of a case: its severity, its line in the case file, its message, its hint."""

    severity: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Volume:
    """A book; what is left out is empty. `single` is set for a book of one case.

    `review` holds the problems of a case that is printed for review.
    """

    title: str
    subtitle: str
    organization: str
    lang: str
    span: str
    modified: str
    single: bool
    paper: str
    grey: bool
    binding: float
    omit: tuple[str, ...]
    title_page: tuple[Row, ...]
    committee: tuple[Row, ...]
    colophon: tuple[Row, ...]
    essays: tuple[Essay, ...]
    categories: tuple[Category, ...]
    parts: tuple[Part, ...]
    groups: tuple[Group, ...]
    indexes: tuple[Index, ...]
    review: tuple[Remark, ...]
    words: Mapping[str, str] = field(hash=False)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """All cases in the order of the book."""
        return tuple(chapter for part in self.parts for chapter in part.chapters)
