"""pictures: which files a picture becomes in the site, at which widths and under which names.

Secret: the recipe. The content of a picture is examined once, and each of its files made once.
Not here: the pixels (pixels), which is imported only where a picture must be opened; which files
are refused and where that is reported (attachment).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

from casegen import disk_errors, storage
from casegen.chinese import pinyin
from casegen.media import svg
from casegen.media.attachment import IMAGES, PIXELS, Flaw, find_flaws
from casegen.output import Artifact
from casegen.problem import Severity
from casegen.source.files import Attachment

RECIPE = "1"  # another one whenever the same picture shall become other bytes
WIDTHS = (480, 960, 1600)
SHOWN = 960  # where a browser knows no srcset
SHOWN_LEFT_OUT = 4  # kinds of things that an SVG lost, in a message
MOST = 512 * 1024 * 1024  # bytes: 89 million pixels with four channels, uncompressed, have 356 MB
NEAR = 0.9  # a step this close below the largest width saves nothing worth a file

_BROKEN = Flaw("unreadable-image", "图片打不开，文件坏了或不是图片", "重新导出这张图片")
_LARGE = Flaw("large-image", "图片太大，超过 8900 万像素", "缩小到长边 4000 像素以内")
_LONG = Flaw("large-image", "动画太大，各帧合计超过 8900 万像素", "缩小尺寸，或转成视频")
_HEAVY = Flaw("large-image", "图片太大，超过 512 MB", "缩小到长边 4000 像素以内，另存为 JPEG")
_HEIC = Flaw(
    "heic-unsupported",
    "这是苹果手机的 HEIC 照片，没有装读它的组件",
    "装 casegen[heic]（pip install casegen[heic]），或在手机上另存为 JPEG",
)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture: its size upright, 0 if unknown; the ending of its files.

    A `whole` picture (moving, or SVG) is published as one file of its own size. One with flaws is
    not published.
    """

    width: int
    height: int
    ending: str
    whole: bool = False
    flaws: tuple[Flaw, ...] = ()
    left_out: tuple[str, ...] = ()  # of an SVG: what was not taken over

    @property
    def remarks(self) -> tuple[Flaw, ...]:
        """Return the flaws of a picture; of one without flaws a note of what an SVG lost."""
        if self.flaws or not self.left_out:
            return self.flaws
        shown = "、".join(self.left_out[:SHOWN_LEFT_OUT])
        more = f"等 {len(self.left_out)} 种" if len(self.left_out) > SHOWN_LEFT_OUT else ""
        message = f"SVG 重画时略去了 {shown}{more}"
        hint = "看看页面上的图是不是还完整；缺了什么，就导出成 PNG 来用"
        return (Flaw("simplified-svg", message, hint, Severity.NOTE),)


@dataclass(frozen=True, slots=True)
class Variant:
    """One file of a picture: its path in the site and its pixels."""

    path: str
    width: int
    height: int


def is_picture(path: str) -> bool:
    """Return whether a file, by its ending, is published as a picture; a link to it counts too."""
    return _ending(path) in IMAGES


def make_picture_key(file: Attachment) -> str:
    """Return the cache key of `read_picture`: content, ending, recipes, and the HEIC reader."""
    return f"{file.digest} {_ending(file.path)} {RECIPE} {svg.RECIPE} {_reader()}"


def read_picture(root: Path, file: Attachment) -> Picture:
    """Read a picture of the project in `root`; nothing is raised, a fault becomes a flaw."""
    try:
        data = storage.read_file(root / file.path, MOST)
    except disk_errors.TooLongError:
        return _flawed(_HEAVY)
    except OSError:
        return _flawed(_BROKEN)
    ending = _ending(file.path)
    return _read_svg(file.path, data) if ending == ".svg" else _read_photo(data)


def list_variants(file: Attachment, picture: Picture) -> tuple[Variant, ...]:
    """Return the files made of a picture, narrowest first: WIDTHS in pixels up to its own width.

    A width near its own is left out (NEAR), for the two files would hardly differ.
    """
    mark = hashlib.blake2b(f"{file.digest} {RECIPE}".encode(), digest_size=4).hexdigest()
    stem = f"assets/{pinyin.make_stem(PurePosixPath(file.path).stem) or 'picture'}-{mark}"
    if picture.whole:
        return (Variant(stem + picture.ending, picture.width, picture.height),)
    largest = min(picture.width, WIDTHS[-1])
    widths = [width for width in WIDTHS if width <= largest * NEAR] + [largest]
    return tuple(
        Variant(f"{stem}-{width}{picture.ending}", width, _height(picture, width))
        for width in widths
    )


