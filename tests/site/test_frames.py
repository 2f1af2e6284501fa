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
    wanted = ["cases.html", "regions.html", "years.html", "institutions.html", "tags.html"]
    assert [href for href in hrefs if href in wanted] == wanted
    assert {"about.html", "qian-yan.html"} <= set(hrefs)


@pytest.mark.parametrize(
    "entry", ["nowhere", "javascript:alert(1)", "javascript://x%0aalert(1)", "../x.html", "/abs"]
)
def test_navigation_to_nowhere_is_reported_and_left_out(project, entry):
    made = project({"cases/a.md": case_text()}, CONFIG + f"nav:\n  - 某处: {json.dumps(entry)}\n")
    assert [p.where.path for p in made.check() if "某处" in p.message] == ["casegen.yml"]
    assert "某处" not in made.build().text("index.html")
