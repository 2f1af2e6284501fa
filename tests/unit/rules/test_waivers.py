"""Waivers of cases, and severities of casegen.yml."""

import pytest
from judged import NORMS, a_case, check, settled

from casegen import rules
from casegen.collection.norms import Norms
from casegen.problem import Severity

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


def test_each_can_be_waived_with_a_reason():
    found = a_case(body="绿化面积余亩。", more="waive: {missing-digits: 原稿缺字}")
    assert settled(found) == []


# What an editor wrote, and what the list of unfilled things names of it.
UNFILLED = [
    ({"body": "投入待核。"}, [("正文", "投入待核")]),
    ({"body": "# 到××村\n\n路修好了。"}, [("正文", "××")]),
    ({"body": "投入待核。又一次投入待核。"}, [("正文", "投入待核")]),
    ({"body": "命令是 `到××村`。"}, []),
    ({"body": "```\n到××村\n```"}, []),
    ({"body": "[记](xx村.html)"}, []),
    ({"title": "到××村"}, [("标题", "××")]),
    ({"institution": "××大学"}, [("单位", "××")]),
    ({"more": "tags: [水苔, xx村]"}, [("标签", "xx")]),
    ({"more": "source: {name: xx报社}"}, [("来源", "xx")]),
    ({"body": "投入待核。", "more": "waive: {placeholder: 不便写}"}, []),
    ({"body": "投入待核。", "more": "waive: {placeholder: }"}, [("正文", "投入待核")]),
]


@pytest.mark.parametrize(("given", "listed"), UNFILLED)
def test_the_list_of_unfilled_things_and_the_rule_agree(given, listed):
    found = a_case(**given)
    assert list(rules.list_unfilled(found, NORMS)) == listed
    assert ("placeholder" in dict(settled(found))) == bool(listed)
    silent = Norms(NORMS.vocabulary, severities={"placeholder": None})
    assert not rules.list_unfilled(found, silent)


def test_a_waiver_that_keeps_a_comment_off_the_list_is_used():
    found = a_case(body="种茶。<!-- 面积待核 -->", more="waive: {placeholder: 已核}")
    assert not rules.list_unfilled(found, NORMS)
    assert settled(found) == []
