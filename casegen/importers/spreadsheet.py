"""spreadsheet: a sheet (.xlsx, .csv) with a row for each case, or for each metric, as manuscripts.

Secret: which rows are one case, what rows above the headings and below the cases say.
Not here: the cells of a sheet (sheetcells), what a column holds (columns).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casegen.importers import byline, columns, labels, sheetforms
from casegen.importers.columns import Column
from casegen.importers.manuscript import Block, Kind, Manuscript
from casegen.importers.markdown import escape_text, tidy_text
from casegen.importers.sheetcells import Row, read_sheets
from casegen.problem import CasegenError

_SECTIONS = (("background", "实施背景"), ("body", "主要做法"), ("result", "实施成效"))
# 2021.3-2023.6, 2022年: only the years count.
_SPAN = re.compile(
    r"(20\d\d|19\d\d)(?:[.年/-]\d{1,2}(?:[.月/-]\d{0,2}日?)?)?年?度?"
    r"(?:\s?[-—–~～至到]{1,2}\s?(\d{4})(?:[.年/-]\d{1,2}(?:[.月/-]\d{0,2}日?)?)?年?月?)?月?"
)
_OF_ROWS = frozenset({"name", "value", "unit", "number", "note", "title"})
_EPOCH = dt.date(1899, 12, 30)

Confirm = Callable[[str], bool]  # shown the columns in Chinese; returns whether they are right


def read_ledger(name: str, data: bytes, confirm: Confirm | None) -> tuple[Manuscript, ...]:
    """Read a manuscript for every case of a ledger.

    Raises CasegenError "import" for a file that is no ledger, or whose columns the editor declines.
    """
    found: list[Manuscript] = []
    sheets = list(read_sheets(name, data))
    for sheet, rows in sheets:
        if form := sheetforms.read_form(f"{name}#{sheet}", [cells for _, cells in rows]):
            found.append(form)
            continue
        at = columns.find_heading_row(rows)
        if at is None:
            continue
        above = _read_above([cells for _, cells in rows[:at] if any(cells)])
        every, first = columns.read_columns(rows, at, above.unit)
        shown = "\n".join(f"  {column.shown}" for column in every if column.heading)
        if confirm and not confirm(f"{name} 的“{sheet}”认出这些栏目：\n{shown}"):
            raise CasegenError(
                "import", f"{name} 的“{sheet}”没有照此读入", "改一改表头，再导入一次"
            )
        found += _cases(f"{name}#{sheet}", every, rows[first:], above)
    if not found:
        raise CasegenError(
            "import", f"{name} 里没有认出案例", "第一行写表头，至少要有“标题”一栏，每个案例一行"
        )
    return tuple(found)


# --- cases -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its number in the sheet, its fields, the metrics that it states, what is not used."""

    number: int
    named: Mapping[str, str]
    metrics: tuple[Mapping[str, str], ...]
    losses: tuple[str, ...]


