"""Every page without JavaScript, without other hosts, without complaint; large type; citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lists import choose, slugs
from playwright.sync_api import Page, expect
from truth import Row

Visit = Callable[..., Page]

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
    get() { throw new DOMException("no storage", "SecurityError"); },
});"""


def kinds(site: Path) -> list[str]:
    """One page of every kind that the site has: each top page, and one of each folder."""
    top = [path.name for path in sorted(site.glob("*.html")) if path.name != "404.html"]
    inner = [
        next(iter(sorted(folder.glob("*.html")))).relative_to(site).as_posix()
        for folder in sorted(site.iterdir())
        if folder.is_dir() and any(folder.glob("*.html"))
    ]
    return top + inner


def test_every_kind_of_page_loads_without_complaint_and_from_its_own_host(
    visit: Visit, any_address: Callable[[Path], str], demo_site: Path
) -> None:
    names = kinds(demo_site)
    assert {"index.html", "cases.html", "regions.html"} <= set(names)
    assert {name.partition("/")[0] for name in names if "/" in name} >= {"cases", "categories"}
    page = visit(any_address(demo_site) + "index.html")
    for name in names:
        page.goto(any_address(demo_site) + name)
        assert page.locator("h1").count() == 1, name
        # Links that the page itself would follow: none may point at a folder.
        folders = page.eval_on_selector_all(
            "a[href]", "links => links.map(a => a.getAttribute('href')).filter(h => /\\/$/.test(h))"
        )
        assert [href for href in folders if "://" not in href] == [], name


def test_every_case_page_loads_without_complaint(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    for path in sorted(demo_site.glob("cases/*.html")):
        page.goto(path.as_uri())
        astray = page.eval_on_selector_all(
            "[data-metric] a[href^='#']",
            """links => links.map(a => a.getAttribute("href").slice(1)).filter(
                id => document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length !== 1)""",
        )
        assert astray == [], path.name


def test_cases_with_pictures_tables_and_files_load_without_complaint(
    visit: Visit, any_address: Callable[[Path], str], big_site: Path
) -> None:
    page = visit(any_address(big_site) + "index.html")
    for slug in ("c00003", "c00007", "c00013", "c00027", "c00043"):
        page.goto(any_address(big_site) + f"cases/{slug}.html")
        expect(page.locator("article h1")).to_be_visible()
        broken = page.eval_on_selector_all(
            "img", "images => images.filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
        )
        assert broken == []


# ── without JavaScript ──


@pytest.fixture
def plain(visit: Visit, any_address: Callable[[Path], str], big_site: Path) -> Page:
    """The index of the thousand cases, JavaScript switched off."""
    return visit(any_address(big_site) + "cases.html", java_script_enabled=False)


def test_without_script_the_list_reads_page_by_page(plain: Page, truth: list[Row]) -> None:
    expect(plain.locator("#filters")).to_be_hidden()
    expect(plain.locator("[role=status]").first).to_have_text(f"共 {len(truth)} 篇")
    read: list[str] = []
    while True:
        read += slugs(plain)
        assert len(read) % 50 == 0 or len(read) == len(truth)
        onward = plain.locator("nav.pager a[rel=next]")
        if not onward.count():
            break
        onward.click()
        plain.wait_for_load_state()
    assert read == [row.slug for row in truth]


def test_without_script_the_values_are_links_to_their_pages(plain: Page, truth: list[Row]) -> None:
    link = plain.locator(".facet-links a[href='regions/gansu.html']")
    link.click()
    plain.wait_for_url("**/regions/gansu.html")
    own = {row.slug for row in truth if "甘肃省" in row.values["region"]}
    shown = set(slugs_anywhere(plain))
    assert shown <= own
    assert len(shown) == min(len(own), 50)


def slugs_anywhere(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "[data-case]", "cards => cards.map(card => card.dataset.case)"
    )
    return found


def test_without_script_no_button_stands_there_for_nothing(visit: Visit, demo_site: Path) -> None:
    for name in ("index.html", "cases.html", "cases/congjiang.html"):
        page = visit((demo_site / name).as_uri(), java_script_enabled=False)
        assert page.locator("button:visible").count() == 0, name


# ── large type ──


@pytest.mark.parametrize("before", ["", NO_STORAGE], ids=["storage", "no storage"])
def test_large_type_is_kept_from_page_to_page(
    visit: Visit, any_address: Callable[[Path], str], demo_site: Path, before: str
) -> None:
    page = visit(any_address(demo_site) + "cases.html", before=before)
    large = page.locator("[data-large]")
    big = page.locator("html.large")
    expect(big).to_have_count(0)
    large.click()
    expect(big).to_have_count(1)
    expect(large).to_have_attribute("aria-pressed", "true")
    page.locator("#results h3 a").first.click()
    page.wait_for_url("**/cases/*")
    expect(big).to_have_count(1)
    page.locator("a.brand").click()
    page.wait_for_url("**/index.html*")
    expect(big).to_have_count(1)
    large.click()
    page.locator("a[href*='cases.html']:visible").first.click()
    page.wait_for_url("**/cases.html*")
    expect(big).to_have_count(0)


def test_large_type_without_storage_goes_along_with_filters(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri(), before=NO_STORAGE)
    page.locator("[data-large]").click()
    page.locator("[data-open-panel]").click()  # large type has one column
    choose(page, "category", "industry")
    page.wait_for_url("**category=*large=1")
    page.reload()
    expect(page.locator("html.large")).to_have_count(1)


# ── citation and search key ──


def test_the_citation_is_copied_whole(visit: Visit, demo_site: Path) -> None:
    page = visit(
        (demo_site / "cases" / "congjiang.html").as_uri(),
        permissions=["clipboard-read", "clipboard-write"],
    )
    button = page.locator("[data-copy]")
    before = button.inner_text()
    button.click()
    expect(button).not_to_have_text(before)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#citation").inner_text().strip() != ""
    expect(button).to_have_text(before)


def test_a_slash_goes_to_the_search_box_but_not_from_a_field(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    page.keyboard.press("/")
    search = page.locator("input[name=q]")
    expect(search).to_be_focused()
    page.keyboard.type("a/b")
    expect(search).to_have_value("a/b")
