"""What is sent to a target: bytes or a local file, and the folders of a path."""

import pytest

from casegen.publish.store import RefusedError, list_parents, open_content, read_length


def test_bytes_and_files_are_read_alike(tmp_path):
    place = tmp_path / "a.html"
    place.write_bytes("茶园".encode())
    for content in ("茶园".encode(), place):
        assert read_length(content) == 6
        with open_content(content) as found:
            assert found.read() == "茶园".encode()


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(RefusedError, match=r"a\.html：读不了本机的这个文件") as caught:
        open_content(tmp_path / "a.html")
    assert caught.value.path == "a.html"


@pytest.mark.parametrize(
    ("path", "folders"), [("a/b/c.html", ("a", "a/b")), ("index.html", ()), ("a/b", ("a",))]
)
def test_the_folders_of_a_path_come_the_outermost_first(path, folders):
    assert list_parents(path) == folders
