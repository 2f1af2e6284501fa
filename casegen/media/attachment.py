"""attachment: which files a case may carry, and whether each of them exists and is harmless.

Secret: the allowed kinds, and when a picture is valid.
Not here: opening files (source), what an SVG may hold (svg), making smaller pictures (pictures).
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from posixpath import basename, dirname, relpath, splitext

from casegen.body.link_kinds import mean_outside
from casegen.body.prose import Prose
from casegen.chinese.likeness import find_like
from casegen.collection.case import Case
from casegen.collection.references import Kind, find_meant, make_unsafe, resolve_link
from casegen.media.chunks import remove_remarks
from casegen.media.svg import redraw
from casegen.problem import Location, Problem, Problems, Severity
from casegen.source.document import Document
from casegen.source.schema import locate_field

PIXELS = 89_000_000  # docs/handbook/images.md
PHOTOS = frozenset(
    {".jpg", ".jpeg", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif"}
)
IMAGES = PHOTOS | {".svg", ".heic", ".heif", ".ico"}
AUDIO = frozenset({".mp3", ".m4a", ".wav", ".ogg", ".oga", ".opus", ".aac", ".flac"})
VIDEO = frozenset({".mp4", ".m4v", ".webm", ".mov", ".ogv"})
SUBTITLES = ".vtt"
ALLOWED = (
    IMAGES
    | AUDIO
    | VIDEO
    | {
        *(".pdf", ".ofd", ".csv", ".txt", ".zip", ".rar", ".7z"),
        *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps"),
        SUBTITLES,
    }
)
PAGES = (".md", ".markdown")
_WEB = ("", ".html", ".htm")  # what a link to a case ends in where its page is meant
_LIKE = 0.6  # of two names of files: one of these may be meant
_NO_CASE = "cases 里没有这个文件：检查文件名，或去掉链接，只留文字"
_CLEAN = "用绘图软件另存为“普通 SVG”，或导出成 PNG"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with the content of a file, wherever it is used."""

    rule: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Use:
    """A file that a case or page needs: how it is written, its project path, and where.

    Of one that is only `meant` (full-width brackets keep Markdown from reading it) the page shows
    the signs, so that no page depends on the file. `others` are paths where it may be as well.
    """

    written: str
    path: str
    image: bool
    where: Location
    meant: bool = False
    others: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every path where the file may be, the most likely first."""
        return self.path, *self.others

    def find_in(self, found: Mapping[str, tuple[Flaw, ...]]) -> tuple[Flaw, ...] | None:
        """Return the flaws of the file, at the first path where there is one; None for none."""
        return next((found[path] for path in self.places if path in found), None)


def list_uses(case: Case) -> Iterator[Use]:
    """Yield each reference of a case to a file of the project: cover, images, links, in order."""
    if case.cover:
        where = locate_field(case.path, case.marks, ("cover",))
        yield Use(case.cover, case.cover, image=True, where=where)
    yield from _links(case.path, case.body_line, case.prose)


def list_page_uses(
    page: Document, prose: Prose, cover: tuple[str, tuple[str, ...], Location] | None = None
) -> Iterator[Use]:
    """Yield the same for a hand-written page, or for a file too faulty to be a case."""
    if cover:
        yield use_cover(*cover)
    yield from _links(page.path, page.body_line, prose)


def use_cover(written: str, paths: Sequence[str], where: Location) -> Use:
    """Return the use of a cover that is unusable as written, and may be at any of these paths."""
    return Use(written, paths[0], image=True, where=where, others=tuple(paths[1:]))


def find_player(path: str) -> str:
    """Return how a page plays a file, by its ending: "audio", "video", or "" for not at all."""
    ending = _ending(path)
    return "audio" if ending in AUDIO else "video" if ending in VIDEO else ""


def list_posters(path: str) -> tuple[str, ...]:
    """Return the paths where a video's still picture may be: beside it, with another ending."""
    stem = splitext(path)[0]
    return tuple(stem + ending for ending in (".jpg", ".jpeg", ".png", ".webp"))


