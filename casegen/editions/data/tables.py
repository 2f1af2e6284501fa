"""tables: every case and metric as JSON, CSV and XLSX.

Secret: the columns and shapes that others' programs rely on (docs/reference/data.md).
Not here: the sheets of the XLSX (workbook), the browser's own data (editions.site.catalog).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from functools import partial
from typing import Any

from casegen.chinese.showing import make_plain_number
from casegen.collection.case import Case, show_period
from casegen.collection.case_fields import ROLES
from casegen.collection.collected import Collection
from casegen.collection.indicator import Timing
from casegen.collection.ledger import Standing
from casegen.collection.measures import measure_metric
from casegen.collection.metric import Metric
from casegen.editions.data import workbook
from casegen.editions.data.workbook import Row, make_decimal
from casegen.editions.materials import Materials
from casegen.output import Artifact, make_fingerprint, make_literal

COLUMNS = (
    "slug", "title", "institution", "region", "date", "category", "name", "indicator",
    "as_written", "low", "high", "unit", "base_unit", "qualifier", "period", "part_of", "split",
    "evidence", "timing", "place", "counted", "reason",
)  # fmt: skip


def list_tables(materials: Materials) -> Iterator[Artifact]:
    """Yield data/cases.json, data/metrics.csv and data/metrics.xlsx."""
    collection = materials.collection.outlined
    yield make_literal("data/cases.json", make_cases_json(collection))
    rows = tuple(list_metric_rows(collection))
    yield make_literal("data/metrics.csv", make_metrics_csv(rows))
    sheets = workbook.make_sheets(collection, rows)
    yield Artifact(
        "data/metrics.xlsx",
        make_fingerprint(repr(sheets)),
        partial(workbook.write_workbook, sheets),
    )


def make_cases_json(collection: Collection) -> bytes:
    """Return `{"version":2,"cases":[…]}`: every front-matter field, metrics typed, no bodies.

    Each case is one line, so that a diff between two versions shows which cases changed.
    """
    rows = [
        json.dumps(make_case_json(case, collection), ensure_ascii=False)
        for case in collection.cases
    ]
    lines = ",\n".join(rows)
    return f'{{"version": 2, "cases": [\n{lines}\n]}}\n'.encode()


def make_case_json(case: Case, collection: Collection) -> dict[str, Any]:
    """Return a case under the English names of its fields; numbers of metrics are decimal text."""
    names = {category.key: category.name for category in collection.categories}
    return {
        "slug": case.slug,
        "title": case.title,
        "institution": case.institution,
        "regions": [place.text for place in case.regions],
        "date": case.date.isoformat(),
        "updated": case.updated.isoformat(),
        "period": show_period(case.period, "-"),
        "categories": [names[key] for key in case.categories],
        "summary": case.summary,
        "tags": list(case.tags),
        "metrics": [
            make_metric_json(metric, standing, case, collection)
            for metric, standing in zip(case.metrics, collection.standings[case.slug], strict=True)
        ],
        "credits": {ROLES[role]: list(people) for role, people in case.credits},
        "source": asdict(case.source),
        "cover": case.cover,
        "featured": case.featured,
        "order": None if case.order is None else str(case.order),
        "status": case.status,
        "waive": dict(case.waive),
        "aliases": list(case.aliases),
    }


def make_metric_json(
    metric: Metric, standing: Standing, case: Case, collection: Collection
) -> dict[str, Any]:
    """Return a metric: as written, in its own unit and in its base unit, and how it counts."""
    timing = metric.timing or Timing.YEARLY
    measure = measure_metric(metric, collection.vocabulary)
    names = {category.key: category.name for category in collection.categories}
    return {
        "name": metric.name,
        "indicator": metric.indicator,
        "as_written": metric.quantity.as_written,
        "low": str(metric.quantity.low),
        "high": str(metric.quantity.high),
        "unit": metric.quantity.unit,
        "base_low": make_plain_number(measure.low),
        "base_high": make_plain_number(measure.high),
        "base_unit": measure.unit,
        "qualifier": str(metric.quantity.qualifier),
        "category": names.get(metric.category, metric.category),
        "booked": list(standing.booked),
        "period": show_period(metric.period or case.period, "-"),
        "timing": str(timing),
        "region": metric.region,
        "lead": metric.lead,
        "id": metric.id,
        "part_of": metric.part_of,
        "split": metric.split,
        "same_as": metric.same_as,
        "note": metric.note,
        "waive": dict(metric.waive),
        "doubts": list(metric.doubts),
        "counted": standing.counted,
    }


def list_metric_rows(collection: Collection) -> Iterator[Row]:
    """Yield a row for each metric, in the order of COLUMNS; low and high are in base units."""
    names = {category.key: category.name for category in collection.categories}
    for case in collection.cases:
        places = "；".join(place.text for place in case.regions)
        for metric, standing in zip(case.metrics, collection.standings[case.slug], strict=True):
            booked = (metric.category,) if metric.category else standing.booked
            reason = standing.reason
            if metric.doubts and reason == "doubt":
                reason = f"doubt: {' '.join(metric.doubts)}"
            measure = measure_metric(metric, collection.vocabulary)
            whole = case.metrics[metric.part_of].name if metric.part_of is not None else ""
            sentence = metric.evidence
            yield (
                case.slug, case.title, case.institution, places, case.date.isoformat(),
                "；".join(names.get(key, key) for key in booked), metric.name, metric.indicator,
                metric.quantity.as_written, make_decimal(measure.low), make_decimal(measure.high),
                metric.quantity.unit, measure.unit, str(metric.quantity.qualifier),
                show_period(metric.period or case.period, "-"), whole, metric.split,
                "" if sentence is None else case.prose.sentences[sentence].text,
                str(metric.timing or Timing.YEARLY), standing.place,
                "yes" if standing.counted else "no", reason,
            )  # fmt: skip


def make_metrics_csv(rows: Sequence[Row]) -> bytes:
    """Return the rows in UTF-8 with BOM and CRLF, for Excel; text like a formula is quoted."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([escape_formula(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def escape_formula(cell: str | int | Decimal) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if isinstance(cell, str) and text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + text
    return text
