"""Targets, records and answers that others have touched: nothing outside, no crash, no hang."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import signal
import socket
import threading

import pytest

from casegen import publish
from casegen.problem import CasegenError
from casegen.publish import resolve_target
from casegen.publish.access import Access
from casegen.publish.ftp_session import open_session
from casegen.publish.password import Password
from casegen.publish.store import DroppedError
from publish.hosts import around

MANIFEST = ".casegen-manifest.json"
LOCK = ".casegen-lock"
RELEASES = ".casegen-releases"
ON_DISKS = pytest.mark.parametrize("kind", ["folder", "sftp"])
HOSTS = pytest.mark.parametrize(
    "kind",
    [
        "folder",
        "ftp",
        pytest.param("sftp", marks=pytest.mark.full),
        pytest.param("s3", marks=pytest.mark.full),
    ],
)


def manifest(**changed):
    files = {"index.html": f"{'0' * 64} 1"}
    found = {"version": 1, "open": 0, "last": 0, "releases": [], "coming": [], "pending": [],
             "files": files, **changed}  # fmt: skip
    return json.dumps(found).encode()


def slug_of(act):
    """How it ended: "" if well."""
    try:
        act()
    except CasegenError as error:
        return error.slug
    return ""


DAMAGED = {
    "deep": b"[" * 100_000,
    "deep object": b'{"version":1,"files":' + b'{"a":' * 100_000,
    "nul": manifest(files={"upload\0/photo.jpg": f"{'0' * 64} 1"}),
    "surrogate": manifest(files={"\ud800": f"{'0' * 64} 1"}),
    "command": manifest(files={"a\r\nDELE upload/photo.jpg": f"{'0' * 64} 1"}),
    "outside": manifest(pending=["upload/../../victim"]),
    "long": manifest(coming=["x" * 300]),
    "device": manifest(files={"con.html": f"{'0' * 64} 1"}),
    "own": manifest(files={f"{RELEASES}/.htaccess": f"{'0' * 64} 1"}),
    "infinite": manifest().replace(b'"open": 0', b'"open": 1e999'),
    "fraction": manifest(last=1.5),
    "negative": manifest(open=-1),
    "huge": manifest().replace(b'"last": 0', b'"last": ' + b"9" * 5000),
    "list": b"[]",
    "no digest": manifest(files={"upload/photo.jpg": "abc 1"}),
    "no list": manifest(releases={"1": 1}),
    "no text": b"\xff\xfe\x00",
    "too high": manifest(last=2**53 - 1),
    "many releases": manifest(releases=list(range(1, 10_000))),
    "a release twice": manifest(releases=[1, 1]),
    "twice": manifest().replace(b'"open": 0', b'"open": 0, "open": 1'),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_manifest_counts_as_none_and_is_told_of(desk, make_host, sites, damage):
    host = make_host("folder")
    desk.publish(host, sites["first"])
    host.put("upload/photo.jpg", b"theirs")
    host.put(MANIFEST, DAMAGED[damage])
    outcome = desk.publish(host, sites["changed"])
    assert outcome.damaged
    address = resolve_target(host.address(), (), desk.memory, desk.memory)
    assert "坏了" in next(publish.write_summary(outcome, address))
    assert host.site() == {**sites["changed"].files(), "upload/photo.jpg": b"theirs"}
    assert not desk.publish(host, sites["changed"]).damaged


@HOSTS
@pytest.mark.parametrize("damage", ["deep", "nul", "command", "infinite"])
def test_a_poisoned_host_does_not_poison_later_runs(desk, make_host, sites, kind, damage):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    good = host.read(MANIFEST)
    host.put(MANIFEST, DAMAGED[damage])
    for act in (lambda: desk.publish(host, sites["edited"]), lambda: desk.roll_back(host)):
        assert slug_of(act) in {"", "target-foreign", "no-release"}
    host.put(MANIFEST, good)
    desk.publish(host, sites["changed"])
    assert host.site() == sites["changed"].files()


def test_an_answer_of_a_host_that_goes_on_and_on_is_not_read_to_its_end(tmp_path):
    """It stops at last here, so that a program that does read all of it ends too."""

    def speak(host):
        talk, _ = host.accept()
        with talk, contextlib.suppress(OSError):
            talk.sendall(b"220-again and again\r\n" * 5000)

    with socket.create_server(("127.0.0.1", 0)) as host:
        thread = threading.Thread(target=speak, args=(host,))
        thread.start()
        address = resolve_target(
            f"ftp://u@127.0.0.1:{host.getsockname()[1]}/w", (), tmp_path, tmp_path
        )
        with pytest.raises(DroppedError, match="应答的不是 FTP"):
            open_session(Access(address, Password(address, {}), tmp_path))
        thread.join()


def test_a_file_of_a_host_that_has_no_end_is_not_kept(desk, make_host, sites, monkeypatch):
    host = make_host("ftp")
    desk.publish(host, sites["first"])
    monkeypatch.setattr("casegen.publish.store.LARGEST", 100)
    assert slug_of(lambda: desk.publish(host, sites["edited"])) == "target-refused"
    monkeypatch.undo()
    desk.publish(host, sites["edited"])
    assert host.site() == sites["edited"].files()


def test_a_host_where_every_number_of_a_release_is_taken_is_not_asked_for_ever(
    desk, make_host, sites, monkeypatch
):
    monkeypatch.setattr("casegen.publish.sending.TRIED", 5)
    host = make_host("folder")
    desk.publish(host, sites["first"])
    for number in range(1, 8):
        host.put(f"{RELEASES}/{number}/theirs.html", b"theirs")
    assert slug_of(lambda: desk.publish(host, sites["edited"])) == "target-refused"
    assert host.site() == sites["first"].files()


@HOSTS
@pytest.mark.parametrize("damage", ["deep", "nul", "infinite"])
def test_a_damaged_record_of_a_release_is_none(desk, make_host, sites, kind, damage):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    desk.publish(host, sites["edited"])
    host.put(f"{RELEASES}/1/release.json", DAMAGED[damage])
    with pytest.raises(CasegenError) as caught:
        desk.roll_back(host)
    assert caught.value.slug == "no-release"
    desk.publish(host, sites["changed"])
    assert host.site() == sites["changed"].files()


@pytest.mark.parametrize("damage", ["deep", "nul", "command", "infinite"])
def test_a_damaged_memory_is_none(desk, make_host, sites, damage):
    host = make_host("folder")
    desk.publish(host, sites["first"])
    (remembered,) = (desk.memory / "published").iterdir()
    remembered.write_bytes(DAMAGED[damage])
    host.remove(MANIFEST)
    assert desk.publish(host, sites["first"]).plan.empty


@HOSTS
@pytest.mark.parametrize(
    "mark",
    [b"[" * 200_000, b'{"key": 1e999}', b"\xff", b'{"key":"a","who":"\\u0000","since":"x"}',
     b'{"key":"a","who":"b","since":"0001-01-01T00:00:00+14:00"}',
     b'{"key":"a","who":"b","since":"9999-12-31T23:59:59-14:00"}'],
)  # fmt: skip
def test_a_damaged_lock_is_a_dead_one(desk, make_host, sites, kind, mark):
    host = make_host(kind)
    host.put(f"{LOCK}/owner.json" if kind == "ftp" else LOCK, mark)
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()


def test_a_clock_that_jumps_back_does_not_shut_the_target_for_ever(desk, make_host, sites):
    host = make_host("folder")
    since = dt.datetime.now(dt.UTC) + dt.timedelta(days=4000)
    mark = {"key": "other", "who": "colleague", "since": since.isoformat()}
    host.put(LOCK, json.dumps(mark).encode())
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()


def test_an_hour_between_two_clocks_does_not_break_a_lock(desk, make_host, sites):
    host = make_host("folder")
    since = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    mark = {"key": "other", "who": "colleague", "since": since.isoformat()}
    host.put(LOCK, json.dumps(mark).encode())
    with pytest.raises(CasegenError, match="正在发布"):
        desk.publish(host, sites["first"])


@pytest.mark.parametrize("kind", ["folder", "sftp", "ftp"])
def test_no_link_that_was_laid_beforehand_is_written_through(desk, make_host, sites, kind):
    host, victim = make_host(kind), None
    host.root.mkdir(parents=True)
    victim = host.root.parent / f"victim-{host.root.name}"
    victim.write_text("珍贵", "utf-8")
    for name in (*(f".casegen-tmp-{n}" for n in range(9)), MANIFEST, "assets", "cases/aa.html"):
        place = host.root / name
        place.parent.mkdir(exist_ok=True)
        if name == "assets":
            continue
        place.symlink_to(victim)
    desk.publish(host, sites["first"], adopt=True)
    assert victim.read_text("utf-8") == "珍贵"
    assert {p: host.read(p) for p in sites["first"].paths} == sites["first"].files()
    assert not (host.root / "cases/aa.html").is_symlink()


@ON_DISKS
def test_a_folder_that_is_a_link_is_refused_before_anything_is_sent(desk, make_host, sites, kind):
    host = make_host(kind)
    elsewhere = host.root.parent / f"elsewhere-{host.root.name}"
    (elsewhere / "aa.html").parent.mkdir(parents=True)
    (elsewhere / "aa.html").write_text("别人的", "utf-8")
    host.root.mkdir()
    (host.root / "cases").symlink_to(elsewhere)
    with pytest.raises(CasegenError, match="链接"):
        desk.publish(host, sites["first"], adopt=True)
    assert [path.name for path in host.root.iterdir()] == ["cases"]
    assert [path.name for path in elsewhere.iterdir()] == ["aa.html"]


@ON_DISKS
def test_a_folder_that_became_a_link_is_not_removed_from(desk, make_host, sites, kind):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    elsewhere = host.root.parent / f"elsewhere-{host.root.name}"
    (host.root / "cases").rename(elsewhere)
    (host.root / "cases").symlink_to(elsewhere)
    before = sorted(path.name for path in elsewhere.iterdir())
    with pytest.raises(CasegenError, match="链接"):
        desk.publish(host, sites["changed"])
    assert sorted(path.name for path in elsewhere.iterdir()) == before


@ON_DISKS
def test_adopting_keeps_a_link_as_the_link_that_it_is(desk, make_host, sites, kind):
    host = make_host(kind)
    host.root.mkdir(parents=True)
    secret = host.root.parent / f"secret-{host.root.name}"
    secret.write_text("机密", "utf-8")
    (host.root / "index.html").symlink_to(secret)
    desk.publish(host, sites["first"], adopt=True)
    kept = host.root / RELEASES / "1/index.html"
    assert kept.is_symlink()
    assert kept.readlink() == secret
    assert (host.root / "index.html").read_bytes() == sites["first"].files()["index.html"]
    desk.roll_back(host)
    assert (host.root / "index.html").readlink() == secret
    assert secret.read_text("utf-8") == "机密"


@ON_DISKS
@pytest.mark.parametrize("name", ["index.html", MANIFEST, LOCK, ".casegen-tmp-0"])
def test_a_pipe_at_the_target_is_told_of_or_passed_over_and_never_waited_for(
    desk, make_host, sites, kind, name
):
    host = make_host(kind)
    host.root.mkdir(parents=True)
    os.mkfifo(host.root / name)
    signal.alarm(60)
    try:
        assert slug_of(lambda: desk.publish(host, sites["first"])) in {"", "target-refused"}
    finally:
        signal.alarm(0)


def test_a_site_file_that_became_a_pipe_is_named(desk, make_host, tmp_path):
    host = make_host("folder")
    os.mkfifo(tmp_path / "index.html")
    address = resolve_target(host.address(), (), desk.memory, desk.memory)
    with pytest.raises(CasegenError, match=r"index\.html.*管道"):
        publish.publish_site(
            address, tmp_path, ["index.html"], around(host, desk.memory), lambda *_: None
        )


@pytest.mark.parametrize("answer", ["213 abc", "213 -1", "213 " + "9" * 5000, "213", "999 x"])
def test_an_answer_that_is_none_is_no_crash(  # noqa: PLR0913, PLR0917
    desk, make_host, sites, plain_ftp, monkeypatch, answer
):
    host = make_host("ftp")
    desk.publish(host, sites["first"])
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_SIZE", lambda handler, _path: handler.respond(answer)
    )
    host.remove(MANIFEST)
    slug = slug_of(lambda: desk.publish(host, sites["changed"]))
    assert slug in {"target-refused", "target-foreign", "connection-lost"}


def test_what_a_host_says_cannot_move_the_cursor(desk, make_host, sites, plain_ftp, monkeypatch):
    host = make_host("ftp")
    words = "550 \x1b[2J主机说不行\x07" + "长" * 1000
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_STOR", lambda handler, *_a, **_k: handler.respond(words)
    )
    with pytest.raises(CasegenError) as caught:
        desk.publish(host, sites["first"])
    assert "主机说不行" in caught.value.message
    assert "\x1b" not in caught.value.message
    assert len(caught.value.message) < 500


def test_a_host_that_drops_every_upload_is_given_up(desk, make_host, sites, plain_ftp, monkeypatch):
    host = make_host("ftp")
    too_long = "550 " + "x" * 9000
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_STOR", lambda handler, *_a, **_k: handler.respond(too_long)
    )
    assert slug_of(lambda: desk.publish(host, sites["first"])) in {
        "target-refused",
        "connection-lost",
    }
