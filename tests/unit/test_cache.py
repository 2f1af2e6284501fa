from __future__ import annotations

import datetime as dt
import os
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from casegen.cache import Cache
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


def test_an_unwritable_place_only_means_no_memory(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    cache = Cache(tmp_path / "file", "1")
    cache.write("kind", {"a": 1}, ())
    assert cache.read("kind") == {}
