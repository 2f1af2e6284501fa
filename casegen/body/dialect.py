"""dialect: the parser of our Markdown, and the text that its blocks show.

Secret: how markdown-it is set up, and which tokens mean which kind of block.
Not here: emphasis (emphasis), addresses (destination), HTML (html) and what a body says (prose).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref, footnote_tail

from casegen.body import destination, emphasis
from casegen.body.autolinks import link_addresses
from casegen.body.destination import Places, find_line
from casegen.body.labels import find_label_end
from casegen.chinese.sentence import split_sentences

_COMMENT = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?s:.*?)(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`)[^\n]{0,2000}?(?<!`)\2(?!`)"
    r"|(?P<comment><!--)",
    re.MULTILINE,
)
GALLERY = "gallery"
DEEPEST = 100  # levels; the preset has 20, and what follows a deeper list would be lost
_EMPTY_LINE = re.compile(r"\n[ \t]*\n|\Z")


class _Dialect(MarkdownIt):
    """CommonMark, tables, `~~` and footnotes; destinations stay as written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True, "maxNesting": DEEPEST})
        self.enable("table").disable("html_block")
        self.inline.ruler.at("emphasis", emphasis.read_delimiters)
        self.inline.ruler2.enable("strikethrough")
        self.inline.ruler.after("image", "footnote_ref", footnote_ref)
        self.block.ruler.before(
            "reference", "footnote_def", _note, {"alt": ["paragraph", "reference"]}
        )
        self.core.ruler.after("inline", "footnote_tail", footnote_tail)
        self.core.ruler.push("dialect", _settle)
        helpers: Any = SimpleNamespace(
            parseLinkDestination=destination.read_destination,
            parseLinkLabel=find_label_end,
            parseLinkTitle=parseLinkTitle,
        )
        self.helpers = helpers

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        """Accept every destination; an unsafe one is reported, and left out on rendering."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leave destinations as written, for looking them up."""
        return url


@cache
def _dialect() -> _Dialect:
    return _Dialect()


def read_tokens(text: str) -> tuple[list[Token], Places]:
    """Parse a body in Markdown; return its tokens and what finds their places in the source."""
    env: dict[str, Any] = {}
    tokens = _dialect().parse(_blanked(text), env)
    return tokens, Places(text, env)


def remove_comments(text: str) -> str:
    """Return the source without editors' comments; one within code is code and stays."""
    return _with_comments(text, lambda _start, _end: "")


def list_comments(text: str) -> tuple[str, ...]:
    """Return what the editors' comments of a source say, without their marks."""
    found: list[str] = []

    def look(start: int, end: int) -> str:
        found.append(text[start:end].removeprefix("<!--").removesuffix("-->").strip())
        return ""

    if "<!--" in text:
        _with_comments(text, look)
    return tuple(found)


def find_open_comment(text: str) -> int | None:
    """Return the offset of an editors' comment that never ends; None if there is none."""
    found: list[int] = []

    def look(start: int, end: int) -> str:
        if not text[start:end].endswith("-->"):
            found.append(start)
        return ""

    _with_comments(text, look)
    return found[0] if found else None


def _blanked(text: str) -> str:
    """Return the source with blanks for comments between blocks; lines keep their numbers.

    Those within a paragraph are left to the parser, whose tokens for them are dropped.
    """

    def blank(start: int, end: int) -> str:
        comment = text[start:end]
        before = text[text.rfind("\n", 0, start) + 1 : start].strip()
        after = text[end : end + 200].partition("\n")[0].strip()
        whole = comment.endswith("-->") and not re.search(r"\n[ \t]*\n", comment)
        if (before or after) and whole:
            return comment
        shown = re.sub(r"[^\n]", " ", comment)
        return shown.rstrip(" ") if after else shown

    return _with_comments(text, blank)


