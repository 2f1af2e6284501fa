"""s3_session: the answers of a bucket's host, with a limit of time and of bytes.

Secret: boto3 reads an answer to its end, however long that is and however slowly it comes.
Not here: what is asked and what the answers mean (s3).
"""

from __future__ import annotations

import io
import queue
import threading
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import HTTPClientError, ReadTimeoutError
from urllib3 import HTTPResponse

from casegen.publish.patience import SLOWEST, Watch

LONGEST = 1024 * 1024  # bytes of an answer that is no file
PIECE = 8192


class Exchange:
    """Sends the requests of one client; `seconds` is the time for one, besides that for its bytes.

    `most`: how many bytes of a file the thread that asks will read.
    """

    def __init__(self, client: Any, seconds: float) -> None:
        # boto3 has no other way to its connections, which know proxies and certificates.
        self._session = client._endpoint.http_session  # noqa: SLF001
        self._seconds = seconds
        self._asking = threading.local()
        client.meta.events.register("before-send.s3", self._answer)

    def expect(self, most: int) -> None:
        """Say how many bytes of a file this thread asks for next."""
        self._asking.most = most

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        """Return the answer to a request instead of boto3.

        Another thread asks, which is left alone when the time is over: nothing can wake it while it
        reads, but it ends with the program and keeps no more than `most` bytes.
        Raises botocore's HTTPClientError.
        """
        most = getattr(self._asking, "most", LONGEST) if request.stream_output else LONGEST
        found: queue.SimpleQueue[AWSResponse | Exception | None] = queue.SimpleQueue()
        size = int(request.headers.get("Content-Length", 0))
        watch = Watch(lambda: found.put(None), self._seconds + size / SLOWEST)

        def ask() -> None:
            try:
                found.put(self._read(request, most, watch))
            except Exception as error:  # noqa: BLE001 - it is raised in the thread that asked
                found.put(error)

        threading.Thread(target=ask, daemon=True).start()
        answer = found.get()
        watch.end()
        if answer is None:
            raise ReadTimeoutError(endpoint_url=request.url)
        if isinstance(answer, HTTPClientError):
            raise answer
        if isinstance(answer, Exception):
            raise HTTPClientError(error=answer)
        return answer

    def _read(self, request: Any, most: int, watch: Watch) -> AWSResponse:
        request.stream_output = True  # so that the session does not read the answer itself
        answer = self._session.send(request)
        if answer.status_code >= 300:
            most = min(most, LONGEST)
        data = io.BytesIO()
        for piece in answer.raw.stream(PIECE):
            data.write(piece)
            watch.allow(len(piece))
            if data.tell() > most:
                answer.raw.close()
                break
        told = answer.headers.get("content-length", "")
        whole = data.tell() > most or request.method == "HEAD" or not told.isdecimal()
        if not whole and data.tell() < int(told):
            raise ConnectionError("an answer that was cut")
        body = HTTPResponse(io.BytesIO(data.getvalue()), preload_content=False)
        return AWSResponse(answer.url, answer.status_code, answer.headers, body)
