"""watching: waits until a file of the project changes.

Secret: which folders are watched, and by what means on this machine and on network drives.
Not here: what is done about a change (desk).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from watchfiles import Change, watch
from watchfiles.main import FileChange

from casegen.root import BOOK, SITE

Filter: TypeAlias = Callable[[Change, str], bool]

WRITTEN = frozenset({SITE, BOOK})  # folders that casegen writes
QUIET = 50  # milliseconds without a change, after which a save is complete
LONGEST = 400  # milliseconds after which changes are reported even if more follow
POLL = 300  # milliseconds between two looks at a drive that reports no changes
PASSING = ("~$", ".", "~")  # names of temporary files that editors keep beside an open file


@dataclass(frozen=True, slots=True)
class Watch:
    """What the watching threads share."""

    root: Path
    stop: threading.Event
    poll: bool | None
    relist: threading.Event = field(default_factory=threading.Event)
    changed: threading.Event = field(default_factory=threading.Event)

    def begin(self, *places: Path, wanted: Filter, deep: bool) -> Iterator[set[FileChange]]:
        """Yield changes below `places`; an empty set every half second, to notice other events."""
        return watch(
            *places,
            watch_filter=wanted,
            debounce=LONGEST,
            step=QUIET,
            stop_event=self.stop,
            force_polling=self.poll,
            poll_delay_ms=POLL,
            rust_timeout=500,
            yield_on_timeout=True,
            raise_interrupt=False,
            recursive=deep,
        )


def watch_project(root: Path, stop: threading.Event, *, poll: bool = False) -> Iterator[None]:
    r"""Yield whenever files of the project have changed since the last time, until `stop` is set.

    All that is not hidden is watched, but for the folders that casegen writes: a case may use a
    picture that is anywhere in the project. A network drive
    named by its host (\\host\share) reports no changes, so it is read again and again; `poll` does
    the same for any drive.
    """
    watched = Watch(root, stop, poll=True if poll or str(root).startswith("\\\\") else None)
    for work in (_watch_top, _watch_folders):
        threading.Thread(target=work, args=(watched,), daemon=True).start()
    return _list_changes(watched)


def _list_changes(watched: Watch) -> Iterator[None]:
    while not watched.stop.is_set():
        if watched.changed.wait(0.2):
            watched.changed.clear()
            yield


def _watch_top(watched: Watch) -> None:
    for changes in watched.begin(watched.root, wanted=_is_top, deep=False):
        if changes:
            watched.relist.set()
            watched.changed.set()


def _watch_folders(watched: Watch) -> None:
    while not watched.stop.is_set():
        folders = _list_folders(watched.root)
        if not folders:
            watched.relist.wait(0.5)
            watched.relist.clear()
            continue
        for changes in watched.begin(*folders, wanted=_is_source, deep=True):
            if changes:
                watched.changed.set()
            if watched.relist.is_set():
                watched.relist.clear()
                if folders != _list_folders(watched.root):
                    watched.changed.set()  # files may have been put there before it was watched
                    break


def _list_folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if _is_kept(path.name) and path.is_dir())
    except OSError:
        return []


def _is_top(change: Change, path: str) -> bool:
    return _is_source(change, path) and _is_kept(Path(path).name)


def _is_kept(name: str) -> bool:
    return not name.startswith(".") and name not in WRITTEN


def _is_source(_: Change, path: str) -> bool:
    name = Path(path).name
    return not name.startswith(PASSING) and not name.endswith(("~", ".swp", ".tmp"))
