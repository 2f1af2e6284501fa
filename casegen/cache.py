"""Cache: results kept in `.casegen/`; it may be deleted at any time, a damaged one is not used.

Secret: how values are kept between runs, and which cache file is trusted. It is one SQLite file;
values are pickled, some of them compressed, but only plain values and casegen's own dataclasses
and enumerations are unpickled. A project folder may come from anywhere, with its `.casegen/`: a
cache is trusted only in the place where it was made (device, inode and time of change of a file,
which no archive keeps). The head of the file says so, and it is read first: to open a foreign
SQLite file is dangerous, since its views and triggers may run without end, and its journal may name
a file that SQLite then deletes. Every value is sealed with the place, its kind and its key: one
that was changed or put under another key is not used.
Not here: what the values mean and when they are still valid (build).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import fractions
import hashlib
import importlib
import io
import pickle
import sqlite3
import stat
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from casegen import disk_errors, storage, tree

NAME = "cache.sqlite"
PLACE = "place"  # an empty file; its device, inode and time identify the place of the cache
MARK = 0x63736731  # "csg1" in the file's head: SQLite's application_id
# The bytes of the head that hold user_version, here the place, and application_id; and the last
# bytes of a journal that names another file (sqlite.org/fileformat2.html).
VERSION, ID = slice(60, 64), slice(68, 72)
NAMING = bytes.fromhex("d9d505f920a163d7")
SEAL = 16  # bytes before every value
TABLE = (
    "CREATE TABLE memory (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
)
WAIT = 3  # seconds to wait for another run that is writing
ZLIB = b"\x78"  # the first byte of a compressed value; a pickle begins with another
MOST = 1 << 28  # bytes of a value that was compressed; more would be a trap
PREVIEW = "preview"  # a folder that output writes and tidies itself

PLAIN = {
    ("datetime", "date"): dt.date,
    ("decimal", "Decimal"): decimal.Decimal,
    ("fractions", "Fraction"): fractions.Fraction,
}


class _Writer(pickle.Pickler):
    """Pickles a dataclass as a call of its class, in half the time of pickling its state."""

    def reducer_override(self, value: Any, /) -> Any:
        """Return how a value is made again, or NotImplemented for the way of pickle itself."""
        kind: Any = type(value)
        names = _list_fields(kind)
        if not names:
            return NotImplemented
        return kind, tuple([getattr(value, name) for name in names])


@cache
def _list_fields(kind: Any) -> tuple[str, ...]:
    """Return the fields of a dataclass that its call takes, in order; () where others remain."""
    if not dataclasses.is_dataclass(kind):
        return ()
    fields = dataclasses.fields(kind)
    fits = all(field.init and not field.kw_only for field in fields)
    return tuple(field.name for field in fields) if fits else ()


@dataclasses.dataclass(frozen=True, slots=True)
class Packed:
    """A value as the cache stores it: a few bytes instead of a tree of objects."""

    stored: bytes


def pack(value: object) -> Packed:
    """Return a value in the form in which the cache stores it; `Cache.patch` accepts both."""
    return Packed(zlib.compress(_pickle(value), 1))


def unpack(packed: Packed) -> Any:
    """Return a packed value; raise any error where it cannot be read."""
    return _load(packed.stored)


def _store(value: object) -> bytes:
    return value.stored if isinstance(value, Packed) else _pickle(value)


def _load(stored: bytes) -> Any:
    if stored.startswith(ZLIB):
        reader = zlib.decompressobj()
        stored = reader.decompress(stored, MOST)
        if reader.unconsumed_tail:
            raise ValueError("no value of ours is as long")
    return _Reader(io.BytesIO(stored)).load()


def _pickle(value: object) -> bytes:
    written = io.BytesIO()
    _Writer(written, 5).dump(value)
    return written.getvalue()


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, name: str, /) -> Any:
        return _find_maker(module_name, name)


class _Maker:
    """Makes values of a class, and hides the class: a pickle could set its attributes."""

    __slots__ = ("_kind",)
    _kind: type

    def __init__(self, kind: type) -> None:
        object.__setattr__(self, "_kind", kind)

    def __call__(self, *values: object) -> Any:
        return self._kind(*values)

    def __setattr__(self, name: str, value: object) -> None:
        raise pickle.UnpicklingError(f"{name} cannot be set")


@cache
def _find_maker(module_name: str, name: str) -> _Maker:
    return _Maker(_find_class(module_name, name))


def _find_class(module_name: str, name: str) -> Any:
    known = PLAIN.get((module_name, name))
    if known is not None:
        return known
    if module_name.startswith("casegen."):
        found = getattr(importlib.import_module(module_name), name, None)
        if isinstance(found, type) and (
            dataclasses.is_dataclass(found) or issubclass(found, (Enum, dt.date))
        ):
            return found
    raise pickle.UnpicklingError(f"{module_name}.{name} does not belong in a cache")


class Cache:
    """Values by kind and key; `stamp` is the version of the code that computes them.

    Reading returns only complete values. Writing may fail; the values are then computed again.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._stamp = stamp
        self._place = b""
        self._base = self._open()

    def _open(self) -> sqlite3.Connection | None:
        for attempt in range(2):
            try:
                storage.make_folders(self._folder, self._folder)
                if not storage.is_folder(self._folder):  # a link: `tidy_folder` was not called
                    return None
                self._place = _digest_place(self._folder)
                known = _is_ours(self._path, self._place)
                if not known:
                    self.forget(self._folder)
                base = sqlite3.connect(self._path, timeout=WAIT)
            except (sqlite3.Error, OSError):
                return None
            try:
                self._prepare(base, known=known)
            except sqlite3.OperationalError as error:
                base.close()
                # Another run is writing: this one works without the cache.
                if "locked" in str(error):
                    return None
            except sqlite3.Error:
                base.close()
            else:
                return base
            if attempt == 0:
                self.forget(self._folder)
        return None

    def _prepare(self, base: sqlite3.Connection, *, known: bool) -> None:
        """Make the table and the marks of a new file; raise sqlite3.Error where others made it."""
        base.execute("BEGIN IMMEDIATE" if not known else "BEGIN")
        made = base.execute("SELECT sql FROM sqlite_schema").fetchall()
        if not made:
            base.execute(f"PRAGMA application_id = {MARK}")
            base.execute(f"PRAGMA user_version = {int.from_bytes(self._place[:4])}")
            base.execute(TABLE)
        elif made != [(TABLE,)]:
            raise sqlite3.DatabaseError("another program made it")
        row = base.execute("SELECT value FROM memory WHERE kind = 'stamp'").fetchone()
        stamp = self._stamp.encode()
        if row != (stamp,):
            base.execute("DELETE FROM memory WHERE kind NOT LIKE 'output %'")
            base.execute("INSERT INTO memory VALUES ('stamp', '', ?)", [stamp])
        base.commit()

    @staticmethod
    def forget(folder: Path) -> None:
        """Delete the cache files in `folder`."""
        if not storage.is_folder(folder):
            return
        for path in folder.glob(f"{NAME}*"):
            with suppress(OSError):
                storage.remove_file(path, folder)

    def read(self, kind: str) -> dict[str, Any]:
        """Return all values of a kind by key; unreadable ones are left out."""
        return self._read("kind=?", (kind,))

    def read_some(self, kind: str, keys: Iterable[str]) -> dict[str, Any]:
        """Return the values of a kind under these keys; unreadable ones are left out."""
        found: dict[str, Any] = {}
        for key in keys:
            for value in self._read("kind=? AND key=?", (kind, _text(key))).values():
                found[key] = value
        return found

    def read_packed(self, kind: str, key: str) -> Packed | None:
        """Return the value of a kind under this key without unpacking it; None where none is."""
        found = self._blobs("kind=? AND key=?", (kind, _text(key)))
        return next((Packed(blob) for _, blob in found), None)

    def _read(self, which: str, asked: tuple[str, ...]) -> dict[str, Any]:
        values = {}
        for key, blob in self._blobs(which, asked):
            try:
                values[key] = _load(blob)
            except Exception:  # noqa: BLE001, S112 a damaged pickle may raise anything
                continue
        return values

    def _blobs(self, which: str, asked: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Yield keys and values, as stored, of the rows that this cache wrote."""
        if self._base is None:
            return
        try:
            rows = self._base.execute(f"SELECT kind, key, value FROM memory WHERE {which}", asked)  # noqa: S608
            for kind, key, blob in rows:
                if not isinstance(key, str) or not isinstance(blob, bytes):
                    continue
                if blob[:SEAL] == self._seal(kind, key, blob[SEAL:]):
                    yield key, blob[SEAL:]
        except (sqlite3.Error, UnicodeError):
            return

    def _seal(self, kind: str, key: str, value: bytes) -> bytes:
        """Return what shows that this cache wrote the value, under this kind and key."""
        total = hashlib.blake2b(f"{kind}\0{key}\0".encode(), digest_size=SEAL, key=self._place)
        total.update(value)
        return total.digest()

    def _row(self, kind: str, key: str, value: object) -> tuple[str, str, bytes]:
        name, written = _text(key), _store(value)
        return kind, name, self._seal(kind, name, written) + written

    def write(self, kind: str, new: Mapping[str, Any], keep: Iterable[str]) -> None:
        """Store `new`, and delete all other values of the kind except the keys in `keep`."""
        self.patch({kind: new}, {kind: self.keys(kind) - set(keep) - set(new)})

    def patch(
        self, new: Mapping[str, Mapping[str, Any]], gone: Mapping[str, Iterable[str]]
    ) -> None:
        """Store `new` and delete the keys `gone`, both by kind, in one transaction."""
        if self._base is None:
            return
        try:
            with self._base:
                self._base.executemany(
                    "DELETE FROM memory WHERE kind=? AND key=?",
                    [(kind, _text(key)) for kind, keys in gone.items() for key in keys],
                )
                self._base.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                    [
                        self._row(kind, key, value)
                        for kind, values in new.items()
                        for key, value in values.items()
                    ],
                )
        except (sqlite3.Error, OSError):
            return

    def keys(self, kind: str) -> frozenset[str]:
        """Return the keys of a kind; none where the cache cannot be read."""
        if self._base is None:
            return frozenset()
        try:
            rows = self._base.execute("SELECT key FROM memory WHERE kind=?", (kind,))
            return frozenset(row[0] for row in rows)
        except sqlite3.Error:
            return frozenset()

    def close(self) -> None:
        """Close the file; afterwards reading gives nothing and writing does nothing."""
        if self._base is not None:
            self._base.close()
            self._base = None


def _text(key: str) -> str:
    """Return a key that SQLite accepts: file names may hold bytes that are no text."""
    return key.encode("utf-8", "backslashreplace").decode()


def tidy_folder(folder: Path) -> tuple[str, ...]:
    """Make sure that `.casegen/` is a real folder of real files; return what was removed (Chinese).

    A link is removed without touching what it leads to; pipes and devices are removed too.
    """
    if folder.is_symlink():
        with suppress(OSError):
            folder.unlink()
            return (f"{folder.name} 是链接，已删去链接，它指向的地方没有动",)
    said = []
    for path in _unfit(folder):
        kind = storage.find_kind(path)
        with suppress(OSError):
            path.unlink()
            name = path.relative_to(folder.parent).as_posix()
            rest = "，它指向的东西没有动" if "链接" in kind else ""
            said.append(f"{name} {kind}，已删去{rest}")
    return tuple(said)


def _unfit(folder: Path) -> Iterator[Path]:
    for entry in tree.walk_folder(folder, [str(folder / PREVIEW)], tree.pass_over):
        path = Path(entry.path)
        if not (storage.is_folder(path) or storage.is_regular(path)):
            yield path
    if not (storage.is_folder(folder / PREVIEW) or storage.is_regular(folder / PREVIEW)):
        yield folder / PREVIEW


def _is_ours(path: Path, place: bytes) -> bool:
    """Return whether casegen made the file at this place; it is read, not opened as a database."""
    journal = path.with_name(f"{NAME}-journal")
    try:
        with closing(storage.open_regular(path)) as file:
            head = file.read(ID.stop)
        if storage.is_regular(journal):
            with closing(storage.open_regular(journal)) as file:
                file.seek(max(0, journal.lstat().st_size - len(NAMING)))
                if file.read(len(NAMING)) == NAMING:
                    return False
    except OSError:
        return False
    marks = head[VERSION] == place[:4] and head[ID] == MARK.to_bytes(4)
    return marks and storage.is_regular(path)


def _digest_place(folder: Path) -> bytes:
    """Return what identifies this folder and no copy of it: device, inode and time of change.

    The first of the 32 bytes is small: four of them are a positive number for SQLite.
    """
    path = folder / PLACE
    if not storage.is_regular(path):
        with suppress(FileExistsError):
            storage.create_file(path, b"", folder)
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise disk_errors.UnfitError(path, "不是文件")
    text = f"{found.st_dev} {found.st_ino} {found.st_ctime_ns}"
    digest = hashlib.blake2b(text.encode(), digest_size=32).digest()
    return bytes([digest[0] & 0x7F]) + digest[1:]


@cache  # the program runs the code that was there when it started
def digest_code() -> str:
    """Return a digest of casegen's own code and data; results of other code are not used."""
    total = hashlib.blake2b(digest_size=8)
    home = Path(__file__).parent
    for path in sorted(p for p in home.rglob("*") if p.suffix in {".py", ".json", ".yml"}):
        stat = path.stat()
        total.update(f"{path.relative_to(home)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return total.hexdigest()
