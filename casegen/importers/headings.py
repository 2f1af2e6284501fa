"""headings: which blocks of a manuscript are headings, at which level, and which are captions.

Secret: what distinguishes a heading from a caption and a short paragraph: numbers, words, look.
Not here: the title (layout), and pictures with their captions in the body (bodies).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from casegen.chinese.characters import HAN
from casegen.importers.manuscript import Block, Kind

# Marks that end a sentence or a part of one.
STOPS = tuple("。！？；，、,;：:!?")
SALUTATION = re.compile("(?:各位|同志们|尊敬的|亲爱的|女士们).{0,20}[：:]")
LONGEST_HEADING = 36
LONGEST_INLINE = 28
_LONGEST_CAPTION = 60
_CHINESE = "一二三四五六七八九十"
CHAPTER = re.compile(rf"第[{_CHINESE}\d]+[章部篇节编]|[{_CHINESE}]{{1,3}}\s*[、.．]\s*")
_SECTION = re.compile(rf"[(（][{_CHINESE}]{{1,3}}[)）]\s*[、.]?\s*")
_POINT = re.compile(rf"\d{{1,2}}\s*[.、．]\s*(?=[{HAN}“《（])")
_FIRSTLY = re.compile(rf"(?:第?[{_CHINESE}]|叁)是")
CAPTION = re.compile(
    r"(?!图[片文]?\s{0,9}[|｜丨│])(?:图|照片|表)\s{0,9}[\d一二三四五六七八九十]{0,3}\s{0,9}(?:[:：为是]|[^，。]{0,3}?\s)|▲|△|↑|图为"
)
_STATED = re.compile(
    r"[:：]\s?[^:：，。]{0,4}\d[\d.,]{0,12}[^:：，。]{0,8}$"
)  # 1、投入资金：50万元
_DATED = re.compile(r"[:：].{0,9}(?:19|20)\d\d\s?[年.\-/]")  # 实施时间：2019年3月
_TWO, _THREE = re.compile(f"[{HAN}]{{2}}"), re.compile(f"[{HAN}]{{3}}")
_FIELD = re.compile(rf"[{HAN}]{{2,6}}[:：]\s?\S")  # 负责人：张三, a row of a form
_COUNTED = re.compile(r"(?:PART|Part)?\s?\.?\d{1,2}")


def find_headings(blocks: list[Block]) -> list[Block]:
    """Return the blocks with headings: declared, numbered, or recognized by their look."""
    indented = _is_indented(blocks)
    found: list[Block] = []
    for n, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            level = find_level(block.plain) or min(max(block.level, 2), 4)
            found.append(replace(block, level=level))
        elif block.kind is Kind.PARAGRAPH:
            found += _read_paragraph(blocks, n, indented=indented)
        else:
            found.append(block)
    return _close_gaps(_join_numbers(found))


def _join_numbers(blocks: Sequence[Block]) -> list[Block]:
    """Join a number that is alone on its line with the heading below it."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and block.kind is Kind.HEADING and _COUNTED.fullmatch(last.plain):
            joined[-1] = replace(
                block,
                text=f"{last.text} {block.text}",
                plain=f"{last.plain} {block.plain}",
                start=last.start,
            )
        else:
            joined.append(block)
    return joined


def find_level(text: str) -> int:
    """Return the level (2 to 4) that the number before a heading shows; 0 without such a number."""
    if CHAPTER.match(text):
        return 2
    if _SECTION.match(text):
        return 3
    return 4 if _POINT.match(text) else 0


def _read_paragraph(blocks: Sequence[Block], n: int, *, indented: bool) -> list[Block]:
    block = blocks[n]
    text = block.plain
    level = 0 if _STATED.search(text) else find_level(text)
    # 「小溪活了。」 is a sentence that someone says.
    ended = text.rstrip().endswith((*STOPS, "。」", "。』", "。”"))
    short = len(text) <= LONGEST_HEADING and not ended
    # 一、主要做法。 on a line of its own
    short = short or bool(level and re.fullmatch("[^，。；！？：]{2,20}。", text))
    colon = len(text) <= 20 and text.endswith(("：", ":")) and not SALUTATION.match(text)
    if level and short:
        return [_make_heading(block, level)]
    if (level in {2, 3} or _FIRSTLY.match(text) or _SECTION.match(text)) and (
        parts := _split_heading(block, level or 4)
    ):
        return parts
    if short and _looks_like_heading(blocks, n, indented=indented):
        return [_make_heading(block, 2)]
    if (
        colon
        and n + 1 < len(blocks)
        and len(blocks[n + 1].plain) > 45
        and (not indented or block.indented)
    ):
        return [_make_heading(block, 2)]
    return [block]


