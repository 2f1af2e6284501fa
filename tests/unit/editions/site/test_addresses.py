"""Addresses of hand-written pages and destinations of the navigation."""

import pytest

from casegen.editions.site.addresses import find_target, make_page_address

OWN = {"cases.html", "regions.html", "categories/industry.html", "data/cases.json"}
PAGES = {"pages/about.md": "about.html", "pages/前言.md": "qian-yan.html"}


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("pages/about.md", "about.html"),
        ("pages/FAQ.v2.MD", "FAQ.v2.html"),
        ("pages/前言.md", "qian-yan.html"),
        ("pages/关于 我们.md", "guan-yu-wo-men.html"),
    ],
)
def test_a_page_keeps_its_name_or_gets_one_in_pinyin(path, address):
    assert make_page_address(path) == address


@pytest.mark.parametrize("name", ["con", "Aux.x", "！！", "。", "长" * 90, "-x"])
def test_a_name_that_hosts_cannot_keep_becomes_a_stem(name):
    address = make_page_address(f"pages/{name}.md")
    assert address.isascii()
    assert len(address) <= len("x" * 60 + ".html")
    assert address[0].isalnum()
    assert address.split(".")[0].lower() not in {"", "con", "aux"}


@pytest.mark.parametrize(
    ("entry", "leads"),
    [
        ("about", "about.html"),
        ("pages/about.md", "about.html"),
        ("about.md", "about.html"),
        ("about.html", "about.html"),
        ("前言", "qian-yan.html"),
        ("cases", "cases.html"),
        ("cases.html", "cases.html"),
        ("categories/industry", "categories/industry.html"),
        ("data/cases.json", "data/cases.json"),
        ("about#体例", "about.html#体例"),
        ("https://example.edu.cn/", "https://example.edu.cn/"),
        ("mailto:office@example.edu.cn", "mailto:office@example.edu.cn"),
        ("nowhere", ""),
        ("javascript:alert(1)", ""),
        ("//example.edu.cn", ""),
        ("../cases.html", ""),
        ("", ""),
    ],
)
def test_an_entry_of_the_navigation_leads_to_what_there_is(entry, leads):
    assert find_target(entry, OWN, PAGES) == leads
