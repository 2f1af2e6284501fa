"""Manuscripts of kinds that were misread once: what is title, byline, heading, table and figure."""

from __future__ import annotations

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from projects import start

from importers.test_word import picture, saved

LONG = "学院派出工作队到贵州省遵义市湄潭县核桃坝村驻村，投入帮扶资金36.5万元，带动128户农户种茶。"


def centred(document, text, *, bold=False):
    made = document.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.add_run(text).bold = bold


def test_a_title_of_three_characters_is_one_where_it_stands_out_or_begins_the_text(desk):
    d = Document()
    centred(d, "茶叶村", bold=True)
    centred(d, "黔北农业职业学院")
    d.add_paragraph(LONG)
    desk.put("a.docx", saved(d))
    desk.put("b.txt", f"茶叶村\n黔北农业职业学院\n{LONG}\n")
    for name in ("a.docx", "b.txt"):
        (told,) = desk.json(desk.inbox / name)
        assert (told["title"], told["source"]) == ("茶叶村", "黔北农业职业学院")
        assert told["dropped"][:2] == ["茶叶村", "黔北农业职业学院"]
        assert told["institution"] == "黔北农业职业学院"
        assert "institution" not in told["uncertain"]
        assert told["sections"] == []


@pytest.mark.parametrize(
    ("line", "role", "names"),
    [
        ("（驻村工作队 供稿）", "供稿", "驻村工作队"),
        ("党委宣传部供稿", "供稿", "党委宣传部"),
        ("撰稿人：刘一 陈二", "供稿", ["刘一", "陈二"]),
        ("作者：本报记者 何小平 通讯员 罗二妹", "供稿", ["何小平", "罗二妹"]),
    ],
)
def test_a_byline_below_the_text_is_read(desk, line, role, names):
    desk.put("a.txt", f"山里来了新茶师\n{LONG}\n{LONG}\n{line}\n")
    (told,) = desk.json(desk.inbox / "a.txt")
    assert told["credits"][role] == names
    assert line in told["dropped"]


def test_short_bold_lines_and_numbers_above_short_lines_are_headings(desk):
    page = (
        f"<h1>山里来了新茶师</h1><p><b>建基地</b></p><p>{LONG}</p><p>02</p><p>冷链上山</p>"
        f"<p>{LONG}</p><p>负责人：张三</p><p>{LONG}</p><p>起步：2019年3月—2022年10月</p><p>{LONG}</p>"
    )
    desk.put("a.html", f"<html><body><article>{page}</article></body></html>")
    (told,) = desk.json(desk.inbox / "a.html")
    assert told["sections"] == ["建基地", "冷链上山"]
    desk.run(desk.inbox / "a.html")
    assert [line for line in desk.body().split("\n") if line.startswith("#")] == [
        "## 建基地",
        "## 02 冷链上山",
    ]


def test_the_time_of_a_form_is_the_period(desk):
    d = Document()
    rows = [
        ("案例名称", "一粒藜麦走出高原"),
        ("申报单位", "青湖师范大学"),
        ("帮扶地点", "青海省海西蒙古族藏族自治州乌兰县"),
        ("实施时间", "2019年3月—2022年10月"),
        ("联系人", "赵老师 13812345678"),
        ("案例内容", LONG),
    ]
    table = d.add_table(len(rows), 2)
    for n, row in enumerate(rows):
        table.cell(n, 0).text, table.cell(n, 1).text = row
    done = desk.run(desk.put("a.docx", saved(d)))
    assert "period: 2019-2022" in desk.fields()
    assert desk.body() == LONG
    assert "13812345678" not in done.output
    assert "*******5678" in done.output


