"""What the page of a case shows."""

from __future__ import annotations

import re

from projects import case_text
from rendered import cards, soup, texts

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'


def test_a_case_shows_its_facts_credits_and_citation(rich):
    page = soup(rich, "cases/water.html")
    text = page.select_one("main").get_text(" ", strip=True)
    for wanted in (
        "某某大学",
        "从江县",
        "榕江县",
        "2019—2021",
        "合作社",
        "一句话的摘要",
        "2022年3月4日",
        "2023年1月2日",
        "工作队",
        "甲处",
        "某某大学网",
    ):
        assert wanted in text, wanted
    cited = "某某大学. 水苔下山[EB/OL]. (2023-01-02)[引用日期]. https://example.edu.cn/xczx/cases/water.html."
    assert page.select_one("#citation").text == cited
    assert "约 1 分钟读完" in text
    source = page.select_one("a[href='https://example.edu.cn/a.html?x=1&y=2']")
    assert source.text == "某某大学网"
    assert texts(page.select("nav.contents a")) == ["背景", "做法", "成效"]


def test_a_metric_card_links_to_the_sentence_that_states_it(rich):
    page = soup(rich, "cases/water.html")
    cards = page.select("[data-metric]")
    assert [card["data-metric"] for card in cards] == [
        "投入资金",
        "种植面积",
        "大棚",
        "培训",
        "亩产",
    ]
    for name, sentence in {"投入资金": "先投入约200万元", "种植面积": "种植1,200余亩"}.items():
        card = next(card for card in cards if card["data-metric"] == name)
        anchor = str(card.select_one("a[href^='#']")["href"])[1:]
        marked = page.find(id=anchor)
        whole = marked if marked.get_text() else marked.parent
        assert sentence in whole.get_text()
    unproved = next(card for card in cards if card["data-metric"] == "亩产")
    assert not unproved.select("a[href^='#']")
    assert "约200万元" in cards[0].get_text()
    assert "含于投入资金" in next(c for c in cards if c["data-metric"] == "大棚").get_text()


def test_headings_in_latin_letters_do_not_take_the_marks_of_metrics(project):
    body = "## M1\n\n### metric-1\n\n投入帮扶资金200万元。\n\n## main\n\n文字。"
    site = project({"cases/a.md": case_text("甲", body, metrics="[投入帮扶资金: 200万元]")}).build()
    page = soup(site, "cases/a.html")
    anchor = str(page.select_one("[data-metric] a")["href"])[1:]
    assert "资金200万元" in page.find(id=anchor).get_text()


def test_only_the_first_eight_metrics_are_cards_and_all_stand_in_the_table(project):
    metrics = ", ".join(f"指标{n}: {n}亩" for n in range(1, 12))
    page = project({"cases/a.md": case_text(metrics=f"[{metrics}]")}).build().page("cases/a.html")
    assert len(page.select("[data-metric]")) == 8
    assert len(page.select(".all-metrics tbody tr")) == 11


def test_neighbours_and_related_cases_are_linked(rich):
    page = soup(rich, "cases/water.html")
    assert page.select_one("nav a[rel=prev]")["href"] == "../cases/tea.html"
    assert page.select_one("nav a[rel=next]") is None
    related = page.select(".related a")
    assert [a["href"] for a in related] == ["../cases/tea.html"]
    assert "同为“水苔”" in related[0].text


def test_raw_html_of_a_case_is_shown_as_text(rich):
    prose = soup(rich, "cases/water.html").select_one(".prose")
    assert "<script>alert(1)</script>" in prose.text
    assert '<b onclick="x()">' in prose.text
    assert "<div>一块</div>" in prose.text
    assert not prose.select("script, [onclick], b")


def test_a_withdrawn_case_leaves_a_page_and_is_nowhere_else(rich):
    page = soup(rich, "cases/gone.html")
    assert "已撤稿" in page.select_one("h1").text
    assert "收回的一篇" in page.select_one("main").text
    assert "正文。" not in page.text
    assert page.select_one("meta[name=robots][content=noindex]")
    naming = {name for name, content in rich.files().items() if "收回的一篇".encode() in content}
    assert naming <= {"cases/gone.html", "old/gone.html"}
    for name in ("tags.html", "institutions.html", "sitemap.xml", "data/cases.json"):
        assert "撤稿学院" not in rich.text(name)
        assert "gone" not in rich.text(name)


