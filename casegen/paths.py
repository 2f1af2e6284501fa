"""Where a link in a file of the project leads: outside, within the page, or to which file.

Secret: the ways in which an address can lead out of the project folder, and how they are closed.
Not here: whether the file exists (source), and what address it gets on the site (editions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from posixpath import dirname, join, normpath
from urllib.parse import unquote


class Kind(StrEnum):
    """Where a link leads."""

    OUTSIDE = "outside"  # another host, mail, telephone
    PAGE = "page"  # an anchor of the same page
    FILE = "file"  # a file of the project
    UNSAFE = "unsafe"  # out of the project, or nobody can say where


@dataclass(frozen=True, slots=True)
class Lead:
    """A link resolved: `path` is project-relative with forward slashes, `anchor` without `#`.

    For an unsafe link `path` holds the reason, in Chinese.
    """

    kind: Kind
    path: str = ""
    anchor: str = ""


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")


def resolve(href: str, origin: str) -> Lead:
    """Where a link written in the file `origin` (project-relative) leads."""
    if href.startswith("//") or _SCHEME.match(href):
        return Lead(Kind.OUTSIDE)
    address, _, anchor = href.partition("#")
    anchor = unquote(anchor)
    address = unquote(address.partition("?")[0])
    if not address:
        return Lead(Kind.PAGE, anchor=anchor)
    reason = _unsafe(address)
    if reason:
        return Lead(Kind.UNSAFE, reason)
    path = normpath(join(dirname(origin), address))
    if path == ".." or path.startswith("../"):
        return Lead(Kind.UNSAFE, "通到了项目文件夹外面")
    if any(part.startswith(".") for part in path.split("/")):
        return Lead(Kind.UNSAFE, "通到了隐藏的文件夹或文件")
    return Lead(Kind.FILE, path, anchor)


def output_path(written: str) -> str | None:
    """A path of the site as written in `aliases`, made plain; None where it is unsafe.

    A path that ends in `/` means the index.html in it.
    """
    text = unquote(written.strip()).removeprefix("/")
    if text.endswith("/") or not text:
        text += "index.html"
    if _unsafe(text) or any(part in ("", ".", "..") for part in text.split("/")):
        return None
    return None if any(part.startswith(".") for part in text.split("/")) else text


def _unsafe(address: str) -> str:
    if "\\" in address:
        return "用了反斜线 \\"
    if address.startswith("/"):
        return "是从 / 开始的绝对路径"
    if _DRIVE.match(address):
        return "是带盘符的绝对路径"
    if re.search(r"[\x00-\x1f\x7f]", address):
        return "含有控制字符"
    return ""
