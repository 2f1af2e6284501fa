"""blocks: the body of a case as a tree of plain values that paper, EPUB and Word share.

Secret: which token of the parser is which part of a printed text.
Not here: the parser (body), where a link leads (composition), how a block looks (the editions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar, TypeAlias

from markdown_it.token import Token

from casegen.body.destination import read_href
from casegen.body.dialect import read_tokens, show_alternative, show_piece

Json: TypeAlias = Any
DEEPEST = 12  # lists and quotations within each other: more than typst can set is shown as text


@dataclass(frozen=True, slots=True)
class Text:
    """Characters without style."""

    kind: ClassVar = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Runs in another style: `style` is strong, em or strike."""

    kind: ClassVar = "styled"
    style: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Code within a line."""

    kind: ClassVar = "code"
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Runs that link: `case` is the slug of a case of the same book, else `href` is set."""

    kind: ClassVar = "link"
    runs: tuple[Run, ...]
    shown: str = ""
    href: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """The mark of a footnote: `number` counts from 1 in the case; `again` except for the first."""

    kind: ClassVar = "note"
    number: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a line or alone: `name` is a plate's, "" where it is missing."""

    kind: ClassVar = "picture"
    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that the author wrote."""

    kind: ClassVar = "break"


Run: TypeAlias = Text | Styled | Code | Link | Note | Picture | Break


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` 1 for the first below the title of the case; levels have no gaps."""

    kind: ClassVar = "heading"
    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    kind: ClassVar = "paragraph"
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `start` is the first number, 0 for a list without numbers."""

    kind: ClassVar = "list"
    start: int
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    kind: ClassVar = "quote"
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that are kept unchanged."""

    kind: ClassVar = "listing"
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head (one row, repeated on every page), its rows, each column's alignment.

    `caption` stands above it and says which columns of a wider table it holds.
    """

    kind: ClassVar = "table"
    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    align: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption and credit; both may be empty."""

    kind: ClassVar = "figure"
    name: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Gallery:
    """Pictures that the author put in a row: they stand side by side."""

    kind: ClassVar = "gallery"
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    kind: ClassVar = "rule"


Block: TypeAlias = Heading | Paragraph | Items | Quote | Listing | Table | Figure | Gallery | Rule
Blocks: TypeAlias = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """The destination of a link: a picture's `name`, a `case` of the book, or a `href`."""

    name: str = ""
    href: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A body: its blocks, and the footnotes by number from 1."""

    blocks: Blocks
    notes: tuple[Blocks, ...] = ()


def read_matter(body: str, leads: Mapping[str, Lead], unnamed: str = "") -> Matter:
    """Return the blocks of a body; `leads` gives each destination in it, as written.

    A picture that has neither an alternative text nor a caption is named `unnamed`.
    """
    tokens, _ = read_tokens(body)
    reader = _Reader(leads, unnamed)
    found = tuple(reader.blocks(_nested(tokens)))
    return Matter(found, tuple(reader.notes))


def as_json(value: object) -> Json:
    """Return a tree of values as JSON: a mapping for each, with its kind where it has one."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
        kind = getattr(type(value), "kind", "")
        return {"kind": kind, **made} if kind else made
    if isinstance(value, Mapping):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(part) for part in value]
    return value


def read_plain_text(runs: Sequence[Run]) -> str:
    """Return the text of runs without marks of footnotes; a picture gives its alternative text."""
    return "".join(_read_run(run) for run in runs)


def shows_picture(blocks: Blocks, name: str) -> bool:
    """Return whether a picture of that name is among the blocks as a block of its own."""
    figures = (
        figure
        for block in blocks
        for figure in (block.figures if isinstance(block, Gallery) else (block,))
    )
    return any(isinstance(figure, Figure) and figure.name == name for figure in figures)


def _read_run(run: Run) -> str:
    match run:
        case Text() | Code():
            return run.text
        case Styled() | Link():
            return read_plain_text(run.runs)
        case Picture():
            return run.alt
        case Break():
            return " "
        case Note():
            return ""


@dataclass(frozen=True, slots=True)
class _Node:
    """A token with all tokens between it and its closing one."""

    token: Token
    inside: tuple[_Node, ...] = ()


def _nested(tokens: Sequence[Token]) -> tuple[_Node, ...]:
    """Return flat tokens as a tree; inline tokens stay leaves."""
    stack: list[tuple[Token | None, list[_Node]]] = [(None, [])]
    for token in tokens:
        if token.nesting == 1:
            stack.append((token, []))
        elif token.nesting == -1:
            opener, inside = stack.pop()
            if opener is not None:
                stack[-1][1].append(_Node(opener, tuple(inside)))
        else:
            stack[-1][1].append(_Node(token))
    return tuple(stack[0][1])


