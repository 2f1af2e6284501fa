"""Files as a zip whose bytes depend on them alone."""

import io
import zipfile

import pytest

from casegen.editions.book.container import fit_xml, zip_files

FILES = {"mimetype": b"application/epub+zip", "b.xhtml": b"<p>" * 500, "a.css": b"p{}"}


def test_the_files_stand_in_their_order_and_the_first_is_not_compressed():
    archive = zipfile.ZipFile(io.BytesIO(zip_files(FILES)))
    entries = archive.infolist()
    assert [entry.filename for entry in entries] == list(FILES)
    assert [archive.read(name) for name in FILES] == list(FILES.values())
    assert entries[0].compress_type == zipfile.ZIP_STORED
    assert {entry.compress_type for entry in entries[1:]} == {zipfile.ZIP_DEFLATED}


def test_neither_clock_nor_machine_change_the_bytes():
    data = zip_files(FILES)
    assert data == zip_files(dict(FILES))
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {3}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("茶\x00园\x0b", "茶\ufffd园\ufffd"),
        ("茶\t\n😀", "茶\t\n😀"),
        ("\ud800\udfff\ufffe\uffff", "\ufffd\ufffd\ufffd\ufffd"),
    ],
)
def test_characters_that_xml_forbids_are_replaced(text, fit):
    assert fit_xml(text) == fit
