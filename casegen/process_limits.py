"""process_limits: the time and memory that a block of code may take in a process of its own.

Secret: what stops it. A clock stops Python and names the line; faulthandler ends the process where
one operation in C outlasts the clock; the system refuses memory (where it can).
Not here: which process runs what (workers), what a template may reach (editions.site.sandbox).
"""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

STDERR = 2  # of a worker process: a file that is read when the process has ended


@dataclass(frozen=True, slots=True)
class Limits:
    """What a block may take: seconds, and the bytes of the whole process while it runs.

    After `grace` more seconds the process is ended, if the clock did not stop the block.
    """

    seconds: float = 60.0  # on a machine that has other work
    memory: int = 1 << 30
    grace: float = 5.0


class EndlessError(Exception):
    """A template did not end in time."""

    def __str__(self) -> str:
        return "模板算个没完，已经停下"


@contextmanager
def hold_limits(limits: Limits) -> Iterator[None]:
    """Raise EndlessError or MemoryError in the `with` block where it takes more than `limits`.

    To be used in the main thread of a process that may be ended.
    """
    faulthandler.dump_traceback_later(limits.seconds + limits.grace, exit=True, file=STDERR)
    try:
        with _limit_memory(limits.memory), _limit_time(limits.seconds):
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _limit_time(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise EndlessError


@contextmanager
def _limit_memory(most: int) -> Iterator[None]:
    try:
        import resource  # noqa: PLC0415 Windows has none
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = [each for each in (most, soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
