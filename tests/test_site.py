"""The built site, as a reader, a search engine and a maintainer of the host find it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag
from PIL import Image
from projects import CONFIG, Project, Site, case_text

from casegen.editions.data import workbook
from casegen.problem import CasegenError

BASE = "https://example.edu.cn/xczx/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LATER = re.compile(r"compare\.html|metrics\.html|metrics/")  # pages that have tests of their own


def picture(width: int = 64, height: int = 48) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), (90, 140, 60)).save(file, "PNG")
    return file.getvalue()


RICH_CONFIG = f"""\
title: 山乡案例集
subtitle: 试验用的案例
organization: 某某大学
contact: 电话见官网
copyright: 版权归某某大学
base_url: {BASE}
icp: 京ICP备00000000号
police: 京公网安备00000000000000号
site_code: "0000000000"
report_error: mailto:office@example.edu.cn
iis: true
nav:
  - 案例: cases.html
  - 说明: about
  - 产业: categories/industry
  - 主管单位: https://example.edu.cn/
"""

WATER = """\
---
title: 水苔下山
institution: 某某大学
regions: [贵州省/黔东南苗族侗族自治州/从江县, 贵州省/黔东南苗族侗族自治州/榕江县]
date: 2022-03-04
updated: 2023-01-02
period: 2019-2021
categories: [产业, 人才]
tags: [水苔, 合作社]
summary: 一句话的摘要。
metrics:
  - {name: 投入资金, indicator: 投入帮扶资金, value: 约200万元, id: total, note: 三年合计}
  - {name: 大棚, indicator: 项目资金, value: 120万元, part_of: total, split: 用途}
  - {name: 培训, indicator: 项目资金, value: 80万元, category: 人才, part_of: total, split: 用途}
  - {name: 亩产, value: 3至5万元, period: 2020}
  - {name: 种植面积, value: "1,200余亩"}
credits: {供稿: 工作队, 编辑: [甲处, 乙处], 校对: 丙处}
source: {name: 某某大学网, url: "https://example.edu.cn/a.html?x=1&y=2"}
cover: images/cover.png
featured: true
order: 2
waive: {missing-alt: 原文如此}
aliases: [old/water.html, 2022/water.htm]
---

## 背景

先投入约200万元，其中大棚120万元，培训80万元。种植1,200余亩，见[茶园](tea/index.md)和\
[说明](../pages/about.md)，附[名单](files/list.csv)。[^1]

![采收的村民](images/field.png "采收。供图：工作队")

| 年份 | 面积 |
| --- | --- |
| 2020 | 100亩 |

## 做法

直接写 <b onclick="x()">标记</b> 和 <script>alert(1)</script>。[草稿](draft.md)不出现。

## 成效

<div>一块</div>

[^1]: 一条注。
"""

RICH = {
    "cases/water.md": WATER,
    "cases/images/cover.png": picture(),
    "cases/images/field.png": picture(900, 600),
    "cases/files/list.csv": "甲,乙\n",
    "cases/tea/index.md": case_text(
        "茶园里的课",
        "## 背景\n\n培训300人次。",
        institution="茶乡学院",
        regions="重庆市/万州区",
        date="2024-05-06",
        categories="[人才]",
        tags="[水苔, 茶]",
        metrics="[培训人次: 300人次]",
    ),
    "cases/draft.md": case_text("没写完", status="draft", tags="[只在草稿]", date="2024-01-01"),
    "cases/gone.md": case_text(
        "收回的一篇",
        status="withdrawn",
        tags="[只在撤稿]",
        institution="撤稿学院",
        aliases="[old/gone.html]",
    ),
    "pages/about.md": "---\ntitle: 编者说明\n---\n\n[水苔](../cases/water.md)\n\n## 体例\n\n略\n",
    "pages/前言.md": "# 写在前面\n\n一段话。\n",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small collection with something of everything."""
    root = tmp_path_factory.mktemp("rich")
    return Project(root).write({"casegen.yml": RICH_CONFIG, **RICH}).build()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same cases without an address, navigation or other settings."""
    root = tmp_path_factory.mktemp("bare")
    return Project(root).write({"casegen.yml": CONFIG, **RICH}).build()


MANY = {
    **{
        f"cases/c{n:02}.md": case_text(
            f"第{n}篇",
            date=f"2023-{1 + n % 12:02}-{1 + n % 28:02}",
            tags="[x]",
            regions=["甘肃省/定西市/陇西县", "甘肃省/定西市/通渭县", "甘肃省/兰州市"][n % 3],
        )
        for n in range(60)
    },
    "cases/other.md": case_text("另一篇", tags="[x-2]", categories="[人才]", regions="陕西省"),
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Sixty-one cases, sixty of which share every value of every facet."""
    root = tmp_path_factory.mktemp("many")
    return Project(root).write({"casegen.yml": CONFIG, **MANY}).build()


HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}{% raw %}'&amp;\\ 𝒳😀\u05d0</script><!--"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Every field that takes text holds what breaks careless templates."""
    quoted = json.dumps(HOSTILE, ensure_ascii=False)
    mean = json.dumps(f"=1+1 {HOSTILE}", ensure_ascii=False)
    front = f"""\
title: {quoted}
institution: {mean}
regions: [{json.dumps("甘肃省/" + HOSTILE.replace("/", ""), ensure_ascii=False)}]
date: 2023-06-01
categories: 产业
tags: [{quoted}, "@SUM(A1)", "{"长" * 300}"]
summary: {quoted}
metrics:
  - {{name: {mean}, value: 200万元, note: {quoted}}}
credits: {{供稿: {quoted}}}
source: {{name: {quoted}, url: 'https://example.edu.cn/"><script>'}}
"""
    root = tmp_path_factory.mktemp("hostile")
    config = f"title: {quoted}\nsubtitle: {quoted}\norganization: {quoted}\nbase_url: {BASE}\n"
    config += f"contact: {quoted}\ncopyright: {quoted}\nicp: {quoted}\n"
    config += f"categories: {{industry: {{name: {quoted}, intro: {quoted}}}, talent: 人才}}\n"
    long_title = case_text("很长的标题" * 400, "正文。")
    return (
        Project(root)
        .write(
            {
                "casegen.yml": config,
                "cases/a.md": f"---\n{front}---\n\n投入200万元。{HOSTILE}\n",
                "cases/long.md": long_title,
                "pages/about.md": f"---\ntitle: {quoted}\n---\n\n{HOSTILE}\n",
            }
        )
        .build()
    )


SITES = ["rich", "bare", "many", "hostile"]


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    built: Site = request.getfixturevalue(request.param)
    return built


def html_files(site: Site) -> list[str]:
    return [name for name in site.files() if name.endswith((".html", ".htm"))]


