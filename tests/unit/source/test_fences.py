"""Where the front matter of a file begins and ends."""

import pytest

from casegen.source import fences


def test_fields_are_read_where_a_fence_is_missing_or_written_with_other_dashes():
    opened, dashed = "---\ntitle: 甲\n\n正文\n", "———\ntitle: 甲\n---\n正文\n"
    for text in (opened, dashed, "title: 甲\n---\n正文\n"):
        split, problems = fences.split_file(text, "a.md")
        assert split is not None
        assert split.front == "title: 甲\n"
        assert split.body.strip() == "正文"
        assert text[split.body_start :] == split.body
        assert text[split.front_start :].startswith(split.front)
        assert len(problems) == 1


def test_front_matter_and_body_are_cut_at_the_second_fence():
    split, problems = fences.split_file("---\na: 1\n---\n\n正文\n---\n", "a.md")
    assert problems == ()
    assert (split.front, split.front_line) == ("a: 1\n", 2)
    assert (split.body, split.body_line, split.body_start) == ("\n正文\n---\n", 4, 13)


def test_empty_lines_before_the_first_fence_are_passed_over():
    split, _ = fences.split_file("\n\n--- \na: 1\n---", "a.md")
    assert (split.front_line, split.body, split.body_line) == (4, "", 6)


@pytest.mark.parametrize(
    ("text", "rule", "line", "says"),
    [
        ("", "no-front-matter", 1, "空的"),
        ("\n# 甲\n", "no-front-matter", 2, "缺少案例信息"),
        ("——\ntitle: 甲\n---\n", "no-front-matter", 1, "三个半角减号"),
        ("\n---\ntitle: 甲\n\n# 背景\n", "unclosed-front-matter", 2, "第 4 行"),
    ],
)
def test_missing_fences_are_explained(text, rule, line, says):
    _, (problem,) = fences.split_file(text, "a.md")
    assert (problem.rule, problem.where.line) == (rule, line)
    assert says in problem.message + problem.hint


@pytest.mark.parametrize("dashes", ["————", "--", "----", "－－－", "—— ", "-----"])
@pytest.mark.parametrize("opened", ["---", "————"])
def test_both_fences_of_other_dashes_are_told_in_one_run(opened, dashes):
    text = f"{opened}\ntitle: 甲\n{dashes}\n\n正文\n\n---\n\n又一段\n"
    split, problems = fences.split_file(text, "a.md")
    assert (split.front, split.body) == ("title: 甲\n", "\n正文\n\n---\n\n又一段\n")
    assert [problem.where.line for problem in problems] == [1, 3][opened == "---" :]
    assert all("改成 ---" in problem.hint for problem in problems)


@pytest.mark.parametrize("row", ["  ——", "summary: 甲——", "- ——", "— 甲 —"])
def test_dashes_in_a_value_end_no_front_matter(row):
    text = f"---\ntitle: |\n  甲\n{row}\n---\n\n正文\n\n————\n"
    split, problems = fences.split_file(text, "a.md")
    assert problems == ()
    assert split.front == f"title: |\n  甲\n{row}\n"
    assert split.body == "\n正文\n\n————\n"


def test_a_page_needs_no_front_matter():
    split, problems = fences.split_file("# 关于\n", "about.md", required=False)
    assert (split.front, split.body, problems) == ("", "# 关于\n", ())
