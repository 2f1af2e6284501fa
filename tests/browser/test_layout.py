"""What stands beside what: on phones, in large type, in titles with names in quotes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ARGUMENTS, CHROMIUM
from playwright.sync_api import Browser, Locator, Page, expect
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


def test_no_page_of_a_phone_scrolls_sideways_where_its_owner_doubled_the_type(
    browser: Browser, demo_site: Path
) -> None:
    doubled = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    other = browser.browser_type.launch(executable_path=CHROMIUM, args=doubled)
    page = other.new_page(viewport={"width": 390, "height": 844})
    wide = {}
    for name in (
        "index.html", "cases.html", "metrics.html", "metrics/funds_invested.html",
        "categories/industry.html", "cases/congjiang.html", "regions/guizhou.html", "data.html",
    ):  # fmt: skip
        page.goto((demo_site / name).as_uri())
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "32px"
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    other.close()
    assert {name: width for name, width in wide.items() if width > 390} == {}


def test_eight_entries_of_a_navigation_stand_four_and_four_on_a_phone(
    visit: Visit, project: Callable[..., Project]
) -> None:
    nav = "".join(f"  - 入口{n}: cases.html\n" for n in "一二三四五六七八")
    built = project({"cases/a.md": case_text()}, f"title: 试验\nnav:\n{nav}").build()
    page = visit((built.folder / "index.html").as_uri(), viewport=PHONE)
    tops = [round(box["y"]) for one in page.locator(".nav a").all() if (box := one.bounding_box())]
    assert tops == [tops[0]] * 4 + [tops[4]] * 4
    assert tops[0] < tops[4]


def test_the_tiles_stay_beside_the_long_list_of_provinces(visit: Visit, big_site: Path) -> None:
    wide = {"width": 1280, "height": 900}
    page = visit((big_site / "metrics" / "funds_invested.html").as_uri(), viewport=wide)
    assert page.locator(".brief-chart tr").count() > 20
    page.locator(".brief-chart tr").last.evaluate("e => e.scrollIntoView({block: 'end'})")
    box = page.locator(".geo .tiles").bounding_box()
    assert box
    assert box["y"] >= 0
    sizes = "es => [...new Set(es.map(e => getComputedStyle(e).fontSize))]"
    figures = page.locator(".tiles a > span[aria-hidden]")
    assert figures.filter(has_text="万").count() > 20
    assert len(figures.evaluate_all(sizes)) == 1


def test_a_figure_in_chinese_numerals_is_in_digits_and_as_large_where_a_list_is_sorted_by_it(
    visit: Visit, project: Callable[..., Project]
) -> None:
    cases = {
        "cases/a.md": case_text(
            "甲村", "新建卫生厕所一百一十座。", metrics="{卫生厕所: 一百一十座}"
        ),
        "cases/b.md": case_text("乙村", "新建卫生厕所90座。", metrics="{卫生厕所: 90座}"),
    }
    built = project(cases).build()
    page = visit((built.folder / "cases.html").as_uri() + "?sort=toilets")
    numbers = page.locator(".sorted .qty b")
    expect(numbers).to_have_text(["110", "90"])
    sizes = numbers.evaluate_all("es => es.map(e => getComputedStyle(e).fontSize)")
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("theme", ["default", "hetang"])
def test_a_card_does_not_repeat_the_figure_that_its_list_is_sorted_by(
    visit: Visit, project: Callable[..., Project], theme: str
) -> None:
    cases = {
        # The same amount of something else stays.
        "cases/a.md": case_text(
            "甲村", "新建卫生厕所90座，涵洞90座。", metrics="{卫生厕所: 90座, 涵洞: 90座}"
        ),
        "cases/b.md": case_text("乙村", "新建卫生厕所80座。", metrics="{卫生厕所: 80座}"),
    }
    built = project(cases, f"title: 试验\ntheme: {theme}\n").build()
    address = (built.folder / "cases.html").as_uri()
    page = visit(address + "?sort=toilets")
    expect(page.locator(".sorted .qty")).to_have_text(["90座", "80座"])
    expect(page.locator("#results .figures dt")).to_have_text(["涵洞"])
    page.locator("select[name=sort]").select_option("newest")
    expect(page.locator(".sorted")).to_have_count(0)
    expect(page.locator("#results .figures dt")).to_have_count(3)


def test_a_name_in_quotes_is_as_large_as_the_rest_of_a_title_beside_a_case(
    visit: Visit, project: Callable[..., Project]
) -> None:
    titles = {"a": "念好“茶叶经”，走稳增收路", "b": "修路记", "c": "说“改厕”"}
    files = {f"cases/{slug}.md": case_text(title) for slug, title in titles.items()}
    page = visit((project(files).build().folder / "cases" / "b.html").as_uri(), viewport=PHONE)
    beside = page.locator(".neighbours")
    assert sorted(beside.locator("strong").all_inner_texts()) == sorted((titles["a"], titles["c"]))
    sizes = "all => all.map(e => getComputedStyle(e).fontSize + getComputedStyle(e).color)"
    assert beside.locator(".nb").count() == 2
    assert len(set(beside.locator(".nb, strong").evaluate_all(sizes))) == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_lowest_and_highest_are_named_under_the_ends_of_the_strip(
    visit: Visit, demo_site: Path, width: int
) -> None:
    address = (demo_site / "metrics" / "funds_invested.html").as_uri()
    page = visit(address, viewport={"width": width, "height": 800})
    edges = "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right].map(Math.round)"
    strip = page.locator(".strip").evaluate(edges)
    figures = page.locator(".spread .qty")
    assert abs(figures.first.evaluate(edges)[0] - strip[0]) <= 2
    assert abs(figures.last.evaluate(edges)[1] - strip[1]) <= 2


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("large", [False, True])
def test_the_median_is_named_on_its_line_in_letters_of_a_usual_size(
    visit: Visit, demo_site: Path, width: int, *, large: bool
) -> None:
    address = (demo_site / "metrics" / "funds_invested.html").as_uri()
    page = visit(address, viewport={"width": width, "height": 800})
    if large:
        page.get_by_role("button", name="大字").click()
    name, line = page.locator(".strip text"), page.locator(".strip path.middle")
    assert name.text_content() == "中位 40万元"
    box, on = name.bounding_box(), line.bounding_box()
    assert box
    assert on
    assert -2 <= on["y"] - (box["y"] + box["height"]) <= 12
    assert abs(box["x"] + box["width"] / 2 - on["x"] - on["width"] / 2) <= 2
    assert 60 <= box["width"] <= (130 if large else 95)
    heading = page.locator("h2", has_text="分布").bounding_box()
    assert heading
    beside = box["x"] >= heading["x"] + heading["width"]
    assert beside or box["y"] >= heading["y"] + heading["height"]


def test_a_long_chart_has_one_line_for_each_bar_on_a_phone(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "metrics" / "toilets.html").as_uri(), viewport=PHONE)
    rows = page.locator(".brief-chart .bars tbody tr")
    assert rows.count() > 8
    heights = rows.evaluate_all("all => all.map(e => e.offsetHeight)")
    assert max(heights) <= 60
    cells = page.locator(".brief-chart .stroke").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().left, e.getBoundingClientRect().width])"
    )
    assert len({tuple(map(round, cell)) for cell in cells}) == 1
    assert cells[0][1] >= 100
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_figures_of_one_ledger_are_near_one_size(visit: Visit, big_site: Path) -> None:
    page = visit(
        (big_site / "categories" / "industry.html").as_uri(),
        viewport={"width": 1280, "height": 800},
    )
    assert page.locator(".ledger .long").count()
    heights = page.locator(".ledger .qty").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert max(heights) <= 1.5 * min(heights)
