"""The metrics of one case compared with each other and with their indicators."""

import pytest
from judged import OF, TOTAL, a_case, check, found_in, tell


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
    assert tell(a_case(metrics=metrics)) == []


TWICE = (
    "[{name: 投入资金, indicator: 投入帮扶资金, value: 106.8万元},"
    " {name: 帮扶资金, indicator: 投入帮扶资金, value: 1068000元}]"
)


def test_one_amount_under_two_names_is_reported_where_the_body_states_it_once():
    once = check(a_case(metrics=TWICE, body="学校投入帮扶资金106.8万元。"))
    assert [p.rule for p in once] == ["repeated-metric"]
    assert "正文里只有一处" in once[0].message
    twice = a_case(metrics=TWICE, body="投入资金106.8万元。县里另有帮扶资金1068000元。")
    assert tell(twice) == []


def test_an_average_under_an_indicator_that_is_added_up_is_reported():
    wrong = "[{name: 户均增收, indicator: 带动增收总额, value: 3000元}]"
    right = "[{name: 户均增收, indicator: 人均收入, value: 3000元}]"
    assert [rule for rule, _ in tell(a_case(metrics=wrong))] == ["average-in-total"]
    assert tell(a_case(metrics=right)) == []


def test_a_figure_that_its_sentence_calls_an_average_is_one():
    metrics = "[{name: 增收, indicator: 带动增收总额, value: 3000元}]"
    assert [rule for rule, _ in tell(a_case(metrics=metrics, body="户均增收3000元。"))] == [
        "average-in-total"
    ]
    assert tell(a_case(metrics=metrics, body="人均两头牛，全村增收3000元。")) == []


def test_people_and_person_times_do_not_go_under_one_indicator():
    found = tell(a_case(metrics="[{name: 培训, indicator: 培训人数, value: 460余人次}]"))
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
    rules_found = [r for r, _ in tell(a_case(metrics=metrics, body=f"{name}达到{value}。"))]
    assert rules_found == ["impossible-value"] * reported


def test_a_unit_that_does_not_fit_is_called_by_its_own_word():
    found = a_case(metrics="[{name: 甲, indicator: 种植面积, value: 300户}]")
    [(rule, message)] = tell(found)
    assert rule == "misfit-unit"
    assert "计量单位“户”" in message


def test_parts_that_the_body_names_are_told_with_the_line_to_paste():
    metrics = "[{name: 种植面积, value: 200亩}, {name: 茶园种植面积, value: 120亩}]"
    [problem] = check(a_case(metrics=metrics, body="种植面积200亩，其中茶园120亩。"))
    assert problem.rule == "unsettled-parts"
    assert "- {name: 茶园种植面积, value: 120亩, part_of: 种植面积}" in problem.hint
