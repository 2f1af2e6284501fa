"""export: every case, metric and total of a project as one file: CSV, XLSX or JSON.

Secret: what each form holds.
Not here: columns and sheets (tables, workbook), where the file may be written (build).

data/export.schema.json is the JSON Schema of the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from casegen.collection.collected import Collection
from casegen.editions.data import tables, workbook
from casegen.editions.materials import Materials
from casegen.output import Artifact

VERSION = 2  # of the JSON; a new one where a key changes its meaning or is removed


def list_exports(materials: Materials) -> Iterator[Artifact]:
    """Yield export.csv, export.xlsx and export.json; each is made only when it is asked for."""
    title = materials.project.config.title
    for form, write_form in FORMS.items():
        made = partial(write_form, materials.collection, title)
        yield Artifact(f"export.{form}", "", made)


def find_form(name: str) -> str:
    """Return the form that a file's name asks for; "" where it names none."""
    ending = name.rpartition(".")[2].lower()
    return ending if ending in FORMS else ""


def as_csv(collection: Collection, _title: str) -> bytes:
    """Return a row for each metric, as in the site's data/metrics.csv."""
    return tables.make_metrics_csv(tuple(tables.list_metric_rows(collection)))


def as_xlsx(collection: Collection, _title: str) -> bytes:
    """Return sheets of cases, metrics and totals, as in the site's data/metrics.xlsx."""
    rows = tuple(tables.list_metric_rows(collection))
    return workbook.write_workbook(workbook.make_sheets(collection, rows))


def as_json(collection: Collection, title: str) -> bytes:
    """Return cases as in the site's data/cases.json, and all totals."""
    value = {
        "version": VERSION,
        "title": title,
        "cases": [tables.make_case_json(case, collection) for case in collection.cases],
        "totals": make_totals_json(collection),
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def make_totals_json(collection: Collection) -> list[dict[str, Any]]:
    """Return totals by scope under the names of the sheet's columns; `cases` is a list of slugs.

    `low` and `high` are decimal text in base units, at most six places, null where all figures are
    in doubt.
    """
    names = {row.key: row.name for row in collection.vocabulary.indicators}
    return [
        {
            "scope": scope,
            "value": value,
            "indicator": total.indicator,
            "name": names[total.indicator],
            "item": total.item,
            "low": _text(total.low),
            "high": _text(total.high),
            "unit": total.unit,
            "qualifier": str(total.qualifier),
            "reported": total.reported,
            "of": total.of,
            "cases": list(total.cases),
            "left_out": [
                {"slug": each.slug, "metric": each.metric, "rules": list(each.rules)}
                for each in total.left_out
            ],
        }
        for scope, value, total in workbook.list_scoped_totals(collection)
    ]


def _text(value: Fraction | None) -> str | None:
    return None if value is None else f"{workbook.make_decimal(value):f}"


FORMS: Mapping[str, Callable[[Collection, str], bytes]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
    "json": as_json,
}
