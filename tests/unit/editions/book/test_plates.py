"""The pictures of a book: their names and their bytes."""

import io

import pytest
from pictures import corners, saved
from PIL import Image

from casegen.editions.book.plates import list_plates, print_plate
from casegen.media.pictures import read_picture
from casegen.source.files import find_attachment

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'
FILES = {
    "a.jpg": saved(corners((80, 40)), "JPEG"),
    "b.gif": saved(corners((20, 10)), "GIF"),
    "c.svg": SVG,
    "d.png": b"no picture",
}


@pytest.fixture
def plates(tmp_path):
    files, pictures = {}, {}
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
        files[name] = find_attachment(tmp_path, name)
        pictures[name] = read_picture(tmp_path, files[name])
    return list_plates(files, pictures)


def test_sound_pictures_have_a_name_by_their_content(plates):
    assert set(plates) == {"a.jpg", "b.gif", "c.svg"}
    assert [plates[name].name.rpartition(".")[2] for name in sorted(plates)] == [
        "jpg",
        "png",
        "svg",
    ]
    assert {plate.name.partition("/")[0] for plate in plates.values()} == {"plates"}
    assert (plates["a.jpg"].width, plates["a.jpg"].height) == (80, 40)


def test_a_plate_is_printed_within_its_room_and_a_drawing_as_it_is_but_for_its_colour(
    plates, tmp_path
):
    printed = print_plate(plates["a.jpg"], tmp_path, (40, 40), grey=True)
    image = Image.open(io.BytesIO(printed))
    assert (image.size, image.mode) == ((40, 20), "L")
    assert (
        Image.open(io.BytesIO(print_plate(plates["b.gif"], tmp_path, (99, 99), grey=False))).format
        == "PNG"
    )
    assert print_plate(plates["c.svg"], tmp_path, (9, 9), grey=False) == SVG
    assert b"grayscale(1)" in print_plate(plates["c.svg"], tmp_path, (9, 9), grey=True)


def test_the_name_of_a_plate_is_that_of_its_bytes_and_a_picture_without_a_file_has_none(tmp_path):
    for name, data in (("a.jpg", FILES["a.jpg"]), ("b.jpg", saved(corners((20, 10)), "JPEG"))):
        (tmp_path / name).write_bytes(data)
    files = {name: find_attachment(tmp_path, name) for name in ("a.jpg", "b.jpg")}
    looked = {name: read_picture(tmp_path, file) for name, file in files.items()}
    again = list_plates({**files, "c.jpg": files["a.jpg"]}, {**looked, "c.jpg": looked["a.jpg"]})
    assert again["a.jpg"].name == again["c.jpg"].name != again["b.jpg"].name
    assert again["a.jpg"].digest[:16] in again["a.jpg"].name
    assert list(list_plates({"a.jpg": files["a.jpg"]}, looked)) == ["a.jpg"]


def test_a_plate_in_colour_stays_in_colour(plates, tmp_path):
    printed = print_plate(plates["a.jpg"], tmp_path, (40, 40), grey=False)
    assert Image.open(io.BytesIO(printed)).mode == "RGB"


def test_a_moving_picture_is_printed_as_a_still_one(tmp_path):
    frames = [corners((20, 10)), corners((20, 10)).rotate(180)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    files = {"a.gif": find_attachment(tmp_path, "a.gif")}
    [plate] = list_plates(files, {"a.gif": read_picture(tmp_path, files["a.gif"])}).values()
    assert plate.name.endswith(".png")
    printed = print_plate(plate, tmp_path, (99, 99), grey=False)
    assert Image.open(io.BytesIO(printed)).format == "PNG"
