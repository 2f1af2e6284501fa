from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from casegen import disk_errors, storage


@pytest.fixture
def victim(tmp_path):
    file = tmp_path / "victim"
    file.write_text("珍贵", "utf-8")
    yield file
    assert file.read_text("utf-8") == "珍贵"


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "root"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_file_is_written_with_its_folders_and_nothing_else(root):
    storage.write_file(root / "a/b/c.html", b"x", root)
    assert names(root) == ["a", "a/b", "a/b/c.html"]
    assert (root / "a/b/c.html").read_bytes() == b"x"


def test_a_file_is_copied_from_another(root, victim):
    storage.write_file(root / "copy", victim, root)
    assert (root / "copy").read_bytes() == victim.read_bytes()


def test_a_link_at_the_place_gives_way_and_its_target_is_left_alone(root, victim):
    (root / "a.html").symlink_to(victim)
    storage.write_file(root / "a.html", b"x", root)
    assert (root / "a.html").read_bytes() == b"x"
    assert not (root / "a.html").is_symlink()


def test_nothing_is_written_through_a_folder_that_is_a_link(root, tmp_path):
    (tmp_path / "elsewhere/deep").mkdir(parents=True)
    (root / "a").symlink_to(tmp_path / "elsewhere")
    for place in (root / "a/x", root / "a/deep/x", root / "a/new/x"):
        with pytest.raises(disk_errors.UnfitError, match="链接"):
            storage.write_file(place, b"x", root)
        with pytest.raises(disk_errors.UnfitError, match="链接"):
            storage.create_file(place, b"x", root)
    assert names(tmp_path / "elsewhere") == ["deep"]


def test_nothing_is_written_outside_the_root(root, tmp_path):
    for place in (tmp_path / "x", root / "../x", root / "a/../../x"):
        with pytest.raises(disk_errors.UnfitError, match="外面"):
            storage.write_file(place, b"x", root)
    assert names(tmp_path) == ["root"]


def test_the_temporary_name_cannot_be_foreseen(root, monkeypatch):
    made = []
    plain = os.open

    def spy(path, flags, *rest, **more):
        if flags & os.O_CREAT:
            made.append((Path(path).name, bool(flags & os.O_EXCL)))
        return plain(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", spy)
    storage.write_file(root / "a", b"x", root)
    storage.write_file(root / "b", b"x", root)
    assert all(exclusive and len(name) >= 36 for name, exclusive in made)
    assert made[0] != made[1]


def test_what_stands_there_keeps_its_permissions_but_not_its_privileges(root):
    place = root / "a"
    place.write_bytes(b"old")
    place.chmod(0o4640)
    storage.write_file(place, b"new", root)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640
    place.chmod(0o040)  # its owner may not read it
    storage.write_file(place, b"newer", root)
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket"])
def test_what_is_no_file_is_never_replaced(root, kind, monkeypatch):
    monkeypatch.chdir(root)
    make(kind, Path("x"))
    with pytest.raises(disk_errors.UnfitError, match="占了"):
        storage.write_file(root / "x", b"x", root)
    with pytest.raises(disk_errors.UnfitError, match="占了"):
        storage.move_file(storage_file(root, "y"), root / "x", root)
    assert names(root) == ["x", "y"]


def storage_file(root: Path, name: str) -> Path:
    (root / name).write_bytes(b"y")
    return root / name


def make(kind: str, place: Path) -> None:
    if kind == "folder":
        place.mkdir()
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(place))
    elif kind == "device":
        place.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    ("kind", "said"),
    [("folder", "文件夹"), ("pipe", "管道"), ("socket", "套接字"), ("device", "设备")],
)
def test_nothing_but_a_regular_file_is_opened(root, kind, said, monkeypatch):
    monkeypatch.chdir(root)
    make(kind, Path("x"))
    with pytest.raises(disk_errors.UnfitError, match=said):
        storage.read_file(root / "x")
    with pytest.raises(disk_errors.UnfitError, match=said):
        storage.write_file(root / "y", root / "x", root)
    assert names(root) == ["x"]


def test_a_file_that_became_a_pipe_since_it_was_looked_at_is_not_waited_for(root, monkeypatch):
    place = storage_file(root, "x")
    looked = place.stat()
    place.unlink()
    os.mkfifo(place)
    monkeypatch.setattr(Path, "stat", lambda _self: looked)
    with pytest.raises(disk_errors.UnfitError, match="管道"):
        storage.open_regular(place)


def test_a_file_longer_than_asked_for_is_not_read(root):
    place = storage_file(root, "x")
    place.write_bytes(b"12345")
    assert storage.read_file(place, 5) == b"12345"
    with pytest.raises(disk_errors.TooLongError) as caught:
        storage.read_file(place, 4)
    assert caught.value.size == 5


def test_a_removed_link_leaves_its_target(root, victim, tmp_path):
    (root / "link").symlink_to(victim)
    (root / "folder").symlink_to(tmp_path)
    assert storage.remove_file(root / "link", root)
    assert not storage.remove_file(root / "folder/victim", root)
    assert not storage.remove_file(root / "nothing", root)
    assert storage.remove_file(root / "folder", root)
    assert names(root) == []


def test_a_file_is_created_once_and_a_dangling_link_counts_as_one(root):
    storage.create_file(root / "lock", b"1", root)
    (root / "dangling").symlink_to(root / "nowhere")
    for name in ("lock", "dangling"):
        with pytest.raises(FileExistsError):
            storage.create_file(root / name, b"2", root)
    assert (root / "lock").read_bytes() == b"1"
    assert not (root / "nowhere").exists()


def test_leftovers_are_cleared_and_what_only_looks_like_one_is_not(root, victim):
    name = f"{storage.TEMPORARY}1"
    storage_file(root, name)
    (root / f"{name}-link").symlink_to(victim)
    (root / f"{name}-folder").mkdir()
    storage.clear_leftovers(root)
    assert names(root) == [f"{name}-folder"]
    storage.clear_leftovers(root / "nowhere")


def test_where_others_write_too_only_old_leftovers_are_cleared(root):
    old, new = (storage_file(root, f"{storage.TEMPORARY}{n}") for n in "12")
    os.utime(old, (1_000_000, 1_000_000))
    storage.clear_leftovers(root, all_of_them=False)
    assert names(root) == [new.name]