@cache
def _parsed(path: Path, _modified: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def soup(site: Site, name: str) -> BeautifulSoup:
    """A page of the site; parsed once as long as it is not written again."""
    path = site.path(name)
    return _parsed(path, path.stat().st_mtime_ns)


def xml(site: Site, name: str) -> ET.Element:
    return ET.fromstring(site.text(name))  # noqa: S314 casegen wrote it


def pages_of_the_index(site: Site) -> list[str]:
    names = [name for name in site.files() if re.fullmatch(r"cases(-\d+)?\.html", name)]
    return sorted(names, key=lambda name: (len(name), name))


def texts(nodes: list[Tag]) -> list[str]:
    return [node.get_text(" ", strip=True) for node in nodes]


def cards(page: BeautifulSoup) -> list[str]:
    return [str(card["data-case"]) for card in page.select("[data-case]")]


def status_of(page: BeautifulSoup) -> str:
    found = page.select_one("[role=status]")
    assert found is not None
    return found.get_text(strip=True)


# ── which files there are ──


def test_every_path_that_is_promised_is_there(rich):
    assert {name for name in rich.files() if not LATER.match(name)} - {
        name for name in rich.files() if name.startswith("assets/")
    } == {
        ".casegen-manifest.json",
        "index.html",
        "cases.html",
        *(f"cases/{slug}.{form}" for slug in ("water", "tea") for form in ("html", "md")),
        "cases/gone.html",
        "old/water.html",
        "2022/water.htm",
        "old/gone.html",
        *(
            f"categories/{key}.{form}"
            for key in ("industry", "talent", "culture", "ecology", "organization")
            for form in ("html", "xml")
        ),
        "regions.html",
        "regions/guizhou.html",
        "regions/chongqing.html",
        "years.html",
        *(f"years/{year}.html" for year in (2019, 2020, 2021, 2024)),
        "institutions.html",
        "institutions/mou-mou-da-xue.html",
        "institutions/cha-xiang-xue-yuan.html",
        "tags.html",
        "tags/shui-tai.html",
        "tags/he-zuo-she.html",
        "tags/cha.html",
        "about.html",
        "qian-yan.html",
        "data/cases.json",
        "data/metrics.csv",
        "data/metrics.xlsx",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "llms.txt",
        "web.config",
    }


def test_names_of_files_are_ascii_and_lawful_on_windows(site):
    for name in site.files():
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", name), name
        assert not re.search(r"(?i)(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)", name), name
    folded = [name.casefold() for name in site.files()]
    assert len(folded) == len(set(folded))


def test_assets_carry_their_hash_and_only_the_catalog_has_a_fixed_name(site):
    names = [name for name in site.files() if name.startswith("assets/")]
    plain = [name for name in names if not re.search(r"-[0-9a-f]{8,}(-[0-9a-z]+)?\.\w+$", name)]
    assert plain == ["assets/catalog.js"]


def test_no_page_names_a_file_whose_hash_depends_on_other_cases(many):
    volatile = {n for n in many.files() if re.match(r"assets/(cards|columns)-", n)}
    assert volatile
    for name in html_files(many):
        assert not any(asset in many.text(name) for asset in volatile)


def test_without_an_address_there_is_no_feed_and_no_sitemap(bare):
    assert not [name for name in bare.files() if name.endswith((".xml", "web.config"))]
    assert "Sitemap" not in bare.text("robots.txt")
    for name in html_files(bare):
        assert not soup(bare, name).select("link[rel=canonical], [type='application/atom+xml']")


def test_the_iis_switch_writes_the_types_that_iis_does_not_know(rich):
    types = {
        entry.get("fileExtension"): entry.get("mimeType")
        for entry in xml(rich, "web.config").iter("mimeMap")
    }
    assert types[".json"] == "application/json"
    assert types[".md"].startswith("text/markdown")
    assert types[".webp"] == "image/webp"


def test_the_repository_keeps_ignore_files_in_the_output(project):
    made = project({"cases/a.md": case_text(), "site/.gitignore": "*\n"})
    assert made.build().text(".gitignore") == "*\n"


# ── links ──


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


def test_navigation_is_as_configured_and_marks_where_one_is(rich):
    page = soup(rich, "cases/water.html")
    found = {a.text: a["href"] for a in page.select("header nav a")}
    assert found == {
        "案例": "../cases.html",
        "说明": "../about.html",
        "产业": "../categories/industry.html",
        "主管单位": "https://example.edu.cn/",
    }
    current = soup(rich, "about.html").select("header nav a[aria-current=page]")
    assert [a.text for a in current] == ["说明"]


def test_without_navigation_of_ones_own_lists_and_pages_stand_there(bare):
    hrefs = [str(a["href"]) for a in soup(bare, "index.html").select("header nav a")]
    wanted = ["cases.html", "regions.html", "years.html", "institutions.html", "tags.html"]
    assert [href for href in hrefs if href in wanted] == wanted
    assert {"about.html", "qian-yan.html"} <= set(hrefs)


@pytest.mark.parametrize(
    "entry", ["nowhere", "javascript:alert(1)", "javascript://x%0aalert(1)", "../x.html", "/abs"]
)
def test_navigation_to_nowhere_is_reported_and_left_out(project, entry):
    made = project({"cases/a.md": case_text()}, CONFIG + f"nav:\n  - 某处: {json.dumps(entry)}\n")
    assert [p.where.path for p in made.check() if "某处" in p.message] == ["casegen.yml"]
    assert "某处" not in made.build().text("index.html")


# ── lists ──


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


def listed(site: Site, name: str) -> set[str]:
    """The cases of a list, all its pages together."""
    found: set[str] = set()
    while name:
        page = soup(site, name)
        found |= set(cards(page))
        following = page.select_one("a[rel=next]")
        folder = name.rpartition("/")[0]
        name = f"{folder}/{str(following['href']).rpartition('/')[2]}" if following else ""
        name = name.removeprefix("/")
    return found


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


# ── regions, years, stems ──


def test_a_province_groups_its_cases_by_city_and_county(project):
    places = {
        "a": "甘肃省/定西市/陇西县",
        "b": "甘肃省/定西市/通渭县",
        "c": "甘肃省/兰州市/榆中县",
        "d": "甘肃省/定西市/陇西县",
        "e": "[甘肃省/定西市/通渭县, 甘肃省/兰州市/榆中县]",
        "f": "甘肃省",
    }
    made = {
        f"cases/{n}.md": case_text(f"题{n}", regions=place, date=f"2023-01-{at:02}")
        for at, (n, place) in enumerate(places.items(), 1)
    }
    page = project(made).build().page("regions/gansu.html")
    groups: dict[tuple[str, str], list[str]] = {}
    city = county = ""
    for tag in page.select("main h2, main h3, main [data-case]"):
        if tag.name == "h2":
            city, county = tag.text, ""
        elif tag.has_attr("data-case"):
            groups.setdefault((city, county), []).append(str(tag["data-case"]))
        elif "subheading" in tag.get("class", []):
            county = tag.text
    assert groups["定西市", "陇西县"] == ["d", "a"]
    assert groups["定西市", "通渭县"] == ["e", "b"]
    assert groups["兰州市", "榆中县"] == ["e", "c"]
    assert [slugs for (_, county), slugs in groups.items() if not county] == [["f"]]
    assert status_of(page) == "共 6 篇"
    cities = [city for city, _ in groups]
    assert cities == sorted(cities, key=cities.index)


def test_a_case_belongs_to_every_year_of_its_period(rich):
    for year in (2019, 2020, 2021):
        assert cards(soup(rich, f"years/{year}.html")) == ["water"]
    assert "years/2022.html" not in rich.files()


def test_provinces_have_their_customary_spelling(project):
    wanted = {"陕西省": "shaanxi", "山西省": "shanxi", "内蒙古自治区": "neimenggu",
              "西藏自治区": "xizang", "重庆市": "chongqing"}  # fmt: skip
    cases = {
        f"cases/{stem}.md": case_text(f"在{name}", regions=name) for name, stem in wanted.items()
    }
    site = project(cases).build()
    for stem in wanted.values():
        assert cards(soup(site, f"regions/{stem}.html")) == [stem]


def test_values_of_one_stem_get_digits_and_long_or_odd_ones_end_in_or_are_such(project):
    names = ["是事", "试试", "！！", "长" * 80, "A", "a"]
    cases = {
        f"cases/c{n}.md": case_text(f"题{n}", tags=json.dumps([name], ensure_ascii=False))
        for n, name in enumerate(names)
    }
    site = project(cases).build()
    hrefs = {a.strong.text: a["href"] for a in soup(site, "tags.html").select(".values a")}
    assert set(hrefs) == set(names)
    assert len({str(href).casefold() for href in hrefs.values()}) == len(names)
    for name, href in hrefs.items():
        stem = str(href).removeprefix("tags/").removesuffix(".html")
        assert re.fullmatch(r"[a-z0-9-]{1,60}", stem)
        assert re.search(r"(^|-)[0-9a-f]{4}$", stem), name
        assert cards(soup(site, str(href))) == [f"c{names.index(name)}"]


@pytest.mark.parametrize("name", ["con", "NUL", "aux.1", "！！", "案例" * 40, "Ünïcode", "a b"])
def test_file_names_of_any_kind_give_addresses_that_every_host_can_keep(project, name):
    site = project({f"cases/{name}.md": case_text()}).build()
    (path,) = [n for n in site.files() if n.startswith("cases/") and n.endswith(".html")]
    stem = path.removeprefix("cases/").removesuffix(".html")
    assert re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?", stem)
    assert not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", stem)


# ── addresses that meet ──


def clash(made: Project) -> list[tuple[str, int]]:
    """Where `check` finds two claims to one address; the build must stop for the same reason."""
    found = [p for p in made.check() if p.rule == "duplicate-address"]
    outcome = made.try_build()
    assert (outcome.report is None) == bool(found)
    return [(p.where.path, p.where.line) for p in found]


@pytest.mark.parametrize(
    "name",
    ["cases", "cases-2", "cases-17", "index", "404", "regions", "years", "institutions", "tags",
     "metrics", "compare", "Index"],
)  # fmt: skip
def test_a_page_may_not_take_a_generated_name(project, name):
    made = project({"cases/a.md": case_text(), f"pages/{name}.md": "文字。"})
    assert clash(made) == [(f"pages/{name}.md", 1)]


def test_two_pages_of_one_address_are_reported(project):
    made = project({"cases/a.md": case_text(), "pages/前言.md": "甲", "pages/qian-yan.md": "乙"})
    assert len(clash(made)) == 1


def test_pages_named_like_nothing_generated_are_fine(project):
    pages = {f"pages/{n}.md": "文字。" for n in ("case", "cases-two", "categories", "data", "x-2")}
    site = project({"cases/a.md": case_text(), **pages}).build()
    assert "cases-two.html" in site.files()


@pytest.mark.parametrize(
    "alias",
    ["index.html", "cases/b.html", "Cases/B.HTML", "cases/b.md", "tags/x.html", "about.html",
     "data/cases.json", "assets/catalog.js", "regions/gansu.html", "cases", "cases/b.html/x.html",
     "404.html", "robots.txt", "old/b.html", "old"],
)  # fmt: skip
def test_an_alias_may_not_take_an_address_in_use(project, alias):
    made = project(
        {
            "cases/a.md": case_text("甲", aliases=f"[{alias}]"),
            "cases/b.md": case_text("乙", tags="[x]", aliases="[old/b.html]"),
            "pages/about.md": "文字。",
        }
    )
    found = clash(made)
    assert found
    assert all(line > 1 for _, line in found)


def test_two_cases_whose_addresses_differ_in_case_only_are_reported(project):
    made = project(
        {"cases/a.md": case_text("甲", slug="Tea"), "cases/b.md": case_text("乙", slug="tea")}
    )
    assert clash(made) == [("cases/b.md", 7)]


# ── cases ──


def test_a_case_shows_its_facts_credits_and_citation(rich):
    page = soup(rich, "cases/water.html")
    text = page.select_one("main").get_text(" ", strip=True)
    for wanted in ("某某大学", "从江县", "榕江县", "2019—2021", "合作社", "一句话的摘要",
                   "2022年3月4日", "2023年1月2日", "工作队", "甲处", "某某大学网"):  # fmt: skip
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
        "投入资金", "大棚", "培训", "亩产", "种植面积"
    ]  # fmt: skip
    for name, sentence in {"投入资金": "先投入约200万元", "种植面积": "种植1,200余亩"}.items():
        card = next(card for card in cards if card["data-metric"] == name)
        anchor = str(card.select_one("a[href^='#']")["href"])[1:]
        marked = page.find(id=anchor)
        whole = marked if marked.get_text() else marked.parent
        assert sentence in whole.get_text()
    unproved = next(card for card in cards if card["data-metric"] == "亩产")
    assert not unproved.select("a[href^='#']")
    assert "约200万元" in cards[0].get_text()
    assert "含于投入资金" in cards[1].get_text()


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
    assert [name for name in plain.files() if re.match("cases/", name)] == [
        "cases/a.html", "cases/a.md"
    ]  # fmt: skip
    full = made.build(drafts=True, output=made.root / "preview")
    assert set(cards(full.page("cases.html"))) == {"a", "draft", "submitted", "edited", "approved"}
    for name in ("index.html", "tags/t.html", "regions/gansu.html", "categories/industry.html",
                 "years/2023.html", "institutions/mou-mou-da-xue.html"):  # fmt: skip
        (before,) = texts(plain.page(name).select(".ledger li .qty"))
        (after,) = texts(full.page(name).select(".ledger li .qty"))
        assert before.replace(" ", "") == after.replace(" ", "") == "100万元", name
    assert "草稿" in full.page("cases/draft.html").select_one("main").text


