"""FTP hosts: full disks, renaming, TLS."""

from __future__ import annotations

import os
import resource

import pytest

from publish.reader import broken
from publish.refusals import foreign_words, refusal


def test_a_disk_that_takes_no_more_stops_the_run_and_half_a_file_takes_no_room(
    desk, make_host, sites
):
    host = make_host("folder")
    said, tell = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        error = refusal(lambda: desk.publish(host, sites["first"]))
        os.write(tell, f"{error.slug} {error.message}".encode())
        os._exit(0)
    os.close(tell)
    os.waitpid(child, 0)
    with os.fdopen(said, "rb") as words:
        told = words.read().decode()
    assert "target-refused" in told
    assert "磁盘满了" in told
    assert broken(host.read) == []
    assert not {path for path in host.files() if "tmp" in path}
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()


@pytest.mark.parametrize(
    ("kind", "server"),
    [("ftp", "plain_ftp"), pytest.param("ftps", "secure_ftp", marks=pytest.mark.full)],
)
def test_a_disk_that_fills_up_while_a_file_comes_is_no_lost_connection(  # noqa: PLR0913, PLR0917
    desk, make_host, request, sites, kind, server
):
    """Under TLS this server breaks off without a word."""
    host = make_host(kind)
    desk.publish(host, sites["first"])
    disk = request.getfixturevalue(server).handler.abstracted_fs
    disk.room = 60_000
    try:
        error = refusal(lambda: desk.publish(host, sites["changed"]))
    finally:
        disk.room = None
    assert error.slug == "target-refused"
    assert "磁盘满了" in error.message
    assert any(path in error.message for path in sites["changed"].paths)
    assert foreign_words(error) == []
    assert broken(host.read) == []
    assert kind == "ftps" or not {path for path in host.files() if "tmp" in path}
    desk.publish(host, sites["changed"])
    assert host.site() == sites["changed"].files()
    assert not {path for path in host.files() if "tmp" in path}


def test_a_full_disk_is_said_with_the_name_of_the_file(desk, make_host, plain_ftp, sites):
    host = make_host("ftp")
    desk.publish(host, sites["first"])
    plain_ftp.handler.full = "cases/dd.html"
    try:
        error = refusal(lambda: desk.publish(host, sites["changed"]))
    finally:
        plain_ftp.handler.full = ""
    assert error.slug == "target-refused"
    assert "cases/dd.html" in error.message
    assert "磁盘满了" in error.message
    assert broken(host.read) == []
    desk.publish(host, sites["changed"])
    assert host.site() == sites["changed"].files()


def test_a_server_that_will_not_rename_over_a_file_is_served_too(desk, make_host, sites, like_iis):
    host = make_host("ftp")
    for name in ("first", "changed", "edited"):
        desk.publish(host, sites[name])
        assert host.site() == sites[name].files()
    desk.roll_back(host)
    assert host.site() == sites["changed"].files()
    assert any(path.endswith("/index.html") for path in like_iis)


def test_ftp_under_tls_does_all_that_plain_ftp_does(desk, make_host, sites):
    host = make_host("ftps")
    for name in ("first", "changed"):
        desk.publish(host, sites[name])
        assert host.site() == sites[name].files()
    desk.roll_back(host)
    assert host.site() == sites["first"].files()
