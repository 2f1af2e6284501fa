"""The filters by keyboard, and as the sheet that phones show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lists import box, choose, counts, expect_state, settled, slugs, total
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

PHONE = {"width": 390, "height": 844}
FOCUSED = "() => { const e = document.activeElement; return e.name || e.tagName; }"


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Presses Tab until the field of that name has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"no way to {name} by Tab")


def test_the_whole_filter_works_by_keyboard(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "cases.html").as_uri())
    tab_to(page, "q")
    page.keyboard.type("县")
    page.keyboard.press("Enter")
    expect_state(page, ("q", "县"))
    assert page.evaluate(FOCUSED) == "q"
    tab_to(page, "sort")
    page.keyboard.press("ArrowDown")
    expect_state(page, ("q", "县"), ("sort", "title"))
    assert page.evaluate(FOCUSED) == "sort"
    tab_to(page, "category")
    page.keyboard.press("Space")
    expect_state(page, ("category", "industry"), ("q", "县"), ("sort", "title"))
    expect(box(page, "category", "industry")).to_be_focused()
    tab_to(page, "year")
    page.keyboard.press("Space")
    settled(page)
    assert page.evaluate(FOCUSED) == "year"
    assert sum(count for count, _ in counts(page, "category").values()) > 0


def test_removing_a_chip_leaves_the_focus_near(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "cases.html").as_uri() + "?category=talent&year=2020")
    chips = page.locator(".chips button")
    settled(page)
    chips.first.focus()
    page.keyboard.press("Enter")
    expect_state(page, ("year", "2020"))
    expect(chips.first).to_be_focused()
    page.keyboard.press("Enter")
    expect_state(page)
    expect(page.locator("[role=status]").first).to_be_focused()


def test_the_status_alone_announces_the_change(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "cases.html").as_uri())
    for _ in range(2):  # chosen and dropped: the data are there now, nothing has to be fetched
        choose(page, "category", "talent")
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => window.said.push(status.textContent))
                .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    box(page, "category", "culture").focus()
    page.keyboard.press("Space")
    expect_state(page, ("category", "culture"))
    count = total(page)
    assert page.evaluate("window.said") == [f"共 {count} 篇"]
    expect(box(page, "category", "culture")).to_be_focused()


def test_on_phones_the_filters_are_a_sheet_that_keeps_the_focus(
    visit: Visit, big_site: Path
) -> None:
    page = visit((big_site / "cases.html").as_uri(), viewport=PHONE)
    opener = page.locator("[data-open-panel]")
    panel = page.locator(".panel")
    first = settled(page).locator("#results [data-case]").first
    expect(panel).to_be_hidden()
    opener.click()
    expect(panel).to_be_visible()
    expect(panel).to_have_attribute("aria-modal", "true")
    inside = "() => document.querySelector('.panel').contains(document.activeElement)"
    assert page.evaluate(inside)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(inside)
    page.keyboard.press("Tab")
    assert page.evaluate(inside)
    box(page, "category", "talent").locator("xpath=ancestor::label").click()
    expect_state(page, ("category", "talent"))
    expect(page.locator("[data-see]")).to_contain_text(str(total(page)))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    expect(page.locator("[data-open-label]")).to_contain_text("1")
    opener.click()
    page.locator("[data-see]").click()
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()
    expect(first).to_be_visible()
    assert len(slugs(page)) == 50
