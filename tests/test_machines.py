"""What the site tells machines: search engines, sharing, libraries, feed readers, models."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from projects import Project, Site, case_text

BASE = "https://example.edu.cn/xczx/"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONFIG = f"""\
title: 山乡案例集
subtitle: "两行的\\n副题"
organization: 某某大学
copyright: 版权归某某大学
base_url: {BASE}
report_error: mailto:office@example.edu.cn
"""
CASES = {
    "cases/tea.md": case_text(
        "茶园里的课[一]",
        "## 背景\n\n培训300人次，投入约200万元。",
        institution="茶乡学院",
        regions="重庆市/万州区",
        date="2024-05-06",
        updated="2024-06-01",
        period="2022-2024",
        categories="[人才, 产业]",
        tags="[茶]",
        summary='"一句\\n摘要。"',
        credits="{供稿: 工作队}",
        source="{name: 某某网, url: 'https://example.edu.cn/a.html'}",
        metrics="[培训人次: 300人次, 投入帮扶资金: 约200万元]",
    ),
    **{f"cases/c{n}.md": case_text(f"第{n}篇", date=f"2023-01-{n + 1:02}") for n in range(31)},
    "pages/about.md": "# 说明\n\n一段话。\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = tmp_path_factory.mktemp("machines")
    return Project(root).write({"casegen.yml": CONFIG, **CASES}).build()


def named(site: Site, page: str, attribute: str) -> dict[str, list[str]]:
    """Contents of the meta elements of a page by their name or property."""
    found: dict[str, list[str]] = {}
    for tag in site.page(page).select(f"head meta[{attribute}]"):
        found.setdefault(str(tag[attribute]), []).append(str(tag["content"]))
    return found


def data_of(site: Site, page: str) -> dict[str, object]:
    (script,) = site.page(page).select("script[type='application/ld+json']")
    found: dict[str, object] = json.loads(script.string)
    return found


# ── search engines and sharing ──


@pytest.mark.parametrize(
    "name", ["index.html", "cases.html", "cases/tea.html", "categories/talent.html",
             "regions/chongqing.html", "metrics.html", "about.html"]
)  # fmt: skip
def test_every_page_has_title_description_canonical_and_a_card_for_sharing(site, name):
    page = site.page(name)
    here = BASE + ("" if name == "index.html" else name)
    assert page.select_one("title").text
    assert page.select_one("link[rel=canonical]")["href"] == here
    card = {key: values[0] for key, values in named(site, name, "property").items()}
    assert card["og:url"] == here
    assert card["og:title"]
    assert card["og:type"] == ("article" if name.startswith("cases/") else "website")
    assert card["og:site_name"] == "山乡案例集"
    assert card["og:locale"] == "zh_CN"
    if description := named(site, name, "name").get("description"):
        assert card["og:description"] == description[0]
    if image := card.get("og:image"):
        assert image.removeprefix(BASE) in site.files()


def test_second_pages_of_a_list_are_told_apart(project):
    cases = {f"cases/c{n}.md": case_text(f"第{n}篇") for n in range(51)}
    built = project(cases, CONFIG).build()
    titles = {built.page(name).title.text for name in ("cases.html", "cases-2.html")}
    assert len(titles) == 2
    assert built.page("cases-2.html").select_one("link[rel=canonical]")["href"].endswith("-2.html")


def test_a_case_is_an_article_of_schema_org_and_its_metrics_a_dataset(site):
    article = data_of(site, "cases/tea.html")
    assert article["@type"] == "Article"
    assert article["headline"] == "茶园里的课[一]"
    assert (article["datePublished"], article["dateModified"]) == ("2024-05-06", "2024-06-01")
    assert article["author"]["name"] == "茶乡学院"
    assert article["publisher"]["name"] == "某某大学"
    assert article["url"] == BASE + "cases/tea.html"
    figures = article["hasPart"]
    assert figures["@type"] == "Dataset"
    assert figures["temporalCoverage"] == "2022/2024"
    assert {v["name"]: v["value"] for v in figures["variableMeasured"]} == {
        "培训人次": "300人次",
        "投入帮扶资金": "约200万元",
    }
    assert 50 <= len(figures["description"]) <= 5000 or len(figures["description"]) > 30
    assert downloads(figures) <= site.files().keys()
    assert "data/metrics.csv" in downloads(figures)
    assert "hasPart" not in data_of(site, "cases/c1.html")


def test_the_table_of_all_metrics_is_a_dataset_with_its_files(site):
    data = data_of(site, "metrics.html")
    assert data["@type"] == "Dataset"
    assert data["name"]
    assert 50 <= len(data["description"]) <= 5000  # what search engines for data ask for
    assert downloads(data) == {"data/metrics.csv", "data/metrics.xlsx", "data/cases.json"}
    assert downloads(data) <= site.files().keys()


def downloads(data: dict[str, object]) -> set[str]:
    files = data["distribution"]
    assert all(file["@type"] == "DataDownload" and file["encodingFormat"] for file in files)
    return {file["contentUrl"].removeprefix(BASE) for file in files}


def test_a_case_names_itself_to_libraries_in_dublin_core(site):
    found = named(site, "cases/tea.html", "name")
    core = {key: values for key, values in found.items() if key.startswith("DC")}
    assert core == {
        "DC.title": ["茶园里的课[一]"],
        "DC.creator": ["茶乡学院"],
        "DC.publisher": ["某某大学"],
        "DC.description": [core["DC.description"][0]],
        "DC.date": ["2024-05-06"],
        "DCTERMS.modified": ["2024-06-01"],
        "DC.type": ["Text"],
        "DC.format": ["text/html"],
        "DC.identifier": [BASE + "cases/tea.html"],
        "DC.source": ["https://example.edu.cn/a.html"],
        "DC.language": ["zh-CN"],
        "DC.coverage": ["重庆市万州区"],
        "DC.rights": ["版权归某某大学"],
        "DC.subject": ["人才", "产业", "茶"],
        "DC.contributor": ["工作队"],
    }
    assert not [key for key in named(site, "index.html", "name") if key.startswith("DC")]


def test_without_an_address_nothing_claims_one(project):
    built = project({"cases/a.md": CASES["cases/tea.md"]}).build()
    head = built.page("cases/a.html").head
    assert not head.select("link[rel=canonical], meta[property], meta[name='DC.identifier']")
    assert "url" not in data_of(built, "cases/a.html")
    files = data_of(built, "cases/a.html")["hasPart"]["distribution"]
    assert [file["contentUrl"] for file in files] == ["../data/metrics.csv", "../cases/a.md"]


def test_a_letter_about_an_error_names_the_case_and_its_address(site):
    (link,) = site.page("cases/tea.html").select(".actions a[href^='mailto:']")
    assert str(link["href"]) == (
        "mailto:office@example.edu.cn"
        "?subject=%E6%8C%87%E5%87%BA%E9%94%99%E8%AF%AF%EF%BC%9A"
        "%E8%8C%B6%E5%9B%AD%E9%87%8C%E7%9A%84%E8%AF%BE%5B%E4%B8%80%5D"
        "&body=%E8%8C%B6%E5%9B%AD%E9%87%8C%E7%9A%84%E8%AF%BE%5B%E4%B8%80%5D%0A"
        "https%3A%2F%2Fexample.edu.cn%2Fxczx%2Fcases%2Ftea.html%0A%0A"
    )


# ── feeds: the rules of RFC 4287, sections 4.1.1, 4.1.2, 4.2 ──

FEED_ONCE = {"id", "title", "updated"}
FEED_AT_MOST_ONCE = {"generator", "icon", "logo", "rights", "subtitle"}
FEED_ANY = {"author", "category", "contributor", "link", "entry"}
ENTRY_AT_MOST_ONCE = {"published", "rights", "source", "content", "summary"}
ENTRY_ANY = {"author", "category", "contributor", "link"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def sound(element: ET.Element, once: set[str], most: set[str], many: set[str]) -> None:
    """An element's children by how often they may stand there, and what each must be."""
    assert all(child.tag.startswith(ATOM) for child in element)
    counts = Counter(child.tag.removeprefix(ATOM) for child in element)
    assert set(counts) <= once | most | many
    assert all(counts[name] == 1 for name in once), counts
    assert all(counts[name] <= 1 for name in most), counts
    for name in ("updated", "published"):
        for moment in element.findall(ATOM + name):
            assert MOMENT.fullmatch(moment.text)
            dt.datetime.fromisoformat(moment.text)
    for author in element.findall(ATOM + "author"):
        assert [child.tag for child in author] == [ATOM + "name"]
        assert author[0].text
    for category in element.findall(ATOM + "category"):
        assert category.get("term")
    links = element.findall(ATOM + "link")
    assert all(link.get("href", "").startswith("https://") for link in links)
    alternates = [(e.get("type"), e.get("hreflang")) for e in links if e.get("rel") == "alternate"]
    assert len(alternates) == len(set(alternates)) >= 1
    assert element.findtext(ATOM + "id").startswith("https://")


