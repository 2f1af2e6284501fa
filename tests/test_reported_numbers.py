"""Numbers that users once saw wrong: cases as they wrote them, and what must come of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from projects import case_text, load_empty

from casegen import build as builder
from casegen import exporting, gathering
from casegen import project as projects

NUMBERS = Path(__file__).parent / "files" / "numbers"
TWO_SUMS = ("cumulative-and-yearly", "long-sum-to-date")

# Files; scope and value; the totals of the indicators named there, as low, unit and qualifier.
TOTALS: tuple[tuple[tuple[str, ...], str, str, dict[str, tuple[str | None, str, str]]], ...] = (
    (("cumulative-and-yearly",), "collection", "", {
        "funds_invested": ("2000000", "元", "exact"),  # not 250万元: the year's is in the sum
        "collective_income": ("932700", "元", "exact"),
        "street_lights": ("60", "盏", "exact"),  # entered twice under two names
    }),
    (("cumulative-and-yearly",), "year", "2021", {"collective_income": ("365000", "元", "exact")}),
    (("cumulative-and-yearly",), "year", "2023", {
        "collective_income": ("932700", "元", "exact"),
        "funds_invested": ("500000", "元", "exact"),
    }),
    (TWO_SUMS, "collection", "", {"funds_invested": ("2000000", "元", "超")}),  # not 380万元
    (("year-in-name",), "collection", "", {
        "collective_income": ("932700", "元", "exact"),  # not 147.2万元
        "funds_invested": ("2000000", "元", "exact"),
        "visitors": ("20000", "人次", "exact"),
        # 户均分红 is in no total, 电商服务站 and 培训基地 serve and train nobody
        "dividend": None, "people_served": None, "trainees": None,
    }),
    (("only-parts", "project-funds"), "collection", "", {
        "funds_raised": ("1000000", "元", "exact"),
        "project_funds": ("500000", "元", "exact"),
    }),
    (("whole-and-parts",), "collection", "", {"funds_invested": ("2000000", "元", "exact")}),
    (("two-indicators",), "collection", "", {
        "households_registered": ("95", "户", "exact"),
        "households_lifted": ("90", "户", "exact"),
    }),
    (("long-sum-to-date", "whole-numbers"), "collection", "", {
        "jobs_created": ("43467", "人", "exact"),
        "training_person_times": ("123756", "人次", "exact"),
    }),
    (("three-provinces",), "region", "贵州省", {"households_benefited": None, "greenhouses": None}),
    (("three-provinces",), "region", "河北省", {"greenhouses": ("18", "座", "exact")}),
    (("three-provinces",), "region", "", {"funds_invested": ("8000000", "元", "超")}),
    (("three-provinces",), "year", "2015-2025", {"funds_invested": ("8000000", "元", "超")}),
    (("foreseen",), "collection", "", {
        "income_gain": (None, "元", "exact"),
        "households_benefited": (None, "户", "exact"),
        "planting_area": (None, "亩", "exact"),
    }),
    (("other-rows",), "collection", "", {
        "collective_income": (None, "元", "exact"),
        "households_visited": ("30", "户", "exact"),  # waived with a reason
    }),
)  # fmt: skip

# Files; the rules that leave each doubtful metric in doubt.
DOUBTS: tuple[tuple[tuple[str, ...], dict[str, set[str]]], ...] = (
    (("cumulative-and-yearly",), {"太阳能路灯": {"repeated-metric"}}),
    (TWO_SUMS, {
        "太阳能路灯": {"repeated-metric"},
        "累计投入帮扶资金": {"overlapping-figures"},
    }),
    (("whole-and-parts",), {"帮扶资金": {"unsettled-parts"}, "投入资金": {"unsettled-parts"}}),
    (("two-indicators",), {"已脱贫户": {"repeated-metric"}}),
    (("foreseen",), {
        name: {"forecast-as-outcome"} for name in ("带动增收", "带动农户", "种植面积")
    }),
    (("other-rows",), {
        "村集体经济收入": {"changed-period"}, "人行道地面硬化": {"doubtful-evidence"},
    }),
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> projects.Project:
    return load_empty(tmp_path_factory.mktemp("totals"))


def take(loaded: projects.Project, names: tuple[str, ...]) -> None:
    folder = loaded.root / "cases"
    shutil.rmtree(folder)
    folder.mkdir()
    for name in names:
        shutil.copy(NUMBERS / f"{name}.md", folder)


def exported(loaded: projects.Project, names: tuple[str, ...]) -> dict[str, Any]:
    take(loaded, names)
    reading = gathering.gather_materials(loaded, ())
    assert not reading.errors
    data: dict[str, Any] = json.loads(exporting.export_collection(reading.materials, "json"))
    return data


@pytest.mark.parametrize(
    ("names", "scope", "value", "wanted"), TOTALS, ids=lambda v: v if isinstance(v, str) else None
)
def test_totals_are_what_the_cases_come_to(loaded, names, scope, value, wanted):
    found = {
        row["indicator"]: (row["low"], row["unit"], row["qualifier"])
        for row in exported(loaded, names)["totals"]
        if (row["scope"], row["value"]) == (scope, value)
    }
    assert {key: found.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(("names", "wanted"), DOUBTS)
def test_doubtful_metrics_have_their_reasons_and_no_source(loaded, names, wanted):
    data = exported(loaded, names)
    metrics = [metric for case in data["cases"] for metric in case["metrics"]]
    assert {m["name"]: set(m["doubts"]) for m in metrics if m["doubts"]} == wanted
    assert not any(m["counted"] for m in metrics if m["doubts"])
    left_out = {
        each["metric"]
        for row in data["totals"]
        if row["scope"] == "collection"
        for each in row["left_out"]
    }
    assert left_out == set(wanted)


def test_a_date_in_the_future_is_told_and_puts_no_figure_in_doubt(loaded):
    take(loaded, ("future-date",))
    assert "future-date" in {p.rule for p in builder.check_project(loaded, (), jobs=1).problems}
    assert exported(loaded, ("future-date",))["cases"][0]["metrics"][0]["counted"]


@pytest.mark.parametrize(("years", "total"), [((2023, 2021), []), ((2023, 2023), ["27"])])
def test_cadres_of_different_years_make_no_total(loaded, years, total):
    take(loaded, ())
    for name, count, year in zip("ab", (18, 9), years, strict=True):
        metrics = f"[{{name: 选派驻村干部, value: {count}名, period: {year}}}]"
        text = case_text(f"案例{name}", f"选派驻村干部{count}名。", metrics=metrics)
        (loaded.root / "cases" / f"{name}.md").write_text(text, "utf-8")
    reading = gathering.gather_materials(loaded, ())
    rows = json.loads(exporting.export_collection(reading.materials, "json"))["totals"]
    told = [r for r in rows if (r["scope"], r["indicator"]) == ("collection", "cadres_dispatched")]
    assert [r["low"] for r in told] == total
