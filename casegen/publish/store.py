"""store: what a target must be able to do, and how it says that it cannot.

Secret: the one small interface behind which folders, archives, SFTP, FTP and S3 hide.
Not here: which file goes when (plan, sending), and trying again (patient).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO, Protocol

MANIFEST = ".casegen-manifest.json"
LOCK = ".casegen-lock"
RELEASES = ".casegen-releases"
TEMPORARY = ".casegen-tmp-"

Content = bytes | Path  # the bytes themselves, or the local file that holds them


class DroppedError(Exception):
    """The connection is gone; the same request on a new one may well succeed."""


class RefusedError(Exception):
    """The target said no to `path`; asking again would not help. `reason` is Chinese."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason


class Store(Protocol):
    """A target's files, by path relative to the address, with forward slashes.

    Every method may be called again with the same arguments after it raised DroppedError, whether
    or not the target had carried it out; each raises DroppedError or RefusedError and nothing
    else. A store is used by one thread at a time.
    """

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def size(self, path: str) -> int | None:
        """The size of a file in bytes; None where there is none."""

    def holds(self, folder: str) -> bool:
        """Whether there is such a folder; "" is the address itself."""

    def write(self, path: str, content: Content) -> None:
        """Put a file there, whole or not at all, over one that is there; make its folders."""

    def copy(self, path: str, to: str) -> bool:
        """Copy a file at the target, over one that is there; False where there is none."""

    def move(self, path: str, to: str) -> bool:
        """Move a file at the target, over one that is there; False where there is none."""

    def delete(self, path: str) -> None:
        """Remove a file; none there is fine."""

    def drop(self, folder: str) -> None:
        """Remove a folder if it is empty."""

    def claim(self, mark: bytes) -> bytes | None:
        """Lay the lock with this mark; if another lies there, its mark (b"" if not yet written)."""

    def unclaim(self) -> None:
        """Take the lock away."""

    def finish(self) -> None:
        """All has arrived: clear away what was only needed on the way."""

    def close(self) -> None:
        """Let go of the connection; never raises."""


def opened(content: Content) -> BinaryIO:
    """The content to read from.

    Raises RefusedError where the local file is gone.
    """
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return content.open("rb")
    except OSError as error:
        raise RefusedError(content.name, f"读不了本机的文件（{error.strerror}）") from error


def length(content: Content) -> int:
    """Its size in bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def parents(path: str) -> tuple[str, ...]:
    """The folders that a path is in, the outermost first: a/b/c.html -> a, a/b."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))
