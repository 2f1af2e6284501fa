"""The data by which the browser filters, counts and sorts lists."""

from __future__ import annotations

import json
import re

from bs4 import BeautifulSoup
from projects import Site, case_text
from rendered import cards, html_files, listed, pages_of_the_index, soup

from casegen.editions.site import theme


def put(site: Site, name: str) -> tuple[str, object]:
    """What a data script of the site returns: `casegen.put(name, JSON.parse(text));`."""
    found = re.fullmatch(
        r"casegen\.put\((\".*?\"),\s*JSON\.parse\((.*)\)\);\n", site.text(name), re.DOTALL
    )
    assert found, name
    return json.loads(found[1]), json.loads(json.loads(found[2]))


def test_the_catalog_agrees_with_the_pages(site):
    label, catalog = put(site, "assets/catalog.js")
    assert label == "catalog"
    label, columns = put(site, catalog["columns"])
    assert label == catalog["columns"]
    assert columns["slug"] == [
        slug for name in pages_of_the_index(site) for slug in cards(soup(site, name))
    ]
    folders = {"category": "categories"}
    for facet, column in columns["facets"].items():
        folder = folders.get(facet, f"{facet}s")
        members: dict[str, set[str]] = {value: set() for value in column["values"]}
        for slug, places in zip(columns["slug"], column["of"], strict=True):
            for place in places:
                members[column["values"][place]].add(slug)
        for value, slugs in members.items():
            assert listed(site, f"{folder}/{value}.html") == slugs
        pages = {n for n in html_files(site) if n.startswith(f"{folder}/")}
        firsts = {n for n in pages if not soup(site, n).select("a[rel=prev]")}
        assert {f"{folder}/{value}.html" for value in members} == firsts


def test_bundles_of_cards_are_the_cards_of_the_pages(site):
    _, catalog = put(site, "assets/catalog.js")
    _, columns = put(site, catalog["columns"])
    bundles = []
    for path in catalog["chunks"]:
        label, bundle = put(site, path)
        assert label == path
        bundles.append(bundle)
    shown = {
        str(card["data-case"]): card
        for name in pages_of_the_index(site)
        for card in soup(site, name).select("[data-case]")
    }
    for slug, chunk in zip(columns["slug"], columns["chunk"], strict=True):
        html = bundles[chunk][slug].replace(theme.ROOT, "")
        card = BeautifulSoup(html, "html.parser").select_one("[data-case]")
        assert card.get_text() == shown[slug].get_text()
        assert card.select_one("a")["href"] == shown[slug].select_one("a")["href"]


def test_numbers_for_sorting_are_in_base_units_with_a_range_by_its_low_end(project):
    made = project(
        {
            "cases/a.md": case_text(
                "甲",
                date="2023-03-01",
                metrics="[投入帮扶资金: 3至5万元]",
                body="投入帮扶资金3至5万元。",
            ),
            "cases/b.md": case_text(
                "乙", date="2023-02-01", metrics="[种植面积: 2公顷]", body="种植面积2公顷。"
            ),
            "cases/c.md": case_text("丙", date="2023-01-01", order="1.5"),
        }
    )
    site = made.build()
    _, catalog = put(site, "assets/catalog.js")
    _, columns = put(site, catalog["columns"])
    figures = {
        key: put(site, f"assets/figures-{mark}.js")[1] for key, mark in catalog["figures"].items()
    }
    assert figures == {
        "funds_invested": {"a": [30000, "3至5万元", "M1"]},
        "planting_area": {"b": [30, "2公顷", "M1"]},
    }
    assert columns["order"] == [None, None, 1.5]
    assert columns["title"] == [2, 1, 0] or sorted(columns["title"]) == [0, 1, 2]


def test_divisions_without_a_case_are_listed_and_only_provinces_with_cases_have_a_page(project):
    made = project(
        {
            "cases/a.md": case_text("甲", regions="江苏省/徐州市/鼓楼区"),
            "cases/b.md": case_text("乙", regions="福建省/福州市"),
        }
    )
    site = made.build()
    _, catalog = put(site, "assets/catalog.js")
    _, names = put(site, catalog["names"])
    below = {name: (href, places.split(" ")) for name, href, places in names["divisions"]}
    assert {name for name, (href, _) in below.items() if href} == {"江苏省", "福建省"}
    assert "双柏县" in below["云南省"][1]
    assert below["福建省"][0] == "regions/fujian.html"
    assert {"厦门市", "连江县", "思明区"} <= set(below["福建省"][1])
    # Nanjing and Fuzhou also have a 鼓楼区, but a case is about a place of that name.
    named = {"江苏省", "徐州市", "鼓楼区", "福建省", "福州市"}
    assert not named & {place for _, places in below.values() for place in places}
