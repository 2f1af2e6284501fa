"""references: where a link in a file of the project leads: outside, within the page, to which file.

Secret: the ways in which an address can lead out of the project folder, and how they are closed.
Not here: whether the file exists (attachment), and what address it gets on the site (editions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from posixpath import basename, dirname, join, normpath, relpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casegen.body.link_kinds import clean_href, find_kind
from casegen.filenames import is_too_long, why_refused
from casegen.problem import Location, Problem, Severity
from casegen.source.schema import Faults, Path, name_closest

if TYPE_CHECKING:  # loading the Markdown parser takes longer than `new` does
    from casegen.body.prose import Prose

SHOWN = 60  # characters of a path in a message
_RELATIVE = "只用项目里的相对路径，各级用 / 隔开，如 images/a.jpg"
_SHORTER = "改短一些；这么长的旧网址，主机上也不会有，删去这一个也可以"


class Kind(StrEnum):
    """Where a link leads."""

    OUTSIDE = "outside"  # another host, mail, telephone
    PAGE = "page"  # an anchor of the same page
    FILE = "file"  # a file of the project
    FORBIDDEN = "forbidden"  # an address that no page may link to, such as javascript:
    UNSAFE = "unsafe"  # a path that leads out of the project, or that is not certain


@dataclass(frozen=True, slots=True)
class Lead:
    """A resolved link: `path` is project-relative with forward slashes, `anchor` without `#`.

    For an unsafe link `path` holds the reason, in Chinese.
    """

    kind: Kind
    path: str = ""
    anchor: str = ""


_DRIVE = re.compile(r"[A-Za-z]:")
_ROOTED = re.compile(r"/((?:cases|pages)/[^?#\\]{1,200})(\.[a-z]{2,4})(?:\?[^#]*)?(#.*)?")
# A file of the site's root, or one beside the case: only the folder says which of the two.
_MEDIA = re.compile(
    r"/([^/?#\\][^?#\\]{0,200}\.(?!html?|md)[a-z][a-z0-9]{1,4})(?:[?#].*)?", re.IGNORECASE
)
_BARE = re.compile(r"/+(?:index\.html?)?|/+[^/?#\\.]{1,200}/?(?:#.*)?")
_OWN = "链接到案例，写它的文件名，如 b.md；到网站的其他页，写 https:// 开头的全址"


def resolve_link(href: str, origin: str) -> Lead:
    """Resolve a link that is written in the file `origin` (project-relative).

    `find_kind` decides what sort of address it is; only local ones are followed here.
    """
    if _DRIVE.match(clean_href(href)):
        return Lead(Kind.UNSAFE, "是带盘符的绝对路径")
    sort = find_kind(href)
    if sort == "local":
        return _follow(href.strip(), origin)
    if sort == "anchor":
        return Lead(Kind.PAGE, anchor=unquote(clean_href(href)[1:]))
    return Lead(Kind.OUTSIDE if sort == "external" else Kind.FORBIDDEN)


def _follow(href: str, origin: str) -> Lead:
    address, _, anchor = href.partition("#")
    anchor = unquote(anchor)
    address = unquote(address.partition("?")[0])
    if not address:
        return Lead(Kind.PAGE, anchor=anchor)
    path = normpath(join(dirname(origin), address))
    reason = _unsafe(address)
    if not reason and (path == ".." or path.startswith("../")):
        reason = "通到了项目文件夹外面"
    if not reason and any(part.startswith(".") for part in path.split("/")):
        reason = "通到了隐藏的文件夹或文件"
    return Lead(Kind.UNSAFE, reason) if reason else Lead(Kind.FILE, path, anchor)


def read_output_path(written: str) -> str | None:
    """Return a path of the site as written in `aliases`, normalized; None where it is unsafe.

    A path that ends in `/` means the index.html in it. Names that Windows cannot write (reserved
    characters and devices, a dot or space at the end) are unsafe too, because hosts run Windows.
    """
    text = _plain(written)
    return None if _why_unfit(text) else text


def _plain(written: str) -> str:
    text = unquote(written.strip()).removeprefix("/")
    return f"{text}index.html" if text.endswith("/") or not text else text


def _why_unfit(path: str) -> str:
    """Return why a path cannot be an address of the site, in Chinese; "" where it can."""
    if any(part.startswith(".") for part in path.split("/")):
        return "不是网站里的相对路径"
    return _unsafe(path) or why_refused(path)


@dataclass(frozen=True, slots=True)
class Body:
    """What a body says; `line` is its first line in the file `path`, from 1."""

    path: str
    line: int
    prose: Prose

    def references(self, faults: Faults) -> tuple[tuple[str, str], ...]:
        """Return each address that means a file of the project, as written, with that file; once.

        Unsafe addresses, links to missing headings, and faults of the mark-up are reported.
        """
        anchors = sorted({heading.anchor for heading in self.prose.headings})
        found: dict[str, str] = {}
        told = set()
        for link in (*self.prose.references, *self.prose.meant):
            lead = resolve_link(link.href, self.path)
            where = self._place(link.line, link.column)
            if lead.kind is Kind.UNSAFE:
                meant = find_meant(link.href, self.path)
                _report_unsafe(link.href, lead.path, where, faults, meant)
                told.add(where)
            elif lead.kind is Kind.FILE:
                if link not in self.prose.meant:
                    found[link.href] = lead.path
            elif lead.kind is Kind.PAGE and lead.anchor and lead.anchor not in anchors:
                message = f"正文里没有“{lead.anchor}”这个标题，链接点了没有反应"
                hint = f"在要去的那一段上面加一行 ## {lead.anchor}；或删去链接，只留文字"
                hint = name_closest(lead.anchor, anchors) if anchors else hint
                problem = Problem("missing-anchor", Severity.WARNING, message, where, hint)
                faults.found.append(problem)
        for fault in self.prose.faults:
            where = self._place(fault.line, fault.column)
            if fault.slug == "unsafe-link" and where in told:
                continue  # each address is reported once
            problem = Problem(fault.slug, Severity.WARNING, fault.message, where, fault.hint)
            faults.found.append(problem)
        return tuple(found.items())

    def _place(self, line: int, column: int) -> Location:
        return Location(self.path, self.line + line - 1, column, "body")


def read_cover(written: str, faults: Faults) -> str:
    """Return the project path of a cover as written.

    "" for one that is unusable, which is reported.
    """
    if not written:
        return ""
    lead = resolve_link(written, faults.path)
    if lead.kind is Kind.FILE:
        return lead.path
    if lead.kind is Kind.UNSAFE:
        meant = find_meant(written, faults.path)
        # A cover is no link to a page.
        meant = replace(meant, hint=_RELATIVE) if meant.hint == _OWN else meant
        _report_unsafe(written, lead.path, faults.where(("cover",)), faults, meant)
    else:
        message = f"封面：“{written}”不是项目里的图片，没有采用"
        hint = "把图片放在案例旁边，写它的路径，如 images/a.jpg"
        faults.add("ignored-field", Severity.WARNING, message, ("cover",), hint=hint)
    return ""


def read_aliases(written: Sequence[str], faults: Faults) -> Iterator[str]:
    """Yield the output paths of old addresses; unsafe ones are reported and left out."""
    for number, text in enumerate(written):
        path = read_output_path(text)
        if path is None:
            at: Path = ("aliases", number)
            shown = text if len(text) < SHOWN else f"{text[:SHOWN]}……"
            hint = _SHORTER if is_too_long(_plain(text)) else _old(text)
            _report(shown, _why_unfit(_plain(text)), faults.where(at), faults, hint)
        else:
            yield path


def _old(written: str) -> str:
    """Return a hint for an old address: its path, where it is written with scheme and host."""
    found = re.match(r"(?:https?:)?//[^/]+/([^?#]+)", written.strip())
    fit = found and read_output_path(found[1])
    return f"写成 {fit}" if fit else "写旧网页在网站里的路径，各级用 / 隔开，如 old/page.html"


def _report_unsafe(
    written: str, reason: str, where: Location, faults: Faults, meant: Meant
) -> None:
    """Report an unsafe address, unless the files of the project decide how it is to be written."""
    if len(meant.paths) < 2:
        _report(written, reason, where, faults, meant.hint)


def _report(
    written: str, reason: str, where: Location, faults: Faults, hint: str = _RELATIVE
) -> None:
    faults.found.append(make_unsafe(written, reason, where, hint))


def make_unsafe(written: str, reason: str, where: Location, hint: str) -> Problem:
    """Return the problem of an address that cannot be followed; `reason` is Chinese."""
    message = f"路径“{written}”不安全：{reason}"
    return Problem("unsafe-path", Severity.ERROR, message, where, hint)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an unsafe address means: how to write it (Chinese), the project paths it may lead to.

    A file is looked for at each of the paths, so that one that does not exist is reported in the
    same run. There are none where no file is meant, or where the hint says to bring it here. Where
    there are several, what exists decides (media.attachment), and the hint is that of the first.
    """

    hint: str
    paths: tuple[str, ...] = ()


