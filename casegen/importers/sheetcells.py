"""sheetcells: the sheets of a workbook (.xlsx) or a .csv file as rows of text.

Secret: how a cell becomes text, and how many rows, columns and characters are read.
Not here: whether a workbook may be opened (archive), what a row or a column means (spreadsheet).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from casegen.importers import archive
from casegen.importers.markdown import tidy_text
from casegen.problem import CasegenError
from casegen.source import encoding

MOST_ROWS = 20_000
MOST_READ = MOST_ROWS + 1000  # a sheet may claim a million rows, most of them empty
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # characters: Excel and WPS can write no more into a cell
# How a workbook writes a control character, such as the first half of a line end.
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")

Row = tuple[int, tuple[str, ...]]


def read_sheets(name: str, data: bytes) -> Iterator[tuple[str, list[Row]]]:
    """Yield the name of each sheet, and its rows with their numbers.

    Raises CasegenError "import" for a file that cannot be read, and for too many rows or too long
    a cell.
    """
    for sheet, rows in _csv(name, data) if name.lower().endswith(".csv") else _book(name, data):
        if max((n for n, cells in rows if any(cells)), default=0) > MOST_ROWS:
            hint = f"分成几个文件，每个不超过 {MOST_ROWS} 行，都写上表头"
            raise archive.make_refusal(name, f"的“{sheet}”超过 {MOST_ROWS} 行", hint)
        yield sheet, rows


def _book(name: str, data: bytes) -> Iterator[tuple[str, list[Row]]]:
    opened = archive.open_archive(name, data, "xl/workbook.xml")
    archive.refuse_merged_sheets(name, opened)
    import openpyxl  # noqa: PLC0415 - comes with the extra `import`

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = None
        if any(b"<f" in opened.read(n) for n in opened.namelist() if "worksheets/" in n):
            formulas = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
        for number, sheet in enumerate(book.worksheets):
            written = formulas.worksheets[number] if formulas else None
            _refuse_long_cells(name, sheet, written)
            yield sheet.title, _cells(sheet, written)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError) as error:
        raise archive.make_refusal(name, "里面的结构不合规矩，读不了") from error


def _refuse_long_cells(name: str, *sheets: Any) -> None:
    """Raise CasegenError "import" for a cell with more characters than Excel can write.

    A program wrote it. Reading figures in millions of characters takes minutes.
    """
    for sheet in filter(None, sheets):
        for (row, column), cell in sheet._cells.items():  # noqa: SLF001
            long = isinstance(cell.value, str) and len(cell.value) > LONGEST_CELL
            if not long or row > MOST_READ or column > MOST_COLUMNS:
                continue
            if (size := len(_ESCAPED.sub(" ", cell.value))) > LONGEST_CELL:
                raise archive.make_refusal(
                    name,
                    f"的“{sheet.title}”里，{cell.coordinate} 这一格有 {size} 个字，"
                    f"超过 Excel 一格的上限 {LONGEST_CELL} 个，读不了",
                    "把这一格的文字另存为 .txt 或 .docx 单独导入，格里只留简短的内容",
                )


def _csv(name: str, data: bytes) -> Iterator[tuple[str, list[Row]]]:
    decoded = encoding.decode_plain(data)
    if decoded is None:
        raise CasegenError("import", f"读不了 {name}：认不出文字编码", "另存为 UTF-8 的 CSV")
    text = decoded[0]
    divider = max(",\t;", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider)
    try:
        rows = [
            (n, tuple(_text(c) for c in row))
            for n, row in enumerate(itertools.islice(reader, MOST_READ), 1)
        ]
    except csv.Error as error:
        if "field limit" in str(error):
            raise CasegenError(
                "import",
                f"{name} 里有一格超过 {csv.field_size_limit()} 个字，读不了，"
                f"这一格到第 {reader.line_num} 行还没有完",
                "核对引号是不是成对；长文字另存为 .txt 单独导入，格里只留简短的内容",
            ) from error
        raise CasegenError(
            "import", f"表格读不了：{error}", "用 Excel 打开，另存为 .xlsx"
        ) from error
    yield "表", rows


def _cells(sheet: Any, written: Any | None) -> list[Row]:
    """Return the sheet's rows as text; the text of a merged cell is in each of its places.

    `written` is the sheet with its formulas: one without a cached result is given as written.
    """
    merged: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, min(area.max_row, MOST_READ) + 1):
            for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                merged[row, column] = value
    # Only existing cells: one mark in the last corner would make a sheet of 17 thousand million
    # cells.
    stated = {at: cell.value for at, cell in sheet._cells.items()}  # noqa: SLF001
    formulas = written._cells if written is not None else {}  # noqa: SLF001
    rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for row, column in sorted({*stated, *merged}):
        if row <= MOST_READ and column <= MOST_COLUMNS:
            value = stated.get((row, column))
            if value is None:
                value = merged.get((row, column))
            if value is None and (row, column) in formulas:
                value = formulas[row, column].value
            rows[row][column] = _text(value)
    return [
        (n, tuple(cells.get(column, "") for column in range(1, max(cells) + 1)))
        for n, cells in rows.items()
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:.10g}"
    return "\n".join(filter(None, map(tidy_text, str(value).splitlines())))
