"""Whether a file has changed, from its size and times."""

import os

from casegen import file_state

OLD = 1_600_000_000


def test_a_file_keeps_its_state_until_it_is_written_or_replaced(tmp_path):
    place = tmp_path / "a.html"
    place.write_text("甲", "utf-8")
    os.utime(place, (OLD, OLD))
    before = file_state.read_state(place)
    assert before == file_state.make_state(place.stat())
    assert file_state.read_state(place) == before
    other = tmp_path / "b.html"
    other.write_text("乙", "utf-8")
    os.utime(other, (OLD, OLD))
    other.replace(place)  # as long as the first, and of the same time
    assert file_state.read_state(place) != before


def test_only_a_regular_file_has_a_state(tmp_path):
    place = tmp_path / "a.html"
    place.write_text("甲", "utf-8")
    (tmp_path / "link.html").symlink_to(place)
    for name in ("link.html", "missing.html", "", "x" * 300, "a\0b"):
        assert file_state.read_state(tmp_path / name) == ()


def test_the_clock_of_a_disk_is_read_without_leaving_a_file(tmp_path):
    first = file_state.read_clock(tmp_path)
    assert file_state.wait_past(tmp_path, first)
    assert file_state.read_clock(tmp_path) > first
    assert not list(tmp_path.iterdir())


def test_a_moment_that_does_not_pass_is_not_waited_for_for_long(tmp_path, monkeypatch):
    monkeypatch.setattr(file_state, "PAUSE", 0)
    assert not file_state.wait_past(tmp_path, file_state.read_clock(tmp_path) + 10**15)
    assert not file_state.wait_past(tmp_path / "missing", 0)
    assert not list(tmp_path.iterdir())
