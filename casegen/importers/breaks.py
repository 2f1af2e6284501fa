"""breaks: lines of pasted text that end in the middle of a sentence, joined where that is certain.

Secret: what distinguishes a line that was broken at the width of a page from a paragraph.
Not here: what a line is (plaintext), what it means (layout).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from unicodedata import east_asian_width

from casegen.importers.manuscript import Block, Kind

NARROWEST = 40  # columns: twenty Chinese characters
# Columns by which a full line may be short: a punctuation mark cannot begin the next line.
LEEWAY = 3
LEAST = 3  # full lines that prove a width
SHARE = 0.25  # share of full lines in a text that was broken at a width
_RUNNING = ("，", "、", "（", "《", "“")
_ENDED = re.compile("[。！？!?…：:；;][”’）)】》]*$")
_BEGINS = re.compile(
    r"[\s\u3000]{2}|[一二三四五六七八九十\d]{1,3}\s{0,3}[、.．)）](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"第[一二三四五六七八九十\d]+[章节条]|[一二三四五六七八九十]是|[●•○◆■▪·‧➢#*>|-]|"
    r"[(（【]?\s{0,3}(?:供稿|供图|编辑|编审|校对|审核|责编|作者|来源|记者|文|图)\s{0,3}[/／:：]"
)
_IN_NUMBER = re.compile(r"(?<=[\d.])([\r\n]{1,2})([\d.]+)")


def join_lines(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Return the blocks with broken lines joined, and the numbers of the appended lines."""
    width = _width([_columns(b.source) for b in blocks if b.kind is Kind.PARAGRAPH])
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and _goes_on(groups[-1][-1], block, width):
            groups[-1].append(block)
        else:
            groups.append([block])
    numbers = tuple(block.line for group in groups for block in group[1:])
    return tuple(map(_whole, groups)), numbers


def tell_joined(numbers: Sequence[int]) -> Iterator[str]:
    """Yield what the report says about the joined lines (Chinese)."""
    if numbers:
        shown = "、".join(map(str, numbers[:20])) + ("……" if len(numbers) > 20 else "")
        yield f"断在句子中间的行已接到上一行，共 {len(numbers)} 处：第 {shown} 行"


def join_text(text: str, blocks: Sequence[Block]) -> str:
    """Return the text with blanks for the line ends inside blocks: a figure may cross one."""
    pieces, at = [], 0
    for block in blocks:
        if block.kind is Kind.PARAGRAPH and block.start >= at:
            inside = _IN_NUMBER.sub(lambda m: m[2] + " " * len(m[1]), text[block.start : block.end])
            pieces += [text[at : block.start], re.sub("[\r\n]", " ", inside)]
            at = block.end
    return "".join([*pieces, text[at:]])


def _columns(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WFA" else 1 for c in line.rstrip())


def _width(columns: Sequence[int]) -> int:
    """Return the width, in columns, at which a text was broken; 0 where it was not.

    Many lines reach that width, and hardly one is longer.
    """
    for width in sorted(set(columns), reverse=True):
        full = sum(width - LEEWAY <= c <= width for c in columns)
        if sum(c > width for c in columns) > 1 or width < NARROWEST:
            return 0
        if full >= LEAST and full >= SHARE * len(columns):
            return width
    return 0


def _goes_on(last: Block, block: Block, width: int) -> bool:
    """Return whether a line certainly continues the sentence of the one before."""
    if not (last.kind is block.kind is Kind.PARAGRAPH) or block.line - last.line != 1:
        return False
    if last.emphatic or block.emphatic or _BEGINS.match(block.source):
        return False
    if last.plain.endswith(_RUNNING) and len(last.plain) > 1:
        return True
    full = width and width - LEEWAY <= _columns(last.source) <= width
    return bool(full) and not _ENDED.search(last.plain)


def _whole(lines: Sequence[Block]) -> Block:
    """Join lines into one: nothing between Chinese characters, a space between Latin words."""
    if len(lines) == 1:
        return lines[0]
    gaps = [""]
    for last, block in pairwise(lines):
        words = re.search("[A-Za-z,.;:]$", last.plain) and re.match("[A-Za-z]", block.plain)
        gaps.append(" " if words else "")
    return replace(
        lines[0],
        text="".join(gap + block.text for gap, block in zip(gaps, lines, strict=True)),
        plain="".join(gap + block.plain for gap, block in zip(gaps, lines, strict=True)),
        source="".join(gap + block.source.strip() for gap, block in zip(gaps, lines, strict=True)),
        end=lines[-1].end,
    )
