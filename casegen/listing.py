"""listing: the editors' list: one line for each case, metric, or figure that no metric holds.

Secret: the columns of each list, and which figures of a body count as held by a metric.
Not here: reading and checking (build), the terminal (editor), how metrics count (collection).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Sequence

from casegen.body.prose import Sentence
from casegen.chinese.figures import find_figures
from casegen.chinese.identity import mask_numbers
from casegen.chinese.quantity import convert_to_base
from casegen.chinese.units import Measure
from casegen.collection.case import Case, make_default_slug
from casegen.collection.evidence import CellFigure, list_cell_figures
from casegen.collection.indicator import Timing
from casegen.editions.data.tables import escape_formula, make_metric_json
from casegen.editions.data.workbook import REASON_WORDS, TIMING_WORDS
from casegen.gathering import Reading
from casegen.problem import Problem, Severity
from casegen.source.document import STATUSES, Document

Row = dict[str, object]
# In the heading of a column or row, where no sentence says what was reached.
_PLANNED = re.compile("计划|目标|预计|预期|规划|下年|明年")

# What may be missing, in the order of the list.
_LABELS = {
    "title": "标题", "institution": "单位", "regions": "地区", "date": "日期", "categories": "类别",
    "summary": "摘要", "metrics": "指标", "reviewer": "编审", "cover": "封面", "body": "正文",
}  # fmt: skip
_MISSING = {  # the rules that report it
    "missing-cover": "cover",
    "missing-summary": "summary",
    "missing-metrics": "metrics",
    "missing-sign-off": "reviewer",
    "empty-body": "body",
}
_CASE_HEADINGS = ("网址名", "文件", "标题", "单位", "状态", "错误", "提醒", "提示", "存疑", "缺")
_METRIC_HEADINGS = ("网址名", "文件", "行", "名称", "原文", "指标名", "时间口径", "时段", "地点",
                    "类别", "计入合计", "未计的原因", "存疑")  # fmt: skip
_TITLE = 60  # most characters of a title on a line of the terminal
_FIGURE_HEADINGS = ("网址名", "文件", "行", "原文", "原句")


def list_cases(reading: Reading, statuses: AnyOf[str], *, troubled: bool) -> list[Row]:
    """Return a row for each case file, by path, of these statuses (empty: all).

    With `troubled` only cases with an error or a warning are listed.
    """
    cases = {found.path: found for found in reading.materials.everyone}
    documents = {document.path: document for document in reading.documents}
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in reading.problems:
        problems[problem.where.path].append(problem)
    strays = [path for path in problems if path.startswith("cases/") and path.endswith(".md")]
    shown = {case.slug: case for case in reading.materials.collection.cases}
    rows = []
    for path in sorted({*documents, *strays}):
        row = _case_row(path, documents.get(path), cases.get(path), problems[path])
        case = cases.get(path)
        if case is not None and case.slug in shown:
            row["doubtful"] = sum(bool(m.doubts) for m in shown[case.slug].metrics)
        if (statuses and row["status"] not in statuses) or (
            troubled and not row["errors"] and not row["warnings"]
        ):
            continue
        rows.append(row)
    return rows


def list_metrics(reading: Reading, statuses: AnyOf[str]) -> list[Row]:
    """Return a row for each metric as its case gives it: time, place, category, contradictions.

    `statuses` empty means all. Withdrawn cases have no rows: their figures count nowhere.
    """
    collection = reading.materials.collection
    rows = []
    for case in _chosen(reading, statuses):
        standings = collection.standings[case.slug]
        for n, (metric, standing) in enumerate(zip(case.metrics, standings, strict=True)):
            told = make_metric_json(metric, standing, case, collection)
            head: Row = {"slug": case.slug, "path": case.path, "line": case.marks["metrics", n][0]}
            rows.append(head | told | {"place": standing.place, "reason": standing.reason})
    return rows


def has_cases(reading: Reading, statuses: AnyOf[str]) -> bool:
    """Return whether there is a case of these statuses (empty: any)."""
    return bool(_chosen(reading, statuses))


def list_figures(reading: Reading, statuses: AnyOf[str]) -> list[Row]:
    """Return a row for each figure of a body that states a result and that no metric holds.

    `statuses` empty means all. A figure that is repeated, in its sentence or later, is listed
    once. Numbers of persons are masked.
    """
    rows: list[Row] = []
    for case in _chosen(reading, statuses):
        held = {convert_to_base(metric.quantity) for metric in case.metrics}
        cited = {(m.sentence, m.raw) for m in case.evidence if m is not None and m.states}
        for sentence in case.prose.sentences:
            for raw, measure in _results(sentence):
                if measure in held or (sentence.index, raw) in cited:
                    continue
                held.add(measure)
                line = case.body_line + sentence.line - 1
                rows.append(
                    {
                        "slug": case.slug,
                        "path": case.path,
                        "line": line,
                        "raw": raw,
                        "sentence": mask_numbers(sentence.text),
                    }
                )
    return rows


def _results(sentence: Sentence) -> Iterator[tuple[str, Measure]]:
    """Yield the figures of a sentence that state a result, as written, with what they measure.

    A cell of a table gets the unit of its column or row.
    """
    for each in find_figures(sentence.text):
        if not each.reason and each.same_as is None:
            yield each.raw, each.measure
    for cell in list_cell_figures(sentence.cells[1:] and sentence.cells):
        if isinstance(cell, CellFigure) and cell.unit and not _PLANNED.search(cell.clause):
            yield cell.quantity.as_written, convert_to_base(cell.quantity)


def write_lines(kind: str, rows: Sequence[Row], names: dict[str, str]) -> Iterator[str]:
    """Yield the rows as lines of text; `kind` is "cases", "metrics" or "figures".

    `names` are the names of indicators by key.
    """
    if kind == "cases":
        for row in rows:
            words = zip(("errors", "warnings", "notes"), ("错误", "提醒", "提示"), strict=True)
            counts = [f"{row[key]} 处{word}" for key, word in words if row[key]]
            counts += [f"存疑 {row['doubtful']} 条"] if row["doubtful"] else []
            missing = _missing_words(row)
            counts += [f"缺{missing}"] if missing else []
            status = STATUSES.get(str(row["status"]), "读不了")
            title = str(row["title"]) or "（没有标题）"
            title = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
            rest = f"：{'，'.join(counts)}" if counts else ""
            yield f"{row['path']} {status} {title}{rest}"
        return
    for row in rows:
        where = f"{row['path']}:{row['line']}"
        if kind == "figures":
            yield f"{where} {row['raw']}  {row['sentence']}"
            continue
        cells = _metric_cells(row, names)
        doubt = f"，{cells[11]}" if cells[11] else ""
        indicator = f"（{cells[5]}）" if cells[5] and cells[5] != cells[3] else ""
        facts = " ".join(str(cell) for cell in cells[6:10] if cell)
        counted = "计入" if row["counted"] else "不计"
        yield f"{where} {cells[3]}{indicator}：{cells[4]}  {facts}  {counted}{doubt}"


def write_csv(kind: str, rows: Sequence[Row], names: dict[str, str]) -> bytes:
    """Return the rows as CSV with Chinese headings; the byte order mark is for Excel."""
    headings = {"cases": _CASE_HEADINGS, "metrics": _METRIC_HEADINGS, "figures": _FIGURE_HEADINGS}
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings[kind])
    for row in rows:
        if kind == "cases":
            cells: Sequence[object] = (
                *(row[key] for key in ("slug", "path", "title", "institution")),
                STATUSES.get(str(row["status"]), ""),
                *(row[key] for key in ("errors", "warnings", "notes", "doubtful")),
                _missing_words(row),
            )
        elif kind == "metrics":
            cells = _metric_cells(row, names)
        else:
            cells = list(row.values())
        writer.writerow([escape_formula(c) if isinstance(c, str) else str(c) for c in cells])
    return file.getvalue().encode("utf-8-sig")


def _chosen(reading: Reading, statuses: AnyOf[str]) -> list[Case]:
    cases = reading.materials.collection.cases
    return sorted(
        (case for case in cases if not statuses or case.status in statuses),
        key=lambda case: case.path,
    )


def _case_row(
    path: str, document: Document | None, case: Case | None, problems: Sequence[Problem]
) -> Row:
    meta = document.meta if document else {}
    counts = Counter(problem.severity for problem in problems)
    missing = {_MISSING[p.rule] for p in problems if p.rule in _MISSING}
    missing |= {p.where.field for p in problems if p.rule == "missing-field"}
    return {
        "slug": case.slug if case else make_default_slug(path),
        "path": path,
        "title": case.title if case else _read_text(meta.get("title") or meta.get("标题")),
        "institution": case.institution if case else _read_text(
            meta.get("institution") or meta.get("单位")),
        "status": document.status if document else "",
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
        "doubtful": 0,
        "missing": [key for key in _LABELS if key in missing],
    }  # fmt: skip


def _read_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _missing_words(row: Row) -> str:
    missing = row["missing"]
    keys = map(str, missing) if isinstance(missing, list) else ()
    return "、".join(_LABELS.get(key, key) for key in keys)


def _metric_cells(row: Row, names: dict[str, str]) -> list[object]:
    doubts = row["doubts"]
    reason = str(row["reason"])
    timing = TIMING_WORDS.get(str(Timing(str(row["timing"]))), "")
    return [
        row["slug"], row["path"], row["line"], row["name"], row["as_written"],
        names.get(str(row["indicator"]), ""), timing, row["period"], row["place"], row["category"],
        "是" if row["counted"] else "否", REASON_WORDS.get(reason, reason),
        " ".join(doubts) if isinstance(doubts, list) else "",
    ]  # fmt: skip
