"""What is particular to each kind of host: trust, logins, refusals, headers, archives."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import resource
import socket
import subprocess
import sys
import threading
import time

import paramiko
import pytest
from projects import case_text

from publish.hosts import PASSWORD, USER, DiskHost
from publish.reader import broken
from publish.refusals import foreign_words, refusal
from publish.servers import SFTP_SERVER, free_port, sshd

RELEASES = ".casegen-releases/"

# --- who the host is --------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_an_unknown_host_is_refused_with_its_fingerprint_until_that_is_accepted(
    desk, make_host, sites, kind
):
    host = make_host(kind)
    stranger = dataclasses.replace(host, accept="")
    error = refusal(lambda: desk.publish(stranger, sites["first"]))
    assert error.slug == "unknown-host"
    assert host.accept in error.message
    assert f"--accept-host-key {host.accept}" in error.hint
    assert foreign_words(error) == []
    wrong = dataclasses.replace(host, accept="SHA256:" + "A" * 43)
    error = refusal(lambda: desk.publish(wrong, sites["first"]))
    assert error.slug == "unknown-host"
    assert host.files() == {}
    desk.publish(host, sites["first"])
    assert desk.publish(stranger, sites["first"]).plan.empty


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_host_that_shows_another_key_than_before_is_refused(desk, make_host, sites, kind):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    if kind == "sftp":
        known = desk.memory / "known_hosts"
        name, _, _ = known.read_text("utf-8").partition(" ")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", desk.memory / "k"],
                       check=True)  # fmt: skip
        public = (desk.memory / "k.pub").read_text("utf-8").split()
        known.write_text(f"{name} {public[0]} {public[1]}\n", "utf-8")
    else:
        known = desk.memory / "known_certificates"
        known.write_text(known.read_text("utf-8").split()[0] + " SHA256:other\n", "utf-8")
    stranger = dataclasses.replace(host, accept="")
    error = refusal(lambda: desk.publish(stranger, sites["edited"]))
    assert error.slug == "host-changed"
    assert host.accept in error.message
    assert host.site() == sites["first"].files()
    desk.publish(host, sites["edited"])
    assert desk.publish(stranger, sites["edited"]).plan.empty


# --- who the editor is ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ftp", "ftps"])
def test_a_wrong_password_is_said_and_not_repeated(desk, make_host, sites, kind):
    host = dataclasses.replace(make_host(kind), environ={"CASEGEN_PASSWORD": "not-it-4711"})
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert error.slug == "login-refused"
    assert "用户名或密码不对" in error.message
    assert foreign_words(error) == []
    assert "4711" not in f"{error.message}{error.hint}{error!r}{error.__cause__}"


def test_a_host_that_lets_in_under_tls_only_is_said_with_what_to_write(
    desk, make_host, secure_ftp, sites
):
    host = dataclasses.replace(make_host("ftp"), port=secure_ftp.port)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert error.slug == "login-refused"
    assert "ftps://" in error.hint


def test_a_host_without_tls_is_said_with_what_to_do(desk, make_host, plain_ftp, sites):
    host = dataclasses.replace(make_host("ftps"), port=plain_ftp.port)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert "没有开加密" in error.message
    assert "FTPS" in error.hint


@pytest.mark.parametrize("content", [b"PuTTY-User-Key-File-3: ssh-ed25519\n", b"ssh-ed25519 AAAA"])
def test_a_key_in_another_form_is_said_with_how_to_turn_it(desk, ssh, tmp_path, sites, content):
    (tmp_path / "key.ppk").write_bytes(content)
    where = f"sftp://{ssh.user}@127.0.0.1:{ssh.port}{{root}}?key={tmp_path}/key.ppk"
    host = DiskHost(kind="sftp", root=tmp_path / "www", template=where, accept=ssh.fingerprint)
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert "key.ppk 不是 OpenSSH 格式的私钥" in error.message
    assert "PuTTYgen" in error.hint


@pytest.mark.parametrize("kind", ["ftp", "s3"])
def test_without_password_and_terminal_publishing_stops_at_once(desk, make_host, sites, kind):
    host = dataclasses.replace(make_host(kind), environ={})
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "no-password"


def test_a_password_typed_in_is_enough(desk, make_host, sites):
    host = dataclasses.replace(make_host("ftp"), environ={})
    asked = []
    desk.publish(host, sites["first"], ask=lambda what: asked.append(what) or PASSWORD)
    assert len(asked) == 1
    assert host.site() == sites["first"].files()


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


def test_a_password_in_the_keyring_is_found_by_the_address(make_host, project, tmp_path):
    env = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(tmp_path),
    }
    host, folder = make_host("ftp"), project({"cases/a.md": case_text("山里的果园")})
    without = folder.run("publish", host.address(), env=env)
    assert "没有 ftp://" in without.stdout + without.stderr
    subprocess.run(
        [sys.executable, "-m", "keyring", "set", "casegen", f"ftp://{USER}@127.0.0.1"],
        input=PASSWORD,
        text=True,
        env=env,
        check=True,
    )
    done = folder.run("publish", host.address(), env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "index.html" in host.site()


class PasswordOnly(paramiko.ServerInterface):
    def get_allowed_auths(self, _username):
        return "password"

    def check_auth_password(self, username, password):
        right = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, _kind, _number):
        return paramiko.OPEN_SUCCEEDED


@contextlib.contextmanager
def password_only_server():
    """An SSH server that knows one password and whose SFTP refuses everything."""
    listening = socket.create_server(("127.0.0.1", 0))
    key = paramiko.RSAKey.generate(2048)

    def serve():
        with contextlib.suppress(OSError, EOFError):
            while True:
                connection, _ = listening.accept()
                transport = paramiko.Transport(connection)
                transport.add_server_key(key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer)
                transport.start_server(server=PasswordOnly())

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1], key.fingerprint
    listening.close()


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


def test_a_firewall_that_lets_no_data_through_is_said(
    desk, make_host, plain_ftp, sites, monkeypatch
):
    def nowhere(handler, _line):
        high, low = divmod(free_port(), 256)
        handler.respond(f"227 Entering passive mode (127,0,0,1,{high},{low}).")

    monkeypatch.setattr(plain_ftp.handler, "ftp_PASV", nowhere)
    error = refusal(lambda: desk.publish(make_host("ftp"), sites["first"]))
    assert error.slug == "target-refused"
    assert "防火墙" in error.message
    assert "被动端口" in error.hint


def test_names_are_sent_in_gb18030_to_a_host_that_uses_it(
    desk, make_host, plain_ftp, sites, monkeypatch
):
    """As FTP servers on Chinese Windows: words, and names of folders."""
    monkeypatch.setattr(plain_ftp.handler, "encoding", "gb18030")
    monkeypatch.setattr(plain_ftp.handler, "banner", "欢迎光临")
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_OPTS", lambda handler, _line: handler.respond("501 没有这个选项")
    )
    host = make_host("ftp")
    host = dataclasses.replace(host, root=host.root / "网站", template=host.template + "/网站")
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()
    wrong = dataclasses.replace(host, environ={"CASEGEN_PASSWORD": "not-it-4711"})
    monkeypatch.setattr(
        plain_ftp.handler, "ftp_PASS", lambda handler, _line: handler.respond("530 密码不正确。")
    )
    error = refusal(lambda: desk.publish(wrong, sites["edited"]))
    assert "主机说“530 密码不正确。”" in error.message


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


def test_a_link_that_leads_out_of_the_folder_is_not_followed(desk, make_host, sites, tmp_path):
    host = make_host("folder")
    outside = tmp_path / "outside"
    outside.mkdir()
    host.root.mkdir()
    (host.root / "cases").symlink_to(outside, target_is_directory=True)
    assert refusal(lambda: desk.publish(host, sites["first"])).slug == "target-refused"
    assert list(outside.iterdir()) == []
