"""workers: maps a function over items, in other processes where that is faster.

Secret: when a pool is worth its start, how its processes start, what is known of one that ended
early, and how few items are in memory at a time; there is no other pool.
Not here: what is mapped (build).
"""

from __future__ import annotations

import faulthandler
import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

POOL_FROM = 150  # for fewer items, starting a pool takes longer than it saves
CHUNK = 32
AHEAD = 3  # chunks for each process that are under way, so that none waits for the next
# New objects from one search for garbage to the next, in this process and in the others. Templates
# leave some 80 objects a page that refer to one another.
RARELY, SOMETIMES = 1_000_000, 50_000
MOST_JOBS = 61  # the most processes that Windows can wait for


def collect_rarely() -> None:
    """Let this process look for garbage rarely: values have no cycles, and are many."""
    gc.set_threshold(RARELY)


class EndedError(Exception):
    """A process ended before its work was done; `said` is what it wrote to its stderr."""

    def __init__(self, said: str) -> None:
        super().__init__(f"a worker process ended: {said or 'it said nothing'}")
        self.said = said


def run_alone(function: Callable[[], R]) -> R:
    """Call a function in a process of its own; when that ends, all its memory is free again.

    Raises EndedError where the process ends before the function does.
    """
    with _Pool(1) as pool:
        return pool.get(pool.submit(function))


def _begin(said: Path) -> None:
    import threading  # noqa: PLC0415 only processes of a pool need it

    threading.Thread(target=_end_with_parent, args=(said,), daemon=True).start()
    gc.freeze()
    gc.set_threshold(SOMETIMES)
    handle = os.open(said, os.O_WRONLY | os.O_APPEND)
    os.dup2(handle, 2)
    os.close(handle)
    faulthandler.enable(file=2)


def _end_with_parent(said: Path) -> None:
    """End this process when the one that started it has ended, for whatever reason."""
    import multiprocessing  # noqa: PLC0415
    from multiprocessing import connection  # noqa: PLC0415

    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        said.unlink(missing_ok=True)
        os._exit(1)


class _Pool:
    """Processes that start when they are needed, and the file in which they say why they end."""

    def __init__(self, jobs: int) -> None:
        # Most commands need no pool, and these take a twentieth of a second to import.
        import multiprocessing  # noqa: PLC0415
        import tempfile  # noqa: PLC0415
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        handle, name = tempfile.mkstemp(prefix="casegen-workers-")
        os.close(handle)
        self._said = Path(name)
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(
            jobs, mp_context=context, initializer=_begin, initargs=(self._said,)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.close(at_once=kind is not None)

    def close(self, *, at_once: bool) -> None:
        """End the processes: `at_once`, or when they have done what they were given."""
        if at_once:
            import multiprocessing  # noqa: PLC0415

            for process in multiprocessing.active_children():
                process.terminate()
        self._pool.shutdown(cancel_futures=True)
        self._said.unlink(missing_ok=True)

    def submit(self, function: Callable[..., R], *arguments: object) -> Future[R]:
        """Let a process call a function; `get` returns what it returns."""
        with self._telling_end():
            return self._pool.submit(function, *arguments)

    def get(self, future: Future[R]) -> R:
        """Return the result of a call, or raise what it raised."""
        with self._telling_end():
            return future.result()

    @contextmanager
    def _telling_end(self) -> Iterator[None]:
        """Raise EndedError where a process has ended."""
        from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

        try:
            yield
        except BrokenProcessPool as error:
            raise EndedError(self._said.read_text("utf-8", "replace")) from error


class Workers:
    """Maps a function over items, in order; in other processes where that is faster."""

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs or os.cpu_count() or 1, MOST_JOBS)
        self._pool: _Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._close(at_once=kind is not None)

    def _close(self, *, at_once: bool) -> None:
        if self._pool is not None:
            self._pool.close(at_once=at_once)
            self._pool = None

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        worth: int = POOL_FROM,
        chunk: int = CHUNK,
        *,
        apart: bool = False,
    ) -> Iterator[R]:
        """Yield the results in the order of the items; fewer than `worth` are done here.

        With `apart`, none is done here, so that an item may end the process that it is done in.
        Raises EndedError if a process ends before its work is done, and what `function` raises.
        An item is taken from `items` only shortly before it is needed, and nothing keeps it
        afterwards: there may be more items than memory has room for.
        """
        source = iter(items)
        least = 1 if apart else worth
        first = list(islice(source, least)) if apart or self._jobs > 1 else []
        if len(first) < least:
            yield from map(function, chain(first, source))
            return
        if self._pool is None:
            self._pool = _Pool(self._jobs)
        everything = chain(first, source)
        del first
        waiting: deque[Future[list[R]]] = deque()
        try:
            while part := list(islice(everything, chunk)):
                waiting.append(self._pool.submit(_map_here, function, part))
                if len(waiting) >= AHEAD * self._jobs:
                    yield from self._pool.get(waiting.popleft())
            while waiting:
                yield from self._pool.get(waiting.popleft())
        except BaseException:  # nothing goes on in the background, not even a page without an end
            self._close(at_once=True)
            raise


def _map_here(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return list(map(function, items))
