"""Ages, spans of time and days of the week that their dates contradict."""

import pytest
from judged import a_case, said_by

from casegen.rules.elapsed import ELAPSED


@pytest.mark.parametrize(
    ("body", "rule", "words"),
    [
        ("1950年出生的村医，今年52岁。", "impossible-age", "到 2021 年是 71 岁"),
        ("村里有位135岁的老人。", "impossible-age", "没有人活到 135 岁"),
        ("2015年至2019年，历时8年修通公路。", "wrong-timespan", "头尾都算是 5 年"),
        ("2019年至2015年修通公路。", "wrong-timespan", "后面的年份比前面的早"),
        ("2021年7月1日至7月5日，历时9天。", "wrong-timespan", "头尾都算是 5 天，不是 9 天"),
        ("培训分两期，3天、5天，共9天。", "wrong-timespan", "3＋5＝8天，不是 9"),
        ("自2018年以来，已连续9年派人驻村。", "wrong-timespan", "从 2018 年到 2021 年，没有 9 年"),
        ("2021年7月1日（星期三）开工。", "impossible-date", "那天是星期四"),
        ("上午9时75分开会。", "impossible-date", "没有“9时75分”这个时刻"),
    ],
)
def test_a_time_that_its_dates_contradict_is_told(body, rule, words):
    """The case is of 2021."""
    [problem] = said_by(ELAPSED, a_case(body=f"先修路。\n\n{body}"))
    assert (problem.rule, problem.where.line) == (rule, 15)
    assert words in problem.message


@pytest.mark.parametrize(
    "body",
    [
        "1950年出生的村医，今年71岁。",
        "1950年出生的村医，儿子52岁。",
        "2015年至2019年，历时4年修通公路。",
        "2015年至2019年，历时5年修通公路。",
        "2021年7月1日至7月5日，历时5天。",
        "培训分两期，3天、5天，共8天。",
        "自2018年以来，已连续4年派人驻村。",
        "2021年7月1日（星期四）开工。",
        "比分是88:75。",
        "路过村口那棵600岁的古银杏树。",
    ],
)
def test_a_time_that_agrees_or_counts_both_ends_is_left_alone(body):
    assert said_by(ELAPSED, a_case(body=body)) == []
