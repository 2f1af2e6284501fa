"""The built site: regions, years, stems."""

from __future__ import annotations

import json
import re

import pytest
from projects import case_text
from rendered import cards, soup, status_of


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
    wanted = {
        "陕西省": "shaanxi",
        "山西省": "shanxi",
        "内蒙古自治区": "neimenggu",
        "西藏自治区": "xizang",
        "重庆市": "chongqing",
    }
    cases = {
        f"cases/{stem}.md": case_text(f"在{name}", regions=name) for name, stem in wanted.items()
    }
    site = project(cases).build()
    for stem in wanted.values():
        assert cards(soup(site, f"regions/{stem}.html")) == [stem]


def test_values_of_one_stem_get_digits_and_long_or_odd_ones_end_in_or_are_such(project):
    names = ["是事", "试试", "！！", "长" * 80, "É", "e"]
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


def test_a_province_says_that_figures_of_its_case_have_no_stated_place(project):
    case = case_text(
        "跨省",
        "投入帮扶资金5万元。",
        regions="[甘肃省, 贵州省]",
        metrics="[{name: 投入帮扶资金, value: 5万元}]",
    )
    said = project({"cases/a.md": case}).build().page("regions/gansu.html").select_one("main").text
    assert "其中 1 篇跨省，没有写明地区的数计入“未分地区”，不在此列。" in said
