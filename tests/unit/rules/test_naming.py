"""Names of metrics that the vocabulary lacks."""

from judged import NORMS, a_case, said_of_all, together

from casegen.rules.naming import NAMING, check_names


def tell(*cases):
    return list(check_names(together(*cases), NORMS))


def test_a_name_is_told_once_with_the_number_of_other_cases():
    cases = [a_case(name, title=name, metrics="[养蜂箱数: 40箱]") for name in "cab"]
    assert said_of_all(NAMING, *cases) == [("unknown-indicator", "cases/a.md", 10)]
    [problem] = tell(*cases)
    assert "“养蜂箱数”不在词表里" in problem.message
    assert problem.message.endswith("另有 2 篇也这样写")


def test_the_nearest_indicator_is_offered_as_a_line_to_write():
    [problem] = tell(a_case(metrics="[油茶种植的面积: 67亩]"))
    assert "最接近的是“种植面积”" in problem.hint
    assert "{name: 油茶种植的面积, indicator: 种植面积, value: 67亩}" in problem.hint


def test_an_indicator_that_there_is_not_is_named():
    [problem] = tell(a_case(metrics="[{name: 地, indicator: 种值面积, value: 67亩}]"))
    assert problem.message.startswith("词表里没有指标“种值面积”")
    assert "最接近的是“种植面积”" in problem.hint


def test_names_of_the_vocabulary_are_left_alone():
    assert tell(a_case(metrics="[水苔种植面积: 67亩, 培训人数: 40人]")) == []
