"""The pages and files of an indicator."""

from __future__ import annotations

import csv

from projects import case_text

PROVINCES = ("甘肃省/定西市/陇西县", "贵州省/毕节市/赫章县")


def trained(count: int) -> dict[str, str]:
    return {
        f"cases/c{n:02}.md": case_text(
            f"第{n}个案例",
            f"办了班，培训{n * 10}人。",
            regions=PROVINCES[n % 2],
            metrics=f"[培训人数: {n * 10}人]",
            date=f"20{20 + n % 3}-01-01",
        )
        for n in range(1, count + 1)
    }


def test_an_indicators_page_shows_the_twenty_greatest_with_their_sentences(project):
    site = project(trained(25)).build()
    page = site.page("metrics/trainees.html")
    shown = page.select(".statements li")
    assert len(shown) == 20
    assert shown[0].select_one("a")["href"] == "../cases/c25.html#M1"
    assert shown[0].select_one("q").text == "办了班，培训250人。"
    rest = site.page("metrics/trainees--2.html").select(".statements li")
    assert [one.select_one(".value").text.strip() for one in rest] == [
        "50人",
        "40人",
        "30人",
        "20人",
        "10人",
    ]
    assert len(page.select(".strip circle")) == 25
    at = {one.title.text.split()[0]: one["cx"] for one in page.select(".strip circle")}
    assert page.select_one(".strip .half")["d"].startswith(f"M{at['第7个案例']} ")
    assert page.select_one(".strip .half")["d"].endswith(f"H{at['第19个案例']}")
    assert page.select_one(".strip text").text == "中位 130人"
    assert [mark.dd.text for mark in page.select(".spread > :not(.vh)")] == [
        "10人",
        "70人—190人",
        "250人",
    ]


def test_an_indicators_charts_and_rows_are_files(project):
    site = project(trained(4)).build()
    page = site.page("metrics/trainees.html")
    files = [link["href"] for link in page.select(".downloads a")]
    assert files == [
        "../metrics/trainees.csv",
        "../metrics/trainees-year.svg",
        "../metrics/trainees-province.svg",
        "../metrics/trainees-spread.svg",
        "../metrics/trainees-ranking.svg",
    ]
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
        "甘肃省：60人": "60",
        "贵州省：40人": "40",
    }


def test_a_tile_shows_the_lower_end_of_a_range_and_tells_both(project):
    files = trained(4)
    files["cases/range.md"] = case_text(
        "范围",
        "办了班，培训300至500人。",
        institution="另一大学",
        regions=PROVINCES[0],
        metrics="[培训人数: 300至500人]",
    )
    tile = project(files).build().page("metrics/trainees.html").select(".tiles a[title*=至]")
    assert [(one["title"], one.select_one("span").text) for one in tile] == [
        ("甘肃省：360至560人", "360+")
    ]
    assert tile[0].select_one(".vh").text == "甘肃省：360至560人"


def test_a_scale_has_the_figures_of_the_bars_beside_it(project):
    files = {
        f"cases/c{n}.md": case_text(
            f"第{n}个案例", f"销售收入{value}。", institution=f"第{n}大学",
            regions=PROVINCES[n % 2], metrics=f"[销售收入: {value}]",
        )
        for n, value in enumerate(("5万元", "超10.6567万元", "10万元"))
    }  # fmt: skip
    page = project(files).build().page("metrics/sales_income.html")
    scale = [row.select_one(".qty").text for row in page.select(".scale li")]
    assert scale == ["超10.65万元", "15万元"]
    bars = page.select_one("section:has(.scale)").text.replace("\n", "")
    assert "超10.65万元" in bars
    assert "10.66" not in page.text


def test_a_scale_says_what_each_shade_of_the_provinces_stands_for(project):
    page = project(trained(4)).build().page("metrics/trainees.html")
    shades = {
        row.select_one("i")["class"][0]: row.select_one(".qty").text
        for row in page.select(".scale li")
    }
    assert shades == {"shade-1": "40人", "shade-2": "60人"}
    tiles = {tile.b.text: tile["class"] for tile in page.select(".tiles li:has(a)")}
    assert "shade-2" in tiles["甘肃"]
    assert "shade-1" in tiles["贵州"]


