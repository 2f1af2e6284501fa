"""Pictures of a case, as large as the window, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_a_picture_is_enlarged_by_keyboard_and_the_focus_comes_back(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    opener = page.locator(".cover-picture button.enlarge").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.enlarged")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    large = dialog.locator("img")
    expect(large).to_have_js_property("naturalWidth", 1200)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_press_anywhere_closes_the_enlarged_picture(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    page.locator(".cover-picture button.enlarge").first.click()
    page.locator("dialog.enlarged img").click()
    expect(page.locator("dialog.enlarged")).to_have_count(0)


def test_without_script_a_picture_just_stands_there(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri(), java_script_enabled=False)
    expect(page.locator(".cover-picture img").first).to_be_visible()
    expect(page.locator(".cover-picture button")).to_have_count(0)
