"""Declared keys in two languages: found, named, explained; values as YAML."""

import pytest
import yaml

from casegen.problem import Severity
from casegen.source.schema import (
    KEY,
    Faults,
    Field,
    locate_field,
    name_closest,
    name_nearest,
    quote_yaml,
    rename_keys,
    write_template,
)

FIELDS = (
    Field("title", "标题", "text", "案例的标题", form="一行", required=True, example="山里茶园"),
    Field("tags", "标签", "texts", "几个词", example="[茶]", names=("关键词",)),
    Field(
        "source", "来源", "source", "从哪里来", lines=("甲", "乙"), default="空着",
        parts=(Field("name", "名称", "text", ""), Field("url", "网址", "link", "")),
    ),
)  # fmt: skip
MARKS = {
    ("标题",): (2, 5), ("标题", KEY): (2, 1), ("title", KEY): (3, 1), ("tgas", KEY): (4, 1),
    ("来源", "名称"): (5, 9), ("来源", "地点", KEY): (6, 3),
}  # fmt: skip


def renamed(value):
    faults = Faults("cases/a.md", MARKS)
    values, marks = rename_keys(FIELDS, value, MARKS, faults)
    return values, marks, [(p.rule, p.where.line, p.hint) for p in faults.problems]


def test_keys_in_either_language_become_one_with_their_marks():
    values, marks, problems = renamed({"标题": "甲", "关键词": ["茶"], "来源": {"名称": "校报"}})
    assert values == {"title": "甲", "tags": ["茶"], "source": {"name": "校报"}}
    assert marks[("title",)] == (2, 5)
    assert marks["source", "name"] == (5, 9)
    assert problems == []


def test_a_key_that_is_unknown_is_told_with_the_nearest_one():
    values, _, problems = renamed({"tgas": "茶", "来源": {"地点": "某处"}})
    assert "source" not in values or not values["source"]
    assert problems == [
        ("unknown-field", 4, "是不是“tags”？"),
        ("unknown-field", 6, "可用的字段：名称 网址"),
    ]


def test_a_switch_of_another_program_is_the_status_only_where_there_is_one():
    hints = []
    for fields in (FIELDS, (*FIELDS, Field("status", "状态", "text", "发布了没有"))):
        faults = Faults("a.md", MARKS)
        rename_keys(fields, {"draft": True}, MARKS, faults)
        hints.append(faults.problems[0].hint)
    assert hints == ["这是别的软件的设置，这里用不着：删去这一行", "写成 status: draft"]


def test_of_a_key_that_is_written_twice_the_first_counts():
    values, _, problems = renamed({"标题": "甲", "title": "乙"})
    assert values == {"title": "甲"}
    assert [(rule, line) for rule, line, _ in problems] == [("duplicate-key", 3)]


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_an_empty_value_is_no_value(empty):
    assert renamed({"标题": empty})[0] == {}


def test_a_value_without_a_mark_has_the_place_of_what_is_around_it():
    marks = {("metrics",): (3, 1), ("metrics", 1): (5, 3)}
    assert locate_field("a.md", marks, ("metrics", 1, "value")).line == 5
    assert locate_field("a.md", marks, ("metrics", 0)).line == 3
    place = locate_field("a.md", marks, ("title", KEY))
    assert (place.line, place.field) == (locate_field("a.md", {}, ()).line, "title")


def test_faults_of_a_part_join_those_of_the_whole():
    faults = Faults("a.md", {("a",): (2, 1)})
    faults.within({("b",): (9, 4)}).add("missing-field", Severity.ERROR, "缺少", ("b",))
    faults.add("missing-field", Severity.ERROR, "缺少", ("a",))
    assert [problem.where.line for problem in faults.problems] == [9, 2]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("titel", "是不是“title”？"), ("标题名", "是不是“标题”？"), ("关健词", "是不是“关键词”？")],
)
def test_the_nearest_key_is_named_in_the_language_as_written(name, hint):
    assert name_nearest(name, FIELDS) == hint


def test_where_no_word_is_near_all_are_listed():
    assert name_closest("水", ["茶园", "果园"]) == "可用的有：茶园 果园"


def test_the_template_explains_each_field_and_fills_in_what_is_known():
    assert write_template(FIELDS, {"tags": "[果园]"}).splitlines() == [
        "# 标题（必填）：案例的标题。写法：一行",
        "title:  # 例：山里茶园",
        "# 标签：几个词",
        "tags: [果园]",
        "# 来源：从哪里来。不写时：空着",
        "# source:",
        "#   - 甲",
        "#   - 乙",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("山里茶园", "山里茶园"),
        ("", ""),
        ("甲: 乙", '"甲: 乙"'),
        ("true", '"true"'),
        ("#1 号", '"#1 号"'),
        ("甲\n乙", '"甲\\n乙"'),
        ("甲 ", '"甲 "'),
    ],
)
def test_a_text_that_yaml_would_read_otherwise_is_quoted(text, written):
    assert quote_yaml(text) == written
    if text:
        assert yaml.safe_load(written) == text
