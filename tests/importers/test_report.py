"""The report of an import."""

from __future__ import annotations

from importers.test_draft import TEXT


def test_a_report_shows_figures_without_their_marks(desk):
    said = (
        "<p>学院先后派出专家<strong>26</strong>人次到陇西县永兴镇，帮村民种茶办厂，"
        "日子有了奔头，大家都说好，都愿意学。</p>"
    )
    page = desk.put("稿.html", f"<html><body><h1>一盏茶里的新日子</h1>{said}</body></html>")
    told = desk.run(page).output
    assert "派出专家 26人次" in told
    assert "strong" not in told


def test_the_report_page_holds_every_dropped_line_escaped(desk, tmp_path):
    page = tmp_path / "报告.html"
    text = TEXT + "（供稿：<宣传部>）\n"
    assert desk.run(desk.put("水苔.txt", text), "--report", page).exit_code == 0
    html = page.read_text("utf-8")
    assert "&lt;宣传部&gt;" in html
    assert "2023-06-23 青石职业学院" in html


def test_where_the_report_was_written_is_said(desk, tmp_path):
    page = tmp_path / "报告.html"
    done = desk.run(desk.put("水苔.txt", TEXT), "--report", page)
    assert done.stdout.endswith(f"报告写在 {page}，可以发回给供稿的部门。\n")
    again = desk.run(desk.inbox / "水苔.txt", "--json", "--report", page)
    assert f"报告写在 {page}" in again.stderr
    assert "报告写在" not in again.stdout


def test_the_mark_that_ended_a_heading_is_told(desk):
    long = "学院请专家进村，手把手传授修剪、施肥、采摘技术，还请来县里的茶师，"
    long += "日子一年年好起来，大家都说好。"
    text = f"{TEXT}一是抓培训：\n{long}\n二是抓销路。{long}\n"
    told = desk.run(desk.put("水苔.txt", text)).output
    assert "## 一是抓培训\n" in desk.body() + "\n"
    assert "小标题末尾的冒号、句号去掉了：2 处" in told


def test_what_was_not_imported_stands_below_the_reports_and_first_on_the_page(desk, tmp_path):
    page = tmp_path / "报告.html"
    desk.put("水苔.txt", TEXT)
    desk.put("老稿.doc", "旧")
    done = desk.run(desk.inbox, "--report", page)
    assert done.exit_code == 1
    assert "共 1 篇已导入，1 个没有导入。\n没有导入：老稿.doc" in done.output
    html = page.read_text("utf-8")
    assert html.index("老稿.doc") < html.index("下一步") < html.index("原稿：水苔.txt；草稿：")
    assert 'name="viewport"' in html


def test_the_page_has_a_sentence_once_with_all_its_figures(desk, tmp_path):
    page = tmp_path / "报告.html"
    text = f"{TEXT}2023年，学院投入资金20万元，发展水苔100亩，带动60户村民增收。\n"
    desk.run(desk.put("水苔.txt", text), "--report", page)
    html = page.read_text("utf-8")
    assert "投入资金 20万元；2023年发展水苔 100亩；带动村民户数 60户。原句：2023年，学院" in html
    assert html.count("原句：2023年，学院投入资金20万元") == 1
