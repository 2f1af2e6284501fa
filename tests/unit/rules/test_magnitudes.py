"""Figures compared with those of the other cases."""

import pytest
from judged import NORMS, a_case, together

from casegen import rules


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
