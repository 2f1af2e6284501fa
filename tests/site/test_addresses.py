"""The built site: addresses that meet."""

from __future__ import annotations

import pytest
from projects import Project, case_text


def clash(made: Project) -> list[tuple[str, int]]:
    """Where `check` finds two claims to one address; the build must stop for the same reason."""
    found = [p for p in made.check() if p.rule == "duplicate-address"]
    outcome = made.try_build()
    assert (outcome.report is None) == bool(found)
    return [(p.where.path, p.where.line) for p in found]


@pytest.mark.parametrize(
    "name",
    ["cases", "cases-2", "cases-17", "index", "404", "regions", "years", "institutions", "tags",
     "metrics", "compare", "data", "Index"],
)  # fmt: skip
def test_a_page_may_not_take_a_generated_name(project, name):
    made = project({"cases/a.md": case_text(), f"pages/{name}.md": "文字。"})
    assert clash(made) == [(f"pages/{name}.md", 1)]


def test_two_pages_of_one_address_are_reported(project):
    made = project({"cases/a.md": case_text(), "pages/前言.md": "甲", "pages/qian-yan.md": "乙"})
    assert len(clash(made)) == 1


def test_pages_named_like_nothing_generated_are_fine(project):
    pages = {f"pages/{n}.md": "文字。" for n in ("case", "cases-two", "categories", "datas", "x-2")}
    site = project({"cases/a.md": case_text(), **pages}).build()
    assert "cases-two.html" in site.files()


@pytest.mark.parametrize(
    "alias",
    ["index.html", "cases/b.html", "Cases/B.HTML", "cases/b.md", "tags/x.html", "about.html",
     "data/cases.json", "assets/catalog.js", "regions/gansu.html", "cases", "cases/b.html/x.html",
     "404.html", "robots.txt", "old/b.html", "old"],
)  # fmt: skip
def test_an_alias_may_not_take_an_address_in_use(project, alias):
    made = project(
        {
            "cases/a.md": case_text("甲", aliases=f"[{alias}]"),
            "cases/b.md": case_text("乙", tags="[x]", aliases="[old/b.html]"),
            "pages/about.md": "文字。",
        }
    )
    found = clash(made)
    assert found
    assert all(line > 1 for _, line in found)


def test_two_cases_whose_addresses_differ_in_case_only_are_reported(project):
    made = project(
        {"cases/a.md": case_text("甲", slug="Tea"), "cases/b.md": case_text("乙", slug="tea")}
    )
    assert clash(made) == [("cases/b.md", 7)]
