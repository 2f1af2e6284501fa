"""The YAML of front matter as values with their places."""

import pytest
from hypothesis import given, settings
from yaml_soup import SOUP

from casegen.problem import Severity
from casegen.source import frontmatter


def test_lines_count_from_where_the_front_matter_begins_in_the_file():
    loaded = frontmatter.load_yaml("a: 1\nb: [2, 3]\n", "a.md", line=2)
    assert loaded.marks["b", 1] == (3, 8)
    assert loaded.marks["b", frontmatter.KEY] == (3, 1)


def test_every_full_width_colon_is_reported_and_the_rest_is_read_on():
    loaded = frontmatter.load_yaml("标题：甲\n标签: [a、b]\n单位：乙\n", "a.md")
    assert [p.where.line for p in loaded.problems] == [1, 3, 2]
    assert loaded.value == {"标题": "甲", "标签": ["a、b"], "单位": "乙"}


def test_every_fault_is_named_at_once_and_the_rest_is_read():
    text = (
        '标题：甲\ninstitution: @某校\nregions: - 甘肃省\ntags: [a, b\nsummary: "一句\n'
        "date:2021-01-01\nmetrics:\n  - 甲：3户\n  - name: 乙\n    value: @x\n没有冒号\n"
        "period: 党 #1 号\nslug: 甲: 乙\n"
    )
    loaded = frontmatter.load_yaml(text, "a.md")
    assert sorted(p.where.line for p in loaded.problems) == [1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13]
    assert loaded.value == {
        "标题": "甲", "institution": "@某校", "regions": ["甘肃省"], "tags": ["a", "b"],
        "summary": "一句", "date": "2021-01-01",
        "metrics": [{"甲": "3户"}, {"name": "乙", "value": "@x"}],
        "period": "党 #1 号", "slug": "甲: 乙",
    }  # fmt: skip


def test_a_value_that_was_guessed_is_known_as_a_guess_and_a_row_that_was_dropped_is_kept():
    loaded = frontmatter.load_yaml("tags: 'a, b\n标题 甲\nperiod: @x\n", "a.md")
    assert {line for line, _ in loaded.guesses} == {1}
    assert loaded.lost == ("标题 甲",)


def test_a_text_nested_without_end_is_a_fault_and_no_crash():
    for text in ("a: " + "[" * 100_000, "- " * 50_000 + "a", "? " * 50_000):
        loaded = frontmatter.load_yaml(text, "a.md")
        assert [p.severity for p in loaded.problems] == [Severity.ERROR]


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_value_or_problems_within_the_text(text):
    loaded = frontmatter.load_yaml(text, "a.md")
    lines = text.split("\n")
    for problem in loaded.problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
    assert loaded.sound or loaded.problems


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("[，]", "“，”这一项只有标点", "换成要写的词"),
        ("，", "“，”这一项只有标点", "换成要写的词"),
        ("[茶, 、]", "“、”这一项只有标点", "删去这一项"),
        ("[茶,, 路]", "逗号之前没有内容", "删去多余的逗号"),
        ("[, 茶]", "逗号之前没有内容", "删去多余的逗号"),
    ],
)
def test_an_item_that_says_nothing_is_told_as_such(written, message, hint):
    [problem] = frontmatter.load_yaml(f"tags: {written}\n", "a.md", 2, 4).problems
    assert (problem.message, problem.hint) == (message, hint)


def test_a_comma_with_nothing_before_it_is_taken_out_and_none_between_quotation_marks():
    loaded = frontmatter.load_yaml('tags: [, 茶,, "甲,,乙"]\n', "a.md", 2, 4)
    [problem] = loaded.problems
    assert loaded.value == {"tags": ["茶", "甲,,乙"]}
    assert problem.fix.sure
    assert problem.fix.text == '[ 茶, "甲,,乙"]'


@pytest.mark.parametrize(
    ("written", "value", "message", "hint"),
    [
        (
            "{投入资金: 1,000万元, 面积: 9亩}",
            {"投入资金": "1,000万元", "面积": "9亩"},
            "花括号里的逗号把“1,000万元”分成了两截",
            '整个值用半角引号括起来：投入资金: "1,000万元"',
        ),
        ("{供稿 甲处}", {"供稿": "甲处"}, "少了冒号", "再空一格：供稿: 甲处"),
    ],
)
def test_a_number_or_a_pair_that_braces_cut_is_one_fault_and_is_read(written, value, message, hint):
    loaded = frontmatter.load_yaml(f"metrics: {written}\n", "a.md", 2, 4)
    [problem] = loaded.problems
    assert loaded.value == {"metrics": value}
    assert message in problem.message
    assert hint in problem.hint
