"""The files of a project read, parsed, assembled and checked."""

import datetime as dt
from dataclasses import replace

import pytest
from pictures import corners, saved
from projects import case_text

from casegen import body_edits, gathering
from casegen import project as projects
from casegen.problem import Severity
from casegen.source.files import make_document


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


def refuse(*_, **__):
    pytest.fail("read again")


def test_a_second_reading_takes_cases_and_pictures_from_the_cache(made, monkeypatch):
    (made.root / "cases" / "a.png").write_bytes(saved(corners((8, 4)), "PNG"))
    text = case_text("甲", "![茶](a.png)\n\n见[乙](b.md)。")
    (made.root / "cases" / "a.md").write_text(text, "utf-8")
    first = gathering.gather_materials(*loaded(made))
    assert first.materials.pictures["cases/a.png"].width == 8
    monkeypatch.setattr(gathering.parsing, "read_case", refuse)
    monkeypatch.setattr(gathering.pictures, "read_picture", refuse)
    again = gathering.gather_materials(*loaded(made))
    assert again.materials.pictures == first.materials.pictures
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


def test_only_errors_stop_a_build_and_only_what_may_go_out_is_there(project):
    made = project(
        {
            "cases/a.md": case_text("甲", "3,5亩，见[关于](../pages/about.md)。"),
            "cases/b.md": case_text("乙", status="withdrawn"),
            "cases/c.md": case_text("丙", aliases="a.html"),
            "pages/about.md": "# 关于\n",
            "pages/bad.md": "---\ntitle: 甲\n",
        }
    )
    reading = gathering.gather_materials(*loaded(made))
    assert {error.severity for error in reading.errors} == {Severity.ERROR}
    assert {p.severity for p in reading.problems} > {Severity.ERROR}
    assert [c.slug for c in reading.materials.collection.withdrawn] == ["b"]
    told = {(p.where.path, p.rule) for p in reading.problems}
    assert ("cases/a.md", "missing-file") not in told
    assert {path for path, _ in told} >= {"cases/c.md", "pages/bad.md"}


def test_without_bodies_in_memory_they_are_read_again_when_asked_for(made):
    long = "先修路，再架桥。" * 20
    (made.root / "cases" / "a.md").write_text(case_text("甲", long), "utf-8")
    found, problems = loaded(made)
    with gathering.open_run(found) as run:
        reading = gathering.read_project(run, problems, drafts=True, brief=True, thorough=True)
        assert max(len(case.body) for case in reading.materials.everyone) < len(long)
        assert {d.body for d in reading.documents if d.path != "cases/bad.md"} == {""}
        assert reading.materials.bodies["a"].body == f"\n{long}\n"
    whole = gathering.examine_project(found, problems)
    assert whole.problems == reading.problems


def test_a_clean_run_forgets_the_cache_and_the_cache_forgets_what_is_gone(made):
    found, problems = loaded(made)
    gathering.gather_materials(found, problems)
    assert len(cached(found)) == 3
    (made.root / "cases" / "b.md").unlink()
    gathering.gather_materials(found, problems)
    assert len(cached(found)) == 2
    with gathering.open_run(found, clean=True) as run:
        assert run.cache.keys(body_edits.CASES) == set()


def cached(found):
    """The keys of the parsed cases in the cache."""
    with gathering.open_run(found) as run:
        return run.cache.keys(body_edits.CASES)


@pytest.mark.parametrize("value", [b"damaged", ("forged", ()), (None, ("x",))])
def test_a_damaged_or_forged_case_in_the_cache_is_parsed_again(made, value):
    found, problems = loaded(made)
    first = gathering.gather_materials(found, problems)
    with gathering.open_run(found) as run:
        keys = run.cache.keys(body_edits.CASES)
        run.cache.write(body_edits.CASES, dict.fromkeys(keys, value), ())
    again = gathering.gather_materials(found, problems)
    assert again.problems == first.problems
    assert again.materials.collection.cases == first.materials.collection.cases


def test_a_parsed_case_is_known_by_its_norms_its_name_and_its_bytes(made):
    found, _ = loaded(made)
    one, other = (
        make_document(path, case_text("甲").encode())[0] for path in ("cases/a.md", "cases/z.md")
    )
    changed = make_document("cases/a.md", case_text("乙").encode())[0]
    strict = replace(found, norms=replace(found.norms, digest="other"))
    with gathering.open_run(found) as run, gathering.open_run(strict) as stricter:
        keys = [gathering.find_key(run, each) for each in (one, other, changed)]
        assert len({*keys, gathering.find_key(stricter, one)}) == 4


def test_keys_differ_wherever_a_part_differs():
    parts = (("a", "b"), ("ab",), ("a", "b", ""), ("b", "a"))
    assert len({gathering.make_key(*each) for each in parts}) == len(parts)
    assert len(gathering.make_key("cases/\udcff.md")) == 32
