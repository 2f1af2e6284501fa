"""tree: everything below a folder, and how it is removed.

Secret: that folders may be nested in any depth; whoever sent them may have nested thousands, in
which a function that calls itself, such as Path.rglob or shutil.rmtree, ends in an error.
Not here: how one file is read, written or removed (storage).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path


def walk_folder(
    folder: Path | str,
    apart: Collection[str] = (),
    told: Callable[[OSError], None] | None = None,
) -> Iterator[os.DirEntry[str]]:
    """Yield everything below a folder, a folder before what is in it, by name.

    Nothing at the paths `apart` is yielded or entered, no folder behind a link is entered. A folder
    that cannot be read raises OSError, or `told` is called with it.
    """

    def look(place: Path | str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(place) as listing:
                return iter(sorted(listing, key=lambda entry: entry.name))
        except OSError as error:
            if told is None:
                raise
            told(error)
            return iter(())

    open_ones = [look(folder)]
    while open_ones:
        entry = next(open_ones[-1], None)
        if entry is None:
            open_ones.pop()
        elif entry.path not in apart:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                open_ones.append(look(entry.path))


def pass_over(_: OSError) -> None:
    """Ignore a folder that cannot be read."""


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as the system lets it, links as links."""
    for entry in reversed(list(walk_folder(folder, told=pass_over))):
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                Path(entry.path).rmdir()
            else:
                Path(entry.path).unlink()
    with suppress(OSError):
        folder.rmdir()
