"""Totals of generated collections, computed here again from the cases of the export.

The rules are those of docs/handbook/numbers.md, computed in plain_totals from collections that
drawn_cases makes.
"""

from __future__ import annotations

import json
from fractions import Fraction

import plain_totals as plain
import pytest
from drawn_cases import OVERLAP, Drawn, collections
from hypothesis import HealthCheck, Phase, given, settings
from projects import load_empty

from casegen import exporting, gathering
from casegen import project as projects

FOUND = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> projects.Project:
    return load_empty(tmp_path_factory.mktemp("totals"))


@pytest.fixture(scope="module")
def unruled(tmp_path_factory) -> projects.Project:
    """A project that switches the rule on overlaps off."""
    return load_empty(tmp_path_factory.mktemp("unruled"), f"rules: {{{OVERLAP}: off}}\n")


def exported(loaded: projects.Project, cases: dict[str, Drawn]) -> plain.Case:
    """What `casegen export --format json` prints for these cases."""
    folder = loaded.root / "cases"
    for old in folder.glob("*.md"):
        old.unlink()
    for slug, case in cases.items():
        (folder / f"{slug}.md").write_text(case.file, "utf-8")
    reading = gathering.gather_materials(loaded, ())
    assert not reading.errors, reading.errors
    data: plain.Case = json.loads(exporting.export_collection(reading.materials, "json"))
    return data


def compare(loaded: projects.Project, cases: dict[str, Drawn], *, off: bool) -> None:
    """Hold totals, overlaps and what counts of an export to the plain computation."""
    data = exported(loaded, cases)
    public = {slug for slug, case in cases.items() if case.front["status"] == "published"}
    assert {case["slug"] for case in data["cases"]} == public
    export = plain.Export(data["cases"], cases, off)
    told: dict[tuple[str, ...], plain.Total] = {}
    for row in data["totals"]:
        low, high = (None if row[k] is None else Fraction(row[k]) for k in ("low", "high"))
        assert row["reported"] == len(row["cases"])
        key = row["scope"], row["value"], row["indicator"], row["item"], row["unit"]
        rest = row["qualifier"], tuple(sorted(row["cases"])), len(row["left_out"])
        told[key] = low, high, *rest
    assert told == plain.totals(export)
    metrics = [(c["slug"], n, m) for c in data["cases"] for n, m in enumerate(c["metrics"])]
    again, _ = plain.overlapped(export)
    doubted = {(slug, number) for slug, number, metric in metrics if OVERLAP in metric["doubts"]}
    assert {(f.case, f.number) for f in again if f.overlaps} == doubted
    # No figure counts twice: what the export says is counted makes each total, each metric once.
    every = plain.counting(export)
    plain.choose(every)
    single = {
        (f.case, f.number)
        for group in plain.grouped(every, "indicator", "unit", "item")
        if plain.total([(f, (f.low, f.high, f.qualifier)) for f in group])
        for f in group
        if f.counts
    }
    assert {(slug, number) for slug, number, metric in metrics if metric["counted"]} == single


@FOUND
@given(cases=collections())
def test_every_total_is_what_the_cases_of_the_export_come_to(loaded, cases):
    compare(loaded, cases, off=False)


@FOUND
@given(cases=collections())
def test_totals_hold_where_the_rule_on_overlaps_is_off(unruled, cases):
    compare(unruled, cases, off=True)


@FOUND
@given(cases=collections())
def test_every_period_and_timing_is_what_fields_names_and_sentences_say(loaded, cases):
    for case in exported(loaded, cases)["cases"]:
        drawn = cases[case["slug"]]
        for row, metric in zip(drawn.rows, case["metrics"], strict=True):
            if not metric["doubts"]:
                words = drawn.ahead.get(f"{row['name']}{row['value']}", "")
                told = metric["period"], metric["timing"]
                assert told == plain.time_of(case, row, words), (row, words)
