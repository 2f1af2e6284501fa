"""zip: one archive of the whole site, for hosts that accept only an upload (站群系统).

Secret: the archive has the same bytes for the same site, and gets its name only when complete.
Not here: what goes into it (plan); what the host does with it is unknown.
"""

from __future__ import annotations

import filecmp
import os.path
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from casegen import disk_errors, storage
from casegen.problem import CasegenError
from casegen.publish.store import RECORD, Content, RefusedError, open_content, read_length

MARK = b"casegen"  # the comment of an archive that may be replaced
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows
READABLE = 0o644 << 16


class Zip:
    """A Store that begins empty, and whose archive gets its name when it is finished.

    Raises CasegenError "target-foreign" where another file has its name and `adopt` is not set.
    """

    def __init__(self, path: Path, *, adopt: bool) -> None:
        self._path = path
        self._temporary: Path | None = None
        self._file: BinaryIO | None = None
        self._archive: zipfile.ZipFile | None = None
        kind = storage.find_kind(path)
        if kind and not path.is_symlink():
            raise CasegenError("target-foreign", f"{path} {kind}，不能当压缩包", "换一个文件名")
        self._foreign = os.path.lexists(path) and not _is_ours(path)
        if self._foreign and not adopt:
            raise CasegenError(
                "target-foreign",
                f"{path} 不是 casegen 打的包，没有动它",
                "换一个文件名；或加 --adopt，原文件会改名留在旁边",
            )

    def read(self, _path: str, _most: int = RECORD) -> bytes | None:
        """Return None: nothing is there."""
        return None

    def size(self, _path: str) -> int | None:
        """See `Store.size`."""
        return None

    def holds(self, _folder: str) -> bool:
        """See `Store.holds`."""
        return False

    def write(self, path: str, content: Content) -> None:
        """Put a file into the archive; casegen's own records are left out."""
        if path.startswith("."):
            return
        try:
            if self._archive is None:
                storage.make_folders(self._path.parent, self._path.parent)
                storage.clear_leftovers(self._path.parent, all_of_them=False)
                self._temporary, self._file = storage.make_temporary(self._path.parent)
                self._archive = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
                self._archive.comment = MARK
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3  # the same on Windows
            entry.file_size = read_length(content)  # decides whether the large format is needed
            with open_content(content) as source, self._archive.open(entry, "w") as file:
                while piece := source.read(1 << 20):
                    file.write(piece)
        except OSError as error:
            raise RefusedError("", disk_errors.find_reason(error)) from error

    def copy(self, _path: str, _to: str) -> bool:
        """Return False: nothing is there to copy."""
        return False

    def move(self, _path: str, _to: str) -> bool:
        """See `Store.move`."""
        return False

    def delete(self, _path: str) -> None:
        """See `Store.delete`."""

    def drop(self, _folder: str) -> None:
        """See `Store.drop`."""

    def claim(self, _mark: bytes) -> bytes | None:
        """Do nothing: each run writes its own archive, and the last one stays."""
        return None

    def unclaim(self) -> None:
        """See `Store.unclaim`."""

    def finish(self) -> None:
        """Give the archive its name; one with the same bytes is left alone."""
        try:
            if self._archive is not None:
                self._archive.close()
                self._archive = None
            if self._temporary is None:
                return
            if self._file is not None:
                self._file.close()
            if self._foreign:
                self._path.replace(_find_free_name(self._path))
                self._foreign = False
            if storage.is_regular(self._path) and filecmp.cmp(
                self._path, self._temporary, shallow=False
            ):
                self._temporary.unlink()
            else:
                self._temporary.replace(self._path)
            self._temporary = None
        except OSError as error:
            raise RefusedError("", disk_errors.find_reason(error)) from error

    def close(self) -> None:
        """Remove an unfinished archive."""
        with suppress(OSError):
            if self._archive is not None:
                self._archive.close()
        self._archive = None
        with suppress(OSError):
            if self._file is not None:
                self._file.close()
            if self._temporary is not None:
                self._temporary.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Return whether an archive of casegen is there; a link is none."""
    if not storage.is_regular(path):
        return False
    try:
        with storage.open_regular(path) as file, zipfile.ZipFile(file) as archive:
            return archive.comment == MARK
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _find_free_name(path: Path) -> Path:
    number = 1
    while (
        free := path.with_name(f"{path.stem}-原{number}{path.suffix}")
    ).exists() or free.is_symlink():
        number += 1
    return free
