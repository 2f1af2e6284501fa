"""Text that Markdown takes for code, for a heading or for a comment."""

import pytest
from judged import a_case, said_by

from casegen.rules.misread import MISREAD


@pytest.mark.parametrize(
    ("body", "rule", "new"),
    [
        ("    山里人少。", "indented-paragraph", ""),
        ("前一段。\n---\n\n后一段。", "ruler-under-text", "\n"),
        ("```\n山里人少。", "unclosed-fence", None),
        ("山里人少。<!-- 待核。\n\n后一段。", "unclosed-comment", None),
    ],
)
def test_text_that_becomes_another_kind_of_block_is_told_with_its_mend(body, rule, new):
    [problem] = said_by(MISREAD, a_case(body=body))
    assert (problem.rule, problem.fix and problem.fix.text) == (rule, new)


@pytest.mark.parametrize(
    "body",
    [
        "1. 修路\n\n    再架桥。",
        "    go build",
        "前一段。\n\n---\n\n后一段。",
        "| 项目 | 数量 |\n---\n\n后一段。",
        "```\n先修路。\n```",
        "~~~\n```\n~~~",
        "山里人少。<!-- 待核。 -->\n\n后一段。",
    ],
)
def test_blocks_that_are_meant_are_left_alone(body):
    assert said_by(MISREAD, a_case(body=body)) == []
