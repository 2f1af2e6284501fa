"""The built site: the front page, hand-written pages."""

from __future__ import annotations

from projects import case_text
from rendered import cards, soup, status_of, texts

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'


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


def counties(*names: str, **fields: str) -> dict[str, str]:
    return {
        f"cases/{n}.md": case_text(f"第{n}篇", regions=f"甘肃省/定西市/{name}", **fields)
        for n, name in enumerate(names, 1)
    }


METRICS = """
  - 投入帮扶资金: 20万元
  - 培训人次: 300人次
  - 种植面积: 50亩"""
BODY = "这一年共投入帮扶资金20万元。培训300人次，种植面积50亩，都在村里。"


def ledger(site):
    return texts(soup(site, "index.html").select(".ledger .name"))


def test_editors_say_which_indicators_lead_the_front_page(project):
    files = {"cases/a.md": case_text(body=BODY, metrics=METRICS)}
    assert ledger(project(files).build())[0] == "投入帮扶资金"
    config = "title: 甲\n首页指标: [种植面积, trainees, 没有的]\n"
    made = project(files, config)
    assert ledger(made.build())[:2] == ["种植面积", "投入帮扶资金"]
    [problem] = [p for p in made.check() if p.rule == "ignored-setting" and "没有的" in p.message]
    assert (problem.where.path, problem.where.line) == ("casegen.yml", 2)


def test_money_people_and_households_come_first_where_nobody_chose(project):
    metrics = METRICS + "\n  - 带动/受益农户: 30户"
    site = project({"cases/a.md": case_text(body=BODY + "带动30户。", metrics=metrics)}).build()
    assert ledger(site) == ["投入帮扶资金", "培训人次", "带动、受益农户", "种植面积"]


def test_an_emblem_and_a_banner_stand_on_the_front_page(project):
    config = "title: 甲\nlogo: images/a.svg\nbanner: images/b.svg\n"
    files = {"cases/a.md": case_text(), "images/a.svg": SVG, "images/b.svg": SVG}
    site = project(files, config).build()
    for name in ("index.html", "cases/a.html"):
        emblem = soup(site, name).select_one(".brand img.emblem")
        assert site.path(f"{name}/../{emblem['src']}").resolve().is_file()
    assert soup(site, "index.html").select_one(".cover img.front-picture")
    assert not soup(site, "cases/a.html").select(".front-picture")


def test_a_missing_emblem_is_told_at_its_line(project):
    problems = project({"cases/a.md": case_text()}, "title: 甲\n标志: images/a.svg\n").check()
    [problem] = [p for p in problems if p.rule == "missing-image"]
    assert (problem.where.path, problem.where.line) == ("casegen.yml", 2)


def test_an_emblem_outside_the_project_is_not_taken(project):
    problems = project({"cases/a.md": case_text()}, "title: 甲\nlogo: ../a.svg\n").check()
    [problem] = [p for p in problems if p.where.field == "logo"]
    assert problem.rule == "ignored-setting"


def test_the_epigraph_is_a_sentence_of_a_case_and_leads_to_it(project):
    site = project({"cases/a.md": case_text("甲村记", BODY, metrics=METRICS)}).build()
    epigraph = soup(site, "index.html").select_one("a.epigraph")
    assert epigraph.select_one("q").text == "这一年共投入帮扶资金20万元。"
    assert "甲村记" in epigraph.text
    page, _, anchor = str(epigraph["href"]).partition("#")
    assert "帮扶资金20万元" in soup(site, page).find(id=anchor).text


def test_the_strip_of_years_shows_years_without_cases_too(project):
    site = project(counties("陇西县", "临洮县", period="2019"))
    site.write({"cases/3.md": case_text("第三篇", period="2022")})
    page = soup(site.build(), "index.html")
    shown = [
        (mark.select_one("b").text, mark.a["href"] if mark.a else "")
        for mark in page.select(".strip-years li")
    ]
    assert shown == [("2", "years/2019.html"), ("0", ""), ("0", ""), ("1", "years/2022.html")]
    assert len(soup(site.build(), "years.html").select(".strip-years a")) == 2


def test_the_years_that_the_collection_says_it_covers_are_those_of_the_strip(project):
    text = case_text(
        "甲", date="2023-05-01", metrics="[{name: 2019年帮扶资金, value: 5万元}]"
    ).rstrip()
    made = project({"cases/a.md": f"{text}\n\n2019年投入帮扶资金5万元。\n"})
    assert "2019—2023" in soup(made.build(), "index.html").select_one("main").text


def test_a_collection_of_one_province_shows_its_counties(project):
    site = project(counties("陇西县", "临洮县", "陇西县")).build()
    tiles = soup(site, "index.html").select(".places a")
    assert [tile.select_one("b").text for tile in tiles] == ["陇西县", "临洮县"]
    assert {str(tile["href"]) for tile in tiles} == {"regions/gansu.html"}
    assert [tile.span.find(string=True) for tile in tiles] == ["2", "1"]
    assert not soup(site, "index.html").select(".tiles")


def test_a_collection_of_one_county_shows_its_towns_and_of_one_place_no_map(project):
    towns = ("甘肃省/定西市/陇西县/首阳镇", "甘肃省/定西市/陇西县/文峰镇")
    files = {f"cases/{n}.md": case_text(f"第{n}篇", regions=towns[n > 1]) for n in range(3)}
    site = project(files)
    page = soup(site.build(), "index.html")
    tiles = page.select(".places a")
    assert [(tile.select_one("b").text, tile.span.find(string=True)) for tile in tiles] == [
        ("首阳镇", "2"),
        ("文峰镇", "1"),
    ]
    assert not page.select(".tiles")
    assert "乡镇" in page.select_one(".places").parent.select_one(".footnote").text
    site.write({"cases/2.md": case_text("第2篇", regions=towns[0])})
    page = soup(site.build(), "index.html")
    assert not page.select(".places, .tiles, .layer-choice")
    assert page.select_one('.values a[href="regions/gansu.html"]')


def test_tiles_name_the_provinces_and_can_show_every_indicator_of_some_province(project):
    files = {
        "cases/a.md": case_text("甲", BODY, metrics=METRICS),
        "cases/b.md": case_text("乙", regions="贵州省/黔东南苗族侗族自治州/从江县"),
    }
    site = project(files).build()
    page = soup(site, "index.html")
    assert texts(page.select(".tiles a b")) == ["贵州", "甘肃"]
    options = {option["value"] for option in page.select("#layer option")} - {""}
    values = site.text(page.select_one("[data-layers]")["data-layers"])
    assert "funds_invested" in options
    assert all(f'\\"{key}\\"' in values for key in options)
    assert '\\"gansu\\":[1,\\"20万\\",\\"20万元\\"]' in values
