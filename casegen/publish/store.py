"""store: what a target must be able to do, and how it reports that it cannot.

Secret: the one small interface of folders, archives, SFTP, FTP and S3, and what several of them
do in the same way.
Not here: when each file is sent (plan, sending), and trying again (retrying).
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import BinaryIO, Protocol

from casegen import disk_errors, record, storage
from casegen.source.files import LARGEST

MANIFEST = ".casegen-manifest.json"
LOCK = ".casegen-lock"
RELEASES = ".casegen-releases"
TEMPORARY = storage.TEMPORARY
RECORD = record.MOST  # bytes of a record that are read
SAID = 200  # characters of the host's own words that are shown

Content = bytes | Path  # the bytes themselves, or the local file that holds them


class RefusedError(Exception):
    """The target refused `path`; asking again would not help.

    `reason` is Chinese; `hint` says how to mend it where the reason does not.
    """

    def __init__(self, path: str, reason: str, hint: str = "") -> None:
        super().__init__(f"{path}：{reason}")
        self.path = path
        self.reason = reason
        self.hint = hint


class DroppedError(Exception):
    """The connection is lost; the same request on a new one may succeed.

    `refusal` is the error if it does not: a full host may only close the connection.
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
        """Return the bytes of a file; None where there is none.

        Of a file longer than `most`, return more than `most` bytes but not all.
        """

    def size(self, path: str) -> int | None:
        """Return the size of a file in bytes; None where there is none.

        Raises RefusedError, if the target can see it, for anything but a file or a link.
        """

    def holds(self, folder: str) -> bool:
        """Return whether there is such a folder; "" is the address itself."""

    def write(self, path: str, content: Content) -> None:
        """Write a file completely or not at all, replacing an old one; make its folders."""

    def copy(self, path: str, to: str) -> bool:
        """Copy a file at the target, replacing an old one; False where there is none to copy."""

    def move(self, path: str, to: str) -> bool:
        """Move a file at the target, replacing an old one; False where there is none to move."""

    def delete(self, path: str) -> None:
        """Remove a file, if it is there."""

    def drop(self, folder: str) -> None:
        """Remove a folder if it is empty."""

    def claim(self, mark: bytes) -> bytes | None:
        """Make the lock with this mark.

        If another exists, return its mark (b"" before it is written).
        """

    def unclaim(self) -> None:
        """Remove the lock."""

    def finish(self) -> None:
        """Remove temporary files, after all files have arrived."""

    def close(self) -> None:
        """Close the connection; never raises."""


def open_content(content: Content) -> BinaryIO:
    """Open the content for reading.

    Raises RefusedError where the local file is gone.
    """
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return storage.open_regular(content)
    except OSError as error:
        reason = disk_errors.find_reason(error)
        raise RefusedError(content.name, f"读不了本机的这个文件：{reason}") from error


def read_length(content: Content) -> int:
    """Return the size of the content in bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def list_parents(path: str) -> tuple[str, ...]:
    """Return the folders that a path is in, the outermost first: a/b/c.html -> a, a/b."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))


def send_back(store: Store, path: str, to: str) -> bool:
    """Copy a file by reading it and sending it back, for hosts that cannot copy; as `Store.copy`.

    Raises RefusedError for a file of more than LARGEST bytes, and what reading and writing raise.
    """
    data = store.read(path, LARGEST)
    if data is None:
        return False
    refuse_endless(path, len(data))
    store.write(to, data)
    return True


def refuse_endless(path: str, size: int) -> None:
    """Raise RefusedError where a host has sent more than LARGEST bytes of a file."""
    if size > LARGEST:
        raise RefusedError(path, "主机给的文件没有尽头，或超过 2 GB")


def clean_answer(words: str) -> str:
    """Return the beginning of a host's own words, with blanks for control characters."""
    return "".join(c if c.isprintable() else " " for c in words[:SAID])
