"""workbook: cases, metrics and totals as the three sheets of an Excel file.

Secret: the columns of cases and totals, and how a sheet is typed and laid out.
Not here: the columns of metrics and the CSV (tables), which figures are added up (metric).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casegen.collection.assembly import Collection
from casegen.collection.case import show_period
from casegen.collection.totals import Total

CASE_COLUMNS = (
    "slug", "title", "institution", "region", "date", "updated", "period", "category", "tags",
    "summary", "source", "source_url", "metrics", "featured", "order", "status",
)  # fmt: skip
TOTAL_COLUMNS = (
    "scope", "value", "indicator", "name", "item", "low", "high", "unit", "qualifier", "reported",
    "of", "cases",
)  # fmt: skip
SCOPES = ("collection", "category", "region", "year", "institution")
SHEETS = ("案例", "指标", "合计")
OPENED = 1  # the sheet that shows first: the metrics
LONGEST = 32_767  # characters that a cell of Excel holds

Cell = str | int | Decimal
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headings and its rows; numbers stay numbers."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets(
    collection: Collection, metric_columns: tuple[str, ...], metric_rows: tuple[Row, ...]
) -> tuple[Sheet, ...]:
    """The three sheets: cases, metrics (columns and rows as data has them), totals."""
    cases, metrics, totals = SHEETS
    return (
        Sheet(cases, CASE_COLUMNS, tuple(case_rows(collection))),
        Sheet(metrics, metric_columns, metric_rows),
        Sheet(totals, TOTAL_COLUMNS, tuple(total_rows(collection))),
    )


def case_rows(collection: Collection) -> Iterator[Row]:
    """A row for each case, in the order of CASE_COLUMNS; `metrics` is how many it has."""
    names = {category.key: category.name for category in collection.categories}
    for case in collection.cases:
        yield (
            case.slug, case.title, case.institution,
            "；".join(place.text for place in case.regions), case.date.isoformat(),
            case.updated.isoformat(), show_period(case.period, "-"),
            "；".join(names[key] for key in case.categories), "；".join(case.tags), case.summary,
            case.source.name, case.source.url, len(case.metrics), int(case.featured),
            "" if case.order is None else case.order, case.status,
        )  # fmt: skip


def scoped_totals(collection: Collection) -> Iterator[tuple[str, str, Total]]:
    """Every total with its scope (one of SCOPES) and value: "category", "产业", the total.

    Categories add up to the collection; a case with several regions or years counts in each.
    """
    for total in collection.all_totals:
        yield "collection", "", total
    for category in collection.categories:
        for total in collection.category_totals(category.key):
            yield "category", category.name, total
    for scope in SCOPES[2:]:
        for value in collection.facets[scope]:
            for total in collection.totals(value.slugs):
                yield scope, value.label, total


def total_rows(collection: Collection) -> Iterator[Row]:
    """A row for each total, in the order of TOTAL_COLUMNS; low and high are in `unit`."""
    names = {row.key: row.name for row in collection.vocabulary.indicators}
    for scope, value, total in scoped_totals(collection):
        yield (
            scope, value, total.indicator, names[total.indicator], total.item, decimal(total.low),
            decimal(total.high), total.unit, str(total.qualifier), total.reported, total.of,
            "；".join(total.cases),
        )  # fmt: skip


def decimal(value: Fraction) -> Decimal:
    """A base value as a decimal, at most six places where the factor is no finite decimal."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if exact == exact.to_integral_value():
        return exact.to_integral_value()
    return exact.quantize(Decimal("0.000001")).normalize()


def write(given: Sequence[Sheet]) -> bytes:
    """The workbook: numbers as numbers, headings frozen, nothing evaluated, no clock."""
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415 a tenth of a second that most builds need not spend

    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 the clock never reaches the output
        bold = book.add_format({"bold": True})
        made = [book.add_worksheet(sheet.name) for sheet in given]
        for sheet, page in zip(given, made, strict=True):
            page.write_row(0, 0, sheet.columns, bold)
            page.freeze_panes(1, 0)
            for line, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(line, column, cell[:LONGEST])
                    else:
                        page.write_number(line, column, float(cell))
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
            page.set_column(0, len(sheet.columns) - 1, 14)
        made[min(OPENED, len(made) - 1)].activate()
    return file.getvalue()
