"""templates: the files of a theme that books are made with.

Secret: where they are in a theme (`book/`), and that those of a nearer theme replace others.
Not here: what they are given (pdf, epub), how a theme is found (folders).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from casegen.editions.folders import (
    Words,
    find_folders,
    has_own_templates,
    load_words,
    read_files,
)
from casegen.problem import CasegenError
from casegen.project import Project
from casegen.root import SHIPPED_THEMES


def load_templates(project: Project) -> tuple[Mapping[str, bytes], Words]:
    """Return the theme's files for books, by their names within `book/`, and all its words."""
    config = project.config
    folders = find_folders(config.theme, project.themes_dir)
    found: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path, content in read_files(folder):
            name = path.relative_to(folder).as_posix()
            if name.startswith("book/"):
                found[name.removeprefix("book/")] = _text(path, content)
    return found, load_words(config.theme, folders, config.lang)


def read_default_templates() -> Iterator[tuple[str, str]]:
    """Yield the name and text of each typst file that casegen ships."""
    folder = SHIPPED_THEMES / "default"
    for path, content in read_files(folder):
        if path.parent == folder / "book" and path.suffix == ".typ":
            yield path.name, content.decode()


def has_own_files(project: Project) -> bool:
    """Return whether books are made with files that came with the project."""
    return has_own_templates(find_folders(project.config.theme, project.themes_dir), "book")


def _text(path: Path, content: bytes) -> bytes:
    try:
        content.decode()
    except UnicodeError as error:
        raise CasegenError("theme", f"主题文件 {path} 读不懂", "存为 UTF-8") from error
    return content


def digest_files(files: Mapping[str, bytes]) -> str:
    """Return a digest of the files."""
    total = hashlib.blake2b(digest_size=16)
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()
