"""recall: the result of the last build, where no file has changed since; nothing is read or built.

Secret: how it is known, without opening a file, that sources, themes, program and site are those
of the last build: by kind, size, times of modification and of change, and inode of everything in
their folders. The clock of the disk must have moved on since the last change that was seen, so
that a later change has another time. On systems without a time of change (Windows) nothing is
recalled.
Not here: what a build does (build), which output file is unchanged in a build that runs (output).
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeGuard

from casegen import __version__, file_state, storage, tree
from casegen.cache import Cache, digest_code
from casegen.process_lock import BusyError, hold_lock
from casegen.root import BOOK, CACHE, LOCK, SHIPPED_THEMES, SITE

SOURCES = "sources"  # the rows of the snapshot of the sources, by their names in `rows`
KEPT = ("kept", "kept preview")  # kinds of what a build, or a preview, needs for a renewal
CHECKED = "checked"  # the kind of what a check needs to be repeated for edited files alone
KEYS = "keys"  # the cache key of every case, by path
LEFT_OUT = "left out"  # what the build left out of the site
TOTALS = "totals"  # the totals of the collection as readers see them


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a build: the object `left_out` of its JSON, and the same as lines of text."""

    cases: int
    pages: int
    files: int
    left_out: Mapping[str, Any]
    lines: tuple[str, ...]
    seconds: float = 0.0  # seconds that recalling it took

    def as_json(self) -> dict[str, object]:
        """Return the object that `build --json` prints where nothing has changed."""
        return {
            "cases": self.cases,
            "pages": self.pages,
            "written": 0,
            "kept": self.files,
            "removed": 0,
            "seconds": {"total": round(self.seconds, 3)},
            "problems": [],
            "left_out": self.left_out,
        }


