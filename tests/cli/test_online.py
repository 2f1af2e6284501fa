"""Outside links are tried by `check --online` alone: politely, and again only where they failed."""

import contextlib
import socket
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from projects import case_text

from casegen import online


class Host(BaseHTTPRequestHandler):
    """Pages that are there, that moved, that are gone, and one that takes no HEAD."""

    asked: ClassVar[Counter[str]] = Counter()

    def do_GET(self):
        self.asked[f"{self.command} {self.path}"] += 1
        status = {
            "/good": 200, "/moved": 302, "/round": 302, "/file": 302, "/login": 403,
            "/broken": 500, "/many": 429, "/next": 200, "/other": 200,
        }.get(self.path, 404)  # fmt: skip
        if self.path == "/get":
            status = 200 if self.command == "GET" else 405
        self.send_response(status)
        to = {"/moved": "/good", "/round": "/round", "/file": "file:///etc/hosts"}.get(self.path)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_):
        pass


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(online, "PAUSE", 0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    Host.asked.clear()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_links_that_do_not_open_are_told_and_those_that_did_are_not_asked_again(project, host):
    paths = ("good", "moved", "get", "login", "gone", "gone#注", "broken")
    body = " ".join(f"[甲]({host}/{path})" for path in paths)
    made = project(
        {
            "cases/a.md": case_text("甲", f"{body} [乙](mailto:a@example.edu.cn)"),
            "cases/b.md": case_text("乙", source=f"{{name: 网, url: {host}/away}}"),
            "pages/about.md": f"# 关于\n\n[甲]({host}/gone)\n",
        }
    )
    assert "dead-link" not in made.start("check").output
    assert not Host.asked
    done = made.start("check", "--online")
    lines = [line for line in done.output.splitlines() if "[dead-link]" in line]
    assert [line.split()[0].rpartition(":")[0] for line in lines] == [
        "cases/a.md:9",
        "cases/a.md:9",
        "cases/b.md:7",
        "pages/about.md:3",
    ]
    assert f"链接“{host}/gone”打不开：主机说没有这个网页（404）" in lines[0] + lines[1]
    assert "主机出了错（500）" in lines[0] + lines[1]
    assert done.exit_code == 0
    assert Host.asked["HEAD /gone"] == 1
    made.start("check", "--online")
    assert (Host.asked["HEAD /gone"], Host.asked["HEAD /get"]) == (2, 1)


def test_a_waiver_of_a_link_holds_and_is_never_idle(project, host):
    case = case_text("甲", f"[甲]({host}/gone)", waive="{dead-link: 主机常停}")
    made = project({"cases/a.md": case})
    for command in (["check"], ["check", "--online"]):
        said = made.start(*command).output
        assert "dead-link" not in said


def test_a_host_that_is_not_there_is_told_and_asked_no_more_after_a_few(project, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(online, "PAUSE", 0)
    tried = []

    def count(address, _method):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(online, "_status", count)
    body = " ".join(f"[甲](https://例.example/{n})" for n in range(9))
    said = project({"cases/a.md": case_text("甲", body)}).start("check", "--online").output
    assert len(tried) == online.SILENT
    assert tried[0] == "https://xn--fsq.example/0"
    assert said.count("连不上主机") == 9


@pytest.mark.parametrize("path", ["round", "file"])
def test_a_link_that_leads_round_or_out_of_the_web_is_told(project, host, path):
    made = project({"cases/a.md": case_text("甲", f"[甲]({host}/{path})")})
    said = made.start("check", "--online").output
    assert f"链接“{host}/{path}”打不开：网址转来转去" in said


def test_a_host_that_is_asked_too_often_is_asked_no_more(project, host):
    paths = ("good", "many", "next", "other")
    body = " ".join(f"[甲]({host}/{path})" for path in paths)
    made = project({"cases/a.md": case_text("甲", body)})
    said = made.start("check", "--online").output
    assert "嫌问得太勤，还有 3 个链接没有试" in said
    assert "打不开" not in said
    assert set(Host.asked) == {"HEAD /good", "HEAD /many"}
    made.start("check", "--online")
    assert Host.asked["HEAD /good"] == 1
    assert Host.asked["HEAD /many"] == 2


def test_a_host_that_answers_byte_by_byte_is_left_after_a_while(project, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(online, "LONGEST", 0.2)
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip():
            with contextlib.suppress(OSError):
                line, _ = server.accept()
                with line:
                    while not stop.wait(0.05):
                        line.sendall(b"H")

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/a"
        made = project({"cases/a.md": case_text("甲", f"[甲]({url})")})
        said = made.start("check", "--online").output
        stop.set()
    assert f"链接“{url}”打不开：主机没有回答" in said
