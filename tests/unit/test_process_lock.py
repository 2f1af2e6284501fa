from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from casegen import process_lock

HOLD = """
import sys, pathlib
from casegen import process_lock
with process_lock.hold_lock(pathlib.Path(sys.argv[1]), None) as held:
    print("held" if held else "free", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    run = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "a.lock"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout.readline() == "held\n"
    yield run
    run.kill()
    run.communicate()


@pytest.mark.usefixtures("holder")
def test_a_lock_that_another_process_holds_is_refused(tmp_path):
    with pytest.raises(process_lock.BusyError), process_lock.hold_lock(tmp_path / "a.lock", None):
        pass


def test_a_lock_ends_with_its_process(tmp_path, holder):
    holder.kill()
    holder.wait()
    with process_lock.hold_lock(tmp_path / "a.lock", None) as held:
        assert held


def test_whoever_waits_is_told_once_and_comes_next(tmp_path, holder):
    told = []

    def waiting():
        told.append(True)
        threading.Timer(0.5, holder.kill).start()

    with process_lock.hold_lock(tmp_path / "a.lock", waiting) as held:
        assert held
    assert told == [True]


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_what_is_no_file_of_ours_is_not_touched_and_no_hindrance(tmp_path, what):
    place = tmp_path / "folder/a.lock"
    place.parent.mkdir()
    if what == "link":
        place.symlink_to(tmp_path / "victim")
    elif what == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    with process_lock.hold_lock(place, None) as held:
        assert not held
    assert not (tmp_path / "victim").exists()


def test_a_folder_that_cannot_be_written_to_is_no_hindrance(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with process_lock.hold_lock(tmp_path / "file/a.lock", None) as held:
        assert not held
