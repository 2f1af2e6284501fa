"""The built site: regions, years, stems."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
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
        "g": "甘肃省/定西市",
        "h": "[甘肃省, 甘肃省/兰州市, 甘肃省/兰州市/榆中县]",
    }
    made = {
        f"cases/{n}.md": case_text(f"题{n}", regions=place, date=f"2023-01-{at:02}")
        for at, (n, place) in enumerate(places.items(), 1)
    }
    groups = listed(project(made).build().page("regions/gansu.html"))
    assert groups == {
        ("定西市", "通渭县"): ["e", "b"],
        ("定西市", "陇西县"): ["d", "a"],
        ("定西市", "只写到市级"): ["g"],
        ("兰州市", "榆中县"): ["h", "e", "c"],
        ("只写到省级", ""): ["f"],
    }
    assert list(groups)[-1] == ("只写到省级", "")
    assert [county for city, county in groups if city == "定西市"][-1] == "只写到市级"


def listed(page: BeautifulSoup) -> dict[tuple[str, str], list[str]]:
    """The cases of a region's page under their headings, in the order of the page."""
    groups: dict[tuple[str, str], list[str]] = {}
    city = county = ""
    for tag in page.select("main h2, main h3, main [data-case]"):
        if tag.name == "h2":
            city, county = tag.text, ""
        elif tag.has_attr("data-case"):
            groups.setdefault((city, county), []).append(str(tag["data-case"]))
        elif "subheading" in tag.get("class", []):
            county = tag.text
    return groups


@pytest.mark.parametrize(
    ("stem", "places", "wanted"),
    [
        ("gansu", ["甘肃省"], [("案例", "")]),
        ("gansu", ["甘肃省/定西市"], [("定西市", "")]),
        ("beijing", ["北京市", "北京市/海淀区"], [("案例", "海淀区"), ("只写到省级", "")]),
        (
            "hainan",
            ["海南省", "海南省/琼海市", "海南省/三亚市"],
            [("三亚市", ""), ("省直辖县级", "琼海市"), ("只写到省级", "")],
        ),
    ],
)
def test_headings_say_what_a_case_names_of_its_place(project, stem, places, wanted):
    made = {f"cases/c{n}.md": case_text(f"题{n}", regions=p) for n, p in enumerate(places)}
    page = project(made).build().page(f"regions/{stem}.html")
    assert list(listed(page)) == wanted
    assert status_of(page) == f"共 {len(places)} 篇"


def test_a_card_names_first_the_place_that_it_is_listed_for(project):
    places = "[西藏自治区/那曲市/聂荣县, 贵州省/六盘水市/钟山区, 贵州省/铜仁市/思南县]"
    made = {
        "cases/a.md": case_text("三地的案例", regions=places),
        "cases/b.md": case_text(
            "两地的案例", regions="[甘肃省/定西市/陇西县, 贵州省/铜仁市/碧江区]"
        ),
    }
    site = project(made).build()

    def place(path: str, slug: str) -> str:
        return site.page(path).select_one(f'.card[data-case="{slug}"] .at').get_text(strip=True)

    assert place("regions/guizhou.html", "a") == "贵州省六盘水市钟山区等 3 地"
    assert place("regions/xizang.html", "a") == "西藏自治区那曲市聂荣县等 3 地"
    assert place("cases.html", "a") == "西藏自治区那曲市聂荣县等 3 地"
    assert place("regions/guizhou.html", "b").startswith("贵州省铜仁市碧江区")
    assert place("regions/gansu.html", "b").startswith("甘肃省定西市陇西县")


@pytest.mark.parametrize(
    ("regions", "wanted"),
    [
        ("[甘肃省/定西市/陇西县, 甘肃省/定西市/通渭县]", "甘肃省定西市陇西县、通渭县"),
        ("[甘肃省/定西市/陇西县/文峰镇, 甘肃省/定西市/通渭县]", "甘肃省定西市陇西县、通渭县"),
        ("[甘肃省/定西市/陇西县, 甘肃省/陇南市/成县]", "甘肃省定西市陇西县；陇南市成县"),
        ("[甘肃省, 甘肃省/定西市]", "甘肃省定西市"),
        ("[甘肃省/定西市, 贵州省/毕节市]", "甘肃省定西市；贵州省毕节市"),
        ("甘肃省/定西市/陇西县", "甘肃省定西市陇西县"),
    ],
)
def test_a_card_of_two_places_names_once_what_they_share(project, regions, wanted):
    site = project({"cases/a.md": case_text(regions=regions)}).build()
    for path, where in (("cases.html", ".card .at"), ("cases/a.html", ".by .at")):
        assert site.page(path).select_one(where).get_text(strip=True) == wanted


@pytest.mark.parametrize(
    ("regions", "wanted"),
    [
        ("[贵州省, 贵州省/毕节市, 贵州省/毕节市/七星关区]", "贵州省毕节市七星关区"),
        ("[贵州省, 甘肃省/定西市, 贵州省/毕节市]", "甘肃省定西市；贵州省毕节市"),
        (
            "[甘肃省, 甘肃省/定西市, 甘肃省/定西市/陇西县, 贵州省/毕节市, 贵州省/遵义市]",
            "甘肃省定西市陇西县等 3 地",
        ),
        ("[北京市, 北京市/海淀区, 北京市/海淀区/清河街道, 重庆市]", "北京市海淀区；重庆市"),
    ],
)
def test_a_place_that_contains_another_one_of_the_case_is_not_counted(project, regions, wanted):
    site = project({"cases/a.md": case_text(regions=regions)}).build()
    for path, where in (("cases.html", ".card .at"), ("cases/a.html", ".by .at")):
        assert site.page(path).select_one(where).get_text(strip=True) == wanted


def test_a_card_listed_for_its_second_county_names_that_one_first(project):
    regions = "[甘肃省/定西市/陇西县, 甘肃省/定西市/通渭县]"
    made = {
        "cases/a.md": case_text("两县的案例", regions=regions, date="2023-01-01"),
        "cases/b.md": case_text("一县的案例", regions="甘肃省/定西市/通渭县", date="2023-02-01"),
    }
    page = project(made).build().page("regions/gansu.html")
    first = page.select_one('.card[data-case="a"] .at').get_text(strip=True)
    assert first == "甘肃省定西市通渭县、陇西县"


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
