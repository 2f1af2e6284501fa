"""A live preview of a project, run by the real program's own parts in this process."""

from __future__ import annotations

import http.client
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from projects import case_text

from casegen import desk
from casegen.desk.server import Server

FINE = {"cases/a.md": case_text("甲"), "cases/b.md": case_text("乙")}
PATIENCE = 120  # seconds until a build that does not come fails the test


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    @property
    def bar(self) -> str:
        found = self.soup.select_one("#casegen-preview")
        assert found is not None
        return found.get_text(" ", strip=True)


@dataclass(frozen=True)
class Preview:
    server: Server
    told: queue.Queue[desk.Shown]

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    def get(
        self, path: str, host: str | None = None, method: str = "GET", origin: str | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host if host is not None else f"127.0.0.1:{self.port}")
        if origin is not None:
            connection.putheader("Origin", origin)
        connection.endheaders()
        answer = connection.getresponse()
        found = Answer(answer.status, answer.headers, answer.read())
        connection.close()
        return found

    def wait(self, version: int) -> desk.Shown:
        """The first build that shows this version or a later one."""
        while (shown := self.told.get(timeout=PATIENCE)).version < version:
            pass
        return shown


@contextmanager
def previewing(root: Path, *, poll: bool = False) -> Iterator[Preview]:
    """The preview of a project, built once."""
    stop = threading.Event()
    with desk.open_preview(root, "127.0.0.1", 0) as server:
        preview = Preview(server, queue.Queue())
        work = threading.Thread(
            target=desk.keep_fresh,
            args=(server, root, preview.told.put),
            kwargs={"stop": stop, "poll": poll},
            daemon=True,
        )
        work.start()
        try:
            preview.wait(1)
            yield preview
        finally:
            stop.set()
            work.join(PATIENCE)


def fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.read().decode()
