"""Figures that users once saw wrong on pages: cases as they wrote them, and what each page says."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from projects import CONFIG, Project, Site, case_text

NUMBERS = Path(__file__).parents[1] / "files" / "numbers"
YEARLY, NAMED = ("cumulative-and-yearly",), ("year-in-name",)
TWO, THREE = ("two-indicators",), ("three-provinces",)
PARTS, WHOLE = ("only-parts", "project-funds"), ("whole-and-parts",)
LARGE, FORESEEN, ROWS = ("long-sum-to-date", "whole-numbers"), ("foreseen",), ("other-rows",)
MINE = ("bounds",)

# Files, page, what it says (blanks apart), what it must not say.
SAID: tuple[tuple[tuple[str, ...], str, tuple[str, ...], tuple[str, ...]], ...] = (
    # a sum to date contains the year's figure; not 250万元
    (YEARLY, "index.html", ("投入帮扶资金200万元", "路灯60盏"), ("250万元", "120盏")),
    (YEARLY, "metrics.html", ("投入帮扶资金200万元", "路灯60盏1篇中1篇填报，另有1条存疑"), ()),
    (YEARLY, "metrics/funds_invested.html",
     ("合计200万元", "2021—2023年200万元", "2023年50万元", "合计的是2021—2023年的数"), ("250",)),
    # each figure stands in its own year
    (YEARLY, "metrics/collective_income.html",
     ("2021年36.5万元", "2023年93.27万元", "取最近一次的数"), ("2022年",)),
    (YEARLY, "years/2021.html", ("本年总账村集体经济收入36.5万元",), ("收入93.27万元1篇",)),
    (YEARLY, "years/2022.html", (), ("本年总账",)),
    (YEARLY, "years/2023.html", ("投入帮扶资金50万元1篇", "收入93.27万元1篇"), ()),
    (YEARLY, "metrics/coverage_rate.html", ("比率的基数不一，不作合计",), ()),
    # the year in a name; not 17.4 + 36.5 + 93.27 = 147.2
    (NAMED, "index.html", ("村集体经济收入93.27万元",), ("147", "服务群众", "培训人数", "分红")),
    (NAMED, "metrics/collective_income.html",
     ("2021年17.4万元", "2022年36.5万元", "2023年93.27万元"), ("147",)),
    (NAMED, "metrics/per_capita_income.html", ("不作合计", "4000元"), ("合计4000",)),
    # 90 of the 95 are lifted, and are entered twice; not 185 or 275
    (TWO, "index.html", ("脱贫户、人90户", "建档立卡户、人95户"), ("185", "275", "每个数字都有")),
    (TWO, "metrics/households_lifted.html", ("合计90户", "存疑未计", "已脱贫户90户"), ()),
    # a figure of Guangxi is none of Guizhou
    (THREE, "regions/guizhou.html", ("没有写明地区的数计入“未分地区”",),
     ("22800户1篇", "18座1篇", "800万元1篇")),
    (THREE, "regions/guangxi.html", ("带动、受益农户22800户1篇",), ("18座1篇",)),
    (THREE, "regions/hebei.html", ("大棚、圈舍、车间18座1篇",), ("22800户1篇",)),
    # ten years are one row, not eleven
    (THREE, "years/2015.html", (), ("本年总账",)),
    (THREE, "metrics/funds_invested.html", ("合计超800万元", "2015—2025年的数"), ()),
    (THREE, "metrics/funds_invested.html", ("800万余元",), ()),
    # the same coverage on every page
    (PARTS, "metrics.html", ("项目资金50万元2篇中1篇填报",), ("2篇中2篇",)),
    (PARTS, "metrics/project_funds.html", ("项目资金50万元2篇中1篇填报",), ("2篇中2篇",)),
    (PARTS, "metrics/project_funds.html", ("合计50万元",), ("80万元",)),
    # 200 is whole, 120 and 80 are its parts; not 400
    (WHOLE, "index.html", ("投入帮扶资金200万元1篇中1篇填报，另有2条存疑未计",), ("400",)),
    (WHOLE, "metrics/funds_invested.html", ("帮扶资金120万元", "投入资金80万元"), ("合计400",)),
    # whole numbers in full
    (LARGE, "index.html", ("43467人", "123756人次", "约1180万元"), ("43470", "1181万")),
    (LARGE, "metrics/jobs_created.html", ("合计43467人", "42973人", "494人"), ("43470",)),
    (LARGE, "metrics/road_length.html", ("1.5公里",), ()),
    (LARGE, "metrics/planting_area.html", ("合计3000亩", "200公顷"), ()),
    (LARGE, "metrics/funds_invested.html", ("合计的是2012—2023年的数",), ()),
    # what is only foreseen
    (FORESEEN, "index.html", (), ("500万元", "300户", "200亩", "每个数字都有出处")),
    (FORESEEN, "metrics/income_gain.html",
     ("填报的数都存疑，核实之前不作合计", "带动增收500万元正文说的是预计"), ("合计500",)),
    (FORESEEN, "years/2024.html", (), ("500万元",)),
    (ROWS, "metrics/project_funds.html", ("正文里同样的数说的像是别的事",), ("合计20",)),
    (ROWS, "metrics/collective_income.html", ("正文里是别的年份",), ("合计17.4",)),
    # lower bounds are rounded down, upper ones up, and each case keeps its own word
    (MINE, "metrics/sales_income.html", ("合计超10.65万元", "4万余元"), ("10.66",)),
    (MINE, "metrics/funds_invested.html", ("合计超1.291亿元", "超12915万元"), ("1.292",)),
    (MINE, "metrics/funds_raised.html", ("合计近1731万元", "近1730.4万元"), ("近1730万元",)),
    (MINE, "cases/bounds.html", ("持续帮扶年限26年",), ("人均、户均",)),
)  # fmt: skip

BOUNDS = """\
---
title: 限定词
institution: 丙大学
regions: [甘肃省]
date: 2023-05-01
categories: [产业]
metrics:
  - {name: 茶叶销售收入, indicator: 销售/创收, value: 50000元}
  - {name: 山货销售收入, indicator: 销售/创收, value: 4万余元}
  - {name: 羊肚菌销售收入, indicator: 销售/创收, value: 13560元}
  - {name: 鸡蛋销售收入, indicator: 销售/创收, value: 3000余元}
  - {name: 投入帮扶资金, value: 超12915万元}
  - {name: 争取帮扶资金, value: 近1730.4万元}
  - {name: 持续帮扶年限, value: 26年}
