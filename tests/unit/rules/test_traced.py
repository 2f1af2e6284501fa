"""Metrics compared with the sentences that state them."""

import pytest
from judged import NORMS, a_case, said_by

from casegen import rules
from casegen.collection import parsing
from casegen.rules.traced import TRACED
from casegen.source import files


def test_words_far_off_in_an_endless_sentence_do_not_bear_out_a_figure():
    metrics = "[{name: 水苔基地, value: 100亩}]"
    far = f"水苔基地，{'山高水长，' * 100}另有100亩水塘。"
    near = "水苔基地，山高水长，另有100亩水塘。"
    bodies = [a_case(metrics=metrics, body=body).evidence[0] for body in (far, near)]
    assert [match is not None and match.sure for match in bodies] == [False, True]


def test_a_figure_stated_twice_differently_is_reported_with_both_lines():
    text = (
        "---\ntitle: 甲\ninstitution: 某校\nregions: 甘肃省/定西市/陇西县\ndate: 2023-01-01\n"
        "categories: 产业\nmetrics: [累计培训农民: 460人]\n---\n\n"
        "累计培训农民460人，人人有手艺。\n\n到年底，累计培训农民400人。\n\n另培训教师40人。\n"
    )
    document, _ = files.make_document("cases/a.md", text.encode())
    found, _ = parsing.parse_case(document, NORMS)
    [problem] = [p for p in rules.check_case(found, NORMS) if p.rule == "stated-twice"]
    assert problem.where.line == 7
    assert "第 10 行是460人" in problem.message
    assert "第 12 行又是400人" in problem.message


def test_what_is_only_planned_contradicts_nothing():
    body = "培训农民人数200人。\n\n预计培训农民人数300人。"
    found = a_case(metrics="[培训农民人数: 200人]", body=body)
    assert "stated-twice" not in {p.rule for p in rules.check_case(found, NORMS)}


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("累计投入帮扶资金300万元。截至目前，学校累计投入帮扶资金330万元。", [13]),
        ("累计培训农民460人。\n\n到年底，累计培训农民400人。", [15]),
        ("甲村累计投入帮扶资金300万元。乙村累计投入帮扶资金330万元。", []),
        ("累计投入帮扶资金300万元。累计投入帮扶资金3000000元。", []),
        ("2021年累计投入帮扶资金300万元。截至2023年底，累计投入帮扶资金330万元。", []),
        ("累计投入帮扶资金约300万元。累计投入帮扶资金330万元。", []),
        ("累计投入帮扶资金300万元，累计培训农民330人。", []),
        ("三年来，累计培训农民460人，培训教师40人。", []),
        ("累计投入帮扶资金300万元。预计将累计投入帮扶资金330万元。", []),
    ],
)
def test_two_sums_to_date_of_one_thing_are_reported_where_no_metric_names_them(body, lines):
    problems = rules.check_case(a_case(metrics="[]", body=body), NORMS)
    found = [(p.rule, p.where.line) for p in problems if p.rule == "stated-twice"]
    assert found == [("stated-twice", line) for line in lines]


def test_a_metric_whose_sentence_tells_what_there_was_before_says_so():
    case = a_case(metrics="[{name: 脱贫户, value: 56户}]", body="全村原有脱贫户56户。")
    [problem] = rules.check_case(case, NORMS)
    assert problem.rule == "doubtful-evidence"
    assert problem.message == "“脱贫户”56户，正文第 13 行说的是原有的数，不是现在的"
    assert "period" in problem.hint


@pytest.mark.parametrize(
    ("name", "value", "body", "told"),
    [
        ("投入帮扶资金", "50万元", "由于汛情，没有投入帮扶资金50万元。", "说的是没有做到"),
        ("脱贫户", "9899万人", "全国脱贫户9899万人。", "说的是全国的数，不是本案例的"),
        (
            "投入帮扶资金",
            "800万元",
            "邻县投入帮扶资金800万元。",
            "说的是别处或企业自身的数，不是本案例的",
        ),
    ],
)
def test_a_sentence_that_tells_something_else_is_told(name, value, body, told):
    case = a_case(metrics=f"[{{name: {name}, value: {value}}}]", body=body)
    [problem] = [p for p in rules.check_case(case, NORMS) if p.rule == "doubtful-evidence"]
    assert problem.message == f"“{name}”{value}，正文第 13 行{told}"


@pytest.mark.parametrize(
    ("value", "body", "rule", "severity"),
    [
        ("培训农民: 460人", "全年修路三条。", "missing-evidence", "warning"),
        ("培训农民: 460人", "全年培训农民400人。", "changed-value", "warning"),
        ("投入资金: 30元", "学校投入资金30万元。", "changed-unit", "warning"),
        ("培训农民: 460人", "全年培训农民约460人。", "changed-qualifier", "warning"),
        ("带动农户: 80余户", "合作社带动农户80多户。", "kindred-qualifier", "note"),
        ("派出教师: 6名", "学校派出教师6人。", "unit-wording", "note"),
        ("修建水窖: 35口", "另有35口鱼塘。", "doubtful-evidence", "note"),
    ],
)
def test_a_metric_that_its_sentence_does_not_bear_out_is_told(value, body, rule, severity):
    found = said_by(TRACED, a_case(metrics=f"[{value}]", body=body))
    assert [(p.rule, str(p.severity), p.where.line) for p in found] == [(rule, severity, 10)]


@pytest.mark.parametrize("value", ["带动农户: 150家农户", "带动农户: 150户"])
def test_households_counted_as_in_the_body_are_no_other_wording(value):
    body = "合作社带动农户150家农户。" if "家" in value else "合作社带动农户150户。"
    assert said_by(TRACED, a_case(metrics=f"[{value}]", body=body)) == []


def test_a_metric_of_another_year_than_its_sentence_is_told_with_both():
    metrics = "[{name: 集体收入, value: 17.4万元, period: 2023}]"
    body = "2021年集体收入17.4万元。"
    [problem] = said_by(TRACED, a_case(metrics=metrics, body=body))
    assert problem.rule == "changed-period"
    assert "写的是 2023 年，正文第 13 行的这个数是 2021 年的" in problem.message
