"""Punctuation and digits of the wrong width, and their mends."""

import pytest
from judged import NORMS, a_case, said_by

from casegen import rules
from casegen.rules.typography import TYPOGRAPHY


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


@pytest.mark.parametrize(
    ("body", "rule", "new", "sure"),
    [
        ("村里,修路。", "half-width-punctuation", "，", True),
        ("村里(两个组)修路。", "half-width-punctuation", "（两个组）", True),
        ("一.修路。", "half-width-punctuation", "、", True),
        ('推行"一户一策"。', "straight-quotes", "“一户一策”", True),
        ("他说“先推行'一户一策'”。", "straight-quotes", "‘一户一策’", False),
        ("茶叶、刺梨...都有。", "false-ellipsis", "……", True),
        ("修路、、架桥。", "doubled-punctuation", "、", True),
        ("修路，。架桥。", "doubled-punctuation", "。", False),
        ("种茶３００．５亩。", "full-width-digits", "300.5", True),
    ],
)
def test_each_slip_has_its_rule_and_mend(body, rule, new, sure):
    [problem] = said_by(TYPOGRAPHY, a_case(body=body))
    assert (problem.rule, problem.fix.text, problem.fix.sure) == (rule, new, sure)


def test_a_slip_in_a_field_is_told_with_its_label_and_mended_in_its_value():
    [problem] = said_by(TYPOGRAPHY, a_case(title="修路,架桥"))
    assert problem.message.startswith("标题：")
    fix = problem.fix
    assert (problem.where.line, fix.value, fix.start, fix.text) == (2, "修路,架桥", 2, "，")


def test_a_comma_between_two_names_of_an_institution_is_no_slip():
    assert said_by(TYPOGRAPHY, a_case(institution="青石学院,白石学院")) == []
