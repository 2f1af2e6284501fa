"""Broken projects under sites/invalid, each with the problems that must be found, no more."""

from pathlib import Path

import pytest

from casegen import build as builder
from casegen import project, rules
from casegen.problem import Problem, Problems, Severity, sort_problems

SITES = Path(__file__).parent / "sites" / "invalid"


def problems_of(root: Path) -> Problems:
    found, problems = project.load_project(root)
    if found is None:
        return sort_problems(problems)
    return builder.check_project(found, problems).problems


def shown(problem: Problem) -> str:
    where = problem.where
    return (
        f"{where.path}:{where.line}:{where.column} {problem.rule} {problem.severity} "
        f"{problem.message}"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir()))
def test_a_broken_project_shows_exactly_the_problems_listed_beside_it(name):
    expected = (SITES / name / "problems.txt").read_text(encoding="utf-8").splitlines()
    assert [shown(problem) for problem in problems_of(SITES / name)] == expected


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir()))
def test_every_problem_is_explained_and_as_grave_as_its_rule_says(name):
    catalogue = rules.load_catalogue()
    overridden = {"missing-cover", "unused-waiver"}
    for problem in problems_of(SITES / name):
        assert problem.rule in catalogue
        assert problem.hint or problem.severity is Severity.NOTE
        if problem.rule not in overridden:
            assert problem.severity is catalogue[problem.rule].severity


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir()))
def test_every_problem_lies_within_its_file(name):
    for problem in problems_of(SITES / name):
        data = (SITES / name / problem.where.path).read_bytes()
        decoded = (
            data.decode("utf-16")
            if data.startswith(b"\xff\xfe")
            else data.decode("gb18030" if "gbk" in problem.where.path else "utf-8", "replace")
        )
        lines = decoded.replace("\r\n", "\n").split("\n")
        assert 1 <= problem.where.line <= len(lines)
        assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