def find_subtitles(path: str) -> str:
    """Return the path where a video's captions (WebVTT) may be: beside it, with that ending."""
    return splitext(path)[0] + SUBTITLES


def list_companions(path: str) -> tuple[str, ...]:
    """Return the paths published along with a video if they exist, though no text names them."""
    return (*list_posters(path), find_subtitles(path)) if find_player(path) == "video" else ()


def find_flaws(path: str, data: bytes) -> tuple[Flaw, ...]:
    """Return what is wrong with a file's content; depends on its ending and bytes alone."""
    ending = _ending(path)
    if ending == ".svg":
        return tuple(_of_svg(data))
    return tuple(_of_photo(data)) if ending in PHOTOS else ()


def check_uses(
    used: Iterable[Use],
    found: Mapping[str, tuple[Flaw, ...]],
    known: Collection[str],
    alike: Mapping[str, str],
) -> Problems:
    """Return the problems of all uses; `found` maps each file that exists to its flaws.

    `known` are the paths of cases and pages, which links may lead to as well; `alike` maps files
    that do not exist to those whose names differ in case or Unicode form only.
    """
    return tuple(chain.from_iterable(_check_use(use, found, known, alike) for use in used))


def _check_use(
    use: Use,
    found: Mapping[str, tuple[Flaw, ...]],
    known: Collection[str],
    alike: Mapping[str, str],
) -> Iterator[Problem]:
    if use.others:
        yield _settle(use, found, alike)
    for problem in _check(use, found, known, alike):
        yield problem.at(Severity.WARNING) if use.meant else problem


def _settle(use: Use, found: Mapping[str, object], alike: Mapping[str, str]) -> Problem:
    """Return the problem of an unsafe address that may mean several paths: the hint names one.

    That is where the file exists, or beside the case where it exists nowhere.
    """
    there = next((path for path in use.places if path in found or alike.get(path)), use.path)
    way = relpath(there, dirname(use.where.path))
    reason = resolve_link(use.written, use.where.path).path
    return make_unsafe(use.written, reason, use.where, f"写成 {way}")


def _links(path: str, body_line: int, prose: Prose) -> Iterator[Use]:
    for links, meant in ((prose.references, False), (prose.meant, True)):
        for link in links:
            lead = resolve_link(link.href, path)
            where = Location(path, body_line + link.line - 1, link.column, "body")
            image = link.kind == "image"
            if lead.kind is Kind.FILE:
                yield Use(link.href, lead.path, image, where, meant)
            elif lead.kind is Kind.UNSAFE and (paths := find_meant(link.href, path).paths):
                yield Use(link.href, paths[0], image, where, meant=True, others=paths[1:])


def _check(
    use: Use,
    found: Mapping[str, tuple[Flaw, ...]],
    known: Collection[str],
    alike: Mapping[str, str],
) -> Iterator[Problem]:
    ending = _ending(use.path)
    outside = "" if use.image or use.path in found else mean_outside(use.written)
    if outside:
        message = f"链接“{use.written}”的地址没有写全，或写错了开头"
        yield Problem("unsafe-link", Severity.WARNING, message, use.where, f"写成 {outside}")
        return
    if not use.image and (ending in PAGES or _means_page(use, found, known)):
        if use.path not in known:
            message = f"“{use.written}”不是案例，也不是页面"
            yield Problem("missing-case", Severity.WARNING, message, use.where, _case(use, known))
        return
    if (use.image and ending not in IMAGES | AUDIO | VIDEO) or ending not in ALLOWED:
        kind = f"“{ending}”文件" if ending else "没有扩展名的文件"
        what = f"{kind}不能当图片用" if use.image else f"{kind}不能发布"
        hint = "换成 pdf、docx、xlsx 等，或打成 zip"
        if use.image:
            hint = "图片用 JPEG、PNG 或 SVG，影音用 mp4、mp3"
        message = f"“{use.written}”：{what}"
        yield Problem("refused-attachment", Severity.ERROR, message, use.where, hint)
        return
    flaws = use.find_in(found)
    if flaws is None:
        rule, severity = "missing-file", Severity.WARNING
        if use.image:
            rule, severity = "missing-image", Severity.ERROR
        what = "图片" if use.image and not find_player(use.path) else "文件"
        message = f"{what}“{relpath(use.path, dirname(use.where.path))}”不存在"
        yield Problem(rule, severity, message, use.where, _elsewhere(use, found, alike))
        return
    for flaw in flaws:
        message = f"“{use.written}”：{flaw.message}"
        yield Problem(flaw.rule, flaw.severity, message, use.where, flaw.hint)


