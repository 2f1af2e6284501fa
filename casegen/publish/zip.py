"""zip: one archive of the whole site, for hosts that take an upload only (站群系统).

Secret: the archive has the same bytes for the same site, and takes its place only when whole.
Not here: what goes into it (plan); nothing is known of what the host makes of it.
"""

from __future__ import annotations

import zipfile
from contextlib import suppress
from pathlib import Path

from casegen.problem import CasegenError
from casegen.publish.store import Content, RefusedError, length, opened, reason_of

MARK = b"casegen"  # the comment of an archive that may be replaced
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that the format knows
READABLE = 0o644 << 16


class Zip:
    """A Store that forgets: always empty to begin with, in place when finished.

    Raises CasegenError "target-foreign" where another file has its name and `adopt` is not set.
    """

    def __init__(self, path: Path, *, adopt: bool) -> None:
        self._path = path
        self._temporary = path.with_name(f".{path.name}.casegen-tmp")
        self._archive: zipfile.ZipFile | None = None
        if path.is_dir():
            raise CasegenError("target-foreign", f"{path} 是文件夹，不能当压缩包", "换一个文件名")
        self._foreign = path.exists() and not _made_by_us(path)
        if self._foreign and not adopt:
            raise CasegenError(
                "target-foreign",
                f"{path} 不是 casegen 打的包，没有动它",
                "换一个文件名；或加 --adopt，原文件会改名留在旁边",
            )

    def read(self, _path: str) -> bytes | None:
        """Nothing is there, ever."""
        return None

    def size(self, _path: str) -> int | None:
        """Likewise."""
        return None

    def holds(self, _folder: str) -> bool:
        """Likewise."""
        return False

    def write(self, path: str, content: Content) -> None:
        """Put a file into the archive; casegen's own records stay out of it."""
        if path.startswith("."):
            return
        try:
            if self._archive is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._archive = zipfile.ZipFile(self._temporary, "w", zipfile.ZIP_DEFLATED)
                self._archive.comment = MARK
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3  # the same on Windows
            entry.file_size = length(content)  # tells whether the large format is needed
            with opened(content) as source, self._archive.open(entry, "w") as file:
                while piece := source.read(1 << 20):
                    file.write(piece)
        except OSError as error:
            raise RefusedError("", reason_of(error)) from error

    def copy(self, _path: str, _to: str) -> bool:
        """Nothing is there to copy."""
        return False

    def move(self, _path: str, _to: str) -> bool:
        """Likewise."""
        return False

    def delete(self, _path: str) -> None:
        """Likewise."""

    def drop(self, _folder: str) -> None:
        """Likewise."""

    def claim(self, _mark: bytes) -> bytes | None:
        """Each run writes its own archive; the last one stays."""
        return None

    def unclaim(self) -> None:
        """Likewise."""

    def finish(self) -> None:
        """Put the archive in its place; one with the same bytes is left alone."""
        try:
            if self._archive is not None:
                self._archive.close()
                self._archive = None
            if self._foreign:
                self._path.replace(_free(self._path))
                self._foreign = False
            if self._path.exists() and self._path.read_bytes() == self._temporary.read_bytes():
                self._temporary.unlink()
            else:
                self._temporary.replace(self._path)
        except OSError as error:
            raise RefusedError("", reason_of(error)) from error

    def close(self) -> None:
        """Drop what is not finished."""
        with suppress(OSError):
            if self._archive is not None:
                self._archive.close()
        self._archive = None
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


def _made_by_us(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment == MARK
    except (OSError, zipfile.BadZipFile):
        return False


def _free(path: Path) -> Path:
    number = 1
    while (free := path.with_name(f"{path.stem}-原{number}{path.suffix}")).exists():
        number += 1
    return free
