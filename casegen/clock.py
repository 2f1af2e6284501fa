"""clock: how long each stage of a command took.

Secret: which clock is read, and that a stage may come several times.
Not here: the date (project).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and since the clock was made."""

    spent: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside the `with` block to the stage."""
        start = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start

    def all(self) -> dict[str, float]:
        """Return the seconds of each stage, and of all as `total`."""
        return {**self.spent, "total": time.perf_counter() - self.begun}