@pytest.mark.parametrize(
    "name",
    [
        "feed.xml",
        *(
            f"categories/{key}.xml"
            for key in ("industry", "talent", "culture", "ecology", "organization")
        ),
    ],
)
def test_feeds_keep_the_rules_of_atom(site, name):
    feed = ET.fromstring(site.text(name))  # noqa: S314 casegen wrote it
    assert feed.tag == ATOM + "feed"
    sound(feed, FEED_ONCE, FEED_AT_MOST_ONCE, FEED_ANY)
    assert feed.find(ATOM + "author") is not None
    selves = [e.get("href") for e in feed.findall(ATOM + "link") if e.get("rel") == "self"]
    assert selves == [BASE + name]
    entries = feed.findall(ATOM + "entry")
    for entry in entries:
        sound(entry, FEED_ONCE, ENTRY_AT_MOST_ONCE, ENTRY_ANY)
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    moments = [entry.findtext(ATOM + "updated") for entry in entries]
    assert moments == sorted(moments, reverse=True)
    if entries:
        assert feed.findtext(ATOM + "updated") == moments[0]


def test_the_feed_holds_the_thirty_cases_changed_last_and_pages_name_their_feeds(site):
    feed = ET.fromstring(site.text("feed.xml"))  # noqa: S314 casegen wrote it
    assert len(feed.findall(ATOM + "entry")) == 30
    assert feed.find(ATOM + "entry").findtext(ATOM + "title") == "茶园里的课[一]"
    links = site.page("categories/talent.html").select("link[type='application/atom+xml']")
    assert [link["href"] for link in links] == ["../feed.xml", "../categories/talent.xml"]


