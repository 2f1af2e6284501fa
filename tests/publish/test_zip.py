"""A site as one archive."""

from __future__ import annotations

import zipfile

import pytest

from publish.hosts import DiskHost
from publish.refusals import refusal


@pytest.fixture
def archive(tmp_path):
    return DiskHost(kind="zip", root=tmp_path / "zips", template="zip:{root}/xczx.zip")


def unpacked(host):
    with zipfile.ZipFile(host.root / "xczx.zip") as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def test_an_archive_holds_the_site_and_no_dotfiles(desk, archive, sites):
    desk.publish(archive, sites["first"])
    assert unpacked(archive) == sites["first"].files()
    desk.publish(archive, sites["changed"])
    assert unpacked(archive) == sites["changed"].files()
    assert [path.name for path in archive.root.iterdir()] == ["xczx.zip"]


def test_the_same_site_gives_the_same_archive_and_leaves_it_alone(desks, archive, sites):
    next(desks).publish(archive, sites["first"])
    before = archive.stamps()
    next(desks).publish(archive, sites["first"])
    assert archive.stamps() == before


def test_somebody_elses_archive_is_left_alone_or_kept_under_another_name(desk, archive, sites):
    archive.put("xczx.zip", b"theirs")
    assert refusal(lambda: desk.publish(archive, sites["first"])).slug == "target-foreign"
    assert archive.files() == {"xczx.zip": b"theirs"}
    desk.publish(archive, sites["first"], adopt=True)
    assert unpacked(archive) == sites["first"].files()
    assert archive.read("xczx-原1.zip") == b"theirs"


def test_a_folder_is_no_archive(desk, archive, sites):
    (archive.root / "xczx.zip").mkdir(parents=True)
    for adopt in (False, True):
        error = refusal(lambda adopt=adopt: desk.publish(archive, sites["first"], adopt=adopt))
        assert "是文件夹" in error.message


def test_an_archive_cannot_be_rolled_back(desk, archive, sites):
    desk.publish(archive, sites["first"])
    assert refusal(lambda: desk.roll_back(archive)).slug == "no-release"
