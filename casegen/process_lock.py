"""process_lock: one process at a time: a lock that the system releases when the process ends.

Secret: how each system locks a file (flock, LockFile through msvcrt), and that a disk without
locks does not stop the program.
Not here: the lock at a publishing target, which must hold between machines (publish.lock).
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from casegen import storage

PAUSE = 0.2  # seconds between two attempts
_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK, errno.EWOULDBLOCK}


class BusyError(Exception):
    """Another process holds the lock."""


@contextmanager
def hold_lock(place: Path, waiting: Callable[[], None] | None) -> Iterator[bool]:
    """Hold the lock of the file `place`, which is created if missing; yield whether it is held.

    While another process holds it, this one waits and calls `waiting` once; BusyError is raised
    where `waiting` is None. Where no lock can be had, the program goes on without it: False.
    """
    handle = _open(place)
    if handle is None:
        yield False
        return
    try:
        yield _take(handle, waiting)
    finally:
        os.close(handle)


def _open(place: Path) -> int | None:
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        storage.make_folders(place.parent, place.parent)
        if not storage.is_folder(place.parent) or storage.find_kind(place):
            return None
        handle = os.open(place, flags, 0o666)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return None
    return handle


def _take(handle: int, waiting: Callable[[], None] | None) -> bool:
    told = False
    while True:
        try:
            _lock(handle)
        except OSError as error:
            if error.errno not in _BUSY:
                return False
        else:
            return True
        if waiting is None:
            raise BusyError
        if not told:
            waiting()
            told = True
        time.sleep(PAUSE)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
