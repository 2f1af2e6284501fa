"""What YAML reads without complaint as something other than the editor typed."""

import pytest

from casegen.source.slips import mend_slips, remove_comments


def mended(text, start=10):
    return mend_slips(text, "cases/a.md", 2, start)


@pytest.mark.parametrize(
    ("text", "new", "column", "rule", "sure"),
    [
        ("title: 甲 #乙", 'title: "甲 #乙"', 8, "hash-in-value", True),
        ("tags: [甲 #乙, 丙]", 'tags: ["甲 #乙", 丙]', 8, "hash-in-value", True),
        ("tags: #水苔 #刺梨#", "tags: [水苔, 刺梨]", 7, "hash-in-value", True),
        ("regions: 甘肃省 #定西", "regions: 甘肃省    ", 13, "hash-in-value", False),
        ("title:\u3000甲", "title: 甲", 7, "wide-blank", True),
        ("-\u3000甲", "- 甲", 1, "wide-blank", True),
        ("\u00a0title: 甲", " title: 甲", 1, "wide-blank", True),
    ],
)
def test_a_slip_is_mended_and_told_at_its_place(text, new, column, rule, sure):
    text_after, [problem] = mended(f"date: 2021\n{text}")
    assert text_after == f"date: 2021\n{new}"
    assert (problem.rule, problem.where.line, problem.where.column) == (rule, 3, column)
    assert problem.fix.sure is sure
    assert problem.fix.start == 10 + len("date: 2021\n") + column - 1


@pytest.mark.parametrize(
    "text",
    [
        'title: "甲 #乙"',
        "title: 甲 # 乙",
        "title: 甲#乙",
        "# 甲 #乙",
        "note: |\n  甲 #乙",
        "tags: [甲, 乙] #丙",
        "title: 甲\u3000乙",
    ],
)
def test_what_means_itself_is_left_alone(text):
    assert mended(text) == (text, [])


def test_a_comment_of_editors_becomes_one_of_yaml_of_the_same_length():
    text = "<!-- 待核\n  再问 -->\ntitle: 甲"
    new, problems = mended(text)
    assert problems == []
    assert [row.strip() for row in new.split("\n")] == ["#", "#", "title: 甲"]
    assert list(map(len, new.split("\n"))) == list(map(len, text.split("\n")))


def test_without_an_offset_no_edit_is_offered():
    _, [problem] = mended("title: 甲 #乙", start=None)
    assert problem.fix is None


@pytest.mark.parametrize(
    ("text", "left", "closed"),
    [
        ("甲<!-- 乙 -->丙", "甲丙", True),
        ("甲 <!-- 乙 --> 丙", "甲 丙", True),
        ("甲<!-- 乙", "甲", False),
        ("甲<!-- 乙 -->丙<!-- 丁", "甲丙", False),
        ("甲<!--", "甲<!--", True),
        ("甲", "甲", True),
    ],
)
def test_a_comment_in_a_value_is_never_published(text, left, closed):
    assert remove_comments(text) == (left, closed)


@pytest.mark.parametrize(
    ("rows", "mended", "hints"),
    [
        ("tags:\n  -夜校\n  -剪枝", "tags:\n  - 夜校\n  - 剪枝", ["写成 - 夜校", "写成 - 剪枝"]),
        ("tags:\n- 夜校\n-剪枝", "tags:\n- 夜校\n- 剪枝", ["写成 - 剪枝"]),
        ("tags:\n  -2022年夜校", "tags:\n  - 2022年夜校", ["写成 - 2022年夜校"]),
        ("metrics:\n  -3月场次: 3场", "metrics:\n  - 3月场次: 3场", ["写成 - 3月场次: 3场"]),
        ("metrics:\n  -甲: 3人", "metrics:\n  - 甲: 3人", ["写成 - 甲: 3人"]),
        ("标签:\n  夜校\n  - 剪枝", "标签:\n  - 夜校\n  - 剪枝", ["写成 - 夜校"]),
        ("tags:\n  夜校\n  剪枝", "tags:\n  - 夜校\n  - 剪枝", ["写成 - 夜校", "写成 - 剪枝"]),
    ],
)
def test_an_item_without_its_dash_or_the_blank_behind_it_is_an_item(rows, mended, hints):
    text = f"title: 甲\n{rows}\ndate: 2021"
    new, problems = mend_slips(text, "cases/a.md", 2, 4)
    assert new == f"title: 甲\n{mended}\ndate: 2021"
    assert [problem.hint for problem in problems] == hints
    for fix in reversed([problem.fix for problem in problems]):
        text = text[: fix.start - 4] + fix.text + text[fix.end - 4 :]
    assert text == new


@pytest.mark.parametrize(
    "rows",
    [
        "summary: 甲\n  -乙",
        "summary:\n  甲\n  乙",
        "tags:\n  - 夜校\n    -5度",
        "tags:\n  夜校",
        "tags:\n  [夜校,\n  剪枝]",
        "summary: |\n  -甲\n  -乙",
        "metrics:\n  - name: 最低气温\n    value:\n      -18℃",
        "metrics:\n  - 最低气温:\n      -18.5℃\n  - 场次: 12场",
    ],
)
def test_rows_of_one_text_are_no_items(rows):
    text = f"title: 甲\n{rows}\ndate: 2021"
    assert mend_slips(text, "cases/a.md", 2, 4) == (text, [])
