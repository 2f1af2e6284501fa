"""The live preview in a browser: a save, and the page that comes back to the same place."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect
from preview import previewing
from projects import case_text

LONG = "\n\n".join(f"第{n}段，写了很多话。" for n in range(120))


def test_a_save_reloads_the_page_at_the_same_place_with_details_open(
    visit: Callable[..., Page], project
) -> None:
    made = project({"cases/a.md": case_text("甲", body=f"见[明细](mingxi.xlsx)。\n\n{LONG}")})
    with previewing(made.root) as preview:
        page = visit(f"{preview.server.url}cases/a.html")
        page.locator("#casegen-preview summary").click()
        assert page.locator("#casegen-preview li").first.is_visible()
        page.evaluate("scrollTo(0, 2000)")
        page.evaluate("window.old = true")
        made.write({"cases/a.md": case_text("甲", body=f"改成[明细](mingxi.xlsx)。\n\n{LONG}")})
        page.locator("#case-text").get_by_text("改成明细").wait_for()
        assert page.evaluate("window.old") is None
        while abs(page.evaluate("scrollY") - 2000) > 1:
            page.wait_for_timeout(50)
        # The page may come twice: at once, and when the whole site is built.
        expect(page.locator("#casegen-preview details")).to_have_attribute("open", "")


def test_a_page_says_that_a_build_runs_if_it_takes_a_while(
    visit: Callable[..., Page], project
) -> None:
    made = project({"cases/a.md": case_text("甲")})
    with previewing(made.root) as preview:
        page = visit(f"{preview.server.url}cases/a.html")
        line = page.locator("#casegen-preview .working")
        expect(line).to_be_hidden()
        preview.server.begin_work()
        expect(line).to_be_visible()
        preview.server.show(preview.server.shown, time.monotonic())
        expect(line).to_be_hidden()


def test_a_save_keeps_the_filters_of_a_list(visit: Callable[..., Page], project) -> None:
    made = project(
        {
            "cases/a.md": case_text("甲"),
            "cases/b.md": case_text("乙", categories="人才"),
            "cases/c.md": case_text("丙", categories="人才"),
        }
    )
    with previewing(made.root) as preview:
        page = visit(f"{preview.server.url}cases.html?category=talent")
        expect(page.locator("#results [data-case]")).to_have_count(2)
        page.evaluate("window.old = true")
        made.write({"cases/c.md": case_text("丁", categories="人才")})
        page.locator("#results").get_by_text("丁").wait_for()
        assert page.evaluate("window.old") is None
        expect(page.locator("#results [data-case]")).to_have_count(2)
        assert page.locator("input[name=category][value=talent]").is_checked()


def test_a_link_that_leads_nowhere_is_marked_where_it_stands(
    visit: Callable[..., Page], project
) -> None:
    body = "明细另有说明，2023年的明细在此：[2023年的明细](mingxi.xlsx)。"
    made = project({"cases/a.md": case_text("甲", body=body)})
    with previewing(made.root) as preview:
        page = visit(f"{preview.server.url}cases/a.html")
        page.wait_for_selector("mark.casegen-broken")
        marks = page.locator("mark.casegen-broken")
        assert "".join(marks.all_text_contents()) == "2023年的明细"
        before = marks.first.evaluate(
            "mark => { const r = document.createRange(); r.setStart(mark.closest('p'), 0);"
            " r.setEndBefore(mark); return r.toString(); }"
        )
        assert before == "明细另有说明，2023年的明细在此："
        assert "不存在" in str(marks.first.get_attribute("title"))


def test_a_broken_case_comes_back_by_itself_once_it_is_mended(
    visit: Callable[..., Page], project
) -> None:
    made = project({"cases/a.md": case_text("甲", date="2023年"), "cases/b.md": case_text("乙")})
    with previewing(made.root) as preview:
        page = visit(f"{preview.server.url}cases/a.html")
        page.wait_for_selector(".casegen-own li.error")
        made.write({"cases/a.md": case_text("甲", date="2023-05-01")})
        page.wait_for_selector(".prose")
        assert page.locator("#casegen-preview .error").count() == 0
