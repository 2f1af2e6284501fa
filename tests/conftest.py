"""The `project` fixture: `project({"cases/a.md": CASE}).build().page("cases/a.html")`."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from projects import CONFIG, Project

from casegen import gathering

# The same examples at every run, so that a change is judged by what it changes; the full suite
# looks for new ones.
settings.register_profile(
    "default",
    deadline=None,
    max_examples=25,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if os.environ.get("CASEGEN_FULL") else "default")

# Most of what is in memory lives as long as the run: to look through it for garbage again and again
# takes a tenth of the time of a build.
gc.set_threshold(50_000, 20, 50)


MEMORY = Path("/dev/shm")  # noqa: S108 pytest makes a folder of this user's own in it
ROOM = 4 << 30  # bytes; a run of all tests needs about one gigabyte


def has_room(folder: Path) -> bool:
    """Whether a folder in memory holds what the tests write, and lets programs in it be started."""
    try:
        found = os.statvfs(folder)
        told = Path("/proc/meminfo").read_text("ascii").partition("MemAvailable:")[2]
        free = int(told.split()[0]) << 10
    except (OSError, ValueError, IndexError):
        return False
    programs = not found.f_flag & os.ST_NOEXEC
    return (
        programs
        and os.access(folder, os.W_OK)
        and min(free, found.f_bavail * found.f_frsize) > ROOM
    )


# Tests write many small files: in memory a small build takes half as long as on a disk.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and has_room(MEMORY):
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()


# A password that a desktop's keyring may hold is none of the tests' business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"


@pytest.fixture(scope="session")
def shared(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder made once for all workers of the run: shared("name", make)."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, done, failed = (base / f"{name}{end}" for end in ("", ".done", ".failed"))
        try:
            folder.mkdir()
        except FileExistsError:
            while not done.exists():
                if failed.exists():
                    pytest.fail(f"{name} could not be made by another worker")
                time.sleep(0.2)
            return folder
        try:
            make(folder)
        except BaseException:
            failed.touch()
            raise
        done.touch()
        return folder

    return once


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Project]:
    def make(files: Mapping[str, str | bytes], config: str = CONFIG) -> Project:
        root = tmp_path / f"project-{len(list(tmp_path.iterdir()))}"
        root.mkdir()
        return Project(root).write({"casegen.yml": config, **files})

    return make


@pytest.fixture
def whole_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders of the projects of which every case was read, in turn."""
    read, counted = gathering.read_project, []

    def count(run: gathering.Run, *more: object, **named: object) -> gathering.Reading:
        counted.append(run.project.root)
        return read(run, *more, **named)

    monkeypatch.setattr(gathering, "read_project", count)
    return counted
