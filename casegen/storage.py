"""storage: the one way to write a local file, and the one way to read one.

Secret: a file is written completely or not at all, and never through a link of somebody else: it
is made under a random name, which nobody can know before, and renamed. A reader opens only
regular files, and never waits for a pipe.
Not here: whether a file has changed (file_state), what the files are, and where one may write
(output, publish.folder, source, export), why a disk refuses (disk_errors).

Links are not followed below the folder that a caller names as `root`; that folder itself may be
one. Another user who may write in the same folder at the same moment can still replace a folder by
a link between the check and the writing (docs/security.md).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from casegen.disk_errors import TooLongError, UnfitError, find_reason, name_kind
from casegen.problem import CasegenError

TEMPORARY = ".casegen-tmp-"
OLD = 3600.0  # seconds after which a temporary file belongs to no program that is still running
# Open without waiting for the other end of a pipe, and without translating line ends; systems that
# lack one of the flags do not need it.
_READING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_MAKING = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)


# --- reading -----------------------------------------------------------------------------------


def resolve_path(place: Path) -> Path:
    """Return the path without links. Unlike Path.resolve it never fails on links in a circle."""
    return Path(os.path.realpath(place))


def open_regular(place: Path) -> BufferedReader:
    """Open a regular file for reading; where `place` is a link, the file that it leads to.

    Raises UnfitError for anything but a regular file, OSError where it is missing or refused.
    """
    _regular(place, place.stat())  # opening a device may already start something
    file = os.fdopen(os.open(place, _READING), "rb")
    try:
        _regular(place, os.fstat(file.fileno()))
    except BaseException:
        file.close()
        raise
    return file


def read_file(place: Path, most: int | None = None) -> bytes:
    """Return the bytes of a regular file.

    Raises as `open_regular`, and TooLongError for more than `most` bytes; None is no limit.
    """
    with open_regular(place) as file:
        if most is None:
            return file.read()
        size = os.fstat(file.fileno()).st_size
        data = file.read(min(size, most) + 1)  # memory for this many is taken at once
        if len(data) > size:  # it grows while it is read
            data += file.read(max(most + 1 - len(data), 0))
        if len(data) > most:
            raise TooLongError(place, max(len(data), size))
    return data


def hash_file(place: Path, kind: str) -> str:
    """Return the hex digest of a regular file; `kind` is a name of hashlib such as "sha256".

    Raises as `open_regular`.
    """
    with open_regular(place) as file:
        return hashlib.file_digest(file, kind).hexdigest()


def is_regular(place: Path) -> bool:
    """Return whether a regular file is there, not a link to one."""
    try:
        return stat.S_ISREG(place.lstat().st_mode)
    except (OSError, ValueError):
        return False


def is_link(place: Path) -> bool:
    """Return whether a link is there; False for a name that no disk accepts."""
    try:
        return stat.S_ISLNK(place.lstat().st_mode)
    except (OSError, ValueError):
        return False


def are_one_file(place: Path, other: Path) -> bool:
    """Return whether two paths are one file, as a.html and A.html on a disk that ignores case."""
    try:
        return os.path.samestat(place.lstat(), other.lstat())
    except OSError:
        return False


def is_folder(place: Path) -> bool:
    """Return whether a folder is there, not a link to one."""
    try:
        return stat.S_ISDIR(place.lstat().st_mode)
    except (OSError, ValueError):
        return False


# Path.is_dir and Path.exists raise for a name that is too long for the disk; these return False.


def leads_to_folder(place: Path) -> bool:
    """Return whether a folder is there, itself or behind a link."""
    return os.path.isdir(place)  # noqa: PTH112 - see above


def leads_anywhere(place: Path) -> bool:
    """Return whether anything is there, itself or behind a link."""
    return os.path.exists(place)  # noqa: PTH110 - see above


def find_kind(place: Path) -> str:
    """Return what is there instead of a regular file, in Chinese; "" for a file or nothing."""
    try:
        return name_kind(place.lstat().st_mode)
    except (OSError, ValueError):
        return ""


def _regular(place: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise UnfitError(place, name_kind(found.st_mode) or "不是普通的文件")


# --- writing -----------------------------------------------------------------------------------


def write_chosen(place: Path, content: bytes | Path) -> None:
    """Write a file where the user asked for it; a link of that name is replaced by the file.

    Raises CasegenError "disk" where that is not possible.
    """
    folder = resolve_path(place.parent)
    try:
        clear_leftovers(folder, all_of_them=False)
        write_file(folder / place.name, content, folder)
    except OSError as error:
        raise CasegenError(
            "disk",
            f"写不了 {place}：{find_reason(error)}",
            "文件正在别的程序里打开的，先关掉；没有写的权限的，换一个文件夹",
        ) from error


def write_file(place: Path, content: bytes | Path, root: Path) -> os.stat_result:
    """Write a file at `place` inside the folder `root`, replacing a file or link that is there.

    `content` is the bytes, or a file to copy. Missing folders are made. Returns the facts on the
    file from before it is renamed, when nobody else can have changed it. Raises UnfitError where a
    folder on the way is a link or none, or `place` neither file nor link; OSError otherwise.
    """
    return put_file(prepare_file(content, root), place, root)


def prepare_file(content: bytes | Path, root: Path) -> Path:
    """Write a temporary file in the folder `root`, for `put_file`; both do as `write_file`."""
    make_folders(root, root)
    temporary, file = make_temporary(root)
    with _removed_on_failure(temporary), file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            with open_regular(content) as source:
                shutil.copyfileobj(source, file, 1 << 20)
    return temporary


def put_file(temporary: Path, place: Path, root: Path) -> os.stat_result:
    """Rename a file of `prepare_file` to `place` inside `root`."""
    with _removed_on_failure(temporary):
        make_folders(place.parent, root)
        mode = _mode_there(place)
        if mode is not None and hasattr(os, "fchmod"):
            # Its owner must be able to read and write it: the next run would else find it damaged.
            temporary.chmod(mode | stat.S_IRUSR | stat.S_IWUSR)
        written = temporary.lstat()
        temporary.replace(place)
    return written


@contextmanager
def _removed_on_failure(place: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            place.unlink()
        raise


def create_file(place: Path, content: bytes, root: Path) -> None:
    """Write a file where nothing is; a link counts as something.

    Raises FileExistsError where something is there, else as `write_file`.
    """
    make_folders(place.parent, root)
    with os.fdopen(os.open(place, _MAKING, 0o666), "wb") as file:
        file.write(content)


def make_folders(folder: Path, root: Path) -> None:
    """Make a folder inside `root` and the folders above it, without following links.

    Raises UnfitError where one on the way is a link or no folder.
    """
    root.mkdir(parents=True, exist_ok=True)
    for place in list_between(folder, root):
        try:
            place.mkdir()
        except FileExistsError:
            _refuse_detour(place)


def make_private(folder: Path, root: Path) -> None:
    """Make a folder below `root` that nobody but its owner opens, where the system knows owners."""
    make_folders(folder, root)
    folder.chmod(stat.S_IRWXU)


def remove_file(place: Path, root: Path) -> bool:
    """Remove a file or a link (not what it leads to) inside `root`; return whether it was there.

    Folders, and whatever is behind a link, stay.
    """
    try:
        for folder in list_between(place.parent, root):
            _refuse_detour(folder)
        if stat.S_ISDIR(place.lstat().st_mode):
            return False
        place.unlink()
    except (UnfitError, FileNotFoundError, NotADirectoryError):
        return False
    return True


def remove_empty(place: Path) -> bool:
    """Remove a folder if nothing is in it; return whether it was removed.

    The system looks whether it is empty; to list ten thousand names takes 14 ms.
    """
    try:
        place.rmdir()
    except OSError:
        return False
    return True


def move_file(place: Path, to: Path, root: Path) -> None:
    """Move a file or a link inside `root`, replacing one that is there; raise as `write_file`."""
    for folder in list_between(place.parent, root):
        _refuse_detour(folder)
    make_folders(to.parent, root)
    _mode_there(to)
    place.replace(to)


def clear_leftovers(folder: Path, *, all_of_them: bool = True) -> None:
    """Remove temporary files that killed writers left in a folder; faults are ignored.

    With `all_of_them` the caller is the only writer in that folder; without it, only files are
    removed that are an hour older than a file made now, by the clock of the disk.
    """
    try:
        names = [entry.name for entry in os.scandir(folder) if entry.name.startswith(TEMPORARY)]
    except OSError:
        return
    for place in (folder / name for name in names):
        with suppress(OSError):
            if all_of_them or _is_old(place):
                remove_file(place, folder)


def list_between(folder: Path, root: Path) -> tuple[Path, ...]:
    """Return the folders below `root` down to `folder`, the outermost first.

    Raises UnfitError where `folder` is not inside.
    """
    if folder == root:
        return ()
    try:
        parts = folder.relative_to(root).parts
    except ValueError:
        raise UnfitError(folder, f"在 {root} 外面") from None
    if ".." in parts:
        raise UnfitError(folder, f"在 {root} 外面")
    found = [root]
    for part in parts:
        found.append(found[-1] / part)
    return tuple(found[1:])


def _refuse_detour(folder: Path) -> None:
    mode = folder.lstat().st_mode
    if stat.S_ISLNK(mode):
        raise UnfitError(folder, "是链接，不会写到它后面去")
    if not stat.S_ISDIR(mode):
        raise UnfitError(folder, "是文件，占了文件夹的位置")


def _mode_there(place: Path) -> int | None:
    """Return the permissions of the file that will be replaced; None where there is none.

    Raises UnfitError where neither a file nor a link is there.
    """
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(mode):
        return None
    if not stat.S_ISREG(mode):
        raise UnfitError(place, f"{name_kind(mode)}，占了文件的位置")
    return stat.S_IMODE(mode) & 0o777


def make_temporary(folder: Path) -> tuple[Path, BinaryIO]:
    """Make a file in a folder under a name that nobody can guess; the caller renames it."""
    place = folder / f"{TEMPORARY}{secrets.token_hex(12)}"
    return place, os.fdopen(os.open(place, _MAKING, 0o666), "wb")


def stat_probe(folder: Path) -> os.stat_result:
    """Return the facts on a file made now, which show the clock of the disk; remove that file.

    Raises OSError where no file can be made.
    """
    probe, file = make_temporary(folder)
    try:
        with file:
            return os.fstat(file.fileno())
    finally:
        probe.unlink(missing_ok=True)


def _is_old(place: Path) -> bool:
    return stat_probe(place.parent).st_mtime - place.lstat().st_mtime > OLD
