"""The built site: data."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlsplit

import openpyxl
from bs4 import BeautifulSoup
from projects import Site, case_text
from rendered import BASE, cards, html_files, listed, pages_of_the_index, soup

from casegen.editions.data import workbook
from casegen.editions.site import theme


def test_the_markdown_copy_has_title_facts_metrics_and_body_with_links_to_the_site(rich):
    data = rich.files()["cases/water.md"]
    text = data.decode("utf-8")
    assert b"\r" not in data
    assert text.startswith("# 水苔下山\n")
    assert text.endswith("\n")
    for wanted in (
        "某某大学",
        "贵州省",
        "从江县",
        "2019—2021",
        "产业",
        "水苔、合作社",
        "供稿：工作队",
        "编辑：甲处、乙处",
        "校对：丙处",
        "某某大学网",
        f"{BASE}cases/water.html",
        "| 投入资金 | 约200万元 |",
        "[茶园](../cases/tea.html)",
        "[说明](../about.html)",
    ):
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
        "funds_invested",
        "约200万元",
        "万元",
    )
    assert (first["low"], first["high"], first["qualifier"]) == ("200", "200", "约")
    assert (first["base_low"], first["base_unit"]) == (2_000_000, "元")
    assert (second["part_of"], second["split"]) == (0, "用途")
    assert (ranged["low"], ranged["high"], ranged["indicator"]) == ("3", "5", "")
    assert (area["low"], area["qualifier"]) == ("1200", "余")
    assert "先投入" not in rich.text("data/cases.json")
    assert [m["counted"] for m in metrics] == [True, False, False, False, True]
    assert [m["doubts"] for m in metrics] == [[], [], [], ["missing-evidence"], []]
    assert [m["timing"] for m in metrics] == [
        "cumulative",
        "cumulative",
        "cumulative",
        "yearly",
        "standing",
    ]
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


# ── the page on the data, references ──


def test_the_data_page_names_every_file_column_and_key(rich):
    page = rich.page("data.html")
    files = [a["href"] for a in page.select(".downloads a")]
    assert files == ["data/metrics.xlsx", "data/metrics.csv", "data/cases.json"]
    assert all(rich.path(file).exists() for file in files)
    columns, keys = ([code.text for code in part.select("th code")] for part in page("table"))
    rows = csv.reader(io.StringIO(rich.text("data/metrics.csv").removeprefix("\ufeff")))
    assert columns == next(rows)
    case = rich.json("data/cases.json")["cases"][0]
    assert set(keys) == set(case) | {f"metrics.{key}" for key in case["metrics"][0]}


def test_the_data_page_counts_what_the_data_cover(rich):
    told = {row.dt.text: row.dd.text for row in rich.page("data.html").select(".spread div")}
    cases = rich.json("data/cases.json")["cases"]
    metrics = [metric for case in cases for metric in case["metrics"]]
    assert told["案例"] == str(len(cases))
    assert told["指标数据"] == str(len(metrics))
    assert told["存疑"] == str(sum(bool(metric["doubts"]) for metric in metrics))


def test_the_licence_of_the_data_is_said_or_that_none_is(project):
    cases = {"cases/a.md": case_text()}
    silent = project({"casegen.yml": "title: 集\n", **cases}).build()
    assert "没有写明许可" in silent.page("data.html").select_one("#license").text
    told = project({"casegen.yml": "title: 集\n许可: CC BY 4.0\n", **cases}).build()
    assert told.page("data.html").select_one("#license").text == "CC BY 4.0"


def test_every_page_leads_to_the_data_page(rich):
    assert rich.page("cases/water.html").select_one(".extras a")["href"] == "../data.html"


def test_a_case_can_be_taken_as_bibtex_and_ris(rich):
    page = rich.page("cases/water.html")
    links = {a.text: a["href"] for a in page.select(".actions a[download]")}
    assert links == {"BibTeX": "../cases/water.bib", "RIS": "../cases/water.ris"}
    bibtex = rich.text("cases/water.bib")
    assert bibtex.startswith("@misc{water,\n  title = {{水苔下山}},\n  author = {{某某大学}},\n")
    assert f"url = {{{BASE}cases/water.html}}" in bibtex
    ris = rich.path("cases/water.ris").read_bytes().decode()
    assert ris.startswith("TY  - ELEC\r\nTI  - 水苔下山\r\nAU  - 某某大学\r\nPY  - 2022\r\n")
    assert ris.endswith(f"UR  - {BASE}cases/water.html\r\nER  - \r\n")


def test_signs_of_tex_in_a_title_do_not_break_the_entry(project):
    site = project({"cases/a.md": case_text('"50%的{甲_乙}"')}).build()
    bibtex = site.text("cases/a.bib")
    assert r"{50\%的\textbraceleft{}甲\_乙\textbraceright{}}" in bibtex
    assert bibtex.count("{") == bibtex.count("}")
