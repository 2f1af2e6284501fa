"""workers: maps a function over items, in other processes where that is faster.

Secret: when a pool is worth its start, and how its processes start; there is no other pool.
Not here: what is mapped (build).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Self, TypeVar

T = TypeVar("T")
R = TypeVar("R")

POOL_FROM = 150  # for fewer items, starting a pool takes longer than it saves
CHUNK = 32
MOST_JOBS = 61  # the most processes that Windows can wait for


def run_alone(function: Callable[[], R]) -> R:
    """Call a function in a process of its own; when that ends, all its memory is free again."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function).result()


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

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Return the results in the order of the items."""
        if self._jobs < 2 or len(items) < POOL_FROM:
            return map(function, items)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context)
        return self._pool.map(function, items, chunksize=CHUNK)
