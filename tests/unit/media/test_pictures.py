"""Pictures come out upright, in sRGB, no larger than they were, and tell nothing."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from pictures import (
    BLUE,
    GREY,
    HEIC,
    P3,
    RED,
    SECRET,
    TELLTALES,
    XMP,
    Made,
    bomb,
    corners,
    exif,
    gif_with_remarks,
    near,
    noise,
    phone_photo,
    profile,
    saved,
    told,
)
from PIL import Image

from casegen.body.prose import parse_body
from casegen.collection.assembly import assemble
from casegen.collection.vocabulary import Vocabulary
from casegen.editions.site.links import Links
from casegen.media import pictures


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