def test_faults_of_a_draft_do_not_stop_a_build_that_leaves_it_out(project):
    made = project({"cases/a.md": case_text(), "cases/b.md": "---\nstatus: 草稿\n---\n"})
    assert made.build().outcome.cases == 1
    assert made.try_build(drafts=True).report is None


# ── the front page, hand-written pages ──


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


# ── feeds and maps ──


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


# ── data ──


def test_the_markdown_copy_has_title_facts_metrics_and_body_with_links_to_the_site(rich):
    data = rich.files()["cases/water.md"]
    text = data.decode("utf-8")
    assert b"\r" not in data
    assert text.startswith("# 水苔下山\n")
    assert text.endswith("\n")
    for wanted in ("某某大学", "贵州省", "从江县", "2019—2021", "产业", "水苔、合作社",
                   "供稿：工作队", "编辑：甲处、乙处", "校对：丙处", "某某大学网",
                   f"{BASE}cases/water.html", "| 投入资金 | 约200万元 |",
                   "[茶园](../cases/tea.html)", "[说明](../about.html)"):  # fmt: skip
        assert wanted in text, wanted
    assert not re.search(r"^---$", text, re.MULTILINE)
    for href in re.findall(r"\]\(([^) ]+)", text):
        if not urlsplit(href).scheme and href != "#":
            assert href.startswith("../"), href
            assert href.removeprefix("../") in rich.files(), href
    assert "草稿" in text
    assert "draft.md" not in text


