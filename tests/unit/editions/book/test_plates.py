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


def test_a_plate_is_printed_within_its_room_and_a_drawing_as_it_is(plates, tmp_path):
    printed = print_plate(plates["a.jpg"], tmp_path, (40, 40), grey=True)
    image = Image.open(io.BytesIO(printed))
    assert (image.size, image.mode) == ((40, 20), "L")
    assert (
        Image.open(io.BytesIO(print_plate(plates["b.gif"], tmp_path, (99, 99), grey=False))).format
        == "PNG"
    )
    assert print_plate(plates["c.svg"], tmp_path, (9, 9), grey=True) == SVG