def choose_shown(found: Sequence[Variant]) -> Variant:
    """Return the variant used as the fallback `src`."""
    return next((v for v in reversed(found) if v.width <= SHOWN), found[0])


def write_srcset(found: Sequence[Variant], depth: str) -> str:
    """Return the value of an image's `srcset`; "" for a single file, which needs none.

    `depth` leads from the page to the site's root: "" or some `../`.
    """
    if len(found) < 2:
        return ""
    return ", ".join(f"{depth}{variant.path} {variant.width}w" for variant in found)


def list_picture_files(root: Path, file: Attachment, picture: Picture) -> Iterator[Artifact]:
    """Yield the files of a picture to write, widest first: the others are scaled from that one."""
    place = root / file.path
    found = list_variants(file, picture)
    for variant in reversed(found):
        if picture.ending == ".svg":
            yield Artifact(variant.path, f"{file.digest} {svg.RECIPE}", partial(_redrawn, place))
        else:
            yield Artifact(
                variant.path,
                f"{file.digest} {RECIPE} {_reader()} {variant.width}x{variant.height}",
                partial(_make_variant, place, file.digest, picture, found[-1], variant),
            )


def _make_variant(
    place: Path, digest: str, picture: Picture, largest: Variant, variant: Variant
) -> bytes:
    from casegen.media import pixels  # noqa: PLC0415 - Pillow only where a picture is made

    if picture.whole:
        return pixels.rewrite_moving(storage.read_file(place))
    return pixels.resize(
        place,
        digest,
        picture.ending,
        (largest.width, largest.height),
        (variant.width, variant.height),
    )


def _redrawn(place: Path) -> bytes:
    return svg.redraw(storage.read_file(place)).content


def _read_photo(data: bytes) -> Picture:
    from PIL import Image  # noqa: PLC0415 - takes 50 ms to import, and a warm build needs none

    try:
        return _looked_at(data)
    except Image.DecompressionBombError:
        return _flawed(_LARGE)
    except Exception:  # noqa: BLE001 - decoders raise nearly anything for broken files
        return _flawed(_BROKEN)


def _looked_at(data: bytes) -> Picture:
    from casegen.media import pixels  # noqa: PLC0415 - Pillow only where a picture is new

    heif = pixels.is_heif(data)
    if heif and not _reads_heic():
        return _flawed(_HEIC)
    width, height = pixels.read_size(data)
    if heif and width * height > PIXELS:
        return _flawed(_LARGE)
    # The ending jpg means every kind of photo: names are often wrong, and it does not matter.
    if not heif and (found := find_flaws("photo.jpg", data)):
        return _flawed(*found)
    seen = pixels.read_facts(data, WIDTHS[-1])
    if seen.pixels > PIXELS:
        return _flawed(_LONG)
    if seen.moving:
        pixels.rewrite_moving(data)  # its later frames may be broken
    return Picture(seen.width, seen.height, seen.ending, whole=seen.moving)


def _flawed(*found: Flaw) -> Picture:
    return Picture(0, 0, "", flaws=found)


def _read_svg(path: str, data: bytes) -> Picture:
    """Return a drawing and its size, in pixels or as the proportion of its view."""
    found = find_flaws(path, data)
    if found:
        return _flawed(*found)
    drawing = svg.redraw(data)
    root = ET.fromstring(drawing.content)  # noqa: S314 - made by us just now
    given = [root.get("width", ""), root.get("height", "")]
    if not all(re.fullmatch(r"\s*[0-9.]+(?:px)?\s*", side) for side in given):
        given = re.split(r"[\s,]+", root.get("viewBox", "").strip())[2:4]
    try:
        width, height = (max(0, round(float(side.strip().removesuffix("px")))) for side in given)
    except ValueError:
        width = height = 0
    return Picture(width, height, ".svg", whole=True, left_out=drawing.left_out)


def _height(picture: Picture, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _ending(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def _reads_heic() -> bool:
    return find_spec("pi_heif") is not None


@cache
def _reader() -> str:
    """Return the versions of the libraries: others may decode and encode differently."""
    heif = version("pi-heif") if _reads_heic() else "-"
    return f"pillow {version('pillow')} heif {heif}"
