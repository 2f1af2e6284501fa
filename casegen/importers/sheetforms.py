"""sheetforms: a sheet that is the form of one case (labels beside their values) as a manuscript.

Secret: how such a sheet differs from a ledger, and which cell is the value of a label.
Not here: which labels name a field (labels), sheets with a row for each case (spreadsheet).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from casegen.chinese import ticks
from casegen.importers import labels
from casegen.importers.manuscript import Block, Kind, Manuscript
from casegen.importers.markdown import escape_text, tidy_text

LEAST = 3  # rows that begin with a known label, a title's among them
MOST_ROWS = 80


def read_form(file: str, rows: Sequence[Sequence[str]]) -> Manuscript | None:
    """Return the manuscript of a sheet that is a form; None where it is none.

    The labels of a form stand below one another; the headings of a ledger stand in one row.
    """
    filled = [row for row in rows if any(row)]
    first = [labels.strip_label(next(filter(None, row))) for row in filled]
    known = [name for name in first if name in labels.FIELDS or name in labels.BODIES]
    titled = any(labels.FIELDS.get(name) == "title" for name in known)
    if not titled or len(set(known)) < LEAST or len(filled) > MOST_ROWS:
        return None
    if any(map(_holds_titles, filled)):
        return None
    blocks = [block for row in filled for block in _read_row(row)]
    text = "\n".join(block.plain for block in blocks)
    return Manuscript(file, text, tuple(blocks))


def _list_cells(row: Sequence[str]) -> list[str]:
    """Return the filled cells of a row; a merged one, which is repeated, once."""
    return [cell for cell, _ in itertools.groupby(row) if cell]


def _holds_titles(row: Sequence[str]) -> bool:
    """Return whether a row gives several titles: each column of the sheet is a case."""
    cells = _list_cells(row)
    title = bool(cells) and labels.find_field(cells[0]) == "title"
    return title and len(cells) > 2 and not labels.find_field(cells[2])


def _read_row(row: Sequence[str]) -> list[Block]:
    """Return the blocks of a row: each label with its value, a long value under it."""
    cells = _list_cells(row)
    if len(cells) == 1:
        return [_block(line) for line in cells[0].split("\n")]
    blocks = []
    for label, said in _pair_cells(row):
        name = re.sub(r"\s", "", label).rstrip("：:")
        value = said.replace("\n", " ") if ticks.has_boxes(said) else said
        if labels.strip_label(name) in labels.BODIES or "\n" in value:
            kind = Kind.PARAGRAPH if name in labels.TEXTS else Kind.HEADING
            blocks.append(_block(name, kind))
            blocks += [_block(line) for line in value.split("\n")]
        else:
            blocks.append(_block(f"{name}：{value}" if value else name))
    return blocks


def _pair_cells(row: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each label of a row with its value; a label whose cell is empty is left out."""
    cells = [cell for cell, _ in itertools.groupby(row)]
    while cells:
        label, *cells = cells
        if not label:
            continue
        value = cells[0] if cells else ""
        after = cells[1] if len(cells) > 1 else ""
        # 地点 | (empty) | 时间 | 2024年: the empty cell is the value, unless the pairs work out.
        if not value and after:
            if labels.find_field(after) or sum(map(bool, cells)) % 2 == 0:
                cells = cells[1:]
                continue
            value, cells = after, cells[1:]
        yield label, value
        cells = cells[1:]


def _block(line: str, kind: Kind = Kind.PARAGRAPH) -> Block:
    plain = tidy_text(line)
    level = 2 if kind is Kind.HEADING else 0
    return Block(kind, escape_text(plain), plain, plain, level=level)
