"""obstacles: why a path cannot be written: no right, a link or a file in the way.

Secret: what the disk is asked, once for each folder, so that all paths are judged before the first
is written.
Not here: writing (storage), the message about it (output).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from casegen import disk_errors, storage


def find_obstacles(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return why each path inside `root` cannot be written (Chinese), by path; nothing is changed.

    A file or link at the path itself is no obstacle: it would be replaced.
    """
    found: dict[str, str] = {}
    known: dict[Path, str] = {root: _obstacle_of_root(root)}
    for path in paths:
        place = root / path
        folders = (root, *storage.list_between(place.parent, root))
        reason = next(filter(None, (_known(folder, known) for folder in folders)), "")
        reason = reason or _obstacle_at(place)
        if reason:
            found[path] = reason
    return found


def _known(folder: Path, known: dict[Path, str]) -> str:
    if folder not in known:
        known[folder] = _obstacle_on_the_way(folder)
    return known[folder]


def _obstacle_of_root(root: Path) -> str:
    try:
        if not stat.S_ISDIR(root.stat().st_mode):
            return f"{root} 是文件，不是文件夹"
    except FileNotFoundError:
        above = next((p for p in root.parents if storage.leads_anywhere(p)), root)
        return "" if os.access(above, os.W_OK | os.X_OK) else f"没有权限在 {above} 里新建文件夹"
    except OSError as error:
        return f"{root} 打不开：{disk_errors.find_reason(error)}"
    return "" if os.access(root, os.W_OK | os.X_OK) else f"没有权限写 {root}"


def _obstacle_on_the_way(folder: Path) -> str:
    try:
        mode = folder.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        return f"{folder.name}：{disk_errors.find_reason(error)}"
    if stat.S_ISLNK(mode):
        return f"{folder} 是链接，不会写到它后面去"
    if not stat.S_ISDIR(mode):
        return f"{folder} 是文件，占了文件夹的位置"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"没有权限写 {folder}"


def _obstacle_at(place: Path) -> str:
    try:
        mode = place.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        return f"{place.name}：{disk_errors.find_reason(error)}"
    replaceable = stat.S_ISREG(mode) or stat.S_ISLNK(mode)
    return "" if replaceable else f"{place} {disk_errors.name_kind(mode)}，占了文件的位置"
