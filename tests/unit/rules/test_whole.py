"""What may not occur twice in one collection, and links between its cases."""

from dataclasses import replace

import pytest
from judged import NORMS, a_case, said_of_all, together

from casegen import rules
from casegen.rules.whole import WHOLE


def test_two_cases_of_one_title_and_one_institution_spelled_twice_are_reported():
    cases = together(a_case(name="b", institution="某校(西区)"), a_case(institution="某校（西区）"))
    problems = rules.check_collection(cases, NORMS)
    assert [(p.rule, p.where.path, p.where.line) for p in problems] == [
        ("duplicate-title", "cases/b.md", 2),
        ("institution-spelling", "cases/b.md", 3),
    ]
    assert all("cases/a.md" in p.message for p in problems)


LONG = "学校在村里建了果园，请来技术员教剪枝、嫁接、施肥，又办起合作社统一收购，三年后户户有收入。"


def test_a_copy_is_told_at_the_file_whose_name_is_that_of_a_copy():
    cases = (a_case("甲 - 副本", body=LONG), a_case("甲", body=LONG))
    assert said_of_all(WHOLE, *cases) == [("copied-case", "cases/甲 - 副本.md", 2)]


def test_a_withdrawn_case_and_one_without_figures_are_no_copies():
    withdrawn = replace(a_case("b", body=LONG), status="withdrawn")
    found = said_of_all(WHOLE, a_case("a", body=LONG), withdrawn)
    assert "copied-case" not in {rule for rule, _, _ in found}
    plain = [a_case(name, metrics="[]", body=LONG) for name in "ab"]
    assert [rule for rule, _, _ in said_of_all(WHOLE, *plain)] == ["duplicate-title"]


def test_a_link_to_a_missing_heading_and_to_a_draft_is_told_on_its_line():
    target = a_case("b", title="乙", body="## 做法\n\n种茶。")
    links = a_case("a", body="见[做法](b.md#做法)。\n\n见[成效](b.md#成效)。")
    assert said_of_all(WHOLE, links, target) == [("missing-anchor", "cases/a.md", 15)]
    draft = replace(target, status="draft")
    found = said_of_all(WHOLE, a_case("a", body="见[做法](b.md#做法)。"), draft)
    assert found == [("link-to-draft", "cases/a.md", 13)]


@pytest.mark.parametrize(
    ("second", "told"),
    [("2018-2023", ["overlapping-figures"]), ("2021-2023", [])],
)
def test_sums_to_date_whose_years_overlap_are_told(second, told):
    first, last = second.split("-")
    metrics = (
        "[{name: 累计投入资金, value: 180万元, period: 2012-2020},"
        f" {{name: 累计投入资金, value: 200万元, period: {second}}}]"
    )
    body = f"2012—2020年累计投入资金180万元。{first}—{last}年累计投入资金200万元。"
    found = said_of_all(WHOLE, a_case(metrics=metrics, body=body))
    assert [rule for rule, _, _ in found] == told
