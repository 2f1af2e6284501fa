"""Growth that a sentence states, calculated again from its figures."""

import pytest
from judged import a_case, check, stated, tell


@pytest.mark.parametrize(("sentence", "wrong"), stated("wrong-growth"))
def test_a_sentence_is_reported_on_its_line_if_its_figures_cannot_be_right(sentence, wrong):
    problems = check(a_case(body=f"开头一段。\n\n{sentence}"))
    assert (
        {(p.rule, p.where.line) for p in problems} == {("wrong-growth", 15)}
        if wrong
        else not problems
    )
    assert all(p.hint for p in problems)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        (
            "产值由40万元增长到50万元，增长35%。",
            "从 40万元 到 50万元，增长的是 25%，正文写的是 35%",
        ),
        ("茶园由200亩减少到300亩。", "从 200亩 到 300亩，不是下降"),
    ],
)
def test_the_right_growth_is_named(sentence, message):
    assert tell(a_case(body=sentence)) == [("wrong-growth", message)]
