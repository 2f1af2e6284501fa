"""What every kind of target promises, with real servers."""

from __future__ import annotations

import json

import pytest

from casegen.problem import CasegenError
from casegen.publish.manifest import Entry, Release
from publish.reader import broken

MANIFEST = ".casegen-manifest.json"
RELEASES = ".casegen-releases/"
LOCK = ".casegen-lock"


# Long stories run on two hosts in `make test`, on all of them in `make test-full`.
ELSEWHERE = [pytest.param(kind, marks=pytest.mark.full) for kind in ("sftp", "ftps", "s3")]
EVERYWHERE = pytest.mark.parametrize("host", ["folder", "ftp", *ELSEWHERE], indirect=True)


def differing(one, other):
    """Paths that are in both with other bytes."""
    return {path for path in one.keys() & other.keys() if one[path] != other[path]}


def test_a_first_upload_puts_the_whole_site_there_and_no_dotfiles(desk, host, sites):
    outcome = desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()
    assert set(host.files()) - set(host.site()) == {MANIFEST}
    assert set(json.loads(host.read(MANIFEST))["files"]) == set(sites["first"].paths)
    assert outcome.plan.fresh == len(sites["first"].paths)
    assert outcome.sent >= sum(map(len, sites["first"].files().values()))
    assert broken(host.read) == []


def test_a_run_without_changes_sends_no_file_of_the_site(desk, host, sites):
    desk.publish(host, sites["first"])
    before = host.stamps()
    outcome = desk.publish(host, sites["first"])
    assert outcome.plan.empty
    assert outcome.sent == 0
    assert host.stamps() == before


def test_an_edit_of_one_case_sends_the_files_that_differ_and_no_other(desk, host, sites):
    desk.publish(host, sites["first"])
    before = host.stamps()
    outcome = desk.publish(host, sites["edited"])
    first, edited = sites["first"].files(), sites["edited"].files()
    expected = differing(first, edited) | (edited.keys() - first.keys())
    assert set(outcome.plan.sent) == expected
    # the case itself and its copy, its card, text and data; nothing of other cases
    assert {"cases/bb.html", "cases/bb.md", "assets/catalog.js"} <= expected
    assert not {"cases/aa.html", "cases/cc.html"} & expected
    assert len(expected) < len(edited) / 2
    after = host.stamps()
    touched = {path for path in edited if before.get(path) != after[path]}
    assert touched <= expected if host.kind == "s3" else touched == expected
    assert host.site() == edited


def test_what_the_site_no_longer_has_is_removed_and_nothing_else(desk, host, sites):
    desk.publish(host, sites["first"])
    host.put("assets/theirs.txt", b"theirs")
    host.put("upload/photo.jpg", b"theirs")
    desk.publish(host, sites["changed"])
    assert host.site() == {
        **sites["changed"].files(),
        "assets/theirs.txt": b"theirs",
        "upload/photo.jpg": b"theirs",
    }
    assert host.read("cases/cc.html") is None
    if hasattr(host, "root"):
        folders = {path.relative_to(host.root).as_posix() for path in host.root.rglob("*/")}
        assert all(any(host.root.joinpath(folder).iterdir()) for folder in folders)


def test_rolling_back_brings_the_site_back_as_it_was(desk, host, sites):
    desk.publish(host, sites["first"])
    host.put("upload/photo.jpg", b"theirs")
    before = host.site()
    desk.publish(host, sites["changed"])
    desk.roll_back(host)
    assert host.site() == before
    assert not any(path.startswith(f"{RELEASES}1/") for path in host.files())
    assert desk.publish(host, sites["first"]).plan.empty
    with pytest.raises(CasegenError) as caught:
        desk.roll_back(host)
    assert caught.value.slug == "no-release"


@EVERYWHERE
def test_the_last_three_releases_are_kept_and_can_all_be_gone_back(desk, host, sites):
    history = ["first", "edited", "changed", "first", "edited"]
    for name in history:
        desk.publish(host, sites[name])
    kept = {path.split("/")[1] for path in host.files() if path.startswith(RELEASES)}
    assert kept - {".htaccess", "web.config"} == {"2", "3", "4"}
    for name in reversed(history[1:-1]):
        desk.roll_back(host)
        assert host.site() == sites[name].files()
    with pytest.raises(CasegenError) as caught:
        desk.roll_back(host)
    assert caught.value.slug == "no-release"
    desk.publish(host, sites["changed"], again=True)
    assert host.site() == sites["changed"].files()


def test_a_foreign_file_in_the_place_of_a_page_stops_the_run_before_anything_is_sent(
    desk, host, sites
):
    host.put("index.html", b"welcome to your host")
    host.put("cases/aa.html", b"somebody's")
    before = host.files()
    with pytest.raises(CasegenError) as caught:
        desk.publish(host, sites["first"])
    assert caught.value.slug == "target-foreign"
    assert "index.html" in caught.value.message
    assert "cases/aa.html" in caught.value.message
    assert host.files() == before


@EVERYWHERE
def test_adopting_keeps_the_foreign_file_for_good_and_rolling_back_returns_it(desk, host, sites):
    host.put("index.html", b"welcome to your host")
    desk.publish(host, sites["first"], adopt=True)
    assert host.site() == sites["first"].files()
    assert host.read(f"{RELEASES}1/index.html") == b"welcome to your host"
    desk.roll_back(host)
    assert host.site() == {"index.html": b"welcome to your host"}
    assert not hasattr(host, "root") or not (host.root / RELEASES / "1").exists()
    desk.publish(host, sites["first"], adopt=True, again=True)
    for name in ("edited", "changed", "first", "edited"):
        desk.publish(host, sites[name])
    assert host.read(f"{RELEASES}2/index.html") == b"welcome to your host"


@EVERYWHERE
def test_old_versions_of_a_time_that_nobody_remembers_stay_where_they_are(desks, host, sites):
    for word in (b"welcome to your host", b"welcome once more"):
        host.put("index.html", word)
        next(desks).publish(host, sites["first"], adopt=True)
        host.remove(MANIFEST)
    kept = [data for path, data in host.files().items() if path.endswith("/index.html")]
    assert {b"welcome to your host", b"welcome once more"} <= set(kept)


def test_a_release_that_was_only_announced_is_filled_by_the_next_run(desk, make_host, sites):
    host = make_host("folder")
    desk.publish(host, sites["first"])
    announced = Release({"index.html": Entry("0" * 64, 1)}).as_bytes()
    host.put(f"{RELEASES}1/release.json", announced)
    desk.publish(host, sites["edited"])
    assert json.loads(host.read(MANIFEST))["releases"] == [1]
    assert host.read(f"{RELEASES}1/release.json") != announced


@EVERYWHERE
def test_with_its_own_memory_a_desk_goes_on_though_the_manifest_was_lost(desk, host, sites):
    desk.publish(host, sites["first"])
    desk.publish(host, sites["edited"])
    host.put(MANIFEST, b"{ half of it")
    host.put("upload/photo.jpg", b"theirs")
    desk.publish(host, sites["changed"])
    assert host.site() == {**sites["changed"].files(), "upload/photo.jpg": b"theirs"}
    desk.roll_back(host)
    desk.roll_back(host)
    assert host.site() == {**sites["first"].files(), "upload/photo.jpg": b"theirs"}


def test_a_dry_run_asks_but_changes_nothing(desk, host, sites):
    desk.publish(host, sites["first"])
    before = host.stamps()
    plan = desk.plan(host, sites["changed"])
    assert host.stamps() == before
    assert desk.publish(host, sites["changed"]).plan == plan