---

茶叶销售收入50000元，山货销售收入4万余元，羊肚菌销售收入13560元，鸡蛋销售收入3000余元。

投入帮扶资金超12915万元。争取帮扶资金近1730.4万元。26年持续帮扶。
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site of some cases, each built once."""
    sites: dict[tuple[str, ...], Site] = {}

    def build(names: tuple[str, ...]) -> Site:
        if names not in sites:
            files = {
                f"cases/{name}.md": BOUNDS
                if name == "bounds"
                else (NUMBERS / f"{name}.md").read_text("utf-8")
                for name in names
            }
            root = tmp_path_factory.mktemp(names[0])
            sites[names] = Project(root).write({"casegen.yml": CONFIG, **files}).build()
        return sites[names]

    return build


def told(site: Site, page: str) -> str:
    return "".join(site.page(page).select_one("main").text.split())


@pytest.mark.parametrize(
    ("names", "page", "says", "not_says"), SAID, ids=[f"{row[0][0]} {row[1]}" for row in SAID]
)
def test_a_page_says_what_the_cases_come_to(built, names, page, says, not_says):
    text = told(built(names), page)
    assert [part for part in says if part not in text] == []
    assert [part for part in not_says if part in text] == []


@pytest.mark.parametrize(
    ("names", "absent"),
    [
        (NAMED, ("people_served", "trainees", "dividend")),
        (THREE, ("road_length",)),
        (TWO, ("households_monitored",)),
    ],
)
def test_what_no_case_reports_has_no_page(built, names, absent):
    assert [key for key in absent if built(names).path(f"metrics/{key}.html").exists()] == []


def test_a_doubtful_figure_is_shown_on_its_case_without_a_link(built):
    page = built(ROWS).page("cases/other-rows.html")
    named = {card["data-metric"]: card for card in page.select("[data-metric]")}
    for name in ("人行道地面硬化", "村集体经济收入"):
        assert name not in named or not named[name].select(".see")
    assert "20万元" in "".join(page.select_one(".all-metrics").text.split())


def test_cards_do_not_speak_of_the_vocabulary(built):
    for names in (YEARLY, NAMED):
        page = built(names).page(f"cases/{names[0]}.html")
        assert "词表" not in page.select_one(".figures-grid").text


def test_the_workbook_for_officials_is_in_chinese_and_holds_exact_values(built):
    site = built(LARGE)
    book = openpyxl.load_workbook(io.BytesIO(site.path("data/metrics.xlsx").read_bytes()))
    assert book.sheetnames == ["案例", "指标", "合计"]
    rows = [list(sheet.iter_rows(values_only=True)) for sheet in book]
    assert not any(cell and cell.isascii() for sheet in rows for cell in sheet[0])
    totals = {
        row["指标名"]: (row["下限"], row["起止年"])
        for row in (dict(zip(rows[2][0], values, strict=True)) for values in rows[2][1:])
        if row["范围"] == "全集"
    }
    assert totals["就业岗位/就业人数"] == (43467, "2012-2023")
    assert totals["投入帮扶资金"] == (11804000, "2012-2023")


def test_the_export_says_the_timing_of_each_figure(built):
    metrics = built(YEARLY).json("data/cases.json")["cases"][0]["metrics"]
    timed = [(m["name"], m["period"], m["timing"]) for m in metrics]
    assert ("帮扶资金", "2023", "yearly") in timed
    assert ("累计帮扶资金", "2021-2023", "cumulative") in timed
    assert ("村集体经济收入", "2021", "standing") in timed


def test_a_figure_that_exceeds_an_overlapping_one_is_a_lower_bound_in_every_list(project):
    """A category's list of cases showed 230万元 where all other pages said 超230万元."""
    files = {
        f"cases/c{n}.md": case_text(
            f"第{n}个案例", f"投入帮扶资金{n}0万元。", institution=f"第{n}大学",
            metrics=f"[投入帮扶资金: {n}0万元]", categories="[产业]",
        )
        for n in (1, 2)
    }  # fmt: skip
    files["cases/c3.md"] = case_text(
        "第3个案例",
        "2020年至2022年累计投入帮扶资金200万元，2021年投入帮扶资金50万元，"
        "2021年至2023年累计投入帮扶资金230万元。",
        institution="第3大学",
        categories="[产业]",
        metrics="[{name: 投入帮扶资金, value: 累计200万元, period: 2020-2022}, "
        "{name: 投入帮扶资金, value: 50万元, period: 2021}, "
        "{name: 投入帮扶资金, value: 累计230万元, period: 2021-2023}]",
    )
    site = project(files).build()
    bars = site.page("categories/industry.html").select("tr:has(a[href$='c3.html'])")
    assert [bar.select_one(".qty").text for bar in bars] == ["超230万元"]
    (said,) = site.page("metrics/funds_invested.html").select(".statements li:has(a[href*='c3.'])")
    assert "超230万元" in said.text
