"""Pictures come out upright, in sRGB, no larger than they were, and tell nothing."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pytest
from pictures import (
    ADOBE,
    BLUE,
    GREY,
    P3,
    RED,
    SECRET,
    TELLTALES,
    XMP,
    bomb,
    corners,
    exif,
    gif_with_remarks,
    in_srgb,
    noise,
    phone_photo,
    profile,
    saved,
    told,
)
from PIL import Image, ImageChops, ImageSequence

from casegen.body.prose import parse_body
from casegen.collection.assembly import assemble
from casegen.collection.vocabulary import Vocabulary
from casegen.editions.site.links import Links
from casegen.media import pictures
from casegen.source.files import Attachment

HEIC = Path(__file__).parents[2] / "files" / "phone.heic"  # 48×64, with a place, on its side
KINDS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "TIFF": ".tif"}


class Made:
    """A picture of a project and the files that it becomes."""

    def __init__(self, folder: Path, data: bytes, name: str) -> None:
        (folder / name).write_bytes(data)
        self.file = Attachment(name, len(data), hashlib.sha256(data).hexdigest())
        self.picture = pictures.read_picture(folder, self.file)
        self.flaws = [flaw.rule for flaw in self.picture.flaws]
        self.folder = folder

    def files(self) -> list[tuple[pictures.Variant, bytes]]:
        """From the narrowest."""
        assert not self.flaws
        made = {
            a.path: a.render()
            for a in pictures.list_picture_files(self.folder, self.file, self.picture)
        }
        return [(v, made[v.path]) for v in pictures.list_variants(self.file, self.picture)]

    def largest(self) -> Image.Image:
        return Image.open(io.BytesIO(self.files()[-1][1]))


@pytest.fixture
def made(tmp_path):
    return lambda data, name="photo.jpg": Made(tmp_path, data, name)


def near(image, place, colour, tolerance=12):
    found = image.convert("RGB").getpixel(place)
    return all(abs(a - b) <= tolerance for a, b in zip(found, colour, strict=True))


# EXIF 2.32, 4.6.4 A: which corner of the shown picture the first stored pixel and the last one of
# its row are.
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


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, [480, 960, 1600]), (1600, [480, 960, 1600]), (1200, [480, 960, 1200]),
        (1000, [480, 1000]), (960, [480, 960]), (500, [500]), (480, [480]), (7, [7]),
    ],
)  # fmt: skip
def test_pictures_are_made_smaller_and_never_larger(made, width, widths):
    whole = made(saved(Image.new("RGB", (width, 30), GREY), "JPEG"))
    assert [Image.open(io.BytesIO(data)).width for _, data in whole.files()] == widths
    assert [int(v.path.rpartition("-")[2].partition(".")[0]) for v, _ in whole.files()] == widths


def told_everything() -> dict[str, tuple[bytes, str]]:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE, GREY)]
    moving = {
        "save_all": True,
        "append_images": frames[1:],
        "duration": 100,
        "exif": exif(),
        "icc_profile": profile(P3, 2.2),
    }
    remark = {"comment": SECRET.encode(), "exif": exif(3), "xmp": XMP}
    return {
        "photo": (phone_photo(), "a.jpg"),
        "photo without a profile": (saved(noise((600, 400)), "JPEG", **remark), "a.jpg"),
        "small photo": (phone_photo((40, 30)), "a.jpeg"),
        "diagram": (told(corners((700, 400)), "PNG"), "a.png"),
        "transparent": (told(Image.new("RGBA", (30, 30), (1, 2, 3, 99)), "PNG"), "a.png"),
        "webp": (told(noise((500, 400)), "WEBP"), "a.webp"),
        "tiff": (told(noise((500, 400)), "TIFF"), "a.tiff"),
        "gif": (gif_with_remarks(frames), "a.gif"),
        "still gif": (saved(frames[0], "GIF", comment=SECRET.encode()), "a.gif"),
        "moving webp": (saved(frames[0], "WEBP", **moving), "a.webp"),
        "moving png": (saved(frames[0], "PNG", **moving), "a.png"),
    }


@pytest.mark.parametrize("name", told_everything())
def test_no_file_tells_where_by_whom_or_with_what_it_was_made(made, name):
    data, path = told_everything()[name]
    assert any(mark in data for mark in TELLTALES)  # else nothing would be proved
    for _, content in made(data, path).files():
        assert [mark for mark in TELLTALES if mark in content] == []


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


def frames_of(data):
    image = Image.open(io.BytesIO(data))
    return [
        (frame.convert("RGB").getpixel((5, 5)), frame.info.get("duration"))
        for frame in ImageSequence.Iterator(image)
    ]


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


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (phone_photo()[:-4000], "unreadable-image"),
        (saved(noise((90, 90)), "PNG")[:-200], "unreadable-image"),
        (b"", "unreadable-image"),
        ("文字".encode(), "unreadable-image"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "unreadable-image"),
        (gif_with_remarks([Image.new("RGB", (9, 9), c) for c in (RED, BLUE, GREY)])[:-45],
         "unreadable-image"),
        (bomb(60000, 60000), "large-image"),
        (bomb(13500, 13200), "large-image"),
        (bomb(10000, 8901), "large-image"),
        (b"\0\0\0\x1cftypheic\0\0\0\0mif1heic" + b"\0" * 50, "unreadable-image"),
    ],
)  # fmt: skip
def test_broken_and_huge_files_are_told_apart(made, data, rule):
    assert made(data).flaws == [rule]


def test_a_huge_animation_is_refused_though_its_frames_are_small(made):
    # Ten frames of one colour each, 3000 pixels wide and high: to make them takes seconds.
    data = (Path(__file__).parents[2] / "files" / "ten-large-frames.webp").read_bytes()
    assert len(data) < 1000
    assert made(data, "a.webp").flaws == ["large-image"]


@pytest.mark.parametrize("name", ["phone.heic", "renamed.jpg"])
def test_heic_photos_are_read_whatever_they_are_called(made, name):
    pytest.importorskip("pi_heif")
    assert b"SECRET" not in HEIC.read_bytes()
    assert b"GPSCam" in HEIC.read_bytes()
    whole = made(HEIC.read_bytes(), name)
    assert whole.picture == pictures.Picture(48, 64, ".jpg")
    [(variant, content)] = whole.files()
    assert variant.path.endswith("-48.jpg")
    assert not any(mark in content for mark in TELLTALES)
    # Stored 64 wide with its upper half blue; upright that is the right half.
    shown = Image.open(io.BytesIO(content))
    assert near(shown, (44, 30), (30, 60, 200), 20)
    assert near(shown, (4, 30), (200, 30, 30), 20)


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200.4px" viewBox="0 0 9 9"', (300, 200)),
        ('width="10cm" height="5cm" viewBox="0 0 400 200"', (400, 200)),
        ('viewBox="0,0,400,200"', (400, 200)),
        ("", (0, 0)),
        ('viewBox="a b c d"', (0, 0)),
    ],
)
def test_a_drawing_goes_out_drawn_anew_with_its_own_size(made, head, size):
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {head}><path d="M0 0h9"/></svg>'.encode()
    whole = made(data, "图.svg")
    assert (whole.picture.width, whole.picture.height) == size
    [(variant, content)] = whole.files()
    assert b'<path d="M0 0h9"></path>' in content
    assert variant.path.startswith("assets/tu-")


def test_a_drawing_with_a_script_is_none(made):
    data = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
    assert made(data, "a.svg").flaws == ["unsafe-svg"]


def test_the_same_content_gives_the_same_names_and_bytes_in_any_order(tmp_path):
    data = phone_photo(image=noise((1300, 900)))
    found = []
    for turn in range(2):
        folder = tmp_path / str(turn)
        folder.mkdir()
        whole = Made(folder, data, "a.jpg")
        made = list(pictures.list_picture_files(folder, whole.file, whole.picture))
        os.utime(folder / "a.jpg", (turn, turn))
        order = made if turn else made[::-1]
        found.append({a.path: (a.fingerprint, a.render()) for a in order})
    assert found[0] == found[1]


def test_another_content_of_the_same_name_gets_another_address(made):
    first = made(phone_photo())
    second = made(phone_photo(orientation=3))
    paths = [{v.path for v, _ in whole.files()} for whole in (first, second)]
    assert not paths[0] & paths[1]


def test_a_broken_picture_is_no_target_and_goes_nowhere(made):
    whole = made(phone_photo()[:-4000], "a.jpg")
    links = Links(
        assemble((), (), Vocabulary.of(())), (), {"a.jpg": whole.file}, {"a.jpg": whole.picture}
    )
    body = parse_body("![图](a.jpg)")
    assert links.targets("pages/about.md", body, [("a.jpg", "a.jpg")]) == ()
    assert links.cover("a.jpg") is None
    assert list(links.artifacts(whole.folder)) == []
