"""Pictures decoded, turned upright, in sRGB, sized, without what they tell."""

from __future__ import annotations

import io

import pytest
from pictures import (
    ADOBE,
    BLUE,
    GREY,
    KINDS,
    P3,
    RED,
    corners,
    exif,
    gif_with_remarks,
    in_srgb,
    near,
    noise,
    phone_photo,
    profile,
    saved,
    told,
)
from PIL import Image, ImageChops, ImageSequence

from casegen.media.pixels import resize_for_print

SEEN = {
    1: ("top left", "top right"),
    2: ("top right", "top left"),
    3: ("bottom right", "bottom left"),
    4: ("bottom left", "bottom right"),
    5: ("top left", "bottom left"),
    6: ("top right", "bottom right"),
    7: ("bottom right", "top right"),
    8: ("bottom left", "top left"),
}


def frames_of(data):
    image = Image.open(io.BytesIO(data))
    return [
        (frame.convert("RGB").getpixel((5, 5)), frame.info.get("duration"))
        for frame in ImageSequence.Iterator(image)
    ]


# EXIF 2.32, 4.6.4 A: which corner of the shown picture the first stored pixel and the last one of
# its row are.


@pytest.mark.parametrize(
    ("kind", "size"),
    [("JPEG", (80, 40)), ("JPEG", (3600, 1800)), ("PNG", (80, 40)), ("PNG", (1800, 900)),
     ("WEBP", (80, 40)), ("TIFF", (80, 40))],
)  # fmt: skip
@pytest.mark.parametrize("orientation", SEEN)
def test_every_orientation_is_turned_upright_at_every_size(made, kind, orientation, size):
    image = corners(size)
    if kind == "JPEG":
        data = saved(image, "JPEG", quality=90, exif=exif(orientation))
    else:
        data = told(image, kind, orientation)
    whole = made(data, f"a{KINDS[kind]}")
    upright = size if orientation < 5 else size[::-1]
    assert (whole.picture.width, whole.picture.height) == upright
    for variant, content in whole.files():
        shown = Image.open(io.BytesIO(content))
        assert shown.size == (variant.width, variant.height)
        places = {
            f"{side} {edge}": (x, y)
            for side, y in (("top", 4), ("bottom", shown.height - 5))
            for edge, x in (("left", 4), ("right", shown.width - 5))
        }
        first, last = SEEN[orientation]
        assert near(shown, places.pop(first), RED)
        assert near(shown, places.pop(last), BLUE)
        assert all(near(shown, place, GREY) for place in places.values())


@pytest.mark.parametrize("colour", [(100, 150, 200), (200, 120, 60), (128, 128, 128), (60, 90, 40)])
@pytest.mark.parametrize("space", [(ADOBE, 2.19921875), (P3, 2.2)])
def test_colours_of_other_spaces_look_the_same_in_srgb(made, colour, space):
    image = Image.new("RGB", (64, 64), colour)
    data = saved(image, "JPEG", quality=98, icc_profile=profile(*space))
    expected = in_srgb(colour, *space)
    shown = made(data).largest()
    assert near(shown, (30, 30), expected, tolerance=4)
    see_through = image.convert("RGBA")
    see_through.putpixel((0, 0), (0, 0, 0, 0))
    shown = made(saved(see_through, "PNG", icc_profile=profile(*space)), "a.png").largest()
    assert near(shown, (30, 30), expected, tolerance=3)
    assert shown.getpixel((0, 0))[3] == 0


def test_a_profile_that_is_broken_or_of_another_kind_is_passed_over(made):
    image = Image.new("RGB", (64, 64), (100, 150, 200))
    for wrong in (b"no profile", profile(ADOBE, 2.2)[:200]):
        assert near(
            made(saved(image, "JPEG", icc_profile=wrong)).largest(), (9, 9), (100, 150, 200)
        )
    grey = saved(image.convert("L"), "JPEG", icc_profile=profile(ADOBE, 2.2))
    assert near(made(grey).largest(), (9, 9), (143, 143, 143))


def test_printing_colours_become_screen_colours(made):
    image = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    shown = made(saved(image, "JPEG", quality=95)).largest()
    assert shown.mode == "RGB"
    assert near(shown, (30, 30), (255, 0, 0))


def test_sixteen_bits_become_eight(made):
    image = Image.new("I;16", (64, 64), 0x8000)
    image.paste(0xFFFF, (32, 0, 64, 64))
    shown = made(saved(image, "PNG"), "a.png").largest()
    assert near(shown, (10, 10), GREY, tolerance=2)
    assert near(shown, (50, 10), (255, 255, 255), tolerance=2)


def test_what_shows_through_still_does(made):
    image = Image.new("P", (64, 64), 0)
    image.putpalette([*RED, *BLUE])
    image.paste(1, (32, 0, 64, 64))
    whole = made(saved(image, "PNG", transparency=0), "a.png")
    shown = whole.largest().convert("RGBA")
    assert whole.picture.ending == ".png"
    assert shown.getpixel((10, 10))[3] == 0
    assert shown.getpixel((50, 10)) == (*BLUE, 255)


def test_diagrams_stay_exact_and_photos_become_jpeg_whatever_they_were(made):
    diagram = corners((700, 400))
    whole = made(saved(diagram, "PNG"), "a.png")
    assert whole.picture.ending == ".png"
    assert ImageChops.difference(whole.largest().convert("RGB"), diagram).getbbox() is None
    photo = noise((700, 400))
    for kind, name in (("PNG", "a.png"), ("WEBP", "a.webp"), ("TIFF", "a.tif"), ("BMP", "a.bmp")):
        assert made(saved(photo, kind), name).picture.ending == ".jpg"
    assert made(saved(photo, "AVIF"), "a.avif").picture.ending == ".jpg"


@pytest.mark.parametrize(("kind", "ending"), [("GIF", ".gif"), ("WEBP", ".gif"), ("PNG", ".png")])
def test_moving_pictures_keep_moving(made, kind, ending):
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE, GREY)]
    if kind == "GIF":
        data = gif_with_remarks(frames)
    else:
        options = {"lossless": True} if kind == "WEBP" else {}
        data = saved(
            frames[0],
            kind,
            save_all=True,
            append_images=frames[1:],
            duration=[200, 300, 400],
            loop=3,
            **options,
        )
    whole = made(data, f"a{ending}")
    [(variant, content)] = whole.files()
    assert variant.path.endswith(ending)
    assert frames_of(content) == [(RED, 200), (BLUE, 300), (GREY, 400)]
    assert Image.open(io.BytesIO(content)).info["loop"] == 3


def test_a_photo_that_holds_a_second_one_does_not_move(made):
    data = saved(noise((600, 400)), "MPO", save_all=True, append_images=[noise((60, 40))])
    assert [v.width for v, _ in made(data).files()] == [480, 600]


def test_a_photo_has_no_more_pixels_than_its_place_on_paper_can_show():
    photo = phone_photo((2000, 1500), orientation=6)  # upright it is 1500 wide and 2000 high
    made = resize_for_print(photo, ".jpg", (900, 800), grey=False)
    assert Image.open(io.BytesIO(made)).size == (600, 800)
    made = resize_for_print(photo, ".jpg", (300, 800), grey=True)
    assert Image.open(io.BytesIO(made)).size == (300, 400)
