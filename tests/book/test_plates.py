"""The pictures of a book."""

from __future__ import annotations

import io

from pictures import phone_photo
from PIL import Image

from casegen.media.pixels import resize_for_print


def test_a_photo_has_no_more_pixels_than_its_place_on_paper_can_show():
    photo = phone_photo((2000, 1500), orientation=6)  # upright it is 1500 wide and 2000 high
    made = resize_for_print(photo, ".jpg", (900, 800), grey=False)
    assert Image.open(io.BytesIO(made)).size == (600, 800)
    made = resize_for_print(photo, ".jpg", (300, 800), grey=True)
    assert Image.open(io.BytesIO(made)).size == (300, 400)