def find_meant(href: str, origin: str) -> Meant:
    """Return what an unsafe address in the file `origin` means.

    It may begin at the root or with a drive, or have backslashes.
    """
    address = unquote(href.strip())
    plain = address.replace("\\", "/")
    if _DRIVE.match(address):
        name = basename(plain)
        return Meant(f"把文件存到案例旁边，写成 {name}" if name else _RELATIVE)
    if plain != address:
        paths = _list_safe((plain,), origin)
        return Meant(f"写成 {plain}" if paths else _RELATIVE, paths)
    if rooted := _ROOTED.fullmatch(address):
        page = rooted[2] in {".html", ".htm", ".md"}
        way = relpath(rooted[1] + (".md" if page else rooted[2]), dirname(origin))
        paths = () if page else _list_safe((way,), origin)
        return Meant(f"写成 {way}{rooted[3] or ''}", paths)
    if media := _MEDIA.fullmatch(address):
        # Beside the case, or in the folder of the project.
        beside, above = media[1], relpath(media[1], dirname(origin))
        paths = _list_safe((beside, above), origin)
        if len(paths) == 2 and beside != above:
            return Meant(f"写成 {beside}", paths)
        return Meant(_OWN if _BARE.fullmatch(address) else _RELATIVE, paths)
    return Meant(_OWN if _BARE.fullmatch(address) else _RELATIVE)


def _list_safe(ways: Sequence[str], origin: str) -> tuple[str, ...]:
    """Return the project paths of those addresses that are safe."""
    leads = (resolve_link(way, origin) for way in ways)
    return tuple(lead.path for lead in leads if lead.kind is Kind.FILE)


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
