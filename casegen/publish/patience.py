"""patience: how long a host may take for one request.

Secret: a timeout of a socket begins anew with each byte, so a host that sends one byte now and
then is never given up; here the whole request has a time, which grows with the bytes it carries.
Not here: how a connection is broken off (sftp_session, ftp_session, s3_session).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from casegen.publish.store import DroppedError

PATIENCE = 60.0  # seconds for one request, besides the time for its bytes
SLOWEST = 2048  # bytes a second; over a slower line a site of 10 MB would take an hour and a half
TOO_SLOW = "主机太久没有答完一次请求"


class Watch:
    """Calls `break_off` in another thread when the time of a request is over.

    `over`: whether it has done so.
    """

    def __init__(self, break_off: Callable[[], object], seconds: float) -> None:
        self.over = False
        self._break_off = break_off
        self._until = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._ended = False
        self._start_timer(seconds)

    def allow(self, size: int) -> None:
        """Give the time that so many more bytes take."""
        self._until += size / SLOWEST

    def end(self) -> None:
        """Stop watching: the request has ended."""
        with self._lock:
            self._ended = True
            self._timer.cancel()

    def _start_timer(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._ended:
                return
            left = self._until - time.monotonic()
            if left > 0:
                self._start_timer(left)
                return
            self.over = True
        self._break_off()


@contextmanager
def bound_time(break_off: Callable[[], object], seconds: float, size: int = 0) -> Iterator[Watch]:
    """Break a request off that takes longer than `seconds`, and the time for `size` bytes.

    Raises DroppedError instead of the error that the broken connection then causes.
    """
    watch = Watch(break_off, seconds + size / SLOWEST)
    try:
        yield watch
    except Exception as error:
        if watch.over:
            raise DroppedError(TOO_SLOW) from error
        raise
    finally:
        watch.end()
