"""Rules on numbers: what each must report, and the look-alikes it must leave alone."""

from pathlib import Path

import pytest
import yaml
from judged import NORMS, a_case, check, settled, together

from casegen import project, rules
from casegen.collection import parsing
from casegen.source import files

ROOT = Path(__file__).parents[3]
TABLE = yaml.safe_load((ROOT / "tests/tables/stated.yml").read_text("utf-8"))


RELATIONS = yaml.safe_load((ROOT / "tests/tables/relations.yml").read_text("utf-8"))


def said(found):
    return [(p.rule, p.message) for p in check(found)]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule, rows in TABLE.items() for sentence in rows["报"]],
)
def test_a_sentence_that_contradicts_itself_is_reported_on_its_line(rule, sentence):
    problems = check(a_case(body=f"开头一段。\n\n{sentence}"))
    assert {p.rule for p in problems} == {rule}
    assert {p.where.line for p in problems} == {15}
    assert all(p.hint for p in problems)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [(rule, sentence) for rule, rows in TABLE.items() for sentence in rows["不报"]],
)
def test_a_sentence_that_may_be_right_is_left_alone(rule, sentence):
    assert said(a_case(body=sentence)) == [], rule


@pytest.mark.parametrize("sentence", RELATIONS["报"])
def test_figures_of_a_sentence_that_cannot_all_be_right_are_reported(sentence):
    assert rules.check_case(a_case(metrics="[]", body=sentence), NORMS) != ()


@pytest.mark.parametrize("sentence", RELATIONS["不报"])
def test_figures_of_a_sentence_that_agree_are_left_alone(sentence):
    assert rules.check_case(a_case(metrics="[]", body=sentence), NORMS) == ()


def test_the_right_growth_and_sum_are_named():
    growth = said(a_case(body="产值由40万元增长到50万元，增长35%。"))
    assert growth == [("wrong-growth", "从 40万元 到 50万元，增长的是 25%，正文写的是 35%")]
    added = said(a_case(body="甲村修路100米，乙村修路50米，合计160米。"))
    assert added == [("wrong-sum", "100米、50米 相加是 150米，正文写的是 160米")]


ROWS = "| 村 | 户数 | 面积（亩） | 就业率 |\n|---|---|---|---|\n| 甲 | 10 | 1,000 | 90% |\n"


@pytest.mark.parametrize(
    ("last", "reported"),
    [
        ("| 合计 | 30 | 1200.5 | 95% |", []),
        ("| 合计 | 31 | 1200.5 | 95% |", ["“户数”一列相加是 30，合计写的是 31"]),
        ("| 合计 | 30 | 1300 |  |", ["“面积（亩）”一列相加是 1200.5，合计写的是 1300"]),
        ("| 丙 | 31 | 1300 | 95% |", []),
    ],
)
def test_the_last_row_of_a_table_is_the_sum_of_its_columns(last, reported):
    found = said(a_case(body=f"{ROWS}| 乙 | 20 | 200.5 | 100% |\n{last}\n"))
    assert found == [("wrong-sum", message) for message in reported]


def test_digits_lost_in_title_and_summary_are_found_too():
    problems = check(a_case(title="带动余户增收"))
    assert [(p.rule, p.where.line) for p in problems] == [("missing-digits", 2)]


# --- metrics of one case ---------------------------------------------------------------------

WHOLE = "{name: 总额, indicator: 投入帮扶资金, value: 200万元, id: t}"


def part(name, value, split="用途"):
    return f"{{name: {name}, value: {value}, part_of: t, split: {split}}}"


OTHER_SPLIT = f"{part('自筹', '100万元', '来源')}, {part('专项', '100万元', '来源')}"
NEARLY = "{name: 总额, indicator: 投入帮扶资金, value: 近200万元, id: t}"


def test_parts_that_miss_their_whole_are_noted_with_the_gap():
    metrics = f"[{WHOLE}, {part('产业', '120万元')}, {part('培训', '60万元')}]"
    [problem] = check(a_case(metrics=metrics))
    assert (problem.rule, str(problem.severity)) == ("parts-miss-whole", "note")
    assert "少 20万元" in problem.message
    assert "按用途划分" in problem.message


@pytest.mark.parametrize(
    "metrics",
    [
        # one part alone claims nothing
        f"[{WHOLE}, {part('产业', '120万元')}]",
        # two whole splits, each for itself
        f"[{WHOLE}, {part('产业', '120万元')}, {part('培训', '80万元')}, {OTHER_SPLIT}]",
        # a part may be more than is written
        f"[{WHOLE}, {part('产业', '120余万元')}, {part('培训', '60万元')}]",
        # as may the whole be less
        f"[{NEARLY}, {part('产业', '120万元')}, {part('培训', '60万元')}]",
    ],
)
def test_parts_that_claim_no_completeness_are_left_alone(metrics):
    assert said(a_case(metrics=metrics)) == []


TWICE = (
    "[{name: 投入资金, indicator: 投入帮扶资金, value: 106.8万元},"
    " {name: 帮扶资金, indicator: 投入帮扶资金, value: 1068000元}]"
)


def test_one_amount_under_two_names_is_reported_where_the_body_states_it_once():
    once = check(a_case(metrics=TWICE, body="学校投入帮扶资金106.8万元。"))
    assert [p.rule for p in once] == ["repeated-metric"]
    assert "正文里只有一处" in once[0].message
    twice = a_case(metrics=TWICE, body="投入资金106.8万元。县里另有帮扶资金1068000元。")
    assert said(twice) == []


