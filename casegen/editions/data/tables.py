"""Data files: every case and metric as JSON, CSV and XLSX, and the Markdown copy of a case.

Secret: the columns and shapes that others' programs rely on (docs/reference/data.md).
Not here: the sheets of the XLSX (workbook), feeds and site maps (feeds), the browser's own data
(catalog).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from typing import Any

from casegen.body import destination, prose
from casegen.collection.assembly import Collection
from casegen.collection.case import ROLES, Case
from casegen.collection.metric import Metric
from casegen.editions.data import workbook
from casegen.editions.data.workbook import Row, decimal
from casegen.editions.site.catalog import measure_of, number
from casegen.editions.site.parts import years
from casegen.editions.site.scripts import literal
from casegen.editions.site.view import digest
from casegen.editions.site.views import CasePage
from casegen.output import Artifact

COLUMNS = (
    "slug", "title", "institution", "region", "date", "category", "name", "indicator",
    "as_written", "low", "high", "unit", "base_unit", "qualifier", "period", "part_of", "split",
    "evidence",
)  # fmt: skip


def artifacts(collection: Collection) -> Iterator[Artifact]:
    """data/cases.json, data/metrics.csv and data/metrics.xlsx."""
    yield literal("data/cases.json", cases_json(collection))
    rows = tuple(metric_rows(collection))
    yield literal("data/metrics.csv", metrics_csv(rows))
    sheets = workbook.sheets(collection, COLUMNS, rows)
    yield Artifact("data/metrics.xlsx", digest(repr(sheets)), partial(workbook.write, sheets))


def cases_json(collection: Collection) -> bytes:
    """`{"version":1,"cases":[…]}`: every front-matter field, metrics typed, no bodies."""
    data = {"version": 1, "cases": [case_json(case, collection) for case in collection.cases]}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def case_json(case: Case, collection: Collection) -> dict[str, Any]:
    """A case under the English names of its fields; numbers of metrics as decimal text."""
    names = {category.key: category.name for category in collection.categories}
    return {
        "slug": case.slug,
        "title": case.title,
        "institution": case.institution,
        "regions": [place.text for place in case.regions],
        "date": case.date.isoformat(),
        "updated": case.updated.isoformat(),
        "period": years(case.period, "-"),
        "categories": [names[key] for key in case.categories],
        "summary": case.summary,
        "tags": list(case.tags),
        "metrics": [metric_json(metric, case, collection) for metric in case.metrics],
        "credits": {ROLES[role]: list(people) for role, people in case.credits},
        "source": asdict(case.source),
        "cover": case.cover,
        "featured": case.featured,
        "order": None if case.order is None else str(case.order),
        "status": case.status,
        "waive": dict(case.waive),
        "aliases": list(case.aliases),
    }


def metric_json(metric: Metric, case: Case, collection: Collection) -> dict[str, Any]:
    """A metric: as written, typed in its unit, and in its base unit."""
    measure = measure_of(metric, collection.vocabulary)
    names = {category.key: category.name for category in collection.categories}
    return {
        "name": metric.name,
        "indicator": metric.indicator,
        "as_written": metric.quantity.as_written,
        "low": str(metric.quantity.low),
        "high": str(metric.quantity.high),
        "unit": metric.quantity.unit,
        "base_low": number(measure.low),
        "base_high": number(measure.high),
        "base_unit": measure.unit,
        "qualifier": str(metric.quantity.qualifier),
        "category": names.get(metric.category, metric.category),
        "period": years(metric.period or case.period, "-"),
        "id": metric.id,
        "part_of": metric.part_of,
        "split": metric.split,
        "same_as": metric.same_as,
        "note": metric.note,
    }


def metric_rows(collection: Collection) -> Iterator[Row]:
    """A row for each metric, in the order of COLUMNS; low and high are in base units."""
    names = {category.key: category.name for category in collection.categories}
    for case in collection.cases:
        places = "；".join(place.text for place in case.regions)
        for metric in case.metrics:
            measure = measure_of(metric, collection.vocabulary)
            whole = case.metrics[metric.part_of].name if metric.part_of is not None else ""
            sentence = metric.evidence
            yield (
                case.slug, case.title, case.institution, places, case.date.isoformat(),
                names.get(metric.category, metric.category), metric.name, metric.indicator,
                metric.quantity.as_written, decimal(measure.low), decimal(measure.high),
                metric.quantity.unit, measure.unit, str(metric.quantity.qualifier),
                years(metric.period or case.period, "-"), whole, metric.split,
                "" if sentence is None else case.prose.sentences[sentence].text,
            )  # fmt: skip


def metrics_csv(rows: Sequence[Row]) -> bytes:
    """UTF-8 with BOM, CRLF: opens in Excel. Text that Excel would run as a formula is quoted."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str | int | Decimal) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if isinstance(cell, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + text
    return text


def markdown_copy(case: Case, page: CasePage, words: Mapping[str, str], stamp: str) -> Artifact:
    """cases/<slug>.md: title, facts, metrics table, body with links to the site."""
    fingerprint = digest((page, "markdown", stamp))
    return Artifact(
        f"cases/{case.slug}.md", fingerprint, partial(render_markdown, page, dict(words))
    )


def render_markdown(page: CasePage, words: Mapping[str, str]) -> bytes:
    """The Markdown copy, UTF-8 with LF."""
    facts = [
        (words["case.institution"], page.card.institution.label),
        (words["case.region"], "；".join(link.label for link in page.regions)),
        (words["case.period"], page.card.years),
        (words["case.date"], page.card.date.isoformat()),
        (words["case.categories"], "、".join(c.name for c in page.card.categories)),
        (words["case.tags"], "、".join(link.label for link in page.tags)),
        *((words[f"credit.{c.role}"], "、".join(c.names)) for c in page.credits),
        (words["case.source"], page.source.label if page.source else ""),
        (words["case.address"], page.canonical),
    ]
    lines = [f"# {page.title}", "", page.card.summary, ""]
    lines += [f"- {name}{words['case.colon']}{value}" for name, value in facts if value]
    if page.metrics:
        heads = [words[f"case.metric_{c}"] for c in ("name", "quantity", "category", "note")]
        lines += ["", f"## {words['case.metrics']}", "", _row(heads), _row(["---"] * 4)]
        lines += [
            _row([m.name, m.quantity.text, m.category.name if m.category else "", m.note])
            for m in page.metrics
        ]
    targets = {link.written: link.href for link in page.links}

    def lead(href: str) -> str | None:
        """A local destination that the site does not have, a draft say, leads to the page's top."""
        kept = destination.kind(href) in {"external", "anchor"}
        return targets.get(href) or (None if kept else "#")

    body = prose.relink_body(page.body, lead)
    return ("\n".join([*lines, "", body.strip("\n")]) + "\n").replace("\r\n", "\n").encode()


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
