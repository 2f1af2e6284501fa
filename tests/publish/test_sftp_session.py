"""SSH connections and logins: keys, agents, passwords."""

from __future__ import annotations

import dataclasses
import subprocess
import time

import pytest

from publish.hosts import PASSWORD, USER, DiskHost
from publish.refusals import refusal
from publish.servers import password_only_server


@pytest.mark.parametrize("content", [b"PuTTY-User-Key-File-3: ssh-ed25519\n", b"ssh-ed25519 AAAA"])
def test_a_key_in_another_form_is_said_with_how_to_turn_it(desk, ssh, tmp_path, sites, content):
    (tmp_path / "key.ppk").write_bytes(content)
    where = f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{{root}}?key={tmp_path}/key.ppk"
    host = DiskHost(kind="sftp", root=tmp_path / "www", template=where, accept=ssh.fingerprint)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert "key.ppk 不是 OpenSSH 格式的私钥" in error.message
    assert "PuTTYgen" in error.hint


def test_a_locked_private_key_opens_with_the_password(desk, ssh, tmp_path, sites):
    key = tmp_path / "locked"
    key.write_bytes(ssh.key.read_bytes())
    key.chmod(0o600)
    subprocess.run(
        ["ssh-keygen", "-q", "-p", "-a", "1", "-P", "", "-N", PASSWORD, "-f", key], check=True
    )
    where = f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{{root}}?key={key}"
    host = DiskHost(kind="sftp", root=tmp_path / "www", template=where, accept=ssh.fingerprint)
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "no-password"
    opened = dataclasses.replace(host, environ={"CASEGEN_PASSWORD": PASSWORD})
    desk.publish(opened, sites["first"])
    assert host.site() == sites["first"].files()


def test_a_key_that_the_host_does_not_know_is_refused(desk, ssh, tmp_path, sites):
    key = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    where = f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{{root}}?key={key}"
    host = DiskHost(
        kind="sftp",
        root=tmp_path / "www",
        template=where,
        accept=ssh.fingerprint,
        environ={"CASEGEN_PASSWORD": PASSWORD},
    )
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "login-refused"


@pytest.fixture
def agent(tmp_path, monkeypatch):
    """An OpenSSH agent that holds no keys yet; no key lies in the editor's own folder."""
    socket_at = tmp_path / "agent"
    running = subprocess.Popen(["ssh-agent", "-D", "-a", socket_at], stdout=subprocess.DEVNULL)
    while not socket_at.exists():
        assert running.poll() is None
        time.sleep(0.01)
    monkeypatch.setenv("SSH_AUTH_SOCK", str(socket_at))
    monkeypatch.setenv("HOME", str(tmp_path))
    yield lambda key: subprocess.run(["ssh-add", "-q", key], check=True)
    running.terminate()
    running.wait()


def test_a_key_in_an_agent_opens_the_host_without_a_word(desk, ssh, tmp_path, sites, agent):
    where = f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{{root}}"
    host = DiskHost(kind="sftp", root=tmp_path / "www", template=where, accept=ssh.fingerprint)
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "no-password"
    agent(ssh.key)
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()


def test_sftp_logs_in_with_a_password_where_there_is_no_key(desk, tmp_path, sites):
    with password_only_server() as (port, fingerprint):
        host = DiskHost(
            kind="sftp",
            root=tmp_path,
            template=f"sftp://{USER}@127.0.0.1:{port}/www",
            accept=fingerprint,
            environ={"CASEGEN_PASSWORD": "not-it"},
        )
        assert refusal(lambda: desk.publish(host, sites["first"])).slug == "login-refused"
        host = dataclasses.replace(host, environ={})
        assert refusal(lambda: desk.publish(host, sites["first"])).slug == "no-password"
        host = dataclasses.replace(host, environ={"CASEGEN_PASSWORD": PASSWORD})
        assert refusal(lambda: desk.publish(host, sites["first"])).slug == "target-refused"
