"""A PNG without the texts and profiles of picture programs."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from casegen.media.chunks import remove_remarks


def png(**info):
    data = io.BytesIO()
    told = PngImagePlugin.PngInfo()
    for name, text in info.items():
        told.add_itxt(name, text)
    Image.new("RGB", (4, 3), "green").save(data, "PNG", pnginfo=told)
    return data.getvalue()


def with_chunk(kind, content):
    """A PNG with one chunk more, before its pixels."""
    data = png()
    chunk = kind + content
    whole = struct.pack(">I", len(content)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    at = data.index(b"IDAT") - 4
    return data[:at] + whole + data[at:]


def profile(size):
    return b"profile\0\0" + zlib.compress(b"\0" * size)


def test_texts_are_left_out_and_the_pixels_stay():
    bare = remove_remarks(png(XML="山里茶园" * 1000))
    assert bare == png()
    assert Image.open(io.BytesIO(bare)).getpixel((0, 0)) == (0, 128, 0)


@pytest.mark.parametrize(("size", "kept"), [(500, True), (2_000_000, False)])
def test_only_a_profile_that_is_too_long_is_left_out(size, kept):
    data = with_chunk(b"iCCP", profile(size))
    assert remove_remarks(data) == (data if kept else png())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        png()[:40],
        png() + b"more",
        with_chunk(b"gAMA", b"1234"),
    ],
)
def test_other_files_and_damaged_ones_are_unchanged(data):
    assert remove_remarks(data) == data


def test_a_profile_that_cannot_be_unpacked_stays():
    data = with_chunk(b"iCCP", b"profile\0\0no zip")
    assert remove_remarks(data) == data
