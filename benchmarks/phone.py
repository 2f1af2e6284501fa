"""A slow phone: seconds, bytes and requests until the first hits of a list are shown and marked.

    python benchmarks/phone.py SITE [QUERY …]

Throttles Chromium to 1.6 Mbit/s, 150 ms and a quarter of the processor, serves the folder as it is,
without compression, and opens `cases.html?q=…` cold; `region=gansu` and the like are filters.
Seconds count from the page; what it takes with its styles and scripts is left out of bytes and
requests.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = os.environ.get("CASEGEN_CHROMIUM", "/usr/bin/chromium")
QUERIES = ("硬化道路", "贵州", "硬化", "合作社", "乡村振兴", "第一书记", "农村人居环境整治",
           "村集体经济", "region=gansu")  # fmt: skip
THROTTLE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 90_000,
}
WATCH = """addEventListener("DOMContentLoaded", () => {
  const look = setInterval(() => {
    if (!(SHOWN)()) return;
    clearInterval(look);
    window.shown = { at: performance.now() - performance.timing.domContentLoadedEventStart +
      performance.timing.navigationStart, files: performance.getEntriesByType("resource")
      .map((one) => [one.name, one.encodedBodySize]) };
  }, 20);
});"""
SHOWN = """() => {
  const results = document.getElementById("results");
  const cards = [...results.querySelectorAll("[data-case]")].slice(0, 10);
  const done = results.getAttribute("aria-busy") === "false";
  const fresh = !results.hasAttribute("data-stale") && results.hasAttribute("aria-busy");
  const asked = location.search.includes("q=");
  const marked = cards.every((card) => !asked || card.querySelector("mark"));
  return fresh && marked && (done || cards.length === 10);
}"""


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def measure(browser: Browser, root: str, query: str) -> tuple[float, float, float, str]:
    """Return seconds to the page, then to the first hits and to the count; and what was loaded."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", THROTTLE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(WATCH.replace("SHOWN", SHOWN))
    start = time.monotonic()
    page.goto(
        root + "cases.html?" + (query if "=" in query else "q=" + quote(query)),
        wait_until="domcontentloaded",
    )
    ready = time.monotonic() - start
    page.wait_for_function("() => window.shown", timeout=60_000)
    shown = page.evaluate("window.shown")
    first = shown["at"] / 1000
    data = [size for url, size in shown["files"] if "/assets/" in url and is_data(url)]
    page.wait_for_function(
        "() => document.getElementById('results').getAttribute('aria-busy') === 'false'",
        timeout=120_000,
    )
    whole = time.monotonic() - start - ready
    said = page.locator("[role=status]").first.inner_text()
    context.close()
    return ready, first, whole, f"{sum(data) / 1000:.0f} KB, {len(data)} requests, {said}"


def is_data(url: str) -> bool:
    """Return whether a file is neither style nor script of the theme nor an icon."""
    kinds = ("catalog", "columns", "words", "names", "titles", "figures", "cards", "lookup",
             "shard", "text", "initials")  # fmt: skip
    return url.rpartition("/")[2].partition("-")[0].partition(".")[0] in kinds


def main() -> None:
    """Measure and print a line a query."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("queries", nargs="*", default=QUERIES)
    options = parser.parse_args()
    handler = partial(_Quiet, directory=str(options.site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for query in options.queries:
            ready, first, whole, said = measure(browser, root, query)
            line = f"{query}: page {ready:.1f} s, then first {first:.1f} s, all {whole:.1f} s"
            print(f"{line}, {said}", file=sys.stdout, flush=True)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
