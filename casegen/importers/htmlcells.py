"""htmlcells: what is in the cells of a table: as text, as labelled lines, as captioned pictures.

Secret: which lines of a cell are one text, and in which cell a value or a caption is.
Not here: which cells a table has (htmltables), elements as blocks (hypertext), labels (labels).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from casegen.chinese import ticks
from casegen.chinese.characters import HAN
from casegen.importers import labels
from casegen.importers.manuscript import Block, Kind
from casegen.importers.markdown import escape_text

LONGEST_CAPTION = 40  # characters
# 均价， and 含夏秋茶, 长度 and （米）, 2023 and 年 are one text on two lines; 采茶 and 制茶 two.
_HANGING = re.compile(r"[，、：；。！？（《“—(,:;·/+-]$")
_HUNG = re.compile(rf"[，、：；。！？）》”)—·/%％(（]|[年月日元亩户人万个吨](?![{HAN}])")


def write_cell(blocks: Sequence[Block]) -> str:
    """Return the blocks of a cell as one text, without its pictures."""
    return _join_lines(list(filter(None, map(_write_block, blocks))))


def _join_lines(lines: list[str]) -> str:
    """Return the lines of a cell as one, with ； between lines that are texts of their own."""
    whole = lines[0] if lines else ""
    for line in lines[1:]:
        one = _HANGING.search(whole) or _HUNG.match(line)
        whole += line if one else f"；{line}"
    return whole


def _write_block(block: Block) -> str:
    """Return a block as the text of a cell: of a table, the cells of each row side by side."""
    if block.kind is Kind.TABLE:
        return "；".join(" ".join(filter(None, row)) for row in block.rows)
    return "" if block.kind is Kind.IMAGE else block.text


def write_label(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the label of a form's value that stands on lines of its own; nothing for no words."""
    name = re.sub(r"\s", "", "".join(block.plain for block in blocks)).rstrip("：:")
    if name:
        text = name in labels.TEXTS or labels.find_field(name)
        kind = Kind.PARAGRAPH if text else Kind.HEADING
        yield Block(kind, escape_text(name), name, source=name, level=2)


def write_pairs(cells: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """Yield a row of labels and values; 联系人 before 姓名 and 电话 is the label of all of them."""
    if len(cells) % 2 and len(cells) > 1 and any(labels.is_label(b.plain) for b in cells[1]):
        yield from (replace(b, kind=Kind.PARAGRAPH) for b in cells[0])
        cells = cells[1:]
    for label, blocks in zip(cells[::2], cells[1::2], strict=False):
        name = re.sub(r"\s", "", "".join(block.plain for block in label)).rstrip("：:")
        bare = labels.strip_label(name)
        text = bare in labels.BODIES or (labels.is_numbered(name) and bare not in labels.FIELDS)
        value = "" if text else _join_value(blocks)
        if value:
            words = f"{name}：{value}"
            yield Block(Kind.PARAGRAPH, escape_text(words), words, source=words)
            continue
        yield from write_label(label)
        yield from blocks
    if len(cells) % 2:
        yield from cells[-1]


def _join_value(blocks: Sequence[Block]) -> str:
    """Return a value that stands on one line, or whose boxes stand on several; else ""."""
    value = " ".join(block.plain for block in blocks)
    prose = all(block.kind is Kind.PARAGRAPH for block in blocks)
    return value if prose and (len(blocks) == 1 or ticks.has_boxes(value)) else ""


def order_album(rows: Sequence[Sequence[Sequence[Block]]]) -> list[Block]:
    """Return the pictures of rows of cells, each before its caption; [] where there is more text.

    A caption is in the picture's cell, or in the one below it.
    """
    words = {
        (y, x): [b for b in blocks if b.kind is not Kind.IMAGE]
        for y, row in enumerate(rows)
        for x, blocks in enumerate(row)
    }
    pictures = [
        (y, x, b)
        for y, row in enumerate(rows)
        for x, blocks in enumerate(row)
        for b in blocks
        if b.kind is Kind.IMAGE
    ]
    texts = [b for said in words.values() for b in said]
    if len(texts) > len(pictures) or any(len(b.plain) > LONGEST_CAPTION for b in texts):
        return []
    album: list[Block] = []
    seen: set[tuple[int, int]] = set()
    for y, x, picture in pictures:
        album.append(picture)
        own = (y, x) if words[y, x] else (y + 1, x)
        if own not in seen and own in words:
            seen.add(own)
            album += [replace(b, centred=True) for b in words[own]]
    return album + [b for place, said in words.items() if place not in seen for b in said]
