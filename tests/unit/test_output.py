from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import pytest

from casegen.output import MANIFEST, Artifact, write
from casegen.problem import CasegenError


def artifact(path: str, text: str, fingerprint: str | None = None) -> Artifact:
    return Artifact(path, fingerprint or text, partial(str.encode, text))


def listed(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text("utf-8")
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.name != MANIFEST
    }


def test_files_are_written_and_named_in_the_manifest(tmp_path):
    report = write([artifact("a.html", "甲"), artifact("b/c.html", "乙")], tmp_path / "site")
    assert listed(tmp_path / "site") == {"a.html": "甲", "b/c.html": "乙"}
    assert report.written == ("a.html", "b/c.html")
    manifest = json.loads((tmp_path / "site" / MANIFEST).read_text("utf-8"))
    assert set(manifest["files"]) == {"a.html", "b/c.html"}


def test_an_unchanged_fingerprint_is_not_rendered_again(tmp_path):
    first = write([artifact("a.html", "甲")], tmp_path)

    def fail() -> bytes:
        raise AssertionError

    again = write([Artifact("a.html", "甲", fail)], tmp_path, remembered=first.remembered)
    assert (again.written, again.kept) == ((), 1)


def test_a_file_with_the_same_bytes_is_not_written_again(tmp_path):
    write([artifact("a.html", "甲", "one")], tmp_path)
    before = (tmp_path / "a.html").stat()
    report = write([artifact("a.html", "甲", "two")], tmp_path)
    assert report.written == ()
    assert (tmp_path / "a.html").stat().st_ino == before.st_ino


@pytest.mark.parametrize("harm", ["altered", "deleted", "emptied"])
def test_a_harmed_file_is_restored(tmp_path, harm):
    first = write([artifact("a.html", "甲")], tmp_path)
    if harm == "deleted":
        (tmp_path / "a.html").unlink()
    else:
        (tmp_path / "a.html").write_text("乙" if harm == "altered" else "", "utf-8")
    report = write([artifact("a.html", "甲")], tmp_path, remembered=first.remembered)
    assert report.written == ("a.html",)
    assert listed(tmp_path) == {"a.html": "甲"}


def test_only_our_own_files_are_removed_and_empty_folders_with_them(tmp_path):
    write([artifact("a/b/c.html", "甲"), artifact("d.html", "乙")], tmp_path)
    (tmp_path / "a" / "notes.txt").write_text("别人的", "utf-8")
    report = write([artifact("d.html", "乙")], tmp_path)
    assert report.removed == ("a/b/c.html",)
    assert listed(tmp_path) == {"a/notes.txt": "别人的", "d.html": "乙"}
    assert not (tmp_path / "a" / "b").exists()


def test_a_folder_with_foreign_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "index.html").write_text("主页", "utf-8")
    with pytest.raises(CasegenError, match="不是 casegen 生成的"):
        write([artifact("index.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"index.html": "主页"}


def test_adopt_takes_a_foreign_folder_over_and_keeps_what_is_not_in_the_way(tmp_path):
    (tmp_path / "index.html").write_text("主页", "utf-8")
    (tmp_path / "other.txt").write_text("别人的", "utf-8")
    write([artifact("index.html", "甲")], tmp_path, adopt=True)
    assert listed(tmp_path) == {"index.html": "甲", "other.txt": "别人的"}


def test_ignore_files_do_not_make_a_folder_foreign(tmp_path):
    (tmp_path / ".gitignore").write_text("*", "utf-8")
    write([artifact("index.html", "甲")], tmp_path)
    assert listed(tmp_path) == {".gitignore": "*", "index.html": "甲"}


def test_a_foreign_file_in_the_way_is_named_before_anything_is_written(tmp_path):
    first = write([artifact("a.html", "甲")], tmp_path)
    (tmp_path / "b.html").write_text("别人的", "utf-8")
    with pytest.raises(CasegenError, match=r"b\.html"):
        write(
            [artifact("a.html", "改"), artifact("b.html", "乙")],
            tmp_path,
            remembered=first.remembered,
        )
    assert listed(tmp_path) == {"a.html": "甲", "b.html": "别人的"}


@pytest.mark.parametrize("content", [None, "{", '{"files": 3}', '{"files": {"../x": "y"}}'])
def test_a_lost_or_broken_manifest_is_mended_from_memory(tmp_path, content):
    site = tmp_path / "site"
    first = write([artifact("a.html", "甲"), artifact("b.html", "乙")], site)
    whole = (site / MANIFEST).read_bytes()
    if content is None:
        (site / MANIFEST).unlink()
    else:
        (site / MANIFEST).write_text(content, "utf-8")
    write([artifact("a.html", "甲"), artifact("b.html", "乙")], site, remembered=first.remembered)
    assert (site / MANIFEST).read_bytes() == whole


@pytest.mark.parametrize("path", ["../a.html", "/a.html", "a/../../b", "a\\b.html", ""])
def test_a_path_that_leads_outside_is_refused(tmp_path, path):
    with pytest.raises(CasegenError):
        write([artifact(path, "甲")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_that_names_outside_files_removes_nothing_there(tmp_path):
    site = tmp_path / "site"
    write([artifact("a.html", "甲")], site)
    (tmp_path / "precious.txt").write_text("珍贵", "utf-8")
    manifest = json.loads((site / MANIFEST).read_text("utf-8"))
    manifest["files"]["../precious.txt"] = "0" * 32
    (site / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    write([artifact("a.html", "甲")], site)
    assert (tmp_path / "precious.txt").read_text("utf-8") == "珍贵"


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    site.mkdir()
    (site / "cases").symlink_to(outside, target_is_directory=True)
    with pytest.raises(CasegenError, match="之外"):
        write([artifact("cases/a.html", "甲")], site, adopt=True)
    assert list(outside.iterdir()) == []


def test_two_artifacts_of_one_address_are_an_error_whatever_the_case(tmp_path):
    with pytest.raises(CasegenError, match=r"A\.html|a\.html"):
        write([artifact("a.html", "甲"), artifact("A.html", "乙")], tmp_path)


def test_an_error_while_rendering_leaves_the_old_site_whole(tmp_path):
    write([artifact("a.html", "甲"), artifact("b.html", "乙")], tmp_path)

    def fail() -> bytes:
        raise CasegenError("theme", "模板有错")

    with pytest.raises(CasegenError):
        write([artifact("a.html", "新"), Artifact("b.html", "新", fail)], tmp_path)
    assert listed(tmp_path) == {"a.html": "甲", "b.html": "乙"}


def test_a_file_to_copy_is_copied_byte_for_byte(tmp_path):
    source = tmp_path / "photo.jpg"
    source.write_bytes(bytes(range(256)))
    write([Artifact("assets/photo.jpg", "x", lambda: source)], tmp_path / "site")
    assert (tmp_path / "site" / "assets" / "photo.jpg").read_bytes() == source.read_bytes()


def test_what_a_killed_build_left_behind_is_cleared(tmp_path):
    write([artifact("a.html", "甲")], tmp_path)
    (tmp_path / ".casegen-tmp-99").write_text("半个", "utf-8")
    write([artifact("a.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"a.html": "甲"}


def test_a_full_disk_is_told_and_the_next_write_completes_the_folder(tmp_path):
    (tmp_path / f".casegen-tmp-{os.getpid()}").symlink_to("/dev/full")
    with pytest.raises(CasegenError, match="磁盘满了"):
        write([artifact("a.html", "甲")], tmp_path)
    assert listed(tmp_path) == {}
    write([artifact("a.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"a.html": "甲"}