def test_a_short_table_in_a_cell_stays_in_its_cell(desk):
    d = Document()
    d.add_heading("山里来了新茶师", 1)
    d.add_paragraph(LONG)
    table = d.add_table(2, 2)
    for at, text in zip(
        ((0, 0), (0, 1), (1, 0), (1, 1)), ("年份", "户数", "2022", "128"), strict=True
    ):
        table.cell(*at).text = text
    inner = table.cell(1, 1).add_table(2, 2)
    for at, text in zip(
        ((0, 0), (0, 1), (1, 0), (1, 1)), ("脱贫户", "31", "其他", "97"), strict=True
    ):
        inner.cell(*at).text = text
    done = desk.run(desk.put("a.docx", saved(d)))
    assert "| 2022 | 128；脱贫户 31；其他 97 |" in desk.body()
    assert "里层的写进了外层的那一格" in done.output


def test_a_numbered_caption_above_the_last_picture_is_its_caption(desk):
    d = Document()
    d.add_heading("山里来了新茶师", 1)
    d.add_paragraph(LONG)
    d.add_paragraph("图2：茶园航拍")
    d.add_picture(picture())
    desk.run(desk.put("a.docx", saved(d)))
    assert desk.body().endswith('![图2：茶园航拍](images/01.png "图2：茶园航拍")')


def test_a_picture_that_is_not_there_is_told_as_such(desk):
    pictures = '<img src="a_files/1.jpg"><img src="//example.com/2.jpg">'
    page = f"<html><body><h1>山里来了新茶师</h1><p>{LONG}</p>{pictures}</body></html>"
    said = desk.run(desk.put("a.html", page)).output
    assert "（稿子旁边没有这个文件）：a_files/1.jpg" in said
    assert "（casegen 不去网上取）：//example.com/2.jpg" in said


def test_a_row_of_a_dump_without_its_statement_is_read(desk):
    text = f"<p>{LONG}</p><p>it''s好。</p>"
    row = f"(1024,'竹乡巧变“聚宝盆”','{text}','2021-12-30 10:00:00','宣传部',1,0)"
    (told,) = desk.json(desk.put("a.txt", row))
    assert (told["title"], told["date"]) == ("竹乡巧变“聚宝盆”", "2021-12-30")
    assert not any("竹乡" in place for place in told["regions"])
    assert not any("column" in line for line in told["dropped"])
    desk.run(desk.inbox / "a.txt")
    assert desk.body() == f"{LONG}\n\nit's好。"


def test_the_unit_beside_a_figure_is_no_institution(desk):
    ledger = "案例,指标,数值,单位\n石榴籽,投入帮扶资金,320,万元\n石榴籽,培训农民,1200,人次\n"
    (told,) = desk.json(desk.put("a.csv", ledger))
    assert told["institution"] == ""
    assert [m["raw"] for m in told["metrics"]] == ["320万元", "1200人次"]


def test_rows_above_the_headings_are_told_and_a_college_is_the_institution(desk):
    ledger = (
        "2023年汇总表,,,\n填报：教育厅,,,\n案例标题,报送高校,帮扶县村,主要内容\n"
        "枸杞红了,朔方大学,宁夏回族自治区中卫市,好。\n"
    )
    (told,) = desk.json(desk.put("a.csv", ledger))
    assert told["institution"] == "朔方大学"
    assert [loss for loss in told["losses"] if "表头上面" in loss] == [
        "表头上面的一行没有用上：2023年汇总表",
        "表头上面的一行没有用上：填报：教育厅",
    ]


def test_the_name_of_a_metric_does_not_begin_in_a_place(desk):
    body = "学校在江西省赣州市信丰县安西镇开设直播课堂38场。"
    (told,) = desk.json(desk.put("a.txt", f"山里来了新茶师\n\n{body}\n\n{LONG}\n"))
    assert told["metrics"][0]["name"] == "开设直播课堂"


def test_the_author_of_a_wechat_page_is_credited(desk):
    page = (
        '<div id="js_article"><h1 id="activity-name">山里来了新茶师</h1>'
        '<span class="rich_media_meta rich_media_meta_text">张小乐</span>'
        '<a id="js_name">赣南理工学院</a>'
        f'<em id="publish_time">2024年1月9日</em><div id="js_content"><p>{LONG}</p></div></div>'
    )
    (told,) = desk.json(desk.put("a.html", f"<html><body>{page}</body></html>"))
    assert told["credits"]["供稿"] == "张小乐"


