from __future__ import annotations

import json
import os
import resource
from functools import partial
from pathlib import Path

import pytest

from casegen.output import MANIFEST, Artifact, write_artifacts
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
    report = write_artifacts(
        [artifact("a.html", "甲"), artifact("b/c.html", "乙")], tmp_path / "site"
    )
    assert listed(tmp_path / "site") == {"a.html": "甲", "b/c.html": "乙"}
    assert report.written == ("a.html", "b/c.html")
    manifest = json.loads((tmp_path / "site" / MANIFEST).read_text("utf-8"))
    assert set(manifest["files"]) == {"a.html", "b/c.html"}


def test_an_unchanged_fingerprint_is_not_rendered_again(tmp_path):
    first = write_artifacts([artifact("a.html", "甲")], tmp_path)

    def fail() -> bytes:
        raise AssertionError

    again = write_artifacts([Artifact("a.html", "甲", fail)], tmp_path, remembered=first.remembered)
    assert (again.written, again.kept) == ((), 1)


def test_a_file_with_the_same_bytes_is_not_written_again(tmp_path):
    write_artifacts([artifact("a.html", "甲", "one")], tmp_path)
    before = (tmp_path / "a.html").stat()
    report = write_artifacts([artifact("a.html", "甲", "two")], tmp_path)
    assert report.written == ()
    assert (tmp_path / "a.html").stat().st_ino == before.st_ino


@pytest.mark.parametrize("harm", ["altered", "deleted", "emptied"])
def test_a_harmed_file_is_restored(tmp_path, harm):
    first = write_artifacts([artifact("a.html", "甲")], tmp_path)
    if harm == "deleted":
        (tmp_path / "a.html").unlink()
    else:
        (tmp_path / "a.html").write_text("乙" if harm == "altered" else "", "utf-8")
    report = write_artifacts([artifact("a.html", "甲")], tmp_path, remembered=first.remembered)
    assert report.written == ("a.html",)
    assert listed(tmp_path) == {"a.html": "甲"}


def test_only_our_own_files_are_removed_and_empty_folders_with_them(tmp_path):
    write_artifacts([artifact("a/b/c.html", "甲"), artifact("d.html", "乙")], tmp_path)
    (tmp_path / "a" / "notes.txt").write_text("别人的", "utf-8")
    report = write_artifacts([artifact("d.html", "乙")], tmp_path)
    assert report.removed == ("a/b/c.html",)
    assert listed(tmp_path) == {"a/notes.txt": "别人的", "d.html": "乙"}
    assert not (tmp_path / "a" / "b").exists()