def test_cases_json_has_every_field_of_the_front_matter(rich):
    data = rich.json("data/cases.json")
    assert data["version"] == 2
    assert [case["slug"] for case in data["cases"]] == ["tea", "water"]
    water = data["cases"][1]
    metrics = water.pop("metrics")
    assert water == {
        "slug": "water",
        "title": "水苔下山",
        "institution": "某某大学",
        "regions": [
            "贵州省/黔东南苗族侗族自治州/从江县", "贵州省/黔东南苗族侗族自治州/榕江县"
        ],
        "date": "2022-03-04",
        "updated": "2023-01-02",
        "period": "2019-2021",
        "categories": ["产业", "人才"],
        "summary": "一句话的摘要。",
        "tags": ["水苔", "合作社"],
        "credits": {"供稿": ["工作队"], "编辑": ["甲处", "乙处"], "校对": ["丙处"]},
        "source": {"name": "某某大学网", "url": "https://example.edu.cn/a.html?x=1&y=2"},
        "cover": "cases/images/cover.png",
        "featured": True,
        "order": "2",
        "status": "published",
        "waive": {"missing-alt": "原文如此"},
        "aliases": ["old/water.html", "2022/water.htm"],
    }  # fmt: skip
    first, second, *_, ranged, area = metrics
    assert (first["indicator"], first["as_written"], first["unit"]) == (
        "funds_invested", "约200万元", "万元"
    )  # fmt: skip
    assert (first["low"], first["high"], first["qualifier"]) == ("200", "200", "约")
    assert (first["base_low"], first["base_unit"]) == (2_000_000, "元")
    assert (second["part_of"], second["split"]) == (0, "用途")
    assert (ranged["low"], ranged["high"], ranged["indicator"]) == ("3", "5", "")
    assert (area["low"], area["qualifier"]) == ("1200", "余")
    assert "先投入" not in rich.text("data/cases.json")
    assert [m["counted"] for m in metrics] == [True, False, False, False, True]
    assert [m["doubts"] for m in metrics] == [[], [], [], ["missing-evidence"], []]
    assert [m["timing"] for m in metrics] == [
        "cumulative", "cumulative", "cumulative", "yearly", "standing"
    ]  # fmt: skip
    assert (first["category"], first["booked"], second["booked"]) == ("", [], [])
    assert (metrics[2]["category"], area["booked"]) == ("人才", ["industry"])


