"""Shares and means that a sentence states, calculated again from its figures."""

import pytest
from judged import a_case, check, stated, tell


@pytest.mark.parametrize(("sentence", "wrong"), stated("wrong-ratio"))
def test_a_sentence_is_reported_on_its_line_if_its_figures_cannot_be_right(sentence, wrong):
    problems = check(a_case(body=f"开头一段。\n\n{sentence}"))
    assert (
        {(p.rule, p.where.line) for p in problems} == {("wrong-ratio", 15)}
        if wrong
        else not problems
    )
    assert all(p.hint for p in problems)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("40户农户中有30户种了油茶，占65%。", "30户是40户的 75%，正文写的是 65%"),
        ("发放慰问金10万元，资助50人，人均3000元。",
         "50人、人均3000元，合起来是 15万元，正文写的是 10万元"),
    ],
)  # fmt: skip
def test_the_right_share_and_sum_are_named(sentence, message):
    assert tell(a_case(body=sentence)) == [("wrong-ratio", message)]
