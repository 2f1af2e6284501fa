"""SFTP hosts: what they refuse."""

from __future__ import annotations

import pytest

from publish.hosts import PASSWORD, USER, DiskHost
from publish.reader import broken
from publish.refusals import refusal
from publish.servers import SFTP_SERVER, password_only_server, sshd


def test_a_host_that_says_no_in_another_encoding_is_understood(desk, tmp_path, sites, monkeypatch):
    monkeypatch.setattr("paramiko.sftp_server.SFTP_DESC", ["拒绝访问".encode("gbk")] * 9)
    with password_only_server() as (port, fingerprint):
        host = DiskHost(
            kind="sftp",
            root=tmp_path,
            template=f"sftp://{USER}@127.0.0.1:{port}/www",
            accept=fingerprint,
            environ={"CASEGEN_PASSWORD": PASSWORD},
        )
        assert refusal(lambda: desk.publish(host, sites["first"])).slug == "target-refused"


@pytest.mark.full
def test_an_sftp_host_that_takes_no_more_stops_the_run(desk, make_host, sites, tmp_path_factory):
    host = make_host("sftp")
    folder = tmp_path_factory.mktemp("sshd")
    small = folder / "small"
    small.write_text(f"#!/bin/sh\ntrap '' XFSZ\nulimit -f 40\nexec {SFTP_SERVER}\n")
    small.chmod(0o755)
    with sshd(folder, str(small)) as server:
        host.template = f"sftp://{server.user}@127.0.0.1:{{port}}{{root}}?key={server.key}"
        host.accept = server.fingerprint
        error = refusal(lambda: desk.publish(host, sites["first"], server.port))
    assert error.slug == "target-refused"
    assert "磁盘满了" in error.message
    assert broken(host.read) == []
    assert not {path for path in host.files() if "tmp" in path}
