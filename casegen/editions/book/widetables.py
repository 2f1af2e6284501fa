"""widetables: a table with more columns than a page holds, as several tables one below another.

Secret: when a table is too wide for its page, and which columns stand together.
Not here: how wide each column is set (pdf, word), type and lines of a table (the forms).

Thirty columns on a small page left room for one character a line. Each part has the first column,
which names the rows, and says which columns it holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace

from casegen.chinese.characters import is_wide
from casegen.editions.book import blocks as b
from casegen.editions.book.volume import LINE_WIDTHS

SMALLEST = 6.0  # points: type below it is not read on paper
PARTED = 7.0  # points: that of the parts
AIR = 0.8  # ems between two columns
FEW = 4  # Chinese characters, to which a cell may shrink
MOST = 10  # ems, to which a cell with a long text counts
LONGEST = 8  # ems: a longer word is broken
LATIN = 0.6  # ems, the width of a letter

Say = Callable[[int, int, int, int], str]  # number of the part, of how many, first and last column


def part_tables(matter: b.Matter, paper: str, say: Say) -> b.Matter:
    """Return the body with each table that is too wide for the paper in parts; `say` names one."""
    if not any(map(_holds_table, (*matter.blocks, *(x for note in matter.notes for x in note)))):
        return matter

    def parted(found: b.Blocks) -> b.Blocks:
        return tuple(each for block in found for each in part(block))

    def part(block: b.Block) -> Iterator[b.Block]:
        if isinstance(block, b.Table):
            yield from _parts(block, LINE_WIDTHS[paper] * 72 / 25.4, say)
        elif isinstance(block, b.Quote):
            yield b.Quote(parted(block.blocks))
        elif isinstance(block, b.Items):
            yield b.Items(block.start, tuple(map(parted, block.items)))
        else:
            yield block

    return b.Matter(parted(matter.blocks), tuple(map(parted, matter.notes)))


def _holds_table(block: b.Block) -> bool:
    if isinstance(block, b.Quote):
        return any(map(_holds_table, block.blocks))
    if isinstance(block, b.Items):
        return any(_holds_table(inner) for item in block.items for inner in item)
    return isinstance(block, b.Table)


def _parts(table: b.Table, points: float, say: Say) -> Iterator[b.Table]:
    """Yield the table, or its parts where the line of so many `points` is too short for it."""
    rows = (table.head, *table.rows)
    count = max(map(len, rows))
    columns = [[row[at] if at < len(row) else () for row in rows] for at in range(count)]
    if sum(max(map(_least, cells)) + AIR for cells in columns) * SMALLEST <= points:
        yield table
        return
    wide = [(max(map(_wish, cells)) + AIR) * PARTED for cells in columns]
    groups = _group(wide, points)
    if len(groups) == 1:
        yield table
        return
    for number, group in enumerate(groups, 1):
        caption = say(number, len(groups), group.start + 1, group.stop)
        yield _part(table, group, caption)


def _group(wide: list[float], points: float) -> list[range]:
    """Return the columns of each part but the first one, in parts of about the same number."""
    others = len(wide) - 1
    for parts in range(1, others + 1):
        each = math.ceil(others / parts)
        groups = [range(at, min(at + each, len(wide))) for at in range(1, len(wide), each)]
        if all(wide[0] + sum(wide[at] for at in group) <= points for group in groups):
            return groups
    return [range(at, at + 1) for at in range(1, len(wide))]


def _part(table: b.Table, group: range, caption: str) -> b.Table:
    def taken(row: tuple[tuple[b.Run, ...], ...]) -> tuple[tuple[b.Run, ...], ...]:
        first = row[0] if row else ()
        if group.start > 1:  # the first column is shown once more
            first = tuple(replace(r, again=True) if isinstance(r, b.Note) else r for r in first)
        return (first, *(row[at] if at < len(row) else () for at in group))

    align = table.align + ("left",) * (group.stop - len(table.align))
    sides = (align[0], *(align[at] for at in group))
    return b.Table(taken(table.head), tuple(map(taken, table.rows)), sides, caption)


def _wide(text: str) -> float:
    return sum(1 if is_wide(c) else LATIN for c in text)


def _wish(cell: tuple[b.Run, ...]) -> float:
    """Return the width that a cell would like, in ems."""
    return min(MOST, _wide(b.read_plain_text(cell)))


def _least(cell: tuple[b.Run, ...]) -> float:
    """Return the width below which a cell cannot be read."""
    text = b.read_plain_text(cell)
    words = "".join(" " if is_wide(c) else c for c in text).split()
    longest = max((min(LONGEST, _wide(word)) for word in words), default=0)
    return max(min(FEW, _wide(text)), longest)
