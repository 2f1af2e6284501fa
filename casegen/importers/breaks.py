"""breaks: lines of pasted text that end in the middle of a sentence, joined where that is certain.

Secret: what distinguishes a line that was broken at the width of a page from a paragraph.
Not here: what a line is (plaintext), what it means (layout).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from casegen.chinese.characters import is_wide
from casegen.chinese.region import list_regions
from casegen.importers.manuscript import Block, Kind

NARROWEST = 40  # columns: twenty Chinese characters
# Columns by which a full line may be short: a punctuation mark cannot begin the next line.
LEEWAY = 3
LEAST = 3  # full lines that prove a width
NARROWEST_OF_MANY = 24  # columns, where many lines prove a width
MANY = 5
LONGEST_NAME = 12  # characters of a place
_INSIDE = re.compile("[，。；：]")
SHARE = 0.25  # share of full lines in a text that was broken at a width
_RUNNING = ("，", "、", "（", "《", "“")
_ENDED = re.compile("[。！？!?…：:；;][”’）)】》]*$")
_BEGINS = re.compile(
    r"[\s\u3000]{2}|[一二三四五六七八九十\d]{1,3}\s{0,3}[、.．)）](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）]|"
    r"第[一二三四五六七八九十\d]+[章节条]|[一二三四五六七八九十]是|[●•○◆■▪·‧➢#*>|-]|"
    r"[(（【]?\s{0,3}(?:供稿|供图|编辑|编审|校对|审核|责编|作者|来源|记者|文|图)\s{0,3}[/／:：]"
)
_IN_NUMBER = re.compile(r"([\d.]{1,30})([\r\n]{1,2}[ \u200b]{0,9})([\d.]{1,30})")
_GAP = r"[\r\n]{1,2}[ \u200b]{0,9}"
# 培训180人 and 次 on the next line, 3万 and 公斤, 2022 and 年.
_IN_UNIT = re.compile(
    rf"(\d[余多]?万?(?:人(?={_GAP}次(?!年))|公(?={_GAP}[斤里顷])|平方(?={_GAP}米)"
    rf"|[万亿](?={_GAP}(?:元|亩|人|户|公斤|斤|吨)))|(?<!\d)(?:19|20)\d\d(?={_GAP}年))"
    rf"({_GAP})(人次|公斤|[次斤里顷米元亩人户吨年])"
)
_REST = re.compile(
    r"(?!(?:19|20)\d\d年)\d{1,9}(?:\.\d+)?(?:[余多万亿]|[%％]|[^\d\s.、．)）])"
)  # of a number: 4 and 0套


def join_lines(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[int, ...]]:
    """Return the blocks with broken lines joined, and the numbers of the appended lines."""
    prose = [block for block in blocks if block.kind is Kind.PARAGRAPH]
    for measure in (_columns, _characters):
        if width := _width([(measure(b.source), b.plain) for b in prose]):
            break
    groups: list[list[Block]] = []
    for block in blocks:
        full = bool(groups) and width - LEEWAY <= measure(groups[-1][-1].source) <= width
        if groups and _goes_on(groups[-1][-1], block, full=full):
            groups[-1].append(block)
        else:
            groups.append([block])
    numbers = tuple(block.line for group in groups for block in group[1:])
    return tuple(map(_join_lines, groups)), numbers


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
            inside = _IN_NUMBER.sub(_mend_number, text[block.start : block.end])
            inside = _IN_UNIT.sub(r"\1\3\2", inside)
            pieces += [text[at : block.start], re.sub("[\r\n]", " ", inside)]
            at = block.end
    return "".join([*pieces, text[at:]])


def _mend_number(found: re.Match[str]) -> str:
    """Return a number without the line end in it, as long as before; a unit allows one blank."""
    left, gap, right = found.groups()
    return f"{left}{right} " if len(gap) == 1 else f"{' ' * len(gap)}{left}{right}"


def _columns(line: str) -> int:
    return sum(2 if is_wide(c) else 1 for c in line.rstrip())


def _characters(line: str) -> int:
    """Return the columns of a line if it had wide characters only: some programs count these."""
    return 2 * len(line.rstrip())


def _width(lines: Sequence[tuple[int, str]]) -> int:
    """Return the width, in columns, at which a text was broken; 0 where it was not.

    `lines` are columns and words. Many lines reach that width, and hardly one is longer. Two do
    where both end inside a sentence and none is longer.
    """
    for width in sorted({columns for columns, _ in lines}, reverse=True):
        full = [text for columns, text in lines if width - LEEWAY <= columns <= width]
        wider = sum(columns > width for columns, _ in lines)
        if wider > 1 or width < NARROWEST_OF_MANY:
            return 0
        if len(full) < SHARE * len(lines):
            continue
        cut = [text for text in full if not _ENDED.search(text)]
        # Sentences run on in these lines: items of a list have no commas and stops inside.
        running = sum(bool(_INSIDE.search(text)) for text in cut)
        if width < NARROWEST:
            if len(cut) >= MANY and 2 * running >= len(cut):
                return width
        elif len(full) >= LEAST or (not wider and len(cut) == len(full) == 2 == running):
            return width
    return 0


def _goes_on(last: Block, block: Block, *, full: bool) -> bool:
    """Return whether a line certainly continues the sentence of the one before."""
    if not (last.kind is block.kind is Kind.PARAGRAPH) or block.line - last.line != 1:
        return False
    if last.emphatic or block.emphatic or _BEGINS.match(block.source):
        return False
    if last.plain.endswith(_RUNNING) and len(last.plain) > 1:
        return True
    if _ENDED.search(last.plain):
        return False
    wide = _columns(last.source) >= NARROWEST_OF_MANY
    return full or (wide and _is_cut(last.plain, block.plain))


def _is_cut(last: str, line: str) -> bool:
    """Return whether a number or the name of a place goes on from one line to the next."""
    if re.search(r"\d$", last) and _INSIDE.search(last) and _REST.match(line):
        return True
    for before in range(1, min(LONGEST_NAME, len(last))):
        for after in range(1, min(LONGEST_NAME, len(line)) + 1):
            inside = _load_wholes().get(last[-before:] + line[:after], ())
            if any(whole in last[:-before] for whole in inside):
                return True
    return False


@cache
def _load_wholes() -> Mapping[str, tuple[str, ...]]:
    """Return the names of counties and cities, each with those of what it lies in."""
    found: dict[str, tuple[str, ...]] = {}
    for place in list_regions():
        name, *wholes = reversed(place.names)
        if wholes and 2 < len(name) <= LONGEST_NAME:
            found[name] = (*found.get(name, ()), *wholes)
    return found


def _join_lines(lines: Sequence[Block]) -> Block:
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
