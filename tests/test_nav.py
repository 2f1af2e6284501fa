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
