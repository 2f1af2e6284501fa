"""How long publishing over SFTP takes: OpenSSH on loopback, a project of N invented cases.

    python benchmarks/publish.py [1000] [--delay 0]

Prints, for the first upload, a run without changes, a sentence more in one case, another title of
one case (which many lists show) and the way back: files
sent and removed, seconds (building aside), operations (requests of the Store interface), bytes,
and messages (pieces that the client sends; one or more a round trip). `--delay` adds milliseconds
to each of the server's answers, as a line to a far host would.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from generate import generate

from casegen import build as builder
from casegen import project as projects
from casegen import publish

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from publish.cutting import Proxy
from publish.servers import sshd


def built(root: Path) -> builder.Outcome:
    found, problems = projects.load_project(root)
    if found is None:
        raise SystemExit(problems)
    outcome = builder.build_site(found, problems)
    if outcome.report is None:
        raise SystemExit(outcome.problems)
    return outcome


def edit(root: Path, pattern: bytes, replacement: bytes) -> None:
    """Change the first published case in which the pattern is found."""
    for path in sorted((root / "cases").rglob("*.md")):
        data = path.read_bytes()
        out = re.search("^(?:status|状态):".encode(), data, re.MULTILINE)
        changed = re.sub(pattern, replacement, data, count=1)
        if not out and b"\r" not in data and changed != data:
            path.write_bytes(changed)
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        generate(given.count, place / "project")
        for folder in ("sshd", "www"):
            (place / folder).mkdir()
        with sshd(place / "sshd") as server, Proxy(server.port, delay=given.delay / 1000) as proxy:
            where = f"sftp://{server.user}@127.0.0.1:{proxy.port}{place}/www?key={server.key}"
            address = publish.resolve_target(where, (), place, place)
            around = publish.Around(
                place / "memory",
                "bench",
                os.environ,
                lambda: dt.datetime.now(dt.UTC),
                time.sleep,
                accept=server.fingerprint,
            )
            for stage in ("first", "unchanged", "sentence", "title", "back"):
                if stage == "sentence":
                    edit(place / "project", rb"\n\Z", "\n\n又添了一句话。\n".encode())
                if stage == "title":
                    edit(place / "project", "\n(title|标题): ".encode(), "\n\\1: 新".encode())
                outcome = built(place / "project")
                paths = tuple(outcome.report.remembered) if outcome.report else ()
                begun, messages = time.perf_counter(), proxy.requests
                if stage == "back":
                    operations = publish.roll_back(address, around, lambda *_: None)
                    said = f"{'':34}{operations:6} operations"
                else:
                    done = publish.publish_site(
                        address, outcome.folder, paths, around, lambda *_: None
                    )
                    said = (
                        f"{len(done.plan.sent):5} sent {len(done.plan.removed):4} removed of "
                        f"{len(paths):5}  {done.operations:6} operations {done.sent:11,} bytes"
                    )
                seconds = time.perf_counter() - begun
                print(f"{stage:10}{seconds:7.2f} s {said}  {proxy.requests - messages:7} messages")


if __name__ == "__main__":
    main()
