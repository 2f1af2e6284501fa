"""connections: connections to one target, one for what must be in order, more for many files.

Secret: which request goes over which connection, and that a fault stops the others.
Not here: what is done with each file (sending), connecting again (retrying).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from casegen.problem import CasegenError
from casegen.publish.retrying import RetryingStore
from casegen.publish.store import DroppedError, RefusedError, Store

MANY = 16  # from so many files on, further connections pay


class Connections:
    """`connect` opens a connection by its number; a target allows `most` besides the first."""

    def __init__(self, connect: Callable[[int], RetryingStore], most: int) -> None:
        self._connect = connect
        self.most = most
        self._further: list[RetryingStore] = []
        self.first = connect(0)

    @property
    def operations(self) -> int:
        """Return the number of requests made over all connections."""
        return sum(store.operations for store in (self.first, *self._further))

    @property
    def sent(self) -> int:
        """Return the number of bytes of files written over all connections."""
        return sum(store.sent for store in (self.first, *self._further))

    def run_each(self, paths: Sequence[str], act: Callable[[Store, str], object]) -> Iterator[str]:
        """Call `act` for each path, several at once if there are many; yield each path when done.

        The first error stops the rest; it is raised when the calls under way have ended. No call
        uses the connection `first` once there are several, so it stays free for other requests.
        """
        if len(paths) >= MANY:
            self._open_further()
        if len(paths) >= MANY and self._further:
            yield from self._spread(paths, act)
            return
        for path in paths:
            act(self.first, path)
            yield path

    def close(self) -> None:
        """Close all connections."""
        for store in (self.first, *self._further):
            store.close()

    def _spread(self, paths: Sequence[str], act: Callable[[Store, str], object]) -> Iterator[str]:
        free: SimpleQueue[RetryingStore] = SimpleQueue()
        for store in self._further:
            free.put(store)

        def one(path: str) -> str:
            store = free.get()
            try:
                act(store, path)
            finally:
                free.put(store)
            return path

        with ThreadPoolExecutor(len(self._further)) as pool:
            futures = [pool.submit(one, path) for path in paths]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()

    def _open_further(self) -> None:
        for number in range(len(self._further) + 1, self.most + 1):
            store = self._connect(number)
            try:
                store.reach()
            except (CasegenError, DroppedError, RefusedError):
                # A host that allows fewer connections is served over fewer.
                self.most = number - 1
                return
            self._further.append(store)
