"""Export: the real program's CSV, workbook and JSON, as a user's programs read them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from projects import Project, case_text

from casegen.editions.data import tables, workbook

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "casegen" / "data" / "export.schema.json").read_text("utf-8"))
HOSTILE = '=HYPERLINK("https://evil.example/","x")'
METRICS = (
    "[{name: 投入资金, value: 200万元, id: t},"
    " {name: 培训, indicator: 项目资金, value: 80.5万元, part_of: t, split: 用途},"
    " {name: 亩产, value: 3至5万元}, {name: 清运垃圾, value: 2余吨}]"
)
FILES = {
    "cases/a.md": case_text(
        "水苔",
        metrics=METRICS,
        tags="[甲, 乙]",
        order="1.5",
        featured="true",
        credits="{供稿: 某处}",
        source="{name: 某报, url: https://example.edu.cn/a.html}",
        body="投入资金200万元，其中培训80.5万元。亩产3至5万元。清运垃圾2余吨。",
    ),
    "cases/b.md": case_text(
        json.dumps(HOSTILE),
        institution='"+8613"',
        regions="[甘肃省, 陕西省]",
        period="2021-2022",
        categories="[人才, 产业]",
        metrics="[投入资金: 30万元]",
        body="投入资金30万元。",
        summary='"@甲"',
    ),
    "cases/draft.md": case_text("草稿", status="draft", metrics="[投入资金: 9万元]"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("export")
    return Project(root).write({"casegen.yml": "title: 试验案例集\n", **FILES})


def run(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program in this process."""
    ran = project.start(*arguments)
    return subprocess.CompletedProcess(arguments, ran.exit_code, ran.stdout_bytes, ran.stderr_bytes)


def real(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "casegen", *arguments],
        cwd=project.root,
        capture_output=True,
        check=False,
        timeout=300,
    )


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet) -> list[dict[str, object]]:
    head, *below = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in below]


@pytest.fixture(scope="module")
def book(made) -> openpyxl.Workbook:
    assert run(made, "export", "-o", "all.xlsx").returncode == 0
    return sheets((made.root / "all.xlsx").read_bytes())


# --- forms and places ------------------------------------------------------------------------


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


def test_what_is_exported_is_what_the_site_offers(made):
    site = made.build()
    assert run(made, "export").stdout == site.files()["data/metrics.csv"]
    written = run(made, "export", "--format", "xlsx", "-o", "-").stdout
    assert written == site.files()["data/metrics.xlsx"]
    exported = json.loads(run(made, "export", "--format", "json").stdout)
    assert exported["cases"] == site.json("data/cases.json")["cases"]


# --- the workbook ----------------------------------------------------------------------------


def test_the_workbook_has_sheets_of_cases_metrics_and_totals_with_frozen_headings(book):
    assert book.sheetnames == ["案例", "指标", "合计"]
    heads = [tuple(cell.value for cell in sheet[1]) for sheet in book.worksheets]
    assert heads == [workbook.CASE_HEADINGS, workbook.METRIC_HEADINGS, workbook.TOTAL_HEADINGS]
    columns = (workbook.CASE_COLUMNS, tables.COLUMNS, workbook.TOTAL_COLUMNS)
    assert list(map(len, heads)) == list(map(len, columns))
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


def test_the_csv_disarms_what_a_spreadsheet_would_run(made):
    text = run(made, "export").stdout.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert "'" + HOSTILE in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@")]


def test_the_same_project_gives_the_same_bytes(made):
    first, second = (run(made, "export", "--format", "xlsx", "-o", "-").stdout for _ in range(2))
    assert first == second


# --- JSON ------------------------------------------------------------------------------------


def exported(project: Project) -> dict[str, object]:
    return json.loads(run(project, "export", "--format", "json").stdout)


@pytest.mark.parametrize("which", ["small", "demonstration"])
def test_the_json_is_as_its_schema_says(made, which):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    value = exported(made if which == "small" else Project(ROOT))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert value["cases"]
    assert value["totals"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: value["cases"][0]["metrics"][0].update(low="200万"),
        lambda value: value["cases"][0].pop("institution"),
        lambda value: value["totals"][0].update(scope="county"),
        lambda value: value["totals"][0].update(more=1),
    ],
    ids=["number", "missing", "scope", "unknown"],
)
def test_the_schema_refuses_what_is_not_promised(made, spoil):
    value = exported(made)
    spoil(value)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, SCHEMA)


def test_the_schema_of_the_front_matter_is_sound_and_knows_every_field(made):
    schema = json.loads(run(made, "schema").stdout)
    jsonschema.validators.validator_for(schema).check_schema(schema)
    assert {"title", "标题", "metrics", "指标"} <= set(schema["properties"])
