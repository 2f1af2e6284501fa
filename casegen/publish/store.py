"""store: what a target must be able to do, and how it says that it cannot.

Secret: the one small interface behind which folders, archives, SFTP, FTP and S3 hide.
Not here: which file goes when (plan, sending), and trying again (patient).
"""

from __future__ import annotations

import errno
import io
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

MANIFEST = ".casegen-manifest.json"
LOCK = ".casegen-lock"
RELEASES = ".casegen-releases"
TEMPORARY = ".casegen-tmp-"

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


FULL = "磁盘满了，或超出了空间配额"
DENIED = "没有写的权限，或文件正被别的程序打开"
TAKEN = "那里有同名的文件夹或文件挡着"
AWAY = "磁盘或网络盘连不上了"
REASONS: Mapping[int, str] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: "那里只能读，不能写",
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EEXIST: TAKEN,
    errno.EISDIR: TAKEN,
    errno.ENOTDIR: TAKEN,
    errno.ENOTEMPTY: TAKEN,
    errno.ENOENT: "没有这个文件夹，也建不出来；网络盘先看连上没有",
    errno.ENAMETOOLONG: "那里的路径太长",
    errno.EIO: AWAY,
    errno.ENODEV: AWAY,
    errno.ENOTCONN: AWAY,
    errno.ETIMEDOUT: AWAY,
    errno.EHOSTUNREACH: AWAY,
    errno.ENETUNREACH: AWAY,
    errno.ESTALE: AWAY,
}


def reason_of(error: OSError) -> str:
    """Why a disk, here or on a share, would not take or give a file (Chinese)."""
    number = error.errno or 0
    return REASONS.get(number, f"系统不让（{errno.errorcode.get(number, '原因不明')}）")


def opened(content: Content) -> BinaryIO:
    """The content to read from.

    Raises RefusedError where the local file is gone.
    """
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return content.open("rb")
    except OSError as error:
        raise RefusedError(content.name, f"读不了本机的这个文件：{reason_of(error)}") from error


def length(content: Content) -> int:
    """Its size in bytes."""
    return len(content) if isinstance(content, bytes) else content.stat().st_size


def parents(path: str) -> tuple[str, ...]:
    """The folders that a path is in, the outermost first: a/b/c.html -> a, a/b."""
    parts = path.split("/")[:-1]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))
