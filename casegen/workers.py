"""workers: maps a function over items, in other processes where that is faster.

Secret: when a pool is worth its start, and how its processes start; there is no other pool.
Not here: what is mapped (build).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

T = TypeVar("T")
R = TypeVar("R")

POOL_FROM = 150  # for fewer items, starting a pool takes longer than it saves
CHUNK = 32
RARELY = 1_000_000  # new objects from one search for garbage to the next
MOST_JOBS = 61  # the most processes that Windows can wait for


def collect_rarely() -> None:
    """Let this process look for garbage rarely: values have no cycles, and are many."""
    gc.set_threshold(RARELY)


def run_alone(function: Callable[[], R]) -> R:
    """Call a function in a process of its own; when that ends, all its memory is free again."""
    with _start_pool(1) as pool:
        return pool.submit(function).result()


def _start_pool(jobs: int) -> Executor:
    # Most commands need no pool, and these two take a twentieth of a second to import.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=collect_rarely)


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
        items: Sequence[T],
        worth: int = POOL_FROM,
        chunk: int = CHUNK,
    ) -> Iterable[R]:
        """Return the results in the order of the items; fewer than `worth` are done here."""
        if self._jobs < 2 or len(items) < worth:
            return map(function, items)
        if self._pool is None:
            self._pool = _start_pool(self._jobs)
        return self._pool.map(function, items, chunksize=chunk)
