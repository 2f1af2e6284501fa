"""recall: what the last build said, where no file has changed since; nothing is read or made again.

Secret: how it is known, without opening a file, that sources, themes, program and site are those
of the last build: by kind, size, times of modification and of change, and inode of everything in
their folders. The clock of the disk must have moved on since the last change that was seen, so
that a later one shows. Systems without a time of change (Windows) recall nothing.
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
from typing import Any

from casegen import __version__, storage
from casegen.cache import Cache, code_digest
from casegen.root import BOOK, CACHE, LOCK, SHIPPED_THEMES, SITE
from casegen.turns import BusyError, held

SOURCES = "sources"  # the rows of the look at the sources, by their names in `rows`
KEYS = "keys"  # the cache's key of every case, by path
LEFT_OUT = "left out"  # what the build left out
TOTALS = "totals"  # the totals of the collection as they are shown


@dataclass(frozen=True, slots=True)
class Told:
    """What a build said: the object `left_out` of its JSON, and the same in lines."""

    cases: int
    pages: int
    files: int
    left_out: Mapping[str, Any]
    lines: tuple[str, ...]
    seconds: float = 0.0  # that it took to recall it

    def as_json(self) -> dict[str, object]:
        """The object that `build --json` prints where nothing has changed."""
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
class Which:
    """A site: where it is written, whether with drafts, and whether it is the preview of `serve`.

    One site is remembered beside one preview.
    """

    output: Path
    drafts: bool
    preview: bool = False

    @property
    def name(self) -> str:
        """The key of its record."""
        text = f"{self.output}\0{self.drafts}\0{sys.version}"
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def told(self) -> str:
        """The kind of its record in the cache."""
        return "recall preview" if self.preview else "recall"

    @property
    def kept(self) -> str:
        """The kind of all that is kept for a renewal."""
        return "kept preview" if self.preview else "kept"


@dataclass(frozen=True, slots=True)
class Look:
    """What stands in some folders: `digest` differs whenever anything in them does.

    `rows` tell of each thing in them by its path in the first folder (of others the whole path);
    `states` are those of regular files; `newest` is the latest change, in nanoseconds.
    """

    digest: str
    rows: Mapping[str, str]
    states: Mapping[str, storage.State]
    newest: int


@dataclass(frozen=True, slots=True)
class Record:
    """The two looks that a build vouches for, and what it said."""

    sources: str
    site: str
    told: Told


@dataclass(frozen=True, slots=True)
class Seen:
    """What a build saw: its sources before reading, the state of each file that it vouches for.

    `used` are the project paths of files that cases and pages use.
    """

    root: Path
    which: Which
    sources: Look
    states: Mapping[str, storage.State]
    used: Iterable[str]


@dataclass(frozen=True, slots=True)
class Nearly:
    """The site stands as the last build left it; of the sources only those at `changed` do not.

    `changed` are regular files that were there before, by path in the project; `since` is the
    digest of that build's look at the sources.
    """

    told: Told
    since: str
    changed: tuple[str, ...]
    site: Look


def stamp() -> str:
    """The version of all that makes a site, as the cache is marked with it."""
    return f"{__version__} {code_digest()}"


def look_at_sources(root: Path, output: Path) -> Look | None:
    """Everything of a project that a build may read, before it reads; None where it cannot tell.

    Folders that a build reads nothing from are left out: hidden ones at the top, and what builds
    write. `hides` tells whether a file stands in one of them after all.
    """
    found = _look((root, SHIPPED_THEMES), _apart(root, output))
    return found if found and storage.wait_past(root / CACHE, found.newest) else None


def remember(cache: Cache, seen: Seen, told: Told, kept: Mapping[str, object]) -> None:
    """Keep what a build said, and `kept` with it, if no change from now on can stay unseen.

    What was kept before is forgotten in any case: it is of another site.
    """
    which = seen.which
    new: dict[str, Mapping[str, object]] = {}
    if (record := _record(seen, told)) is not None:
        rows = {SOURCES: dict(seen.sources.rows)}
        new = {which.told: {which.name: record}, which.kept: {**kept, **rows}}
    kinds = (which.told, which.kept)
    cache.patch(new, {kind: cache.keys(kind) - set(new.get(kind, ())) for kind in kinds})


def remember_renewed(
    cache: Cache,
    seen: Seen,
    told: Told,
    new: Mapping[str, Mapping[str, object]],
    gone: Mapping[str, Iterable[str]],
) -> None:
    """The same after a renewal: rows of any kind that are `new` and `gone`, the rest still holds.

    Where a change might stay unseen, nothing at all is kept for another renewal.
    """
    which = seen.which
    record = _record(seen, told)
    if record is None:
        cache.patch({}, {kind: cache.keys(kind) for kind in (which.told, which.kept)})
        return
    kept = {**new.get(which.kept, {}), SOURCES: dict(seen.sources.rows)}
    cache.patch({**new, which.told: {which.name: record}, which.kept: kept}, gone)


def _record(seen: Seen, told: Told) -> Record | None:
    output = seen.which.output
    site = _look((output,), frozenset())
    if site is None or _hides(seen):
        return None
    if any(not state or site.states.get(path) != state for path, state in seen.states.items()):
        return None
    if not storage.wait_past(output, site.newest):
        return None
    return Record(seen.sources.digest, site.digest, told)


def recall_nearly(cache: Cache, which: Which, sources: Look) -> Nearly | None:
    """What the last build of the same said, if only files changed that were there; else None."""
    known = cache.read_some(which.told, [which.name]).get(which.name)
    before = cache.read_some(which.kept, [SOURCES]).get(SOURCES)
    if not isinstance(known, Record) or not isinstance(before, dict):
        return None
    if before.keys() != sources.rows.keys():
        return None
    changed = tuple(path for path, row in sources.rows.items() if before[path] != row)
    if not all(path in sources.states for path in changed):
        return None
    site = _look((which.output,), frozenset())
    if site is None or site.digest != known.site:
        return None
    return Nearly(known.told, known.sources, changed, site)


def recall(root: Path, output: Path | None, *, drafts: bool) -> Told | None:
    """What the last build of the same said, if all stands as it left it; else None."""
    begun = time.perf_counter()
    folder = (output or root / SITE).absolute()
    which = Which(folder, drafts)
    try:
        with held(root / CACHE / LOCK, None), closing(Cache(root / CACHE, stamp())) as cache:
            known = cache.read(which.told).get(which.name)
            if not isinstance(known, Record):
                return None
            sources = _look((root, SHIPPED_THEMES), _apart(root, folder))
            site = _look((folder,), frozenset())
    except BusyError:
        return None
    if sources is None or site is None:
        return None
    same = (sources.digest, site.digest) == (known.sources, known.site)
    return replace(known.told, seconds=time.perf_counter() - begun) if same else None


def _apart(root: Path, output: Path) -> frozenset[str]:
    try:
        hidden = [entry.path for entry in os.scandir(root) if entry.name.startswith(".")]
    except OSError:
        hidden = []
    made = (root / CACHE, root / SITE, root / BOOK, output)
    return frozenset((*hidden, *map(str, made)))


def _hides(seen: Seen) -> bool:
    """Whether a file that the project uses stands where `look_at_sources` does not look."""
    apart = [Path(os.path.normpath(path)) for path in _apart(seen.root, seen.which.output)]
    places = [Path(os.path.normpath(seen.root / path)) for path in seen.used]
    return any(place.is_relative_to(folder) for place in places for folder in apart)


def _look(folders: Sequence[Path], apart: frozenset[str]) -> Look | None:
    if not storage.TELLS_CHANGES:
        return None
    rows: dict[str, str] = {}
    states: dict[str, storage.State] = {}
    newest = 0
    try:
        for folder in folders:
            first = len(str(folder)) + 1 if folder == folders[0] else 0
            for entry in _walk(str(folder), apart):
                found = entry.stat(follow_symlinks=False)
                if entry.is_symlink():
                    if entry.is_dir():  # what lies behind it is not looked at
                        return None
                    found = _behind(entry) or found
                newest = max(newest, found.st_ctime_ns)
                name = entry.path[first:]
                state: storage.State = ()
                if not stat.S_ISDIR(found.st_mode):
                    state = storage.state_of(found)
                    states[name] = state
                rows[name] = f"{entry.is_symlink()} {found.st_mode} {state}"
    except OSError:
        return None
    total = hashlib.blake2b(digest_size=16)
    for name, row in rows.items():
        total.update(f"{name}\0{row}\n".encode("utf-8", "surrogatepass"))
    return Look(total.hexdigest(), rows, states, newest)


def _behind(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None


def _walk(folder: str, apart: frozenset[str]) -> Iterable[os.DirEntry[str]]:
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    for entry in entries:
        if entry.path in apart:
            continue
        yield entry
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, apart)
