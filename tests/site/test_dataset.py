"""The page on the data files."""

from __future__ import annotations

import csv
import io

from projects import case_text


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
