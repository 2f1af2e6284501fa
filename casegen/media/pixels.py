"""pixels: a picture decoded, turned upright, converted to sRGB, sized, written without metadata.

Secret: Pillow: how each kind of file becomes plain pixels, and that only pixels are published
(no EXIF, GPS, XMP, comment, text, colour profile).
Not here: which sizes and names there are (pictures), which files are refused (attachment).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageCms

from casegen import storage
from casegen.media.chunks import remove_remarks

# Only these formats are tried, by content: some of Pillow's readers start other programs.
# JPEG includes MPO, a JPEG of several pictures that phones make.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "ICO")
QUALITY = 80
PRINTED = 90  # paper shows what a screen forgives
JPEG_LIMIT = 65500  # pixels; libjpeg's bound on either side
_JPEG = frozenset({"JPEG", "MPO"})
_LOSSY = frozenset({"HEIF", "AVIF"})
_MOVING = frozenset({"GIF", "PNG", "WEBP"})  # an MPO or TIFF of several pictures does not move
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # EXIF 2.32, tag 0x0112 -> what turns such pixels upright
_ORIENTATION = 0x0112
_SCALING = Image.Resampling.BICUBIC  # as sharp as Lanczos on photos, in two thirds of the time
# Paper holds more pixels than a screen, and needs none sharper: as sharp, in half the time.
_SCALING_FOR_PRINT = Image.Resampling.HAMMING
_Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture's size upright, its pixels in all frames, and the best format for it."""

    width: int
    height: int
    pixels: int
    ending: str  # .jpg, .png or .gif
    moving: bool