def test_an_average_under_an_indicator_that_is_added_up_is_reported():
    wrong = "[{name: 户均增收, indicator: 带动增收总额, value: 3000元}]"
    right = "[{name: 户均增收, indicator: 人均收入, value: 3000元}]"
    assert [rule for rule, _ in said(a_case(metrics=wrong))] == ["average-in-total"]
    assert said(a_case(metrics=right)) == []


def test_a_figure_that_its_sentence_calls_an_average_is_one():
    metrics = "[{name: 增收, indicator: 带动增收总额, value: 3000元}]"
    assert [rule for rule, _ in said(a_case(metrics=metrics, body="户均增收3000元。"))] == [
        "average-in-total"
    ]
    assert said(a_case(metrics=metrics, body="人均两头牛，全村增收3000元。")) == []


def test_people_and_person_times_do_not_go_under_one_indicator():
    found = said(a_case(metrics="[{name: 培训, indicator: 培训人数, value: 460余人次}]"))
    assert [rule for rule, _ in found] == ["misfit-unit"]


@pytest.mark.parametrize(
    ("name", "value", "reported"),
    [
        ("毕业生就业率", "120%", True),
        ("医保覆盖率", "100.5%", True),
        ("自来水入户", "120%", True),
        ("销量同比增长", "120%", False),
        ("就业率", "100%", False),
        ("产值增长率", "250%", False),
        ("任务完成率", "120%", False),
    ],
)
def test_a_share_of_a_whole_is_not_above_100_percent(name, value, reported):
    metrics = f"[{{name: {name}, indicator: 比率, value: {value}}}]"
    rules_found = [r for r, _ in said(a_case(metrics=metrics, body=f"{name}达到{value}。"))]
    assert rules_found == ["impossible-value"] * reported


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
    assert [rule for rule, _ in said(found)] == ["forecast-as-outcome"] * reported


# --- the collection --------------------------------------------------------------------------


def with_funds(*values):
    return together(
        *(
            a_case(
                name=f"c{n}",
                title=f"甲{n}",
                metrics=f"[{{name: 投入资金, indicator: 投入帮扶资金, value: {value}}}]",
            )
            for n, value in enumerate(values)
        )
    )


USUAL = ("10万元", "20万元", "30万元", "40万元", "50万元")


@pytest.mark.parametrize("value", ["30000万元", "5亿元", "300元"])
def test_a_figure_a_thousand_times_off_the_others_median_is_reported_with_it(value):
    problems = rules.check_collection(with_funds(*USUAL, value), NORMS)
    assert [(p.rule, p.where.path, p.where.line) for p in problems] == [
        ("unlike-others", "cases/c5.md", 10)
    ]
    assert "其他 5 篇" in problems[0].message
    assert "中位数 30万元" in problems[0].message
    assert "万" in problems[0].hint


@pytest.mark.parametrize(
    "values",
    [(*USUAL, "29999万元"), (*USUAL, "301元"), (*USUAL[1:], "5亿元"), (*USUAL, "30万元")],
    ids=["less", "more", "too few others", "usual"],
)
def test_figures_within_a_thousand_times_or_with_few_others_are_left_alone(values):
    assert rules.check_collection(with_funds(*values), NORMS) == ()


def test_units_are_compared_in_base_units_only():
    cases_ = with_funds("10万元", "200000元", "0.003亿元", "40万元", "50万元", "300千元")
    assert rules.check_collection(cases_, NORMS) == ()


def test_lost_digits_are_quoted_as_the_clause_has_them():
    said_here = [m for _, m in said(a_case(body="共种树3行，可直接增收余万元。"))]
    assert said_here == ["“可直接增收余万元”里数字缺失"]


def test_a_unit_that_does_not_fit_is_called_by_its_own_word():
    found = a_case(metrics="[{name: 甲, indicator: 种植面积, value: 300户}]")
    [(rule, message)] = said(found)
    assert rule == "misfit-unit"
    assert "计量单位“户”" in message


def test_words_far_off_in_an_endless_sentence_do_not_bear_out_a_figure():
    metrics = "[{name: 水苔基地, value: 100亩}]"
    far = f"水苔基地，{'山高水长，' * 100}另有100亩水塘。"
    near = "水苔基地，山高水长，另有100亩水塘。"
    bodies = [a_case(metrics=metrics, body=body).evidence[0] for body in (far, near)]
    assert [match is not None and match.sure for match in bodies] == [False, True]


# --- all of them -----------------------------------------------------------------------------


def test_each_can_be_waived_with_a_reason():
    found = a_case(body="绿化面积余亩。", more="waive: {missing-digits: 原稿缺字}")
    assert settled(found) == []


def test_the_demonstration_collection_has_no_false_alarm():
    found = project.find_project(ROOT)
    documents, _ = files.read_documents(found.root)
    demo = [parsing.parse_case(document, found.norms)[0] for document in documents]
    own = [problem for case in demo for problem in rules.check_case(case, found.norms)]
    problems = [*own, *rules.check_collection(together(*demo), found.norms)]
    assert len(demo) >= 5
    assert {p.rule for p in problems} <= {"missing-cover", "missing-sign-off"}


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
