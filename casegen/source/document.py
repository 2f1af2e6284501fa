"""document: a file of the project as written: untrusted values, and the place of each of them.

Secret: the parts of a file before they are parsed, and how its status is read.
Not here: reading it (files), the meaning of its fields (collection.case).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from casegen.source.schema import Path

STATUSES: Mapping[str, str] = {
    "draft": "草稿",
    "submitted": "已供稿",
    "edited": "已编辑",
    "approved": "已编审",
    "published": "已发布",
    "withdrawn": "已撤稿",
}
_STATUS_KEYS = ("status", "状态")
_LONG = frozenset({"metrics", "指标"})


@dataclass(frozen=True, slots=True)
class Document:
    """A case file as written: untrusted values, and where each of them stands (line, column).

    `body` has `\\n` line ends and begins on `body_line`, at offset `body_start` of the file's
    text with such line ends. `sound` is false where the front matter could not be read; `meta`
    then holds what could be guessed. `guesses` are the places of values that a fault of reading
    spoils, so that no second fault is reported there; `lost` are rows of which nothing could be
    read. `digest` is of the file's bytes, `head` is that of the text of
    its front matter, "" where there is none to read; `notes` are the comments
    in it that leave something to be done.
    """  # noqa: D301

    path: str
    meta: Mapping[str, Any] = field(hash=False)
    marks: Mapping[Path, tuple[int, int]] = field(hash=False)
    body: str
    body_line: int
    encoding: str
    digest: str
    body_start: int = 0
    sound: bool = True
    guesses: frozenset[tuple[int, int]] = frozenset()
    lost: tuple[str, ...] = ()
    head: str = ""
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """Return the key of the status that the file names; "draft" for one that is unknown."""
        written = next((self.meta[key] for key in _STATUS_KEYS if self.meta.get(key)), "published")
        return parse_status(written) or "draft"

    @property
    def brief(self) -> Document:
        """Return the document without body, metrics and places: all that is asked of it later."""
        meta = {key: value for key, value in self.meta.items() if key not in _LONG}
        return replace(self, meta=meta, marks={}, body="")


def parse_status(written: object) -> str:
    """Return the key of a status that was written in English or Chinese; "" if it is unknown."""
    text = written.strip() if isinstance(written, str) else ""
    names = {label: key for key, label in STATUSES.items()}
    return text.lower() if text.lower() in STATUSES else names.get(text, "")
