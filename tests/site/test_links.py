"""The built site: links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from projects import REPOSITORY, case_text
from rendered import html_files, soup


def destinations(page: BeautifulSoup) -> Iterator[tuple[Tag, str, str]]:
    for tag in page.select("*"):
        for name in ("href", "src", "action", "poster", "data", "formaction"):
            if tag.has_attr(name):
                yield tag, name, str(tag[name])
        if tag.has_attr("srcset"):
            for part in str(tag["srcset"]).split(","):
                yield tag, "srcset", part.split()[0]
        if tag.name == "meta" and str(tag.get("http-equiv")).lower() == "refresh":
            yield tag, "content", str(tag["content"]).partition("url=")[2]


def test_every_link_of_every_page_is_relative_and_leads_somewhere(site):
    files = site.files()
    ids = {
        name: {str(tag["id"]) for tag in soup(site, name).find_all(id=True)}
        for name in html_files(site)
    }
    for name in html_files(site):
        if name == "404.html":
            continue
        for tag, attribute, href in destinations(soup(site, name)):
            where = f"{name}: <{tag.name} {attribute}={href!r}>"
            parts = urlsplit(href)
            if parts.scheme:
                canonical = tag.name == "link" and "canonical" in tag.get("rel", [])
                assert tag.name == "a" or canonical, where
                assert parts.scheme in {"http", "https", "mailto", "tel"}, where
                continue
            assert not parts.netloc, where
            assert not parts.path.startswith("/"), where
            steps = [*PurePosixPath(name).parent.parts]
            for step in unquote(parts.path).split("/") if parts.path else []:
                if step == "..":
                    assert steps, where
                    steps.pop()
                elif step != ".":
                    steps.append(step)
            target = "/".join(steps) if parts.path else name
            if re.match(r"compare\.html", target):
                continue
            assert target in files, where
            if parts.fragment:
                assert unquote(parts.fragment) in ids.get(target, ()), where


def test_ids_are_unique_on_every_page(site):
    for name in html_files(site):
        ids = [str(tag["id"]) for tag in soup(site, name).find_all(id=True)]
        assert len(ids) == len(set(ids)), name


def test_the_page_for_wrong_addresses_uses_links_from_the_root_of_the_host(rich, bare):
    hrefs = [href for _, _, href in destinations(soup(rich, "404.html"))]
    assert "/xczx/index.html" in hrefs
    for href in hrefs:
        parts = urlsplit(href)
        if not parts.scheme and not href.startswith("#"):
            assert href.startswith("/xczx/"), href
            assert href.removeprefix("/xczx/") in rich.files(), href
    assert not list(destinations(soup(bare, "404.html")))


def test_links_of_a_body_lead_to_pages_files_and_pictures(rich):
    page = soup(rich, "cases/water.html")
    links = {a.get_text(): str(a["href"]) for a in page.select(".prose a")}
    assert links["茶园"] == "../cases/tea.html"
    assert links["说明"] == "../about.html"
    (listed,) = [text for text in links if text.startswith("名单")]
    assert "CSV" in listed
    assert rich.files()[links[listed].removeprefix("../")] == "甲,乙\n".encode()
    assert "草稿" in page.select_one(".prose").text
    assert not any("draft" in href for href in links.values())
    assert not [name for name, content in rich.files().items() if "没写完".encode() in content]
    figure = page.select_one("figure:has(figcaption)")
    assert figure.select_one("img")["alt"] == "采收的村民"
    assert "供图：工作队" in figure.select_one("figcaption").text or "工作队" in figure.text


def test_the_rule_on_the_address_and_the_handbook_say_where_the_missing_page_has_its_style(project):
    folder = project({"cases/a.md": case_text("甲村记", "修路300米。")}, "title: 试集\n")
    said = folder.start("explain", "missing-base-url").output
    assert "放到别处就没有样式" in said
    handbook = (REPOSITORY / "docs" / "handbook" / "publish.md").read_text("utf-8")
    assert "放到了别处，这一页就没有样式" in handbook