def _entry(number: int, every: Sequence[Column], cells: Sequence[str]) -> Entry:
    named, metrics, losses = {}, [], []
    yearly: dict[str, str] = {}
    for column, value in zip(every, cells, strict=False):
        if not value:
            continue
        if column.field == "metric":
            metric = {"name": column.name, "unit": column.unit, "value": value}
            metrics.append(metric | ({"whole": column.whole} if column.whole else {}))
        elif column.field == "year":
            yearly[column.unit] = value
        elif column.field and column.field != "note":
            named[column.field] = value
        elif column.heading:
            # 45001 says nothing to a reader: it is how Excel keeps a day.
            said = _date(value) if re.search("时间|日期", column.heading) else value
            losses.append(f"“{column.heading}”一栏没有用上：{said}")
    name, unit = named.get("name", "指标"), named.get("unit", "")
    for year, value in yearly.items():
        metrics.append({"name": f"{year}年{name}", "unit": unit, "value": value})
    if "value" in named:
        metrics.append({"name": name, "unit": unit, "value": named["value"]})
    return Entry(number, named, tuple(metrics), tuple(losses))


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above the headings: fields of every case, the unit of money, unused rows."""

    said: Mapping[str, str]
    unit: str
    losses: tuple[str, ...]


def _read_above(rows: Sequence[Sequence[str]]) -> Above:
    """Return what rows above the headings say: 填报单位：甲学院 填报日期：… 单位：万元."""
    said: dict[str, str] = {}
    unit, losses = "", []
    for cells in rows:
        words = _join_labels(list(dict.fromkeys(filter(None, cells))))
        unread = False
        for field, value in (pair for cell in words for pair in labels.list_pairs(cell)):
            measured = re.fullmatch("[百千万亿]{0,2}元", value) is not None
            if field == "institution" and measured:
                unit = value
            elif field in {"institution", "date"}:
                said.setdefault(field, value)
            else:
                unread = True
        if unread or not words:
            losses.append(f"表头上面的一行没有用上：{'；'.join(words)}")
    return Above(said, unit, tuple(losses))


def _join_labels(cells: Sequence[str]) -> list[str]:
    """Return the cells of a row with each label (填报日期：) before the value in the next cell."""
    joined: list[str] = []
    for cell in cells:
        if joined and joined[-1].endswith(("：", ":")) and not re.search("[：:]", cell):
            joined[-1] += cell
        else:
            joined.append(cell)
    return joined


def _cases(
    file: str, every: Sequence[Column], rows: Sequence[Row], above: Above
) -> Iterator[Manuscript]:
    """Yield a manuscript for each group of rows that follow each other with one title.

    The first one also tells what is not used of the rows `above` the headings, the last one the
    sums.
    """
    groups: list[list[Entry]] = []
    sums: list[str] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if re.fullmatch("合计|总计|小计", first := next(filter(None, cells))):
            sums.append(f"“{first}”一行没有用上：{'；'.join(filter(None, cells[1:]))}")
            continue
        entry = _entry(number, every, cells)
        title = entry.named.get("title", "")
        same = groups and (not title or title == groups[-1][0].named.get("title"))
        if same and entry.metrics:
            groups[-1].append(entry)
        elif title:
            groups.append([entry])
    for n, group in enumerate(groups, 1):
        also = [*(above.losses if n == 1 else ()), *(sums if n == len(groups) else ())]
        yield _case(file, group, above.said, also)


def _case(
    file: str, group: Sequence[Entry], above: Mapping[str, str], also: Sequence[str]
) -> Manuscript:
    first = {**above, **group[0].named}
    blocks: list[Block] = []
    for field, heading in _SECTIONS:
        if text := first.get(field):
            blocks.append(Block(Kind.HEADING, heading, heading, level=2))
            blocks += [_prose(line) for line in re.split("\n+", text) if line.strip()]
    losses = [*(loss for entry in group for loss in entry.losses), *also]
    stated = []
    for metric in (metric for entry in group for metric in entry.metrics):
        written = columns.read_figure(metric["value"], metric["unit"])
        if written and written[0] in "0." and not re.search("[1-9]", written):
            losses.append(f"“{metric['name']}”是 0，没有列为指标")
        elif written:
            stated.append({**metric, "value": written})
        else:
            losses.append(f"“{metric['name']}”的数没有读懂：{metric['value']}")
    losses += [loss for entry in group[1:] for loss in _unlike(first, entry)]
    if stated:
        blocks.append(Block(Kind.HEADING, "主要数据", "主要数据", level=2))
        blocks.append(_prose("；".join(m["name"] + m["value"] for m in stated) + "。"))
    text = "\n".join(block.plain for block in blocks)
    said = {k: v for k, v in first.items() if k not in {"body", "result", "background", "note"}}
    said["date"] = _date(first.get("date", ""))
    if period := said.pop("period", ""):
        said["period"] = _period(period)
        losses += [] if said["period"] else [f"“时段”一栏没有读懂：{period}"]
    return Manuscript(
        f"{file}!{group[0].number}",
        text,
        tuple(blocks),
        said,
        losses=tuple(losses),
        metrics=tuple(stated),
        rows=True,
    )


def _unlike(first: Mapping[str, str], entry: Entry) -> Iterator[str]:
    """Yield what a later row of a case says differently; the first row counts."""
    for field, value in entry.named.items():
        if field not in _OF_ROWS and value != first.get(field, ""):
            label = columns.LABELS.get(field, field)
            yield f"第 {entry.number} 行的“{label}”没有用上，用的是第一行的：{value}"


def _prose(line: str) -> Block:
    plain = tidy_text(line)
    return Block(Kind.PARAGRAPH, escape_text(plain), plain, plain)


def _period(value: str) -> str:
    """Return a year or a span of years as a case writes it; "" for anything else."""
    found = _SPAN.fullmatch(value)
    return "-".join(filter(None, found.groups())) if found else ""


def _date(value: str) -> str:
    """Return a date as written; the serial number that Excel keeps becomes one."""
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", value):
        return (_EPOCH + dt.timedelta(days=int(float(value)))).isoformat()
    if re.fullmatch(r"(?:19|20)\d{6}", value):
        return f"{value[:4]}-{value[4:6]}-{value[6:]}"
    return value if byline.read_date(value) else byline.read_day_or_month(value) or value
