"""lock: one publisher at a time, at the target and on this machine.

Secret: which lock is abandoned. A lock of this very project folder (place), by the same user, is,
since the folder itself is locked while it publishes (process_lock: the system ends that lock with
its process). Somebody else's lock is abandoned after a day (also if its date is a day ahead,
because of a wrong clock), if its maker never wrote its mark, or if the mark is not valid.
Not here: how each kind of target makes a lock so that only one can (Store.claim).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casegen import record
from casegen.problem import CasegenError
from casegen.process_lock import BusyError, hold_lock
from casegen.publish.place import identify_place
from casegen.publish.store import LOCK, Store

STALE = dt.timedelta(hours=24)
MARK = 4096  # bytes that a mark may have
CLEARED = 5  # abandoned locks that are removed in one run
FILE = "publish.lock"
UNMARKED = 3  # looks at a lock without a mark, a second apart, before it counts as abandoned


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes: the key of this project folder and user, and a name for people."""

    key: str
    name: str


@contextmanager
def lock_machine(folder: Path, name: str) -> Iterator[Publisher]:
    """Keep other processes from publishing this project; `folder` is `.casegen/`.

    Raises CasegenError "publishing" where one does. A folder that cannot be written to stops
    nothing.
    """
    try:
        with hold_lock(folder / FILE, None):
            yield Publisher(_make_key(folder, name), name)
    except BusyError:
        raise CasegenError(
            "publishing", "本机另一个窗口正在发布这个案例集", "等它做完再来"
        ) from None


def _make_key(folder: Path, name: str) -> str:
    """Return a key of this folder and this user: a shared folder is published from two machines."""
    return hashlib.blake2b(f"{identify_place(folder)} {name}".encode(), digest_size=16).hexdigest()


@contextmanager
def lock_target(
    store: Store,
    publisher: Publisher,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], None],
) -> Iterator[None]:
    """Hold the lock of a target during the `with` block.

    Raises CasegenError "publishing" where somebody else holds it, with the name and the time.
    """
    mark = json.dumps(
        {"key": publisher.key, "who": publisher.name, "since": now().isoformat("T", "seconds")},
        ensure_ascii=False,
    ).encode()
    _claim(store, mark, publisher, now, wait)
    try:
        yield
    finally:
        # A lock of ours that could not be removed does not stop the next run.
        with suppress(Exception):
            store.unclaim()


def _claim(
    store: Store,
    mark: bytes,
    publisher: Publisher,
    now: Callable[[], dt.datetime],
    wait: Callable[[float], None],
) -> None:
    unmarked, cleared, contested = 0, 0, False
    while (other := store.claim(mark)) is not None and other != mark:
        key, who, since = _read_mark(other)
        if not key and unmarked < UNMARKED:
            unmarked += 1
            wait(1.0)
            continue
        if key and key != publisher.key and not _is_stale(since, now()):
            raise _make_busy_error(who, since)
        contested = contested or key != publisher.key
        if cleared == CLEARED:
            raise CasegenError(
                "target-refused",
                f"那里放不稳锁 {LOCK}：清掉了又在，写上了又没有",
                "看主机上能不能正常写文件；解决后再运行一次",
            )
        cleared += 1
        store.unclaim()
    if contested:  # two may have cleared the dead lock at once, and the later one holds it
        wait(1.0)
        holder = store.claim(mark)
        if holder != mark:
            raise _make_busy_error(*_read_mark(holder or b"")[1:])


def _make_busy_error(who: str, since: str) -> CasegenError:
    return CasegenError(
        "publishing",
        f"{who or '有人'}从{_show_time(since)}起正在发布到这里，这一次什么也没有动",
        f"等对方做完再来；确知对方已经中断，就在主机上删去 {LOCK} 再发布"
        "（满 24 小时的锁会自动作废）",
    )


def _show_time(since: str) -> str:
    """Return a time as people write it, in the local time zone: 6 月 1 日 9:05."""
    try:
        time = dt.datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError, OSError):
        return "刚才"
    return f" {time.month} 月 {time.day} 日 {time.hour}:{time.minute:02} "


def _read_mark(mark: bytes) -> tuple[str, str, str]:
    try:
        found = record.load_record(mark, MARK)
        key, who, since = (
            record.read_short_text(found[name], 200) for name in ("key", "who", "since")
        )
    except (record.DamagedError, KeyError):
        return "", "", ""
    return key, who, since


def _is_stale(since: str, now: dt.datetime) -> bool:
    try:
        return abs(now - dt.datetime.fromisoformat(since)) > STALE
    except (ValueError, TypeError, OverflowError):
        return True
