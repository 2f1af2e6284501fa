"""sandbox: templates of a project's own, which may come from a stranger.

Secret: how a template that would compute without end is stopped: products and powers are bounded,
since Python cannot be interrupted in one of them, and all else by a second thread.
Not here: which themes are a project's own (folders), what a template is given (theme).
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

LONGEST = 60.0  # seconds for one page, on a machine that has other work
LARGEST = 10_000_000  # characters, or items, of a product
BITS = 10_000  # of a number that is a product or a power


class TooLongError(Exception):
    """A template did not end in time."""

    def __str__(self) -> str:
        return "模板算个没完，已经停下"


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, in which no single operation takes long."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return a product or a power.

        Raises SecurityError where it would be too large.
        """
        if _is_too_large(operator, left, right):
            raise SecurityError("乘出来的太大")
        return super().call_binop(context, operator, left, right)


def _is_too_large(operator: str, left: Any, right: Any) -> bool:
    numbers = [value for value in (left, right) if isinstance(value, int)]
    if len(numbers) == 2:
        one, two = (value.bit_length() for value in numbers)
        return (one * abs(right) if operator == "**" else one + two) > BITS
    lengths = [len(value) for value in (left, right) if hasattr(value, "__len__")]
    return bool(numbers and lengths) and abs(numbers[0]) * lengths[0] > LARGEST


@contextmanager
def limit_time() -> Iterator[None]:
    """Raise TooLongError in the `with` block where it takes longer than LONGEST."""
    lock, over = threading.Lock(), threading.Event()
    here = ctypes.c_ulong(threading.get_ident())

    def stop() -> None:
        with lock:
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(here, ctypes.py_object(TooLongError))

    timer = threading.Timer(LONGEST, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            over.set()
