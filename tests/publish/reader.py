"""A reader who follows every link."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup


def broken(read: Callable[[str], bytes | None]) -> list[str]:
    """What the pages that can be reached from index.html refer to and is not there."""
    seen: dict[str, bytes | None] = {}
    found: list[str] = []
    waiting = ["index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        data = seen[path] = read(path)
        if data is None:
            if path != "index.html":  # without it, nobody has come in yet
                found.append(path)
            continue
        waiting += [target for target in _references(path, data) if target not in seen]
    return sorted(found)


@cache  # the same pages are read again and again
def _references(path: str, data: bytes) -> tuple[str, ...]:
    return tuple(_found(path, data))


def _found(path: str, data: bytes) -> Iterator[str]:
    text = data.decode("utf-8", "replace")
    if path.endswith(".html"):
        if "</html>" not in text:
            yield f"{path} (cut off)"
        page = BeautifulSoup(text, "html.parser")
        for tag in page.find_all():
            for name in ("href", "src", "poster"):
                yield from _local(path, tag.get(name))
            for candidate in (tag.get("srcset") or "").split(","):
                yield from _local(path, candidate.split()[0] if candidate.split() else None)
        if page.find("script", src=True):
            yield "assets/catalog.js"
    elif path.endswith(".css"):
        for target in re.findall(r"url\(\s*['\"]?([^'\")]+)", text):
            yield from _local(path, target)
    elif path.endswith("catalog.js"):
        yield from re.findall(r"assets/[\w.-]+", text)


def _local(path: str, target: str | None) -> Iterator[str]:
    parts = urlsplit(target or "")
    if target and not parts.scheme and not parts.netloc and parts.path:
        yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