def is_heif(data: bytes) -> bool:
    """Return whether a file is a HEIC photo, by content: phones' pictures are often renamed."""
    if data[4:8] != b"ftyp":
        return False  # the length of a JPEG's would be all of it, which takes time to copy
    brands = data[8 : int.from_bytes(data[:4])]
    return (
        brands[:4] in {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
        and b"avif" not in brands
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress Pillow's English warnings on metadata, which is removed anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@_quiet()
def read_size(data: bytes) -> _Size:
    """Return width and height in pixels as stored, before turning upright, without decoding.

    Raises PIL.Image.DecompressionBombError for what is far too large, other errors for what is
    no picture.
    """
    return _opened(data).size


@_quiet()
def read_facts(data: bytes, largest: int) -> PictureFacts:
    """Return what a picture is, and the format of its files; the widest has `largest` pixels.

    A JPEG stays a JPEG. A picture of a lossless format becomes a JPEG where it has no
    transparency and is smaller so. Pillow may raise any exception for a broken file.
    """
    image = _opened(data)
    moving = image.format in _MOVING and bool(getattr(image, "is_animated", False))
    if moving:
        kind = ".png" if image.format == "PNG" else ".gif"
        frames = 1 if image.format == "GIF" else int(getattr(image, "n_frames", 1))
        width, height = image.size
        return PictureFacts(width, height, width * height * frames, kind, moving=True)
    if image.format in _JPEG:
        width, height = _upright_size(image)
        return PictureFacts(width, height, width * height, ".jpg", moving=False)
    image.load()  # only now does a PNG know its EXIF, and a TIFF has turned itself
    width, height = _upright_size(image)
    across = min(width, largest)
    shown = _finished(image, (across, max(1, round(height * across / width))))
    lossy = image.format in _LOSSY
    needed = shown.mode == "RGBA" or max(shown.size) > JPEG_LIMIT
    png = needed or (not lossy and _smaller_as_png(shown))
    return PictureFacts(width, height, width * height, ".png" if png else ".jpg", moving=False)


def _smaller_as_png(image: Image.Image) -> bool:
    output = io.BytesIO()
    _few_colours(image).save(output, "PNG")
    return len(output.getvalue()) <= len(_written(image, ".jpg"))


def resize(place: Path, digest: str, ending: str, largest: _Size, wanted: _Size) -> bytes:
    """Return the bytes of one file of a picture, in the format that `ending` names.

    `largest` and `wanted` are width and height in pixels, upright; `wanted` is at most `largest`.
    Files of one picture that are made one after another share one decoding.
    """
    image = _largest(place, digest, largest)
    if wanted != largest:
        image = image.resize(wanted, _SCALING)
    return _written(image, ending)


@_quiet()
def resize_for_print(data: bytes, ending: str, room: _Size, *, grey: bool) -> bytes:
    """Return a picture for paper: upright, within `room`, of a moving one the first frame.

    `room` is the greatest width and height in pixels.

    Its colour profile is kept, for a printer can use it; `grey` takes the colours away. Pillow may
    raise any exception for a broken file.
    """
    image = _opened(data)
    across, down = _upright_size(image)
    scale = min(1, room[0] / across, room[1] / down)
    if scale < 1:
        across, down = max(1, round(across * scale)), max(1, round(down * scale))
    if image.format in _JPEG:
        image.draft(None, _as_stored(image, (across, down)))
    image.load()
    profile = image.info.get("icc_profile")
    kept = not grey and profile and _plain(image).mode in {"RGB", "RGBA"}
    if kept:
        image.info.pop("icc_profile")
    made = _finished(image, (across, down), _SCALING_FOR_PRINT)
    if grey:
        alpha = made.getchannel("A") if made.mode == "RGBA" else None
        made = made.convert("L")
        if alpha:
            made.putalpha(alpha)
    output = io.BytesIO()
    if ending == ".jpg":
        # Not optimized: a thirtieth of the bytes is not worth two thirds of the time.
        made.save(output, "JPEG", quality=PRINTED, icc_profile=profile if kept else None)
    else:
        made.save(output, "PNG", optimize=True, icc_profile=profile if kept else None)
    return output.getvalue()


@_quiet()
def rewrite_moving(data: bytes) -> bytes:
    """Return a moving picture at its own size: GIF or PNG without metadata, WebP as GIF."""
    image = _opened(data)
    if image.format == "GIF":
        return _bare_gif(data)
    output = io.BytesIO()
    kind = "PNG" if image.format == "PNG" else "GIF"
    # An explicit None keeps what the file says about itself out of what is written.
    image.save(output, kind, save_all=True, icc_profile=None, comment=None)
    return output.getvalue()


@lru_cache(maxsize=1)
@_quiet()
def _largest(place: Path, _digest: str, wanted: _Size) -> Image.Image:
    image = _opened(storage.read_file(place))
    if image.format in _JPEG:
        # libjpeg can decode at a half, a quarter or an eighth; no smaller than is needed.
        image.draft(None, _as_stored(image, wanted))
    image.load()
    return _finished(image, wanted)


def _opened(data: bytes) -> Image.Image:
    if is_heif(data):
        import pi_heif  # noqa: PLC0415 - the extra `heic`; absence was reported before

        image: Image.Image = pi_heif.open_heif(io.BytesIO(data)).to_pillow()
        image.format = "HEIF"
        return image
    return Image.open(io.BytesIO(remove_remarks(data)), formats=FORMATS)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - damaged EXIF is thrown away, not reported
        return 1


def _upright_size(image: Image.Image) -> _Size:
    return _as_stored(image, image.size)


def _as_stored(image: Image.Image, upright: _Size) -> _Size:
    """Return an upright size as stored in the file.

    The same function serves the other way round.
    """
    width, height = upright
    return (height, width) if 5 <= _orientation(image) <= 8 else (width, height)


def _plain(image: Image.Image) -> Image.Image:
    """Return the picture in mode L, RGB, RGBA (only with transparency) or CMYK, 8 bits each."""
    if image.mode.startswith("I"):
        wide = image.convert("I")
        image = wide.point(lambda value: value * (255 / 65535)).convert("L")
    elif image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema() == (255, 255):
            image = image.convert("RGB")
    elif image.mode in {"1", "F"}:
        image = image.convert("L")
    elif image.mode not in {"L", "RGB", "CMYK"}:
        image = image.convert("RGB")
    return image


def _finished(
    image: Image.Image, wanted: _Size, scaling: Image.Resampling = _SCALING
) -> Image.Image:
    """Return the picture in its final size, in sRGB, turned upright, with all metadata removed."""
    stored = _as_stored(image, wanted)
    turn = _TURNS.get(_orientation(image))
    profile = image.info.get("icc_profile")
    image = _plain(image)
    if image.size != stored:
        image = image.resize(stored, scaling, reducing_gap=3.0)
    image = _in_srgb(image, profile)
    if turn is not None:
        image = image.transpose(turn)
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = image.mode
    plain = "RGB" if mode == "CMYK" else mode
    if not profile:
        return image.convert(plain)
    alpha = image.getchannel("A") if mode == "RGBA" else None
    try:
        found = ImageCms.profileToProfile(
            image.convert("RGB") if alpha else image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert(plain)  # a damaged profile, or one of another kind of picture
    if found is None:
        return image.convert(plain)
    if alpha:
        found.putalpha(alpha)
    return found.convert(plain)


def _written(image: Image.Image, ending: str) -> bytes:
    output = io.BytesIO()
    if ending == ".jpg":
        image.save(output, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    else:
        _few_colours(image).save(output, "PNG", optimize=True)
    return output.getvalue()


def _few_colours(image: Image.Image) -> Image.Image:
    """Return the picture with a palette if no colour is lost."""
    if image.mode != "RGB" or image.getcolors(256) is None:
        return image
    small = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    exact = ImageChops.difference(small.convert("RGB"), image).getbbox() is None
    return small if exact else image


def _bare_gif(data: bytes) -> bytes:
    """Return the GIF without comments, texts and application data, except the number of repeats.

    The blocks are those of the GIF89a specification; data after the trailer is dropped.
    """
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while at < len(data) and data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            at = _past_blocks(data, at + 11 + _colours(data[at + 9]))
            wanted = True
        else:
            label = data[at + 1]
            at = _past_blocks(data, at + 2)
            plays = data[start + 3 : start + 14] in {b"NETSCAPE2.0", b"ANIMEXTS1.0"}
            wanted = label == 0xF9 or (label == 0xFF and plays)
        if wanted:
            kept.append(data[start:at])
    return b"".join((*kept, b"\x3b"))


def _colours(flags: int) -> int:
    """Return the number of bytes of the colour table that these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
