"""filenames: which names and paths all file systems and hosts accept, and which two are one file.

Secret: what Windows, macOS, Linux and hosts refuse: reserved characters, names of devices, a dot
or blank at the end, invisible characters, too great length; and that some of them ignore case and
Unicode composition.
Not here: where a path leads (collection.references), how a name is made from Chinese (pinyin), what
is on the disk (storage).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_OF_NAME = 255  # bytes: ext4, APFS and NTFS all allow 255, of which ext4 counts bytes
MOST = 900  # bytes of a path: a key in S3 may have 1024 with its prefix

# "Naming Files, Paths, and Namespaces", Windows App Development: the devices, whatever follows a
# dot (aux.html), and the reserved characters.
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE
)
# Most paths of a site, told at once: nothing in them is refused, unless a name is a device's.
_USUAL = re.compile(r"[a-z0-9_-]{1,200}(?:[./][a-z0-9_-]{1,200}){0,9}")
_DEVICE_INSIDE = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$)")
_RESERVED = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def make_visible(path: str) -> str:
    """Return a path as one line; invisible characters become escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)


def is_reserved(name: str) -> bool:
    """Return whether Windows reserves a name for a device, also with an ending: con, aux.html."""
    return _DEVICE.match(name) is not None


def why_unwritable(name: str) -> str:
    """Return why a name cannot be written on every file system, in Chinese; "" where it can."""
    if not name:
        return "没有名字"
    if len(name.encode("utf-8", "surrogatepass")) > MOST_OF_NAME:
        return f"名字太长，超过 {MOST_OF_NAME} 字节（一个汉字三字节）"
    found = _RESERVED.search(name)
    if found:
        return f"名字里不能有 {found[0]}" if found[0].isprintable() else "名字里有看不见的字符"
    if name[-1] in ". ":
        return "名字不能以点或空格结尾"
    return f"{name} 是 Windows 留给设备的名字" if is_reserved(name) else ""


def why_refused(path: str) -> str:
    """Return why a path inside a site cannot be a file everywhere, in Chinese; "" where it can."""
    usual = len(path) <= MOST_OF_NAME and _USUAL.fullmatch(path)
    if usual and not _DEVICE_INSIDE.search(path):
        return ""
    if not path.isprintable():
        return "有看不见的字符"
    if len(path.encode()) > MOST:
        return f"路径太长，超过 {MOST} 字节（一个汉字三字节）"
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "不是网站里的相对路径"
    return next(filter(None, map(why_unwritable, parts)), "")


def is_too_long(path: str) -> bool:
    """Return whether a path, or a name in it, is longer than every file system and host accepts."""
    sizes = [len(part.encode("utf-8", "surrogatepass")) for part in path.split("/")]
    return max(sizes) > MOST_OF_NAME or sum(sizes) + len(sizes) - 1 > MOST


def fold_path(path: str) -> str:
    """Return a key that is equal for paths that some file system takes for the same file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def find_clash(paths: Iterable[str]) -> tuple[str, str] | None:
    """Return two paths that cannot both exist: the same file on some disks, or a file and a folder.

    The second is the first path, in the order given, that has a clash. None where there is none.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        name = fold_path(path)
        parts = name.split("/")
        above = ["/".join(parts[:n]) for n in range(1, len(parts))]
        other = files.get(name) or folders.get(name)
        other = other or next((files[folder] for folder in above if folder in files), None)
        if other is not None:
            return other, path
        files[name] = path
        folders.update((folder, path) for folder in above)
    return None