@dataclass(frozen=True, slots=True)
class SiteKey:
    """One site: where it is written, whether with drafts, and whether it is the preview of `serve`.

    The cache keeps the record of one site and of one preview.
    """

    output: Path
    drafts: bool
    preview: bool = False

    @property
    def name(self) -> str:
        """The key of its record in the cache."""
        text = f"{self.output}\0{self.drafts}\0{sys.version}"
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def told(self) -> str:
        """The kind of its record in the cache."""
        return "recall preview" if self.preview else "recall"

    @property
    def kept(self) -> str:
        """The kind of the cached values that a renewal needs."""
        return KEPT[self.preview]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot of some folders; `digest` changes whenever anything in them does.

    `rows` describe each entry by its path in the first folder (in others by the whole path);
    `states` are those of regular files; `newest` is the time of the latest change, in nanoseconds.
    """

    digest: str
    rows: Mapping[str, str]
    states: Mapping[str, file_state.State]
    newest: int


@dataclass(frozen=True, slots=True)
class Record:
    """The digests of the two snapshots that belong to a build, and the summary of the build."""

    sources: str
    site: str
    told: Summary


@dataclass(frozen=True, slots=True)
class BuildState:
    """What a build saw: the sources before reading, and the state of each file of the site.

    `used` are the project paths of files that cases and pages use. `site` is the snapshot of the
    site after the build where it is known; else it is taken.
    """

    root: Path
    which: SiteKey
    sources: Snapshot
    states: Mapping[str, file_state.State]
    used: Iterable[str]
    site: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Edits:
    """The site is as the last build left it, and of the sources only the files `changed` differ.

    `changed` are regular files that existed before, by path in the project; `since` is the digest
    of that build's snapshot of the sources.
    """

    told: Summary
    since: str
    changed: tuple[str, ...]
    site: Snapshot


def is_text_map(value: object) -> TypeGuard[dict[str, str]]:
    """Return whether a value of the cache maps texts to texts, as rows and keys do."""
    return isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(text, str) for key, text in value.items()
    )


def make_stamp() -> str:
    """Return the version of all that makes a site; the cache is marked with it."""
    return f"{__version__} {digest_code()}"


def snapshot_sources(root: Path, output: Path) -> Snapshot | None:
    """Take a snapshot of all that a build may read, before it reads; None where that is impossible.

    Folders that a build reads nothing from are left out: hidden ones at the top, and the folders
    that builds write. `leaves_out` finds out whether a used file is in one of them nevertheless.
    """
    found = _look((root, SHIPPED_THEMES), _apart(root, output))
    return found if found and file_state.wait_past(root / CACHE, found.newest) else None


def store_build(
    cache: Cache,
    seen: BuildState,
    told: Summary,
    kept: Mapping[str, object],
    still_kept: Iterable[str],
) -> None:
    """Store the summary of a build, and the values `kept`, if no later change can go unnoticed.

    What was stored before is deleted: it belongs to an older state; the values under the names
    `still_kept` stay if the summary is stored.
    """
    which = seen.which
    new: dict[str, Mapping[str, object]] = {}
    if (record := _record(seen, told)) is not None:
        rows = {SOURCES: dict(seen.sources.rows)}
        new = {which.told: {which.name: record}, which.kept: {**kept, **rows}}
    stays = {kind: set(rows) for kind, rows in new.items()}
    if new:
        stays[which.kept] |= set(still_kept)
    kinds = (which.told, which.kept)
    cache.patch(new, {kind: cache.keys(kind) - stays.get(kind, set()) for kind in kinds})


def store_renewal(
    cache: Cache,
    seen: BuildState,
    told: Summary,
    new: Mapping[str, Mapping[str, object]],
    gone: Mapping[str, Iterable[str]],
) -> None:
    """Do the same after a renewal; `new` and `gone` are rows by kind, all other rows still hold.

    Where a later change could go unnoticed, nothing is kept for another renewal.
    """
    which = seen.which
    record = _record(seen, told)
    if record is None:
        cache.patch({}, {kind: cache.keys(kind) for kind in (which.told, which.kept)})
        return
    kept = {**new.get(which.kept, {}), SOURCES: dict(seen.sources.rows)}
    cache.patch({**new, which.told: {which.name: record}, which.kept: kept}, gone)


def _record(seen: BuildState, told: Summary) -> Record | None:
    output = seen.which.output
    site = seen.site or _look((output,), frozenset())
    if site is None or leaves_out(seen.root, output, seen.used):
        return None
    if any(not state or site.states.get(path) != state for path, state in seen.states.items()):
        return None
    if not file_state.wait_past(output, site.newest):
        return None
    return Record(seen.sources.digest, site.digest, told)


def recall_edits(cache: Cache, which: SiteKey, sources: Snapshot) -> Edits | None:
    """Return the last build of this site if only existing files changed since; else None."""
    known = cache.read_some(which.told, [which.name]).get(which.name)
    before = cache.read_some(which.kept, [SOURCES]).get(SOURCES)
    if not isinstance(known, Record) or not is_text_map(before):
        return None
    changed = find_changed(before, sources)
    if changed is None:
        return None
    site = _look((which.output,), frozenset())
    if site is None or site.digest != known.site:
        return None
    return Edits(known.told, known.sources, changed, site)


def find_changed(before: Mapping[str, str], sources: Snapshot) -> tuple[str, ...] | None:
    """Return the paths of files that changed since the rows `before`.

    None where files came or went, or a folder, link or device changed.
    """
    if before.keys() != sources.rows.keys():
        return None
    changed = tuple(path for path, row in sources.rows.items() if before[path] != row)
    return changed if all(path in sources.states for path in changed) else None


def recall_build(root: Path, output: Path | None, *, drafts: bool) -> Summary | None:
    """Return the summary of the last build of this site if nothing changed since; else None."""
    begun = time.perf_counter()
    folder = (output or root / SITE).absolute()
    which = SiteKey(folder, drafts)
    try:
        with (
            hold_lock(root / CACHE / LOCK, None),
            closing(Cache(root / CACHE, make_stamp())) as cache,
        ):
            known = cache.read(which.told).get(which.name)
            if not isinstance(known, Record):
                return None
            sources = _look((root, SHIPPED_THEMES), _apart(root, folder))
            if sources is None or sources.digest != known.sources:
                return None
            site = _look((folder,), frozenset())
    except BusyError:
        return None
    if site is None or site.digest != known.site:
        return None
    return replace(known.told, seconds=time.perf_counter() - begun)


def _apart(root: Path, output: Path) -> frozenset[str]:
    try:
        hidden = [entry.path for entry in os.scandir(root) if entry.name.startswith(".")]
    except OSError:
        hidden = []
    made = (root / CACHE, root / SITE, root / BOOK, output)
    return frozenset((*hidden, *map(str, made)))


def leaves_out(root: Path, output: Path, used: Iterable[str]) -> bool:
    """Return whether a file that the project uses is in a folder that the snapshot leaves out."""
    apart = [Path(os.path.normpath(path)) for path in _apart(root, output)]
    places = [Path(os.path.normpath(root / path)) for path in used]
    return any(place.is_relative_to(folder) for place in places for folder in apart)


def update_snapshot(before: Snapshot, folder: Path, touched: Iterable[str]) -> Snapshot | None:
    """Return the snapshot of a folder in which only the files `touched` came, went or changed.

    None where a folder came or went with them, or where something else than a file is there.
    """
    rows, states, newest = dict(before.rows), dict(before.states), before.newest
    for path in touched:
        above = path.rpartition("/")[0]
        try:
            found = (folder / path).lstat()
        except FileNotFoundError:
            rows.pop(path, None)
            states.pop(path, None)
        else:
            if not stat.S_ISREG(found.st_mode):
                return None
            states[path] = file_state.make_state(found)
            rows[path] = _write_row(found, states[path], link=False)
            newest = max(newest, found.st_ctime_ns)
        if above and (above not in rows or not storage.is_folder(folder / above)):
            return None
    return Snapshot(_digest_rows(rows), rows, states, newest)


def _write_row(found: os.stat_result, state: file_state.State, *, link: bool) -> str:
    return f"{link} {found.st_mode} {state}"


def _digest_rows(rows: Mapping[str, str]) -> str:
    total = hashlib.blake2b(digest_size=16)
    for name in sorted(rows):
        total.update(f"{name}\0{rows[name]}\n".encode("utf-8", "surrogatepass"))
    return total.hexdigest()


def _look(folders: Sequence[Path], apart: frozenset[str]) -> Snapshot | None:
    if not file_state.TELLS_CHANGES:
        return None
    rows: dict[str, str] = {}
    states: dict[str, file_state.State] = {}
    newest = 0
    try:
        for folder in folders:
            first = len(str(folder)) + 1 if folder == folders[0] else 0
            for entry in tree.walk_folder(str(folder), apart):
                found = entry.stat(follow_symlinks=False)
                if entry.is_symlink():
                    if entry.is_dir():  # the folder behind a link is not examined
                        return None
                    found = _behind(entry) or found
                newest = max(newest, found.st_ctime_ns)
                name = entry.path[first:]
                state: file_state.State = ()
                if not stat.S_ISDIR(found.st_mode):
                    state = file_state.make_state(found)
                    states[name] = state
                rows[name] = _write_row(found, state, link=entry.is_symlink())
    except OSError:
        return None
    return Snapshot(_digest_rows(rows), rows, states, newest)


def _behind(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None