def test_a_folder_with_foreign_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "index.html").write_text("主页", "utf-8")
    with pytest.raises(CasegenError, match="不是 casegen 生成的"):
        write_artifacts([artifact("index.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"index.html": "主页"}


def test_adopt_takes_a_foreign_folder_over_and_keeps_what_is_not_in_the_way(tmp_path):
    (tmp_path / "index.html").write_text("主页", "utf-8")
    (tmp_path / "other.txt").write_text("别人的", "utf-8")
    write_artifacts([artifact("index.html", "甲")], tmp_path, adopt=True)
    assert listed(tmp_path) == {"index.html": "甲", "other.txt": "别人的"}


def test_ignore_files_do_not_make_a_folder_foreign(tmp_path):
    (tmp_path / ".gitignore").write_text("*", "utf-8")
    write_artifacts([artifact("index.html", "甲")], tmp_path)
    assert listed(tmp_path) == {".gitignore": "*", "index.html": "甲"}


def test_a_foreign_file_in_the_way_is_named_before_anything_is_written(tmp_path):
    first = write_artifacts([artifact("a.html", "甲")], tmp_path)
    (tmp_path / "b.html").write_text("别人的", "utf-8")
    with pytest.raises(CasegenError, match=r"b\.html"):
        write_artifacts(
            [artifact("a.html", "改"), artifact("b.html", "乙")],
            tmp_path,
            remembered=first.remembered,
        )
    assert listed(tmp_path) == {"a.html": "甲", "b.html": "别人的"}


@pytest.mark.parametrize("content", [None, "{", '{"files": 3}', '{"files": {"../x": "y"}}'])
def test_a_lost_or_broken_manifest_is_mended_from_memory(tmp_path, content):
    site = tmp_path / "site"
    first = write_artifacts([artifact("a.html", "甲"), artifact("b.html", "乙")], site)
    whole = (site / MANIFEST).read_bytes()
    if content is None:
        (site / MANIFEST).unlink()
    else:
        (site / MANIFEST).write_text(content, "utf-8")
    write_artifacts(
        [artifact("a.html", "甲"), artifact("b.html", "乙")], site, remembered=first.remembered
    )
    assert (site / MANIFEST).read_bytes() == whole


@pytest.mark.parametrize("path", ["../a.html", "/a.html", "a/../../b", "a\\b.html", ""])
def test_a_path_that_leads_outside_is_refused(tmp_path, path):
    with pytest.raises(CasegenError):
        write_artifacts([artifact(path, "甲")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_that_names_outside_files_removes_nothing_there(tmp_path):
    site = tmp_path / "site"
    first = write_artifacts([artifact("a.html", "甲")], site)
    (tmp_path / "precious.txt").write_text("珍贵", "utf-8")
    manifest = json.loads((site / MANIFEST).read_text("utf-8"))
    manifest["files"]["../precious.txt"] = "0" * 32
    (site / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    write_artifacts([artifact("a.html", "甲")], site, remembered=first.remembered)
    assert (tmp_path / "precious.txt").read_text("utf-8") == "珍贵"


def test_empty_folders_outside_stay_whatever_the_records_name(tmp_path):
    site, outside = tmp_path / "site", tmp_path / "outside"
    write_artifacts([artifact("a.html", "甲")], site)
    (outside / "empty/deep").mkdir(parents=True)
    (site / "extra").symlink_to(outside)
    manifest = json.loads((site / MANIFEST).read_text("utf-8"))
    manifest["files"]["extra/empty/deep/x.html"] = "0" * 32
    (site / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    first = write_artifacts([artifact("a.html", "甲")], site)
    assert (outside / "empty/deep").is_dir()
    (site / MANIFEST).unlink()
    (site / "extra").unlink()
    forged = {"../outside/empty/deep/x.html": first.remembered["a.html"]}
    write_artifacts([artifact("a.html", "甲")], site, remembered=first.remembered | forged)
    assert (outside / "empty/deep").is_dir()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    site.mkdir()
    (site / "cases").symlink_to(outside, target_is_directory=True)
    with pytest.raises(CasegenError, match="是链接"):
        write_artifacts([artifact("cases/a.html", "甲")], site, adopt=True)
    assert list(outside.iterdir()) == []


def test_two_artifacts_of_one_address_are_an_error_whatever_the_case(tmp_path):
    with pytest.raises(CasegenError, match=r"A\.html|a\.html"):
        write_artifacts([artifact("a.html", "甲"), artifact("A.html", "乙")], tmp_path)


def test_an_error_while_rendering_leaves_the_old_site_whole(tmp_path):
    write_artifacts([artifact("a.html", "甲"), artifact("b.html", "乙")], tmp_path)

    def fail() -> bytes:
        raise CasegenError("theme", "模板有错")

    with pytest.raises(CasegenError):
        write_artifacts([artifact("a.html", "新"), Artifact("b.html", "新", fail)], tmp_path)
    assert listed(tmp_path) == {"a.html": "甲", "b.html": "乙"}


def test_a_file_to_copy_is_copied_byte_for_byte(tmp_path):
    source = tmp_path / "photo.jpg"
    source.write_bytes(bytes(range(256)))
    write_artifacts([Artifact("assets/photo.jpg", "x", lambda: source)], tmp_path / "site")
    assert (tmp_path / "site" / "assets" / "photo.jpg").read_bytes() == source.read_bytes()


def test_what_a_killed_build_left_behind_is_cleared(tmp_path):
    write_artifacts([artifact("a.html", "甲")], tmp_path)
    (tmp_path / ".casegen-tmp-99").write_text("半个", "utf-8")
    write_artifacts([artifact("a.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"a.html": "甲"}


def test_a_disk_that_takes_no_more_is_told_and_the_next_write_completes_the_folder(tmp_path):
    artifacts = [artifact("a.html", "甲"), artifact("b.html", "乙" * 5000)]
    said, tell = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
        try:
            write_artifacts(artifacts, tmp_path)
        except CasegenError as error:
            os.write(tell, f"{error.slug}：{error.message}".encode())
        os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(said, "rb") as words:
        assert "disk：" in words.read().decode()
    assert listed(tmp_path) == {}  # not even what there was room for, and nothing temporary
    write_artifacts(artifacts, tmp_path)
    assert set(listed(tmp_path)) == {"a.html", "b.html"}


def obstruct(place: Path, what: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if what == "file":
        place.write_text("别人的", "utf-8")
    elif what == "folder":
        (place / "notes").mkdir(parents=True)
    elif what == "pipe":
        os.mkfifo(place)
    else:
        elsewhere = place.parents[1] / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        place.symlink_to(elsewhere)


@pytest.mark.parametrize(
    ("place", "what"),
    [("tags", "file"), ("tags", "pipe"), ("tags", "link"), ("tags/a.html", "folder"),
     ("index.html", "folder"), ("index.html", "pipe"), (MANIFEST, "folder"), (MANIFEST, "pipe")],
)  # fmt: skip
@pytest.mark.parametrize("adopt", [False, True])
def test_an_obstacle_is_named_before_anything_is_written(tmp_path, place, what, adopt):
    site = tmp_path / "site"
    first = write_artifacts([artifact("about.html", "旧"), artifact("gone.html", "旧")], site)
    if place == MANIFEST:
        (site / MANIFEST).unlink()
    obstruct(site / place, what)
    before = listed(site)
    new = [artifact(path, "新") for path in ("about.html", "index.html", "tags/a.html")]
    with pytest.raises(CasegenError, match=place.partition("/")[0]) as caught:
        write_artifacts(new, site, adopt=adopt, remembered=first.remembered)
    assert caught.value.slug == "output-blocked"
    assert listed(site) == before


@pytest.mark.parametrize(
    ("old", "new"), [("tags", "tags/a.html"), ("tags/a.html", "tags"), ("a/b/c.html", "a")]
)
def test_a_file_of_ours_gives_way_to_a_folder_and_a_folder_to_a_file(tmp_path, old, new):
    write_artifacts([artifact(old, "旧"), artifact("z.html", "留")], tmp_path)
    report = write_artifacts([artifact(new, "新"), artifact("z.html", "留")], tmp_path)
    assert (report.written, report.removed) == ((new,), (old,))
    assert listed(tmp_path) == {new: "新", "z.html": "留"}


def test_a_folder_that_a_killed_build_never_made_is_left_alone(tmp_path):
    (tmp_path / ".casegen-tmp-99").mkdir()
    write_artifacts([artifact("a.html", "甲")], tmp_path)
    assert (tmp_path / ".casegen-tmp-99").is_dir()


def test_a_link_in_the_place_of_a_page_is_replaced_and_its_target_left_alone(tmp_path):
    site, victim = tmp_path / "site", tmp_path / "victim"
    victim.write_text("珍贵", "utf-8")
    write_artifacts([artifact("a.html", "甲")], site)
    for name in ("a.html", MANIFEST):
        (site / name).unlink()
        (site / name).symlink_to(victim)
    write_artifacts([artifact("a.html", "乙")], site, adopt=True)
    assert not (site / "a.html").is_symlink()
    assert not (site / MANIFEST).is_symlink()
    assert victim.read_text("utf-8") == "珍贵"


def test_a_foreign_link_in_the_place_of_a_page_is_no_page_of_ours(tmp_path):
    first = write_artifacts([artifact("a.html", "甲")], tmp_path)
    (tmp_path / "b.html").symlink_to("nowhere")
    with pytest.raises(CasegenError, match=r"b\.html"):
        write_artifacts([artifact("b.html", "乙")], tmp_path, remembered=first.remembered)


DAMAGED = [
    "[" * 100_000,
    '{"version":1,"files":{"a\\u0000b/c":"0"}}',
    '{"version":1,"files":{"\\ud800":"0"}}',
    '{"version":1,"files":{"' + "x" * 300 + '":"0"}}',
    '{"version":1,"files":{"a/../../x":"0"}}',
    '{"version":1,"files":{"b.html":1e999}}',
    '{"version":1,"files":{"b.html":["0"]}}',
    '{"version":1,"files":["b.html"]}',
]


@pytest.mark.parametrize("written", DAMAGED)
def test_a_damaged_manifest_counts_as_none_is_told_of_and_removes_nothing(tmp_path, written):
    site = tmp_path / "site"
    first = write_artifacts([artifact("a.html", "甲")], site)
    (site / "b.html").write_text("别人的", "utf-8")
    (site / MANIFEST).write_text(written, "utf-8")
    with pytest.raises(CasegenError, match="坏了"):
        write_artifacts([artifact("a.html", "甲")], site)
    report = write_artifacts([artifact("a.html", "甲")], site, remembered=first.remembered)
    assert MANIFEST in report.remarks[0]
    assert listed(site) == {"a.html": "甲", "b.html": "别人的"}


@pytest.mark.parametrize(
    "path", ["长" * 100 + ".html", "con.html", "a/aux", "a:b.html", "a\u202eb"]
)
def test_a_path_that_some_disk_refuses_is_refused_everywhere(tmp_path, path):
    with pytest.raises(CasegenError, match="写不出"):
        write_artifacts([artifact(path, "甲")], tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("pair", [("a.html", "a.html/b"), ("a/b", "A"), ("é.html", "e\u0301.html")])
def test_two_files_that_cannot_both_be_there_are_refused(tmp_path, pair):
    with pytest.raises(CasegenError) as caught:
        write_artifacts([artifact(path, path) for path in pair], tmp_path / "site")
    assert caught.value.slug == "two-artifacts"


def test_few_artifacts_exist_at_a_time(tmp_path):
    made, rendered, waiting = [], [], []

    def render(number: int) -> bytes:
        waiting.append(len(made) - len(rendered))
        rendered.append(number)
        return str(number).encode()

    def artifacts():
        for number in range(1000):
            made.append(number)
            yield Artifact(f"{number}.html", str(number), partial(render, number))

    report = write_artifacts(artifacts(), tmp_path)
    assert len(report.written) == 1000
    assert max(waiting) <= 100


def test_a_failure_leaves_no_new_folder_and_no_temporary_file(tmp_path):
    def broken():
        raise ValueError("no page")

    new = [artifact("a.html", "甲"), Artifact("b.html", "x", broken)]
    with pytest.raises(ValueError, match="no page"):
        write_artifacts(new, tmp_path / "deep" / "site")
    assert not (tmp_path / "deep").exists()
    write_artifacts([artifact("a.html", "旧")], tmp_path / "site")
    before = sorted(path.name for path in (tmp_path / "site").iterdir())
    with pytest.raises(ValueError, match="no page"):
        write_artifacts(new, tmp_path / "site")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == before
    assert (tmp_path / "site" / "a.html").read_text("utf-8") == "旧"


def test_a_name_in_other_case_is_written_after_the_old_one_is_removed(tmp_path):
    """A second name of a file stands for a disk that ignores case; there both are one file."""
    first = write_artifacts([artifact("cases/Abc.html", "甲"), artifact("b.html", "乙")], tmp_path)
    (tmp_path / "cases/abc.html").hardlink_to(tmp_path / "cases/Abc.html")
    before = (tmp_path / "cases/abc.html").stat().st_ino
    files = [artifact("cases/abc.html", "甲"), artifact("b.html", "乙")]
    report = write_artifacts(files, tmp_path, remembered=first.remembered)
    assert listed(tmp_path) == {"cases/abc.html": "甲", "b.html": "乙"}
    # Put there anew: on such a disk the old name's removal removes the file under both names.
    assert (tmp_path / "cases/abc.html").stat().st_ino != before
    assert (report.written, report.removed) == (("cases/abc.html",), ("cases/Abc.html",))
    again = write_artifacts(files, tmp_path, remembered=report.remembered)
    assert again.written == ()


def test_a_foreign_file_whose_name_differs_only_in_case_is_refused(tmp_path):
    write_artifacts([artifact("Abc.html", "甲")], tmp_path)
    (tmp_path / "abc.html").write_text("别人的", "utf-8")
    with pytest.raises(CasegenError, match=r"占了位置：abc\.html"):
        write_artifacts([artifact("abc.html", "甲")], tmp_path)
    assert listed(tmp_path) == {"Abc.html": "甲", "abc.html": "别人的"}
