"""Where a value of the front matter is in its file, and how it is replaced."""

import pytest

from casegen.problem import Edit, Location, Problem, Severity
from casegen.source import spans
from casegen.source.fences import split_file
from casegen.source.files import apply_edits
from casegen.source.schema import Field

TITLE = Field("title", "标题", "text", "")
TAGS = Field("tags", "标签", "texts", "", names=("keywords",))


def front(text):
    split, problems = split_file(text, "cases/a.md")
    assert problems == ()
    return spans.read_front(split)


def after(text, change, *given):
    """The front matter of a file after a change to it."""
    whole = f"---\n{text}---\n\n正文。\n"
    edits = change(front(whole), *given)
    made, _ = apply_edits(whole.encode(), edits if isinstance(edits, list) else [edits])
    made = made.decode()
    assert made.endswith("---\n\n正文。\n")
    return made.removeprefix("---\n").removesuffix("---\n\n正文。\n")


@pytest.mark.parametrize(
    ("before", "written", "then"),
    [
        ("title: 甲\ndate: 2021\n", "乙", "title: 乙\ndate: 2021\n"),
        ("标题: 甲 # 旧的\n日期: 2021\n", "乙", "标题: 乙 # 旧的\n日期: 2021\n"),
        ("title:\ndate: 2021\n", "乙", "title: 乙\ndate: 2021\n"),
        ("date: 2021\n", "乙", "date: 2021\ntitle: 乙\n"),
        ("日期: 2021\n", "乙", "日期: 2021\n标题: 乙\n"),
        ("title: 甲\ndate: 2021\n", "", "title:\ndate: 2021\n"),
    ],
)
def test_a_value_is_set_and_all_else_stays(before, written, then):
    assert after(before, spans.set_value, TITLE, written) == then


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ("tags: [甲]\n", "tags: [甲, 丁]\n"),
        ("tags: []\n", "tags: [丁]\n"),
        ("tags:\n  - 甲\n  - 乙\ndate: 2021\n", "tags:\n  - 甲\n  - 乙\n  - 丁\ndate: 2021\n"),
        ("keywords: [甲]\n", "keywords: [甲, 丁]\n"),
        ("date: 2021\n", "date: 2021\ntags: [丁]\n"),
    ],
)
def test_an_item_is_added_in_the_form_of_the_list(before, then):
    assert after(before, spans.add_items, TAGS, ["丁"]) == then


def test_an_item_that_is_there_is_not_added_again():
    assert after("tags: [甲]\n", spans.add_items, TAGS, ["甲"]) == "tags: [甲]\n"


@pytest.mark.parametrize(
    ("before", "items", "then"),
    [
        ("tags: [甲, 乙, 丙]\n", ["乙"], "tags: [甲, 丙]\n"),
        ("tags: [甲, 乙, 丙]\n", ["丙"], "tags: [甲, 乙]\n"),
        ("tags: [甲, 乙]\n", ["甲", "乙"], "tags: []\n"),
        ("tags:\n  - 甲\n  - 乙\n", ["甲"], "tags:\n  - 乙\n"),
        ("tags: [甲]\n", ["丁"], "tags: [甲]\n"),
        ("date: 2021\n", ["甲"], "date: 2021\n"),
    ],
)
def test_items_are_removed_and_the_others_stay(before, items, then):
    assert after(before, spans.remove_items, TAGS, items) == then


def test_one_item_gets_another_text():
    def rename(found, field):
        node = spans.list_nodes(found.find(field)[1])[1]
        return spans.replace_text(found, field, node, "丁: 戊")

    assert after("tags: [甲, 乙]\n", rename, TAGS) == 'tags: [甲, "丁: 戊"]\n'


@pytest.mark.parametrize(
    ("text", "items"),
    [("[甲, 乙]", ["甲", "乙"]), ("甲乙", ["甲乙"]), ("[甲, [乙]]", ["甲", ""]), ("", [])],
)
def test_a_value_is_read_as_a_list_of_texts(text, items):
    found = front(f"---\ntags: {text}\n---\n")
    assert spans.list_items(found.find(TAGS)[1]) == items


@pytest.mark.parametrize("text", ["- 甲\n- 乙\n", "甲\n"])
def test_front_matter_that_is_no_mapping_has_no_places(text):
    split, _ = split_file(f"---\n{text}---\n", "a.md")
    assert split is None or spans.read_front(split) is None


@pytest.mark.parametrize(
    ("written", "value", "old", "new", "then"),
    [
        ("茶园,果园", "茶园,果园", ",", "，", "茶园，果园"),
        ('"茶园,\\u679c园"', "茶园,果园", ",", "，", '"茶园，\\u679c园"'),
        ("'茶园,''果园'", "茶园,'果园", ",", "，", "'茶园，''果园'"),
        ("|\n  茶园\n  果,园", "茶园果,园", ",", "，", "|\n  茶园\n  果，园"),
        ("|\n  茶<!-- 旧,的 -->园,果", "茶园,果", ",", "，", "|\n  茶<!-- 旧,的 -->园，果"),
        ("茶<!--x,-->园", "茶<!--x,-->园", ",", "，", "茶<!--x，-->园"),
    ],
)
def test_a_fix_of_a_value_is_placed_where_its_characters_are_written(
    written, value, old, new, then
):
    text = f"---\ndate: 2021\ntitle: {written}\n---\n"
    at = value.index(old)
    fix = Edit(at, at + len(old), new, value=value)
    problem = Problem("marks", Severity.WARNING, "标点", Location("a.md", 3, 8), fix=fix)
    placed = spans.place_fix(text, problem).fix
    assert text[: placed.start] + placed.text + text[placed.end :] == text.replace(written, then)


def test_a_fix_of_a_value_that_is_not_there_is_none():
    fix = Edit(0, 1, "果", value="桃园")
    problem = Problem("marks", Severity.WARNING, "标点", Location("a.md", 2, 8), fix=fix)
    assert spans.place_fix("---\ntitle: 茶园\n---\n", problem).fix is None
