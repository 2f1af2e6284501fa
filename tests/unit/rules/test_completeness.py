"""What is expected of a published case, and which dates are plausible."""

import datetime as dt
from dataclasses import replace

import pytest
from judged import NORMS, a_case, found_in, said_of_all

from casegen.collection import parsing
from casegen.rules.completeness import CALENDAR, check_sign_off
from casegen.source import files


def test_a_complete_case_has_no_problems():
    assert found_in(a_case()) == []


def test_what_a_good_case_has_beyond_the_required_is_noted_when_absent():
    text = (
        "---\ntitle: 甲\ninstitution: 某校\nregions: 甘肃省\ndate: 2021-10-28\n"
        "categories: 产业\n---\n"
    )
    found, _ = parsing.parse_case(files.make_document("cases/a.md", text.encode())[0], NORMS)
    assert sorted(rule for rule, _ in found_in(found)) == [
        "empty-body",
        "missing-cover",
        "missing-metrics",
        "missing-sign-off",
        "missing-summary",
    ]


@pytest.mark.parametrize(
    "more", ["updated: 2020-01-01", "period: 1021-2021"], ids=["updated", "period"]
)
def test_dates_that_cannot_be_meant_are_reported(more):
    assert found_in(a_case(more=more)) == [("unlikely-date", 11)]


def test_only_a_published_case_needs_a_reviewer():
    draft = replace(a_case(), status="draft", credits=())
    assert list(check_sign_off(draft, NORMS)) == []
    [problem] = check_sign_off(replace(draft, status="published"), NORMS)
    assert problem.rule == "missing-sign-off"


@pytest.mark.parametrize(
    ("today", "more", "told"),
    [
        (dt.date(2021, 10, 28), "", []),
        (dt.date(2021, 10, 27), "", [5]),
        (dt.date(2021, 10, 28), "updated: 2021-10-29", [11]),
        (dt.date(2021, 10, 28), "period: 2021-2022", [11]),
        (None, "period: 2021-2022", []),
    ],
)
def test_what_has_not_come_yet_is_told_by_the_day_of_the_run(today, more, told):
    """The date of the case is 2021-10-28, on the fifth line."""
    found = said_of_all(CALENDAR, a_case(more=more), norms=replace(NORMS, today=today))
    assert [line for _, _, line in found] == told
