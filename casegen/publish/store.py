"""store: what a target must be able to do, and how it says that it cannot.

Secret: the one small interface behind which folders, archives, SFTP, FTP and S3 hide.
Not here: which file goes when (plan, sending), and trying again (patient).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO, Protocol

from casegen import record, storage

MANIFEST = ".casegen-manifest.json"
LOCK = ".casegen-lock"
RELEASES = ".casegen-releases"
TEMPORARY = storage.TEMPORARY
RECORD = record.MOST  # bytes of a record that are read

Content = bytes | Path  # the bytes themselves, or the local file that holds them


class RefusedError(Exception):
    """The target said no to `path`; asking again would not help.

    `reason` is Chinese; `hint` says how to mend it where the reason does not.
    """

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason
        self.hint = hint


class DroppedError(Exception):
    """The connection is gone; the same request on a new one may well succeed.

    `refusal` is what it was if it does not: a host that is full may just hang up.
    """

    def __init__(self, reason: str, refusal: RefusedError | None = None) -> None:
        super().__init__(reason)
        self.refusal = refusal


class Store(Protocol):
    """A target's files, by path relative to the address, with forward slashes.

    Every method may be called again with the same arguments after it raised DroppedError, whether
    or not the target had carried it out; each raises DroppedError or RefusedError and nothing
    else. A store is used by one thread at a time.
    """

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """The bytes of a file; None where there is none.

        Of one longer than `most` more than `most` bytes, and not all: it is seen to be too long.
        """

    def size(self, path: str) -> int | None:
        """The size of a file in bytes; None where there is none.

        Raises RefusedError, where the target tells, for what is neither a file nor a link.
        """

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
        """Close the connection; never raises."""


def opened(content: Content) -> BinaryIO:
    """The content to read from.

    Raises RefusedError where the local file is gone.
    """
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return storage.opened(content)
    except OSError as error:
        reason = storage.reason_of(error)
        raise RefusedError(content.name, f"读不了本机的这个文件：{reason}") from error


def length(content: Content) -> int:
    """Its size in bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def parents(path: str) -> tuple[str, ...]:
    """The folders that a path is in, the outermost first: a/b/c.html -> a, a/b."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))
