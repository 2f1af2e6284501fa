"""What stands beside what: on phones, in large type, in titles with names in quotes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page
from projects import Project, case_text

Visit = Callable[..., Page]
PHONE = {"width": 360, "height": 780}


def lines(found: Locator) -> list[int]:
    """The different heights at which the elements begin."""
    return sorted({round(box["y"]) for box in (e.bounding_box() for e in found.all()) if box})


def test_the_five_categories_stand_in_one_row_on_a_phone(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "categories" / "industry.html").as_uri(), viewport=PHONE)
    assert page.locator(".switch a").count() == 5
    assert len(lines(page.locator(".switch a"))) == 1


def test_the_front_page_of_a_phone_names_eight_provinces_and_leads_to_all(
    visit: Visit, big_site: Path
) -> None:
    page = visit((big_site / "index.html").as_uri(), viewport=PHONE)
    assert page.locator(".geo .values li:visible").count() == 8
    page.emulate_media(media="print")
    assert page.locator(".geo .values li:visible").count() > 8
    page.emulate_media(media="screen")
    page.get_by_role("link", name="按省和县找案例").click()
    assert page.locator(".values li:visible").count() > 8


def test_large_type_sets_items_side_by_side_where_there_is_room(
    visit: Visit, demo_site: Path
) -> None:
    address = (demo_site / "index.html").as_uri() + "?large=1"
    entries, wide = ".ledger .entry:not(.lead)", {"width": 1280, "height": 900}
    assert len(lines(visit(address, viewport=PHONE).locator(entries))) == 4
    assert len(lines(visit(address, viewport=wide).locator(entries))) == 2


def test_a_name_in_quotes_is_not_broken_at_the_end_of_a_line(
    visit: Visit, project: Callable[..., Project]
) -> None:
    title = "某职业技术学院“电商直播”服务某县纪实与思考"
    built = project({"cases/a.md": case_text(title)}).build()
    address = (built.folder / "cases" / "a.html").as_uri()
    page = visit(address)
    for width in range(320, 420, 16):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.locator("h1").inner_text().replace("\n", "") == title
        name = page.locator("h1 .nb")
        assert name.inner_text() == "“电商直播”"
        assert name.evaluate("e => e.getClientRects().length") == 1
