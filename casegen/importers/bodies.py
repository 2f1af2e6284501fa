"""bodies: the body of a draft: blocks as Markdown, and the pictures beside it.

Secret: which line is a picture's caption, and how lists and pictures are written.
Not here: front matter and files (draft), escaping (markdown).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import PurePosixPath

from casegen.chinese.characters import HAN
from casegen.importers.finding import Findings
from casegen.importers.manuscript import Block, Kind
from casegen.importers.markdown import escape_text

_ENDINGS = {b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"GIF8": ".gif", b"RIFF": ".webp",
            b"BM": ".bmp", b"II*\x00": ".tif", b"MM\x00*": ".tif"}  # fmt: skip
_NUMBERED = re.compile(r"图\s{0,3}[\d一二三四五六七八九十]{1,3}[:：\s]")
_ENDED = ("：", ":", "。", "！")  # marks behind the words of a heading
_SHOWN = frozenset({".png", ".jpg", ".gif", ".webp"})


@dataclass(frozen=True, slots=True)
class Body:
    """Markdown, the pictures that it names, and what it could not hold (Chinese)."""

    text: str
    pictures: Mapping[str, bytes]
    losses: tuple[str, ...]


def make_body(found: Findings, earlier: Mapping[str, bytes]) -> Body:
    """Make the body of a draft; `earlier` are the pictures that are beside it already."""
    pieces: list[str] = []
    pictures: dict[str, bytes] = {}
    losses: list[str] = []
    blocks = _close_levels(_put_captions_below(found.blocks))
    skip = -1
    opened: dict[int, str] = {}  # depth of a list -> its marker
    for n, block in enumerate(blocks):
        if n == skip:
            continue
        if block.kind is Kind.IMAGE:
            caption = _find_caption(blocks, n)
            skip = n + 1 if caption else -1
            shown = _write_picture(block, caption, found.pictures, (pictures, earlier), losses)
            if shown:
                pieces.append(shown)
            elif caption:
                pieces.append(caption.text)
            opened.clear()
            continue
        shown = _write_block(block)
        if block.kind is Kind.NOTE and n and blocks[n - 1].marker == block.marker and pieces:
            pieces[-1] += block.text  # a note of two paragraphs: Markdown shows one of each name
            continue
        if block.kind is not Kind.ITEM:
            pieces.append(shown)
            opened.clear()
            continue
        goes_on = block.level > 1 or block.marker in {opened.get(1), ""}
        if opened and goes_on:
            pieces[-1] += "\n" + shown
        else:
            pieces.append(shown)
        if block.marker:
            opened = {k: v for k, v in opened.items() if k < block.level} | {
                block.level: block.marker
            }
    return Body("\n\n".join(pieces), pictures, tuple(dict.fromkeys(losses)))


def _close_levels(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with the items of each list at depths without gaps, from the first one on.

    Items whose parents became headings stood three blanks deep or more, which is code.
    """
    levelled: list[Block] = []
    above: list[int] = []
    for block in blocks:
        if block.kind is not Kind.ITEM:
            above.clear()
            levelled.append(block)
            continue
        while above and above[-1] > block.level:
            above.pop()
        if not above or above[-1] < block.level:
            above.append(block.level)
        levelled.append(replace(block, level=len(above)))
    return levelled


def tell_stripped(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return a remark on the headings that are written without the mark that ended their line."""
    number = sum(
        b.kind is Kind.HEADING
        and b.source.rstrip().endswith(_ENDED)
        and not b.text.rstrip("。").endswith(_ENDED)
        for b in blocks
    )
    return (f"小标题末尾的冒号、句号去掉了：{number} 处",) if number else ()


def _put_captions_below(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with 图2：… that is above its picture moved below it."""
    moved = list(blocks)
    for n in range(len(moved) - 1):
        numbered = moved[n].kind is Kind.PARAGRAPH and _NUMBERED.match(moved[n].plain)
        free = moved[n + 1].kind is Kind.IMAGE and not (n and moved[n - 1].kind is Kind.IMAGE)
        if numbered and free and len(moved[n].plain) <= 60 and not _find_caption(moved, n + 1):
            moved[n], moved[n + 1] = moved[n + 1], moved[n]
    return moved


def _write_block(block: Block) -> str:
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * max(block.level, 2)} {block.text.rstrip('。')}"
        case Kind.ITEM:
            mark = block.marker or "-"
            indent = "   " * max(block.level - 1, 0)
            return f"{indent}{mark} {block.text}" if block.marker else f"{indent}   {block.text}"
        case Kind.NOTE:
            return f"{block.marker} {block.text}"
        case Kind.QUOTE:
            return f"> {block.text}"
        case Kind.PARAGRAPH:
            return f"**{block.text}**" if block.emphatic and len(block.plain) < 60 else block.text
        case _:
            return block.text


def _find_caption(blocks: Sequence[Block], n: int) -> Block | None:
    """Return the block after a picture that describes it; None where there is none."""
    after = blocks[n + 1] if n + 1 < len(blocks) else None
    if after is None or after.kind is not Kind.PARAGRAPH or len(after.plain) > 60:
        return None
    named = re.match("(?:图|照片|▲|△|↑)", after.plain) or re.search(
        "(?:摄|供图)[)）]?$", after.plain
    )
    full = after.plain.endswith(tuple("。；：:;")) and not named
    return (
        after
        if named or (not full and len(after.plain) <= 40 and (after.centred or not after.indented))
        else None
    )


def _write_picture(
    block: Block,
    caption: Block | None,
    known: Mapping[str, bytes],
    beside: tuple[dict[str, bytes], Mapping[str, bytes]],
    losses: list[str],
) -> str:
    """Return a picture as Markdown; one that is beside the draft already is used again."""
    pictures, earlier = beside
    data = known.get(block.image)
    if data is None:
        where = block.image if len(block.image) < 100 else block.image[:97] + "…"
        remote = re.match(r"(?:https?:)?//", block.image)
        why = "casegen 不去网上取" if remote else "稿子旁边没有这个文件"
        words = f"；它的说明留在正文里：“{caption.plain}”" if caption else ""
        losses.append(f"图片没有带来（{why}）：{where}{words}")
        return ""
    ending = next((e for head, e in _ENDINGS.items() if data.startswith(head)), "")
    if ending not in _SHOWN:
        losses.append(
            f"图片的格式放不上网页（{PurePosixPath(block.image).suffix or '未知'}）：{block.image}"
        )
        return ""
    name = next((n for n, d in (*pictures.items(), *earlier.items()) if d == data), "")
    taken = {n.partition(".")[0] for n in (*pictures, *earlier)}
    free = (f"images/{n:02d}" for n in count(len(pictures) + 1))
    name = name or next(n for n in free if n not in taken) + ending
    pictures[name] = data
    words = re.sub(r"^[▲△↑]\s?", "", caption.plain) if caption else ""
    number = 1 + list(pictures).index(name)
    alt = block.plain if not _is_empty_alt(block.plain) else words or f"图 {number}"
    words = re.sub(rf"\s{{0,9}}[（(]?([{HAN}]{{2,4}})\s{{0,9}}摄[)）]?$", r"　供图：\1", words)
    title = f' "{words.replace(chr(34), "”")}"' if words else ""
    return f"![{escape_text(alt, first=False)}]({name}{title})"


def _is_empty_alt(alt: str) -> bool:
    return not re.search(f"[{HAN}]{{2}}", alt) or bool(
        re.search("点击查看|高清原图|图片\\d*$|未标题|微信图片|描述已自动生成", alt)
    )
