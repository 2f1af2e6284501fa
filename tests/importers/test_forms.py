"""Forms of Word: tables of years in them, numbered labels, labels of several rows."""

from __future__ import annotations

import pytest
from docx import Document

from importers.test_word import saved

LONG = "学院派出工作队驻村，投入帮扶资金36.5万元，带动128户农户种茶，村民的日子一年比一年好。"
HEAD = [("案例名称", "一片叶子富一村"), ("申报单位", "黔北农业职业学院"), ("主要做法", LONG)]
YEARS = [
    ("年份", "2021年", "2022年", "2023年"),
    ("户数", "31", "64", "128"),
    ("产值（万元）", "12.5", "—", "61.2"),
]
ITEMS = [
    ("年度", "茶园（亩）", "产量（吨）", "销售额/万元"),
    ("2021", "300", "12", "60"),
    ("合计", "", "32", "162.5"),
]


def form(rows, *merged):
    """A form of Word; the last cell of a short row is merged to the edge."""
    d = Document()
    d.add_paragraph("乡村振兴典型案例推荐表")
    width = max(map(len, rows))
    table = d.add_table(len(rows), width)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
        if len(row) < width:
            table.cell(y, len(row) - 1).merge(table.cell(y, width - 1))
    for first, last in merged:
        table.cell(*first).merge(table.cell(*last))
    return d, table


def nested(rows):
    d, table = form([*HEAD, ("主要成效", LONG)])
    inner = table.cell(3, 1).add_table(len(rows), len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            inner.cell(y, x).text = text
    return d


def following(rows):
    return form([*HEAD, *rows, ("主要成效", LONG)])[0]


def beside(rows):
    first, *rest = rows
    whole = [*HEAD, ("主要成效", *first), *(("", *row) for row in rest), ("经验启示", LONG)]
    return form(whole, ((3, 0), (2 + len(rows), 0)))[0]


@pytest.mark.parametrize("rows", [YEARS, ITEMS], ids=["years", "items"])
@pytest.mark.parametrize("make", [nested, following, beside])
def test_a_table_in_a_form_stays_whole(read, make, rows):
    one = read(saved(make(rows)))
    (table,) = [b for b in one.blocks if b.kind == "table"]
    assert [list(row) for row in table.rows] == [list(row) for row in rows]
    assert not [b.plain for b in one.blocks if "：" in b.plain]
    counted = sum(cell[:1].isdigit() for row in rows[1:] for cell in row[1:])
    (told,) = [loss for loss in one.losses if "没有列为指标" in loss]
    assert f"表格里有 {counted} 个数" in told


def test_rows_of_labels_and_figures_are_no_table(read):
    rows = [("户数", "31", "面积", "300"), ("产值", "12.5", "利润", "3")]
    one = read(saved(form([*HEAD, *rows])[0]))
    assert [b.plain for b in one.blocks][-4:] == ["户数：31", "面积：300", "产值：12.5", "利润：3"]


def test_numbered_labels_are_fields_or_headings(read):
    rows = [
        ("一、案例名称", "一片叶子富一村"),
        ("二、申报单位", "黔北农业职业学院"),
        ("（三）填报日期", "二〇二四年五月"),
        ("4.案例类型", "产业振兴"),
        ("五、背景", LONG),
        ("六、主要做法", LONG),
        ("七、乡亲怎么说", "路通了。"),
        ("八、推荐单位意见", "同意推荐。（盖章）"),
    ]
    one = read(saved(form(rows)[0]))
    assert (one.title, one.institution, one.date) == (
        "一片叶子富一村",
        "黔北农业职业学院",
        "2024-05",
    )
    assert one.sections == ("五、背景", "六、主要做法", "七、乡亲怎么说")
    assert one.uncertain["categories"] == "产业（稿子里写着“4.案例类型：产业振兴”）"
    assert one.uncertain["date"] == "稿子里只写到月"


@pytest.mark.parametrize("merged", [True, False])
def test_a_label_of_several_labels_is_no_label_of_the_first(read, merged):
    rows = [("联系人", "姓名", "张三"), ("", "电话", "13812345678")]
    if merged:
        d, _ = form([*HEAD, *rows], ((3, 0), (4, 0)))
    else:
        d, _ = form([*HEAD, ("联系人", "姓名", "张三", "电话", "13812345678")])
    one = read(saved(d))
    assert [b.plain for b in one.blocks] == ["主要做法", LONG]
    assert ("电话：13812345678", "联系方式") in {(d.text, d.reason) for d in one.dropped}


def test_boxes_on_several_lines_of_a_cell_are_one_value(read):
    d, table = form([*HEAD, ("案例类别", "□产业振兴 ☑人才振兴")])
    table.cell(3, 1).add_paragraph("□文化振兴 √组织振兴")
    one = read(saved(d))
    assert [each.key for each in one.categories] == ["talent", "organization"]
    assert [b.plain for b in one.blocks] == ["主要做法", LONG]


@pytest.mark.parametrize("titled", [True, False])
def test_several_labels_on_a_line_are_a_field_each(found, titled):
    title = "案例名称：一片叶子富一村" if titled else "一片叶子富一村"
    line = "填报单位（盖章）：黔北农业职业学院　填报日期：2024年3月1日 填报人：陈一一"
    one = found(f"{title}\n{line}\n\n{LONG}\n\n{LONG[::-1]}\n")
    assert (one.title, one.institution, one.date) == (
        "一片叶子富一村",
        "黔北农业职业学院",
        "2024-03-01",
    )
    dropped = {d.text: d.reason for d in one.dropped}
    assert dropped["填报人：陈一一"] == "申报表里的人"
    assert not [b.plain for b in one.blocks if "填报" in b.plain]


def test_a_title_ends_before_the_next_label_of_its_line(found):
    line = "案例名称：一片叶子富一村 申报单位：黔北农业职业学院 案例类别：产业振兴"
    one = found(f"{line}\n\n{LONG}\n")
    assert (one.title, one.institution) == ("一片叶子富一村", "黔北农业职业学院")
    assert [each.key for each in one.categories] == ["industry"]
