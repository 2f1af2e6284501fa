"""file_state: whether a file has changed, from its size and times, without reading it.

Secret: which facts make up a state, and how to find out that a later change gets a later time.
Not here: where states are stored, and what is concluded from them (standing, recall, output).
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path

from casegen import storage

# Tries at reading a disk's clock, and seconds between them; it advances every 0.01 s or more often.
LOOKS, PAUSE = 25, 0.002

# Size, times of modification and of change, inode: equal states mean an unchanged file. Python has
# no time of change on Windows, so states prove nothing there.
State = tuple[int, ...]
TELLS_CHANGES = os.name == "posix"


def make_state(found: os.stat_result) -> State:
    """Return the state of a file, which differs when the file was changed."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def read_state(place: Path) -> State:
    """Return the state of a regular file; () for a link or anything else, and on Windows."""
    try:
        found = place.lstat()
    except (OSError, ValueError):
        return ()
    return make_state(found) if TELLS_CHANGES and stat.S_ISREG(found.st_mode) else ()


def read_clock(folder: Path) -> int:
    """Return the time of a folder's disk in nanoseconds; raise OSError where it takes no file."""
    return storage.stat_probe(folder).st_ctime_ns


def wait_past(folder: Path, moment: int) -> bool:
    """Wait shortly until the clock of a folder's disk is past `moment`; return whether it is.

    `moment` is in nanoseconds. Once the clock is past it, a file whose last change has that time
    cannot change again without getting a later time.
    """
    with suppress(OSError):
        for _ in range(LOOKS):
            if read_clock(folder) > moment:
                return True
            time.sleep(PAUSE)
    return False
