"""Who is answered, with what, and how browsers learn of a change."""

from __future__ import annotations

import socket
import struct
import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
from preview import FINE, PATIENCE, previewing
from projects import case_text

from casegen.desk import server


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "192.168.1.5", "a b"],
)
def test_a_foreign_host_is_refused(preview, host) -> None:
    for path in ("/", "/cases/a.html", "/.preview/", "/.preview/events?version=0"):
        answer = preview.get(path, host)
        assert answer.status == 403
        assert "甲" not in answer.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://evil.example", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 400),
        ("http://127.0.0.1:8000", 200),
        ("http://localhost", 200),
    ],
)
def test_a_page_of_another_site_is_refused(preview, origin, status) -> None:
    assert preview.get("/", origin=origin).status == status


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_names_of_this_machine_are_answered(preview, host) -> None:
    assert preview.get("/", host).status == 200


def test_nothing_outside_the_preview_is_served(project) -> None:
    made = project({**FINE, "secret.txt": "机密"})
    with previewing(made.root) as preview:
        (made.root / ".casegen/preview/out.html").symlink_to(made.root / "secret.txt")
        for path in (
            "/../../secret.txt",
            "/..%2f..%2fsecret.txt",
            "/%2e%2e/%2e%2e/secret.txt",
            "/cases/../../../secret.txt",
            "/..%5c..%5csecret.txt",
            "//secret.txt",
            "/out.html",
            f"/{made.root}/secret.txt",
            "/.casegen-manifest.json",
            "/a%00.html",
            "/%ff.html",
            "/.preview/../secret.txt",
            "/.preview/../../../secret.txt",
        ):
            answer = preview.get(path)
            assert answer.status in {400, 404}
            assert "机密" not in answer.body.decode("utf-8", "replace")
        assert preview.get("/", method="POST").status == 501


def test_neither_a_closed_connection_nor_a_damaged_page_ends_in_a_traceback(project, capfd) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        (made.root / ".casegen/preview/cases/a.html").write_bytes(b"\xff\xfe\0")
        assert preview.get("/cases/a.html").status == 200
        rude = socket.create_connection(("127.0.0.1", preview.port))
        rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        rude.close()  # with a reset
        assert preview.get("/index.html").status == 200
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("version", ["9" * 6000, "²", "-1", "٣", ""])
def test_a_version_that_never_was_is_answered_with_the_one_shown(preview, capfd, version) -> None:
    url = f"{preview.server.url}.preview/events?{urlencode({'version': version})}"
    with urllib.request.urlopen(url, timeout=PATIENCE) as events:
        told = [events.readline().decode() for _ in range(6)]
    assert f"data: {preview.server.shown.version}\n" in told
    assert "Traceback" not in capfd.readouterr().err


def test_kinds_of_files_are_named(preview) -> None:
    kinds = {
        name: preview.get(f"/{name}").headers["Content-Type"]
        for name in ("index.html", "cases/a.md", "data/cases.json", "data/metrics.csv")
    }
    script = preview.get("/assets/catalog.js")
    head = preview.get("/index.html", method="HEAD")
    assert kinds == {
        "index.html": "text/html; charset=utf-8",
        "cases/a.md": "text/markdown; charset=utf-8",
        "data/cases.json": "application/json",
        "data/metrics.csv": "text/csv; charset=utf-8",
    }
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert head.body == b""
    assert int(head.headers["Content-Length"]) > 1000


def test_a_port_in_use_is_said_with_another_to_try(project, preview) -> None:
    result = project(FINE).start("serve", "--port", str(preview.port))
    assert result.exit_code == 2
    assert f"--port {preview.port + 1}" in result.stderr


def test_browsers_are_told_when_a_build_begins_and_ends(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        version = str(preview.server.shown.version)
        events = urllib.request.urlopen(
            f"{preview.server.url}.preview/events?version={version}", timeout=PATIENCE
        )
        with events:
            made.write({"cases/a.md": case_text("丙")})
            lines = []
            while not lines or not lines[-1].removeprefix("data: ").isdecimal():
                lines.append(events.readline().decode().strip())
    told = [line for line in lines if line.startswith(("event", "data"))]
    assert int(told.pop().removeprefix("data: ")) > int(version)
    assert told == [
        "event: working",
        "data: no",
        "event: working",
        "data: yes",
        "event: working",
        "data: no",
    ]


def test_a_page_that_stays_the_same_is_not_loaded_again(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        script = preview.get("/cases/b.html").soup.select_one("script[data-page]")
        assert script is not None
        asked = {"version": 1, "page": script["data-page"], "address": "/cases/b.html"}
        url = f"{preview.server.url}.preview/events?{urlencode(asked)}"
        with urllib.request.urlopen(url, timeout=PATIENCE) as events:
            made.write({"cases/a.md": case_text("甲", body="改过的一句。")})
            other = preview.wait(2).version
            made.write({"cases/b.md": case_text("乙", body="也改过的一句。")})
            lines = iter(events.readline, b"")
            assert int(next(line[6:-1] for line in lines if line[6:-1].isdigit())) > other


def connect(preview, sent: bytes = b"") -> socket.socket:
    """A connection on which a browser has sent something, and not more."""
    made = socket.create_connection(("127.0.0.1", preview.port), 30)
    made.sendall(sent)
    return made


def test_of_very_many_connections_the_oldest_end_and_others_are_answered(preview, monkeypatch):
    monkeypatch.setattr(server, "MOST", 5)
    slow = [connect(preview, b"GET / HTTP/1.1\r\nHost: ") for _ in range(12)]
    assert preview.get("/").status == 200
    for each in slow[:7]:
        assert each.recv(1) == b""
    for each in slow:
        each.close()


def test_a_connection_on_which_nothing_comes_is_closed(preview, monkeypatch):
    monkeypatch.setattr(server.Handler, "timeout", 0.1)
    for sent in (b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "):
        with connect(preview, sent) as idle:
            assert idle.recv(1) == b""
