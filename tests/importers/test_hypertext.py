"""The HTML of a saved page."""

from __future__ import annotations

import pytest

from casegen import importers
from importers.test_web import BODY, LONG, PAGES, page


def test_scripts_and_event_handlers_do_not_reach_the_body(desk):
    link = "<a href='javascript:x()'>点我领取补贴资金</a>"
    evil = BODY + f"<script>alert(1)</script><p onclick='x()'>{link}</p>"
    assert desk.run(desk.put("boda.html", PAGES["boda.html"].replace(BODY, evil))).exit_code == 0
    assert "alert" not in desk.body()
    assert "javascript" not in desk.body()
    assert "点我领取补贴资金" in desk.body()


def test_elements_a_hundred_deep_are_read(norms):
    deep = "<div>" * 100 + f"<p>{LONG}</p>" + "</div>" * 100
    (found,) = importers.read_manuscripts(importers.File("a.html", page(deep).encode()), norms)
    assert found.blocks[0].plain == LONG


@pytest.mark.parametrize("levels", [260, 1500])
def test_text_hundreds_of_elements_deep_is_read_and_what_it_lost_is_told(desk, levels):
    table = "<table><tr><td>年份</td><td>2022</td></tr></table>"
    inside = f"<p>{LONG}</p><script>var hidden=1</script>{table}<img src=a.jpg alt=晒茶>"
    deep = "<div>" * levels + inside + "</div>" * levels
    place = desk.put("a.html", page(f"<p>先说一句。</p>{deep}<p>最后一句。</p>"))
    (one,) = desk.json(place)
    assert any("页面里的元素套得太深" in loss for loss in one["losses"])
    desk.run(place)
    assert desk.body().split("\n\n")[:4] == ["先说一句。", LONG, "年份", "2022"]
    assert desk.body().endswith("最后一句。")
    assert "hidden" not in desk.body()


def test_deep_text_is_read_where_the_page_has_no_block_of_an_article(desk):
    """readability, which then looks for the article, has the parser's usual limits."""
    deep = "<div>" * 300 + "<p>深处也有一句话。</p>" + "</div>" * 300
    desk.run(
        desk.put("a.html", f"<html><body><h1>竹编出海</h1><p>{LONG * 3}</p>{deep}</body></html>")
    )
    assert desk.body().split("\n\n") == [LONG * 3, "深处也有一句话。"]


def test_tables_inside_tables_are_read_to_the_last(desk):
    inside = "<table><tr><td>春</td><td>茶</td></tr><tr><td>年</td><td>" * 45
    deep = f"{inside}最深处的字{'</td></tr></table>' * 45}"
    desk.run(desk.put("a.html", page(f"<p>{LONG}</p>{deep}<p>最后一句。</p>")))
    assert "最深处的字" in desk.body()
    assert desk.body().endswith("最后一句。")


def test_elements_thousands_deep_are_refused_with_the_reason(desk):
    deep = "<div>" * 3000 + f"<p>{LONG}</p>" + "</div>" * 3000
    result = desk.run(desk.put("a.html", page(f"<p>{LONG}</p>{deep}")))
    assert result.exit_code == 2
    assert "a.html 里的元素一层套一层，超过 2000 层" in result.output
    assert "把文字复制成 .txt 再导入" in result.output
    assert desk.drafts() == {}


@pytest.mark.parametrize("inside", ["<p>2023-06-01 来源：青石职业学院</p>", "<img src=a.jpg>"])
def test_a_page_whose_draft_has_no_text_is_told(desk, inside):
    result = desk.run(desk.put("a.html", f"<html><body><h1>竹编出海</h1>{inside}</body></html>"))
    assert "草稿的正文里没有文字" in result.output
    assert "请对照原稿补上正文" in result.output


def test_a_page_that_leaves_out_its_html_tag_keeps_its_head(desk):
    words = "青石职业学院的老师走遍了每个村民小组，把课堂搬到田埂上，培训农民1200人次。" * 3
    page = (
        "<!doctype html><meta charset=utf-8><title>竹编出海_青石新闻网</title><body>"
        f'<div id="vsb_content"><h2 align=center>竹编出海</h2><p>{words}</p></div></body>'
    )
    (one,) = desk.json(desk.put("竹编.html", page))
    assert one["title"] == "竹编出海"
