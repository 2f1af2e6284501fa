"""Figures of tables that are no metrics are told, whatever wrote the table."""

from __future__ import annotations

import pytest

LONG = "村里办起了合作社，老人也有活干，外出的人也回来了，大家都说好。" * 2


def cells(*rows):
    return "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("村", "产量（吨）"), ("步云村", "12"), ("平川村", "约1.2万")],
         "2 个数，格子里没有写单位，没有列为指标（步云村 产量（吨） 12吨、平川村"),
        ([("序号", "项目", "单位", "2022年"), ("1", "产值", "万元", "30")],
         "1 个数，格子里没有写单位，没有列为指标（产值 2022年 30万元）"),
        ([("项目", "2022年"), ("产值/万元", "30"), ("树", "9")],
         "2 个数，格子里没有写单位，没有列为指标（产值/万元 2022年 30万元、树 2022年 9）"),
        ([("村", "户数", "年份"), ("步云村", "31户", "2022")], ""),
        ([("姓名", "职务"), ("某某", "书记")], ""),
    ],
)  # fmt: skip
def test_a_table_with_figures_without_units_is_told(found, rows, told):
    page = f"<h1>一村一品立起来</h1><p>{LONG}</p><table>{cells(*rows)}</table><p>{LONG}</p>"
    one = found(f"<html><body>{page}</body></html>", "页.html")
    losses = [loss for loss in one.losses if "没有列为指标" in loss]
    assert [told in loss for loss in losses] == ([True] if told else [])


@pytest.mark.parametrize(
    "line", ["单位：万元", "表1 各年投入（单位：万元）", "单位：万元</p><p>2023年的数是快报数"]
)
def test_the_unit_above_a_table_is_told_with_its_figures(found, line):
    table = cells(("年份", "财政投入"), ("2022年", "100"), ("2023年", "130"))
    page = f"<h1>一村一品立起来</h1><p>{LONG}</p><p>{line}</p><table>{table}</table><p>{LONG}</p>"
    one = found(f"<html><body>{page}</body></html>", "页.html")
    (told,) = [loss for loss in one.losses if "没有列为指标" in loss]
    assert "2023年 财政投入 130，表格上面写着“单位：万元”）" in told
