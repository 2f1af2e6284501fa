"""qr: an address as a QR code, for readers who find the page on paper.

Secret: the density and error correction of the code, and its geometry.
Not here: where it is printed (the theme) and whether one is wanted (project).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

from casegen.problem import CasegenError

QUIET = 4  # modules of white margin that ISO/IEC 18004 requires on every side


@dataclass(frozen=True, slots=True)
class Drawing:
    """A code as one path of an SVG, `size` modules wide and high with the white margin."""

    size: int
    path: str


def draw_code(address: str) -> Drawing:
    """Return the QR code of an address; runs of dark modules are joined.

    Error correction M (15 %) survives a fold or a stain. Micro QR is not used, because cameras of
    phones do not read it. Raises CasegenError "qr" for an address of more than 2,331 bytes.
    """
    try:
        code = segno.make(address, micro=False, error="m", boost_error=False)
    except segno.DataOverflowError:
        raise CasegenError(
            "qr",
            f"网址有 {len(address)} 个字符，做不成二维码",
            "改短 base_url（网址），或写 qr: false",
        ) from None
    steps = []
    for y, row in enumerate(code.matrix):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                steps.append(f"M{x + QUIET} {y + QUIET}h{width}v1h-{width}z")
            x += width
    return Drawing(len(code.matrix) + 2 * QUIET, "".join(steps))
