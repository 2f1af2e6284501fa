"""Pictures for tests, made here: sizes, orientations, colour profiles, everything phones add."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, PngImagePlugin

from casegen.media import pictures as media
from casegen.source.files import Attachment

HEIC = Path(__file__).parent / "files" / "phone.heic"  # 48×64, with a place, on its side
KINDS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif"}

SECRET = "拍摄者：某处SECRET"  # noqa: S105 stands wherever a file can say something about itself
TELLTALES = (b"SECRET", b"Exif", b"GPS", b"http://ns.adobe", b"ICC_PROFILE", b"iCCP", b"eXIf")
XMP = b"<x:xmpmeta xmlns='http://ns.adobe.com/SECRET'/>"
RED, BLUE, GREY = (220, 30, 30), (30, 30, 220), (128, 128, 128)


def corners(size: tuple[int, int]) -> Image.Image:
    """Grey, with a red quarter where the first pixel is and a blue one where its row ends."""
    image = Image.new("RGB", size, GREY)
    across, down = size[0] // 4, size[1] // 4
    image.paste(RED, (0, 0, across, down))
    image.paste(BLUE, (size[0] - across, 0, size[0], down))
    return image


def noise(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """What compresses like a photo; another seed gives another picture."""
    base = Image.linear_gradient("L").resize(size)
    other = Image.effect_mandelbrot(size, (-2.0, -1.5, 1.0 + seed / 1000, 1.5), 40)
    return Image.merge("RGB", (base, other, base.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


def exif(orientation: int = 1) -> bytes:
    """What a phone writes: orientation, maker, and the place."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "SECRET phone"
    found.get_ifd(0x8825).update({1: "N", 2: (35.0, 2.0, 1.0), 29: "SECRET GPS"})
    return found.tobytes()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def phone_photo(
    size: tuple[int, int] = (2000, 1500), orientation: int = 6, image: Image.Image | None = None
) -> bytes:
    """A JPEG with all that may be told about a photo."""
    return saved(
        image or corners(size),
        "JPEG",
        quality=90,
        exif=exif(orientation),
        xmp=XMP,
        comment=SECRET.encode(),
        icc_profile=profile(ADOBE, 2.19921875),
    )


def told(image: Image.Image, kind: str, orientation: int = 1) -> bytes:
    """A picture of another kind with all that it may tell about itself."""
    options: dict[str, object] = {"exif": exif(orientation)}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", "SECRET")
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = texts
    if kind == "WEBP":
        options |= {"xmp": XMP, "lossless": True}
    return saved(image, kind, **options)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def gif_with_remarks(frames: Sequence[Image.Image]) -> bytes:
    """A moving GIF with a comment, a plain text and Adobe's block."""
    plain = saved(
        frames[0],
        "GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[200, 300, 400],
        loop=3,
        comment=SECRET.encode(),
        optimize=False,
    )
    head = 13 + (3 << ((plain[10] & 7) + 1))
    remarks = b"\x21\xff\x0bXMP DataXMP" + b"\x2f" + XMP.ljust(0x2F)[:0x2F] + b"\0"
    remarks += b"\x21\xfe\x06SECRET\0"
    return plain[:head] + remarks + plain[head:] + b"SECRET after the end"


# Columns are the XYZ of the primaries as seen under D50, what an ICC matrix profile holds.
ADOBE = ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457))
P3 = ((0.51510, 0.29196, 0.15715), (0.24118, 0.69224, 0.06658), (-0.00105, 0.04188, 0.78438))
SRGB = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
Matrix = tuple[tuple[float, float, float], ...]


def profile(primaries: Matrix, gamma: float) -> bytes:
    """An ICC colour profile of version 2 for these primaries and this gamma."""

    def xyz(values: Sequence[float]) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in values))

    name = b"SECRET profile\0"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + b"\0" * 78,
        b"cprt": b"text\0\0\0\0SECRET\0",
        b"wtpt": xyz((0.9642, 1.0, 0.8249)),
        **{
            bytes([letter]) + b"XYZ": xyz([row[n] for row in primaries])
            for n, letter in enumerate(b"rgb")
        },
        **{
            bytes([letter]) + b"TRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))
            for letter in b"rgb"
        },
    }
    table, data = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for tag, content in tags.items():
        content += b"\0" * (-len(content) % 4)  # noqa: PLW2901
        table += tag + struct.pack(">II", start + len(data), len(content))
        data += content
    head = struct.pack(
        ">I4sI4s4s4s", start + len(data), b"\0" * 4, 0x02100000, b"mntr", b"RGB ", b"XYZ "
    )
    head += struct.pack(">6H", 2020, 1, 1, 0, 0, 0) + b"acsp" + b"\0" * 28
    head += struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + table + data


def in_srgb(colour: Sequence[int], primaries: Matrix, gamma: float) -> tuple[float, ...]:
    """The sRGB values of a colour, by the definitions (IEC 61966-2-1), without any library."""
    linear = [(value / 255) ** gamma for value in colour]
    xyz = [sum(a * b for a, b in zip(row, linear, strict=True)) for row in primaries]
    (a, b, c), (d, e, f), (g, h, i) = SRGB
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    inverse = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    found = []
    for row in inverse:
        value = sum(p * q for p, q in zip(row, xyz, strict=True)) / whole
        value = min(1.0, max(0.0, value))
        low = value <= 0.0031308
        found.append(255 * (12.92 * value if low else 1.055 * value ** (1 / 2.4) - 0.055))
    return tuple(found)


def near(image, place, colour, tolerance=12):
    found = image.convert("RGB").getpixel(place)
    return all(abs(a - b) <= tolerance for a, b in zip(found, colour, strict=True))


class Made:
    """A picture of a project and the files that it becomes."""

    def __init__(self, folder: Path, data: bytes, name: str) -> None:
        (folder / name).write_bytes(data)
        self.file = Attachment(name, len(data), hashlib.sha256(data).hexdigest())
        self.picture = media.read_picture(folder, self.file)
        self.flaws = [flaw.rule for flaw in self.picture.flaws]
        self.folder = folder

    def files(self) -> list[tuple[media.Variant, bytes]]:
        """From the narrowest."""
        assert not self.flaws
        made = {
            a.path: a.render()
            for a in media.list_picture_files(self.folder, self.file, self.picture)
        }
        return [(v, made[v.path]) for v in media.list_variants(self.file, self.picture)]

    def largest(self) -> Image.Image:
        return Image.open(io.BytesIO(self.files()[-1][1]))
