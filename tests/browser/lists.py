"""Lists: how the tests read and use the list of cases on a page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect


def settled(page: Page) -> Page:
    """The page, once its list is that of the address."""
    page.wait_for_function(
        "() => document.getElementById('results').getAttribute('aria-busy') !== 'true'"
    )
    return page


def total(page: Page) -> int:
    """The number that the page's first status says, in exactly the promised words."""
    said = re.fullmatch(r"共 (\d+) 篇", settled(page).locator("[role=status]").first.inner_text())
    assert said
    return int(said.group(1))


def slugs(page: Page) -> list[str]:
    """The cases that are shown, in their order."""
    found: list[str] = settled(page).eval_on_selector_all(
        "#results [data-case]", "cards => cards.map(card => card.dataset.case)"
    )
    return found


def box(page: Page, facet: str, value: str):  # type: ignore[no-untyped-def]
    return page.locator(f"#filters input[name={facet}][value='{value}']")


def choose(page: Page, facet: str, value: str) -> None:
    """Clicks a value's label, as readers do, and waits for the list."""
    box(page, facet, value).locator("xpath=ancestor::label").click()
    settled(page)


def counts(page: Page, facet: str) -> dict[str, tuple[int, bool]]:
    """Each value of a facet that has a box: its count, and whether it can be chosen."""
    found = settled(page).eval_on_selector_all(
        f"#filters input[name={facet}]",
        """boxes => boxes.map(box => [
            box.value,
            Number(box.closest("label").querySelector("[data-count]").textContent),
            !box.disabled,
        ])""",
    )
    return {value: (count, enabled) for value, count, enabled in found}


def state(page: Page) -> list[tuple[str, str]]:
    """The query part of the address, decoded."""
    return parse_qsl(urlsplit(page.url).query)


def show_all(page: Page) -> list[str]:
    """Scrolls until every case is shown."""
    wanted = total(page)
    for _ in range(wanted // 50 + 2):
        shown = len(slugs(page))
        if shown == wanted:
            break
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        if page.locator(".more-cases").is_visible():
            page.locator(".more-cases").click()
        page.wait_for_function(
            f"() => document.querySelectorAll('#results [data-case]').length > {shown}"
        )
    return slugs(page)


def expect_state(page: Page, *wanted: tuple[str, str]) -> None:
    """Waits until the address says just this."""
    page.wait_for_function(
        "wanted => [...new URLSearchParams(location.search)].join() === wanted",
        arg=",".join(f"{key},{value}" for key, value in wanted),
    )
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
