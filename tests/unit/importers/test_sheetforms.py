"""A sheet that is the form of one case."""

from casegen.importers.labels import take_labels
from casegen.importers.sheetforms import read_form

LONG = "学校建设天麻种植基地320亩，服务群众1800人次。"
FORM = [
    ["乡村振兴案例信息采集表"] * 4,
    ["单位名称", "青石职业学院", "负责人", "某院长"],
    ["联系电话", "0855-0000000", "填报日期", "2024-06-30"],
    [],
    ["案例名称", "草药香满山", "草药香满山", "草药香满山"],
    ["帮扶地点", "陇西县菜子镇"],
    ["案例简介", LONG],
    ["主要成效", "亩均产值2.2万元。\n吸纳就业75人。"],
]


def test_the_labels_of_a_form_are_read_with_the_cells_beside_them():
    made = read_form("表.xlsx#表", FORM)
    assert made is not None
    found = take_labels(made)
    assert dict(found.said) == {
        "institution": "青石职业学院",
        "date": "2024-06-30",
        "title": "草药香满山",
        "regions": "陇西县菜子镇",
    }
    told = [block.plain for block in found.blocks]
    assert told == [LONG, "主要成效", "亩均产值2.2万元。", "吸纳就业75人。"]
    assert [d.reason for d in found.dropped].count("申报表里的人") == 1


def test_a_ledger_is_no_form_though_its_headings_are_labels():
    ledger = [
        ["案例名称", "单位名称", "帮扶地点", "主要成效"],
        ["草药香满山", "青石职业学院", "陇西县", LONG],
        ["茶香满山", "青石职业学院", "陇西县", LONG],
    ]
    assert read_form("表.xlsx#表", ledger) is None


def test_a_sheet_without_a_title_is_no_form():
    assert read_form("表.xlsx#表", [row for row in FORM if row[:1] != ["案例名称"]]) is None


def test_a_sheet_with_a_case_in_each_column_is_no_form():
    columns = [["案例名称", "草药香满山", "茶香满山"], *FORM[1:4], *FORM[5:]]
    assert read_form("表.xlsx#表", columns) is None