def test_marks_in_the_title_and_the_summary_are_mended_by_import(desk):
    desk.put(
        "a.txt", f"让“黄姜”成为黄金,看大山的路(一)\n\n{LONG[:-1].replace('，', ',')}.\n\n{LONG}\n"
    )
    said = desk.run(desk.inbox / "a.txt").output
    assert "让“黄姜”成为黄金，看大山的路（一）" in desk.fields()
    assert "已经改好的小毛病" in said
    assert "没有可以自动改的" in start(desk.root, "check", "--fix", "--dry-run").output


def test_a_name_with_its_people_below_the_title_is_a_byline(desk):
    (told,) = desk.json(desk.put("a.txt", f"山里来了新茶师\n秦巴农林学院 张某某\n{LONG}\n{LONG}\n"))
    assert (told["source"], told["credits"]["供稿"]) == ("秦巴农林学院", "张某某")
    assert told["sections"] == []


def test_the_institution_of_the_authors_is_no_author_and_a_month_signs_too(desk):
    text = f"山里来了新茶师\n作者：李一一、王二二  单位：黔中科技学院\n{LONG}\n{LONG}\n"
    (told,) = desk.json(desk.put("a.txt", text))
    assert told["credits"]["供稿"] == ["李一一", "王二二"]
    assert told["institution"] == "黔中科技学院"
    (told,) = desk.json(desk.put("b.txt", f"山里来了新茶师\n（2022年9月）\n{LONG}\n（东坪大学）\n"))
    assert (told["source"], told["dropped"][-1]) == ("东坪大学", "（东坪大学）")


def test_a_county_office_without_its_county_is_no_institution(desk):
    text = f"山里来了新茶师\n来源：县农业农村局\n{LONG}\n"
    (told,) = desk.json(desk.put("a.txt", text))
    assert told["institution"] != "县农业农村局"


def test_who_sends_a_manuscript_in_is_its_institution_to_be_confirmed(desk):
    text = f"山里来了新茶师\n{LONG}\n供稿单位：北川技师学院\n"
    (told,) = desk.json(desk.put("a.txt", text))
    assert told["institution"] == "北川技师学院"
    assert "institution" in told["uncertain"]


def test_lines_divided_by_tabs_in_word_are_a_table_and_bullets_a_list(desk):
    d = Document()
    d.add_heading("山里来了新茶师", 1)
    d.add_paragraph(LONG)
    for line in ("村名\t户数", "天坪村\t34", "● 引进品种6个", "● 建苗圃80亩", "一行\t而已"):
        d.add_paragraph(line)
    d.add_paragraph(LONG)
    desk.run(desk.put("a.docx", saved(d)))
    assert desk.body().split("\n\n")[1:4] == [
        "| 村名 | 户数 |\n| --- | --- |\n| 天坪村 | 34 |",
        "- 引进品种6个\n- 建苗圃80亩",
        "一行 而已",
    ]


def test_a_place_is_found_in_the_summary_too(desk):
    body = LONG.replace("贵州省遵义市湄潭县核桃坝村", "村里")
    text = f"山里来了新茶师\n摘要：学院帮扶贵州省安顺市紫云苗族布依族自治县。\n{body}\n"
    (told,) = desk.json(desk.put("a.txt", text))
    assert told["regions"] == ["贵州省/安顺市/紫云苗族布依族自治县"]


def test_the_span_of_a_ledger_is_a_period_and_what_was_built_its_text(desk):
    ledger = (
        "项目名称,实施单位,起止时间,建设内容及成效\n核桃提质,滇北学院,2021.3-2023.6,改良核桃。\n"
        "花椒加工,滇北学院,2022年,建厂房。\n"
    )
    desk.run(desk.put("a.csv", ledger))
    first, second = desk.drafts().values()
    assert "period: 2021-2023" in first
    assert "改良核桃。" in first
    assert "period: 2022\n" in second
    assert "起止时间2022年" not in second
