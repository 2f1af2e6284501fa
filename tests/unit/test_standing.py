"""The files of a folder as they are on disk."""

import errno
import os

import pytest

from casegen import file_state, standing
from casegen.problem import CasegenError

OLD = 1_600_000_000


@pytest.fixture
def folder(tmp_path):
    for name, text in (("a.html", "甲"), ("b.html", "乙")):
        place = tmp_path / name
        place.write_text(text, "utf-8")
        os.utime(place, (OLD, OLD))
    return tmp_path


def look(folder, known, paths=("a.html", "b.html", "c.html")):
    return standing.look_through(folder, paths, known.get)


def test_each_file_has_the_digest_of_its_bytes_and_a_missing_one_none(folder):
    present, _ = look(folder, {})
    assert present == {
        "a.html": standing.digest_bytes("甲".encode()),
        "b.html": standing.digest_bytes("乙".encode()),
        "c.html": standing.NO_FILE,
    }


def test_a_file_in_its_known_state_is_not_read_again(folder):
    state = file_state.read_state(folder / "a.html")
    present, states = look(folder, {"a.html": ("as remembered", state)})
    assert present["a.html"] == "as remembered"
    assert states["a.html"] == state


def test_a_file_that_was_touched_since_is_read_again(folder):
    state = file_state.read_state(folder / "a.html")
    (folder / "a.html").write_text("丙", "utf-8")
    present, _ = look(folder, {"a.html": ("as remembered", state)})
    assert present["a.html"] == standing.digest_bytes("丙".encode())


def test_a_file_that_is_as_young_as_the_look_proves_nothing(folder, monkeypatch):
    change = file_state.read_state(folder / "a.html")[standing.CHANGED]
    monkeypatch.setattr(file_state, "read_clock", lambda _: change)
    _, states = look(folder, {})
    assert "a.html" not in states


def test_the_state_of_a_written_file_counts_unless_another_program_touched_it(folder):
    written = {name: (folder / name).stat() for name in ("a.html", "b.html")}
    (folder / "b.html").write_text("动过", "utf-8")
    found = standing.settle(folder, written)
    assert set(found) == {"a.html"}
    assert found["a.html"] == file_state.read_state(folder / "a.html")
    assert standing.settle(folder, {}) == {}


def test_the_content_of_a_file_that_is_to_be_copied_is_that_of_the_file(folder):
    assert standing.digest_content(folder / "a.html") == standing.digest_bytes("甲".encode())
    assert standing.digest_content("甲".encode()) == standing.digest_bytes("甲".encode())
    with pytest.raises(CasegenError, match="读不到要复制的文件"):
        standing.digest_content(folder / "c.html")


def test_only_a_regular_file_has_a_digest(folder):
    (folder / "link.html").symlink_to(folder / "a.html")
    assert standing.digest_of(folder) == standing.NO_FILE
    assert standing.digest_of(folder / "link.html") == standing.NO_FILE


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "磁盘满了，写到 site 时停下"),
        (PermissionError(errno.EACCES, "x", "a.html"), "没有权限写 a.html"),
        (OSError(errno.EIO, "x"), "写 site 时停下"),
    ],
)
def test_an_error_of_the_disk_is_told_with_what_to_do(error, words):
    told = standing.explain_error(error, "site")
    assert (told.slug, words in told.message) == ("disk", True)
    assert told.hint