# ── maps ──


def test_the_sitemap_dates_every_list_by_its_newest_case(site):
    urls = ET.fromstring(site.text("sitemap.xml"))  # noqa: S314 casegen wrote it
    dates = {
        url.findtext(MAP + "loc").removeprefix(BASE): url.findtext(MAP + "lastmod") for url in urls
    }
    assert dates["cases/tea.html"] == "2024-06-01"
    for name in (
        "",
        "cases.html",
        "regions.html",
        "metrics.html",
        "metrics/funds_invested.html",
        "regions/chongqing.html",
        "categories/talent.html",
    ):
        assert dates[name] == "2024-06-01", name
    assert dates["regions/gansu.html"] == "2023-01-31"
    assert {name for name, date in dates.items() if not date} <= {
        "about.html",
        *(f"categories/{key}.html" for key in ("culture", "ecology", "organization")),
    }


def test_llms_txt_is_laid_out_as_llmstxt_org_asks(site):
    lines = site.text("llms.txt").splitlines()
    assert lines[:4] == ["# 山乡案例集", "", "> 两行的副题", ""]
    assert [line for line in lines if line.startswith("# ")] == [lines[0]]
    sections = [n for n, line in enumerate(lines) if line.startswith("## ")]
    assert len(sections) == 3
    for line in lines[sections[0] :]:
        assert (
            not line
            or line.startswith("## ")
            or re.fullmatch(
                rf"- \[(?:[^\[\]\\]|\\.)+\]\({re.escape(BASE)}[^\s()]+\)(?:: \S.*)?", line
            )
        ), line
    assert rf"- [茶园里的课\[一\]]({BASE}cases/tea.md): 一句摘要。" in lines
    for path in re.findall(rf"\({re.escape(BASE)}([^)]+)\)", site.text("llms.txt")):
        assert path in site.files()
