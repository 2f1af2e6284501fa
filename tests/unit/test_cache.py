from __future__ import annotations

import datetime as dt
import os
import pickle
import shutil
import sqlite3
import struct
from contextlib import closing
from decimal import Decimal
from fractions import Fraction

import pytest

from casegen.cache import Cache, tidy_folder
from casegen.output import Remembered
from casegen.problem import Location, Problem, Severity

VALUES = {
    "plain": ("文字", 1, None, True, (1.5, {"a": [1]})),
    "numbers": (Decimal("83.5"), Fraction(2000, 3), dt.date(2023, 6, 1)),
    "own": Problem("rule", Severity.ERROR, "错", Location("a.md", 3, 4, "title")),
}


def test_values_survive_a_restart(tmp_path):
    first = Cache(tmp_path, "1")
    first.write("kind", VALUES, ())
    first.close()
    assert Cache(tmp_path, "1").read("kind") == VALUES


def test_only_what_is_kept_or_new_stays(tmp_path):
    cache = Cache(tmp_path, "1")
    cache.write("kind", {"a": 1, "b": 2}, ())
    cache.write("kind", {"c": 3}, ["a"])
    assert cache.read("kind") == {"a": 1, "c": 3}


def test_after_another_stamp_values_survive_every_restart(tmp_path):
    Cache(tmp_path, "1").close()
    Cache(tmp_path, "2").close()
    for number in range(3):
        cache = Cache(tmp_path, "2")
        cache.write("kind", {f"{number}": number}, ("0", "1", "2"))
        cache.close()
    assert Cache(tmp_path, "2").read("kind") == {"0": 0, "1": 1, "2": 2}


def test_another_stamp_forgets_all_but_what_is_known_of_outputs(tmp_path):
    first = Cache(tmp_path, "1")
    first.write("case", {"a": 1}, ())
    first.write("output /x", {"a.html": Remembered("f", "d")}, ())
    first.close()
    second = Cache(tmp_path, "2")
    assert second.read("case") == {}
    assert second.read("output /x") == {"a.html": Remembered("f", "d")}


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_file_is_the_same_as_none(tmp_path, content):
    (tmp_path / "cache.sqlite").write_bytes(content)
    cache = Cache(tmp_path, "1")
    assert cache.read("kind") == {}
    cache.write("kind", {"a": 1}, ())
    assert cache.read("kind") == {"a": 1}


class Harm:
    def __reduce__(self):
        return os.mkdir, ("harm",)


def test_a_poisoned_value_is_never_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cache = Cache(tmp_path, "1")
    cache.write("kind", {"bad": Harm(), "good": 1}, ())
    assert pickle.dumps(Harm())
    assert cache.read("kind") == {"good": 1}
    assert not (tmp_path / "harm").exists()


def test_a_value_cannot_change_a_class(tmp_path, monkeypatch):
    changes = b"\x80\x02ccasegen.problem\nSeverity\nN}U\x08__hash__Ns\x86b."
    cache = Cache(tmp_path, "1")
    cache.write("kind", {"good": 1}, ())
    with monkeypatch.context() as patch:
        patch.setattr("casegen.cache._pickle", lambda _value: changes)
        cache.write("kind", {"bad": Severity.NOTE}, ["good"])
    assert cache.keys("kind") == {"bad", "good"}
    assert cache.read("kind") == {"good": 1}
    assert hash(Severity.NOTE)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE memory SET value = (SELECT value FROM memory WHERE key='b') WHERE key='a'",
        "UPDATE memory SET value = substr(value, 1, length(value) - 1) WHERE key='a'",
        "UPDATE memory SET value = substr(value, 17) WHERE key='a'",
        "UPDATE memory SET value = '' WHERE key='a'",
        "UPDATE memory SET value = NULL WHERE key='a'",
        "UPDATE memory SET value = 7 WHERE key='a'",
        "DELETE FROM memory WHERE key='a'",
    ],
)
def test_a_value_that_others_changed_or_put_under_another_key_is_not_used(tmp_path, change):
    cache = Cache(tmp_path, "1")
    cache.write("kind", {"a": ("甲", 1), "b": ("乙", 2)}, ())
    cache.close()
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as base:
        base.execute(change)
        base.commit()
    cache = Cache(tmp_path, "1")
    assert cache.read("kind") == {"b": ("乙", 2)}
    assert cache.read_some("kind", ["a"]) == {}


