import ast
import re
from pathlib import Path

import pytest
from judged import NORMS, OF, TOTAL, a_case, check, found_in, settled, together

from casegen import rules
from casegen.collection import parsing
from casegen.problem import Severity
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
    ("metrics", "rule"),
    [
        (
            f"[{TOTAL}, {{name: 甲, value: 1.5亩, {OF}}}, {{name: 乙, value: 0.6亩, {OF}}}]",
            "part-exceeds-whole",
        ),
        ("[{name: 总, value: 1亿元, id: t}, {name: 甲, value: 10001万元, part_of: t}]",
         "part-exceeds-whole"),
        ("[{name: 甲, indicator: 种植面积, value: 3万元}]", "misfit-unit"),
        ("[种植面积: 3亩, 种植面积: 3亩]", "repeated-metric"),
    ],
)  # fmt: skip
def test_figures_that_cannot_all_be_right_are_reported(metrics, rule):
    assert (rule, 10) in found_in(a_case(metrics=metrics))


@pytest.mark.parametrize(
    "metrics",
    [
        # exactly the whole, each way of splitting it for itself
        f"[{TOTAL}, {{name: 甲, value: 2亩, {OF}, split: 甲}}, {{name: 乙, value: 2亩, {OF}}}]",
        # the whole is more than is written
        "[{name: 总, value: 200余万元, id: t}, {name: 甲, value: 201万元, part_of: t}]",
        # parts of another kind
        "[{name: 总, value: 200万元, id: t}, {name: 甲, value: 300亩, part_of: t}]",
        # the same thing said twice
        "[{name: 总, value: 200万元, id: t}, {name: 总, value: 200万元, same_as: t}]",
    ],
)
def test_figures_that_may_be_right_are_left_alone(metrics):
    assert found_in(a_case(metrics=metrics)) == []


@pytest.mark.parametrize(
    "more", ["updated: 2020-01-01", "period: 1021-2021"], ids=["updated", "period"]
)
def test_dates_that_cannot_be_meant_are_reported(more):
    assert found_in(a_case(more=more)) == [("unlikely-date", 11)]


def test_two_cases_of_one_title_and_one_institution_spelled_twice_are_reported():
    cases = together(a_case(name="b", institution="某校(西区)"), a_case(institution="某校（西区）"))
    problems = rules.check_collection(cases, NORMS)
    assert [(p.rule, p.where.path, p.where.line) for p in problems] == [
        ("duplicate-title", "cases/b.md", 2),
        ("institution-spelling", "cases/b.md", 3),
    ]
    assert all("cases/a.md" in p.message for p in problems)


@pytest.mark.parametrize(
    ("body", "mended"),
    [
        ("修路,架桥;种茶:养鸡。", "修路，架桥；种茶：养鸡。"),
        ("成了吗?成了!", "成了吗？成了！"),
        ("成效显著。。又，，好", "成效显著。又，好"),
        ("“好”,他说", "“好”，他说"),
        ("共 3,000 元,well, `甲,乙` 见[甲](a,b.md) https://a.cn/甲,乙 10:30", None),
        ("丙：\n\n```\n甲,乙\n```\n\n    a,b\n\n等等……——好", None),
        ("| 甲 | 乙 |\n|:--|--:|\n| 丙 | 丁 |", None),
    ],
)
def test_slips_of_punctuation_are_mended_in_prose_only(body, mended):
    found = a_case(body=body)
    problems = [p for p in rules.check_case(found, NORMS) if p.fix]
    head = found.body_start
    text = found.body
    for problem in sorted(problems, key=lambda p: -p.fix.start):
        text = text[: problem.fix.start - head] + problem.fix.text + text[problem.fix.end - head :]
    assert text.rstrip("\n") == (mended or body)
    for problem in problems:
        line = found.body.split("\n")[problem.where.line - found.body_line]
        assert line[problem.where.column - 1] in problem.message


# --- norms and waivers -----------------------------------------------------------------------

REPEATED = "[种植面积: 3亩, 种植面积: 3亩]"


def test_a_rule_can_be_raised_and_silenced():
    found = a_case(metrics=REPEATED)
    assert settled(found) == [("repeated-metric", "warning")]
    assert settled(found, repeated_metric=Severity.ERROR) == [("repeated-metric", "error")]
    assert settled(found, repeated_metric=None) == []


def test_a_waiver_with_a_reason_sets_its_rule_aside_in_its_file_only():
    waived = a_case(metrics=REPEATED, more="waive: {repeated-metric: 两年各一次}")
    other = a_case(metrics=REPEATED, name="b")
    problems = [*check(waived), *check(other)]
    left = rules.settle_problems(problems, [waived, other], NORMS)
    assert [(p.rule, p.where.path) for p in left] == [("repeated-metric", "cases/b.md")]


@pytest.mark.parametrize(
    ("waive", "rule"),
    [
        ("{repeated-metric: }", "waive-without-reason"),
        ("{repeated-metrics: 原文如此}", "unknown-waiver"),
        ("{missing-image: 以后补}", "fixed-rule"),
        ("{missing-alt: 装饰图}", "unused-waiver"),
    ],
)
def test_a_waiver_that_does_not_hold_is_a_problem_and_waives_nothing(waive, rule):
    found = settled(a_case(metrics=REPEATED, more=f"waive: {waive}"))
    assert sorted(each for each, _ in found) == sorted(["repeated-metric", rule])


# --- the catalogue ---------------------------------------------------------------------------


def test_every_rule_says_what_why_and_how_to_mend():
    for slug, rule in rules.load_catalogue().items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)
        assert rule.title
        assert rule.why.endswith("。")
        assert rule.mend
        assert rule.title in rules.explain_rule(rule)
        assert slug in rules.explain_rule(rule)


def test_exactly_the_fixed_rules_are_errors():
    for rule in rules.load_catalogue().values():
        assert rule.fixed == (rule.severity is Severity.ERROR), rule.slug


ROOMS = ("source", "collection", "media", "body", "chinese")


def slugs_in(path):
    """Every literal that stands where a rule is named in a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in {"Problem", "add", "Flaw", "Fault", "say", "_say", "_problem", "_missing"}:
                for argument in node.args[:3]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                        yield argument.value


def test_every_slug_that_any_module_reports_is_in_the_catalogue():
    home = Path(rules.__file__).parents[1]
    found = {
        slug
        for path in (home / "project.py", *(p for r in ROOMS for p in (home / r).rglob("*.py")))
        for slug in slugs_in(path)
        if re.fullmatch(r"[a-z]+(-[a-z]+)+|unreadable|encoding", slug)
    }
    assert len(found) > 25
    assert found - set(rules.load_catalogue()) == set()
