"""Cuts: a proxy that closes connections, a process that dies."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

# What a server says of its connection, or of what this one says again.
HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive", "date", "server", "content-length"}


class Proxy:
    """Passes bytes between clients and a server, and cuts all connections after `limit` requests.

    A request is a piece of bytes that a client sends in one go. With `again` the count starts
    again, and the answer to the last request is lost; without it nobody gets through any more.
    With `stalls` nothing is cut: from then on all connections stay open and nothing is passed on.
    """

    def __init__(
        self,
        port: int,
        limit: int | None = None,
        *,
        again: bool = False,
        delay: float = 0.0,
        stalls: bool = False,
    ) -> None:
        self._to = port
        self._limit = limit
        self._again = again
        self._stalls = stalls
        self._delay = delay  # seconds that an answer takes on its way
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._left = limit
        self.requests = 0
        self.cuts = 0
        self.heard = bytearray()  # all that clients said
        self._dead = False
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()
        self._cut()

    def heal(self) -> None:
        """From now on let everything through."""
        self._dead, self._left = False, None

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            if self._dead and self._stalls:
                with self._lock:
                    self._open.add(client)
                continue
            if self._dead:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._to))
            for connection in (client, server):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open |= {client, server}
            for source, sink, counts in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._pump, args=(source, sink, counts), daemon=True
                ).start()

    def _pump(self, source: socket.socket, sink: socket.socket, counts: bool) -> None:  # noqa: FBT001
        with contextlib.suppress(OSError):
            while data := source.recv(1 << 16):
                last = False
                if counts:
                    with self._lock:
                        self.requests += 1
                        self.heard += data
                        if self._left is not None:
                            if self._left == 0 and not self._again:
                                self._dead = True
                                if self._stalls:
                                    return
                                break
                            self._left -= 1
                            last = self._again and self._left == 0
                if self._delay and not counts:
                    time.sleep(self._delay)
                sink.sendall(data)
                if last:
                    self._left = self._limit
                    break
            else:
                last = False
            if self._dead or (counts and last):
                self.cuts += 1
                self._cut()
        for connection in (source, sink):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _cut(self) -> None:
        with self._lock:
            connections, self._open = self._open, set()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


class Ailing:
    """Passes HTTP requests on to a server, and from one of them on answers some in its place.

    `limit` requests are let through, then `often` are answered with a status and a body (all the
    rest where it is 0).
    """

    def __init__(self, port: int, status: int, body: bytes, limit: int, often: int = 0) -> None:
        self.requests = self.failed = 0
        lock, outer = threading.Lock(), self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with lock:
                    outer.requests += 1
                    number = outer.requests - limit
                    ill = number > 0 and (not often or number <= often)
                    outer.failed += ill
                if ill:
                    self.answer(status, body, [("Content-Type", "application/xml")])
                    return
                there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                there.request(self.command, self.path, data, dict(self.headers.items()))
                answered = there.getresponse()
                length = "content-length" if self.command == "HEAD" else ""  # of what is not sent
                kept = [
                    (name, value)
                    for name, value in answered.getheaders()
                    if name.lower() == length or name.lower() not in HOP_BY_HOP
                ]
                self.answer(answered.status, answered.read(), kept)
                there.close()

            def answer(self, code: int, content: bytes, headers: list[tuple[str, str]]) -> None:
                self.send_response(code)
                for name, value in headers:
                    self.send_header(name, value)
                if self.command != "HEAD":
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = pass_on  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def killed_after(limit: int, root: Path, act: Callable[[], object]) -> bool:
    """Run `act` in a process of its own that dies before its next change under `root`.

    The first `limit` changes are let through; True where it came to its end before.
    """
    return _changes(limit, root, act) is not None


def changes(root: Path, act: Callable[[], object]) -> int:
    """How many changes under `root` an undisturbed run makes."""
    made = _changes(sys.maxsize, root, act)
    assert made is not None
    return made


def _changes(limit: int, root: Path, act: Callable[[], object]) -> int | None:
    """The changes that a process made; None where it died."""
    reading, telling = os.pipe()
    child = os.fork()
    if child == 0:
        done = 0
        writing = os.O_WRONLY | os.O_RDWR

        def hook(event: str, given: tuple[Any, ...]) -> None:
            nonlocal done
            changes = event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir"} or (
                event == "open" and isinstance(given[2], int) and bool(given[2] & writing)
            )
            if (
                changes
                and isinstance(given[0], str | os.PathLike)
                and str(given[0]).startswith(str(root))
            ):
                if done == limit:
                    os._exit(9)
                done += 1

        sys.addaudithook(hook)
        try:
            act()
        except BaseException:  # noqa: BLE001
            os._exit(1)
        os.write(telling, str(done).encode())
        os._exit(0)
    os.close(telling)
    with os.fdopen(reading, "rb") as told:
        made = told.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, 9}
    return int(made) if code == 0 else None
