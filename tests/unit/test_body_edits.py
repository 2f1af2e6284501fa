"""Case files of which only the body changed since they were last parsed."""

from contextlib import closing

import pytest
from projects import case_text, load_empty

from casegen import body_edits, recall
from casegen.body_edits import Judged, Parsing, is_case_of, is_parsed, list_needed, read_edits
from casegen.cache import Cache
from casegen.collection import parsing
from casegen.source import files

BODY = "种植面积100亩。"


@pytest.fixture
def desk(tmp_path):
    """A project, its cache and how it parses, with one case as it was last parsed."""
    found = load_empty(tmp_path)
    how = Parsing(
        lambda document: Judged(parsing.parse_case(document, found.norms), None), lambda d: d.digest
    )
    with closing(Cache(found.cache_dir, recall.make_stamp())) as cache:
        document = write(tmp_path, BODY)
        cache.write(body_edits.CASES, {document.digest: how.judge(document).parsed}, ())
        yield found, cache, how, {"cases/a.md": document.digest}


def write(root, body, **fields):
    text = case_text("甲", body, **{"metrics": "[种植面积: 100亩]", "summary": "一句", **fields})
    (root / "cases" / "a.md").write_text(text, "utf-8")
    return files.make_document("cases/a.md", text.encode())[0]


def edits(desk, changed=("cases/a.md",)):
    found, cache, how, keys = desk
    return read_edits(found, cache, changed, keys, how)


def test_an_edit_of_a_body_gives_the_case_before_and_after(desk):
    document = write(desk[0].root, f"开头另写一句。{BODY}")
    [edit] = edits(desk)
    assert (edit.before.body, edit.case.body) == (f"\n{BODY}\n", f"\n开头另写一句。{BODY}\n")
    assert (edit.old_key, edit.key) == (desk[3]["cases/a.md"], document.digest)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("种植面积共100亩。", {}),
        (f"{BODY}见[乙](b.md)。", {}),
        (BODY, {"summary": "另一句"}),
        (BODY, {"date": "去年"}),
    ],
)
def test_an_edit_that_others_may_see_is_none(desk, body, fields):
    write(desk[0].root, body, **fields)
    assert edits(desk) is None


def test_what_the_cache_does_not_know_is_none(desk):
    write(desk[0].root, f"开头另写一句。{BODY}")
    found, cache, how, _ = desk
    assert read_edits(found, cache, ["cases/a.md"], {}, how) is None
    cache.write(body_edits.CASES, {"x": ("forged", ())}, ())
    assert read_edits(found, cache, ["cases/a.md"], {"cases/a.md": "x"}, how) is None


def test_many_edits_are_sooner_read_with_all_the_rest(desk):
    assert edits(desk, ["cases/a.md"] * (body_edits.MOST + 1)) is None
    assert edits(desk, []) == ()


def test_only_what_parsing_gives_is_taken_for_a_parsed_case(desk):
    found, _, how, _ = desk
    document = write(found.root, BODY)
    parsed = how.judge(document).parsed
    assert is_parsed(parsed)
    assert is_case_of(parsed, document)
    assert not is_case_of(parsed, write(found.root, "另一篇。"))
    for forged in (None, (), parsed[0], ("x", ()), (parsed[0], [1]), (parsed[0], ("x",))):
        assert not is_parsed(forged)


def test_the_keys_that_other_commands_remember_must_stay(desk):
    _, cache, _, _ = desk
    cache.write(recall.CHECKED, {recall.KEYS: {"cases/a.md": "old"}}, ())
    assert list_needed(cache, ["new"]) == {"new", "old"}
    assert list_needed(cache, ["new"], recall.CHECKED) == {"new"}
    many = {f"cases/{n}.md": f"old{n}" for n in range(body_edits.MOST + 1)}
    cache.write(recall.CHECKED, {recall.KEYS: many}, ())
    assert list_needed(cache, ["new"]) == {"new"}


def test_as_many_edits_as_allowed_are_read_one_by_one(desk):
    write(desk[0].root, f"开头另写一句。{BODY}")
    assert len(edits(desk, ["cases/a.md"] * body_edits.MOST)) == body_edits.MOST


def test_faults_of_reading_are_among_the_problems(desk):
    text = case_text("甲", f"另写一句。{BODY}", metrics="[种植面积: 100亩]", summary="一句")
    (desk[0].root / "cases" / "a.md").write_bytes(text.encode("gb18030"))
    [edit] = edits(desk)
    assert "encoding" in {problem.rule for problem in edit.problems}


def test_a_case_that_is_not_there_any_more_is_none(desk):
    (desk[0].root / "cases" / "a.md").unlink()
    assert body_edits.read_saved(desk[0], "cases/a.md", desk[2]) is None


def test_the_same_text_under_another_name_is_another_case(desk):
    found, _, how, _ = desk
    document = write(found.root, BODY)
    text = (found.root / "cases" / "a.md").read_bytes()
    other = files.make_document("cases/b.md", text)[0]
    assert not is_case_of(how.judge(document).parsed, other)
    assert is_case_of((None, ()), other)


@pytest.mark.parametrize("kind", [*recall.KEPT, recall.CHECKED])
def test_every_memory_keeps_its_keys_and_a_damaged_one_keeps_none(desk, kind):
    _, cache, _, _ = desk
    cache.write(kind, {recall.KEYS: {f"{n}.md": f"old{n}" for n in range(body_edits.MOST)}}, ())
    assert len(list_needed(cache, ["new"])) == body_edits.MOST + 1
    cache.write(kind, {recall.KEYS: {"a.md": 1}}, ())
    assert list_needed(cache, ["new"]) == {"new"}


def test_an_edit_of_the_front_matter_or_to_almost_nothing_is_none(desk):
    write(desk[0].root, f"开头另写一句。{BODY}", source="{name: 某报}")
    assert edits(desk) is None
    write(desk[0].root, f"{'很长。' * 100}{BODY}")
    assert edits(desk) is None
