"""htmltables: tables of HTML: their rows, which of them only arrange a page, merged cells.

Secret: by what a table of layout is recognized, and that a merged cell is repeated in each place.
Not here: what is in a cell (htmlcells), labels of forms (labels), blocks (hypertext).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from casegen.importers import labels
from casegen.importers.markdown import tidy_text

MOST_CELLS = 20_000
LEAST_ARTICLE = 400  # characters of an article in a cell
SHARE = 0.8  # of a table's text, in that cell
LEAST_COLUMNS = 3  # columns that a table in a form has at least
LONGEST_INNER = 120  # characters of a cell that holds a table


def is_layout(element: Any, losses: list[str]) -> bool:
    """Return whether a table is taken apart, as it only arranges the page.

    It is so when it is nested, of one column, or with long prose. Cells that belong together are
    told among the losses when they are taken apart.
    """
    if holds_form(element):
        return False
    if element.find(".//table") is not None:
        if _fits_cells(element):
            losses.append("表格里套着表格：里层的写进了外层的那一格，请核对")
            return False
        if _holds_cells(element):
            losses.append("表格里套着表格：外层的格子按先后写成了段落，里层的还是表格，请核对")
        return True
    rows = list(list_rows(element))
    if not rows or max(len(row) for row in rows) < 2:
        return True
    cells = [cell for row in rows for cell in row]
    return _find_article(cells) is not None


def _find_article(cells: Sequence[Any]) -> Any | None:
    """Return the cell with an article: long prose, almost nothing beside it; else None."""
    longest = max(cells, key=lambda cell: len(cell.text_content()))
    size = len(longest.text_content())
    whole = sum(len(cell.text_content()) for cell in cells)
    return longest if size > LEAST_ARTICLE and size > SHARE * whole else None


def list_short_rows(element: Any) -> list[Any]:
    """Return the rows of a table of layout whose short cells belong together; [] without such.

    An article stands in one of its cells; rows with links are the menu of a page.
    """
    rows = list(list_rows(element))
    cells = [cell for row in rows for cell in row]
    if element.find(".//table") is not None or not cells or _find_article(cells) is None:
        return []
    return [
        row[0].getparent()
        for row in rows
        if sum(bool(tidy_text(cell.text_content())) for cell in row) > 1
        and all(len(tidy_text(cell.text_content())) <= LONGEST_INNER for cell in row)
        and all(cell.find(".//a") is None and cell.find(".//img") is None for cell in row)
    ]


def _holds_cells(element: Any) -> bool:
    """Return whether a table around another one has cells of its own that belong together."""
    own = [
        [cell for cell in row if cell.find(".//table") is None and tidy_text(cell.text_content())]
        for row in list_rows(element)
        if row and next(row[0].iterancestors("table")) is element
    ]
    return sum(map(len, own)) > 2 and any(len(row) > 1 for row in own)


def _fits_cells(element: Any) -> bool:
    """Return whether a table of short cells can hold the tables in it as text."""
    rows = list(list_rows(element))
    cells = [len(tidy_text(cell.text_content())) for row in rows for cell in row]
    wide = len(rows) > 1 and min(map(len, rows)) > 1
    return wide and max(cells) <= LONGEST_INNER and element.find(".//table//table") is None


def list_rows(element: Any) -> Iterator[list[Any]]:
    """Yield the cells of each row of a table, without those of tables in it."""
    for row in element.iter("tr"):
        if next(row.iterancestors("table"), element) is not element:
            continue
        yield [cell for cell in row if cell.tag in {"td", "th"}]


def _span(cell: Any, name: str) -> int:
    value = cell.get(name) or "1"
    return min(max(int(value), 1), 500) if value.isdecimal() else 1


def read_grid(element: Any, read_cell: Callable[[Any], str], losses: list[str]) -> list[list[str]]:
    """Return every cell of the table; merged ones are repeated in each place that they cover."""
    grid: list[list[str]] = []
    waiting: dict[int, tuple[int, str]] = {}  # column -> rows still covered, text
    for cells in list_rows(element):
        row: list[str] = []
        todo = list(cells)
        column = 0
        while todo or column in waiting:
            if column in waiting:
                left, text = waiting.pop(column)
                row.append(text)
                if left > 1:
                    waiting[column] = (left - 1, text)
                column += 1
                continue
            cell = todo.pop(0)
            text = read_cell(cell)
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            if across > 1 or down > 1:
                losses.append("表格里有合并的单元格：已拆开，内容在每一格里重复写出")
            for _ in range(across):
                row.append(text)
                if down > 1:
                    waiting[column] = (down - 1, text)
                column += 1
        if row:
            grid.append(row)
        if sum(map(len, grid)) > MOST_CELLS:
            losses.append(f"表格太大：只取了前 {len(grid)} 行")
            break
    return grid


def holds_form(element: Any) -> bool:
    """Return whether a table is a form of labels and values."""
    return labels.is_form(
        [[tidy_text(c.text_content()) for c in row] for row in list_rows(element)]
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form: one row of labels and values, or the rows of a table in it.

    `label` is the cell that is merged down beside these rows, None without such a cell.
    """

    rows: tuple[tuple[Any, ...], ...]
    label: Any | None = None
    tabular: bool = False


def list_parts(element: Any) -> Iterator[Part]:
    """Yield the parts of a form in order; a row of years with figures below it is a table."""
    rows = list(list_rows(element))
    at = 0
    while at < len(rows):
        down = _span(rows[at][0], "rowspan") if len(rows[at]) > 1 else 1
        if down == 1:
            part = _take_part(rows, at)
            yield part
            at += len(part.rows)
            continue
        beside = [rows[at][1:], *rows[at + 1 : at + down]]
        label, inside = rows[at][0], 0
        while inside < len(beside):
            part = _take_part(beside, inside)
            yield replace(part, label=None if inside else label)
            inside += len(part.rows)
        at += len(beside)


def _take_part(rows: Sequence[Sequence[Any]], at: int) -> Part:
    """Return the rows of the table that begins at a row, else that row alone."""
    size = max(_count_tabular(rows, at), 1)
    return Part(tuple(tuple(row) for row in rows[at : at + size]), tabular=size > 1)


_NUMERIC = re.compile(
    r"[约近超≥>]?\s?[-+]?\d[\d.,，]*\s?(?:\D{0,5}|[余多]\D{0,4})|[-—/－]{1,2}|无|"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s?年?度?")


def _count_tabular(rows: Sequence[Sequence[Any]], at: int) -> int:
    """Return how many rows, from one on, are headings with figures below them; 0 for none."""
    heads = _read_words(rows[at])
    if _width(rows[at]) < LEAST_COLUMNS or any(map(labels.is_label, heads)):
        return 0
    dated = sum(bool(_YEAR.fullmatch(word)) for word in heads)
    if dated < 2 and any(word and _NUMERIC.fullmatch(word) for word in heads):
        return 0
    size = 1
    while at + size < len(rows):
        row = rows[at + size]
        cells = _read_words(row)
        counted = sum(bool(word) and bool(_NUMERIC.fullmatch(word)) for word in cells[1:])
        empty = sum(not word for word in cells[1:])
        fits = _width(row) == _width(rows[at]) and not any(map(labels.is_label, cells[:1]))
        if not fits or not counted or 2 * (counted + empty) < len(cells) - 1:
            break
        size += 1
    return size if size > 1 else 0


def _read_words(row: Sequence[Any]) -> list[str]:
    return [tidy_text(cell.text_content()) for cell in row]


def _width(row: Sequence[Any]) -> int:
    return sum(_span(cell, "colspan") for cell in row)