def test_the_table_of_metrics_is_a_csv_that_excel_reads(rich):
    data = rich.files()["data/metrics.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == [
        "slug", "title", "institution", "region", "date", "category", "name", "indicator",
        "as_written", "low", "high", "unit", "base_unit", "qualifier", "period", "part_of",
        "split", "evidence", "timing", "place", "counted", "reason",
    ]  # fmt: skip
    assert [row["slug"] for row in rows] == ["tea", *["water"] * 5]
    part = next(row for row in rows if row["name"] == "培训")
    assert part | {
        "low": "800000", "high": "800000", "unit": "万元", "base_unit": "元", "category": "人才",
        "part_of": "投入资金", "split": "用途", "date": "2022-03-04", "as_written": "80万元",
        "period": "2019-2021",
    } == part  # fmt: skip
    assert part["evidence"].startswith("先投入约200万元")
    ranged = next(row for row in rows if row["name"] == "亩产")
    assert (ranged["low"], ranged["high"], ranged["period"]) == ("30000", "50000", "2020")
    assert ranged["evidence"] == ""
    assert (ranged["counted"], ranged["reason"]) == ("no", "doubt: missing-evidence")
    assert (part["counted"], part["reason"], part["place"]) == ("no", "part", "贵州省")


def test_the_workbook_holds_the_same_rows_with_numbers_as_numbers(rich):
    book = openpyxl.load_workbook(io.BytesIO(rich.files()["data/metrics.xlsx"]))
    head, *rows = book.active.iter_rows(values_only=True)
    text = rich.files()["data/metrics.csv"].decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline="")))
    assert list(head) == list(workbook.METRIC_HEADINGS)
    assert len(head) == len(table[0])
    assert len(rows) == len(table) - 1
    for row, written in zip(rows, table[1:], strict=True):
        for name, value, shown in zip(head, row, written, strict=True):
            if name in {"下限", "上限"}:
                assert isinstance(value, int | float)
                assert value == float(shown)
            elif name not in {"指标名", "限定词", "时间口径", "计入合计", "原因"}:
                assert (value or "") == shown
    (telling,) = [dict(zip(head, row, strict=True)) for row in rows if "亩产" in row]
    assert (telling["计入合计"], telling["原因"]) == ("否", "存疑（missing-evidence）")
    assert (telling["限定词"], telling["时间口径"]) == ("确数", "当年")


