"""sandbox: templates of a project's own, which may come from a stranger.

Secret: how a template that would compute without end, or take all memory, is stopped. A value is
measured before it is made, since Python cannot be interrupted in one operation; a second thread
stops all else.
Not here: which themes are a project's own (folders), what a template is given (theme).
"""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import markup_join, str_join
from jinja2.sandbox import MAX_RANGE, SandboxedEnvironment

LONGEST = 60.0  # seconds for one page, on a machine that has other work
LARGEST = 10_000_000  # characters, or items, of one value
MOST = 20 * LARGEST  # characters and items that a page makes in all
BITS = 10_000  # of a number that is a product or a power

# Filters and methods that make a text as wide as a number says, or repeat a text for each
# character or item; those that measure nothing, since they make nothing.
_WIDE = {"center", "ljust", "rjust", "zfill", "batch", "slice"}
_EACH = {"indent", "tojson", "expandtabs"}
_BETWEEN = {"wordwrap", "urlize", "translate", "join"}
_QUICK = {"length", "count", "first", "last", "default", "d"}
# In a place of a format: a width of seven digits, one that is given as a value, or a place that is
# too long to be read.
_FORMAT = re.compile(
    r"%(?:[(][^)]{0,99}[)])?[-#0-9 +.]{0,20}?(?:[*]|[0-9]{7}|[-#0-9 +.]{21})|%[(][^)]{100}"
    r"|[{][^{}]{0,99}?(?:[{]|[0-9]{7}|[^{}]{100})"
)
_ESCAPED = re.compile(r"%%|[{][{]|[}][}]")  # escaped signs: they are shown, and begin no place

_page = threading.local()  # `.made`: what the page of this thread has made


class TooLongError(Exception):
    """A template did not end in time."""

    def __str__(self) -> str:
        return "模板算个没完，已经停下"


class _Generator(CodeGenerator):
    """Jinja's compiler, in which `~` measures its parts."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 jinja's name
        self.write("environment.call_concat(context, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(SandboxedEnvironment):
    """Jinja's sandbox, in which no single operation takes long or makes a very large value.

    An operation that would is a SecurityError with a Chinese message.
    """

    intercepted_binops = frozenset({"*", "**", "+", "%"})
    code_generator_class = _Generator

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_finalize, **options)
        self.globals["range"] = _range
        self.filters = {name: _bounded(name, made) for name, made in self.filters.items()}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Return a product, a power, a sum, or a rest or formatted text."""
        if _is_too_large(operator, left, right):
            raise SecurityError("乘出来的太大")
        if operator == "%" and isinstance(left, str):
            _check("format", (left, right))
        elif operator == "+" and hasattr(left, "__len__"):
            _measure((left, right))
        return _count(super().call_binop(context, operator, left, right))

    def call_concat(self, context: Any, parts: tuple[Any, ...]) -> Any:
        """Return what `~` makes of its parts."""
        _measure(parts)
        return _count((markup_join if context.eval_ctx.autoescape else str_join)(parts))

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Return the text of a page, a block or a macro from its parts."""
        kept = []
        for part in parts:
            _count_size(len(part))
            kept.append(part)
        return "".join(kept)

    def call(self, context: Any, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Return what a function or a method returns."""
        owner = getattr(function, "__self__", None)
        if isinstance(owner, str):
            name = function.__name__
            values = (*args, owner) if name == "join" else (owner, *args)
            _check(name, (*values, *kwargs.values()))
        return _count(super().call(context, function, *args, **kwargs))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return Jinja's safe `format` of a text, with bounded widths."""
        made = super().wrap_str_format(value)
        return made and _bounded("format", made, value.__self__)


def _bounded(name: str, made: Callable[..., Any], *owner: str) -> Callable[..., Any]:
    """Return a filter, or a method of `owner`, that is refused where it makes too much."""
    first = int(hasattr(made, "jinja_pass_arg"))  # before it is an argument of Jinja's own

    @wraps(made)
    def call(*args: Any, **kwargs: Any) -> Any:
        if name == "join" and isinstance(args[first], Iterator):
            args = (*args[:first], list(args[first]), *args[first + 1 :])
        _check(name, (*owner, *args[first:], *kwargs.values()))
        return _count(made(*args, **kwargs))

    return call


def _check(name: str, values: tuple[Any, ...]) -> None:
    """Raise SecurityError if a filter or a method of a text would make too much of its values."""
    if name in _QUICK or not values:
        return
    size = _measure(values[:1])
    others = [_measure((value,)) for value in values[1:]]
    widths = [abs(value) for value in values[1:] if isinstance(value, int)]
    if name in {"format", "format_map"} and _FORMAT.search(_ESCAPED.sub("", str(values[0]))):
        raise SecurityError("格式里的宽度太大，或不是写定的")
    if name == "replace" and len(values) > 2 and isinstance(values[0], str):
        size = values[0].count(str(values[1]))
    largest = max(
        size * max(others, default=0) if name in {*_EACH, *_BETWEEN, "replace"} else 0,
        size * max(widths, default=0) if name in _EACH else 0,
        max(widths, default=0) if name in _WIDE else 0,
    )
    if largest > LARGEST:
        raise SecurityError(f"{name} 做出来的太大")


def _measure(values: Iterable[Any]) -> int:
    """Return how many characters and items some values have, with all that lists contain.

    Raises SecurityError from LARGEST on; lists that contain one another would have no end.
    """
    size = 0
    waiting = [iter(values)]
    while waiting:
        for value in waiting[-1]:
            size += len(value) if isinstance(value, str | bytes) else 1
            if size > LARGEST:
                raise SecurityError(f"一个值太大：文字和列表最多 {LARGEST} 字（项）")
            if isinstance(value, dict):
                waiting.append(iter([*value, *value.values()]))
                break
            if isinstance(value, list | tuple | set | frozenset):
                waiting.append(iter(value))
                break
        else:
            waiting.pop()
    return size


def _count(value: Any) -> Any:
    """Return a value that a template made; its size counts for the page."""
    if isinstance(value, str | bytes | list | tuple | dict | set):
        _count_size(len(value))
    return value


def _count_size(size: int) -> None:
    _page.made = getattr(_page, "made", 0) + size
    if _page.made > MOST:
        raise SecurityError(f"一页里做出来的太多：合起来最多 {MOST} 字（项）")


def _finalize(value: Any) -> Any:
    """Return a value that is shown; lists that contain one list many times have a long text."""
    if isinstance(value, list | tuple | dict | set):
        _measure((value,))
    return _count(value)


def _range(*numbers: int) -> range:
    found = range(*numbers)
    if found[MAX_RANGE:]:
        raise SecurityError(f"range 太长：最多 {MAX_RANGE} 项")
    return found


def _is_too_large(operator: str, left: Any, right: Any) -> bool:
    numbers = [value for value in (left, right) if isinstance(value, int)]
    if len(numbers) == 2:
        one, two = (value.bit_length() for value in numbers)
        return (one * abs(right) if operator == "**" else one + two) > BITS
    lengths = [len(value) for value in (left, right) if hasattr(value, "__len__")]
    return bool(numbers and lengths) and abs(numbers[0]) * lengths[0] > LARGEST


@contextmanager
def limit_time() -> Iterator[None]:
    """Raise TooLongError in the `with` block where it takes longer than LONGEST.

    What a page makes is counted from the start of the block.
    """
    _page.made = 0
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
