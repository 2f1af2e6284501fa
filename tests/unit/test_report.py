"""Problems as a file to send on, and many of one kind as one."""

import io
import json

import openpyxl
import pytest

from casegen.problem import Edit, Location, Problem, Severity
from casegen.report import MANY, group_problems, make_sarif, write_report


def problem(rule="missing-summary", line=3, message="没有 <摘要>", path="cases/甲.md", **more):
    return Problem(rule, Severity.WARNING, message, Location(path, line, 2), "补一句", **more)


def test_many_problems_of_a_kind_that_differ_in_place_are_one_with_the_places():
    slips = [problem("half-width-punctuation", n, "半角") for n in range(1, MANY + 4)]
    [one] = group_problems(tuple(slips))
    assert one.message == f"中文里用了半角标点，共 {MANY + 3} 处：1:2、2:2、3:2、4:2、5:2、6:2……"
    assert group_problems(tuple(slips[: MANY - 1])) == tuple(slips[: MANY - 1])


def test_the_same_text_at_two_places_is_told_once_with_both():
    found = group_problems((problem(line=3), problem(line=9), problem(line=5, message="另一个")))
    assert [p.message for p in found] == ["没有 <摘要>（又见 9:2）", "另一个"]


def test_notes_that_say_the_same_of_several_names_are_one_with_all_names():
    names = "甲乙丙丁"
    notes = tuple(
        Problem(
            "unknown-indicator", Severity.NOTE, f"“{name}”不在词表里", Location("a.md", n), "不必"
        )
        for n, name in enumerate(names, 3)
    )
    other = Problem(
        "unknown-indicator", Severity.NOTE, "“戊”不在词表里", Location("a.md", 9), "写戊"
    )
    one, apart = group_problems((*notes, other))
    assert (one.message, one.where.line) == ("“甲”“乙”“丙”“丁”这 4 个名称不在词表里", 3)
    assert apart == other
    assert group_problems(notes[: MANY - 1]) == notes[: MANY - 1]


def test_slips_at_one_place_are_counted():
    [one] = group_problems((problem(), problem()))
    assert one.message == "没有 <摘要>，共 2 处"


def test_problems_of_two_files_stay_apart():
    assert len(group_problems((problem(), problem(path="cases/乙.md")))) == 2


FOUND = (problem(), problem(line=9, message="第二个", fix=Edit(0, 1, "x", sure=False)))


def test_the_text_has_a_line_for_each():
    assert write_report(FOUND, "text").decode().splitlines() == [
        "cases/甲.md:3:2 提醒 没有 <摘要>  [missing-summary]",
        "cases/甲.md:9:2 提醒 第二个  [missing-summary]",
    ]


def test_the_json_holds_all_of_each():
    first, second = json.loads(write_report(FOUND, "json"))
    assert (first["rule"], first["line"], second["message"]) == ("missing-summary", 3, "第二个")


def test_the_page_is_escaped_and_summed_up():
    html = write_report(FOUND, "html").decode()
    assert "共 2 处提醒。" in html
    assert "没有 &lt;摘要&gt;" in html
    assert html.count("<h2>") == 1
    assert "没有发现问题。" in write_report((), "html").decode()


def test_the_sheet_has_a_row_for_each_and_says_which_can_be_mended():
    book = openpyxl.load_workbook(io.BytesIO(write_report(FOUND, "xlsx")))
    head, first, second = book.active.iter_rows(values_only=True)
    assert head[:2] == ("文件", "行")
    assert first[:5] == ("cases/甲.md", 3, 2, "提醒", "没有 <摘要>")
    assert (first[7], second[7]) == (None, "casegen check --fix-all")


@pytest.mark.parametrize(
    ("severity", "level"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "note")],
)
def test_sarif_names_place_level_and_rule(severity, level):
    [run] = make_sarif([problem().at(severity)])["runs"]
    [result] = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["level"], result["ruleId"]) == (level, "missing-summary")
    assert place["artifactLocation"]["uri"] == "cases/%E7%94%B2.md"
    assert place["region"] == {"startLine": 3, "startColumn": 2}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["missing-summary"]