def _means_page(use: Use, found: Collection[str], known: Collection[str]) -> bool:
    """Return whether a link without .md nevertheless means a case or page."""
    ending = _ending(use.path)
    if ending not in _WEB:
        return False
    folder = use.written.partition("#")[0].endswith("/")
    if folder or any(_stem(path) == _stem(use.path) for path in known):
        return True  # before what is found: the folder of a case stands there too
    return bool(ending) and use.path not in found


def _case(use: Use, known: Collection[str]) -> str:
    """Return a hint with the case or page that a link means, as the link must be written."""
    here = [path for path in sorted(known) if path != use.where.path]
    same = next((path for path in here if _stem(path) == _stem(use.path)), "")
    if not same:
        named = [path for path in here if basename(_stem(path)) == basename(_stem(use.path))]
        same = named[0] if len(named) == 1 else ""
    if same:
        return f"写成 {relpath(same, dirname(use.where.path))}"
    if _ending(use.path) in PAGES:
        folder = dirname(use.where.path)
        names = {basename(_stem(path)): relpath(path, folder) for path in reversed(here)}
        close = find_like(basename(_stem(use.path)), names, _LIKE)
        return f"是不是“{names[close[0]]}”？" if close else _NO_CASE
    return "链接到案例，写它的文件名，如 b.md；到网站的其他页，写 https:// 开头的全址"


def _stem(path: str) -> str:
    """Return a key that is equal for paths that differ only in case, Unicode form or ending."""
    bare = re.sub(r"(?:/index)?(?:\.(?:md|markdown|html?))?$", "", path, flags=re.IGNORECASE)
    return unicodedata.normalize("NFC", bare).casefold()


def _elsewhere(use: Use, found: Mapping[str, object], alike: Mapping[str, str]) -> str:
    path = use.path
    if same := alike.get(path, ""):
        shown = relpath(same, dirname(use.where.path))
        return f"那里的文件叫 {basename(same)}，只差大小写或字符的编码形式：照抄成 {shown}"
    name = basename(path).lower()
    same = next((other for other in sorted(found) if basename(other).lower() == name), "")
    return f"项目里有 {same}，是不是它？" if same else f"应在 {path}；注意大小写"


def _ending(path: str) -> str:
    return splitext(path)[1].lower()


# --- pictures --------------------------------------------------------------------------------


def _of_photo(data: bytes) -> Iterator[Flaw]:
    from PIL import Image  # noqa: PLC0415 - takes 50 ms to import, and only pictures need it

    hint = "重新导出这张图片"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(remove_remarks(data)))
            width, height = image.size
            if width * height > PIXELS:
                size = f"{width}×{height}，{width * height / 1e8:.2f} 亿像素"
                yield Flaw("large-image", f"图片太大（{size}）", "缩小到长边 4000 像素以内")
                return
            # A JPEG is decoded at an eighth of its size: all bytes are read, quickly.
            image.draft("RGB", (max(1, width // 8), max(1, height // 8)))
            image.load()
    except Image.DecompressionBombError:
        yield Flaw("large-image", "图片太大，超过 8900 万像素", "缩小到长边 4000 像素以内")
    except Exception:  # noqa: BLE001 - Pillow's decoders raise nearly anything for broken files
        yield Flaw("unreadable-image", "图片打不开，文件坏了或不是图片", hint)


def _of_svg(data: bytes) -> Iterator[Flaw]:
    drawing = redraw(data)
    if drawing.broken:
        yield Flaw("unreadable-image", drawing.broken, "重新导出这张图片")
    elif drawing.fault:
        yield Flaw("unsafe-svg", f"SVG 里有{drawing.fault}", _CLEAN)
