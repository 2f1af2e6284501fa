"""A printed case: what a reader would file."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PageObject, PdfReader

Visit = Callable[..., Page]


@pytest.fixture
def printed(visit: Visit, demo_site: Path) -> PdfReader:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri(), color_scheme="dark")
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


FEET = "all => all.map(e => Math.round(e.getClientRects()[0].bottom))"  # of the first line of each


def text_of(printed: PdfReader) -> str:
    """All that is printed, without the spaces and line ends of the setting.

    Fonts name some glyphs after radicals, which are made the usual characters again.
    """
    text = "".join(page.extract_text() for page in printed.pages)
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_a_printed_case_holds_title_date_address_and_every_figure(printed: PdfReader) -> None:
    text = text_of(printed)
    assert "四坚持五聚焦" in text
    assert "https://example.edu.cn/xczx/cases/congjiang.html" in text
    assert "2021年10月28日" in text
    assert "教育服务乡村振兴案例集" in text
    # The table of all figures is folded on the screen.
    assert "工作经费预算" in text
    assert "预算,在200万元之外" in text


def test_a_printed_case_holds_nothing_that_one_can_only_press(printed: PdfReader) -> None:
    text = text_of(printed)
    for word in ("跳到正文", "大字", "复制引文", "见原文", "上一篇", "下一篇", "加入比较"):
        assert word not in text
    assert "案例地区指标比较" not in text  # the navigation


def test_a_printed_case_is_on_a4(printed: PdfReader) -> None:
    box = printed.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    assert len(printed.pages) <= 6


def test_a_printed_indicator_keeps_its_bars_and_tiles_and_drops_its_buttons(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "metrics" / "funds_invested.html").as_uri())
    page.emulate_media(media="print")
    for kept in (".bars .stroke rect", ".statements rect", ".strip circle", "#citation"):
        assert page.locator(kept).first.is_visible(), kept
    for dropped in ("[data-copy]", ".downloads", ".onward"):
        assert page.locator(dropped).first.is_hidden(), dropped
    assert page.locator(".tiles").evaluate("e => getComputedStyle(e).breakInside") == "avoid"


def printed_pages(page: Page) -> list[str]:
    """What stands on each sheet, in usual characters and without spaces."""
    return [read(sheet) for sheet in print_sheets(page)]


def print_sheets(page: Page) -> Sequence[PageObject]:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages


def read(sheet: PageObject) -> str:
    return "".join(unicodedata.normalize("NFKC", sheet.extract_text()).split())


def test_a_printed_table_holds_each_case_of_the_list_what_was_chosen_and_no_button(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases.html").as_uri() + "?category=industry&sort=funds_invested")
    page.get_by_role("button", name="表格").click()
    rows = page.locator(".cases-table tbody tr[data-case]")
    expect(rows).to_have_count(17)
    texts = rows.locator("h3").all_inner_texts()
    titles = [unicodedata.normalize("NFKC", "".join(text.split())) for text in texts]
    sheets = printed_pages(page)
    text = "".join(sheets)
    for title in titles:  # a font may name a glyph after a radical, so that not all of it is found
        assert any(title[at : at + 4] in text for at in range(len(title) - 3)), title
    assert titles[0][:4] in sheets[0]
    assert text.index("产业振兴") < text.index(titles[0][:4])
    for word in ("加一列", "下载这张表", "清除", "比较"):
        assert word not in text.replace("比较成熟", "")


def test_a_printed_list_says_how_many_cases_it_leaves_out(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "cases.html").as_uri())
    count = int(re.sub(r"\D", "", page.locator("[role=status]").first.inner_text()))
    shown = page.locator("#results [data-case]").count()
    assert 0 < shown < count
    note = page.locator("#results .on-paper")
    expect(note).to_be_hidden()
    page.emulate_media(media="print")
    expect(note).to_have_text(f"其余 {count - shown} 篇没有印在这里")
    expect(note).to_be_visible()
    expect(page.locator(".more-cases")).to_be_hidden()


def test_printed_cards_stand_two_in_a_row(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases.html").as_uri())
    page.get_by_role("button", name="卡片").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 643, "height": 960})
    first, second = (page.locator("#results .card").nth(n).bounding_box() for n in (0, 1))
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["height"] < 480  # two rows on a sheet


def test_what_is_folded_on_the_screen_is_printed(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "metrics" / "toilets.html").as_uri())
    folded = page.locator(".spans tbody tr").first
    expect(folded).to_be_hidden()
    first, last = re.findall(r"\d{4}", folded.locator("th").text_content() or "")
    assert re.search(f"{first}.{last}年", "".join(printed_pages(page)))


KINDS = (
    "index.html", "cases.html", "regions.html", "regions/guizhou.html", "years.html",
    "years/2023.html", "tags.html",
    "institutions.html", "metrics.html", "metrics/funds_invested.html", "categories/ecology.html",
    "categories/talent.html",
    "compare.html?case=congjiang&case=jiugu", "data.html", "about.html", "cases/congjiang.html",
)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("site", ["demo_site", "second_site"])
def test_no_last_sheet_holds_the_imprint_alone(
    site: str, visit: Visit, request: pytest.FixtureRequest
) -> None:
    page = visit("about:blank")
    folder: Path = request.getfixturevalue(site)
    sheets = {}
    for kind in KINDS:
        page.goto((folder / "index.html").as_uri().replace("index.html", kind))
        sheets[kind] = read(print_sheets(page)[-1])  # reading the others takes as long as printing
    imprint_first = re.compile("教育服务乡村振兴案例集主办|联系|备案|网站标识|版权")
    alone = [kind for kind, sheet in sheets.items() if imprint_first.match(sheet)]
    assert alone == []
    # A label stands on the line of what it names.
    imprint = page.locator(".imprint div", has_text="备案")
    page.emulate_media(media="print")
    assert len(set(imprint.locator("dt, dd").evaluate_all(FEET))) == 1


def test_no_category_of_the_second_theme_is_torn_between_two_sheets(
    visit: Visit, second_site: Path
) -> None:
    page = visit((second_site / "index.html").as_uri())
    for sheet in printed_pages(page):
        assert ("组织振兴" in sheet) == ("组织振兴7篇" in sheet)


def test_a_heading_and_the_marks_of_a_strip_stay_with_what_they_name(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "data.html").as_uri())
    sheets = printed_pages(page)
    assert "名称含义slug" in next(one for one in sheets if "一条指标一行" in one)
    assert not [one for one in sheets if one.endswith("名称含义")]
    page.emulate_media(media="print")
    widths = page.locator(".scroll table").evaluate_all("all => all.map(e => e.offsetWidth)")
    assert len(set(widths)) == 1