def _make_heading(block: Block, level: int) -> Block:
    plain = block.plain.rstrip("：: ")
    return replace(
        block,
        kind=Kind.HEADING,
        level=level,
        plain=plain,
        # A heading may be bold in part: its number is not, its words are.
        text=re.sub(r"(?<!\\)\*\*", "", block.text).rstrip("：: "),
    )


def _split_heading(block: Block, level: int) -> list[Block]:
    """Split （一）坚持组织引领，强化领导。 before the rest of a paragraph off as a heading."""
    cut = re.search("[。！]", block.plain)
    if cut is None or cut.end() > LONGEST_INLINE or re.search(r"\d", block.plain[: cut.end()]):
        return []
    if len(block.plain) - cut.end() < 20:
        return []
    at = re.search("[。！]", block.text)
    if at is None:
        return []
    lead = block.plain[: cut.end()]
    inside = block.start + (block.source.find(lead) if lead in block.source else 0)
    heading = replace(
        block,
        kind=Kind.HEADING,
        level=level,
        plain=lead[:-1],
        source=lead,
        text=_balance_marks(block.text[: at.start()]),
        start=inside,
        end=inside + len(lead),
    )
    rest = replace(
        block,
        plain=block.plain[cut.end() :].strip(),
        emphatic=False,
        text=_balance_marks(block.text[at.end() :]),
    )
    return [heading, rest]


def _balance_marks(text: str) -> str:
    """Complete the marks of a piece of bold text that was split."""
    return (text.replace("**", "") if text.count("**") % 2 else text).strip()


def _looks_like_heading(blocks: Sequence[Block], n: int, *, indented: bool) -> bool:
    block = blocks[n]
    text = block.plain
    counted = n > 0 and bool(_COUNTED.fullmatch(blocks[n - 1].plain))  # 01, and 电商下乡 below it
    least = 2 if block.emphatic or counted else 4
    written = least <= len(text) <= 30 and (_TWO if least < 3 else _THREE).search(text)
    apart = block.emphatic or block.centred or counted
    field = _DATED.search(text) or (_FIELD.match(text) and not apart)
    goes_on = n > 0 and not apart and _goes_on(blocks[n - 1], block)
    boxes = re.search("[☑☒☐□√✓✔]|^■", text)
    if CAPTION.match(text) or not written or field or boxes or goes_on:
        return False
    beside = [blocks[m] for m in (n - 1, n + 1) if 0 <= m < len(blocks)]
    if any(b.kind is Kind.IMAGE for b in beside) and not block.emphatic:
        return False
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    if after is None or after.kind is Kind.IMAGE:
        return False
    if block.emphatic or counted or (block.centred and len(after.plain) > 20):
        return True
    if indented and not block.indented:
        return False
    full = len(after.plain) > 30 or bool(re.search("[。！？]”?$", after.plain))
    return full and (n == 0 or len(blocks[n - 1].plain) > 20)


def _goes_on(last: Block, block: Block) -> bool:
    """Return whether a line stands right below one that ends in the middle of a sentence."""
    inside = "，" in last.plain and not last.plain.endswith(STOPS)
    return last.kind is Kind.PARAGRAPH and inside and block.line - last.line == 1


def _close_gaps(blocks: list[Block]) -> list[Block]:
    """Return headings without gaps: each is at most one level below the one it belongs to."""
    levelled: list[Block] = []
    above: list[int] = []
    for block in blocks:
        if block.kind is Kind.HEADING:
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            levelled.append(replace(block, level=min(1 + len(above), 4)))
        else:
            levelled.append(block)
    return levelled


def find_lone_captions(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the captions in a body that have no picture beside them: it did not come with them.

    图为… says what it is; other captions are short lines without an indent in an indented text.
    """
    indented = _is_indented(blocks)
    return tuple(
        block
        for n, block in enumerate(blocks)
        if block.kind is Kind.PARAGRAPH
        and not any(b.kind in {Kind.IMAGE, Kind.TABLE} for b in blocks[max(n - 1, 0) : n + 2])
        and _is_caption(block, indented=indented and n + 1 < len(blocks))
    )


def _is_caption(block: Block, *, indented: bool) -> bool:
    text = block.plain
    if CAPTION.match(text) and not text.startswith("表"):
        return len(text) <= _LONGEST_CAPTION
    apart = indented and not block.indented and not block.emphatic
    return apart and 4 <= len(text) <= 30 and not re.search("[。！？；，、,;：:!?]", text)


def _is_indented(blocks: Sequence[Block]) -> bool:
    """Return whether the paragraphs of a text begin with an indent."""
    long = [b for b in blocks if b.kind is Kind.PARAGRAPH and len(b.plain) > 45]
    return sum(b.indented for b in long) > 0.6 * len(long) if long else False
