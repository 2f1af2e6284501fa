"""Lighthouse: scores of a built site's front, index, an indicator and a case; median of runs.

    python benchmarks/lighthouse.py SITE [--runs 3] [--json]

Serves the folder compressed, as hosts do, and asks Lighthouse as for a phone. Also prints the bytes
that each page's first view loads, compressed. Needs npm's lighthouse, which
`make node_modules/lighthouse` installs.

Secret: how the tool is asked and what of its answer counts. Not here: pass or fail (full tests).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[1]
NODE = Path(sys.executable).with_name("node")
TOOL = HOME / "node_modules/lighthouse/cli/index.js"
CHROMIUM = os.environ.get("CASEGEN_CHROMIUM", "/usr/bin/chromium")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TEXT = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class _Compressed(SimpleHTTPRequestHandler):
    """Text is sent compressed, everything may be kept for a year but pages."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        kind = TEXT.get(path.suffix)
        if kind is None or not path.is_file():
            super().do_GET()
            return
        content = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-cache" if kind == "text/html" else "max-age=31536000")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve the folder in the `with` block; yield the address of its root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressed, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def audit(address: str, categories: tuple[str, ...] = CATEGORIES) -> dict[str, Any]:
    """Return scores (0 to 100) by category, faults, layout shift, bytes of the first view."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 a tool that the caller chose
            [
                NODE, TOOL, address, "--quiet",
                "--output=json", f"--output-path={folder}/report.json",
                f"--only-categories={','.join(categories)}",
                "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            ],
            check=True, capture_output=True,
            env={**os.environ, "CHROME_PATH": CHROMIUM},
        )  # fmt: skip
        report = json.loads((Path(folder) / "report.json").read_text("utf-8"))
    failed = [
        f"{name}: {one['title']}"
        for name, one in report["audits"].items()
        if one.get("score") is not None and one["score"] < 0.9
    ]
    return {
        **{name: round(100 * report["categories"][name]["score"]) for name in categories},
        "failed": failed,
        "shift": report["audits"].get("cumulative-layout-shift", {}).get("numericValue"),
        "bytes": report["audits"].get("total-byte-weight", {}).get("numericValue"),
    }


def pages_of(site: Path) -> list[str]:
    """Return front, index, and the indicator and the case with the longest page."""
    longest = max(site.glob("cases/*.html"), key=lambda path: path.stat().st_size)
    indicator = max((site / "metrics").glob("*.html"), key=lambda page: page.stat().st_size)
    return ["index.html", "cases.html", f"metrics/{indicator.name}", f"cases/{longest.name}"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    with served(options.site) as root:
        for page in pages_of(options.site):
            runs = [audit(root + page) for _ in range(options.runs)]
            found[page] = {
                **{key: statistics.median(run[key] for run in runs) for key in CATEGORIES},
                "shift": max(run["shift"] for run in runs),
                "bytes": max(run["bytes"] for run in runs),
                "failed": sorted({one for run in runs for one in run["failed"]}),
            }
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for page, row in found.items():
        scores = ", ".join(f"{name} {row[name]}" for name in CATEGORIES)
        print(f"{page}: {scores}; shift {row['shift']:.3f}; {row['bytes'] / 1000:.1f} KB")
        for one in row["failed"]:
            print(f"    {one}")


if __name__ == "__main__":
    main()