def test_old_addresses_lead_to_the_case(rich):
    for alias, target in {
        "old/water.html": "../cases/water.html",
        "2022/water.htm": "../cases/water.html",
        "old/gone.html": "../cases/gone.html",
    }.items():
        page = soup(rich, alias)
        refresh = str(page.select_one("meta[http-equiv=refresh]")["content"])
        assert refresh == f"0; url={target}"
        assert page.select_one(f"main a[href='{target}']")
        assert page.select_one("meta[name=robots][content=noindex]")


def test_drafts_appear_only_when_asked_for_and_never_in_totals(project):
    money = "[投入帮扶资金: 100万元]"
    made = project(
        {
            "cases/a.md": case_text("甲", "投入帮扶资金100万元。", metrics=money, tags="[t]"),
            **{
                f"cases/{status}.md": case_text("稿", status=status, metrics=money, tags="[t]")
                for status in ("draft", "submitted", "edited", "approved")
            },
        }
    )
    plain = made.build()
    assert cards(plain.page("cases.html")) == ["a"]
    assert {name for name in plain.files() if re.match("cases/", name)} == {
        "cases/a.html",
        "cases/a.md",
        "cases/a.bib",
        "cases/a.ris",
    }
    full = made.build(drafts=True, output=made.root / "preview")
    assert set(cards(full.page("cases.html"))) == {"a", "draft", "submitted", "edited", "approved"}
    for name in (
        "index.html",
        "tags/t.html",
        "regions/gansu.html",
        "categories/industry.html",
        "years/2023.html",
        "institutions/mou-mou-da-xue.html",
    ):
        (before,) = texts(plain.page(name).select(".ledger li .qty"))
        (after,) = texts(full.page(name).select(".ledger li .qty"))
        assert before.replace(" ", "") == after.replace(" ", "") == "100万元", name
    assert "草稿" in full.page("cases/draft.html").select_one("main").text


def test_faults_of_a_draft_do_not_stop_a_build_that_leaves_it_out(project):
    made = project({"cases/a.md": case_text(), "cases/b.md": "---\nstatus: 草稿\n---\n"})
    assert made.build().outcome.cases == 1
    assert made.try_build(drafts=True).report is None


def names(page):
    return [str(card["data-metric"]) for card in page.select("[data-metric]")]


def test_cards_come_by_weight_what_leads_then_what_adds_up_then_unknown_names(project):
    metrics = """
  - 墙绘: 12幅
  - 种植面积: 50亩
  - {name: 凉亭, value: 2座, lead: true}
  - 投入帮扶资金: 20万元"""
    body = "墙绘12幅，种植面积50亩，凉亭2座，投入帮扶资金20万元。"
    page = (
        project({"cases/a.md": case_text(body=body, metrics=metrics)}).build().page("cases/a.html")
    )
    assert names(page)[:3] == ["凉亭", "种植面积", "投入帮扶资金"]
    assert names(page)[-1] == "墙绘"


def test_a_place_is_not_said_twice_and_the_year_stands_with_the_institution(project):
    places = "[甘肃省/定西市/陇西县, 甘肃省/定西市/陇西县/文峰镇, 甘肃省/定西市/临洮县]"
    page = project({"cases/a.md": case_text(regions=places)}).build().page("cases/a.html")
    assert texts(page.select(".facts [href*=regions]")) == [
        "甘肃省定西市陇西县",
        "文峰镇",
        "临洮县",
    ]
    assert "2023年" in page.select_one(".by").get_text()


def test_a_cover_that_opens_the_body_is_shown_once_with_its_caption(project):
    body = '![田头](a.svg "水苔田 供图：某处")\n\n正文在后。\n\n![又一次](a.svg)'
    files = {"cases/a.md": case_text(body=body, cover="a.svg"), "cases/a.svg": SVG}
    page = project(files).build().page("cases/a.html")
    assert [image["alt"] for image in page.select("main img")] == ["田头", "又一次"]
    assert "水苔田" in page.select_one(".cover-picture").text
    assert page.select_one(".prose").text.strip().startswith("正文在后")


def test_figures_that_stand_above_are_marked_as_told_for_print(project):
    metrics = ", ".join(f"指标{n}: {n}亩" for n in range(1, 12))
    page = project({"cases/a.md": case_text(metrics=f"[{metrics}]")}).build().page("cases/a.html")
    assert len(page.select(".all-metrics tr.told")) == 8
    assert not page.select("details.told")
    few = project({"cases/a.md": case_text(metrics="[指标: 1亩]")}).build().page("cases/a.html")
    assert few.select("details.told")
    # All of them stand above: a table of “all” would promise more.
    assert few.select_one(".all-metrics summary").text == "各项指标怎样归类"
    assert page.select_one(".all-metrics summary").text == "全部 11 项指标"
