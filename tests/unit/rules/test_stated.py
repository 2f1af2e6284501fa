"""Figures that a sentence shows to be planned, incomplete or impossible."""

import pytest
from judged import a_case, check, stated, tell


def test_digits_lost_in_title_and_summary_are_found_too():
    problems = check(a_case(title="带动余户增收"))
    assert [(p.rule, p.where.line) for p in problems] == [("missing-digits", 2)]


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ("项目建成后，预计带动增收30万元。", True),
        ("学校计划投入资金，力争带动增收30万元。", True),
        ("原计划增收20万元，实际带动增收30万元。", False),
        ("学校争取到帮扶项目，带动增收30万元。", False),
        ("带动增收30万元。", False),
    ],
)
def test_a_forecast_is_no_outcome(body, reported):
    found = a_case(metrics="[{name: 带动增收, indicator: 带动增收总额, value: 30万元}]", body=body)
    assert [rule for rule, _ in tell(found)] == ["forecast-as-outcome"] * reported


def test_lost_digits_are_quoted_as_the_clause_has_them():
    said_here = [m for _, m in tell(a_case(body="共种树3行，可直接增收余万元。"))]
    assert said_here == ["“可直接增收余万元”里数字缺失"]


@pytest.mark.parametrize(
    ("rule", "sentence", "wrong"),
    [
        (rule, sentence, wrong)
        for rule in ("missing-digits", "impossible-rate")
        for sentence, wrong in stated(rule)
    ],
)
def test_a_figure_that_cannot_be_right_is_reported_on_its_line(rule, sentence, wrong):
    problems = check(a_case(body=f"开头一段。\n\n{sentence}"))
    assert {(p.rule, p.where.line) for p in problems} == ({(rule, 15)} if wrong else set())
    assert all(p.hint for p in problems)