class _Reader:
    """Reads the tree of a body, and collects its footnotes."""

    def __init__(self, leads: Mapping[str, Lead], unnamed: str) -> None:
        self.leads = leads
        self.unnamed = unnamed
        self.notes: list[Blocks] = []
        self.depths: list[int] = []
        self.deep = 0

    def blocks(self, nodes: Sequence[_Node]) -> Iterator[Block]:
        for node in nodes:
            kind = node.token.type
            if kind == "footnote_block_open":
                self.notes += [tuple(self.blocks(note.inside)) for note in node.inside]
            elif kind == "heading_open":
                yield Heading(self.depth(int(node.token.tag[1])), self.inline(node))
            elif kind == "paragraph_open":
                yield from self.paragraph(node)
            elif kind in _WITHIN:
                yield from self.within(node)
            elif kind in {"fence", "code_block"}:
                yield Listing(node.token.content.rstrip("\n"))
            elif kind == "table_open":
                yield self.table(node)
            elif kind == "hr":
                yield Rule()

    def within(self, node: _Node) -> Iterator[Block]:
        """Yield a list or a quotation; of one that is too deep, only what it holds."""
        self.deep += 1
        if self.deep > DEEPEST:
            items = (node,) if node.token.type == "blockquote_open" else node.inside
            found = [block for item in items for block in self.blocks(item.inside)]
        elif node.token.type == "blockquote_open":
            found = [Quote(tuple(self.blocks(node.inside)))]
        else:
            found = [self.items(node)]
        self.deep -= 1
        yield from found

    def depth(self, level: int) -> int:
        """Return the level of a heading in the book's outline, where levels have no gaps."""
        while self.depths and self.depths[-1] >= level:
            self.depths.pop()
        self.depths.append(level)
        return len(self.depths)

    def paragraph(self, node: _Node) -> Iterator[Block]:
        inline = next((n.token for n in node.inside if n.token.type == "inline"), None)
        children = (inline.children if inline else None) or []
        pictures = [n for n, child in enumerate(children) if child.type == "caption"]
        figures = [self.figure(children[at - 1], children[at]) for at in pictures]
        if len(figures) > 1:
            yield Gallery(tuple(figures))
        elif figures:
            yield figures[0]
        elif runs := self.inline(node):
            yield Paragraph(runs)

    def figure(self, image: Token, caption: Token) -> Figure:
        name = self.leads.get(read_href(image), Lead()).name
        said, credit = caption.meta["caption"]
        alt = show_alternative(image) or (name and (said or self.unnamed))
        return Figure(name, alt, said, credit)

    def items(self, node: _Node) -> Items:
        numbered = node.token.type == "ordered_list_open"
        start = int(node.token.attrs.get("start", 1)) if numbered else 0
        return Items(start, tuple(tuple(self.blocks(item.inside)) for item in node.inside))

    def table(self, node: _Node) -> Table:
        rows = [row for part in node.inside for row in part.inside]
        cells = [tuple(self.inline(cell) for cell in row.inside) for row in rows]
        first = rows[0].inside if rows else ()
        align = tuple(
            str(cell.token.attrs.get("class", "")).removeprefix("align-") or "left"
            for cell in first
        )
        return Table(cells[0] if cells else (), tuple(cells[1:]), align)

    def inline(self, node: _Node) -> tuple[Run, ...]:
        return tuple(
            run
            for inner in node.inside
            if inner.token.type == "inline"
            for run in self.runs(_nested(inner.token.children or []))
        )

    def runs(self, nodes: Sequence[_Node]) -> Iterator[Run]:
        for node in nodes:
            token = node.token
            if token.type in _STYLES:
                yield Styled(_STYLES[token.type], tuple(self.runs(node.inside)))
            elif token.type == "link_open":
                yield from self.link(node)
            elif token.type == "image":
                lead = self.leads.get(read_href(token), Lead())
                said = show_alternative(token)
                title = str(token.attrs.get("title", "")).strip()
                name = said or title or self.unnamed
                yield Picture(lead.name, name) if lead.name else Text(said)
                if title:  # a picture within a line has no caption: in print its title is read
                    yield Text(f"（{title}）")
            elif token.type == "footnote_ref":
                yield Note(token.meta["id"] + 1, bool(token.meta.get("subId", 0)))
            elif token.type == "hardbreak":
                yield Break()
            elif token.type == "code_inline":
                yield Code(token.content)
            elif shown := show_piece(token):
                yield Text(shown)

    def link(self, node: _Node) -> Iterator[Run]:
        runs = tuple(self.runs(node.inside))
        lead = self.leads.get(read_href(node.token), Lead())
        if lead.href or lead.case:
            yield Link(runs, read_plain_text(runs), lead.href, lead.case)
        else:
            yield from runs


_WITHIN = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open"})
_STYLES: Mapping[str, str] = {"strong_open": "strong", "em_open": "em", "s_open": "strike"}
