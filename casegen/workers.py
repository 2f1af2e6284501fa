"""workers: maps a function over items, in other processes where that is faster.

Secret: when a pool is worth its start, how its processes start, and how few items are in memory at
a time; there is no other pool.
Not here: what is mapped (build).
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

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


def _collect_sometimes() -> None:
    gc.freeze()
    gc.set_threshold(SOMETIMES)


def run_alone(function: Callable[[], R]) -> R:
    """Call a function in a process of its own; when that ends, all its memory is free again."""
    with _start_pool(1) as pool:
        return pool.submit(function).result()


def _start_pool(jobs: int) -> Executor:
    # Most commands need no pool, and these two take a twentieth of a second to import.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_collect_sometimes)


class Workers:
    """Maps a function over items, in order; in other processes where that is faster."""

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs or os.cpu_count() or 1, MOST_JOBS)
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(
        self,
        function: Callable[[T], R],
        items: Iterable[T],
        worth: int = POOL_FROM,
        chunk: int = CHUNK,
    ) -> Iterator[R]:
        """Yield the results in the order of the items; fewer than `worth` are done here.

        An item is taken from `items` only shortly before it is needed, and nothing keeps it
        afterwards: there may be more items than memory has room for.
        """
        source = iter(items)
        first = list(islice(source, worth)) if self._jobs > 1 else []
        if len(first) < worth:
            yield from map(function, chain(first, source))
            return
        if self._pool is None:
            self._pool = _start_pool(self._jobs)
        everything = chain(first, source)
        del first
        waiting: deque[Future[list[R]]] = deque()
        try:
            while part := list(islice(everything, chunk)):
                waiting.append(self._pool.submit(_map_here, function, part))
                if len(waiting) >= AHEAD * self._jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:  # after a failure nothing goes on in the background
            for future in reversed(waiting):
                if not future.cancel():
                    future.exception()


def _map_here(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return list(map(function, items))
