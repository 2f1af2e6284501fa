"""Where an export goes, and in which form."""

from __future__ import annotations

import csv
import io
import json

import pytest
from exported import FILES, real, run, sheets
from projects import Project, case_text

from casegen.editions.data import tables, workbook


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("export")
    return Project(root).write({"casegen.yml": "title: 试验案例集\n", **FILES})


def test_without_a_format_a_csv_that_excel_reads_goes_to_standard_output(made):
    done = real(made, "export")
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert tuple(table[0]) == tables.COLUMNS
    assert [row["name"] for row in table] == ["投入资金", "培训", "亩产", "清运垃圾", "投入资金"]
    ranged = next(row for row in table if row["name"] == "亩产")
    assert (ranged["low"], ranged["high"], ranged["unit"], ranged["base_unit"]) == (
        "30000",
        "50000",
        "万元",
        "元",
    )
    assert table[3]["low"] == "2000"


def test_the_files_ending_chooses_the_format_and_a_format_overrides_it(made):
    run(made, "export", "-o", "x.json")
    assert json.loads((made.root / "x.json").read_text("utf-8"))["title"] == "试验案例集"
    run(made, "export", "--format", "csv", "-o", "y.json")
    assert (made.root / "y.json").read_bytes().startswith(b"\xef\xbb\xbfslug,")


def test_a_workbook_without_a_name_is_written_beside_never_into_the_terminal(made):
    done = run(made, "export", "--format", "xlsx")
    assert (done.returncode, b"PK" in done.stdout) == (0, False)
    assert sheets((made.root / "export.xlsx").read_bytes()).sheetnames == list(workbook.SHEETS)
    piped = real(made, "export", "--format", "xlsx", "-o", "-")
    assert piped.stdout == (made.root / "export.xlsx").read_bytes()


def test_an_ending_that_is_no_form_is_refused_with_those_there_are(made):
    done = run(made, "export", "-o", "x.exe")
    assert done.returncode == 2
    assert "“.exe”不是导出的格式" in done.stderr.decode()
    assert not (made.root / "x.exe").exists()


@pytest.mark.parametrize(
    "place", ["cases/a.md", "casegen.yml", ".casegen/x.csv", "no/such/folder.csv"]
)
def test_sources_are_never_overwritten_and_a_missing_folder_is_said(made, place):
    before = {p: p.read_bytes() for p in made.root.rglob("*.md")}
    done = run(made, "export", "--format", "csv", "-o", place)
    assert done.returncode == 2
    assert "改法" in done.stderr.decode()
    assert {p: p.read_bytes() for p in made.root.rglob("*.md")} == before


def test_a_fault_that_leaves_a_case_out_stops_the_export(project):
    made = project({"cases/a.md": case_text(), "cases/b.md": "---\ntitle: 乙\n---\n"})
    done = run(made, "export")
    assert (done.returncode, done.stdout) == (1, b"")
    assert "cases/b.md" in done.stderr.decode()
