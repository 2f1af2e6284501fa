"""What the browser tests share: Debian's Chromium, built sites, a server, a watch on every page."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageOps
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright
from projects import REPOSITORY, run
from truth import Row, rows

Shared = Callable[[str, Callable[[Path], None]], Path]
CHROMIUM = os.environ.get("CASEGEN_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # No processes for the sites of other hosts, of which there are none.
    "--disable-extensions", "--disable-site-isolation-trials", "--num-raster-threads=1",
)  # fmt: skip
SUBFOLDER = "/some/folder/"
# Enough for an index of the search and for facets of more than twenty values.
MANY = 1000 if os.environ.get("CASEGEN_FULL") else 320


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; a machine without it fails the tests rather than skipping them."""
    if not Path(CHROMIUM).is_file():
        pytest.fail(f"no browser at {CHROMIUM}; set CASEGEN_CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


# ── sites ──


def build(project: Path) -> None:
    run("-m", "casegen", "-C", project, "build")


@pytest.fixture(scope="session")
def demo_site(shared: Shared) -> Path:
    """The demonstration collection, built by the real program."""

    def make(folder: Path) -> None:
        for name in ("cases", "pages"):
            shutil.copytree(REPOSITORY / name, folder / name)
        shutil.copy(REPOSITORY / "casegen.yml", folder)
        build(folder)

    return shared("demo", make) / "site"


@pytest.fixture(scope="session")
def second_site(shared: Shared) -> Path:
    """The demonstration in the theme hetang, its pictures small: they are made as in the first."""

    def make(folder: Path) -> None:
        for name in ("cases", "pages"):
            shutil.copytree(REPOSITORY / name, folder / name)
        for path in folder.rglob("*.png"):
            with Image.open(path) as picture:
                small = ImageOps.contain(picture, (320, 320))
            small.save(path)
        config = (REPOSITORY / "casegen.yml").read_text("utf-8")
        assert "theme: default" in config
        changed = config.replace("theme: default", "theme: hetang")
        (folder / "casegen.yml").write_text(changed, "utf-8")
        build(folder)

    return shared("hetang", make) / "site"


@pytest.fixture(scope="session")
def big_project(shared: Shared) -> Path:
    """A thousand generated cases, built; fewer where time is short."""

    def make(folder: Path) -> None:
        run(REPOSITORY / "benchmarks" / "generate.py", str(MANY), folder)
        build(folder)

    return shared("big", make)


@pytest.fixture(scope="session")
def big_site(big_project: Path) -> Path:
    return big_project / "site"


@pytest.fixture(scope="session")
def truth(big_project: Path) -> list[Row]:
    """The generated cases as a plain reading of their files has them, newest first."""
    return rows(big_project)


# ── addresses ──


class _Quiet(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        if not path.startswith(SUBFOLDER):
            return os.devnull + "/nothing"
        return super().translate_path(path[len(SUBFOLDER) - 1 :])

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder from a sub-folder of a loopback host: serve(folder) -> its address."""
    servers: dict[Path, ThreadingHTTPServer] = {}

    def start(folder: Path) -> str:
        if folder not in servers:
            handler = partial(_Quiet, directory=str(folder))
            servers[folder] = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=servers[folder].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[folder].server_port}{SUBFOLDER}"

    yield start
    for server in servers.values():
        server.shutdown()
        server.server_close()


def address_of(way: str, serve: Callable[[Path], str]) -> Callable[[Path], str]:
    return serve if way == "http" else lambda folder: folder.as_uri() + "/"


@pytest.fixture(params=["file", "http"])
def address(request: pytest.FixtureRequest, serve: Callable[[Path], str]) -> Callable[[Path], str]:
    """The address of a site's root, once as files opened from disk and once over HTTP."""
    return address_of(request.param, serve)


@pytest.fixture(params=["file", pytest.param("http", marks=pytest.mark.full)])
def any_address(
    request: pytest.FixtureRequest, serve: Callable[[Path], str]
) -> Callable[[Path], str]:
    """The same for what builds on tests of both ways: over HTTP in the full suite alone."""
    return address_of(request.param, serve)


# ── pages under watch ──


class Watch:
    """Notes whatever no page may do: ask another host, fail to load, complain in the console."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.on("request", self._asked)
        context.on("requestfailed", self._failed)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "file" and parts.hostname != "127.0.0.1":
            self.faults.append(f"asked for {request.url}")

    def _failed(self, request: Request) -> None:
        # A page that is left breaks off what it was still loading.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"could not load {request.url}: {request.failure}")

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def _said(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text}")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh window: visit(url, java_script_enabled=False, viewport=…)."""
    watches: list[Watch] = []
    contexts: list[BrowserContext] = []

    def start(url: str, before: str = "", **options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = browser.new_context(locale="zh-CN", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        watches.append(Watch(context))
        if before:
            context.add_init_script(before)
        page = context.new_page()
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []
