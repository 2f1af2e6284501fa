"""sandbox: limits for templates of a project's own, which may be a stranger's.

Secret: what a template may reach and what stops it. Only values have attributes; a clock stops
Python and names the line; faulthandler ends the process where one operation in C outlasts the
clock; the system refuses memory (where it can).
Not here: what a template is given (theme), which process renders (workers).
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import signal
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from numbers import Number
from types import FrameType
from typing import Any, NoReturn

from jinja2.sandbox import SandboxedEnvironment

STDERR = 2  # of a worker process: a file that is read when the process has ended


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds, and the bytes of the whole process while it is rendered.

    After `grace` more seconds the process is ended, if the clock did not stop the page.
    """

    seconds: float = 60.0  # on a machine that has other work
    memory: int = 1 << 30
    grace: float = 5.0


LIMITS = Limits()


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, in which nothing but values and Jinja's own objects has attributes.

    A function may only be called: what it was made of (`functools.partial` shows its arguments)
    or a path would lead to files.
    """

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may read an attribute that an object has."""
        return _is_value(obj) and super().is_safe_attribute(obj, attr, value)


def _is_value(thing: object) -> bool:
    """Return whether it is data: a text, a number, a date, a collection, a view, or of Jinja."""
    if isinstance(thing, type):
        return False
    if isinstance(thing, str | Number | dt.date | Collection) or is_dataclass(thing):
        return True
    return type(thing).__module__.partition(".")[0] == "jinja2"


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
