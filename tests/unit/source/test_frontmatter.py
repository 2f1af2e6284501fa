from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casegen.problem import Severity
from casegen.source import frontmatter

# Bits of YAML and of what editors write; joined at random they make nearly lawful files.
WORDS = ("\n", "\n  ", ": ", "- ", ", ", "? ", "1.10", "true", "---", "标题", "&x", "*x", "!t")
BITS = st.sampled_from([*WORDS, *" \t\r\x85:：[]{}，\"'#|>-0~?？%@\\a"])
SOUP = st.lists(BITS, max_size=40).map("".join)


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
    loaded = frontmatter.load_yaml("tags: [a, b\n标题 甲\nperiod: @x\n", "a.md")
    assert {line for line, _ in loaded.guesses} == {1}
    assert loaded.lost == ("标题 甲",)


def test_fields_are_read_where_a_fence_is_missing_or_written_with_other_dashes():
    opened, dashed = "---\ntitle: 甲\n\n正文\n", "———\ntitle: 甲\n———\n正文\n"
    for text in (opened, dashed, "title: 甲\n---\n正文\n"):
        split, problems = frontmatter.split_file(text, "a.md")
        assert split is not None
        assert split.front == "title: 甲\n"
        assert split.body.strip() == "正文"
        assert text[split.body_start :] == split.body
        assert text[split.front_start :].startswith(split.front)
        assert len(problems) == 1


def test_a_text_nested_without_end_is_a_fault_and_no_crash():
    for text in ("a: " + "[" * 100_000, "- " * 50_000 + "a", "? " * 50_000):
        loaded = frontmatter.load_yaml(text, "a.md")
        assert [p.severity for p in loaded.problems] == [Severity.ERROR]


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_the_quick_parser_sees_what_the_strict_one_sees(text):
    quick = frontmatter._composed_quickly(text)
    if quick is not None:
        strict = frontmatter._Strict(text).get_single_node()
        assert tree(quick) == tree(strict)


def tree(node):
    place = (node.start_mark.line, node.start_mark.column)
    if isinstance(node, yaml.ScalarNode):
        return place, node.value, node.style or None
    return (
        place,
        bool(node.flow_style),
        [
            tree(part) if isinstance(part, yaml.Node) else tuple(map(tree, part))
            for part in node.value
        ],
    )


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_value_or_problems_within_the_text(text):
    loaded = frontmatter.load_yaml(text, "a.md")
    lines = text.split("\n")
    for problem in loaded.problems:
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
    assert loaded.sound or loaded.problems


def test_front_matter_and_body_are_cut_at_the_second_fence():
    split, problems = frontmatter.split_file("---\na: 1\n---\n\n正文\n---\n", "a.md")
    assert problems == ()
    assert (split.front, split.front_line) == ("a: 1\n", 2)
    assert (split.body, split.body_line, split.body_start) == ("\n正文\n---\n", 4, 13)


def test_empty_lines_before_the_first_fence_are_passed_over():
    split, _ = frontmatter.split_file("\n\n--- \na: 1\n---", "a.md")
    assert (split.front_line, split.body, split.body_line) == (4, "", 6)


@pytest.mark.parametrize(
    ("text", "rule", "line", "says"),
    [
        ("", "no-front-matter", 1, "空的"),
        ("\n# 甲\n", "no-front-matter", 2, "缺少案例信息"),
        ("——\ntitle: 甲\n——\n", "no-front-matter", 1, "三个半角减号"),
        ("\n---\ntitle: 甲\n\n# 背景\n", "unclosed-front-matter", 2, "第 4 行"),
    ],
)
def test_missing_fences_are_explained(text, rule, line, says):
    _, (problem,) = frontmatter.split_file(text, "a.md")
    assert (problem.rule, problem.where.line) == (rule, line)
    assert says in problem.message + problem.hint


def test_a_page_needs_no_front_matter():
    split, problems = frontmatter.split_file("# 关于\n", "about.md", required=False)
    assert (split.front, split.body, problems) == ("", "# 关于\n", ())


def test_the_vocabulary_is_read_by_the_quick_reader():
    text = files("casegen").joinpath("data", "vocabulary.yml").read_text("utf-8")
    assert frontmatter._composed_quickly(text) is not None


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
