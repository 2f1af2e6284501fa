"""html: the tokens of a body -> HTML with slots for what only a page knows.

Secret: the HTML of the body: its elements, classes, ids.
Not here: reading Markdown (dialect), what a page puts into the slots (template).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from casegen.body.destination import read_href
from casegen.body.dialect import list_blocks, show_alternative, show_piece
from casegen.body.template import (
    Image,
    Label,
    LinkEnd,
    LinkStart,
    MarkEnd,
    MarkStart,
    RowAnchors,
    RowMark,
    Slot,
    Template,
)
from casegen.chinese.characters import HAN

_Tokens: TypeAlias = Sequence[Token]
_Env: TypeAlias = MutableMapping[str, Any]

_NEVER = 1 << 62  # an offset that no text reaches
# No body holds a NUL: CommonMark replaces it when a text is read.
_SLOT = re.compile("\0([0-9]+)\0")
# A number, its qualifier (余 万 …) and its unit: long units by name, else one character.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.,])\d[\d.,]{0,11}(?:[至—~～-]\d[\d.,]{0,11})?[余多]?[十百千万亿]*[余多]?"
    r"(?:平方公里|平方千米|平方米|立方米|公里|千米|公斤|千克|公顷|人次|个百分点"
    rf"|[%％‰℃]|[{HAN}])"
)
_AFTER_QUOTE = re.compile(r'[”’」』](?=[“‘「『]|<span class="nb">)')


def write_template(tokens: _Tokens, chosen: Collection[int]) -> Template:
    """Write a body's HTML with slots; `chosen` are the sentences (indexes) a page may mark.

    The tokens are changed on the way: call it once for each parse.
    """
    if chosen:
        _mark(tokens, chosen)
    html, options = _writer()
    env: dict[str, Any] = {"slots": []}
    pieces = _SLOT.split(html.render(tokens, options, env))
    slots: list[Slot] = env["slots"]
    parts = [slots[int(p)] if n % 2 else p for n, p in enumerate(pieces)]
    return Template(tuple(part for part in parts if part != ""))


def _put(env: _Env, slot: Slot) -> str:
    """Store a slot; return the text that stands for it in the HTML."""
    env["slots"].append(slot)
    return f"\0{len(env['slots']) - 1}\0"


@cache
def _writer() -> tuple[_Html, OptionsDict]:
    return _Html(), MarkdownIt("commonmark", {"xhtmlOut": False}).options


def keep_unbroken(text: str) -> str:
    """Return plain text as HTML that keeps a number and its unit on one line (`class="nb"`).

    A line may end between a closing quotation mark and an opening one or a number, which browsers
    do not know: they broke “土专家”“田秀才”1400人 inside its words.
    """
    spans = _NUMBERS.sub(r'<span class="nb">\g<0></span>', escape(text, quote=False))
    return _AFTER_QUOTE.sub(r"\g<0><wbr>", spans)


def list_unbroken(text: str) -> list[str]:
    """Return each number of a plain text with its unit: what stays on one line."""
    return _NUMBERS.findall(text)


class _Html(RendererHTML):
    """Writes the tokens; what the page fills in becomes a slot, stored in `env`."""

    def table_open(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        env["tables"] = env.get("tables", 0) + 1
        named = _put(env, Label("table", str(env["tables"]), ' role="region"'))
        return f'<div class="table-scroll" tabindex="0"{named}>\n<table>\n'

    def table_close(self, *_: object) -> str:
        return "</table>\n</div>\n"

    def softbreak(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return "" if tokens[idx].hidden else "\n"

    def html_inline(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return escape(tokens[idx].content, quote=False)

    def text(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return keep_unbroken(tokens[idx].content)

    def mark_open(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        return _put(env, MarkStart(**tokens[idx].meta))

    def mark_close(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        return _put(env, MarkEnd(**tokens[idx].meta))

    def row_anchors(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        return _put(env, RowAnchors(**tokens[idx].meta))

    def tr_open(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        sentence = tokens[idx].meta.get("sentence")
        return f"<tr{'' if sentence is None else _put(env, RowMark(sentence))}>\n"

    def link_open(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        env["link"] = str(read_href(tokens[idx]))  # without the source that a Destination keeps
        plain = tokens[idx].info == "auto"
        return _put(env, LinkStart(env["link"], str(tokens[idx].attrs.get("title", "")), plain))

    def link_close(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        return _put(env, LinkEnd(env["link"]))

    def image(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        token = tokens[idx]
        title = "" if token.meta.get("figure") else str(token.attrs.get("title", ""))
        return _put(env, Image(str(read_href(token)), show_alternative(token), title))

    def caption(self, tokens: _Tokens, idx: int, *_: object) -> str:
        caption, credit = tokens[idx].meta["caption"]
        source = f'<span class="credit">{escape(credit)}</span>' if credit else ""
        parts = " ".join(filter(None, (escape(caption), source)))
        return f"\n<figcaption>{parts}</figcaption>" if parts else ""

    def footnote_ref(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        note, ident = _note_ids(tokens[idx])
        label = _put(env, Label("note", note))
        return (
            f'<sup class="footnote-ref"><a href="#fn:{note}" id="fnref:{ident}"'
            f' role="doc-noteref"{label}>{note}</a></sup>'
        )

    def footnote_block_open(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        label = _put(env, Label("footnotes"))
        return f'<section class="footnotes" role="doc-endnotes"{label}>\n<ol>\n'

    def footnote_block_close(self, *_: object) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return f'<li id="fn:{tokens[idx].meta["id"] + 1}">\n'

    def footnote_close(self, *_: object) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        ident = _note_ids(tokens[idx])[1]
        label = _put(env, Label("back", ident))
        return f' <a href="#fnref:{ident}" role="doc-backlink"{label}>↩\ufe0e</a>'


def _note_ids(token: Token) -> tuple[str, str]:
    """Return the number of a footnote, and that of one of the marks that link to it."""
    number, again = str(token.meta["id"] + 1), token.meta.get("subId", 0)
    return number, f"{number}-{again + 1}" if again else number


def _mark(tokens: Sequence[Token], chosen: Collection[int]) -> None:
    """Wrap the sentences that a page may mark; the tokens are changed in place."""
    index = 0
    for block in list_blocks(tokens):
        token = tokens[block.at]
        marked: list[tuple[int, int, int]] = []
        for start, end in block.sentences():
            if index in chosen:
                marked.append((start, end, index))
            index += 1
        if not marked:
            continue
        if block.kind == "row":
            sentence = marked[0][2]
            token.meta["sentence"] = sentence
            cell = tokens[block.at + 2].children or []
            cell[:0] = [Token("row_anchors", "span", 0, meta={"sentence": sentence})]
        else:
            token.children = list(_Marker(token.children or [], marked).wrapped())


class _Marker:
    """Wraps spans of the text of one block, cut where a span would cross an inline element."""

    def __init__(self, children: Sequence[Token], spans: Sequence[tuple[int, int, int]]) -> None:
        self.children = children
        self.ends = _element_ends(children)
        self.spans = iter(spans)
        self.start, self.end, self.sentence = next(self.spans)
        self.first = True
        self.at = 0
        self.depth = 0
        self.open_depth = -1

    def wrapped(self) -> Iterator[Token]:
        for nth, child in enumerate(self.children):
            if child.nesting == 1:
                whole = self.ends[nth] <= self.end
                if not whole:
                    yield from self.close()
                elif self.start <= self.at < self.ends[nth]:
                    yield from self.open()
                self.depth += 1
                yield child
            elif child.nesting == -1:
                if self.open_depth == self.depth:
                    yield from self.close()
                self.depth -= 1
                yield child
                yield from self.finish()
            elif child.type in {"text", "code_inline", "html_inline"}:
                yield from self.text(child)
            else:
                self.at += len(show_piece(child))
                yield child

    def text(self, child: Token) -> Iterator[Token]:
        done, length = 0, len(child.content)
        while done < length:
            inside = self.start <= self.at
            stop = min(length, done + (self.end if inside else self.start) - self.at)
            if inside:
                yield from self.open()
            yield child.copy(content=child.content[done:stop])
            self.at += stop - done
            done = stop
            yield from self.finish()

    def open(self) -> Iterator[Token]:
        if self.open_depth < 0:
            self.open_depth = self.depth
            meta = {"sentence": self.sentence, "first": self.first}
            yield Token("mark_open", "span", 1, meta=meta)
            self.first = False

    def close(self) -> Iterator[Token]:
        if self.open_depth >= 0:
            self.open_depth = -1
            yield Token("mark_close", "span", -1, meta={"sentence": self.sentence})

    def finish(self) -> Iterator[Token]:
        """Close the piece at the end of the span, outside its elements, and begin the next span."""
        if self.at >= self.end and self.open_depth in {-1, self.depth}:
            yield from self.close()
            self.start, self.end, self.sentence = next(self.spans, (_NEVER, _NEVER, -1))
            self.first = True


def _element_ends(children: Sequence[Token]) -> dict[int, int]:
    """Return for each opening token, by index, the offset in the text at which its element ends."""
    ends: dict[int, int] = {}
    unclosed: list[int] = []
    offset = 0
    for nth, child in enumerate(children):
        offset += len(show_piece(child))
        if child.nesting == 1:
            unclosed.append(nth)
        elif child.nesting == -1:
            ends[unclosed.pop()] = offset
    return ends
