"""emphasis: bold, italic and struck-out marks next to Chinese text, as an inline rule.

Secret: which characters count as East Asian, how they change CommonMark's flanking rule, and which
stars are signs of multiplication.
Not here: pairing the marks and rendering them (markdown-it) and the rest of the dialect (dialect).
"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

# Marks that Chinese and Latin text share: they count as Chinese beside an East Asian character.
_SHARED = frozenset("“”‘’—…·")
_HANGUL = (
    (0x1100, 0x11FF),
    (0x3130, 0x318F),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xFFA0, 0xFFDC),
)
_SCRIPTS = (
    (0x1100, 0x11FF),
    (0x2E80, 0xFFEF),
    (0x16FE0, 0x1EFFF),
    (0x20000, 0x3FFFF),
)

# The text before and after a star that multiplies: 3*4米, 3m*4m, (3*4)*5, 长3米*宽4米; 长*宽*高.
_NUMERAL = "0-9０-９〇零一二两三四五六七八九十百千万"
_FACTOR = re.compile(rf"(?:\d[^\W\d_]{{0,3}}[%％²㎡]?[)）]?|[{_NUMERAL}])\Z")
_NEXT = re.compile(rf"[(（]?(?:[长宽高厚深]度?)?约?[{_NUMERAL}]")
_SIDE = re.compile(r"[长宽高厚深]度?\Z")
_NEXT_SIDE = re.compile(r"[长宽高厚深]")
_NEAR = 6  # characters beside a star that can tell a factor


def is_east_asian(char: str) -> bool:
    """Return whether a character is Han, kana, Hangul or their punctuation; emoji are not.

    Source: East_Asian_Width (Unicode Annex 11) is wide, full or half-width, taken only from the
    blocks of scripts and their signs, since emoji are wide as well.
    """
    return _within(char, _SCRIPTS) and east_asian_width(char) in "WFH" and not char.isspace()


def is_hangul(char: str) -> bool:
    """Return whether a character is Korean, which puts spaces between words."""
    return _within(char, _HANGUL)


def _within(char: str, blocks: tuple[tuple[int, int], ...]) -> bool:
    code = ord(char)
    return any(first <= code <= last for first, last in blocks)


def is_variation(char: str) -> bool:
    """Return whether a character only chooses a glyph of the one before it."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def is_chinese_at(text: str, at: int, step: int) -> bool:
    """Return whether the character at `at` belongs to East Asian text.

    A quotation mark or dash, which Latin text uses too, does if the next one in the direction
    of `step` (-1 or 1) is East Asian.
    """
    if text[at] in _SHARED:
        at += step
    return 0 <= at < len(text) and is_east_asian(text[at])


def read_delimiters(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Inline rule for `*`, `_` and `~~` in place of the two stock ones.

    CommonMark lets no mark open before punctuation, or close after it, unless a space or
    punctuation stands on the other side; Chinese writes no spaces, so `**重点：**产业` fails
    (issue 650 of the specification). Here East Asian punctuation is allowed there, and an East
    Asian character on the other side has the effect of a space. Without East Asian characters
    the rule is CommonMark's; `_` within words stays literal, and so does any mark between digits
    and a single star between other factors of a multiplication.
    """
    text, start, mark = state.src, state.pos, state.src[state.pos]
    if silent or mark not in "*_~":
        return False
    end = start
    while end < state.posMax and text[end] == mark:
        end += 1
    length = end - start
    if mark == "~" and length < 2:
        return False
    if _multiplies(text, start, end, state.posMax):
        state.push("text", "", 0).content = text[start:end]
        state.pos = end
        return True
    opens, closes = _flanking(text, start, end, state.posMax)
    width = 2 if mark == "~" else 1
    if length % width:
        state.push("text", "", 0).content = mark
    for _ in range(length // width):
        state.push("text", "", 0).content = mark * width
        state.delimiters.append(
            Delimiter(
                marker=ord(mark),
                length=0 if mark == "~" else length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _multiplies(text: str, start: int, end: int, limit: int) -> bool:
    """Return whether marks are between factors, where emphasis is never meant.

    3*4*5米, 长3米*宽4米.
    """
    if not start or end >= limit:
        return False
    if text[start - 1].isdigit() and text[end].isdigit():
        return True
    if text[start:end] != "*":
        return False
    before, after = text[max(start - _NEAR, 0) : start], text[end : min(end + _NEAR, limit)]
    return bool(
        (_FACTOR.search(before) and _NEXT.match(after))
        or (_SIDE.search(before) and _NEXT_SIDE.match(after))
    )


def _flanking(text: str, start: int, end: int, limit: int) -> tuple[bool, bool]:
    """Return whether the run of marks `start` to `end` may open and may close."""
    last = start - 1
    if last > 0 and is_variation(text[last]) and is_east_asian(text[last - 1]):
        last -= 1
    before = text[last] if start else " "
    after = text[end] if end < limit else " "
    chinese_before = start > 0 and is_chinese_at(text, last, -1)
    chinese_after = end < limit and is_chinese_at(text, end, 1)
    mark_before = isMdAsciiPunct(ord(before)) or isPunctChar(before)
    mark_after = isMdAsciiPunct(ord(after)) or isPunctChar(after)
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    left = not space_after and (
        not mark_after or chinese_after or space_before or mark_before or chinese_before
    )
    right = not space_before and (
        not mark_before or chinese_before or space_after or mark_after or chinese_after
    )
    within_words = text[start] != "_"
    return (
        left and (within_words or not right or mark_before),
        right and (within_words or not left or mark_after),
    )