def test_an_unwritable_place_only_means_no_memory(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    cache = Cache(tmp_path / "file", "1")
    cache.write("kind", {"a": 1}, ())
    assert cache.read("kind") == {}


def other_program(path):
    """A SQLite file of another program with a table of the same name."""
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE memory (kind TEXT, key TEXT, value BLOB)")
        base.execute("INSERT INTO memory VALUES ('theirs', 'a', 'b')")
        base.commit()
    return path.read_bytes()


@pytest.mark.parametrize("where", ["the file", "the folder"])
def test_what_a_link_leads_to_is_left_alone(tmp_path, where):
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "project/.casegen"
    elsewhere.mkdir()
    theirs = other_program(elsewhere / "cache.sqlite")
    folder.parent.mkdir()
    if where == "the file":
        folder.mkdir()
        (folder / "cache.sqlite").symlink_to(elsewhere / "cache.sqlite")
    else:
        folder.symlink_to(elsewhere)
    cache = Cache(folder, "1")
    cache.write("kind", {"a": 1}, ())
    cache.close()
    Cache.forget(folder)
    assert (elsewhere / "cache.sqlite").read_bytes() == theirs
    assert len(list(elsewhere.iterdir())) == 1


def test_a_sqlite_file_of_another_program_is_removed_and_never_opened(tmp_path):
    folder, kept = tmp_path / ".casegen", tmp_path / "kept"
    folder.mkdir()
    theirs = other_program(folder / "cache.sqlite")
    os.link(folder / "cache.sqlite", kept)
    cache = Cache(folder, "1")
    cache.write("kind", {"a": 1}, ())
    assert cache.read("kind") == {"a": 1}
    assert kept.read_bytes() == theirs


LOOKING = {
    "table": [],
    "view": [
        "CREATE TABLE theirs (kind TEXT, key TEXT, value BLOB)",
        "DROP TABLE memory",
        "CREATE VIEW memory AS SELECT kind, key, value FROM theirs",
    ],
    "trigger": [
        "CREATE TABLE theirs (a)",
        "CREATE TRIGGER t BEFORE DELETE ON memory BEGIN INSERT INTO theirs VALUES (1); END",
    ],
}


@pytest.mark.parametrize("kind", LOOKING)
def test_a_file_that_only_looks_like_a_memory_is_removed_and_never_opened(tmp_path, kind):
    """A view or a trigger that SQLite runs may count for ever."""
    folder, kept = tmp_path / ".casegen", tmp_path / "kept"
    folder.mkdir()
    Cache(tmp_path / "one", "1").close()
    shutil.copy(tmp_path / "one/cache.sqlite", folder)
    with closing(sqlite3.connect(folder / "cache.sqlite")) as base:
        for change in LOOKING[kind]:
            base.execute(change)
        base.commit()
    theirs = (folder / "cache.sqlite").read_bytes()
    os.link(folder / "cache.sqlite", kept)
    cache = Cache(folder, "1")
    cache.write("kind", {"a": 1}, ())
    assert cache.read("kind") == {"a": 1}
    assert kept.read_bytes() == theirs


@pytest.mark.parametrize("kind", ["view", "trigger"])
def test_what_another_program_added_to_the_memory_is_not_run(tmp_path, kind):
    Cache(tmp_path, "1").close()
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as base:
        for change in LOOKING[kind]:
            base.execute(change)
        base.commit()
    cache = Cache(tmp_path, "2")
    cache.write("kind", {"a": 1}, ())
    cache.close()
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as base:
        assert base.execute("SELECT count(*) FROM sqlite_schema").fetchall() == [(1,)]
    assert Cache(tmp_path, "2").read("kind") == {"a": 1}


@pytest.mark.parametrize("came_along", [True, False])
def test_a_journal_that_names_a_file_does_not_remove_it(tmp_path, came_along):
    """SQLite removes the file that a journal names as the journal of several databases."""
    folder, victim = tmp_path / ".casegen", tmp_path / "victim"
    victim.write_text("珍贵", "utf-8")
    Cache(folder, "1").close()
    if came_along:
        folder.rename(tmp_path / "sent")
        shutil.copytree(tmp_path / "sent", folder)
    name, magic = os.fsencode(victim), bytes.fromhex("d9d505f920a163d7")
    pages = (folder / "cache.sqlite").stat().st_size // 4096
    head = (magic + struct.pack(">IIIII", 0, 1, pages, 512, 4096)).ljust(512, b"\0")
    tail = struct.pack(">I", 0x40000000 // 4096 + 1) + name
    tail += struct.pack(">II", len(name), sum(name)) + magic
    (folder / "cache.sqlite-journal").write_bytes(head + tail)
    cache = Cache(folder, "1")
    cache.write("kind", {"a": 1}, ())
    cache.close()
    assert victim.read_text("utf-8") == "珍贵"
    assert Cache(folder, "1").read("kind") == {"a": 1}


@pytest.mark.parametrize("copy", [shutil.copy2, shutil.copy])
def test_a_memory_that_came_along_from_elsewhere_is_not_believed(tmp_path, copy):
    made = Cache(tmp_path / "one", "1")
    made.write("case", {"a": 1}, ())
    made.write("output /x", {"a.html": Remembered("f", "d")}, ())
    made.close()
    shutil.copytree(tmp_path / "one", tmp_path / "other", copy_function=copy)
    cache = Cache(tmp_path / "other", "1")
    assert cache.read("case") == {}
    assert cache.read("output /x") == {}
    assert Cache(tmp_path / "one", "1").read("case") == {"a": 1}


def test_a_memory_that_another_run_has_locked_is_kept_and_done_without(tmp_path, monkeypatch):
    monkeypatch.setattr("casegen.cache.WAIT", 0)
    first = Cache(tmp_path, "1")
    first.write("kind", {"a": 1}, ())
    with closing(sqlite3.connect(tmp_path / "cache.sqlite")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert Cache(tmp_path, "1").read("kind") == {}
    assert Cache(tmp_path, "1").read("kind") == {"a": 1}


def test_links_and_pipes_in_the_folder_are_removed_and_named(tmp_path):
    folder = tmp_path / ".casegen"
    (folder / "published").mkdir(parents=True)
    (folder / "published/a.json").symlink_to(tmp_path)
    (folder / "known_hosts").symlink_to("nowhere")
    (folder / "kept").write_bytes(b"x")
    os.mkfifo(folder / "pipe")
    said = tidy_folder(folder)
    assert [line.partition(" ")[0] for line in said] == [
        ".casegen/known_hosts",
        ".casegen/pipe",
        ".casegen/published/a.json",
    ]
    assert sorted(path.name for path in folder.rglob("*")) == ["kept", "published"]
    assert tidy_folder(folder) == ()


def test_a_folder_that_is_a_link_is_removed_and_named(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/file").write_bytes(b"x")
    (tmp_path / ".casegen").symlink_to("elsewhere")
    (said,) = tidy_folder(tmp_path / ".casegen")
    assert "链接" in said
    assert not (tmp_path / ".casegen").is_symlink()
    assert (tmp_path / "elsewhere/file").read_bytes() == b"x"
