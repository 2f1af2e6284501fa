"""The pages and files of an indicator."""

from __future__ import annotations

import csv

from projects import case_text

PROVINCES = ("甘肃省/定西市/陇西县", "贵州省/毕节市/赫章县")


def trained(count: int) -> dict[str, str]:
    return {
        f"cases/c{n:02}.md": case_text(
            f"第{n}个案例", f"办了班，培训{n * 10}人。", regions=PROVINCES[n % 2],
            metrics=f"[培训人数: {n * 10}人]", date=f"20{20 + n % 3}-01-01",
        )
        for n in range(1, count + 1)
    }  # fmt: skip


def test_an_indicators_page_shows_the_twenty_greatest_with_their_sentences(project):
    site = project(trained(25)).build()
    page = site.page("metrics/trainees.html")
    shown = page.select(".statements li")
    assert len(shown) == 20
    assert shown[0].select_one("a")["href"] == "../cases/c25.html#M1"
    assert shown[0].select_one("q").text == "办了班，培训250人。"
    rest = site.page("metrics/trainees--2.html").select(".statements li")
    assert [one.select_one(".value").text.strip() for one in rest] == [
        "50人", "40人", "30人", "20人", "10人",
    ]  # fmt: skip
    assert len(page.select(".strip circle")) == 25


def test_an_indicators_charts_and_rows_are_files(project):
    site = project(trained(4)).build()
    page = site.page("metrics/trainees.html")
    files = [link["href"] for link in page.select(".downloads a")]
    assert files == [
        "../metrics/trainees.csv", "../metrics/trainees-year.svg",
        "../metrics/trainees-province.svg",
    ]  # fmt: skip
    rows = list(
        csv.DictReader(site.text("metrics/trainees.csv").removeprefix("\ufeff").splitlines())
    )
    assert [(row["网址名"], row["数值"], row["计量单位"]) for row in rows] == [
        ("c04", "40", "人"), ("c03", "30", "人"), ("c02", "20", "人"), ("c01", "10", "人"),
    ]  # fmt: skip
    drawn = site.text("metrics/trainees-province.svg")
    assert "甘肃省" in drawn
    assert "60人" in drawn


def test_provinces_are_shaded_by_the_indicator(project):
    tiles = project(trained(4)).build().page("metrics/trainees.html").select(".tiles a")
    assert {tile["title"]: tile.select_one("span").text for tile in tiles} == {
        "甘肃省": "60", "贵州省": "40",
    }  # fmt: skip


def test_the_navigation_leads_to_indicators_and_to_comparing(project):
    links = project(trained(2)).build().page("index.html").select(".nav a")
    assert [link["href"] for link in links] == [
        "cases.html", "regions.html", "metrics.html", "years.html", "institutions.html",
        "tags.html", "compare.html",
    ]  # fmt: skip
