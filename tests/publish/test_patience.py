"""Hosts that never come to an end: silent ones, slow ones, and those that say too much."""

from __future__ import annotations

import re
import sys
import threading
import time

import pytest

from casegen.publish.patience import SLOWEST, bound_time
from casegen.publish.store import DroppedError
from publish.cutting import Proxy
from publish.endless import ENOUGH, after_request, drip, flood, hang, host_that
from publish.hosts import PASSWORD, USER, BucketHost, DiskHost, Host
from publish.refusals import refusal
from publish.servers import password_only_server, sshd

pytestmark = pytest.mark.long

SHORT = 0.4  # seconds of patience here; a host would go on as long as it is listened to
ONCE_MORE = (0.0,)  # one further try: each takes the whole patience


def place(kind: str, port: int, tmp_path) -> Host:
    environ = {"CASEGEN_PASSWORD": PASSWORD}
    if kind == "s3":
        return BucketHost(client=None, bucket="xczx", prefix="www", port=port)
    where = f"{kind}://{USER}@127.0.0.1:{port}/www"
    return DiskHost(kind=kind, root=tmp_path, template=where, environ=environ)


HTTP = b"HTTP/1.1 500 Oops\r\nContent-Type: application/xml\r\n"
SSH = b"SSH-2.0-OpenSSH_9.6\r\n"
HOSTS = {
    "sftp silent": hang(),
    "sftp slow greeting": drip(),
    "sftp greeting without end": flood(),
    "sftp lines without end": flood(b"x\r\n" * 50),
    "sftp silent after greeting": hang(SSH),
    "sftp slow after greeting": drip(SSH + b"\x00\x00\x80\x00"),
    "sftp a packet of 2 GB": flood(SSH + b"\x7f\xff\xff\xf4\x04\x14"),
    "ftp silent": hang(),
    "ftp slow greeting": drip(),
    "ftp slow lines": drip(b"220-\r\n", b"220-\r\n"),
    "ftp greeting without end": flood(),
    "ftps silent": hang(b"220 hello\r\n"),
    "ftps slow": drip(b"220 hello\r\n234 go on\r\n"),
    "s3 silent": hang(),
    "s3 slow head": after_request(drip(HTTP)),
    "s3 slow body": after_request(drip(HTTP + b"\r\n")),
    "s3 error without end": after_request(flood(HTTP + b"\r\n")),
    "s3 slow file": after_request(drip(b"HTTP/1.1 200 OK\r\n\r\n")),
    "s3 refusal without end": after_request(
        flood(b"HTTP/1.1 404 Not Found\r\nContent-Length: 999999999999\r\n\r\n")
    ),
}


@pytest.mark.parametrize("name", HOSTS)
def test_a_host_that_comes_to_no_end_is_given_up(desk, sites, tmp_path, name):
    kind = name.split()[0]
    with host_that(HOSTS[name]) as port:
        host = place(kind, port, tmp_path)
        error = refusal(lambda: desk.publish(host, sites["first"], patience=SHORT))
    assert error.slug in {"target-unreachable", "target-refused", "connection-lost"}
    assert re.search("没有答完|没有回应|应答的不是|暂时不可用|云存储说“404”", error.message)


# What stands in the place of SFTP behind OpenSSH's real server.
SUBSYSTEMS = {
    "silent": f"/bin/sleep {ENOUGH}",
    "slow": "/bin/sh -c 'printf \"\\0\\0\\1\\0\"; while sleep 0.2; do printf x; done'",
    "without end": "/usr/bin/yes",
    "other answers": f"{sys.executable} {{folder}}/others.py",
}
OTHERS = """\
import sys
sys.stdout.buffer.write(b"\\0\\0\\0\\5\\2\\0\\0\\0\\3")
while True:
    sys.stdout.buffer.write((b"\\0\\0\\2\\0\\x65\\1\\1\\1\\1" + bytes(507)) * 1000)
"""


@pytest.mark.parametrize("name", SUBSYSTEMS)
def test_an_sftp_that_comes_to_no_end_is_given_up(desk, sites, tmp_path, name):
    (folder := tmp_path / "sshd").mkdir()
    (folder / "others.py").write_text(OTHERS)
    with sshd(folder, SUBSYSTEMS[name].format(folder=folder)) as server:
        where = f"sftp://{server.user}@127.0.0.1:{server.port}/www?key={server.key}"
        host = DiskHost(kind="sftp", root=tmp_path, template=where, accept=server.fingerprint)
        error = refusal(
            lambda: desk.publish(host, sites["first"], patience=4 * SHORT, pauses=ONCE_MORE)
        )
    assert error.slug in {"target-unreachable", "target-refused", "connection-lost"}
    assert re.search("没有答完|断开|答的不是 SFTP", error.message)


def test_a_login_that_is_never_answered_is_not_a_wrong_password(desk, sites, tmp_path):
    with password_only_server(slow=ENOUGH) as (port, fingerprint):
        host = place("sftp", port, tmp_path)
        host.accept = fingerprint
        error = refusal(lambda: desk.publish(host, sites["first"], patience=4 * SHORT))
    assert error.slug == "target-unreachable"
    assert "没有答完" in error.message


@pytest.mark.parametrize(
    ("kind", "requests"),
    [("sftp", 14), ("sftp", 60), ("ftp", 3), ("ftp", 40), ("s3", 3), ("s3", 40)],
)
def test_a_host_that_falls_silent_is_given_up_and_the_next_run_completes_the_site(
    desk, make_host, sites, kind, requests
):
    host = make_host(kind)
    with Proxy(host.port, requests, stalls=True) as between:
        error = refusal(
            lambda: desk.publish(
                host, sites["first"], between.port, patience=4 * SHORT, pauses=ONCE_MORE
            )
        )
        assert error.slug in {"connection-lost", "target-unreachable", "target-refused"}
        assert re.search("没有答完|没有回应|断开", error.message)
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()
    assert not {path for path in host.files() if "tmp" in path or "lock" in path}


def test_the_time_of_a_request_grows_with_its_bytes():
    broken = threading.Event()
    with bound_time(broken.set, 0.2) as watch:
        watch.allow(10 * SLOWEST)
        time.sleep(0.5)
    assert not broken.is_set()


def test_the_error_of_a_connection_that_was_broken_off_says_that_it_took_too_long():
    broken = threading.Event()

    def wait() -> None:
        with bound_time(broken.set, 0.2):
            assert broken.wait(ENOUGH)
            raise OSError

    with pytest.raises(DroppedError, match="没有答完"):
        wait()
