"""Faults of YAML in the words of an editor, each where it stands."""

from pathlib import Path

import pytest
import yaml

from casegen.source import frontmatter
from casegen.source.yaml_faults import explain_error

TABLE = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "yaml_faults.yml").read_text(encoding="utf-8")
)


FAULTS = [row for row in TABLE if "at" in row]


SOUND = [row for row in TABLE if "at" not in row]


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: repr(row["text"]))
def test_a_fault_is_reported_where_it_stands_and_says_how_to_mend_it(row):
    problem = frontmatter.load_yaml(row["text"], "a.md").problems[0]
    assert f"{problem.where.line}:{problem.where.column}" == row["at"]
    assert problem.rule == row["rule"]
    assert row["says"] in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize("row", SOUND, ids=lambda row: repr(row["text"]))
def test_a_value_is_kept_as_it_is_written(row):
    loaded = frontmatter.load_yaml(row["text"], "a.md")
    assert loaded.value == row["value"]
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("a: *b\n", "引用"), ("a: &b c\n", "记号"), ("a: !b c\n", "类型标记")],
)
def test_what_the_dialect_leaves_out_is_refused_by_its_own_rule(text, words):
    [problem] = frontmatter.load_yaml(text, "a.md").problems
    assert problem.rule == "yaml-refused"
    assert words in problem.message


def test_an_error_without_a_place_is_told_at_the_beginning():
    problem = explain_error(RecursionError(), "a: 1\n", "cases/a.md", 2)
    assert (problem.rule, problem.where.path, problem.where.line) == (
        "yaml-syntax",
        "cases/a.md",
        2,
    )
    assert "层次太多" in problem.message
