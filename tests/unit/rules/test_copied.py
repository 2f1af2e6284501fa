"""Lines of a body that belong to the page or the head of the text it was copied from."""

import pytest
from judged import a_case, said_by

from casegen.rules.copied import COPIED


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("返回顶部\n\n山里人少。", "page-furniture"),
        ("山里人少。\n\n来源：校报 责任编辑：校办", "page-furniture"),
        ("甲 \n\n山里人少。", "repeated-title"),
        ("## **甲**\n\n山里人少。", "repeated-title"),
    ],
)
def test_a_line_that_is_not_of_the_text_is_told_and_can_be_removed(body, rule):
    """The title of the case is 甲."""
    [problem] = said_by(COPIED, a_case(body=body))
    assert (problem.rule, problem.fix and problem.fix.text) == (rule, "")


def test_a_removed_line_takes_the_empty_line_after_it_along():
    body = "返回顶部\n\n山里人少。"
    case = a_case(body=body)
    [problem] = said_by(COPIED, case)
    assert problem.fix.end - problem.fix.start == len("返回顶部\n\n")


def test_a_title_that_stands_twice_is_told_once():
    assert len(said_by(COPIED, a_case(body="甲\n\n甲\n\n山里人少。"))) == 1


@pytest.mark.parametrize(
    "body",
    [
        "甲村山里人少。",
        "来源：校报。这份报纸办了三十年。",
        "[返回顶部](#top)",
        "- 返回顶部",
    ],
)
def test_a_line_of_the_text_is_left_alone(body):
    assert said_by(COPIED, a_case(body=body)) == []
