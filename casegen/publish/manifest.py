"""manifest: what casegen put at a target, and what a release can bring back.

Secret: the JSON of `.casegen-manifest.json` and of `.casegen-releases/<n>/release.json`.
Not here: what is to be sent (plan).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casegen import filenames, record
from casegen.publish.store import RELEASES

VERSION = 1
KEPT_RELEASES = 3
MOST_RELEASES = 10**6  # a number that no release reaches, though one were made every hour
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")  # "" where it is unknown
_SIZE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file's SHA-256 (hexadecimal) and size in bytes; digest "" where it is unknown."""

    digest: str
    size: int


UNKNOWN = Entry("", 0)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of casegen at a target; only these may be replaced or removed there.

    `files`: certainly there, with these bytes, as far as casegen knows. `pending`: casegen's, but a
    run that has not ended may have left the old bytes, the new or none. `coming`: new since the
    last run that did end. `open`: the release that is being filled, 0 for none. `releases`: those
    that can be restored, oldest first. `last`: the highest number ever given. `undone`: the digest
    (`digest_files`) of the site that was rolled back, until another is published; "" for none.
    `totals`: the totals of the whole collection, by name; empty where they are unknown.
    """

    files: Mapping[str, Entry] = field(default_factory=dict)
    pending: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    open: int = 0
    releases: tuple[int, ...] = ()
    last: int = 0
    undone: str = ""
    totals: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> set[str]:
        """Return every path at the target that casegen wrote, certainly or perhaps."""
        return {*self.files, *self.pending}

    def as_bytes(self) -> bytes:
        """Return the content of the file, one path on each line."""
        return _write_json(
            {
                "version": VERSION,
                "open": self.open,
                "last": self.last,
                "undone": self.undone,
                "totals": dict(self.totals),
                "releases": list(self.releases),
                "coming": sorted(self.coming),
                "pending": sorted(self.pending),
                "files": _write_entries(self.files),
            }
        )


@dataclass(frozen=True, slots=True)
class Release:
    """What a publishing did, so that it can be undone.

    `kept`: replaced or removed files of casegen, whose old versions are in the release's folder;
    `adopted`: files of others that were replaced: kept in the same way, and never deleted;
    `made`: files that were not there before.

    While a release is filled: a kept file without its old version in the folder is still the old
    version itself.
    """

    kept: Mapping[str, Entry] = field(default_factory=dict)
    adopted: tuple[str, ...] = ()
    made: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        """Return every path that this release replaced, removed or made."""
        return {*self.kept, *self.adopted, *self.made}

    def as_bytes(self) -> bytes:
        """Return the content of the file, one path on each line."""
        return _write_json(
            {
                "version": VERSION,
                "kept": _write_entries(self.kept),
                "adopted": sorted(self.adopted),
                "made": sorted(self.made),
            }
        )


def digest_files(files: Mapping[str, Entry]) -> str:
    """Return one SHA-256 (hexadecimal) over all paths and digests: equal for equal sites alone."""
    lines = (f"{path}\0{files[path].digest}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def fit_totals(totals: Mapping[str, str]) -> dict[str, str]:
    """Return names and values of totals as `read_manifest` accepts them.

    The names come from cases, so they may be of any length and hold any character.
    """
    return {record.fit_text(name): record.fit_text(shown) for name, shown in totals.items()}


def find_folder(release: int) -> str:
    """Return the folder at the target where a release keeps the files that it replaced."""
    return f"{RELEASES}/{release}"


def find_record(release: int) -> str:
    """Return the path at the target of the file that says what a release did."""
    return f"{find_folder(release)}/release.json"


def read_manifest(data: bytes | None) -> Manifest | None:
    """Read the bytes of a manifest; None where there are none, or they are damaged."""
    try:
        found = _load_json(data)
        return Manifest(
            _read_entries(found["files"]),
            frozenset(_check_paths(record.read_list(found["pending"]))),
            frozenset(_check_paths(record.read_list(found["coming"]))),
            _read_number(found["open"]),
            _read_releases(found["releases"]),
            _read_number(found["last"]),
            record.read_short_text(found.get("undone", "")),
            {
                record.read_short_text(name): record.read_short_text(shown)
                for name, shown in record.read_mapping(found.get("totals", {})).items()
            },
        )
    except (record.DamagedError, KeyError):
        return None


def read_release(data: bytes | None) -> Release | None:
    """Read the bytes of a release's record; None where there are none, or they are damaged."""
    try:
        found = _load_json(data)
        return Release(
            _read_entries(found["kept"]),
            tuple(_check_paths(record.read_list(found["adopted"]))),
            tuple(_check_paths(record.read_list(found["made"]))),
        )
    except (record.DamagedError, KeyError):
        return None


def _read_releases(value: Any) -> tuple[int, ...]:
    """Return the numbers of releases; casegen writes few of them, each once, the oldest first."""
    numbers = tuple(_read_number(number) for number in record.read_list(value))
    if len(numbers) > KEPT_RELEASES + 1 or list(numbers) != sorted(set(numbers) - {0}):
        raise record.DamagedError
    return numbers


def _read_number(value: Any) -> int:
    number = record.read_count(value)
    if number > MOST_RELEASES:
        raise record.DamagedError
    return number


def _load_json(data: bytes | None) -> Mapping[str, Any]:
    found = record.load_record(data)
    if found.get("version") != VERSION:
        raise record.DamagedError
    return found


def _write_json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=0, separators=(",", ":"))
    return text.encode() + b"\n"


def _write_entries(files: Mapping[str, Entry]) -> dict[str, str]:
    return {path: f"{files[path].digest} {files[path].size}" for path in sorted(files)}


def _read_entries(value: Any) -> dict[str, Entry]:
    found = record.read_mapping(value)
    return {path: _read_entry(found[path]) for path in _check_paths(found)}


def _read_entry(value: Any) -> Entry:
    digest, _, size = record.read_short_text(value).partition(" ")
    if not _DIGEST.fullmatch(digest) or not _SIZE.fullmatch(size):
        raise record.DamagedError
    return Entry(digest, int(size))


def _check_paths(found: Iterable[Any]) -> list[str]:
    """Return the paths if every host accepts each of them, and none is casegen's own.

    Raises DamagedError otherwise: then somebody else has written the record.
    """
    paths = list(found)
    if not all(isinstance(path, str) and _is_ours(path) for path in paths):
        raise record.DamagedError
    return paths


def _is_ours(path: str) -> bool:
    own = any(part.startswith(".") for part in path.split("/"))
    return not own and not filenames.why_refused(path)
