"""retrying: a store that connects again and tries again when the connection drops.

Secret: how often and how long to wait; what a request costs in operations and bytes.
Not here: what a dropped connection looks like to each protocol (sftp, ftp, s3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from casegen.problem import CasegenError
from casegen.publish.store import RECORD, Content, DroppedError, Store, read_length

T = TypeVar("T")

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds before each further try
DOUBTS = 2  # further tries where the host may mean no


class RetryingStore:
    """A Store that uses one connection of `connect` after another.

    `wait` sleeps for some seconds. A host that never answered is tried twice, one that did as often
    as there are `pauses`. Raises CasegenError "target-unreachable" where the target
    was never reached, "connection-lost" where the connection was lost for good,
    and RefusedError where the host closed it at the same request again and again.
    `operations` counts requests, `sent` the bytes of files written.
    """

    def __init__(
        self,
        connect: Callable[[], Store],
        wait: Callable[[float], None],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._connect = connect
        self._wait = wait
        self._pauses = pauses
        self._store: Store | None = None
        self._reached = False
        self.operations = 0
        self.sent = 0

    def reach(self) -> None:
        """Connect now.

        Raises DroppedError without trying again.
        """
        self._store = self._connect()
        self._reached = True

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        return self._request(lambda store: store.read(path, most))

    def size(self, path: str) -> int | None:
        """See `Store.size`."""
        return self._request(lambda store: store.size(path))

    def holds(self, folder: str) -> bool:
        """See `Store.holds`."""
        return self._request(lambda store: store.holds(folder))

    def write(self, path: str, content: Content) -> None:
        """See `Store.write`."""
        self._request(lambda store: store.write(path, content))
        self.sent += read_length(content)

    def copy(self, path: str, to: str) -> bool:
        """See `Store.copy`."""
        return self._request(lambda store: store.copy(path, to))

    def move(self, path: str, to: str) -> bool:
        """See `Store.move`."""
        return self._request(lambda store: store.move(path, to))

    def delete(self, path: str) -> None:
        """See `Store.delete`."""
        self._request(lambda store: store.delete(path))

    def drop(self, folder: str) -> None:
        """See `Store.drop`."""
        self._request(lambda store: store.drop(folder))

    def claim(self, mark: bytes) -> bytes | None:
        """See `Store.claim`."""
        return self._request(lambda store: store.claim(mark))

    def unclaim(self) -> None:
        """See `Store.unclaim`."""
        self._request(lambda store: store.unclaim())

    def finish(self) -> None:
        """See `Store.finish`."""
        self._request(lambda store: store.finish())

    def close(self) -> None:
        """See `Store.close`."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _request(self, ask: Callable[[Store], T]) -> T:
        self.operations += 1
        for number, pause in enumerate((*self._pauses, None)):
            try:
                if self._store is None:
                    self._store = self._connect()
                answer = ask(self._store)
            except DroppedError as drop:
                self.close()
                if drop.refusal and (number >= DOUBTS or pause is None):
                    raise drop.refusal from None
                if not (self._reached or drop.refusal) and (number or pause is None):
                    raise CasegenError(
                        "target-unreachable",
                        f"连不上：{drop}",
                        "核对地址、端口，看网络通不通；校内的服务器可能要先连 VPN",
                    ) from None
                if pause is None:
                    raise CasegenError(
                        "connection-lost",
                        f"连接断了，试了几次都没接上：{drop}",
                        "网站仍然完整可用；网络好了再运行一次，会从断处接着做完",
                    ) from None
                self._wait(pause)
            else:
                self._reached = True
                return answer
        raise AssertionError
