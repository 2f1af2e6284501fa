"""What is particular to each kind of host: trust, logins, refusals, headers, archives."""

from __future__ import annotations

import dataclasses

import pytest

from publish.reader import broken
from publish.refusals import foreign_words, refusal
from publish.servers import free_port

RELEASES = ".casegen-releases/"

# --- who the host is --------------------------------------------------------------------------


# --- who the editor is ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ftp", "ftps"])
def test_a_wrong_password_is_said_and_not_repeated(desk, make_host, sites, kind):
    host = dataclasses.replace(make_host(kind), environ={"CASEGEN_PASSWORD": "not-it-4711"})
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert error.slug == "login-refused"
    assert "用户名或密码不对" in error.message
    assert foreign_words(error) == []
    assert "4711" not in f"{error.message}{error.hint}{error!r}{error.__cause__}"


@pytest.mark.parametrize("kind", ["sftp", "ftp", "ftps", "s3"])
def test_a_host_that_is_not_there_is_said_at_once(desk, make_host, sites, kind):
    host = make_host(kind)
    host.port = free_port()
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "target-unreachable"


# --- what the host will not take --------------------------------------------------------------


@pytest.mark.parametrize("kind", ["folder", "sftp", "ftp"])
def test_a_refused_file_is_named_and_the_rest_stays_whole(desk, make_host, sites, kind):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    (host.root / "cases/dd.html/in-the-way").mkdir(parents=True)
    error = refusal(lambda: desk.publish(host, sites["changed"]))
    assert error.slug == "target-refused"
    assert "cases/dd.html" in error.message
    assert foreign_words(error) == []
    assert broken(host.read) == []
    assert not {path for path in host.files() if "tmp" in path}
    (host.root / "cases/dd.html/in-the-way").rmdir()
    (host.root / "cases/dd.html").rmdir()
    desk.publish(host, sites["changed"])
    assert host.site() == sites["changed"].files()


def test_a_link_that_leads_out_of_the_folder_is_not_followed(desk, make_host, sites, tmp_path):
    host = make_host("folder")
    outside = tmp_path / "outside"
    outside.mkdir()
    host.root.mkdir()
    (host.root / "cases").symlink_to(outside, target_is_directory=True)
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "target-refused"
    assert list(outside.iterdir()) == []
