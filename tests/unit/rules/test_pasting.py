"""Paragraphs, headings, lists and tables that lost their form when they were pasted."""

import pytest
from judged import a_case, said_by

from casegen.rules.pasting import PASTING


@pytest.mark.parametrize(
    ("body", "rule", "new"),
    [
        ("先修路。\n再架桥。", "joined-lines", "先修路。\n\n再架桥。"),
        ("一、实施背景\n\n山里人少。", "false-heading", "## 一、实施背景"),
        ("**主要做法**\n\n山里人少。", "false-heading", "## 主要做法"),
        ("● 修路通水", "false-list", "- 修路通水"),
        ("项目\t数量\n培训\t230", "tab-table", "| 项目 | 数量 |\n| --- | --- |\n| 培训 | 230 |"),
        ("｜项目｜数量｜\n｜培训｜230｜", "broken-table",
         "| 项目 | 数量 |\n| --- | --- |\n| 培训 | 230 |"),
        ("| 项目 | 数量 |\n| 培训 | 230 |", "broken-table", None),
    ],
)  # fmt: skip
def test_what_pasting_leaves_is_told_with_its_mend(body, rule, new):
    [problem] = said_by(PASTING, a_case(body=body))
    assert (problem.rule, problem.fix and problem.fix.text) == (rule, new)


def test_a_heading_below_a_numbered_one_is_of_the_third_level():
    found = said_by(PASTING, a_case(body="一、做法\n\n先修路。\n\n（一）修路\n\n再架桥。"))
    assert [p.fix.text for p in found] == ["## 一、做法", "### （一）修路"]
    [alone] = said_by(PASTING, a_case(body="（一）修路\n\n再架桥。"))
    assert alone.fix.text == "## （一）修路"


@pytest.mark.parametrize(
    "body",
    [
        "先修路，\n再架桥。",
        "- 修路\n- 架桥",
        "先修路。  \n再架桥。",
        "> 先修路。\n> 再架桥。",
        "```\n先修路。\n再架桥。\n```",
        "| 项目 | 数量 |\n| --- | --- |\n| 培训 | 230 |",
        "一、先修路，再架桥，后来又办起合作社，三年之后家家户户都有了收入。",
    ],
)
def test_what_is_written_well_is_left_alone(body):
    assert said_by(PASTING, a_case(body=body)) == []
