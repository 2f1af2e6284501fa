"""server: the preview answered over HTTP, by default on this machine only.

Secret: which requests are answered and which are refused, and how browsers learn of a change.
Not here: what is shown (preview) and what is added to it (overlay).
"""

from __future__ import annotations

import ipaddress
import mimetypes
import socket
import socketserver
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from casegen import storage
from casegen.desk import overlay, preview
from casegen.desk.early import Saved
from casegen.desk.preview import Shown
from casegen.problem import CasegenError

TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# Seconds without a change, after which a connection is tested: a closed one fails then.
BREATH = 15.0
LONGEST = 18  # digits of a version that a browser may show
IDLE = 60.0  # seconds after which a connection is closed on which nothing comes
MOST = 200  # connections at a time: each has a thread; a browser with twenty pages open has some 50


class Server(ThreadingHTTPServer):
    """Answers with what is shown now: the last build, `built`, and what was saved since then.

    `working` says that a build runs, so that what is shown may soon be old.
    """

    daemon_threads = True
    block_on_close = False
    # On Windows it would let two programs share a port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, host: str, port: int, shown: Shown) -> None:
        self.shown = self.built = shown
        self.saves: Mapping[str, Saved] = {}
        self.whole = shown.version  # the version in which the last build was first shown
        self.working = False
        self.ended = False
        self.changed = threading.Condition()
        self._open: dict[socket.socket, None] = {}  # the oldest first
        self._opening = threading.Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), Handler)
        except OSError as error:
            raise CasegenError(
                "port",
                f"不能在 {host} 的 {port} 端口上预览：{error.strerror or error}",
                f"端口多半有别的程序在用，换一个：--port {port + 1}" if port else "换一个地址",
            ) from error
        self.host = host

    def server_bind(self) -> None:
        """Bind without asking for this machine's full name, which may take seconds."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer on a new connection; where there are too many, the oldest one is ended for it."""
        with self._opening:
            self._open[request] = None
            oldest = next(iter(self._open)) if len(self._open) > MOST else None
            if oldest:
                del self._open[oldest]
                with suppress(OSError):  # its thread ends, and closes it
                    oldest.shutdown(socket.SHUT_RDWR)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._opening:
            self._open.pop(request, None)
        super().shutdown_request(request)

    @property
    def url(self) -> str:
        """The address of the preview, for a browser on this machine."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        if self.host in {"0.0.0.0", "::"}:  # noqa: S104 - these stand for every address
            name = "127.0.0.1"
        return f"http://{name}:{self.server_address[1]}/"

    def begin_work(self) -> None:
        """Tell all connected browsers that a build has begun; `show` ends it."""
        with self.changed:
            self.working = True
            self.changed.notify_all()

    def show(self, built: Shown, begun: float) -> None:
        """Show this build, which began at a time, from now on; tell all connected browsers.

        What was saved after that time (time.monotonic) may not be in it, so it is shown further.
        """
        with self.changed:
            saves = {path: s for path, s in self.saves.items() if s.looked > begun}
            self._show(built, saves)
            self.working = False
            self.changed.notify_all()

    def show_saves(self, saves: Iterable[Saved]) -> None:
        """Show these saved cases over the last build; tell all connected browsers."""
        with self.changed:
            self._show(self.built, {**self.saves, **{s.document.path: s for s in saves}})
            self.changed.notify_all()

    def _show(self, built: Shown, saves: Mapping[str, Saved]) -> None:
        rebuilt = built.version != self.built.version or saves.keys() < self.saves.keys()
        version = self.shown.version + (rebuilt or saves != self.saves)
        self.built, self.saves = built, saves
        self.whole = version if rebuilt else self.whole
        self.shown = replace(preview.show_saves(built, tuple(saves.values())), version=version)

    def end(self) -> None:
        """Stop answering, and end all connections."""
        with self.changed:
            self.ended = True
            self.changed.notify_all()
        self.shutdown()
        self.server_close()

    def wait_beyond(self, version: str, *, working: bool | None) -> tuple[str, bool] | None:
        """Wait until version or `working` differ; return both, None when the server ends.

        They are returned unchanged after BREATH seconds. Any other version counts, a lower one
        too: after a restart of the program the browser may know a higher one.
        """
        with self.changed:
            self.changed.wait_for(
                lambda: self.ended or (str(self.shown.version), self.working) != (version, working),
                timeout=BREATH,
            )
            return None if self.ended else (str(self.shown.version), self.working)

    def trusts(self, host: str) -> bool:
        """Return whether a host names this machine; a page of another site must not read it."""
        name = urlsplit(f"//{host}").hostname or ""
        if name in {self.host, "localhost"}:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return not self._loopback and name == socket.gethostname().lower()
        return address.is_loopback or not self._loopback

    @property
    def _loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Server
    server_version = "casegen"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = IDLE

    def handle(self) -> None:
        """Answer the requests of a connection; a browser may close it at any moment."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def do_GET(self) -> None:
        """Answer the request."""
        self._answer()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Log nothing: the terminal is for what editors must know."""

    def _answer(self) -> None:
        try:
            trusted = self.server.trusts(self.headers.get("Host", ""))
            origin = self.headers.get("Origin")  # the site whose script asks
            if origin is not None:
                trusted = trusted and self.server.trusts(urlsplit(origin).netloc)
            parts = urlsplit(self.path)
            path = unquote(parts.path, errors="strict")
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, b"", TYPES[".txt"])
            return
        if not trusted:
            self._send(HTTPStatus.FORBIDDEN, "只回答本机的预览。\n".encode(), TYPES[".txt"])
        elif path.startswith(overlay.HOME):
            self._answer_own(path.removeprefix(overlay.HOME), parts.query)
        else:
            self._answer_page(path)

    def _answer_own(self, name: str, query: str) -> None:
        shown = self.server.shown
        if name == "events":
            self._tell_changes(query)
        elif name in {"preview.js", "preview.css"}:
            content = files("casegen.desk").joinpath("assets", name).read_bytes()
            self._send(HTTPStatus.OK, content, TYPES[Path(name).suffix])
        elif not name:
            self._send_page(HTTPStatus.OK, overlay.show_overview(shown))
        else:
            self._send_page(HTTPStatus.NOT_FOUND, overlay.show_missing(self.path, shown))

    def _answer_page(self, path: str) -> None:
        shown = self.server.shown
        address = path.removeprefix("/")
        if not address or address.endswith("/"):
            address += "index.html"
        page = _make_page(shown, address) if address.endswith(".html") else ""
        content = None if page else _read(shown.folder, address)
        if page:
            self._send_page(HTTPStatus.OK, page)
        elif content is not None:
            self._send(HTTPStatus.OK, content, _kind(address))
        else:
            self._send_page(HTTPStatus.NOT_FOUND, overlay.show_missing(path, shown))

    def _tell_changes(self, query: str) -> None:
        """Send each new version, and when a build begins and ends, as server-sent events.

        The query says what the browser shows: `version`, and of a page `address` and `page`, its
        digest (overlay.digest_page). A version in which that page is the same is not sent.
        """
        asked = dict(parse_qsl(query))
        version, address = asked.get("version", ""), unquote(asked.get("address", "/"))[1:]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        working: bool | None = None
        while (now := self.server.wait_beyond(version, working=working)) is not None:
            lines = ": \n\n"  # a comment, for a test of the connection
            if now[1] != working:
                lines += f"event: working\ndata: {'yes' if now[1] else 'no'}\n\n"
            if now[0] != version and self._is_news(version, address, asked.get("page", "")):
                lines += f"data: {now[0]}\n\n"
            self.wfile.write(lines.encode())
            self.wfile.flush()
            version, working = now

    def _is_news(self, version: str, address: str, digest: str) -> bool:
        """Return whether a browser must load its page again, which showed this version before.

        `digest` is that of the page, "" where it is not known. Such a page has no news where only
        saved cases were shown since.
        """
        shown = self.server.shown
        if digest:
            html = _find_html(shown, address)
            return digest != overlay.digest_page(html, address, shown)
        # Python reads no number of thousands of digits, and no version has so many.
        known = int(version) if version.isdecimal() and len(version) <= LONGEST else -1
        return not self.server.whole <= known <= shown.version

    def _send_page(self, status: HTTPStatus, html: str) -> None:
        self._send(status, html.encode(), TYPES[".html"])

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)


def _make_page(shown: Shown, address: str) -> str:
    """Return a page as it is shown; "" where there is none."""
    if address in shown.broken:
        return overlay.show_broken(shown.broken[address], shown)
    html = _find_html(shown, address)
    return overlay.lay_over(html, address, shown) if html else ""


def _find_html(shown: Shown, address: str) -> str:
    """Return a page of the site; "" where there is none."""
    early = shown.early.get(address, "")
    return early or (_read(shown.folder, address) or b"").decode(errors="replace")


def _read(folder: Path, address: str) -> bytes | None:
    """Return a file of the site; None for what is missing, hidden, or reached through a link."""
    parts = address.split("/")
    if any(not part or part.startswith(".") or set(part) & set("\\:\0") for part in parts):
        return None
    place = folder.joinpath(*parts)
    try:
        inside = storage.resolve_path(place).is_relative_to(storage.resolve_path(folder))
        return storage.read_file(place) if inside else None
    except OSError:
        return None


def _kind(address: str) -> str:
    suffix = Path(address).suffix.lower()
    return TYPES.get(suffix) or mimetypes.guess_type(address)[0] or "application/octet-stream"
