from __future__ import annotations

import pytest
from judged import a_case

from casegen.collection import evidence
from casegen.collection.evidence import Agreement

LAMP = "{name: 路灯, value: %s}"


def matched(metrics, body):
    """Of each metric the words of the body that state it, and how far the two agree."""
    case = a_case(metrics=metrics, body=body)
    return [match and (match.raw, match.agreement) for match in case.evidence]


@pytest.mark.parametrize(
    ("value", "body", "found"),
    [
        ("80盏", "安装路灯80盏。", ("80盏", Agreement.FULL)),
        ("80盏", "安装路灯八十盏。", ("八十盏", Agreement.WORDING)),
        ("300多盏", "安装路灯300余盏。", ("300余盏", Agreement.AKIN)),
        ("80盏", "安装路灯近80盏。", ("近80盏", Agreement.QUALIFIER)),
        ("80盏", "安装路灯80座。", ("80座", Agreement.UNIT)),
        ("80盏", "安装路灯90盏。", ("90盏", Agreement.VALUE)),
    ],
)
def test_how_far_a_sentence_agrees_with_a_metric(value, body, found):
    assert matched(f"[{LAMP % value}]", body) == [found]


def test_a_metric_that_no_sentence_states_has_no_match():
    assert matched(f"[{LAMP % '80盏'}]", "村里安了电话。") == [None]


@pytest.mark.parametrize(
    "product",
    ["3*4*5米", "3**4**5米", "3 * 4 * 5米", "3＊4＊5米", "3 × 4 × 5米", "3_4_5米", "3__4__5米",
     "3~~4~~5米", "**3*4*5米**", "[3*4*5米](https://example.edu.cn)", "3 4 5米", "3*4*5"],
)  # fmt: skip
def test_digits_with_marks_between_them_are_not_one_number(product):
    [match] = matched("[{name: 大棚长, value: 345米}]", f"大棚长{product}，全村用上。")
    assert match is None or match == ("5米", Agreement.VALUE)


def test_a_number_of_three_digits_after_each_blank_is_one_number():
    assert matched(f"[{LAMP % '3000盏'}]", "安装路灯3 000盏。") == [("3 000盏", Agreement.FULL)]


def test_a_figure_confirms_one_metric_at_most():
    both = "[{name: 路灯, value: 60盏}, {name: 太阳能路灯, value: 60盏}]"
    [first, second] = matched(both, "安装路灯60盏。")
    assert first == ("60盏", Agreement.FULL)
    assert second is None


def test_of_two_equal_figures_the_one_whose_words_share_more_with_the_name_is_taken():
    body = "建成厕所60座。\n\n建成鸡舍60座。"
    case = a_case(metrics="[{name: 鸡舍, value: 60座}, {name: 厕所, value: 60座}]", body=body)
    lines = [case.prose.sentences[match.sentence].text for match in case.evidence]
    assert lines == ["建成鸡舍60座。", "建成厕所60座。"]


def test_a_cell_of_a_table_states_a_metric_and_its_unit_may_stand_in_the_heading():
    table = "| 项目 | 资金（万元） |\n|---|---|\n| 饮水工程 | 20 |\n| 道路建设 | 35 |\n"
    case = a_case(metrics="[{name: 道路建设, indicator: 项目资金, value: 35万元}]", body=table)
    [match] = case.evidence
    assert match.states
    assert case.prose.sentences[match.sentence].cells[0][1] == "道路建设"


def test_the_end_of_a_heading_is_the_unit_of_a_cell_without_one():
    table = "| 年份 | 培训人次 | 受益户数 |\n|---|---|---|\n| 2022 | 100 | 20 |\n"
    table += "| 2023 | 150 | 30余 |\n"
    case = a_case(metrics="[2023年培训人次: 150人次, 2022年受益户数: 20户]", body=table)
    assert [match.states for match in case.evidence] == [True, True]
    assert [metric.doubts for metric in case.metrics] == [(), ()]


def test_an_equal_figure_that_is_of_something_else_is_not_taken_for_sure():
    table = "| 项目 | 资金 |\n|---|---|\n| 饮水工程 | 20万元 |\n"
    case = a_case(metrics="[{name: 人行道硬化, indicator: 项目资金, value: 20万元}]", body=table)
    [match] = case.evidence
    assert not match.sure
    assert case.metrics[0].doubts == ("doubtful-evidence",)


def test_what_is_the_same_as_another_metric_shares_its_sentence():
    two = (
        "[{name: 投入帮扶资金, value: 200万元, id: t}, "
        "{name: 帮扶款, indicator: 投入帮扶资金, value: 两百万元, same_as: t}]"
    )
    case = a_case(metrics=two, body="投入帮扶资金200万元。")
    assert [match.sentence for match in case.evidence] == [0, 0]


def test_twice_the_metrics_are_compared_with_twice_the_figures(monkeypatch):
    compared = []
    agrees = evidence._agrees

    def count(*given):
        compared.append(given)
        return agrees(*given)

    monkeypatch.setattr(evidence, "_agrees", count)

    def comparisons(many):
        compared.clear()
        names = [f"{a}{b}田" for a in "茶菜果林桑麻" for b in "东西南北"][:many]
        rows = ", ".join(f"{name}: {n + 3}亩" for n, name in enumerate(names))
        body = "\n\n".join(f"{name}共{n + 3}亩。" for n, name in enumerate(names))
        case = a_case(metrics=f"[{rows}]", body=body)
        assert all(match and match.states for match in case.evidence)
        return len(compared)

    assert comparisons(24) <= 2 * comparisons(12)


def test_metrics_of_one_name_and_quantity_share_the_figures_among_them():
    both = "[{name: 路灯, value: 60盏}, {name: 路灯, value: 60盏}, {name: 路灯, value: 60盏}]"
    case = a_case(metrics=both, body="安装路灯60盏。\n\n又装路灯60盏。")
    assert [match and match.sentence for match in case.evidence] == [0, 1, None]