def test_what_is_of_no_province_has_a_figure_and_no_bar(project):
    files = trained(4)
    files["cases/both.md"] = case_text(
        "两省的案例",
        "办了班，培训9000人。",
        regions=f"[{', '.join(PROVINCES)}]",
        metrics="[培训人数: 9000人]",
    )
    page = project(files).build().page("metrics/trainees.html")
    rows = {
        row.th.get_text(strip=True): (row.select_one(".value").get_text(strip=True), row.rect)
        for row in page.select(".brief-chart tr:has(.stroke)")
    }
    assert rows["未分地区"] == ("9000人", None)
    assert rows["甘肃省"][1]["width"] == "1000.0"
    assert "“未分地区”的数照写，不画条" in page.select_one(".brief-chart").text


def test_what_is_of_no_category_has_a_figure_and_no_bar_that_squeezes_the_others(project):
    files = {
        f"cases/{stem}.md": case_text(
            stem,
            f"投入帮扶资金{amount}。",
            metrics=f"[投入帮扶资金: {amount}]",
            categories=categories,
        )
        for stem, amount, categories in (
            ("a", "40万元", "产业"),
            ("b", "10万元", "文化"),
            ("c", "80万元", "[产业, 文化]"),
        )
    }
    site = project(files).build()
    page = site.page("metrics/funds_invested.html")
    table = next(t for t in page.select(".bars") if "各类合计" in t.caption.text)
    rows = {
        row.th.get_text(strip=True): (row.select_one(".value").get_text(strip=True), row.rect)
        for row in table.select("tr:has(.stroke)")
    }
    assert [rows[name][1]["width"] for name in ("产业", "文化")] == ["1000.0", "250.0"]
    assert rows["未分到类"] == ("80万元", None)
    assert "“未分到类”的数照写，不画条" in table.find_next("p", "footnote").text
    colours = {
        row.th.get_text(strip=True): row.select_one(".stroke")["class"]
        for row in table.select("tr:has(.stroke)")
    }
    assert colours["未分到类"] == ["stroke"]
    assert len(colours["产业"]) == 2


def test_many_spans_of_years_have_a_chart_of_their_own(project):
    files = trained(3)
    for n in range(5):
        files[f"cases/s{n}.md"] = case_text(
            f"跨年的第{n}个",
            f"办了班，培训{50 + n}人。",
            institution=f"第{n}大学",
            metrics=f"[{{name: 培训人数, value: {50 + n}人, period: {2010 + n}-{2016 + n}}}]",
        )
    site = project(files).build()
    page = site.page("metrics/trainees.html")
    assert page.select_one(".spans summary").text == "跨年的 5 段"
    assert len(page.select(".spans tr:has(.stroke)")) == 5
    assert "2010—2016年" in site.text("metrics/trainees-span.svg")
    assert "2010" not in site.text("metrics/trainees-year.svg")


def test_a_figure_of_several_sentences_shows_all_of_them(project):
    files = trained(2)
    files["cases/two.md"] = case_text(
        "两处",
        "春天培训了70人。后来又培训了21人。",
        metrics="[{name: 春季培训, indicator: 培训人数, value: 70人}, "
        "{name: 秋季培训, indicator: 培训人数, value: 21人}]",
    )
    page = project(files).build().page("metrics/trainees.html")
    first = page.select_one(".statements li")
    assert [q.text for q in first.select("q")] == ["春天培训了70人。", "后来又培训了21人。"]


def test_the_navigation_leads_to_indicators_and_to_comparing(project):
    links = project(trained(2)).build().page("index.html").select(".nav a")
    assert [link["href"] for link in links] == [
        "cases.html",
        "regions.html",
        "metrics.html",
        "institutions.html",
        "compare.html",
    ]


def test_a_total_of_some_cases_says_so_beside_how_many_report(project):
    cases = {
        f"cases/{name}.md": case_text(
            name, f"接待游客{value}。", metrics=f"[接待游客: {value}]", date=f"{year}-01-01"
        )
        for name, value, year in (
            ("a", "7万人次", 2021),
            ("b", "3万人次", 2022),
            ("c", "4万人", 2022),
        )
    }
    page = project(cases).build().page("metrics/visitors.html")
    assert "3 篇案例中有 3 篇填报了接待游客，其中 1 篇合计40000人。" in page.text


def test_a_figure_in_words_stands_in_digits_among_those_it_is_compared_with(project):
    words = case_text("用字写的", "办了班，培训一百二十余人。", metrics="[培训人数: 一百二十余人]")
    site = project({"cases/words.md": words, **trained(1)}).build()
    shown = site.page("metrics/trainees.html").select(".statements .value")
    assert [one.text.strip() for one in shown] == ["超120人", "10人"]
    assert "一百二十余人" in site.page("cases/words.html").select_one("[data-metric]").text
