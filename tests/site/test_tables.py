"""The tables of the site: JSON, CSV and XLSX."""

from __future__ import annotations

import csv
import io

import openpyxl

from casegen.editions.data import workbook


def test_cases_json_has_every_field_of_the_front_matter(rich):
    data = rich.json("data/cases.json")
    assert data["version"] == 2
    assert [case["slug"] for case in data["cases"]] == ["tea", "water"]
    water = data["cases"][1]
    metrics = water.pop("metrics")
    assert water == {
        "slug": "water",
        "title": "水苔下山",
        "institution": "某某大学",
        "regions": [
            "贵州省/黔东南苗族侗族自治州/从江县", "贵州省/黔东南苗族侗族自治州/榕江县"
        ],
        "date": "2022-03-04",
        "updated": "2023-01-02",
        "period": "2019-2021",
        "categories": ["产业", "人才"],
        "summary": "一句话的摘要。",
        "tags": ["水苔", "合作社"],
        "credits": {"供稿": ["工作队"], "编辑": ["甲处", "乙处"], "校对": ["丙处"]},
        "source": {"name": "某某大学网", "url": "https://example.edu.cn/a.html?x=1&y=2"},
        "cover": "cases/images/cover.png",
        "featured": True,
        "order": "2",
        "status": "published",
        "waive": {"missing-alt": "原文如此"},
        "aliases": ["old/water.html", "2022/water.htm"],
    }  # fmt: skip
    first, second, *_, ranged, area = metrics
    assert (first["indicator"], first["as_written"], first["unit"]) == (
        "funds_invested",
        "约200万元",
        "万元",
    )
    assert (first["low"], first["high"], first["qualifier"]) == ("200", "200", "约")
    assert (first["base_low"], first["base_unit"]) == (2_000_000, "元")
    assert (second["part_of"], second["split"]) == (0, "用途")
    assert (ranged["low"], ranged["high"], ranged["indicator"]) == ("3", "5", "")
    assert (area["low"], area["qualifier"]) == ("1200", "余")
    assert "先投入" not in rich.text("data/cases.json")
    assert [m["counted"] for m in metrics] == [True, False, False, False, True]
    assert [m["doubts"] for m in metrics] == [[], [], [], ["missing-evidence"], []]
    assert [m["timing"] for m in metrics] == [
        "cumulative",
        "cumulative",
        "cumulative",
        "yearly",
        "standing",
    ]
    assert (first["category"], first["booked"], second["booked"]) == ("", [], [])
    assert (metrics[2]["category"], area["booked"]) == ("人才", ["industry"])


def test_the_table_of_metrics_is_a_csv_that_excel_reads(rich):
    data = rich.files()["data/metrics.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == [
        "slug", "title", "institution", "region", "date", "category", "name", "indicator",
        "as_written", "low", "high", "unit", "base_unit", "qualifier", "period", "part_of",
        "split", "evidence", "timing", "place", "counted", "reason",
    ]  # fmt: skip
    assert [row["slug"] for row in rows] == ["tea", *["water"] * 5]
    part = next(row for row in rows if row["name"] == "培训")
    assert part | {
        "low": "800000", "high": "800000", "unit": "万元", "base_unit": "元", "category": "人才",
        "part_of": "投入资金", "split": "用途", "date": "2022-03-04", "as_written": "80万元",
        "period": "2019-2021",
    } == part  # fmt: skip
    assert part["evidence"].startswith("先投入约200万元")
    ranged = next(row for row in rows if row["name"] == "亩产")
    assert (ranged["low"], ranged["high"], ranged["period"]) == ("30000", "50000", "2020")
    assert ranged["evidence"] == ""
    assert (ranged["counted"], ranged["reason"]) == ("no", "doubt: missing-evidence")
    assert (part["counted"], part["reason"], part["place"]) == ("no", "part", "贵州省")


def test_the_workbook_holds_the_same_rows_with_numbers_as_numbers(rich):
    book = openpyxl.load_workbook(io.BytesIO(rich.files()["data/metrics.xlsx"]))
    head, *rows = book.active.iter_rows(values_only=True)
    text = rich.files()["data/metrics.csv"].decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert list(head) == list(workbook.METRIC_HEADINGS)
    assert len(head) == len(table[0])
    assert len(rows) == len(table) - 1
    for row, written in zip(rows, table[1:], strict=True):
        for name, value, shown in zip(head, row, written, strict=True):
            if name in {"下限", "上限"}:
                assert isinstance(value, int | float)
                assert value == float(shown)
            elif name not in {"指标名", "限定词", "时间口径", "计入合计", "原因"}:
                assert (value or "") == shown
    (telling,) = [dict(zip(head, row, strict=True)) for row in rows if "亩产" in row]
    assert (telling["计入合计"], telling["原因"]) == ("否", "存疑：正文没有写到这个指标")
    assert (telling["限定词"], telling["时间口径"]) == ("确数", "当年")


def test_spreadsheets_never_take_a_cell_for_a_formula(hostile):
    text = hostile.files()["data/metrics.csv"].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any("=1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]
    book = openpyxl.load_workbook(io.BytesIO(hostile.files()["data/metrics.xlsx"]))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds
