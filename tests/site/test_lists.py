"""The built site: lists."""

from __future__ import annotations

import re

from projects import case_text
from rendered import cards, html_files, listed, soup, status_of


def test_lists_have_fifty_cases_a_page(many):
    paged = {
        "cases": 61,
        "categories/industry": 60,
        "regions/gansu": 60,
        "years/2023": 61,
        "institutions/mou-mou-da-xue": 61,
        "tags/x": 60,
    }
    files = many.files()
    for stem, count in paged.items():
        first = soup(many, f"{stem}.html")
        following = str(first.select_one("a[rel=next]")["href"]).rpartition("/")[2]
        folder = stem.rpartition("/")[0]
        second_name = f"{folder}/{following}" if folder else following
        second = soup(many, second_name)
        assert (len(cards(first)), len(cards(second))) == (50, count - 50), stem
        assert not set(cards(first)) & set(cards(second)), stem
        assert {status_of(first), status_of(second)} == {f"共 {count} 篇"}, stem
        assert f"{stem}-3.html" not in files
        assert second.select_one("a[rel=prev]")
        if stem != "tags/x":
            assert second_name == f"{stem}-2.html"


def test_fifty_cases_are_one_page_and_one_more_makes_two(project):
    made = project({f"cases/c{n}.md": case_text(f"第{n}篇") for n in range(50)})
    assert "cases-2.html" not in made.build().files()
    site = made.write({"cases/last.md": case_text("最后")}).build()
    assert "cases-2.html" in site.files()
    made.write({"cases/last.md": None})
    assert "cases-2.html" in made.build().outcome.report.removed


def test_a_value_that_looks_like_anothers_second_page_keeps_its_own(many):
    assert cards(soup(many, "tags/x-2.html")) == ["other"]
    assert status_of(soup(many, "tags/x-2.html")) == "共 1 篇"
    hrefs = {a.strong.text: a["href"] for a in soup(many, "tags.html").select(".values a")}
    assert hrefs == {"x": "tags/x.html", "x-2": "tags/x-2.html"}


def test_later_pages_of_the_index_lead_to_the_first_one_that_filters(many):
    for name in ("cases.html", "cases-2.html"):
        assert soup(many, name).select_one("form#filters")["action"] == "cases.html"
    form = soup(many, "categories/industry-2.html").select_one("form#filters")
    assert form["action"] == "../categories/industry.html"


def test_cases_stand_newest_first(many):
    shown = cards(soup(many, "cases.html")) + cards(soup(many, "cases-2.html"))
    times = [
        str(tag["datetime"])
        for name in ("cases.html", "cases-2.html")
        for tag in soup(many, name).select("[data-case] time")
    ]
    assert times == sorted(times, reverse=True)
    assert len(set(shown)) == 61


def test_the_form_has_every_facet_and_the_values_are_the_stems_of_pages(rich):
    form = soup(rich, "cases.html").select_one("form#filters")
    assert form.has_attr("hidden")
    folders = {
        "category": "categories",
        "region": "regions",
        "year": "years",
        "institution": "institutions",
        "tag": "tags",
    }
    for facet, folder in folders.items():
        boxes = form.select(f"input[type=checkbox][name={facet}]")
        assert boxes, facet
        for box in boxes:
            assert f"{folder}/{box['value']}.html" in rich.files()
            assert box.find_parent("label").select_one("[data-count]")
    assert form.select_one("input[type=search][name=q]")
    sorts = [option["value"] for option in form.select("select[name=sort] option")]
    assert sorts[:3] == ["newest", "title", "order"]
    assert "planting_area" in sorts
    assert form.select_one("[name='min-planting_area']")
    assert form.select_one("[name='max-planting_area']")


def test_the_order_of_editors_can_be_chosen_only_where_cases_have_one(many):
    sorts = [o["value"] for o in soup(many, "cases.html").select("select[name=sort] option")]
    assert "order" not in sorts


def test_counts_in_the_form_are_those_of_the_pages(site):
    for name in html_files(site):
        form = soup(site, name).select_one("form#filters")
        if form is None:
            continue
        scope = str(form.get("data-scope") or "")
        inside = listed(site, f"categories/{scope}.html") if scope else None
        for box in form.select("input[type=checkbox][name]"):
            folder = {"category": "categories"}.get(str(box["name"]), f"{box['name']}s")
            members = listed(site, f"{folder}/{box['value']}.html")
            wanted = members if inside is None else members & inside
            shown = box.find_parent("label").select_one("[data-count]").text
            assert shown == str(len(wanted)), (name, box)


def test_the_first_status_of_a_list_says_how_many_cases_it_has(site):
    for name in html_files(site):
        page = soup(site, name)
        if re.fullmatch(
            r"cases(-\d+)?\.html|(categories|regions|years|institutions|tags)/.*", name
        ):
            total = len(listed(site, name if not page.select("a[rel=prev]") else first_of(name)))
            assert status_of(page) == f"共 {total} 篇", name


def first_of(name: str) -> str:
    return re.sub(r"-+\d+\.html$", ".html", name)


def test_lists_of_values_show_each_with_its_count(rich):
    for plural, wanted in {
        "regions": {"贵州省": "1", "重庆市": "1"},
        "years": {"2019": "1", "2020": "1", "2021": "1", "2024": "1"},
        "institutions": {"某某大学": "1", "茶乡学院": "1"},
        "tags": {"水苔": "2", "合作社": "1", "茶": "1"},
    }.items():
        rows = soup(rich, f"{plural}.html").select(".values a")
        assert {row.strong.text: row.select_one(".count b").text for row in rows} == wanted


def test_a_long_list_of_values_stands_in_the_order_of_pinyin_under_its_letters(project):
    names = ["重庆大学", "安康学院", "3D打印学院", "西安大学", *(f"某校{n}" for n in range(20))]
    cases = {
        f"cases/c{n:02}.md": case_text(f"第{n}篇", institution=name) for n, name in enumerate(names)
    }
    page = project(cases).build().page("institutions.html")
    groups = {
        section.h3.text: [name.text for name in section.select("strong")]
        for section in page.select("section.letter")
    }
    assert list(groups) == ["#", "A", "C", "M", "X"]
    assert [len(own) for own in groups.values()] == [1, 1, 1, 20, 1]
    assert groups["C"] == ["重庆大学"]
    anchors = {link["href"][1:] for link in page.select(".letters a")}
    assert anchors == {section["id"] for section in page.select("section.letter")}


def test_a_long_facet_shows_its_twenty_most_frequent_values_and_a_box_for_the_rest(project):
    cases = {
        f"cases/c{n:02}.md": case_text(f"第{n}篇", tags=f"[t{n % 25}{', often' if n < 3 else ''}]")
        for n in range(30)
    }
    form = project(cases).build().page("cases.html").select_one("form#filters")
    values = [box["value"] for box in form.select("input[name=tag]")]
    assert len(values) == 20
    assert {"often", "t0", "t1", "t2", "t3", "t4"} <= set(values)
    assert form.select_one("[data-facet=tag] input[type=search]")
