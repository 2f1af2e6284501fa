"""folder: a folder on this machine or on a network drive as a target.

Secret: how a file arrives whole, and that nothing outside the folder is touched.
Not here: when it is sent (plan, sending).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casegen.publish.store import LOCK, TEMPORARY, Content, RefusedError, opened, reason_of


class Folder:
    """A Store in a local folder, made if it is not there."""

    def __init__(self, root: Path, number: int = 0) -> None:
        self._root = root
        self._temporary = root / f"{TEMPORARY}{number}"

    def read(self, path: str) -> bytes | None:
        """As Store says, and so on for all methods."""
        with self._refusing(path):
            file = self._inside(path)
            return file.read_bytes() if file.is_file() else None

    def size(self, path: str) -> int | None:
        """Likewise."""
        with self._refusing(path):
            file = self._inside(path)
            return file.stat().st_size if file.is_file() else None

    def holds(self, folder: str) -> bool:
        """Likewise."""
        with self._refusing(folder):
            return (self._root / folder).is_dir()

    def write(self, path: str, content: Content) -> None:
        """Likewise."""
        with self._refusing(path):
            target = self._made(path)
            try:
                with opened(content) as source, self._temporary.open("wb") as file:
                    shutil.copyfileobj(source, file)
                self._temporary.replace(target)
            except BaseException:
                self._temporary.unlink(missing_ok=True)
                raise

    def copy(self, path: str, to: str) -> bool:
        """Likewise."""
        with self._refusing(path):
            source = self._inside(path)
            if not source.is_file():
                return False
        self.write(to, source)
        return True

    def move(self, path: str, to: str) -> bool:
        """Likewise."""
        with self._refusing(to):
            source = self._inside(path)
            if not source.is_file():
                return False
            source.replace(self._made(to))
            return True

    def delete(self, path: str) -> None:
        """Likewise."""
        with self._refusing(path):
            self._inside(path).unlink(missing_ok=True)

    def drop(self, folder: str) -> None:
        """Likewise."""
        with self._refusing(folder):
            place = self._root / folder
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()

    def claim(self, mark: bytes) -> bytes | None:
        """Likewise."""
        with self._refusing(LOCK):
            self._root.mkdir(parents=True, exist_ok=True)
            try:
                with (self._root / LOCK).open("xb") as file:
                    file.write(mark)
            except FileExistsError:
                return self.read(LOCK) or b""
            return None

    def unclaim(self) -> None:
        """Likewise."""
        self.delete(LOCK)

    def finish(self) -> None:
        """Likewise."""
        with self._refusing(self._temporary.name):
            self._temporary.unlink(missing_ok=True)

    def close(self) -> None:
        """Likewise."""

    def _inside(self, path: str) -> Path:
        """The place of a path; links that lead out of the folder are not followed.

        Raises RefusedError for them.
        """
        place = self._root / path
        if not place.parent.resolve().is_relative_to(self._root.resolve()):
            raise RefusedError(path, "那里的文件夹是通往别处的链接")
        return place

    def _made(self, path: str) -> Path:
        place = self._inside(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    @contextmanager
    def _refusing(self, path: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RefusedError(path, reason_of(error)) from error
