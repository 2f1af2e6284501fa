"""A list as a table, as cards with covers, its ranges, and the button for the next cases."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from lists import settled, slugs, total
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def heads(page: Page) -> list[str]:
    return [text.rstrip(" ↓×") for text in page.locator(".cases-table thead th").all_inner_texts()]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_table_keeps_its_header_in_sight_and_takes_columns_of_choice(
    visit: Visit, demo_site: Path, width: int
) -> None:
    page = visit(
        (demo_site / "cases.html").as_uri() + "?sort=funds_invested",
        viewport={"width": width, "height": 844},
    )
    settled(page).get_by_role("button", name="表格").click()
    facts = ["单位", "省", "年"]
    figures = ["投入帮扶资金"]
    for name in ("培训人数", "销售、创收"):
        wanted = ["题名", *facts, *figures] if width > 640 else ["题名", *figures, *facts]
        expect(page.locator(".cases-table thead th")).to_have_count(len(wanted))
        assert heads(page) == wanted
        page.get_by_label("加一列").select_option(label=name)
        figures.append(name)
    expect(page.locator(".cases-table thead th")).to_have_count(7)
    last = page.locator(".cases-table tbody tr").last
    last.evaluate("row => row.scrollIntoView({ block: 'end' })")
    expect(last).to_be_in_viewport()
    expect(page.locator(".cases-table thead th").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("button", name="去掉“培训人数”这一列").click()
    expect(page.locator(".cases-table thead th")).to_have_count(6)
    assert "培训人数" not in heads(page)


def test_a_table_is_a_file_of_the_cases_found_and_its_rows_can_be_compared(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?category=ecology&sort=funds_invested")
    settled(page).get_by_role("button", name="表格").click()
    shown = slugs(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载这张表").click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert len(rows) == len(shown) == total(page)
    titles = page.locator(".cases-table tbody h3 a").all_text_contents()
    assert [row["题名"] for row in rows] == titles
    assert rows[0]["投入帮扶资金"] == "220多万元"
    for n in (0, 1):
        page.locator(".cases-table .pick").nth(n).click()
    expect(page.locator(".compare-bar")).to_be_visible()


def test_cards_show_covers_and_rows_do_not(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    covers = settled(page).locator("#results .card img")
    expect(covers.first).to_be_hidden()
    page.get_by_role("button", name="卡片").click()
    expect(covers.first).to_be_visible()
    page.wait_for_function("() => document.querySelector('#results .card img').naturalWidth > 0")


@pytest.mark.parametrize("site", ["demo_site", "second_site"])
@pytest.mark.parametrize("large", [False, True])
def test_a_card_shows_its_words_with_its_picture_on_every_screen(
    site: str, *, large: bool, visit: Visit, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(site)
    page = visit((folder / "cases.html").as_uri(), viewport={"width": 768, "height": 1024})
    settled(page).get_by_role("button", name="卡片").click()
    if large:
        page.get_by_role("button", name="大字").click()
    cards = page.locator("#results .card")
    for width, height in ((390, 844), (600, 800), (768, 1024), (844, 390), (900, 700), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        first, second = (cards.nth(n).locator("img").bounding_box() for n in (0, 1))
        assert first
        assert second
        assert first["height"] <= height / 3, (width, height)
        beside = first["y"] == second["y"]
        assert beside == (width > (768 if large else 599)), (width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("site", ["demo_site", "second_site"])
def test_a_table_without_a_case_has_no_head_and_no_tools(
    site: str, visit: Visit, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(site)
    page = visit((folder / "cases.html").as_uri())
    settled(page).get_by_role("button", name="表格").click()
    expect(page.locator(".cases-table thead")).to_be_visible()
    page.locator("#q").fill("天外飞仙")
    expect(page.locator(".empty h3")).to_be_visible()
    for own in (".cases-table thead", ".table-tools"):
        expect(page.locator(own)).to_be_hidden()
    page.locator("#q").fill("")
    expect(page.locator(".table-tools")).to_be_visible()


def test_ranges_take_amounts_as_one_writes_them_and_say_what_they_cannot_read(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    low = settled(page).locator("input[name=min-funds_invested]")
    label = low.locator("xpath=..").locator(".range-name")
    assert label.inner_text() == "投入帮扶资金万元"
    assert low.get_attribute("placeholder") == "如 100万元"
    assert low.get_attribute("aria-label") == "投入帮扶资金不少于（万元）"
    for typed, kept, shown in (
        ("83.5万元", "835000", "83.5万元"),
        ("40万", "400000", "40万元"),
        ("2百万元", "2000000", "200万元"),
        ("八十三万", "830000", "83万元"),
        ("约一百二十万元", "1200000", "120万元"),
        ("超过2000元", "2000", "2000元"),
        ("100", "1000000", "100万元"),
        ("1000000", "1000000", "100万元"),
        ("3000元", "3000", "3000元"),
        ("两百余万", "2000000", "200万元"),
    ):
        low.fill(typed)
        low.press("Enter")
        page.wait_for_url(f"**min-funds_invested={kept}")
        expect(low).to_have_value(shown)
    assert sorted(slugs(page)) == ["congjiang", "wuwei-yiti"]
    for wrong in ("-5", "很多", "3亩", "约", "万"):
        low.fill(wrong)
        low.press("Enter")
        expect(low).to_have_attribute("aria-invalid", "true")
        said = page.locator(".range-fault:visible")
        expect(said).to_have_count(1)
        expect(said).to_contain_text(f"“{wrong}”")
        assert low.get_attribute("aria-describedby") == said.get_attribute("id")


def test_titles_of_the_table_are_as_high_as_a_finger_and_level_with_the_other_cells(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    settled(page)
    page.get_by_role("button", name="表格").click()
    first_line = (
        "e => { const r = document.createRange(); r.selectNodeContents(e);"
        " return r.getClientRects()[0].top; }"
    )
    rows = page.locator(".cases-table tbody tr")
    expect(rows).to_have_count(18)
    for row in rows.all():
        title = row.locator("h3 a")
        box = title.bounding_box()
        assert box
        assert box["height"] >= 43.5
        level = row.locator("td.meta .by").evaluate(first_line)
        assert abs(title.evaluate(first_line) - level) < 3


def test_after_two_batches_the_next_cases_come_when_asked_and_the_footer_can_be_reached(
    visit: Visit, big_site: Path
) -> None:
    page = visit((big_site / "cases.html").as_uri(), viewport=PHONE)
    cards = settled(page).locator("#results [data-case]")
    button = page.locator(".more-cases")
    for count in (100, 150):
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        if not button.is_visible():
            expect(cards).to_have_count(count)
    expect(button).to_have_text("再看 50 篇")
    before = cards.count()
    page.locator(".colophon").scroll_into_view_if_needed()
    expect(page.locator(".colophon")).to_be_in_viewport()
    assert cards.count() == before
    button.click()
    expect(cards).to_have_count(before + 50)
