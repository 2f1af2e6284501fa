"""QR codes read back as the address they were made of."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from casegen.editions import qr
from casegen.problem import CasegenError


def read(drawing: qr.Drawing) -> str:
    """What a camera reads off the drawing, four pixels a module."""
    image = Image.new("L", (drawing.size * 4, drawing.size * 4), 255)
    pen = ImageDraw.Draw(image)
    steps = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawing.path)
    assert "".join(f"M{x} {y}h{w}v1h-{w}z" for x, y, w in steps) == drawing.path
    for x, y, width in steps:
        left, top = int(x) * 4, int(y) * 4
        pen.rectangle((left, top, left + int(width) * 4 - 1, top + 3), fill=0)
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


@pytest.mark.parametrize(
    "address",
    ["https://example.edu.cn/", "https://example.edu.cn/xczx/cases/" + "congjiang-" * 6 + ".html"],
)
def test_a_code_reads_as_its_address(address: str) -> None:
    assert read(qr.draw_code(address)) == address


def test_a_code_has_four_modules_of_white_around_it() -> None:
    drawing = qr.draw_code("https://example.edu.cn/")
    corners = [(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)", drawing.path)]
    assert min(x for x, _ in corners) == min(y for _, y in corners) == qr.QUIET
    assert max(y for _, y in corners) == drawing.size - qr.QUIET - 1


def test_an_address_that_no_code_can_hold_is_said_with_what_to_do():
    with pytest.raises(CasegenError, match=r"网址有 3018 个字符，做不成二维码"):
        qr.draw_code("https://a.example/" + "b" * 3000)
