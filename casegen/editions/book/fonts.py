"""fonts: the families of a book: the first of each list that this machine has.

Secret: which families can set Chinese, in which order they are tried, and what a font covers.
Not here: how the families are used (the theme's templates).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casegen import storage, tree
from casegen.problem import CasegenError

# The families of each role: song for text and titles, hei for labels, kai for quoted words.
ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "song": (
            "Source Han Serif SC", "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC",
            "Songti SC", "STSong", "SimSun", "NSimSun", "FandolSong", "AR PL UMing CN",
        ),
        "hei": (
            "Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK SC", "Noto Sans SC",
            "HarmonyOS Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei", "Heiti SC",
            "WenQuanYi Zen Hei", "FandolHei",
        ),
        "kai": ("Kaiti SC", "STKaiti", "KaiTi", "LXGW WenKai", "FandolKai", "AR PL UKai CN"),
    }
)  # fmt: skip
SPARE = ("Noto Serif Tibetan", "Microsoft Himalaya", "Kailasa", "Noto Emoji", "Segoe UI Emoji")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file: its family, its path, its index in a collection of fonts."""

    family: str
    path: str
    index: int


@dataclass(frozen=True, slots=True)
class Fonts:
    """The families of each role, the first is used, and those that replace missing characters."""

    families: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]  # characters for which no font has a glyph
    digest: str
    own: Path  # the project's folder of fonts
    book: Any  # typst's own list, which its compiler takes


def find_fonts(characters: Iterable[str], own: Path, *, system: bool = True) -> Fonts:
    """Return the fonts for these characters; `own` is the project's folder of fonts.

    With `system`, those of this machine are used too.

    Raises CasegenError "no-font" where no family can set Chinese.
    """
    book = _list_fonts(own, _stamp(own), system=system)
    faces: dict[str, Face] = {}
    for info in book.fonts():
        if info.path and (info.family not in faces or abs(info.weight - 400) == 0):
            faces[info.family] = Face(info.family, info.path, info.index)
    chosen = {role: _first(families, faces) for role, families in ROLES.items()}
    song = chosen["song"] or chosen["hei"]
    if not song:
        raise CasegenError(
            "no-font",
            "这台电脑上没有能排中文的字体",
            "装一种：思源宋体、思源黑体，或 Debian 的 fonts-noto-cjk；"
            "也可以把字体文件（.otf、.ttf、.ttc）放进案例集的 fonts 文件夹",
        )
    base = {"song": song, "hei": chosen["hei"] or song, "kai": chosen["kai"] or song}
    lacking = set(characters)
    for family in dict.fromkeys(base.values()):
        lacking -= _coverage(faces[family])
    spare = []
    others = sorted(faces.values(), key=lambda face: (face.family not in SPARE, face.family))
    for face in others:
        if not lacking:
            break
        if face.family not in base.values() and (found := lacking & _coverage(face)):
            spare.append(face.family)
            lacking -= found
    families = {
        role: tuple(dict.fromkeys((family, song, base["hei"], *spare)))
        for role, family in base.items()
    }
    used = [faces[family] for family in dict.fromkeys(f for fs in families.values() for f in fs)]
    return Fonts(families, tuple(sorted(lacking)), _digest(used), own, book)


def list_fonts(own: Path) -> Any:
    """Return the fonts that typst finds on this machine and in the project's folder of fonts."""
    return _list_fonts(own, _stamp(own), system=True)


@cache
def _list_fonts(own: Path, _stamp: tuple[str, ...], *, system: bool) -> Any:
    """Return the fonts of `list_fonts`; `_stamp` makes a new list when the folder changes."""
    import typst  # noqa: PLC0415 - the extra `book`

    paths = [own] if own.is_dir() else []
    _refuse_links(own)
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=False, font_paths=paths)


def _refuse_links(own: Path) -> None:
    """Raise CasegenError "no-font" where typst would read outside the folder, or wait."""
    home = storage.resolve_path(own.parent)
    below = tree.walk_folder(own, told=tree.pass_over)
    for place in (own, *(Path(entry.path) for entry in below)):
        reason = storage.find_kind(place)
        if storage.is_link(place):
            inside = storage.resolve_path(place).is_relative_to(home / own.name)
            reason = "" if inside and storage.is_regular(storage.resolve_path(place)) else reason
        if reason and not storage.is_folder(place):
            name = place.relative_to(own.parent).as_posix()
            raise CasegenError("no-font", f"{name} {reason}，没有读", "换成字体文件本身，或移走")


def _stamp(own: Path) -> tuple[str, ...]:
    """Return the files of a folder of fonts, so that a new one is found in the same process."""
    return tuple(sorted(path.name for path in own.glob("*"))) if own.is_dir() else ()


def _first(families: Sequence[str], faces: Mapping[str, Face]) -> str:
    return next((family for family in families if family in faces), "")


@cache
def _coverage(face: Face) -> frozenset[str]:
    """Return the characters for which a font has a glyph; none where it cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - the extra `book`

    try:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, OSError, KeyError, ValueError):
        return frozenset()


def _digest(faces: Sequence[Face]) -> str:
    """Return a digest of the fonts that are used, from path, size and time."""
    parts = []
    for face in faces:
        stat = Path(face.path).stat()
        parts.append(f"{face.family} {face.path} {stat.st_size} {stat.st_mtime_ns}")
    return "\n".join(parts)
