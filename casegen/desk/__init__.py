"""desk: the live preview, `casegen serve`; the browser editor will be built on it.

Secret: that the site is built again at every save while browsers keep reading it.
Not here: building (build), which files count (source), printing (cli).
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casegen.desk import preview
from casegen.desk.early import read_saves
from casegen.desk.preview import Shown
from casegen.desk.server import Server
from casegen.desk.watching import watch_project

PAUSE = 0.2  # seconds between two looks whether the preview is to end

__all__ = ["Shown", "keep_fresh", "open_preview"]


@contextmanager
def open_preview(root: Path, host: str, port: int) -> Iterator[Server]:
    """Start a server that shows the project of a folder; it stops at the end of the `with` block.

    Until the first build is done it shows what the last preview left, and says so. Raises
    CasegenError "port" where nothing can listen.
    """
    server = Server(host, port, preview.begin_preview(root))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.end()
        thread.join()


def keep_fresh(
    server: Server,
    root: Path,
    told: Callable[[Shown], None],
    *,
    stop: threading.Event,
    poll: bool = False,
) -> None:
    """Build now and at every change of a file, until `stop` is set; call `told` after each build.

    Files are watched before the first build begins, so that no change is missed. A saved case is
    shown at once, beside the build that shows its effect on the rest of the site.
    """
    changes, due = watch_project(root, stop, poll=poll), threading.Event()
    threading.Thread(target=_show_saves, args=(server, changes, due), daemon=True).start()
    while not stop.is_set():
        server.begin_work()
        begun = time.monotonic()
        server.show(_rebuild(root, server.built), begun)
        told(server.shown)
        while not stop.is_set() and not due.wait(PAUSE):
            pass
        due.clear()


def _show_saves(server: Server, changes: Iterator[None], due: threading.Event) -> None:
    """Show saved cases at every change, then report that a build is due."""
    for _ in changes:
        with suppress(Exception):  # the build that follows tells what is wrong
            if (made := server.built.made) is not None:
                server.show_saves(read_saves(made, server.built.folder))
        due.set()


def _rebuild(root: Path, last: Shown) -> Shown:
    try:
        return preview.rebuild_preview(root, last)
    except Exception:  # noqa: BLE001 - a bug of ours must not end the editor's day
        return preview.show_failure(last, f"casegen 自己出了错：{traceback.format_exc(limit=-3)}")
