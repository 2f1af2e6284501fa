"""The navigation of every page."""

from __future__ import annotations

import json

import pytest
from projects import CONFIG, case_text
from rendered import soup


def test_navigation_is_as_configured_and_marks_where_one_is(rich):
    page = soup(rich, "cases/water.html")
    found = {a.text: a["href"] for a in page.select("header nav a")}
    assert found == {
        "案例": "../cases.html",
        "说明": "../about.html",
        "产业": "../categories/industry.html",
        "主管单位": "https://example.edu.cn/",
    }
    current = soup(rich, "about.html").select("header nav a[aria-current=page]")
    assert [a.text for a in current] == ["说明"]


def test_without_navigation_of_ones_own_lists_and_pages_stand_there(bare):
    hrefs = [str(a["href"]) for a in soup(bare, "index.html").select("header nav a")]
    wanted = ["cases.html", "regions.html", "metrics.html", "institutions.html", "tags.html"]
    assert [href for href in hrefs if href in wanted] == wanted
    assert {"about.html", "qian-yan.html"} <= set(hrefs)


def test_without_navigation_of_ones_own_no_entry_leads_to_an_empty_list(project):
    one = project({"cases/a.md": case_text()}).build()
    hrefs = [str(a["href"]) for a in soup(one, "index.html").select("header nav a")]
    assert hrefs == ["cases.html", "regions.html", "institutions.html"]
    assert soup(one, "tags.html").select_one("main .empty").text == "还没有可列的标签。"
    none = project({}).build()
    assert [a["href"] for a in soup(none, "index.html").select("header nav a")] == ["cases.html"]


def test_a_single_case_is_not_offered_for_comparison(project):
    one = project({"cases/a.md": case_text()}).build()
    assert not soup(one, "cases.html").select("[data-compare-bar]")
    two = project({"cases/a.md": case_text("甲"), "cases/b.md": case_text("乙")}).build()
    assert soup(two, "cases.html").select("[data-compare-bar]")


def test_values_of_no_case_cannot_be_chosen_before_scripts_count_them(project):
    page = soup(project({"cases/a.md": case_text()}).build(), "cases.html")
    boxes = {box["value"]: box.has_attr("disabled") for box in page.select("[name=category]")}
    assert boxes == {"industry": False, "talent": True, "culture": True, "ecology": True,
                     "organization": True}  # fmt: skip


def test_the_front_page_leads_to_all_indicators_and_promises_sources_of_figures_it_has(project):
    one = project({"cases/a.md": case_text()}).build()
    front = soup(one, "index.html")
    assert "每个数字" not in front.main.text
    assert not front.main.select('a[href="metrics.html"]')
    figure = case_text(body="修路300米。", metrics="[{道路长度: 300米}]")
    front = soup(project({"cases/a.md": figure}).build(), "index.html")
    assert "每个数字都有出处" in front.main.text
    assert front.main.select('a[href="metrics.html"]')


@pytest.mark.parametrize(
    "entry", ["nowhere", "javascript:alert(1)", "javascript://x%0aalert(1)", "../x.html", "/abs"]
)
def test_navigation_to_nowhere_is_reported_and_left_out(project, entry):
    made = project({"cases/a.md": case_text()}, CONFIG + f"nav:\n  - 某处: {json.dumps(entry)}\n")
    assert [p.where.path for p in made.check() if "某处" in p.message] == ["casegen.yml"]
    assert "某处" not in made.build().text("index.html")
