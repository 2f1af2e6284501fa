"""Ledgers: one row a case, one row a metric, and a sheet as offices make them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from casegen.importers import archive, draft, sheetforms, spreadsheet
from casegen.problem import CasegenError
from casegen.source.files import read_documents

CASES = (
    "序号,案例名称,供稿单位,帮扶地区,发布日期,类别,主要做法,投入资金（万元）,带动农户（户）,备注,电话\n"
    "1,水苔铺出增收路,青石职业学院,甘肃省/定西市/陇西县,2023-06-23,产业,选派干部驻村，发展水苔。,20,60,待补照片,\n"
    "2,村里来了书记,青石职业学院,甘肃省/定西市/陇西县,45107,组织,选派第一书记。,5.5,,,0932\n"
    "合计,,,,,,,25.5,60,,\n"
)
METRICS = (
    "标题\t单位\t指标名称\t数值\t计量单位\n"
    "水苔铺出增收路\t青石职业学院\t投入帮扶资金\t20\t万元\n"
    "\t\t种植面积\t100余\t亩\n"
    "水苔铺出增收路\t\t培训人次\t若干\t人次\n"
    "村里来了书记\t青石职业学院\t选派驻村干部\t3\t名\n"
)


def book(*rows, merge=()) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    for area in merge:
        sheet.merge_cells(area)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def test_each_row_of_a_csv_file_is_a_case(desk):
    first, second = desk.json(desk.put("台账.csv", CASES))
    assert (first["file"], second["file"]) == ("台账.csv#表!2", "台账.csv#表!3")
    assert (first["title"], first["institution"]) == ("水苔铺出增收路", "青石职业学院")
    assert (first["regions"], first["categories"]) == (["甘肃省/定西市/陇西县"], ["产业"])
    assert (first["date"], second["date"]) == ("2023-06-23", "2023-06-30")


def test_a_unit_in_the_heading_belongs_to_every_number_below(desk):
    first, second = desk.json(desk.put("台账.csv", CASES))
    told = [(m["name"], m["raw"], m["indicator"]) for m in first["metrics"]]
    assert told == [
        ("投入资金", "20万元", "funds_invested"),
        ("带动农户", "60户", "households_benefited"),
    ]
    assert [m["raw"] for m in second["metrics"]] == ["5.5万元"]


def test_columns_that_match_no_field_are_told(desk):
    first, second = desk.json(desk.put("台账.csv", CASES))
    assert "“备注”一栏没有用上：待补照片" in first["losses"]
    assert "“电话”一栏没有用上：0932" in second["losses"]


def test_rows_of_one_title_are_metrics_of_one_case(desk):
    first, second = desk.json(desk.put("指标.csv", METRICS))
    assert [m["raw"] for m in first["metrics"]] == ["20万元", "100余亩"]
    assert "“培训人次”的数没有读懂：若干" in first["losses"]
    assert [m["raw"] for m in second["metrics"]] == ["3名"]


def test_a_workbook_may_begin_with_a_title_in_merged_cells(desk):
    content = book(
        ["青石职业学院帮扶台账"],
        ["案例标题 *", "单位", "地区", "投入资金\n（万元）"],
        ["水苔铺出增收路", "青石职业学院", "陇西县菜子镇步云村", 20],
        ["村里来了书记", None, "陇西县", 5],
        merge=("A1:D1", "B3:B4"),
    )
    first, second = desk.json(desk.put("台账.xlsx", content))
    assert first["file"] == "台账.xlsx#台账!3"
    assert first["regions"] == ["甘肃省/定西市/陇西县/菜子镇/步云村"]
    assert second["institution"] == "青石职业学院"
    assert [m["raw"] for m in second["metrics"]] == ["5万元"]


def test_a_formula_that_was_never_worked_out_is_told(desk):
    content = book(
        ["案例标题", "单位", "投入资金（万元）"],
        ["水苔铺出增收路", "青石职业学院", 20],
        ["村里来了书记", "青石职业学院", "=C2*2"],
    )
    _, second = desk.json(desk.put("台账.xlsx", content))
    assert "“投入资金”的数没有读懂：=C2*2" in second["losses"]


def test_drafts_of_a_ledger_state_every_metric_in_their_text(desk):
    assert desk.run(desk.put("台账.csv", CASES)).exit_code == 0
    text = "".join(desk.drafts().values())
    assert len(desk.drafts()) == 2
    assert "投入资金20万元；带动农户60户。" in text
    assert "  - name: 投入资金\n    indicator: 投入帮扶资金\n    value: 20万元" in text


def test_importing_a_ledger_again_adds_new_rows_alone(desk):
    desk.run(desk.put("台账.csv", CASES))
    more = "3,新来的案例,青石职业学院,甘肃省/定西市/陇西县,2023-08-01,产业,发展刺梨。,1,,,\n"
    result = desk.run(desk.put("台账.csv", CASES + more))
    assert result.exit_code == 1
    assert len(desk.drafts()) == 3


@pytest.mark.parametrize("content", ["甲,乙\n1,2\n", "", "标题\n"])
def test_a_sheet_without_a_title_column_is_refused(desk, content):
    result = desk.run(desk.put("台账.csv", content))
    assert result.exit_code == 2
    assert "没有认出案例" in result.output


def test_credits_are_read_as_text_or_as_a_list(desk):
    rows = (
        "标题,单位,署名,供稿,编审\n"
        "水苔铺出增收路,青石职业学院,供稿：宣传部；编辑：陈一一，王二二,,王 芳\n"
        "村里来了书记,青石职业学院,,\"['张三三', '李四四']\",赵五五、钱六六\n"
        "村里来了人,青石职业学院,组织部,,\n"
    )
    one, two, three = desk.json(desk.put("台账.csv", rows))
    assert one["credits"] == {"供稿": "宣传部", "编辑": ["陈一一", "王二二"], "编审": "王芳"}
    assert two["credits"] == {"供稿": ["张三三", "李四四"], "编审": ["赵五五", "钱六六"]}
    assert three["credits"] == {"供稿": "组织部"}


def test_period_link_and_tags_reach_the_draft(desk):
    rows = (
        "标题,单位,年度,链接,标签,来源\n"
        "水苔铺出增收路,青石职业学院,2021—2023年,https://example.cn/a.html,水苔、刺梨,青石日报\n"
    )
    assert desk.run(desk.put("台账.csv", rows)).exit_code == 0
    assert "\nperiod: 2021-2023\n" in desk.fields()
    assert "\ntags: [水苔, 刺梨]\n" in desk.fields()
    assert '\n  url: "https://example.cn/a.html"\n' in desk.fields()


def test_cells_that_are_no_date_place_or_category_are_told(desk):
    rows = (
        "标题,单位,日期,年度,地区,类别,指标名称,数值,计量单位\n"
        "水苔铺出增收路,青石职业学院,去年,上半年,某地,其他,投入资金,5,万元\n"
        ",青石学校,,,,,带动农户,60,户\n"
    )
    (one,) = desk.json(desk.put("台账.csv", rows))
    for cell in (
        "“日期”一栏没有读懂：去年",
        "“时段”一栏没有读懂：上半年",
        "“地区”一栏没有读懂：某地",
        "“类别”一栏没有读懂：其他",
        "第 3 行的“单位”没有用上，用的是第一行的：青石学校",
    ):
        assert cell in one["losses"]


def test_the_cases_that_there_are_are_read_once_for_all_rows(desk, monkeypatch):
    read = []

    def count(root):
        read.append(root)
        return read_documents(root)

    monkeypatch.setattr(draft, "read_documents", count)
    rows = "".join(f"水苔铺出增收路{n},青石职业学院\n" for n in range(4))
    again = "水苔铺出增收路0,青石职业学院\n"
    result = desk.run("--yes", desk.put("台账.csv", f"标题,单位\n{rows}村里来了书记,甲校\n{again}"))
    assert len(desk.drafts()) == 5, result.output
    assert "没有导入：台账.csv#表!7 已经导入过" in result.output
    assert len(read) == 1


def test_the_end_of_a_heading_is_the_unit_and_an_abstract_the_summary(desk):
    said = "标题,供稿单位,地区,日期,类别,内容简介,培训人次,受益户数\n"
    row = "山里办夜校,青石职业学院,甘肃省/定西市/陇西县,2023-06-23,人才,夜校办到了村里。,120,35\n"
    (case,) = desk.json(desk.put("台账.csv", said + row))
    assert [(m["name"], m["raw"]) for m in case["metrics"]] == [
        ("培训人次", "120人次"), ("受益户数", "35户"),
    ]  # fmt: skip
    assert case["losses"] == []


def test_the_figures_of_a_row_are_no_summary(desk):
    said = "标题,供稿单位,投入资金（万元）,培训人次,受益户数,硬化道路（公里）\n"
    desk.run("--yes", desk.put("台账.csv", f"{said}山里办夜校,青石职业学院,1200,1200,3500,120\n"))
    (text,) = desk.drafts().values()
    assert "投入资金1200万元；培训人次1200人次；受益户数3500户；硬化道路120公里。" in text
    assert "summary:" not in text


def test_headings_in_two_rows_are_read_as_one(desk):
    content = book(
        ["2024年帮扶成效台账", None, None, None, None],
        ["案例", None, "承办单位", "投入（万元）", None],
        ["题目", "分类", None, "财政", "自筹"],
        ["水苔铺出增收路", "产业", "青石职业学院", 20, 5],
        merge=("A1:E1", "A2:B2", "C2:C3", "D2:E2"),
    )
    (one,) = desk.json(desk.put("台账.xlsx", content))
    assert (one["title"], one["institution"]) == ("水苔铺出增收路", "青石职业学院")
    assert one["categories"] == ["产业"]
    told = [(m["name"], m["raw"]) for m in one["metrics"]]
    assert told == [("投入财政", "20万元"), ("投入自筹", "5万元")]


def test_a_row_of_a_case_below_merged_cells_is_no_heading(desk):
    content = book(
        ["标题", "单位", "投入（万元）"],
        ["标题", "青石职业学院", 20],
        ["水苔铺出增收路", "青石职业学院", 5],
    )
    found = desk.json(desk.put("台账.xlsx", content))
    assert [one["title"] for one in found] == ["标题", "水苔铺出增收路"]


def test_how_to_reach_a_person_is_neither_a_credit_nor_a_metric(desk):
    text = (
        "标题,实施单位,县区,联系人电话,微信号,带动农户（户）\n"
        "水苔铺出增收路,青石职业学院,甘肃省/定西市/陇西县,13800000000,10086,60\n"
    )
    (one,) = desk.json(desk.put("台账.csv", text))
    assert (one["institution"], one["regions"]) == ("青石职业学院", ["甘肃省/定西市/陇西县"])
    assert one["credits"] == {}
    assert [m["raw"] for m in one["metrics"]] == ["60户"]
    assert "“联系人电话”一栏没有用上：13800000000" in one["losses"]


@pytest.mark.parametrize("merge", [(), ("C1:D1",), ("A1:A2", "B1:B2", "C1:D1")])
def test_years_below_a_heading_date_its_figures(desk, merge):
    rows = [
        ("案例名称", "单位", "村集体收入（万元）"),
        (None, None, 2021, "2022年"),
        ("一盏茶的距离", "青石职业学院", 12, 25.5),
    ]
    (told,) = desk.json(desk.put("台账.xlsx", book(*rows, merge=merge)))
    assert told["title"] == "一盏茶的距离"
    assert [(m["name"], m["raw"], m["period"]) for m in told["metrics"]] == [
        ("2021年村集体收入", "12万元", "2021"),
        ("2022年村集体收入", "25.5万元", "2022"),
    ]


@pytest.mark.parametrize("merge", [(), ("C1:E1",), ("A1:A2", "B1:B2", "C1:E1")])
@pytest.mark.parametrize("head", ["合计", "三年合计", "小计", "累计"])
def test_the_sum_of_columns_of_years_is_told_and_no_figure(desk, head, merge):
    rows = [
        ("案例名称", "单位", "投入资金（万元）"),
        (None, None, "2022", 2023, head),
        ("一盏茶的距离", "青石职业学院", 10, 20, 30),
    ]
    (told,) = desk.json(desk.put("台账.xlsx", book(*rows, merge=merge)))
    assert told["title"] == "一盏茶的距离"
    assert [(m["name"], m["raw"], m["period"]) for m in told["metrics"]] == [
        ("2022年投入资金", "10万元", "2022"),
        ("2023年投入资金", "20万元", "2023"),
    ]
    assert f"“投入资金{head}（万元）”一栏没有用上：30" in told["losses"]


def test_a_sum_in_one_row_of_headings_is_told_only_beside_its_years(desk):
    rows = [
        ("案例名称", "2022年投入（万元）", "2023年投入（万元）", "合计（万元）", "培训合计（人）"),
        ("一盏茶的距离", 10, 20, 30, 60),
    ]
    (told,) = desk.json(desk.put("台账.xlsx", book(*rows)))
    assert [m["raw"] for m in told["metrics"]] == ["10万元", "20万元", "60人"]
    assert "“合计（万元）”一栏没有用上：30" in told["losses"]


def test_columns_of_years_beside_an_indicator_hold_its_figures(desk):
    rows = [
        ("案例", "指标", "单位", "2021年", "2022年"),
        ("稻蛙共生富田家", "稻蛙面积", "亩", 120, 260),
        ("稻蛙共生富田家", "合作社", "个", "5<br>9", 9),
    ]
    (told,) = desk.json(desk.put("台账.xlsx", book(*rows)))
    assert told["institution"] == ""
    assert [(m["name"], m["raw"], m["period"]) for m in told["metrics"]] == [
        ("2021年稻蛙面积", "120亩", "2021"),
        ("2022年稻蛙面积", "260亩", "2022"),
        ("2022年合作社", "9个", "2022"),
    ]
    assert "“2021年合作社”的数没有读懂：5<br>9" in told["losses"]


def test_a_sheet_that_is_the_form_of_one_case_is_one_case(desk):
    rows = [
        ("案例信息采集表", None, None, None),
        ("单位名称", "青石职业学院", "填报日期", "2024-06-30"),
        ("案例名称", "草药香满山", None, None),
        ("案例简介", "学校建设天麻种植基地320亩，吸纳就业75人。", None, None),
    ]
    (told,) = desk.json(desk.put("采集表.xlsx", book(*rows, merge=("A1:D1", "B3:D3", "B4:D4"))))
    assert (told["title"], told["institution"]) == ("草药香满山", "青石职业学院")
    assert told["date"] == "2024-06-30"
    assert [m["raw"] for m in told["metrics"]] == ["320亩", "75人"]


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (("填报人数", "", "培训村民", "60人"), ["培训村民：60人"]),
        (("培训村民", "60人", "填报人数", ""), ["培训村民：60人", "填报人数"]),
        (("所在地", "", "填报日期", "2024-06-30"), ["填报日期：2024-06-30"]),
        (("单位名称", "", "填报日期", ""), ["填报日期"]),
        (("培训村民", "", "", "60人"), ["培训村民：60人"]),
    ],
)
def test_an_empty_cell_of_a_form_takes_no_label_as_its_value(row, lines):
    rows = [
        ("案例类别", "产业", "产业", "产业"),
        ("案例名称", "草药香满山", "草药香满山", "草药香满山"),
        row,
        ("案例简介", "学校建设天麻种植基地320亩。", "", ""),
    ]
    form = sheetforms.read_form("采集表.xlsx", rows)
    assert form is not None
    assert form.text.split("\n")[2:-1] == lines


@pytest.mark.parametrize(
    ("area", "refused"), [("A3:XFD1048576", True), ("A3:J900000", True), ("A3:B900", False)]
)
def test_a_sheet_merged_into_one_cell_is_refused_before_its_cells_are_made(area, refused):
    whole = book(("案例名称", "单位"), ("甲村茶香", "青石职业学院"), merge=("A3:B4",))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"A3:B4", area.encode()))
    with zipfile.ZipFile(made) as opened:
        if refused:
            with pytest.raises(CasegenError, match="整张表合并"):
                archive.refuse_merged_sheets("台账.xlsx", opened)
        else:
            archive.refuse_merged_sheets("台账.xlsx", opened)
    if refused:
        with pytest.raises(CasegenError, match="整张表合并"):
            spreadsheet.read_ledger("台账.xlsx", made.getvalue(), None)


@pytest.mark.parametrize("option", [[], ["--yes"]])
def test_columns_are_shown_where_nobody_is_asked(desk, option):
    done = desk.run(desk.put("台账.csv", CASES), *option)
    assert "“投入资金（万元）” → 指标，单位 万元" in done.stderr
    assert "没有问，照此导入" in done.stderr
    assert len(desk.drafts()) == 2


def test_rows_above_the_headings_give_the_institution_date_and_unit(desk):
    rows = [
        ["二〇二三年帮扶台账"],
        ["填报单位（盖章）：青石职业学院  填报日期：2024年3月1日", None, None, "单位：万元"],
        ["项目名称", "项目类别", "投入资金学校", "投入资金地方", "自评"],
        ["种茶记", "产业", 60, 60, 5],
        ["造纸记", "文化振兴", 20, 0, 4],
    ]
    first, second = desk.json(desk.put("台账.xlsx", book(*rows, merge=("A1:E1", "A2:C2"))))
    for told in (first, second):
        assert (told["institution"], told["date"]) == ("青石职业学院", "2024-03-01")
    assert (first["categories"], second["categories"]) == (["产业"], ["文化"])
    assert [(m["name"], m["raw"], m["same_as"]) for m in first["metrics"]] == [
        ("投入资金学校", "60万元", None),
        ("投入资金地方", "60万元", None),
    ]
    assert "“自评”一栏没有用上：5" in first["losses"]
    assert [loss for loss in first["losses"] if "表头上面" in loss] == [
        "表头上面的一行没有用上：二〇二三年帮扶台账"
    ]


def test_a_label_above_the_headings_may_have_its_value_in_the_next_cell(desk):
    content = book(
        ["填报单位：", "青石职业学院", "填报日期：", "2024年1月10日"],
        ["项目名称", "地区", "启动时间", "投入资金（万元）", "备注"],
        ["花椒提质增效", "甘肃省/定西市/陇西县", 45001, 35, "已验收"],
    )
    (one,) = desk.json(desk.put("台账.xlsx", content))
    assert (one["institution"], one["date"]) == ("青石职业学院", "2024-01-10")
    assert one["losses"] == [
        "“启动时间”一栏没有用上：2023-03-16",
        "“备注”一栏没有用上：已验收",
    ]
