"""manifest: what casegen put at a target, and what a release can bring back.

Secret: the JSON of `.casegen-manifest.json` and of `.casegen-releases/<n>/release.json`.
Not here: what is to be sent (plan).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from casegen.publish.store import RELEASES

VERSION = 1
KEPT_RELEASES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A file's SHA-256 (hexadecimal) and size in bytes; digest "" where nobody knows."""

    digest: str
    size: int


UNKNOWN = Entry("", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is ours at a target: the only licence to replace or remove a file there.

    `files`: surely there, with these bytes, as far as casegen knows. `pending`: ours, but a run
    that has not ended may have left the old bytes, the new or none. `coming`: new since the last
    run that did end. `open`: the release that is being filled, 0 for none. `releases`: those one
    can go back from, oldest first. `last`: the highest number ever given.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    open: int = 0
    releases: tuple[int, ...] = ()
    last: int = 0

    @property
    def names(self) -> set[str]:
        """Every path that is ours."""
        return {*self.files, *self.pending}

    def as_bytes(self) -> bytes:
        """The file, one path a line."""
        return _json(
            {
                "version": VERSION,
                "open": self.open,
                "last": self.last,
                "releases": list(self.releases),
                "coming": sorted(self.coming),
                "pending": sorted(self.pending),
                "files": _written(self.files),
            }
        )


@dataclass(frozen=True, slots=True)
class Release:
    """What a publishing did, so that it can be undone.

    `kept`: replaced or removed files of ours, whose old versions lie in the release's folder;
    `adopted`: files of others that gave way, likewise, and are never cleared away; `made`: files
    that were not there before.

    While a release is filled: a kept file without its old version in the folder is still the old
    version itself.
    """

    kept: Mapping[str, Entry] = field(default_factory=dict)
    adopted: tuple[str, ...] = ()
    made: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Every path it touched."""
        return {*self.kept, *self.adopted, *self.made}

    def as_bytes(self) -> bytes:
        """The file, one path a line."""
        return _json(
            {
                "version": VERSION,
                "kept": _written(self.kept),
                "adopted": sorted(self.adopted),
                "made": sorted(self.made),
            }
        )


def folder_of(release: int) -> str:
    """Where a release keeps old versions."""
    return f"{RELEASES}/{release}"


def record_of(release: int) -> str:
    """Where a release says what it did."""
    return f"{folder_of(release)}/release.json"


def read_manifest(data: bytes | None) -> Manifest | None:
    """The manifest; None where there is none or it cannot be trusted."""
    try:
        found = _loaded(data)
        return Manifest(
            _entries(found["files"]),
            frozenset(_paths(found["pending"])),
            frozenset(_paths(found["coming"])),
            _number(found["open"]),
            tuple(_number(n) for n in found["releases"]),
            _number(found["last"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def read_release(data: bytes | None) -> Release | None:
    """The record of a release; None where there is none or it cannot be trusted."""
    try:
        found = _loaded(data)
        return Release(
            _entries(found["kept"]),
            tuple(_paths(found["adopted"])),
            tuple(_paths(found["made"])),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _loaded(data: bytes | None) -> Mapping[str, Any]:
    found = json.loads(data or b"")
    if found["version"] != VERSION:
        raise ValueError
    return dict(found)


def _json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=0, separators=(",", ":"))
    return text.encode() + b"\n"


def _written(files: Mapping[str, Entry]) -> dict[str, str]:
    return {path: f"{files[path].digest} {files[path].size}" for path in sorted(files)}


def _entries(found: Mapping[str, str]) -> dict[str, Entry]:
    entries = {}
    for path in _paths(found):
        digest, _, size = found[path].partition(" ")
        entries[path] = Entry(digest, int(size))
    return entries


def _paths(found: Any) -> list[str]:
    """Paths that stay inside the target and out of casegen's own folder."""
    return [path for path in found if _ours(path)]


def _ours(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return (
        bool(parts)
        and not path.startswith("/")
        and "\\" not in path
        and not any(part.startswith(".") for part in parts)
    )


def _number(found: Any) -> int:
    number = int(found)
    if number < 0:
        raise ValueError
    return number
