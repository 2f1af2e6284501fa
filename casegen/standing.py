"""standing: the files of a folder as they are on disk: digests, and states that prove them.

Secret: when a file counts as unchanged without reading it (docs/decisions/0019), and what an error
of the disk means.
Not here: which files there should be, writing them (output), states themselves (file_state).
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from casegen import disk_errors, file_state, storage
from casegen.problem import CasegenError

NO_FILE = ""
CHANGED = 2  # index of the time of change in a state
Known = Callable[[str], tuple[str, file_state.State] | None]


def look_through(
    folder: Path, paths: Iterable[str], known_of: Known
) -> tuple[dict[str, str], dict[str, file_state.State]]:
    """Return the digest of each existing file, and the states that identify it from now on.

    `known_of` returns digest and state of a file when it was last seen: in that state it is
    unchanged. Others are hashed; their state is kept only where they are older than this look,
    since only then a later change gets a new time.
    """
    present: dict[str, str] = {}
    states = {path: file_state.read_state(folder / path) for path in paths}
    unsure = []
    for path, state in states.items():
        known = known_of(path)
        if known and state and known[1] == state:
            present[path] = known[0]
        else:
            unsure.append(path)
    now = _read_clock(folder) if any(states[path] for path in unsure) else 0
    for path in unsure:
        present[path] = digest_of(folder / path)
        if not states[path] or states[path][CHANGED] >= now:
            del states[path]
    return present, states


def settle(folder: Path, written: Mapping[str, os.stat_result]) -> dict[str, file_state.State]:
    """Return the states of files just written, except those that another program touched since."""
    found = {}
    for path, before in written.items():
        state = file_state.read_state(folder / path)
        size, modified, _, inode = state or (0, 0, 0, 0)
        if state and (size, modified, inode) == (before.st_size, before.st_mtime_ns, before.st_ino):
            found[path] = state
    newest = max((state[CHANGED] for state in found.values()), default=0)
    return found if found and file_state.wait_past(folder, newest) else {}


def _read_clock(folder: Path) -> int:
    try:
        return file_state.read_clock(folder)
    except OSError:
        return 0


def digest_bytes(content: bytes) -> str:
    """Return the digest of some bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def digest_content(content: bytes | Path) -> str:
    """Return the digest of bytes, or of a file that is to be copied.

    Raises CasegenError "disk" where that file is gone.
    """
    if isinstance(content, bytes):
        return digest_bytes(content)
    digest = _digest_of_file(content)
    if digest == NO_FILE:
        raise CasegenError("disk", f"读不到要复制的文件 {content}", hint="确认文件还在，再生成")
    return digest


def digest_of(path: Path) -> str:
    """Return the digest of a regular file; NO_FILE for anything else."""
    if not storage.is_regular(path):
        return NO_FILE
    return _digest_of_file(path)


def _digest_of_file(path: Path) -> str:
    try:
        with storage.open_regular(path) as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except (FileNotFoundError, NotADirectoryError, disk_errors.UnfitError):
        return NO_FILE
    except OSError as error:
        raise explain_error(error, path) from error


def explain_error(error: OSError, place: Path) -> CasegenError:
    """Return what to tell where a disk refused to write at `place`."""
    name = error.filename or str(place)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CasegenError(
            "disk", f"磁盘满了，写到 {name} 时停下", hint="腾出空间后再生成一次，会接着补齐"
        )
    if isinstance(error, PermissionError):
        return CasegenError(
            "disk", f"没有权限写 {name}", hint="文件可能正被别的程序打开；关掉后再生成一次"
        )
    return CasegenError(
        "disk",
        f"写 {name} 时停下：{disk_errors.find_reason(error)}",
        hint="解决后再生成一次，会接着补齐",
    )
