"""A folder as a target."""

import pytest

from casegen import storage
from casegen.publish.folder import Folder
from casegen.publish.store import LOCK, RefusedError


@pytest.fixture
def store(tmp_path):
    return Folder(tmp_path / "www")


def test_a_file_is_written_read_copied_moved_and_removed(store):
    store.write("a/b.html", b"first")
    assert (store.read("a/b.html"), store.size("a/b.html")) == (b"first", 5)
    assert store.copy("a/b.html", "c/d.html")
    assert store.move("a/b.html", "e.html")
    assert (store.read("a/b.html"), store.read("c/d.html")) == (None, b"first")
    store.write("e.html", b"second")
    assert store.read("e.html") == b"second"
    store.delete("e.html")
    store.delete("e.html")
    assert store.size("e.html") is None


def test_what_is_not_there_is_neither_copied_nor_moved(store):
    assert not store.copy("a.html", "b.html")
    assert not store.move("a.html", "b.html")
    assert store.read("a.html") is None
    assert not store.holds("")


def test_a_folder_goes_only_when_it_is_empty(store):
    store.write("a/b.html", b"x")
    assert store.holds("a")
    store.drop("a")
    assert store.holds("a")
    store.delete("a/b.html")
    store.drop("a")
    assert not store.holds("a")


def test_a_long_file_is_not_read_whole(store):
    store.write("a.json", b"0123456789")
    assert store.read("a.json", 4) == b"01234"


def test_the_lock_is_made_once_and_tells_who_holds_it(store):
    assert store.claim(b"one") is None
    assert store.claim(b"two") == b"one"
    store.unclaim()
    assert store.claim(b"two") is None
    assert store.read(LOCK) == b"two"


def test_a_folder_in_the_place_of_a_file_is_refused(store, tmp_path):
    (tmp_path / "www" / "a.html").mkdir(parents=True)
    with pytest.raises(RefusedError, match="是文件夹"):
        store.size("a.html")
    assert store.read("a.html") is None


def test_a_link_is_kept_as_a_link_and_no_folder_is_entered_through_one(store, tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "x.html").write_bytes(b"theirs")
    (tmp_path / "www" / "link").symlink_to(tmp_path / "away")
    (tmp_path / "www" / "one.html").symlink_to(tmp_path / "away" / "x.html")
    with pytest.raises(RefusedError, match="链接"):
        store.delete("link/x.html")
    assert store.read("one.html") is None
    assert store.copy("one.html", "two.html")
    assert (tmp_path / "www" / "two.html").is_symlink()
    assert (tmp_path / "away" / "x.html").read_bytes() == b"theirs"


def test_a_link_has_the_size_of_the_link_and_replaces_what_stood_there(store, tmp_path):
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / "one.html").symlink_to("elsewhere.html")
    store.write("two.html", b"first")
    assert store.size("one.html") == len("elsewhere.html")
    assert store.copy("one.html", "two.html")
    assert (tmp_path / "www" / "two.html").readlink().name == "elsewhere.html"


def test_a_file_is_no_folder_and_a_folder_behind_a_link_is_refused(store, tmp_path):
    store.write("a.html", b"x")
    assert not store.holds("a.html")
    (tmp_path / "away").mkdir()
    (tmp_path / "www" / "link").symlink_to(tmp_path / "away")
    with pytest.raises(RefusedError, match="链接"):
        store.holds("link")
    store.drop("link")
    assert (tmp_path / "www" / "link").is_symlink()


def test_what_killed_writers_left_goes_at_the_end(store, tmp_path):
    store.write("a.html", b"x")
    (tmp_path / "www" / f"{storage.TEMPORARY}0").write_bytes(b"half")
    store.finish()
    assert [place.name for place in (tmp_path / "www").iterdir()] == ["a.html"]


def test_what_the_system_refuses_is_told_with_its_path(store):
    store.write("a", b"x")
    with pytest.raises(RefusedError, match=r"a/b\.html"):
        store.write("a/b.html", b"x")
