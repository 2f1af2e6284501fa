"""lanes: connections to one target, one for what must be in order, more for many files.

Secret: which request goes over which connection, and that a fault stops the others.
Not here: what is done with each file (sending), connecting again (patient).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from casegen.problem import CasegenError
from casegen.publish.patient import Patient
from casegen.publish.store import DroppedError, RefusedError, Store

MANY = 16  # from so many files on, further connections pay


class Lanes:
    """`connect` opens a connection by its number; a target allows `most` besides the first."""

    def __init__(self, connect: Callable[[int], Patient], most: int) -> None:
        self._connect = connect
        self.most = most
        self._more: list[Patient] = []
        self.first = connect(0)

    @property
    def operations(self) -> int:
        """Return the number of requests made over all connections."""
        return sum(lane.operations for lane in (self.first, *self._more))

    @property
    def sent(self) -> int:
        """Return the number of bytes of files written over all connections."""
        return sum(lane.sent for lane in (self.first, *self._more))

    def each(self, paths: Sequence[str], act: Callable[[Store, str], object]) -> Iterator[str]:
        """Call `act` for each path, several at once if there are many; yield each path when done.

        The first error stops the rest; it is raised when the calls under way have ended. No call
        uses the connection `first` once there are several, so it stays free for other requests.
        """
        if len(paths) >= MANY:
            self._widen()
        if len(paths) >= MANY and self._more:
            yield from self._at_once(paths, act)
            return
        for path in paths:
            act(self.first, path)
            yield path

    def close(self) -> None:
        """Close all connections."""
        for lane in (self.first, *self._more):
            lane.close()

    def _at_once(self, paths: Sequence[str], act: Callable[[Store, str], object]) -> Iterator[str]:
        free: SimpleQueue[Patient] = SimpleQueue()
        for lane in self._more:
            free.put(lane)

        def one(path: str) -> str:
            lane = free.get()
            try:
                act(lane, path)
            finally:
                free.put(lane)
            return path

        with ThreadPoolExecutor(len(self._more)) as pool:
            futures = [pool.submit(one, path) for path in paths]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()

    def _widen(self) -> None:
        for number in range(len(self._more) + 1, self.most + 1):
            lane = self._connect(number)
            try:
                lane.reach()
            except (CasegenError, DroppedError, RefusedError):
                # A host that allows fewer connections is served over fewer.
                self.most = number - 1
                return
            self._more.append(lane)
