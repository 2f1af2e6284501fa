"""timings: how long each stage of a command took.

Secret: which clock is read, and that a stage may come several times.
Not here: the date (project).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and since the clock was made."""

    spent: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str, besides: str = "") -> Iterator[None]:
        """Add the time spent inside the `with` block to a stage, less that of stage `besides`."""
        start, before = time.perf_counter(), self.spent.get(besides, 0.0)
        yield
        spent = time.perf_counter() - start - (self.spent.get(besides, 0.0) - before)
        self.spent[name] = self.spent.get(name, 0.0) + spent

    def each(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """Yield the items, and add the time that it takes to make each of them to the stage."""
        source = iter(items)
        while True:
            with self.stage(name):
                item = next(source, None)
            if item is None:
                return
            yield item

    def all(self) -> dict[str, float]:
        """Return the seconds of each stage, and of all as `total`."""
        return {**self.spent, "total": time.perf_counter() - self.begun}
