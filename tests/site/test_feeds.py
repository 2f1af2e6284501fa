"""The built site: feeds and maps."""

from __future__ import annotations

import re

from rendered import ATOM, BASE, LATER, MAP, html_files, soup, xml


def test_feeds_are_atom_with_absolute_addresses(rich):
    for name in ("feed.xml", "categories/talent.xml", "categories/ecology.xml"):
        root = xml(rich, name)
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        for part in ("id", "title", "updated", "author/a:name"):
            assert root.findtext(f"a:{part}", namespaces=ATOM), (name, part)
        links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
        assert links["self"] == BASE + name
        assert links["alternate"].removeprefix(BASE) in rich.files()
        for entry in root.findall("a:entry", ATOM):
            for part in ("id", "title", "updated", "summary"):
                assert entry.findtext(f"a:{part}", namespaces=ATOM)
            href = entry.find("a:link", ATOM).get("href")
            assert href.startswith(BASE + "cases/")
            assert href.removeprefix(BASE) in rich.files()


def test_feeds_use_the_date_of_the_last_change_and_a_category_has_its_own_cases(rich):
    root = xml(rich, "feed.xml")
    moments = {
        entry.findtext("a:title", namespaces=ATOM): entry.findtext("a:updated", namespaces=ATOM)
        for entry in root.findall("a:entry", ATOM)
    }
    assert moments["水苔下山"].startswith("2023-01-02T")
    assert re.fullmatch(r"2024-05-06T00:00:00(Z|[+-]\d\d:\d\d)", moments["茶园里的课"])
    assert root.findtext("a:updated", namespaces=ATOM).startswith("2024-05-06T")
    industry = xml(rich, "categories/industry.xml")
    assert [e.findtext("a:title", namespaces=ATOM) for e in industry.findall("a:entry", ATOM)] == [
        "水苔下山"
    ]


def test_the_sitemap_lists_the_pages_that_readers_should_find(rich):
    root = xml(rich, "sitemap.xml")
    found = {
        url.findtext("s:loc", namespaces=MAP): url.findtext("s:lastmod", namespaces=MAP)
        for url in root.findall("s:url", MAP)
    }
    assert found[BASE + "cases/water.html"] == "2023-01-02"
    assert found[BASE + "cases/tea.html"] == "2024-05-06"
    wanted = {name for name in html_files(rich) if not LATER.match(name)}
    wanted -= {"404.html", "cases/gone.html", "old/water.html", "2022/water.htm", "old/gone.html"}
    wanted = wanted - {"index.html"} | {""}
    assert {a.removeprefix(BASE) for a in found if not LATER.match(a.removeprefix(BASE))} == wanted


def test_robots_and_llms_name_what_machines_may_read(rich):
    assert f"Sitemap: {BASE}sitemap.xml" in rich.text("robots.txt")
    text = rich.text("llms.txt")
    assert text.startswith("# 山乡案例集\n")
    assert f"[水苔下山]({BASE}cases/water.md)" in text
    assert "没写完" not in text


def test_the_iis_switch_writes_the_types_that_iis_does_not_know(rich):
    types = {
        entry.get("fileExtension"): entry.get("mimeType")
        for entry in xml(rich, "web.config").iter("mimeMap")
    }
    assert types[".json"] == "application/json"
    assert types[".md"].startswith("text/markdown")
    assert types[".webp"] == "image/webp"


def test_without_an_address_there_is_no_feed_and_no_sitemap(bare):
    assert not [name for name in bare.files() if name.endswith((".xml", "web.config"))]
    assert "Sitemap" not in bare.text("robots.txt")
    for name in html_files(bare):
        assert not soup(bare, name).select("link[rel=canonical], [type='application/atom+xml']")
