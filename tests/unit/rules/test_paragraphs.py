"""The lines of a body in runs without an empty line, outside code and comments."""

import pytest

from casegen.rules.paragraphs import is_tabbed, list_paragraphs


def texts(body):
    return [[line.text for line in run] for run in list_paragraphs(body)]


@pytest.mark.parametrize(
    ("body", "runs"),
    [
        ("先修路。\n再架桥。\n\n办社。", [["先修路。", "再架桥。"], ["办社。"]]),
        ("先修路。\n```\n代码\n```\n再架桥。", [["先修路。"], ["再架桥。"]]),
        ("~~~\n```\n代码\n~~~\n再架桥。", [["再架桥。"]]),
        ("先修路。\n<!-- 一\n二 -->\n再架桥。", [["先修路。"], ["再架桥。"]]),
        ("表如下：\n项目\t数量\n培训\t230", [["表如下："], ["项目\t数量", "培训\t230"]]),
        ("", []),
    ],
)
def test_a_run_ends_at_an_empty_line_code_a_comment_or_a_pasted_table(body, runs):
    assert texts(body) == runs


def test_a_line_knows_where_it_is_in_the_body():
    body = "先修路。\n\n再架桥。"
    [_, [line]] = list_paragraphs(body)
    assert body[slice(*line.span)] == line.text == "再架桥。"


def test_a_tab_before_or_after_the_text_makes_no_table():
    assert is_tabbed("项目\t数量")
    assert not is_tabbed("\t项目\t")
