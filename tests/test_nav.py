"""Entries of the navigation lead where they say, from pages at every depth."""

import pytest
from projects import CONFIG, case_text


@pytest.mark.parametrize(
    ("page", "home", "case"),
    [
        ("tel:010-12345678", "tel:010-12345678", "tel:010-12345678"),
        ("mailto:a@example.edu.cn", "mailto:a@example.edu.cn", "mailto:a@example.edu.cn"),
        ("https://example.edu.cn/", "https://example.edu.cn/", "https://example.edu.cn/"),
        ("cases", "cases.html", "../cases.html"),
    ],
)
def test_an_entry_leads_to_the_same_place_from_a_page_in_a_folder(project, page, home, case):
    config = f"{CONFIG}nav:\n  - 入口: {page}\n"
    site = project({"cases/a.md": case_text()}, config).build()

    def address(name):
        return site.page(name).select_one("nav.nav a")["href"]

    assert address("index.html") == home
    assert address("cases/a.html") == case


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("https//example.edu.cn", "写成 https://example.edu.cn"),
        ("https:/example.edu.cn/a", "写成 https://example.edu.cn/a"),
        ("www.example.edu.cn", "写成 https://www.example.edu.cn"),
        ("关于我们", "写成 about"),
        ("pages/abuot.md", "是不是“about”？"),
        ("caes.html", "是不是“cases.html”？"),
    ],
)
def test_an_entry_that_leads_nowhere_is_answered_with_what_to_write(project, written, hint):
    config = f"{CONFIG}contact: {written}\nnav:\n  - {written[:2]}: {written}\n"
    page = "---\ntitle: 关于我们\n---\n说明。\n"
    made = project({"cases/a.md": case_text(), "pages/about.md": page}, config)
    [found] = [p for p in made.check() if p.where.field == "nav"]
    assert found.hint == hint
    line = (made.root / "casegen.yml").read_text("utf-8").splitlines()[found.where.line - 1]
    assert line[found.where.column - 1 :] == written
