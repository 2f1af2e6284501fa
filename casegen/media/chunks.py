"""chunks: a PNG without the texts and profiles that picture programs write into it.

Secret: which parts of a PNG its pixels do not depend on.
Not here: decoding (pixels), whether a picture is sound (attachment).
"""

from __future__ import annotations

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_PROFILE = 1_000_000  # bytes; Pillow unpacks no more


def remove_remarks(data: bytes) -> bytes:
    """Return a PNG without its texts, and without a colour profile that is too long.

    Picture programs write megabytes of XMP into them, which Pillow refuses to unpack. The
    pixels do not depend on them; other files, and damaged ones, are returned unchanged.
    """
    if not data.startswith(_PNG):
        return data
    parts, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        chunk = data[at:end]
        if kind not in _TEXTS and not (kind == b"iCCP" and _too_long(chunk[8:-4])):
            parts.append(chunk)
        at = end
    return b"".join([*parts, data[at:]])


def _too_long(profile: bytes) -> bool:
    """Return whether a packed profile is larger than any real one."""
    packed = profile.partition(b"\0")[2][1:]
    try:
        return len(zlib.decompressobj().decompress(packed, _PROFILE)) >= _PROFILE
    except zlib.error:
        return False
