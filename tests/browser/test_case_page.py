"""A case page in use: notes, wide tables, the way along a list, citing, print."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from conftest import Shared, build
from lists import choose, settled, slugs
from playwright.sync_api import Page, expect
from projects import case_text
from pypdf import PdfReader

Visit = Callable[..., Page]

NOTES = """\
## 背景

先投入一些资金。[^1] 又种了一些地，写得长一些，好让第二个注号落到窄屏的行末去。[^far]

| 年份 | 种植面积 | 带动户数 | 销售收入 | 备注一栏写得很长很长 | 再来一栏 |
| --- | --- | --- | --- | --- | --- |
| 2020 | 100亩 | 20户 | 30万元 | 这里写了许多说明文字，很长 | 某某[^1] |

[^1]: 由村委会统计，见[某某网](https://example.edu.cn/a)。
[^far]: 以当年年末为准。
"""


@pytest.fixture(scope="session")
def notes_site(shared: Shared) -> Path:
    """Cases with notes and a wide table, each printed with a code; errors go to a mailbox."""

    def make(folder: Path) -> None:
        (folder / "cases").mkdir()
        (folder / "casegen.yml").write_text(
            "title: 试验案例集\nbase_url: https://example.edu.cn/xczx/\nqr: true\n"
            "report_error: mailto:office@example.edu.cn\n",
            "utf-8",
        )
        (folder / "cases" / "notes.md").write_text(case_text("带注的一篇", NOTES), "utf-8")
        build(folder)
        bare = folder / "bare"
        shutil.copytree(folder / "cases", bare / "cases")
        (bare / "casegen.yml").write_text("title: 试验案例集\n", "utf-8")
        build(bare)

    return shared("notes", make) / "site"


# ── notes ──


@pytest.fixture
def noted(visit: Visit, notes_site: Path) -> Page:
    return visit(
        (notes_site / "cases" / "notes.html").as_uri(), viewport={"width": 390, "height": 844}
    )


def test_a_press_on_a_mark_shows_the_note_and_escape_gives_the_focus_back(noted: Page) -> None:
    mark = noted.locator("a[role=doc-noteref]").first
    box = noted.get_by_role("dialog", name="注 1")
    expect(box).to_have_count(0)
    mark.click()
    expect(box).to_be_visible()
    expect(box).to_contain_text("由村委会统计")
    expect(box).to_be_focused()
    expect(mark).to_have_attribute("aria-expanded", "true")
    assert "fn" not in noted.url
    below, above = box.bounding_box(), mark.bounding_box()
    assert below is not None
    assert above is not None
    assert 0 <= below["y"] - above["y"] < 80
    assert below["x"] >= 0
    assert below["x"] + below["width"] <= 390
    noted.keyboard.press("Tab")
    expect(box.get_by_role("link", name="某某网")).to_be_focused()
    noted.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(mark).to_be_focused()


def test_enter_opens_a_note_and_another_mark_or_a_press_elsewhere_closes_it(noted: Page) -> None:
    first, second, again = noted.locator("a[role=doc-noteref]").all()
    first.focus()
    noted.keyboard.press("Enter")
    expect(noted.get_by_role("dialog")).to_contain_text("由村委会统计")
    second.focus()  # the first note lies over it
    expect(noted.get_by_role("dialog")).to_have_count(0)
    noted.keyboard.press("Enter")
    expect(noted.get_by_role("dialog")).to_contain_text("以当年年末为准")
    noted.locator("h1").click()
    expect(noted.get_by_role("dialog")).to_have_count(0)
    again.scroll_into_view_if_needed()
    again.click()  # in a table that scrolls, which must not cut the note off
    box = noted.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["height"] > 80
    noted.get_by_role("dialog").get_by_role("button", name="关闭").click()
    expect(again).to_be_focused()
    ids = noted.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_without_script_a_mark_leads_to_its_note_and_the_note_back(
    visit: Visit, notes_site: Path
) -> None:
    url = (notes_site / "cases" / "notes.html").as_uri()
    page = visit(url, java_script_enabled=False)
    page.locator("a[role=doc-noteref]").first.click()
    assert page.url == url + "#fn:1"
    page.locator("li:target a[role=doc-backlink]").first.click()
    assert page.url == url + "#fnref:1"


# ── tables ──


@pytest.mark.parametrize("width", [320, 390])
def test_a_wide_table_scrolls_in_itself_and_by_keyboard(
    visit: Visit, notes_site: Path, width: int
) -> None:
    page = visit(
        (notes_site / "cases" / "notes.html").as_uri(), viewport={"width": width, "height": 844}
    )
    table = page.locator(".prose .table-scroll")
    inner, outer = table.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert inner > outer
    assert outer <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.prose .table-scroll').scrollLeft > 0")


# ── the way along a list ──


def trailed(page: Page) -> tuple[list[str], str]:
    """Where a case page leads: the neighbours' slugs and the list it leads back to."""
    onward = page.eval_on_selector_all(
        "nav.neighbours a", "all => all.map(a => a.rel + ' ' + a.pathname.split('/').pop())"
    )
    return onward, unquote(page.locator(".way-back.above a").evaluate("a => a.search"))


def test_a_case_opened_from_a_filtered_list_leads_along_that_list_and_back(
    visit: Visit, any_address: Callable[[Path], str], big_site: Path
) -> None:
    page = visit(any_address(big_site) + "cases.html")
    choose(page, "category", "ecology")
    page.locator("select[name=sort]").select_option("title")
    page.wait_for_url("**sort=title")
    order = slugs(page)
    asked = parse_qs(urlsplit(page.url).query)
    page.locator(f"#results [data-case='{order[5]}'] h3 a").click()
    page.wait_for_url(f"**/{order[5]}.html")  # nothing of the list stays in the address
    onward, back = trailed(page)
    assert onward == [f"prev {order[4]}.html", f"next {order[6]}.html"]
    assert parse_qs(back[1:]) == asked
    page.locator("nav.neighbours a[rel=next]").click()
    page.wait_for_url(f"**/{order[6]}.html")
    assert trailed(page)[0] == [f"prev {order[5]}.html", f"next {order[7]}.html"]
    page.reload()
    page.wait_for_selector(".way-back:visible")
    assert trailed(page)[0] == [f"prev {order[5]}.html", f"next {order[7]}.html"]
    expect(page.locator(".way-back.above")).to_contain_text("生态")
    page.locator(".way-back.above a").click()
    page.wait_for_url("**/cases.html?**")
    assert slugs(settled(page)) == order


def test_the_first_case_of_a_list_has_none_before_it(visit: Visit, big_site: Path) -> None:
    page = visit((big_site / "regions" / "gansu.html").as_uri())
    order = page.eval_on_selector_all("[data-case]", "all => all.map(one => one.dataset.case)")
    page.locator("[data-case] h3 a").first.click()
    page.wait_for_url(f"**/{order[0]}.html")
    assert trailed(page)[0] == [f"next {order[1]}.html"]
    expect(page.locator(".way-back.above")).to_contain_text("甘肃省")


def test_a_link_that_is_copied_from_a_list_is_the_cases_own_address(
    visit: Visit, big_site: Path
) -> None:
    page = visit((big_site / "regions" / "gansu.html").as_uri())
    link = page.locator("[data-case] h3 a").first
    plain = link.get_attribute("href")
    link.click(button="right")
    assert link.evaluate("a => a.href").endswith((plain or "").removeprefix(".."))
    link.click(modifiers=["Shift"], no_wait_after=True)
    page.wait_for_function("!document.querySelector('[data-case] h3 a').hash")


def test_a_case_opened_by_itself_leads_on_in_the_order_of_the_collection(
    visit: Visit, big_site: Path
) -> None:
    page = visit((big_site / "cases" / "c00003.html").as_uri())
    before = trailed(page)[0]
    assert len(before) == 2
    expect(page.locator(".way-back.above")).to_be_hidden()
    # What is no list of this site is not followed.
    for hand in (
        '{"list":"https://evil.example/","label":"x","cases":[["c00003","x"]]}',
        "%7B",
        "[]",
    ):
        page.goto("about:blank")
        page.goto((big_site / "cases" / "c00003.html").as_uri() + "#list=" + hand)
        assert trailed(page)[0] == before
        expect(page.locator(".way-back.above")).to_be_hidden()


def test_nobody_outside_can_put_words_on_a_page(visit: Visit, big_site: Path) -> None:
    forged = json.dumps(
        {
            "list": "cases.html?q=加微信",
            "label": "加微信 evil",
            "q": "",
            "first": 0,
            "of": 10**9,
            "cases": ["c00001", "c00003", "nobody"],
            "titles": ["加微信 evil"],
        }
    )
    page = visit((big_site / "cases" / "c00003.html").as_uri() + "#list=" + quote(forged))
    page.wait_for_function("document.querySelectorAll('nav.neighbours a').length === 1")
    title = page.locator("nav.neighbours a[rel=prev] strong")
    expect(title).not_to_be_empty()
    assert "加微信" not in page.locator("body").inner_text()
    expect(page.locator("[data-place]")).to_be_hidden()
    for cases in ([["c00003", "加微信"]], ["c00003"] * 50, ["c00003", "x" * 99]):
        page.goto("about:blank")
        trail = {"list": "cases.html", "q": "", "first": 0, "of": 3, "cases": cases}
        page.goto((big_site / "cases" / "c00003.html").as_uri() + f"#list={json.dumps(trail)}")
        expect(page.locator(".way-back.above")).to_be_hidden()


# ── citing, reporting ──


def test_the_citation_names_the_day_it_is_copied_on(visit: Visit, notes_site: Path) -> None:
    page = visit((notes_site / "cases" / "notes.html").as_uri())
    today = dt.datetime.now().astimezone().date().isoformat()
    expect(page.locator("#citation")).to_have_text(
        f"某某大学. 带注的一篇[EB/OL]. (2023-06-01)[{today}]. "
        "https://example.edu.cn/xczx/cases/notes.html."
    )


def test_without_base_url_the_citation_names_where_the_page_was_read(
    visit: Visit, serve: Callable[[Path], str], notes_site: Path
) -> None:
    site = notes_site.parent / "bare" / "site"
    page = visit(serve(site) + "cases/notes.html?x=1")
    expect(page.locator("#citation")).to_contain_text(f"]. {serve(site)}cases/notes.html.")
    page.goto((site / "cases" / "notes.html").as_uri())
    expect(page.locator("#citation")).not_to_contain_text("file:")


# ── print ──


def test_a_printed_case_carries_a_code_and_its_address_under_it(
    visit: Visit, notes_site: Path
) -> None:
    page = visit((notes_site / "cases" / "notes.html").as_uri(), color_scheme="dark")
    code = page.locator(".on-paper svg")
    expect(code).to_be_hidden()
    page.emulate_media(media="print")
    expect(code).to_be_visible()
    size = code.bounding_box()
    assert size is not None
    assert size["width"] > 80
    assert size["width"] == size["height"]
    under = page.locator(".on-paper span").bounding_box()
    assert under is not None
    assert under["y"] >= size["y"] + size["height"]
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "".join(text.split()).count("https://example.edu.cn/xczx/cases/notes.html") == 2


def test_without_the_switch_nothing_is_printed_but_the_text(demo_site: Path) -> None:
    assert "on-paper" not in (demo_site / "cases" / "congjiang.html").read_text("utf-8")


# ── the indent of paragraphs ──


def test_paragraphs_are_indented_unless_the_theme_says_no(visit: Visit, notes_site: Path) -> None:
    page = visit((notes_site / "cases" / "notes.html").as_uri())
    first = page.locator(".prose > p").first
    read = "p => [getComputedStyle(p).textIndent, getComputedStyle(p).fontSize].map(parseFloat)"
    indent, size = first.evaluate(read)
    assert indent == 2 * size
    page.evaluate("document.body.classList.add('flush')")
    assert first.evaluate(read)[0] == 0
