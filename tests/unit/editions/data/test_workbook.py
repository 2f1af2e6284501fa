"""The workbook: its sheets, its numbers, its totals."""

from __future__ import annotations

import openpyxl
import pytest
from exported import FILES, HOSTILE, rows, run, sheets
from projects import Project

from casegen.editions.data import tables, workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("export")
    return Project(root).write({"casegen.yml": "title: 试验案例集\n", **FILES})


@pytest.fixture(scope="module")
def book(made) -> openpyxl.Workbook:
    assert run(made, "export", "-o", "all.xlsx").returncode == 0
    return sheets((made.root / "all.xlsx").read_bytes())


def test_the_workbook_has_sheets_of_cases_metrics_and_totals_with_frozen_headings(book):
    assert book.sheetnames == ["案例", "指标", "合计"]
    heads = [tuple(cell.value for cell in sheet[1]) for sheet in book.worksheets]
    assert heads == [workbook.CASE_HEADINGS, workbook.METRIC_HEADINGS, workbook.TOTAL_HEADINGS]
    assert len(workbook.METRIC_HEADINGS) == len(tables.COLUMNS)
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"A2"}
    assert all(cell.font.bold for sheet in book.worksheets for cell in sheet[1])


def test_numbers_are_numbers(book):
    cases, metrics, totals = map(rows, book.worksheets)
    assert [(row["网址名"], row["指标条数"]) for row in cases] == [("a", 4), ("b", 1)]
    assert cases[0]["顺序"] == 1.5
    assert [row["下限"] for row in metrics] == [2_000_000, 805_000, 30_000, 2000, 300_000]
    whole = {row["指标键"]: row for row in totals if row["范围"] == "全集"}
    funds = whole["funds_invested"]
    assert (funds["下限"], funds["上限"], funds["基本单位"]) == (2_300_000, 2_300_000, "元")
    assert (funds["填报篇数"], funds["篇数"], funds["案例"]) == (2, 2, "a；b")
    assert (whole["waste_removed"]["下限"], whole["waste_removed"]["限定词"]) == (2000, "超")


def test_totals_stand_for_every_category_region_year_and_institution(book):
    totals = [row for row in rows(book["合计"]) if row["指标键"] == "funds_invested"]
    found = {(row["范围"], row["哪一处"] or ""): row["下限"] for row in totals}
    assert found == {
        ("全集", ""): 2_300_000,
        ("类别", "产业"): 2_000_000, ("类别", "未分到类"): 300_000,
        ("地区", "甘肃省"): 2_000_000, ("地区", "未分地区"): 300_000,
        ("年份", "2023"): 2_000_000, ("年份", "2021-2022"): 300_000,
        ("单位", "某某大学"): 2_000_000, ("单位", "+8613"): 300_000,
    }  # fmt: skip


def test_no_cell_is_a_formula_or_a_link_and_the_text_is_whole(book):
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert rows(book["案例"])[1]["标题"] == HOSTILE
