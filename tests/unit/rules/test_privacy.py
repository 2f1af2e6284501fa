"""Personal data that should not be in a public case. All numbers are invented."""

import pytest
from judged import a_case, said_by

from casegen.rules.privacy import PRIVACY


@pytest.mark.parametrize(
    ("body", "rule", "severity"),
    [
        ("受助人 11010519491231002X 已核。", "identity-number", "error"),
        ("受助人 110105194912310021 已核。", "unsure-number", "warning"),
        ("打入 6222020000000000000 账户。", "bank-card", "error"),
        ("联系 138 0000 1234。", "mobile-number", "warning"),
    ],
)
def test_a_number_of_a_person_is_told_at_its_place_and_masked(body, rule, severity):
    [problem] = said_by(PRIVACY, a_case(body=f"先修路。\n\n{body}"))
    assert (problem.rule, str(problem.severity)) == (rule, severity)
    assert problem.where.line == 15
    number = body.split(" ", 1)[1].rsplit(" ", 1)[0].removesuffix("。")
    assert number not in problem.message


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ({"title": "联系13800001234"}, 2),
        ({"institution": "某校13800001234"}, 3),
        ({"more": "tags: [联系13800001234]"}, 11),
        ({"more": "source: {name: 联系13800001234}"}, 11),
    ],
)
def test_fields_are_looked_through_as_well(field, line):
    [problem] = said_by(PRIVACY, a_case(**field))
    assert (problem.rule, problem.where.line) == ("mobile-number", line)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("资助学生王小明，患白血病已三年。", 1),
        ("学生王小明获得作文奖。", 0),
        ("资助一名患白血病的学生。", 0),
        ("学生王小明参加合唱。村里资助孤儿两名。", 0),
    ],
)
def test_a_minor_is_told_if_named_in_one_sentence_with_illness_or_aid(body, told):
    found = said_by(PRIVACY, a_case(body=body))
    assert [p.rule for p in found] == ["named-minor"] * told
