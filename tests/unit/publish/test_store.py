"""What is sent to a target: bytes or a local file, and the folders of a path."""

import pytest

from casegen.publish.folder import Folder
from casegen.publish.store import (
    RefusedError,
    clean_answer,
    list_parents,
    open_content,
    read_length,
    send_back,
)


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


def test_a_host_that_cannot_copy_gets_the_file_back(tmp_path):
    store = Folder(tmp_path)
    store.write("a.html", "茶园".encode())
    assert send_back(store, "a.html", "old/a.html")
    assert store.read("old/a.html") == "茶园".encode()
    assert not send_back(store, "b.html", "old/b.html")
    assert store.read("old/b.html") is None


def test_a_file_without_end_is_not_sent_back(tmp_path, monkeypatch):
    monkeypatch.setattr("casegen.publish.store.LARGEST", 5)
    store = Folder(tmp_path)
    store.write("a.html", b"12345")
    store.write("b.html", b"123456")
    assert send_back(store, "a.html", "c.html")
    with pytest.raises(RefusedError, match="没有尽头") as caught:
        send_back(store, "b.html", "c.html")
    assert caught.value.path == "b.html"
    assert store.read("c.html") == b"12345"


def test_words_of_a_host_are_short_and_move_no_cursor():
    assert clean_answer("磁盘\x1b[2J满了\n") == "磁盘 [2J满了 "
    assert len(clean_answer("满" * 500)) == 200
