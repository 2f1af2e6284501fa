"""Hypertext: the tokens of a body -> HTML, with links resolved and evidence marked.

Secret: the HTML of the body: its elements, classes, ids and labels.
Not here: reading Markdown (dialect), and the theme's words, which come in as `Words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from casegen.body import destination
from casegen.body.destination import href_of
from casegen.body.dialect import alternative, blocks, piece

_Tokens: TypeAlias = Sequence[Token]
_Env: TypeAlias = MutableMapping[str, Any]

# A number, what belongs to it (余 万 …) and its unit: the long ones by name, else one character.
_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z.,])\d[\d.,]{0,11}(?:[至—~～-]\d[\d.,]{0,11})?[余多]?[十百千万亿]*[余多]?"
    r"(?:平方公里|平方千米|平方米|立方米|公里|千米|公斤|千克|公顷|人次|个百分点|[%％‰℃]|[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a destination becomes on the page: an address, and what is known of the file there.

    `note` (`PDF，1.2 MB`) follows the text of a link; `srcset`, `width` and `height` (pixels) are
    for images and left out where empty or 0; so is `sizes`, how wide the page shows them.
    """

    href: str
    note: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0
    sizes: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The words a page adds for screen readers; `{number}` counts; those left empty are omitted.

    `table` names the scroll region of a table, `footnotes` the list of footnotes, `note` the
    mark of a footnote in the text, `back` the way back from it; `file` is what follows a link to
    a file, `{note}` its kind and size.
    """

    table: str = ""
    footnotes: str = ""
    note: str = ""
    back: str = ""
    file: str = "（{note}）"


def write(
    tokens: _Tokens,
    links: Mapping[str, Target],
    marks: Mapping[int, tuple[str, ...]],
    words: Words,
) -> str:
    """The HTML of a body; see `prose.render_body`. The tokens are used up."""
    if marks:
        _mark(tokens, marks)
    html, options = _writer()
    return html.render(tokens, options, {"links": links, "words": words})


@cache
def _writer() -> tuple[_Html, OptionsDict]:
    return _Html(), MarkdownIt("commonmark", {"xhtmlOut": False}).options


def unbroken(text: str) -> str:
    """Plain text as HTML in which no line ends between a number and its unit (`class="nb"`)."""
    return _NUMBERS.sub(r'<span class="nb">\g<0></span>', escape(text, quote=False))


def _attributes(**values: str | int) -> str:
    """Attributes as HTML, `_` for `-`; empty ones are left out."""
    return "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"'
        for name, value in values.items()
        if value
    )


class _Html(RendererHTML):
    """Writes the tokens; `env` holds the links and words of the page."""

    def table_open(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        env["tables"] = env.get("tables", 0) + 1
        label = env["words"].table.replace("{number}", str(env["tables"]))
        named = _attributes(role="region", aria_label=label) if label else ""
        return f'<div class="table-scroll" tabindex="0"{named}>\n<table>\n'

    def table_close(self, *_: object) -> str:
        return "</table>\n</div>\n"

    def softbreak(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return "" if tokens[idx].hidden else "\n"

    def html_inline(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return escape(tokens[idx].content, quote=False)

    def text(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return unbroken(tokens[idx].content)

    def mark_open(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return f'<span class="evidence"{_attributes(id="".join(tokens[idx].meta["id"]))}>'

    def mark_empty(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return f"<span{_attributes(id=tokens[idx].meta['id'][0])}></span>"

    def link_open(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        target = _target(tokens[idx], env["links"])
        env["link"] = target
        if target is None:
            return ""
        rel = "noopener" if destination.kind(target.href) == "external" else ""
        title = str(tokens[idx].attrs.get("title", ""))
        return f'<a href="{escape(target.href)}"{_attributes(title=title, rel=rel)}>'

    def link_close(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        target = env["link"]
        if target is None:
            return ""
        if not target.note:
            return "</a>"
        note = env["words"].file.replace("{note}", target.note)
        return f'<span class="link-note">{escape(note)}</span></a>'

    def image(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        token = tokens[idx]
        href, alt = href_of(token), alternative(token)
        target = env["links"].get(href) if destination.kind(href) == "local" else None
        if target is None:
            return escape(alt)
        return (
            f'<img src="{escape(target.href)}" alt="{escape(alt)}"'
            + _attributes(
                title="" if token.meta.get("figure") else str(token.attrs.get("title", "")),
                srcset=target.srcset,
                sizes=target.sizes if target.srcset else "",
                width=target.width,
                height=target.height,
            )
            + ' loading="lazy" decoding="async">'
        )

    def caption(self, tokens: _Tokens, idx: int, *_: object) -> str:
        caption, credit = tokens[idx].meta["caption"]
        source = f'<span class="credit">{escape(credit)}</span>' if credit else ""
        parts = " ".join(filter(None, (escape(caption), source)))
        return f"\n<figcaption>{parts}</figcaption>" if parts else ""

    def footnote_ref(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        note, ident = _note_ids(tokens[idx])
        label = _attributes(aria_label=env["words"].note.replace("{number}", note))
        return (
            f'<sup class="footnote-ref"><a href="#fn:{note}" id="fnref:{ident}"'
            f' role="doc-noteref"{label}>{note}</a></sup>'
        )

    def footnote_block_open(self, _tokens: _Tokens, _idx: int, _: OptionsDict, env: _Env) -> str:
        label = _attributes(aria_label=env["words"].footnotes)
        return f'<section class="footnotes" role="doc-endnotes"{label}>\n<ol>\n'

    def footnote_block_close(self, *_: object) -> str:
        return "</ol>\n</section>\n"

    def footnote_open(self, tokens: _Tokens, idx: int, *_: object) -> str:
        return f'<li id="fn:{tokens[idx].meta["id"] + 1}">\n'

    def footnote_close(self, *_: object) -> str:
        return "</li>\n"

    def footnote_anchor(self, tokens: _Tokens, idx: int, _: OptionsDict, env: _Env) -> str:
        ident = _note_ids(tokens[idx])[1]
        label = _attributes(aria_label=env["words"].back.replace("{number}", ident))
        return f' <a href="#fnref:{ident}" role="doc-backlink"{label}>↩\ufe0e</a>'


def _note_ids(token: Token) -> tuple[str, str]:
    """The number of a footnote, and that of one of the marks that lead to it."""
    number, again = str(token.meta["id"] + 1), token.meta.get("subId", 0)
    return number, f"{number}-{again + 1}" if again else number


def _target(link: Token, links: Mapping[str, Target]) -> Target | None:
    href = href_of(link)
    sort = destination.kind(href)
    if sort == "unsafe":
        return None
    if href in links:
        return links[href]
    if sort == "external":
        return Target(normalizeLink(destination.cleaned(href)))
    return Target(re.sub(r"\s", "%20", href)) if sort == "anchor" else None


def _mark(tokens: Sequence[Token], marks: Mapping[int, tuple[str, ...]]) -> None:
    """Wrap the marked sentences; the tokens are changed in place."""
    index = 0
    for block in blocks(tokens):
        token = tokens[block.at]
        marked: list[tuple[int, int, tuple[str, ...]]] = []
        for start, end in block.sentences():
            if ids := marks.get(index):
                marked.append((start, end, ids))
            index += 1
        if not marked:
            continue
        if block.kind == "row":
            token.attrs |= {"class": "evidence", "id": marked[0][2][0]}
            cell = tokens[block.at + 2].children or []
            cell[:0] = [_empty(name) for name in marked[0][2][1:]]
        else:
            token.children = list(_Marker(token.children or [], marked).wrapped())


class _Marker:
    """Wraps spans of the text of one block, cut where a span would cross an inline element."""

    def __init__(
        self, children: Sequence[Token], spans: Sequence[tuple[int, int, tuple[str, ...]]]
    ) -> None:
        self.children = children
        self.ends = _element_ends(children)
        self.spans = iter(spans)
        self.start, self.end, self.ids = next(self.spans)
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
                self.at += len(piece(child))
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
            yield Token("mark_open", "span", 1, meta={"id": self.ids[:1]})
            yield from map(_empty, self.ids[1:])
            self.ids = ()

    def close(self) -> Iterator[Token]:
        if self.open_depth >= 0:
            self.open_depth = -1
            yield Token("mark_close", "span", -1)

    def finish(self) -> Iterator[Token]:
        """Past the end of the span, and out of its elements: close it and take the next."""
        if self.at >= self.end and self.open_depth in {-1, self.depth}:
            yield from self.close()
            far = 1 << 62
            self.start, self.end, self.ids = next(self.spans, (far, far, ()))


def _element_ends(children: Sequence[Token]) -> dict[int, int]:
    """For each opening token, by index, the offset in the text at which its element ends."""
    ends: dict[int, int] = {}
    unclosed: list[int] = []
    offset = 0
    for nth, child in enumerate(children):
        offset += len(piece(child))
        if child.nesting == 1:
            unclosed.append(nth)
        elif child.nesting == -1:
            ends[unclosed.pop()] = offset
    return ends


def _empty(name: str) -> Token:
    return Token("mark_empty", "span", 0, meta={"id": (name,)})
