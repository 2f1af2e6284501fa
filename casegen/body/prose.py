"""prose: a body as Markdown -> its headings, links, sentences, plain text, HTML, and its faults.

Secret: what the rest of casegen may know of a body, and which things in it are faults.
Not here: the parser (dialect), HTML (html), addresses (destination), where a sentence ends
(sentence), what a destination resolves to (collection, editions), how serious a fault is (rules).

The dialect: CommonMark with tables, `~~` and footnotes (`[^1]`), and these rules of our own.
Emphasis works beside Chinese punctuation. A line break between two Chinese characters leaves no
gap. Raw HTML is shown as text, but `<!-- … -->` is an editor's comment and left out. A blank in the
name of a file needs no mark. Links lead to http, https, mailto, tel or relative addresses,
images to relative ones. An image alone in its paragraph is a figure, its title the caption, and
`供图：…` in the title the credit. The page's title is its h1: from the first `#` of a body on,
every heading is shown one level lower (`######` stays); headings before it keep their levels.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from markdown_it.token import Token

from casegen.body import destination
from casegen.body.destination import Places, SourceBlock, find_line, read_href
from casegen.body.dialect import (
    list_blocks,
    read_tokens,
    remove_comments,
    show_alternative,
    show_piece,
)
from casegen.body.html import write_template
from casegen.body.link_kinds import find_kind, mean_outside
from casegen.body.raw_html import list_tags
from casegen.body.template import Template
from casegen.body.wide_brackets import read_as_meant

__all__ = [
    "Fault",
    "Heading",
    "Prose",
    "Reference",
    "Sentence",
    "parse_body",
    "read_body",
    "relink_body",
]


_LINKABLE = "只能链接 http、https、mailto、tel 地址，或项目里的相对路径"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: `level` 2 to 6 as shown, `anchor` its id, `line` from 1."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or image of the body and the destination it names, Markdown's escapes resolved.

    `text` is the text of the link or the alternative text of the image. `line` and `column` count
    from 1 and say where the destination is written: for `[text][label]` at the definition of the
    label. Definitions that nothing uses are none.
    """

    kind: Literal["link", "image"]
    href: str
    text: str
    title: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph or list item, or a row of a table, as shown.

    `index` counts from 0 over the body; `heading` is the index of the heading it stands under, or
    -1 (before the first, and in footnotes); `line` is that of its first character. For a row,
    `cells` pairs each filled cell with its column's heading; the first row has no headings.
    Headings, captions and code are no sentences.
    """

    index: int
    text: str
    line: int
    heading: int
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the mark-up: missing-alt, unsafe-link, raw-html or heading-jump."""

    slug: str
    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Prose:
    """What a body says.

    `opening` is its first real paragraph (no image, no bold line that stands for a heading);
    `text` all of it as shown, a line each for heading, paragraph, row and caption. `meant` are
    links and images that full-width brackets keep from being any.
    """

    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    opening: str
    text: str
    sentences: tuple[Sentence, ...]
    faults: tuple[Fault, ...]
    # start, end in the source, as written; line ends shift them, so they are not compared
    destinations: tuple[tuple[int, int, str], ...] = field(default=(), compare=False)
    meant: tuple[Reference, ...] = ()


@dataclass(slots=True)
class ReadBody:
    """A body parsed once: its content, and its HTML, which can be written once."""

    prose: Prose
    tokens: list[Token]

    def write_template(self, chosen: Collection[int] = ()) -> Template:
        """Write the HTML with slots; `chosen` are the sentences a page may mark. Call it once."""
        return write_template(self.tokens, chosen)


def read_body(text: str) -> ReadBody:
    """Parse a body once, for its sentences, links and HTML alike. Never raises."""
    tokens, places = read_tokens(text)
    prose = _describe(tokens, places)
    if (other := read_as_meant(text)) != text:
        meant = tuple(r for r in _references(*read_tokens(other)) if r not in prose.references)
        faults = (*prose.faults, *_unfit(meant))
        prose = replace(prose, meant=meant, faults=tuple(sorted(faults, key=_order)))
    return ReadBody(prose, tokens)


def parse_body(text: str) -> Prose:
    """Read the sentences, headings, links and faults of a body, without its HTML. Never raises."""
    return read_body(text).prose


