"""The cells of a sheet: how many are read, and how long one may be."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from casegen.importers import sheetcells
from importers.test_spreadsheet import book


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_ledger_too_long_to_be_read_whole_is_refused_with_a_way(desk, monkeypatch, kind):
    monkeypatch.setattr(sheetcells, "MOST_ROWS", 3)
    rows = [["标题", "单位"], *([f"茶园{n}", "某某大学"] for n in range(3))]
    content = book(*rows) if kind == "xlsx" else "\n".join(map(",".join, rows))
    result = desk.run(desk.put(f"长.{kind}", content))
    assert result.exit_code == 2
    assert "超过 3 行" in result.output
    assert "分成几个文件" in result.output
    assert desk.drafts() == {}


def test_a_mark_at_the_far_end_of_a_sheet_makes_no_cells_of_all_between():
    made = openpyxl.Workbook()
    made.active.append(["标题", "单位"])
    made.active.append(["水苔铺出增收路", "青石职业学院"])
    made.active["XFD1048576"] = "x"
    content = io.BytesIO()
    made.save(content)
    [(_, rows)] = sheetcells.read_sheets("台账.xlsx", content.getvalue())
    assert [n for n, _ in rows] == [1, 2]


def with_cell(text: str) -> bytes:
    """A ledger whose cell C3 holds a text that openpyxl itself would cut at Excel's limit."""
    whole = book(
        ("帮扶案例台账",),
        ("案例名称", "单位", "正文"),
        ("甲村茶香", "青石职业学院", "PLACEHOLDER"),
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"PLACEHOLDER", text.encode()))
    return made.getvalue()


@pytest.mark.parametrize("text", ["茶" * 32_768, "学院投入5万元修水渠。" * 80_000])
def test_a_cell_longer_than_excel_can_write_is_refused_with_its_place(desk, text):
    result = desk.run(desk.put("台账.xlsx", with_cell(text)))
    assert result.exit_code == 2
    assert f"台账.xlsx 的“台账”里，C3 这一格有 {len(text)} 个字" in result.output
    assert "超过 Excel 一格的上限 32767 个" in result.output
    assert "把这一格的文字另存为 .txt 或 .docx 单独导入" in result.output
    assert desk.drafts() == {}


@pytest.mark.parametrize("text", ["茶" * 32_767, "_x000D_\n茶" * 10_000])
def test_a_cell_as_long_as_excel_can_write_is_read(desk, text):
    assert desk.run(desk.put("台账.xlsx", with_cell(text))).exit_code == 0
    assert desk.body().count("茶") == text.count("茶")


def test_a_cell_of_a_csv_file_without_its_closing_quote_is_told_in_chinese(desk):
    rows = '标题,单位,正文\n水苔铺出增收路,青石职业学院,"选派干部驻村\n' + "种茶\n" * 50_000
    result = desk.run(desk.put("台账.csv", rows))
    assert result.exit_code == 2
    assert "台账.csv 里有一格超过 131072 个字" in result.output
    assert "核对引号是不是成对" in result.output
    assert "field" not in result.output
