"""First screens: the front page and a case on a laptop and a phone, and what the tiles can show."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from projects import case_text

Visit = Callable[..., Page]
LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def bottom(page: Page, selector: str) -> float:
    """Where the last element that is found ends, from the top of the page."""
    return float(page.locator(selector).last.evaluate("e => e.getBoundingClientRect().bottom"))


def test_a_laptop_shows_a_low_cover_with_the_search_and_the_whole_ledger(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "index.html").as_uri(), viewport=LAPTOP)
    height = page.locator(".cover").evaluate("e => e.offsetHeight")
    assert height <= LAPTOP["height"] / 3
    assert bottom(page, ".cover .seek") <= LAPTOP["height"] / 2
    assert page.locator(".ledger .entry").count() == 5
    assert bottom(page, ".ledger .entry") <= LAPTOP["height"]
    source = page.locator(".epigraph-source")
    expect(source).to_be_visible()
    page.locator(".epigraph").click()
    page.wait_for_url("**/cases/*.html#M*")


def test_the_tiles_show_an_indicator_when_asked_and_lead_to_it(
    visit: Visit, any_address: Callable[[Path], str], demo_site: Path
) -> None:
    page = visit(any_address(demo_site) + "index.html")
    tile = page.locator("[data-place=guizhou]")
    usual = tile.inner_text()
    page.get_by_label("各省看").select_option(label="投入帮扶资金")
    expect(page.locator(".layer-said")).to_contain_text("全集合计")
    assert "万" in tile.inner_text()
    assert "贵州省" in (tile.locator(".vh").text_content() or "")
    page.get_by_label("各省看").select_option("")
    expect(page.locator(".layer-said a")).to_be_hidden()
    assert tile.inner_text() == usual
    page.get_by_label("各省看").select_option(label="投入帮扶资金")
    page.get_by_role("link", name="看这项指标").click()
    page.wait_for_url("**/metrics/funds_invested.html")


@pytest.mark.parametrize("window", [LAPTOP, PHONE])
def test_a_case_shows_its_picture_and_its_figures_on_the_first_screen(
    visit: Visit, demo_site: Path, window: dict[str, int]
) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri(), viewport=window)
    for selector in (".cover-picture img", "#case-data .figures-grid li:first-child .qty"):
        assert bottom(page, selector) <= window["height"], selector
    assert page.locator(".case-heading .marks").evaluate("e => e.offsetHeight") < 60
    facts = page.locator(".facts").evaluate("e => e.getBoundingClientRect().top")
    assert facts > bottom(page, "#case-data")


def test_a_printed_case_says_no_figure_of_its_cards_again_in_the_table(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    page.emulate_media(media="print")
    cards = page.locator(".figures-grid .name").all_inner_texts()
    parts = page.locator(".split tbody th").all_inner_texts()
    table = page.locator(".all-metrics tbody tr:visible th").all_inner_texts()
    shown = [name.strip().split("\n")[-1] for name in (*cards, *parts, *table)]
    assert len(cards) == 8
    assert table
    assert len(shown) == len(set(shown))


def test_large_type_keeps_the_footer_wide_and_its_switch_within_the_page(
    visit: Visit, demo_site: Path
) -> None:
    page = visit((demo_site / "index.html").as_uri() + "?large=1", viewport=LAPTOP)
    wide = page.locator(".imprint").evaluate("e => e.offsetWidth")
    assert wide > LAPTOP["width"] / 2
    assert page.locator(".imprint dd").nth(1).evaluate("e => e.getClientRects().length") == 1


def test_words_of_a_crumb_and_of_tags_stand_evenly_apart(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri())
    gaps = page.evaluate("""() => {
      const text = (a) => { const r = document.createRange(); r.selectNodeContents(a);
        return r.getBoundingClientRect(); };
      const apart = (links) => links.slice(1).map((a, n) =>
        text(a).left - text(links[n]).right);
      return ['.crumbs a', '.facts .tags a'].map((s) => apart([...document.querySelectorAll(s)]));
    }""")
    for found in gaps:
        assert max(found) - min(found) < 4, found


LAST_LINE = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const lines = new Map();
  for (const box of range.getClientRects()) {
    const at = Math.round(box.top);
    lines.set(at, (lines.get(at) || 0) + box.width);
  }
  return lines.get(Math.max(...lines.keys())) / parseFloat(getComputedStyle(element).fontSize);
}"""


@pytest.mark.parametrize("width", [960, 1024, 1280, 1440, 1920])
def test_the_epigraph_is_a_sentence_that_says_where_it_leads_and_has_no_orphan(
    visit: Visit, demo_site: Path, big_site: Path, width: int
) -> None:
    for site in (demo_site, big_site):
        page = visit((site / "index.html").as_uri(), viewport={"width": width, "height": 800})
        epigraph = page.locator("a.epigraph")
        expect(epigraph).to_be_visible()
        assert "看原文" in epigraph.inner_text()
        text = page.locator(".epigraph-text")
        assert text.inner_text().rstrip()[-1] in "。！？"
        assert text.evaluate(LAST_LINE) >= 3, "characters in the last line"
        source = page.locator(".epigraph-source > .ph").last
        assert source.evaluate(LAST_LINE) > 4, "看原文 alone in the last line"


@pytest.mark.parametrize("title", ["乡案", "服务乡村振兴", "教育服务乡村振兴优秀实践案例集第二编"])
def test_the_label_of_any_title_takes_no_more_room_than_it_fills(
    visit: Visit, project, title: str
) -> None:
    folder = project({"cases/a.md": case_text("甲村记", "修路300米。")}, f"title: {title}\n")
    folder.build()
    page = visit((folder.root / "site" / "index.html").as_uri(), viewport=LAPTOP)
    assert page.locator(".cover").evaluate("e => e.offsetHeight") <= LAPTOP["height"] / 3
    slip, lede = (page.locator(name).bounding_box() for name in (".slip", ".cover .lede"))
    assert slip
    assert lede
    assert lede["x"] - (slip["x"] + slip["width"]) <= 64
    words = page.locator(".slip h1").evaluate(
        """e => { const r = document.createRange(); r.selectNodeContents(e);
                  return r.getBoundingClientRect().width; }"""
    )
    assert slip["width"] - words <= 64


def test_a_cover_in_large_type_is_no_wider_than_its_file(visit: Visit, demo_site: Path) -> None:
    page = visit((demo_site / "cases" / "congjiang.html").as_uri(), viewport=LAPTOP)
    page.get_by_role("button", name="大字").click()
    shown, file = page.locator(".cover-picture img").evaluate("e => [e.width, e.currentSrc]")
    assert 300 < shown <= int(re.search(r"-(\d+)\.\w+$", file)[1])


def test_tags_of_one_letter_have_no_stray_lines(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "tags.html").as_uri(), viewport=LAPTOP)
    widths = page.locator(".letter li a").evaluate_all(
        "links => links.map(one => getComputedStyle(one).borderTopWidth)"
    )
    assert len(widths) > 20
    assert set(widths) == {"0px"}