def _describe(tokens: list[Token], places: Places) -> Prose:
    headings: list[Heading] = []
    sentences: list[Sentence] = []
    shown: list[str] = []
    opening = ""
    current = -1
    for block in list_blocks(tokens):
        shown.append(block.text.strip())
        if block.kind == "heading":
            opener = tokens[block.at - 1]
            anchor = str(opener.attrs["id"])
            headings.append(Heading(int(opener.tag[1]), shown[-1], anchor, block.line))
            current = len(headings) - 1
        elif block.kind == "notes":
            current = -1
        elif block.kind == "opening" and not opening:
            opening = shown[-1].replace("\n", " ")
        for start, end in block.sentences():
            line = block.line + bisect_right(block.breaks, start)
            sentences.append(
                Sentence(len(sentences), block.text[start:end], line, current, block.cells)
            )
    references = tuple(_references(tokens, places))
    spans = {span: str(href) for href, span in places.destinations(tokens) if span is not None}
    faults = [*_unfit(references), *_raw_html(tokens, places), *_jumps(headings)]
    return Prose(
        headings=tuple(headings),
        references=references,
        opening=opening,
        text="\n".join(filter(None, shown)),
        sentences=tuple(sentences),
        faults=tuple(sorted(faults, key=_order)),
        destinations=tuple((*span, href) for span, href in sorted(spans.items())),
    )


def _order(fault: Fault) -> tuple[int, int, str]:
    return fault.line, fault.column, fault.slug


def relink_body(text: str, prose: Prose, resolve: Callable[[str], str | None]) -> str:
    """Return the source with each destination replaced by what `resolve` returns, if not None.

    `prose` is what `text` says. Destinations are those of inline links and images and of
    definitions, used or not, without Markdown's escapes; `<https://…>` stays. Editors'
    comments are left out, everything else is kept to the byte.
    """
    parts: list[str] = []
    done = 0
    for start, end, href in prose.destinations:
        new = resolve(href)
        if new is not None:
            parts += text[done:start], destination.write_href(new)
            done = end
    return remove_comments("".join((*parts, text[done:])))


def _references(tokens: Sequence[Token], places: Places) -> Iterator[Reference]:
    for inline, at, token, span in places.links(tokens):
        children = inline.children or []
        if token.type == "image":
            text = show_alternative(token)
        else:
            text = ""
            while children[at + 1].type != "link_close":
                at += 1  # noqa: PLW2901
                text += show_alternative(children[at]) or show_piece(children[at])
        line, column = places.position(span[0]) if span else (find_line(inline) + 1, 1)
        yield Reference(
            "image" if token.type == "image" else "link",
            str(read_href(token)),
            text,
            str(token.attrs.get("title", "")),
            line,
            column,
        )


def _unfit(references: Sequence[Reference]) -> Iterator[Fault]:
    for link in references:
        sort = find_kind(link.href)
        if link.kind == "image" and link.href and not link.text:
            yield Fault(
                "missing-alt",
                link.line,
                link.column,
                f"图片“{link.href}”没有替代文字",
                "在 ![ ] 里写一句话说明图上有什么，给看不见图的读者",
            )
        if link.href in {"", "#"}:
            what = "图片" if link.kind == "image" else f"链接“{link.text}”"
            yield Fault(
                "unsafe-link",
                link.line,
                link.column,
                f"{what}没有写地址",
                "在 ( ) 里写网址或文件名；没有地址就删去 [ ]( ) 这些记号，只留文字",
            )
        elif link.kind == "image" and sort != "local":
            yield Fault(
                "unsafe-link",
                link.line,
                link.column,
                f"图片“{link.href}”不在项目里，不会显示",
                "把图片存到案例旁边，用相对路径引用",
            )
        elif sort == "unsafe":
            yield Fault(
                "unsafe-link",
                link.line,
                link.column,
                f"链接“{link.href}”不能用，只显示文字",
                f"写成 {meant}" if (meant := mean_outside(link.href)) else _LINKABLE,
            )


def _raw_html(tokens: Sequence[Token], places: Places) -> Iterator[Fault]:
    for inline in tokens:
        if inline.type == "inline":
            block = SourceBlock(places, inline.content, find_line(inline))
            for tag, hint in list_tags(inline.children or ()):
                place, _ = block.next(tag) or (block.reached, 0)
                if hint:
                    message = f"HTML 标记“{tag}”会按原样显示成文字"
                    yield Fault("raw-html", *places.position(place), message, hint)


def _jumps(headings: Sequence[Heading]) -> Iterator[Fault]:
    above = 1
    for heading in headings:
        if heading.level > above + 1:
            yield Fault(
                "heading-jump",
                heading.line,
                1,
                f"标题“{heading.text}”跳过了一级",
                "去掉多余的 #，标题逐级往下",
            )
        above = heading.level