def _with_comments(text: str, instead: Callable[[int, int], str]) -> str:
    """Return the text with its comments replaced; an open comment ends with its paragraph."""
    if "<!--" not in text:
        return text
    last = text.rfind("-->")
    parts: list[str] = []
    at = done = 0
    while found := _COMMENT.search(text, at):
        at = found.end()
        if not found["comment"]:
            continue
        start = found.start()
        if start < last:
            at = text.index("-->", start) + 3
        elif empty := _EMPTY_LINE.search(text, start):
            at = empty.start()
        parts += text[done:start], instead(start, at)
        done = at
    return "".join((*parts, text[done:]))


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Read footnote definitions, except within another.

    The plugin would lose the outer one's end.
    """
    if silent:  # whether the next definition ends the paragraph of the one before it
        return footnote_def(state, start, end, silent)
    if state.env.get("in_note"):
        return False
    state.env["in_note"] = True
    found = footnote_def(state, start, end, silent)
    state.env["in_note"] = False
    return found


def _settle(state: StateCore) -> None:
    """Give the tokens their final form: outline, figures, line breaks, table cells."""
    lowered = 0
    taken: dict[str, int] = {}
    for at, token in enumerate(state.tokens):
        if token.type == "heading_open":
            lowered = lowered or int(token.tag == "h1")
            level = min(int(token.tag[1]) + lowered, 6)
            token.tag = state.tokens[at + 2].tag = f"h{level}"
            if title := _text(state.tokens[at + 1]).strip():
                token.attrSet("id", _anchor(title, taken))
        elif token.type in {"th_open", "td_open"}:
            _settle_cell(token)
        elif token.type == "inline":
            token.children = [c for c in token.children or [] if not _is_comment(c)]
            _join_lines(token.children)
            _settle_figures(*state.tokens[at - 1 : at + 2])
            if "://" in token.content:
                token.children = list(link_addresses(token.children or []))
    if "footnotes" in state.env:
        state.tokens = list(_with_ways_back(state.tokens))


def _is_comment(token: Token) -> bool:
    return token.type == "html_inline" and token.content.startswith("<!--")


def _with_ways_back(tokens: Sequence[Token]) -> Iterator[Token]:
    """Remove links back from footnotes to marks that are not shown (in alternative text)."""
    shown = {
        (child.meta["id"], child.meta["subId"])
        for token in tokens
        for child in token.children or ()
        if child.type == "footnote_ref"
    }
    for token in tokens:
        if token.type != "footnote_anchor" or (token.meta["id"], token.meta["subId"]) in shown:
            yield token


def _settle_cell(token: Token) -> None:
    """Return the alignment as a class: pages allow no style attributes."""
    align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if align:
        token.attrSet("class", f"align-{align}")


def _settle_figures(opener: Token, inline: Token, closer: Token) -> None:
    """Make a paragraph that is one image a figure, of several a gallery; each has a caption."""
    images = _images(inline)
    if not images or (opener.type, closer.type) != ("paragraph_open", "paragraph_close"):
        return
    opener.hidden = closer.hidden = False
    captioned = [[image, _caption_token(image)] for image in images]
    if len(images) == 1:
        opener.tag = closer.tag = "figure"
        inline.children = captioned[0]
        return
    opener.tag = closer.tag = "div"
    opener.attrSet("class", GALLERY)
    inline.children = [
        token
        for pair in captioned
        for token in (Token("figure_open", "figure", 1), *pair, Token("figure_close", "figure", -1))
    ]


def _images(inline: Token) -> list[Token]:
    """Return the images of a block that shows nothing else."""
    children = inline.children or []
    images = [child for child in children if child.type == "image"]
    blank = {"text", "softbreak", "hardbreak"}
    others = [child for child in children if child.type != "image"]
    alone = all(child.type in blank and not child.content.strip() for child in others)
    return images if alone else []


def _caption_token(image: Token) -> Token:
    image.meta["figure"] = True
    return Token("caption", "", 0, meta={"caption": _caption(image)})


def _anchor(title: str, taken: dict[str, int]) -> str:
    """Return a readable id: letters and digits of any script, `-` for spaces, numbered if repeated.

    An id of only Latin letters begins with `s-`, so that it is never one of a theme's.
    """
    stem = re.sub(r"[^\w-]", "", re.sub(r"\s+", "-", title.lower())).strip("-_") or "section"
    stem = f"s-{stem}" if stem.isascii() else stem
    anchor = stem
    while anchor in taken:
        taken[stem] += 1
        anchor = f"{stem}-{taken[stem]}"
    taken[anchor] = 1
    return anchor


def _join_lines(children: Sequence[Token]) -> None:
    """Hide the line breaks between two Chinese characters."""
    before = ""
    waiting: Token | None = None
    for child in children:
        shown = show_piece(child)
        if child.type == "softbreak":
            waiting = child
        elif shown:
            if waiting is not None:
                near = before + shown[:2]
                pair = len(before) - 1, len(before)
                waiting.hidden = (
                    before != ""
                    and emphasis.is_chinese_at(near, pair[0], -1)
                    and emphasis.is_chinese_at(near, pair[1], 1)
                    and not any(emphasis.is_hangul(near[at]) for at in pair)
                )
                waiting = None
            before = (before + shown)[-2:]


def show_piece(token: Token) -> str:
    """Return the text that an inline token shows; "" for images and footnote marks."""
    if token.type in {"text", "code_inline"}:
        return token.content
    if token.type == "html_inline":
        return token.content.replace("\n", " ")
    if token.type == "softbreak":
        return "" if token.hidden else " "
    return "\n" if token.type == "hardbreak" else ""


def show_alternative(image: Token) -> str:
    """Return the alternative text of an image token; "" for other tokens."""
    return "".join(
        show_alternative(child) if child.type == "image" else show_piece(child)
        for child in image.children or ()
    ).strip()


def _text(inline: Token) -> str:
    return "".join(map(show_piece, inline.children or ()))


@dataclass(slots=True)
class Block:
    """A block as shown.

    `at` is the index of its inline token (of a row, its first token); `line` counts from 1;
    `breaks` are the offsets in `text` at which a new line of the source begins; `opening` is a
    paragraph that could open a summary; `notes` has no text and comes before the footnotes.
    """

    kind: Literal["heading", "opening", "paragraph", "row", "other", "notes"]
    at: int
    line: int
    text: str
    breaks: tuple[int, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each sentence, as offsets into the block's text."""
        if self.kind == "row" and self.text:
            yield 0, len(self.text)
        elif self.kind in {"opening", "paragraph"}:
            yield from split_sentences(self.text)


