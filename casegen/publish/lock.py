"""lock: one publisher at a time, at the target and on this machine.

Secret: whose lock is dead. A lock of this very project folder is, since the folder itself is
locked while it publishes (an exclusive transaction, which the system ends with its process); one
of somebody else is after a day, or if its maker never came to write its mark.
Not here: how each kind of target lays a lock so that only one can (Store.claim).
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casegen.problem import CasegenError
from casegen.publish.store import LOCK, Store

STALE = dt.timedelta(hours=24)
UNMARKED = 3  # looks at a lock without a mark, a second apart, before it counts as dead


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the id of the project folder on this machine, and a name for people."""

    key: str
    name: str


@contextmanager
def on_this_machine(folder: Path, name: str) -> Iterator[Publisher]:
    """Keep other processes from publishing out of this project; `folder` is `.casegen/`.

    Raises CasegenError "publishing" where one does. A folder that cannot be written to is no
    hindrance.
    """
    base: sqlite3.Connection | None = None
    key = uuid.uuid4().hex
    try:
        folder.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(folder / "publish.sqlite", timeout=0, isolation_level=None)
        base.execute("CREATE TABLE IF NOT EXISTS publisher (key TEXT)")
        base.execute("BEGIN EXCLUSIVE")
        row = base.execute("SELECT key FROM publisher").fetchone()
        if row is None:
            base.execute("INSERT INTO publisher VALUES (?)", (key,))
            base.execute("COMMIT")
            base.execute("BEGIN EXCLUSIVE")
        else:
            key = str(row[0])
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise CasegenError(
                "publishing", "本机另一个窗口正在发布这个案例集", "等它做完再来"
            ) from None
    except (sqlite3.Error, OSError):
        key = uuid.uuid4().hex
    try:
        yield Publisher(key, name)
    finally:
        if base is not None:
            base.close()


@contextmanager
def at_target(
    store: Store,
    publisher: Publisher,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], None],
) -> Iterator[None]:
    """Hold the lock of a target.

    Raises CasegenError "publishing" where somebody else does, with who and since when.
    """
    mark = json.dumps(
        {"key": publisher.key, "who": publisher.name, "since": now().isoformat("T", "seconds")},
        ensure_ascii=False,
    ).encode()
    _claim(store, mark, publisher, now, wait)
    try:
        yield
    finally:
        # A lock that could not be taken away is ours, and so no hindrance to the next run.
        with suppress(Exception):
            store.unclaim()


def _claim(
    store: Store,
    mark: bytes,
    publisher: Publisher,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], None],
) -> None:
    unmarked, contested = 0, False
    while (other := store.claim(mark)) is not None and other != mark:
        key, who, since = _read(other)
        if not key and unmarked < UNMARKED:
            unmarked += 1
            wait(1.0)
            continue
        if key and key != publisher.key and not _stale(since, now()):
            raise _busy(who, since)
        contested = contested or key != publisher.key
        store.unclaim()
    if contested:  # two may have cleared the dead lock at once, and the later one holds it
        wait(1.0)
        holder = store.claim(mark)
        if holder != mark:
            raise _busy(*_read(holder or b"")[1:])


def _busy(who: str, since: str) -> CasegenError:
    return CasegenError(
        "publishing",
        f"{who or '有人'}从{_told(since)}起正在发布到这里，这一次什么也没有动",
        f"等对方做完再来；确知对方已经中断，就在主机上删去 {LOCK} 再发布"
        "（满 24 小时的锁会自动作废）",
    )


def _told(since: str) -> str:
    """A time as people say it, of the clock here: 6 月 1 日 9:05."""
    try:
        time = dt.datetime.fromisoformat(since).astimezone()
    except ValueError:
        return "刚才"
    return f" {time.month} 月 {time.day} 日 {time.hour}:{time.minute:02} "


def _read(mark: bytes) -> tuple[str, str, str]:
    try:
        found = json.loads(mark)
        return str(found["key"]), str(found["who"]), str(found["since"])
    except (ValueError, TypeError, KeyError):
        return "", "", ""


def _stale(since: str, now: dt.datetime) -> bool:
    try:
        return now - dt.datetime.fromisoformat(since) > STALE
    except (ValueError, TypeError):
        return True
