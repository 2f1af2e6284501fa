"""assets: files of a theme that pages load: where they are in the site, and what of them is sent.

Secret: a file's name holds a hash of its content, and comments are for developers, so no reader
loads them.
Not here: which files a theme has (folders), the templates that name them (theme).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from casegen.editions.folders import read_files
from casegen.problem import CasegenError

_QUOTE_OR_COMMENT = re.compile(rb"""["']|/\*""")


def make_hashed_path(name: str, content: bytes) -> str:
    """Return the path of a theme's file in the site: `assets/style-<8 hex digits>.css`."""
    stem, dot, ending = name.rpartition(".")
    mark = hashlib.blake2b(content, digest_size=4).hexdigest()
    return f"assets/{stem}-{mark}{dot}{ending}"


def read_bare_asset(path: Path) -> bytes:
    """Return a style sheet without comments, a script without its heading.

    They are for developers, and a tenth of what each reader loads.
    """
    content = dict(read_files(path.parent))[path]
    return remove_comments(content) if path.suffix == ".css" else remove_heading(content)


def remove_heading(script: bytes) -> bytes:
    """Return a script without the comment that it begins with; `/*!` is kept, as for licences.

    Comments further down are left: only a parser of the language tells them from strings.
    """
    end = script.find(b"*/")
    if not script.startswith(b"/*") or script.startswith(b"/*!") or end < 0:
        return script
    return script[end + 2 :].lstrip()


def remove_comments(style: bytes) -> bytes:
    """Return a style sheet without comments; one that does not end reaches to the end, as in CSS.

    A comment mark within quotation marks is text; these end at their line's end at the latest.
    """
    kept, at = [], 0
    while found := _QUOTE_OR_COMMENT.search(style, at):
        if found[0] == b"/*":
            kept.append(style[at : found.start()])
            end = style.find(b"*/", found.end())
            at = len(style) if end < 0 else end + 2
        else:
            row = style.find(b"\n", found.end())
            limit = len(style) if row < 0 else row
            end = style.find(found[0], found.end(), limit)
            stop = limit if end < 0 else end + 1
            kept.append(style[at:stop])
            at = stop
    return b"".join((*kept, style[at:]))


def list_asset_files(
    folders: Iterable[Path], used: AbstractSet[str]
) -> tuple[tuple[str, Path], ...]:
    """Return each asset: its path in the site, one of `used`, and the file it is copied from.

    `folders` are those of a theme, the most basic first. Raises CasegenError "theme" where a file
    has changed since the theme was loaded.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path, content in read_files(folder):
            if path.relative_to(folder).parts[0] == "assets":
                found[make_hashed_path(path.name, content)] = path
    if changed := sorted(used - set(found)):
        raise CasegenError(
            "theme", f"主题的文件在生成网站时改动了：{changed[0]}", hint="存好文件，再生成一次"
        )
    return tuple((path, found[path]) for path in sorted(used))


class Assets(dict[str, str]):
    """Where a theme's assets are in the site, by file name."""

    def __missing__(self, name: str) -> str:
        """Raise CasegenError "theme" with the missing file."""
        raise CasegenError(
            "theme", f"主题缺少文件“assets/{name}”", hint="补上文件，或改模板里的名字"
        )
