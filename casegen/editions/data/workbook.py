"""workbook: cases, metrics and totals as the three sheets of an Excel file.

Secret: the columns of cases and totals, and how a sheet is typed and laid out.
Not here: the columns of metrics and the CSV (tables), which figures are added up (collection).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casegen.collection.case import show_period
from casegen.collection.collected import Collection
from casegen.collection.totals import Total
from casegen.rules import load_catalogue
from casegen.source.document import STATUSES

# The workbook is for officials with Excel: headings and words are Chinese.
CASE_HEADINGS = (
    "网址名", "标题", "单位", "地区", "日期", "更新", "时段", "类别", "标签", "摘要", "来源",
    "来源网址", "指标条数", "推荐", "顺序", "状态",
)  # fmt: skip
METRIC_HEADINGS = (
    "网址名", "标题", "单位", "地区", "日期", "类别", "名称", "指标名", "原文", "下限", "上限",
    "计量单位", "基本单位", "限定词", "时段", "属于", "分法", "依据原句", "时间口径", "地点",
    "计入合计", "原因",
)  # fmt: skip
TOTAL_HEADINGS = (
    "范围", "哪一处", "指标键", "指标名", "名目", "下限", "上限", "基本单位", "限定词", "填报篇数",
    "篇数", "案例", "存疑未计", "起止年",
)  # fmt: skip
SCOPE_WORDS = {
    "collection": "全集",
    "category": "类别",
    "region": "地区",
    "year": "年份",
    "institution": "单位",
}
NOWHERE = {"category": "未分到类", "region": "未分地区", "year": "年份不明"}
TIMING_WORDS = {"yearly": "当年", "cumulative": "累计", "standing": "期末"}
REASON_WORDS = {
    "doubt": "存疑", "part": "是别项的一部分", "same": "与别项是同一笔",
    "no-indicator": "不在词表里", "source": "是总额的来源分项", "rate": "比率不相加",
    "years": "年限不相加", "budget": "预算还没有发生", "per-head": "人均、户均或标准不相加",
    "never": "词表写明不相加",
    "unit": "计量单位不合指标", "periods": "年份不一，不相加",
    "contained": "已含在累计数里", "later": "有更近一期的数", "greater": "同一单位有更大的数",
    "draft": "没有发布",
}  # fmt: skip
EXACT = "确数"
SHEETS = ("案例", "指标", "合计")
OPENED = 1  # index of the sheet that is shown first: the metrics
LONGEST = 32_767  # most characters of a cell in Excel

Cell = str | int | Decimal
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its headings and its rows; numbers stay numbers."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def make_sheets(collection: Collection, metric_rows: tuple[Row, ...]) -> tuple[Sheet, ...]:
    """Return the three sheets: cases, metrics (rows as in the CSV), totals."""
    cases, metrics, totals = SHEETS
    names = {row.key: row.name for row in collection.vocabulary.indicators}
    doubts = {slug: rule.title for slug, rule in load_catalogue().items()}
    return (
        Sheet(cases, CASE_HEADINGS, tuple(_in_words(row) for row in list_case_rows(collection))),
        Sheet(
            metrics,
            METRIC_HEADINGS,
            tuple(_translate_row(row, names, doubts) for row in metric_rows),
        ),
        Sheet(totals, TOTAL_HEADINGS, tuple(_summed(row) for row in list_total_rows(collection))),
    )


def _in_words(row: Row) -> Row:
    """Return a row of cases with its switch and its status in Chinese."""
    *rest, featured, order, status = row
    return (*rest, "是" if featured else "", order, STATUSES.get(str(status), status))


def _translate_row(row: Row, names: Mapping[str, str], doubts: Mapping[str, str]) -> Row:
    """Return a row of the CSV in the words of METRIC_HEADINGS, rules by their titles."""
    cells = list(row)
    cells[7] = names.get(str(row[7]), row[7])
    cells[13] = EXACT if row[13] == "exact" else row[13]
    cells[18] = TIMING_WORDS.get(str(row[18]), row[18])
    cells[20] = "是" if row[20] == "yes" else "否"
    slug, _, rules = str(row[21]).partition(": ")
    word = REASON_WORDS.get(slug, slug)
    said = "；".join(doubts.get(rule, rule) for rule in rules.split())
    cells[21] = f"{word}：{said}" if said else word
    return tuple(cells)


def _summed(row: Row) -> Row:
    """Return a row of totals in the words of TOTAL_HEADINGS."""
    cells = list(row)
    scope = str(row[0])
    cells[0] = SCOPE_WORDS[scope]
    cells[1] = row[1] or NOWHERE.get(scope, "")
    cells[8] = EXACT if row[8] == "exact" else row[8]
    return tuple(cells)


def list_case_rows(collection: Collection) -> Iterator[Row]:
    """Yield a row for each case, in the order of CASE_HEADINGS; `metrics` is their number."""
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


def list_scoped_totals(collection: Collection) -> Iterator[tuple[str, str, Total]]:
    """Yield every total with its scope and value: "category", "产业", the total.

    Scopes are collection, category, region, year and institution. Categories, with the value ""
    for none, add up to the collection, and so do regions.
    """
    for scope, value, totals in _scopes(collection):
        for total in totals:
            yield scope, value, total


def _scopes(collection: Collection) -> Iterator[tuple[str, str, tuple[Total, ...]]]:
    yield "collection", "", collection.all_totals
    for category in collection.categories:
        yield "category", category.name, collection.category_totals(category.key)
    yield "category", "", collection.category_totals("")
    for value in collection.facets["region"]:
        yield "region", value.label, collection.region_totals(value.key)
    yield "region", "", collection.region_totals("")
    for label in collection.year_labels:
        yield "year", label, collection.year_totals(label)
    for value in collection.facets["institution"]:
        yield "institution", value.label, collection.totals(value.slugs)


def list_total_rows(collection: Collection) -> Iterator[Row]:
    """Yield a row for each total, in the order of TOTAL_HEADINGS; low and high are in `unit`."""
    names = {row.key: row.name for row in collection.vocabulary.indicators}
    for scope, value, total in list_scoped_totals(collection):
        yield (
            scope, value, total.indicator, names[total.indicator], total.item,
            "" if total.low is None else make_decimal(total.low),
            "" if total.high is None else make_decimal(total.high),
            total.unit, str(total.qualifier), total.reported, total.of, "；".join(total.cases),
            "；".join(f"{each.slug}：{each.metric}" for each in total.left_out),
            show_period(total.period, "-") if total.period else "",
        )  # fmt: skip


def make_decimal(value: Fraction) -> Decimal:
    """Return a base value as a decimal, rounded to six places where it has no finite form."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if exact == exact.to_integral_value():
        return exact.to_integral_value()
    return exact.quantize(Decimal("0.000001")).normalize()


def write_workbook(given: Sequence[Sheet]) -> bytes:
    """Return the workbook: numbers as numbers, headings frozen, no formulas, no time of writing."""
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
                    if cell == "":
                        continue  # an empty cell is no text: Excel counts texts
                    if isinstance(cell, str):
                        page.write_string(line, column, cell[:LONGEST])
                    else:
                        page.write_number(line, column, float(cell))
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
            page.set_column(0, len(sheet.columns) - 1, 14)
        made[min(OPENED, len(made) - 1)].activate()
    return file.getvalue()
