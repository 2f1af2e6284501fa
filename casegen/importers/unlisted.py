"""unlisted: figures in the tables of a manuscript that are no metrics; the report tells them.

Secret: which cells hold a figure without its unit, and which hold a number that counts nothing.
Not here: figures with their units, in cells or sentences (proposals).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casegen.chinese.implied import HEADING_UNIT
from casegen.chinese.units import UNITS
from casegen.collection.evidence import CellFigure, is_bare_number, list_cell_figures
from casegen.importers.manuscript import Block, Kind

Row = Sequence[str]
# 表2 各年投入（单位：万元）, 计量单位：亩
_UNIT_ABOVE = re.compile(r"单位\s?[:：]\s?(?P<unit>[^\s，。；:：()（）]{1,12})\s?[)）]?\s*$")
MOST_SHOWN = 3  # figures of a table that the report quotes
_COUNTS_NOTHING = re.compile(
    "序号|编号|编码|代码|年份|年度|年$|时间|日期|月份|电话|手机|邮编|身份证|排名|名次|学号|页码"
)


def tell_table_figures(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield a remark for each table with figures whose units stand in its headings, or nowhere."""
    for n, block in enumerate(blocks):
        headings, rows = _split_headings(_read_rows(block))
        found = [figure for row in rows for figure in _list_bare(headings, row)]
        if found:
            shown = "、".join(found[:MOST_SHOWN]) + ("…" if len(found) > MOST_SHOWN else "")
            stated = _find_unit(blocks[max(n - 2, 0) : n])
            unit = f"，表格上面写着“单位：{stated}”" if stated else ""
            yield (
                f"表格里有 {len(found)} 个数，格子里没有写单位，没有列为指标（{shown}{unit}）："
                "表格在正文里；要计入指标的，请照表写进 metrics，带上单位"
            )


def _find_unit(above: Sequence[Block]) -> str:
    """Return the unit that a line above a table states for its figures; "" for none."""
    found = (_UNIT_ABOVE.search(block.plain) for block in reversed(above))
    return next((one["unit"] for one in found if one), "")


def _read_rows(block: Block) -> Sequence[Row]:
    if block.kind is Kind.TABLE:
        return block.rows
    if block.kind is not Kind.RAW:
        return ()
    lines = [line.strip().strip("|").split("|") for line in block.text.split("\n") if "|" in line]
    rows = [tuple(cell.strip() for cell in line) for line in lines]
    return [row for row in rows if not all(re.fullmatch(":?-+:?", cell) for cell in row)]


def _split_headings(rows: Sequence[Row]) -> tuple[Row, Sequence[Row]]:
    """Return the headings and the other rows; a second row of headings is joined with the first.

    It has no numbers, and a cell that is merged down from the first row.
    """
    if len(rows) < 2:
        return (), ()
    first, second = rows[:2]
    pairs = list(zip(first, second, strict=False))
    merged = any(a and a == b for a, b in pairs) and not any(map(is_bare_number, second))
    if not merged or len(rows) < 3:
        return first, rows[1:]
    return tuple(a if a == b else _join(a, b) for a, b in pairs), rows[2:]


def _join(above: str, below: str) -> str:
    """Return one heading of two, with the unit at its end; below 2022年, 万元 is the unit alone."""
    if below in UNITS or below.lstrip("万亿") in UNITS:
        return f"{above}（{below}）"
    unit = HEADING_UNIT.search(below) or HEADING_UNIT.search(above)
    name = HEADING_UNIT.sub("", above) + HEADING_UNIT.sub("", below)
    return f"{name}（{unit['unit']}）" if unit else name


def _list_bare(headings: Row, row: Row) -> Iterator[str]:
    filled = [(head, cell) for head, cell in zip(headings, row, strict=False) if cell]
    if len(filled) > 1 and re.search("序号|编号", filled[0][0]):
        del filled[0]
    for (heading, cell), figure in list(zip(filled, list_cell_figures(filled), strict=True))[1:]:
        counts = not _COUNTS_NOTHING.search(heading) or re.search(r"\d年", heading)
        if counts and is_bare_number(cell):
            read = figure.quantity.as_written if isinstance(figure, CellFigure) else cell
            yield f"{filled[0][1]} {heading} {read}"
