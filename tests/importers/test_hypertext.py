"""The HTML of a saved page."""

from __future__ import annotations

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


def test_elements_thousands_deep_are_refused(desk):
    deep = "<div>" * 3000 + f"<p>{LONG}</p>" + "</div>" * 3000
    assert desk.run(desk.put("a.html", page(deep))).exit_code == 2


def test_a_page_that_leaves_out_its_html_tag_keeps_its_head(desk):
    words = "青石职业学院的老师走遍了每个村民小组，把课堂搬到田埂上，培训农民1200人次。" * 3
    page = (
        "<!doctype html><meta charset=utf-8><title>竹编出海_青石新闻网</title><body>"
        f'<div id="vsb_content"><h2 align=center>竹编出海</h2><p>{words}</p></div></body>'
    )
    (one,) = desk.json(desk.put("竹编.html", page))
    assert one["title"] == "竹编出海"
