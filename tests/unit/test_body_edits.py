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
