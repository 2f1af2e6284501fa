"""folder: a folder on this machine or on a network drive as a target.

Secret: which files of a folder are files, and that links in it are neither followed nor lost.
Not here: how one file is written (storage), when it is sent (plan, sending).

Exclusive and atomic: each file is made under a random name and renamed; the lock is a file that can
be made only once. A link in the place of a file is moved, kept and removed as the link that it is.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casegen import disk_errors, storage
from casegen.publish.store import LOCK, RECORD, Content, RefusedError, list_parents


class Folder:
    """A Store in a local folder, which is made if it is missing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        with self._translate_errors(path):
            file = self._locate(path)
            if not storage.is_regular(file):
                return None
            with storage.open_regular(file) as found:
                return found.read(most + 1)

    def size(self, path: str) -> int | None:
        """See `Store.size`; of a link, the size of the link."""
        with self._translate_errors(path):
            try:
                found = self._locate(path).lstat()
            except FileNotFoundError:
                return None
            if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
                raise RefusedError(path, f"那里{storage.find_kind(self._root / path)}")
            return found.st_size

    def holds(self, folder: str) -> bool:
        """See `Store.holds`."""
        with self._translate_errors(folder):
            return self._locate(f"{folder}/x" if folder else "x").parent.is_dir()

    def write(self, path: str, content: Content) -> None:
        """See `Store.write`."""
        with self._translate_errors(path):
            storage.write_file(self._root / path, content, self._root)

    def copy(self, path: str, to: str) -> bool:
        """See `Store.copy`."""
        with self._translate_errors(path):
            source = self._locate(path)
            if source.is_symlink():
                storage.make_folders((self._root / to).parent, self._root)
                storage.remove_file(self._root / to, self._root)
                (self._root / to).symlink_to(source.readlink())
                return True
            if not storage.is_regular(source):
                return False
        self.write(to, source)
        return True

    def move(self, path: str, to: str) -> bool:
        """See `Store.move`."""
        with self._translate_errors(to):
            if self.size(path) is None:
                return False
            storage.move_file(self._root / path, self._root / to, self._root)
            return True

    def delete(self, path: str) -> None:
        """See `Store.delete`."""
        with self._translate_errors(path):
            storage.remove_file(self._locate(path), self._root)

    def drop(self, folder: str) -> None:
        """See `Store.drop`."""
        with self._translate_errors(folder):
            place = self._locate(folder)
            if storage.is_folder(place) and not any(place.iterdir()):
                place.rmdir()

    def claim(self, mark: bytes) -> bytes | None:
        """See `Store.claim`."""
        with self._translate_errors(LOCK):
            try:
                storage.create_file(self._root / LOCK, mark, self._root)
            except FileExistsError:
                return self.read(LOCK) or b""
            return None

    def unclaim(self) -> None:
        """See `Store.unclaim`."""
        self.delete(LOCK)

    def finish(self) -> None:
        """See `Store.finish`: only the holder of the lock writes here."""
        storage.clear_leftovers(self._root)

    def close(self) -> None:
        """See `Store.close`."""

    def _locate(self, path: str) -> Path:
        """Return the place of a path if no folder on the way is a link.

        Raises RefusedError for a link.
        """
        place = self._root / path
        if any((self._root / parent).is_symlink() for parent in list_parents(path)):
            raise RefusedError(path, "那里的文件夹是通往别处的链接")
        return place

    @contextmanager
    def _translate_errors(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RefusedError(path, disk_errors.find_reason(error)) from error