def test_spreadsheets_never_take_a_cell_for_a_formula(hostile):
    text = hostile.files()["data/metrics.csv"].decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any("=1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]
    book = openpyxl.load_workbook(io.BytesIO(hostile.files()["data/metrics.xlsx"]))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


def put(site: Site, name: str) -> tuple[str, object]:
    """What a data script of the site hands over: `casegen.put(name, JSON.parse(text));`."""
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
        html = bundles[chunk][slug].replace("\ue000", "")
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


# ── safety ──


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
            assert not re.search(r"\bfetch\(|\bimport\b\s*[({'\"]|https?://(?!www\.w3\.org)",
                                 re.sub(r"JSON\.parse\(.*", "", site.text(name)))  # fmt: skip


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


def test_structured_data_is_json_and_ends_no_script(hostile):
    for name in html_files(hostile):
        for data in soup(hostile, name).select("script[type='application/ld+json']"):
            json.loads(data.string)


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


# ── categories and themes of one's own ──


def test_categories_of_ones_own_have_their_pages_and_their_order(project):
    config = CONFIG + f"base_url: {BASE}\n" + (
        "categories:\n"
        "  school: {name: 学校, color: '#336699', intro: 校内的事。, order: 2}\n"
        "  school-2: {name: 分校, order: 1}\n"
    )  # fmt: skip
    cases = {f"cases/c{n:02}.md": case_text(f"第{n}篇", categories="[学校]") for n in range(51)}
    cases["cases/branch.md"] = case_text("分校的事", categories="[school-2]")
    site = project(cases, config).build()
    assert len(listed(site, "categories/school.html")) == 51
    assert listed(site, "categories/school-2.html") == {"branch"}
    panels = [a["href"] for a in soup(site, "index.html").select(".panels a")]
    assert panels == ["categories/school-2.html", "categories/school.html"]
    assert "校内的事。" in soup(site, "categories/school.html").text
    xml(site, "categories/school-2.xml")
    assert "categories/industry.html" not in site.files()


def test_a_theme_may_override_one_template_and_add_a_style_sheet(project):
    site = project(
        {
            "cases/a.md": case_text("甲"),
            "themes/own/theme.yml": "name: 自家\nextends: default\n",
            "themes/own/templates/case.html": (
                '{% extends "default/case.html" %}'
                "{% block footer %}<footer>自家的</footer>{% endblock %}"
            ),
            "themes/own/words/zh-CN.yml": "nav.home: 门口\n",
            "themes/own/assets/style.css": "h1 { color: red }\n",
        },
        CONFIG + "theme: own\n",
    ).build()
    page = soup(site, "cases/a.html")
    assert page.select_one("footer").text == "自家的"
    assert "门口" in page.text
    assert "自家的" not in soup(site, "index.html").text
    sheets = [str(link["href"]) for link in page.select("link[rel=stylesheet]")]
    assert len(sheets) == 2
    assert "color: red" in site.text(sheets[-1].removeprefix("../"))


@pytest.mark.parametrize(
    ("setting", "flush"), [("", False), ("indent: true\n", False), ("indent: false\n", True)]
)
def test_a_theme_says_whether_paragraphs_are_indented(project, setting, flush):
    files = {
        "cases/a.md": case_text("甲"),
        "themes/own/theme.yml": f"name: own\nextends: default\n{setting}",
    }
    page = soup(project(files, CONFIG + "theme: own\n").build(), "cases/a.html")
    assert ("flush" in page.body["class"]) is flush


def test_the_nearest_theme_decides_about_the_indent_and_a_wrong_setting_is_said(project):
    files = {
        "cases/a.md": case_text("甲"),
        "themes/own/theme.yml": "name: own\nextends: base\n",
        "themes/base/theme.yml": "name: base\nextends: default\nindent: false\n",
    }
    made = project(files, CONFIG + "theme: own\n")
    assert "flush" in soup(made.build(), "cases/a.html").body["class"]
    made.write({"themes/own/theme.yml": "name: own\nextends: base\nindent: 是\n"})
    with pytest.raises(CasegenError, match="indent"):
        made.build()
