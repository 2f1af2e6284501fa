"""Signs of Markdown that a reader would see."""

import pytest
from judged import a_case, said_by

from casegen.rules.leftover import LEFTOVER


@pytest.mark.parametrize(
    ("body", "meant", "sure"),
    [
        ("见[名单]（list.pdf）。", "[名单](list.pdf)", True),
        ("见【名单】（list.pdf）。", "[名单](list.pdf)", False),
        ("见[名单] (list.pdf)。", "[名单](list.pdf)", False),
        ("见[校报]　(https://example.edu.cn/a)。", "[校报](https://example.edu.cn/a)", False),
        ("![茶园] (tea.jpg)", "![茶园](tea.jpg)", False),
        ("##成效", "## 成效", False),
        ("- 修路\n-架桥", "- 架桥", False),
        ("<！-- 待核 --＞修路。", "<!-- 待核 -->", False),
        ("- [x] 修路", "- 修路", False),
    ],
)
def test_a_sign_written_wrongly_is_told_with_what_was_meant(body, meant, sure):
    [problem] = said_by(LEFTOVER, a_case(body=body))
    assert (problem.fix.text, problem.fix.sure) == (meant, sure)


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("**修路。", "** 要成对"),
        ("修路[^1]。", "在文末另起一行写注"),
        ("[[修路]]", "链接写成 [文字](地址)"),
        ("==修路==", "没有这种记号"),
        ("::: tip\n\n修路。", "别的软件的记号"),
        ("[TOC]", "目录会自动生成"),
    ],
)
def test_a_sign_that_stays_visible_is_told_with_its_remedy_and_no_mend(body, hint):
    [problem] = said_by(LEFTOVER, a_case(body=body))
    assert hint in problem.hint
    assert problem.fix is None


@pytest.mark.parametrize(
    "body",
    [
        "写成 `**重点` 就行。",
        "```\n[[修路]]\n```",
        "**重点**和~~旧话~~。",
        "见[名单](list.pdf)。",
        "修路[^1]。\n\n[^1]: 县志。",
    ],
)
def test_signs_in_code_and_signs_that_work_are_left_alone(body):
    assert said_by(LEFTOVER, a_case(body=body)) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "茶农[1][1]增收，也办了班[1][1]。",
            "“[1][1]”会原样显示在页面上，正文里没有这条注（共 2 处）",
        ),
        ("茶农[1][2]增收。", "“[1][2]”会原样显示在页面上，正文里没有这条注"),
        ("茶农[1][1]增收[2]。\n\n[1]: a.pdf", "“[2]”会原样显示在页面上，正文里没有这条注"),
    ],
)
def test_numbers_of_notes_side_by_side_are_told_once(body, told):
    [problem] = said_by(LEFTOVER, a_case(body=body))
    assert problem.message == told
