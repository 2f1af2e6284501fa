"""The built site: the front page, hand-written pages."""

from __future__ import annotations

from projects import case_text
from rendered import cards, soup, status_of, texts


def test_every_featured_case_is_on_the_front_page(project):
    made = project(
        {f"cases/c{n}.md": case_text(f"第{n}篇", featured="true") for n in range(9)}
        | {"cases/old.md": case_text("旧的", date="2001-01-01", featured="true")}
    )
    assert set(cards(made.build().page("index.html"))) == {*(f"c{n}" for n in range(9)), "old"}


def test_the_front_page_has_totals_categories_provinces_and_the_newest_cases(rich):
    page = soup(rich, "index.html")
    assert cards(page) == ["water", "tea"]
    assert "约200万元" in "".join(texts(page.select(".ledger"))).replace(" ", "")
    panels = {str(a["href"]): a.select_one(".count b").text for a in page.select(".panels a")}
    assert panels == {
        "categories/industry.html": "1",
        "categories/talent.html": "2",
        "categories/culture.html": "0",
        "categories/ecology.html": "0",
        "categories/organization.html": "0",
    }
    tiles = {str(a["href"]) for a in page.select(".tiles a")}
    assert tiles == {"regions/guizhou.html", "regions/chongqing.html"}
    assert len(page.select(".tiles li")) == 34


def test_totals_say_how_many_cases_report_them(rich):
    entries = {
        entry.select_one(".name").text: entry.get_text(" ", strip=True)
        for entry in soup(rich, "categories/talent.html").select(".ledger li")
    }
    assert "2 篇中 1 篇填报" in entries["培训人次"]


def test_hand_written_pages_have_their_title_once(rich):
    assert soup(rich, "about.html").select_one("h1").text == "编者说明"
    page = soup(rich, "qian-yan.html")
    assert page.select_one("h1").text == "写在前面"
    assert page.select_one("main").text.count("写在前面") == 1
    assert "一段话。" in page.select_one("main").text


def test_an_empty_collection_is_a_site_too(project):
    site = project({}).build()
    assert status_of(soup(site, "cases.html")) == "共 0 篇"
    assert site.json("data/cases.json") == {"version": 2, "cases": []}


PROMISE = "每个数字都有出处"


def test_that_every_number_has_its_source_is_claimed_only_where_it_is_so(project):
    stated = case_text("甲", "投入帮扶资金5万元。", metrics="[{name: 投入帮扶资金, value: 5万元}]")
    silent = case_text(
        "乙",
        metrics="[{name: 投入帮扶资金, value: 6万元, waive: {missing-evidence: 另有账目}}]",
    )
    made = project({"cases/a.md": stated})
    assert PROMISE in made.build().text("index.html")
    page = made.write({"cases/b.md": silent}).build().page("index.html").select_one("main").text
    assert PROMISE not in page
    assert "存疑的照登，不计入合计" in page  # the figure that is waived counts
