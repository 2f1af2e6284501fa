"""Pages of which a file is missing: nothing fails without a word, and what is there can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lists import slugs, total
from playwright.sync_api import Browser, BrowserContext, Page, expect

Lacking = Callable[[str, str], Page]


@pytest.fixture
def lacking(browser: Browser) -> Iterator[Lacking]:
    """Opens a page whose files of one name are not found: lacking(pattern, url)."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def start(pattern: str, url: str) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        contexts.append(context)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.route(pattern, lambda route: route.fulfill(status=404))
        page = context.new_page()
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert faults == []


def test_missing_data_are_told_where_values_are_looked_for(
    lacking: Lacking, big_site: Path
) -> None:
    page = lacking("**/columns-*.js", (big_site / "cases.html").as_uri())
    page.locator("[data-facet=tag] .facet-find").fill("茶")
    expect(page.locator("#results .empty")).to_contain_text("没能载入筛选数据")
    expect(page.locator("nav.pager")).to_be_visible()
    expect(page.locator("#results")).to_have_attribute("aria-busy", "false")


@pytest.mark.parametrize("width", [390, 1280])
def test_missing_data_leave_the_links_to_values_until_the_list_can_be_filtered(
    lacking: Lacking, big_site: Path, width: int
) -> None:
    page = lacking("**/columns-*.js", (big_site / "cases.html").as_uri())
    page.set_viewport_size({"width": width, "height": 900})
    links = page.locator("nav.facet-links")
    expect(links).to_be_hidden()
    page.locator("[name=q]").fill("茶")
    expect(page.locator("#results .empty")).to_contain_text("没能载入筛选数据")
    expect(links).to_be_visible()
    page.locator(".facet-links a[href='categories/industry.html']").click(trial=True)
    page.context.unroute_all()
    page.locator("[name=q]").fill("")
    expect(page.locator("#results .empty")).to_be_hidden()
    expect(links).to_be_hidden()
    expect(page.locator("nav.pager")).to_be_hidden()


@pytest.mark.parametrize("script", ["marks", "state", "facets", "notices"])
@pytest.mark.parametrize("address", ["cases.html?q=茶", "categories/industry.html"])
def test_a_missing_script_is_told_and_the_list_of_the_page_stays(
    lacking: Lacking, big_site: Path, script: str, address: str
) -> None:
    page = lacking(f"**/assets/{script}-*.js", f"{big_site.as_uri()}/{address}")
    expect(page.get_by_role("alert")).to_contain_text("没能载入")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("nav.pager")).to_be_visible()
    expect(page.locator("nav.facet-links")).to_be_visible()
    assert total(page) > len(slugs(page)) == 50


def test_a_long_list_of_values_without_the_script_of_its_search_stays_in_its_order(
    lacking: Lacking, big_site: Path
) -> None:
    page = lacking("**/assets/marks-*.js", (big_site / "institutions.html").as_uri())
    expect(page.locator("[data-lettered] .bar")).to_be_hidden()
    expect(page.locator(".values li").first).to_be_visible()


def test_without_the_script_of_the_choice_a_comparison_is_told_to_be_missing(
    lacking: Lacking, big_site: Path
) -> None:
    names = sorted(path.stem for path in big_site.glob("cases/*.html"))[:2]
    query = "&".join(f"case={name}" for name in names)
    page = lacking("**/assets/compare-*.js", f"{big_site.as_uri()}/compare.html?{query}")
    expect(page.locator("main")).to_contain_text("没能载入")
