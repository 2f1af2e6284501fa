"""disk_errors: why something on a disk cannot be read or written, in the words of an editor.

Secret: what the numbers of the system's errors mean, and the Chinese names of what is no file.
Not here: reading and writing files (storage), why a folder cannot be written at all (obstacles).
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Mapping
from pathlib import Path

_KINDS = (
    (stat.S_ISLNK, "是链接，不是文件本身"),
    (stat.S_ISDIR, "是文件夹，不是文件"),
    (stat.S_ISFIFO, "是管道，不是文件"),
    (stat.S_ISSOCK, "是套接字，不是文件"),
    (stat.S_ISCHR, "是设备，不是文件"),
    (stat.S_ISBLK, "是设备，不是文件"),
)

FULL = "磁盘满了，或超出了空间配额"
DENIED = "没有权限，或文件正被别的程序打开"
TAKEN = "那里有同名的文件夹或文件挡着"
AWAY = "磁盘或网络盘连不上了"
REASONS: Mapping[int, str] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: "那里只能读，不能写",
    errno.EACCES: DENIED,
    errno.EPERM: DENIED,
    errno.EEXIST: TAKEN,
    errno.EISDIR: TAKEN,
    errno.ENOTDIR: TAKEN,
    errno.ENOTEMPTY: TAKEN,
    errno.ENOENT: "没有这个文件夹，也建不出来；网络盘先看连上没有",
    errno.ENAMETOOLONG: "那里的路径太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: AWAY,
    errno.ENODEV: AWAY,
    errno.ENOTCONN: AWAY,
    errno.ETIMEDOUT: AWAY,
    errno.EHOSTUNREACH: AWAY,
    errno.ENETUNREACH: AWAY,
    errno.ESTALE: AWAY,
}


class UnfitError(OSError):
    """What is at `filename` must not be read or written through; `reason` is Chinese."""

    def __init__(self, place: Path, reason: str) -> None:
        super().__init__(errno.EINVAL, reason, str(place))
        self.reason = reason


class TooLongError(UnfitError):
    """The file has `size` bytes, more than the reader accepts."""

    def __init__(self, place: Path, size: int) -> None:
        super().__init__(place, f"太大，有 {size / 1024 / 1024:.1f} MB")
        self.size = size


def find_reason(error: OSError) -> str:
    """Return why a disk or a network share refused to read or write a file (Chinese)."""
    if isinstance(error, UnfitError):
        return error.reason
    number = error.errno or 0
    return REASONS.get(number, f"系统不让（{errno.errorcode.get(number, '原因不明')}）")


def name_kind(mode: int) -> str:
    """Return what is no regular file, in Chinese: 是文件夹; "" for a regular one."""
    return next((said for test, said in _KINDS if test(mode)), "")
