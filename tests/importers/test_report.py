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
