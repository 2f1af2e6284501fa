"""The built site: safety."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from projects import case_text
from rendered import ATOM, BASE, HOSTILE, html_files, soup, xml


def test_every_page_has_a_strict_policy_and_nothing_inline(site):
    for name in html_files(site):
        page = soup(site, name)
        (policy,) = page.select("meta[http-equiv='Content-Security-Policy']")
        rules = dict(
            part.strip().split(" ", 1) for part in str(policy["content"]).split(";") if part.strip()
        )
        assert rules["default-src"] in {"'self'", "'none'"}
        assert "unsafe" not in str(policy["content"])
        assert "*" not in str(policy["content"])
        head = page.select_one("head")
        assert head.select("*")[1] is policy or head.select("*")[0] is policy
        assert not page.find_all("style"), name
        for tag in page.select("*"):
            assert not tag.has_attr("style"), (name, tag)
            assert not [key for key in tag.attrs if key.lower().startswith("on")], (name, tag)
        for script in page.find_all("script"):
            inline = script.get("type") == "application/ld+json" and not script.get("src")
            assert inline or not script.get_text(strip=True), name


def test_nothing_is_requested_from_another_host_or_the_root(site):
    for name in html_files(site):
        if name == "404.html":
            continue
        page = soup(site, name)
        for tag in page.select("link[href], script, img, source, iframe, object, embed, use"):
            if "canonical" in tag.get("rel", []):
                continue
            for attribute in ("src", "href", "srcset", "data", "xlink:href"):
                address = str(tag.get(attribute, ""))
                assert not re.match(r"(?i)[a-z]+:|/", address), (name, tag)
    for name in site.files():
        if name.endswith(".css"):
            assert not re.search(r"url\(\s*['\"]?(?:[a-z]+:)?//|@import", site.text(name))
        if name.endswith(".js"):
            assert not re.search(
                r"\bfetch\(|\bimport\b\s*[({'\"]|https?://(?!www\.w3\.org)",
                re.sub(r"JSON\.parse\(.*", "", site.text(name)),
            )


def test_every_page_has_one_heading_of_the_first_level_a_title_and_a_language(site):
    for name in html_files(site):
        page = soup(site, name)
        assert len(page.select("h1")) == 1, name
        assert page.select_one("h1").get_text(strip=True), name
        assert page.select_one("title").get_text(strip=True), name
        assert page.select_one("html")["lang"] == "zh-CN", name
        assert page.select_one("main"), name


def test_hostile_text_is_shown_as_it_is_written(hostile):
    for name in html_files(hostile):
        page = soup(hostile, name)
        for script in page.find_all("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", name
        assert "49" not in page.get_text(), name
    page = soup(hostile, "cases/a.html")
    assert page.select_one("h1").get_text() == HOSTILE
    assert HOSTILE in page.select_one("title").get_text()
    assert HOSTILE in page.select_one(".standfirst").get_text()
    assert f"=1+1 {HOSTILE}" in page.select_one("[data-metric]").get_text()
    (data,) = page.select("script[type='application/ld+json']")
    assert json.loads(data.string)["headline"] == HOSTILE
    assert soup(hostile, "index.html").select_one("h1").get_text() == HOSTILE
    assert soup(hostile, "about.html").select_one("h1").get_text() == HOSTILE
    cases = {case["slug"]: case for case in hostile.json("data/cases.json")["cases"]}
    assert cases["a"]["title"] == HOSTILE
    feed = xml(hostile, "feed.xml")
    assert HOSTILE in [
        e.findtext("a:title", namespaces=ATOM) for e in feed.findall("a:entry", ATOM)
    ]


@pytest.mark.parametrize("character", ["\\x01", "\\x0b", "\\uFFFE", "\\uFFFF"])
def test_characters_that_xml_forbids_do_not_break_feeds_and_maps(project, character):
    quoted = f'"甲{character}乙"'
    made = project(
        {"cases/a.md": case_text(quoted, institution=quoted, summary=quoted, tags=f"[{quoted}]")},
        f"title: {quoted}\nbase_url: {BASE}\n",
    )
    site = made.build()
    for name in [n for n in site.files() if n.endswith(".xml")]:
        xml(site, name)
    json.loads(site.text("data/cases.json"))
    openpyxl.load_workbook(io.BytesIO(site.files()["data/metrics.xlsx"]))


def test_half_a_character_is_a_fault_of_the_file_and_no_crash(project):
    made = project({"cases/a.md": case_text('"甲\\uD800乙"')})
    made.check()
    made.try_build()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/x"])
def test_a_source_that_is_no_web_address_is_not_linked(project, url):
    front = f"{{name: 某网, url: {json.dumps(url)}}}"
    page = project({"cases/a.md": case_text(source=front)}).build().page("cases/a.html")
    assert not [a for a in page.select("a") if url in str(a["href"])]


def test_links_of_a_body_to_forbidden_schemes_are_text(project):
    body = "[甲](javascript:alert(1)) [乙](data:text/html,x) [丙](//evil.example) [丁](vbscript:x)"
    page = project({"cases/a.md": case_text("题", body)}).build().page("cases/a.html")
    assert "甲" in page.select_one(".prose").text
    assert not page.select(".prose a")


def test_an_editors_comment_in_a_field_is_in_no_file_of_the_site(project):
    remark = "<!-- 勿发待核 -->"
    fields = {
        "institution": f"青石学院{remark}", "summary": f"一句话{remark}。",
        "tags": f"[甲{remark}]", "source": f"某报{remark}", "date": f"2023-06-01{remark}",
        "credits": f"{{供稿: 甲处{remark}}}",
        "metrics": f"\n  - {{name: 路灯{remark}, value: 80盏{remark}, note: 说明{remark}}}",
        "regions": f"甘肃省/定西市/陇西县{remark}",
    }  # fmt: skip
    case = case_text(f"茶园{remark}", f"安装路灯80盏{remark}。", **fields)
    config = f"title: 试集{remark}\nbase_url: https://example.edu.cn/x/\n{remark}\n"
    made = project({"cases/a.md": case}, config)
    assert [p.rule for p in made.check() if p.severity == "error"] == []
    files = made.build().files()
    assert "路灯" in files["cases/a.html"].decode()
    assert [name for name, data in files.items() if "勿发待核".encode() in data] == []
