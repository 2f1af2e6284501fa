"""The files of a project read, parsed, assembled and checked."""

import datetime as dt
from dataclasses import replace

import pytest
from projects import case_text

from casegen import gathering
from casegen import project as projects


@pytest.fixture
def made(project):
    return project(
        {
            "cases/a.md": case_text("甲", "见[乙](b.md)。"),
            "cases/b.md": case_text("乙", status="draft"),
            "cases/bad.md": case_text("坏", date="去年"),
            "pages/about.md": "# 关于\n\n[没有](nowhere.pdf)\n",
        }
    )


def loaded(made):
    return projects.load_project(made.root)


def test_all_problems_are_there_at_once_sorted_by_file(made):
    reading = gathering.examine_project(*loaded(made), jobs=1)
    told = [(p.where.path, p.rule) for p in reading.problems]
    assert ("cases/bad.md", "malformed-field") in told
    assert ("pages/about.md", "missing-file") in told
    assert told == sorted(told, key=lambda each: each[0])
    assert {error.where.path for error in reading.errors} >= {"cases/bad.md"}


def test_drafts_are_in_the_collection_only_if_asked_for(made):
    with_drafts = gathering.examine_project(*loaded(made), jobs=1)
    without = gathering.gather_materials(*loaded(made))
    assert {c.slug for c in with_drafts.materials.collection.cases} == {"a", "b", "bad"} - {"bad"}
    assert [c.slug for c in without.materials.collection.cases] == ["a"]
    assert {c.slug for c in without.materials.everyone} == {"a", "b"}


def test_a_second_reading_takes_every_case_from_the_cache(made, monkeypatch):
    first = gathering.gather_materials(*loaded(made))
    monkeypatch.setattr(gathering.parsing, "parse_case", None)
    again = gathering.gather_materials(*loaded(made))
    assert again.materials.collection.cases == first.materials.collection.cases
    assert again.problems == first.problems


def test_the_day_of_the_run_is_no_part_of_what_is_cached(made):
    found, problems = loaded(made)
    late = replace(found, norms=replace(found.norms, today=dt.date(2000, 1, 1)))
    told = [
        {p.rule for p in gathering.examine_project(each, problems).problems}
        for each in (late, found)
    ]
    assert ["future-date" in rules for rules in told] == [True, False]


def test_keys_differ_wherever_a_part_differs():
    parts = (("a", "b"), ("ab",), ("a", "b", ""), ("b", "a"))
    assert len({gathering.make_key(*each) for each in parts}) == len(parts)
    assert len(gathering.make_key("cases/\udcff.md")) == 32
