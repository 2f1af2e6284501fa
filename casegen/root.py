"""root: where a collection and the shipped themes are: folders, before anything in them is read.

Secret: how the root of a project is found from a folder inside it.
Not here: what stands in casegen.yml (project), how a theme is found (editions.folders).
"""

from __future__ import annotations

import os
from pathlib import Path

from casegen import storage
from casegen.problem import CasegenError

NAME = "casegen.yml"
CACHE = ".casegen"
SITE = "site"
BOOK = "book"
LOCK = "build.lock"  # in the folder of the cache
SHIPPED_THEMES = next(
    folder
    for folder in (
        Path(__file__).parent / "themes",  # in an installed wheel
        Path(__file__).parents[1] / "themes",  # in the repository
    )
    if folder.is_dir()
)


def find_root_folder(start: Path) -> Path:
    """Return the nearest folder from `start` upwards that holds casegen.yml.

    Raises CasegenError "no-project" where there is none, or where casegen.yml is not a file.
    """
    here = storage.resolve_path(start)
    for folder in (here, *here.parents):
        if (folder / NAME).is_file():
            return folder
        if os.path.lexists(folder / NAME):
            kind = storage.find_kind(storage.resolve_path(folder / NAME)) or "是断了的链接"
            raise CasegenError("no-project", f"{folder / NAME} {kind}", "换成文件本身")
    raise CasegenError(
        "no-project",
        f"这里没有案例集：从“{here}”往上都没有 {NAME}",
        "到案例集的文件夹里运行，或用 -C 指明；新建用 casegen init 文件夹",
    )
