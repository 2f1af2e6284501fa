"""The editors' list says of every file where it stands, and of every figure how it counts."""

import csv
import io
import json
from pathlib import Path

import pytest
from projects import case_text

REFERENCE = Path(__file__).parents[2] / "docs/reference/commands.md"
FILES = {
    "cases/a.md": case_text(
        "茶园",
        "学校投入200万元。种茶30亩，培训20人。明年计划种茶90亩。",
        metrics="{投入资金: 200万元, 种植面积: 40亩}",
        cover="x.jpg",
    ),
    "cases/b.md": case_text("稻田", status="draft", credits="{编审: 校办}"),
    "cases/c.md": "---\ntitle：坏的\n---\n\n正文。\n",
}


@pytest.fixture
def listed(project):
    found = project(FILES)

    def look(*options):
        return json.loads(found.start("list", "--format", "json", *options).stdout)

    return look


def test_every_file_has_a_row_with_its_faults_and_gaps(listed):
    a, b, c = listed()
    assert (a["slug"], a["path"], a["title"], a["institution"], a["status"]) == (
        "a",
        "cases/a.md",
        "茶园",
        "某某大学",
        "published",
    )
    assert a["errors"] == 1  # the cover is not there
    assert a["doubtful"] == 1
    assert a["missing"] == ["summary", "reviewer"]
    assert b["status"] == "draft"
    assert b["missing"] == ["summary", "metrics", "cover"]
    assert c["title"] == "坏的"
    assert c["missing"][:4] == ["institution", "regions", "date", "categories"]
    text = REFERENCE.read_text("utf-8")
    assert all(f"| `{key}` |" in text for key in a)


def test_rows_are_chosen_by_status_and_by_faults(listed):
    assert [row["slug"] for row in listed("--status", "草稿")] == ["b"]
    assert [row["slug"] for row in listed("--problems")] == ["a", "c"]


def test_every_metric_tells_its_time_place_and_doubts(listed):
    money, land = listed("--metrics")
    assert (money["name"], money["line"], money["period"], money["place"], money["counted"]) == (
        "投入资金",
        7,
        "2023",
        "甘肃省/定西市/陇西县",
        True,
    )
    assert land["doubts"]
    assert (land["counted"], land["reason"]) == (False, "doubt")


def test_figures_that_no_metric_holds_are_listed_without_plans(listed):
    assert [(row["raw"], row["line"]) for row in listed("--figures")] == [
        ("30亩", 11),
        ("20人", 11),
    ]


def test_figures_of_tables_have_the_unit_of_their_column_or_row(project):
    table = (
        "正文。\n\n| 年度 | 产量（吨） | 计划产量（吨） | 户数 |\n|---|---|---|---|\n"
        "| 2021 | 12 | 99 | 7户 |\n\n| 指标 | 单位 | 2022年 |\n|---|---|---|\n"
        "| 产值 | 万元 | 30 |\n| 收入（元） |  | 8000 |\n"
    )
    found = project({"cases/a.md": case_text("茶园", table, metrics="{产值: 30万元}")})
    rows = json.loads(found.start("list", "--figures", "--format", "json").stdout)
    assert [row["raw"] for row in rows] == ["7户", "12吨", "8000元"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--figures",), "没有漏下的"),
        (("--figures", "--status", "已编审"), "没有这样的案例"),
        (("--metrics", "--status", "草稿"), "这些案例没有指标"),
        (("--status", "已编审"), "没有这样的案例"),
    ],
)
def test_an_empty_list_says_what_it_means(project, options, said):
    whole = case_text("茶园", "学校投入200万元。", metrics="{投入资金: 200万元}")
    found = project({"cases/a.md": whole, "cases/b.md": case_text("稻田", status="draft")})
    assert said in found.start("list", *options).stdout


@pytest.mark.parametrize("kind", [(), ("--metrics",), ("--figures",)])
def test_a_list_is_a_table_for_excel_and_lines_for_the_terminal(project, kind):
    found = project(FILES)
    table = found.start("list", "--format", "csv", *kind).stdout_bytes.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0][0] == "网址名"
    assert {len(row) for row in rows} == {len(rows[0])}
    lines = found.start("list", *kind).stdout.splitlines()
    assert len(lines) == len(rows) - 1
    assert all(line.startswith("cases/") for line in lines)


def test_wrong_choices_are_refused_in_words(project):
    found = project(FILES)
    assert found.start("list", "--status", "好").exit_code == 2
    assert found.start("list", "--metrics", "--figures").exit_code == 2


def test_a_change_is_shown_made_and_taken_back(project):
    found = project({"cases/a.md": FILES["cases/a.md"], "cases/b.md": FILES["cases/b.md"]})
    before = (found.root / "cases/b.md").read_bytes()
    shown = found.start("set", "tags", "-甲", "b", "--dry-run")
    assert shown.exit_code == 0
    assert "+status: 已编审" in found.start("set", "status", "已编审", "b", "--dry-run").stdout
    assert (found.root / "cases/b.md").read_bytes() == before
    assert found.start("set", "status", "已编审", "b").exit_code == 0
    assert found.start("rename", "institution", "某某大学", "新大学").exit_code == 0
    assert "institution: 新大学" in (found.root / "cases/a.md").read_text("utf-8")
    assert found.start("undo").exit_code == 0
    assert found.start("undo").exit_code == 0
    assert (found.root / "cases/b.md").read_bytes() == before


def test_a_file_that_cannot_be_read_has_a_line_and_a_title_without_end_is_cut(project):
    found = project({"cases/a.md": case_text("长" * 500)})
    (found.root / "cases/b.md").write_bytes(b"---\ntitle: \xff\xfe\n---\n")
    long, unread = found.start("list").stdout.splitlines()
    assert long.startswith("cases/a.md 已发布 " + "长" * 59 + "…")
    assert unread.startswith("cases/b.md 读不了 （没有标题）：1 处错误")


@pytest.mark.parametrize(("word", "kind"), [("单位", "institution"), ("标签", "tag")])
def test_rename_takes_the_names_of_fields_in_both_languages(project, word, kind):
    old, new = {"institution": ("某某大学", "新大学"), "tag": ("果园", "茶园")}[kind]
    found = project({"cases/a.md": case_text("甲", tags="[果园]")})
    made = found.start("rename", word, old, new)
    assert made.exit_code == 0
    assert new in (found.root / "cases/a.md").read_text(encoding="utf-8")
    assert f"rename {kind} {old} {new}" in found.start("undo").stdout
