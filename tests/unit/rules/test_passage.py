"""Mistakes in the texts of a case, with their places in the file."""

import re

from judged import a_case

from casegen.problem import Severity
from casegen.rules.passage import Slip, Wording, make_problem, report_slips

WORDS = Wording("placeholder", Severity.WARNING, "“某”还没有填", "补上")


def find_mou(text):
    return (Slip(*found.span(), WORDS, "甲") for found in re.finditer("某", text))


def test_a_slip_of_the_body_has_its_place_and_its_edit():
    case = a_case(body="甲村。\n\n到某村和 `某` 处。")
    [problem] = [p for p in report_slips(case, find_mou) if p.where.line > 12]
    assert (problem.where.line, problem.where.column) == (15, 2)
    start = case.body_start + case.body.index("某")
    assert (problem.fix.start, problem.fix.end, problem.fix.text) == (start, start + 1, "甲")


def test_a_slip_of_a_field_has_its_label_and_an_edit_of_its_value():
    [found] = report_slips(a_case(title="到某村", institution="青石学院"), find_mou)
    assert (found.where.line, found.message) == (2, "标题：“某”还没有填")
    fix = found.fix
    assert (fix.value, fix.start, fix.end, fix.text) == ("到某村", 1, 2, "甲")


def test_a_slip_that_another_rule_tells_is_left_out():
    case = a_case(title="到某村", institution="某校")
    found = report_slips(case, find_mou, lambda at, _: at == ("institution",))
    assert [p.where.field for p in found] == ["title"]


def test_a_problem_without_a_mend_has_no_edit():
    problem = make_problem(a_case(body="甲村。\n乙村。"), (4, 6), WORDS)
    assert (problem.where.line, problem.where.column, problem.fix) == (14, 1, None)
