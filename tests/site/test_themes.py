"""The built site: categories and themes of one's own."""

from __future__ import annotations

import pytest
from projects import CONFIG, case_text
from rendered import BASE, listed, soup, xml

from casegen.problem import CasegenError


def test_categories_of_ones_own_have_their_pages_and_their_order(project):
    config = (
        CONFIG
        + f"base_url: {BASE}\n"
        + (
            "categories:\n"
            "  school: {name: 学校, color: '#336699', intro: 校内的事。, order: 2}\n"
            "  school-2: {name: 分校, order: 1}\n"
        )
    )
    cases = {f"cases/c{n:02}.md": case_text(f"第{n}篇", categories="[学校]") for n in range(51)}
    cases["cases/branch.md"] = case_text("分校的事", categories="[school-2]")
    site = project(cases, config).build()
    assert len(listed(site, "categories/school.html")) == 51
    assert listed(site, "categories/school-2.html") == {"branch"}
    panels = [a["href"] for a in soup(site, "index.html").select(".panels a")]
    assert panels == ["categories/school-2.html", "categories/school.html"]
    assert "校内的事。" in soup(site, "categories/school.html").text
    xml(site, "categories/school-2.xml")
    assert "categories/industry.html" not in site.files()


def test_a_theme_may_override_one_template_and_add_a_style_sheet(project):
    site = project(
        {
            "cases/a.md": case_text("甲"),
            "themes/own/theme.yml": "name: 自家\nextends: default\n",
            "themes/own/templates/case.html": (
                '{% extends "default/case.html" %}'
                "{% block footer %}<footer>自家的</footer>{% endblock %}"
            ),
            "themes/own/words/zh-CN.yml": "nav.home: 门口\n",
            "themes/own/assets/style.css": "h1 { color: red }\n",
        },
        CONFIG + "theme: own\n",
    ).build()
    page = soup(site, "cases/a.html")
    assert page.select_one("footer").text == "自家的"
    assert "门口" in page.text
    assert "自家的" not in soup(site, "index.html").text
    sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    assert len(sheets) == 2
    assert "color: red" in site.text(sheets[-1].removeprefix("../"))


@pytest.mark.parametrize(
    ("setting", "flush"), [("", False), ("indent: true\n", False), ("indent: false\n", True)]
)
def test_a_theme_says_whether_paragraphs_are_indented(project, setting, flush):
    files = {
        "cases/a.md": case_text("甲"),
        "themes/own/theme.yml": f"name: own\nextends: default\n{setting}",
    }
    page = soup(project(files, CONFIG + "theme: own\n").build(), "cases/a.html")
    assert ("flush" in page.body["class"]) is flush


def test_the_nearest_theme_decides_about_the_indent_and_a_wrong_setting_is_said(project):
    files = {
        "cases/a.md": case_text("甲"),
        "themes/own/theme.yml": "name: own\nextends: base\n",
        "themes/base/theme.yml": "name: base\nextends: default\nindent: false\n",
    }
    made = project(files, CONFIG + "theme: own\n")
    assert "flush" in soup(made.build(), "cases/a.html").body["class"]
    made.write({"themes/own/theme.yml": "name: own\nextends: base\nindent: 是\n"})
    with pytest.raises(CasegenError, match="indent"):
        made.build()
