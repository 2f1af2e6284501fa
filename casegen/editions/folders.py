"""folders: where a theme and those it extends are found, their settings and their words.

Secret: how themes extend one another, and which words replace those that a language lacks.
Not here: templates and assets of pages (site.theme), templates of books (book.templates).
"""

from __future__ import annotations

import os.path
import re
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from casegen import disk_errors, storage, tree
from casegen.editions import language
from casegen.problem import CasegenError
from casegen.root import SHIPPED_THEMES as SHIPPED

# libyaml's loader recurses without a limit, so it reads only files that casegen itself ships.
QUICK: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LIMIT = 1024 * 1024  # bytes of a file of settings or words
LARGEST = 256 * 1024 * 1024  # bytes of all files of a theme; a Chinese font has up to 20 MB


def find_folders(name: str, own: Path) -> tuple[Path, ...]:
    """Return the folders of the theme called `name`, from the nearest to the most basic.

    A theme is one of the project's `themes/` (`own`), else one of those shipped. Raises
    CasegenError "no-theme" if it, or one it extends, does not exist or extends itself in a circle.
    """
    folders: list[Path] = []
    wanted = name
    while wanted:
        folder = next((f for f in (own / wanted, SHIPPED / wanted) if _is_theme(f, wanted)), None)
        if folder is None or folder in folders:
            known = sorted(
                {p.parent.name for root in (own, SHIPPED) for p in root.glob("*/theme.yml")}
            )
            raise CasegenError(
                "no-theme",
                f"找不到网站主题“{wanted}”" if folder is None else f"主题“{wanted}”绕回了自己",
                hint=f"可用的主题：{'、'.join(known) or '（无）'}",
            )
        read_files(folder)  # every file is checked before any of them is used
        folders.append(folder)
        wanted = str(read_settings(folder / "theme.yml").get("extends") or "")
    return tuple(folders)


def read_files(folder: Path) -> tuple[tuple[Path, bytes], ...]:
    """Return every file of a theme's folder with its bytes, by path.

    Raises CasegenError "theme" for anything but a file, or a link that leads out of the project.
    """
    found = []
    home = storage.resolve_path(folder.parents[1])
    room = LARGEST
    try:
        links = [(folder, True)]
        links += [(Path(e.path), e.is_symlink()) for e in tree.walk_folder(folder)]
        for path, may_lead_out in sorted(links):
            # Files of shipped themes may be links: some installers make them.
            checked = may_lead_out and folder.parent != SHIPPED
            if checked and not storage.resolve_path(path).is_relative_to(home):
                raise disk_errors.UnfitError(path, "是通到项目外面的链接")
            if not path.is_dir():
                found.append((path, storage.read_file(path, room)))
                room -= len(found[-1][1])
    except OSError as error:
        place = error.filename or folder
        raise CasegenError(
            "theme",
            f"主题里的 {place} 读不了：{disk_errors.find_reason(error)}",
            "换成文件本身，检查权限",
        ) from error
    return tuple(found)


def has_own_templates(folders: Sequence[Path], kind: str = "templates") -> bool:
    """Return whether some templates of pages are the project's own and not of a shipped theme.

    With the `kind` "book", those of books.
    """
    return any(f.parent != SHIPPED and (f / kind).is_dir() for f in folders)


def read_settings(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file of a theme.

    Raises CasegenError "theme" where it has none.
    """
    try:
        text = storage.read_file(path, LIMIT).decode("utf-8")
        loader = QUICK if path.is_relative_to(SHIPPED) else _Loader
        found = yaml.load(text, loader) or {}  # noqa: S506 both are safe loaders
    except OSError as error:
        raise CasegenError(
            "theme",
            f"主题文件 {path} 读不了：{disk_errors.find_reason(error)}",
            "换成文件本身，检查权限",
        ) from error
    except Exception as error:  # the constructors of PyYAML raise nearly anything
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else ""
        raise CasegenError(
            "theme", f"主题文件 {path} {where}读不懂", hint="每行写成“名称: 值”，存为 UTF-8"
        ) from error
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise CasegenError("theme", f"主题文件 {path} 读不懂", hint="每行写成“名称: 值”")
    return found


def _is_theme(folder: Path, name: str) -> bool:
    if "/" in name or "\\" in name or name in {"", ".", ".."}:
        return False
    return os.path.lexists(folder / "theme.yml")


class _Loader(yaml.SafeLoader):
    """Reads no repeated values: a few lines of them may stand for thousands of millions."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next value."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "a repeated value", mark)
        return super().compose_node(parent, index)


class Words(dict[str, str]):
    """A theme's words by key; a missing key is a fault of the theme."""

    def __missing__(self, key: str) -> str:
        """Raise CasegenError "theme" with the missing key."""
        raise CasegenError("theme", f"主题缺少词条“{key}”", hint="补进 words 文件夹的译文文件")


def _check_places(path: Path, words: Mapping[str, str]) -> None:
    """Raise CasegenError "theme" for words with more between braces than the name of a value.

    `{v.__class__}` and `{v[0]}` would read what no theme may see, `{v:99999999}` fill the memory.
    """
    for key, text in words.items():
        try:
            found = list(string.Formatter().parse(text))
        except ValueError:
            found = [("", "?", "", None)]
        if any(
            name is not None and (not name.isidentifier() or spec or conversion)
            for _, name, spec, conversion in found
        ):
            raise CasegenError(
                "theme",
                f"主题文件 {path} 的词条“{key}”里，大括号写得不对",
                hint="大括号里只写一个名称，如 {n}；要写大括号本身，写两遍：{{ }}",
            )


def load_words(name: str, folders: Sequence[Path], lang: str) -> Words:
    """Return all words of the theme called `name` in a language; nearer folders override others.

    What a language lacks is taken from Chinese; `en-GB` takes the words of `en` and its own. Raises
    CasegenError "theme" where no folder has words in the language.
    """
    words = Words()
    tags = dict.fromkeys(("zh-CN", lang.partition("-")[0], lang))
    known = language.is_chinese(lang)
    for tag in tags:
        for folder in reversed(folders):
            path = folder / "words" / f"{tag}.yml"
            if re.fullmatch(r"[A-Za-z0-9-]+", tag) and path.is_file():
                own = {key: str(text) for key, text in read_settings(path).items()}
                _check_places(path, own)
                words.update(own)
                known = known or tag != "zh-CN"
    if not known:
        raise CasegenError(
            "theme",
            f"主题“{name}”没有“{lang}”的译文",
            hint=f"lang 写 zh-CN 或 en，或在自己的主题里放 words/{lang}.yml",
        )
    return words
