"""The texts of a case in which mistakes of wording are looked for."""

import pytest
from judged import a_case

from casegen.collection.texts import BODY, blank_out, list_texts, list_unfilled


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("见 `某` 字", "见     字"),
        ("```\n某\n```\n某", "   \n \n   \n某"),
        ("某<!-- 某 -->某", "某          某"),
        ("[某](某.md)", "[某]      "),
        ("    某", "     "),
        ("[某]: https://某", ""),
    ],
)
def test_what_is_no_prose_becomes_blanks_of_the_same_length(body, left):
    assert blank_out(body).rstrip() == left.rstrip()
    assert len(blank_out(body)) == len(body)


def test_the_texts_are_given_with_their_keys():
    case = a_case(body="见 `码`", more="tags: [果园, 剪枝]\nsource: {name: 校报}")
    assert [(at, text) for at, text in list_texts(case) if text] == [
        (("title",), "甲"),
        (("summary",), "一句话。"),
        (("institution",), "某校"),
        (("tags", 0), "果园"),
        (("tags", 1), "剪枝"),
        (("credits", "reviewer", 0), "校办"),
        (("source", "name"), "校报"),
        (BODY, "见    \n"),
    ]


def test_marks_are_found_in_fields_and_body_alike_and_not_in_code():
    case = a_case(body="投入待核。到 `xx村` 去。", title="到××村", more="tags: [xx村]")
    assert list(list_unfilled(case)) == [("标题", "××"), ("标签", "xx"), ("正文", "投入待核")]