def list_blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the blocks of text that a reader sees, in order."""
    header: list[str] | None = None
    row: list[str] = []
    start = -1
    in_notes = False
    for at, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            in_notes = True
            yield Block("notes", at, 0, "")
        elif token.type == "table_open":
            header = None
        elif token.type == "tr_open":
            row, start = [], at
        elif token.type == "tr_close":
            cells = zip(header or [""] * len(row), row, strict=True)
            filled = tuple((name, cell) for name, cell in cells if cell)
            text = " ".join(cell for _, cell in filled)
            yield Block("row", start, find_line(tokens[start]) + 1, text, cells=filled)
            header, start = header or row, -1
        elif token.type in {"fence", "code_block"}:
            yield Block("other", at, find_line(token) + 1, token.content)
        elif token.type == "inline" and start >= 0:
            row.append(_text(token).strip())
        elif token.type == "inline":
            yield _paragraph(tokens, at, in_notes=in_notes)


def _paragraph(tokens: Sequence[Token], at: int, *, in_notes: bool) -> Block:
    token, opener = tokens[at], tokens[at - 1]
    line = find_line(token) + 1
    captions = [child for child in token.children or () if child.type == "caption"]
    if captions:
        said = (words for child in captions for words in child.meta["caption"])
        return Block("other", at, line, "\n".join(filter(None, said)))
    pieces: list[str] = []
    breaks: list[int] = []
    length = 0
    for child in token.children or ():
        pieces.append(show_piece(child))
        length += len(pieces[-1])
        if child.type in {"softbreak", "hardbreak"}:
            breaks.append(length)
    text = "".join(pieces)
    if opener.type == "heading_open":
        return Block("heading" if text.strip() else "other", at, line, text)
    first = opener.level == 0 and text.strip() and not in_notes and not _stands_for_heading(token)
    return Block("opening" if first else "paragraph", at, line, text, tuple(breaks))


def _stands_for_heading(inline: Token) -> bool:
    """Return whether a paragraph is one bold phrase without the stop of a sentence."""
    children = [child for child in inline.children or () if child.tag or show_piece(child)]
    bold = [child.type for child in children if child.tag == "strong"]
    return (
        bold == ["strong_open", "strong_close"]
        and children[0].type == "strong_open"
        and children[-1].type == "strong_close"
        and not _text(inline).endswith(tuple("。！？；"))
    )


def _caption(image: Token) -> tuple[str, str]:
    """Return the caption and the credit line in the title of a figure's image."""
    title = str(image.attrs.get("title", "")).strip()
    before, found, after = title.rpartition("供图")
    after = after.lstrip()
    if not found or not after.startswith(("：", ":")):
        return title, ""
    who = after[1:].strip()
    if before.rstrip().endswith(("（", "(")):
        who = who.removesuffix("）").removesuffix(")").rstrip()
    return before.rstrip(" \u3000，,；;、（("), f"供图：{who}"
