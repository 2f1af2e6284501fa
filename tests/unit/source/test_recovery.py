"""Front matter with faults, read line by line."""

import pytest

from casegen.source import frontmatter, recovery
from casegen.source.nodes import compose_nodes


def test_rows_that_no_reading_saves_are_not_each_paid_for_with_a_reading_of_the_whole():
    asked = []

    def compose(text):
        asked.append(len(text))
        return compose_nodes(text)

    def readings(rows):
        asked.clear()
        lost = "tags: [甲\n" + "  乙: [\n" * rows
        recovery.recover_block(lost, "cases/a.md", 1, None, compose)
        return sum(size > len(lost) / 2 for size in asked)

    assert readings(200) <= readings(50) + 4


def recovered(text):
    """What a text becomes that begins on line 2 of its file, at offset 4."""
    return recovery.recover_block(text, "cases/a.md", 2, 4, compose_nodes)


@pytest.mark.parametrize(
    ("text", "readable", "place", "edit"),
    [
        ("title：甲\ndate: 2021", "title: 甲\ndate: 2021", (2, 6), (9, 10, ": ")),
        ("a: [x\nb: 1", "a: [x]\nb: 1", (2, 4), (7, 9, "[x]")),
        ("a:1\nb: 2", "a: 1\nb: 2", (2, 2), (6, 6, " ")),
        ("a: @x\nb: 1", 'a: "@x"\nb: 1', (2, 4), (7, 9, '"@x"')),
        ("\ta: 1", " a: 1", (2, 1), (4, 5, " ")),
        ('a: 1\nb: "x\nc: 2', 'a: 1\nb: "x"\nc: 2', (3, 4), (12, 14, '"x"')),
        ("a: 1\nb: x: y", 'a: 1\nb: "x: y"', (3, 5), (12, 16, '"x: y"')),
        ("署名: 供稿: 甲", "署名: {供稿: 甲}", (2, 5), (8, 13, "{供稿: 甲}")),
        ("来源: 学报: 三", '来源: "学报: 三"', (2, 7), (8, 13, '"学报: 三"')),
    ],
)
def test_a_fault_is_mended_in_the_text_and_offered_as_an_edit_of_the_file(
    text, readable, place, edit
):
    found = recovered(text)
    assert found.text == readable
    [problem] = found.problems
    assert (problem.where.line, problem.where.column) == place
    assert (problem.fix.start, problem.fix.end, problem.fix.text) == edit


@pytest.mark.parametrize(
    ("rows", "hints", "readable"),
    [
        (["甲: 3人", "- 乙: 4场"], ["写成 - 甲: 3人"], ["- 甲: 3人", "- 乙: 4场"]),
        (
            ["甲: 3人", "乙: 4场", "- 丙: 5次"],
            ["写成 - 甲: 3人", "写成 - 乙: 4场"],
            ["- 甲: 3人", "- 乙: 4场", "- 丙: 5次"],
        ),
        (
            ["name: 甲", "value: 3人", "- name: 乙", "  value: 4场"],
            ["写成 - name: 甲", "再缩进两格"],
            ["- name: 甲", "  value: 3人", "- name: 乙", "  value: 4场"],
        ),
    ],
)
def test_an_item_without_its_dash_is_written_out_above_a_list(rows, hints, readable):
    text = "\n".join(["metrics:", *(f"  {row}" for row in rows), "date: 2021"])
    found = recovered(text)
    assert [problem.hint for problem in found.problems] == hints
    assert found.text == "\n".join(["metrics:", *(f"  {row}" for row in readable), "date: 2021"])
    mended = text
    for fix in reversed([problem.fix for problem in found.problems]):
        mended = mended[: fix.start - 4] + fix.text + mended[fix.end - 4 :]
    assert mended == found.text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ('"记账班"办了两期', "“记账班”办了两期"),
        ("'夜校'办了三年", "“夜校”办了三年"),
        ('"甲"和"乙"都好', "“甲”和“乙”都好"),
        ('夜校"记账班": 两期', "'夜校\"记账班\": 两期'"),
    ],
)
def test_a_value_with_quotation_marks_of_its_own_is_written_out(value, written):
    found = recovered(f"summary: {value}\ndate: 2021")
    [problem] = found.problems
    assert (problem.hint, problem.fix.text) == (f"写成 {written}", written)
    assert recovered(found.text).problems == ()


def test_a_row_that_nothing_saves_is_dropped_and_kept_aside():
    found = recovered("a: 1\n没有冒号\nc: 2")
    assert (found.text, found.lost) == ("a: 1\n#\nc: 2", ("没有冒号",))


def test_a_value_whose_end_was_guessed_is_marked_by_its_line():
    assert recovered('a: "x\nb: 1').guesses == {2}
    assert recovered("a: [x\nb: 1").guesses == frozenset()  # its items are what they are
    assert recovered("a: @x\nb: 1").guesses == frozenset()


def test_all_faults_of_a_block_are_named_at_once():
    found = recovered("title：甲\ndate:2021\ncover: @x\nok: 1")
    assert [problem.where.line for problem in found.problems] == [2, 3, 4]
    assert found.text.endswith("\nok: 1")


def test_without_an_offset_no_edit_is_offered():
    found = recovery.recover_block("a: @x", "a.md", 1, None, compose_nodes)
    assert [problem.fix for problem in found.problems] == [None]


def test_a_text_that_was_broken_into_lines_is_one_fault():
    text = "summary: 夜校开在山上，\n学员自带板凳，\n人人过关。\ntitle 夜校\ndate 2023\n"
    loaded = frontmatter.load_yaml(text, "a.md", 2, 0)
    assert [(p.where.line, p.message) for p in loaded.problems] == [
        (3, "这 2 行（到第 4 行）是上面“summary”的文字，没有缩进"),
        (5, "这一行没有“字段: 值”的冒号"),
        (6, "这一行没有“字段: 值”的冒号"),
    ]
    fix = loaded.problems[0].fix
    mended = text[: fix.start] + fix.text + text[fix.end :]
    value = frontmatter.load_yaml(mended.partition("title")[0], "a.md").value
    assert value["summary"] == "夜校开在山上，学员自带板凳，人人过关。"


def test_lines_without_a_field_below_a_list_are_one_fault():
    loaded = frontmatter.load_yaml("tags: [水苔]\n夜校开课，\n人人过关。\n", "a.md", 2, 0)
    assert [p.message for p in loaded.problems] == ["这 2 行（到第 4 行）没有“字段: 值”的冒号"]
