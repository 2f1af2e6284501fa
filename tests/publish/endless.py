"""Hosts that never come to an end: silent ones, slow ones, and those that say too much."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

ENOUGH = 60  # seconds after which these hosts stop, so that a program that waits fails and ends
MUCH = 200  # megabytes after which they stop

Speak = Callable[[socket.socket], None]


@contextlib.contextmanager
def host_that(speak: Speak) -> Iterator[int]:
    """A host on loopback that does `speak` on each connection, until it is hung up on."""
    threads = []

    def serve(talk: socket.socket) -> None:
        with talk, contextlib.suppress(OSError, EOFError):
            speak(talk)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                talk, _ = server.accept()
                threads.append(threading.Thread(target=serve, args=(talk,), daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        listening = threading.Thread(target=listen, daemon=True)
        listening.start()
        yield int(server.getsockname()[1])
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    listening.join()


def drip(before: bytes = b"", drop: bytes = b"x") -> Speak:
    """A few bytes, then one now and then."""

    def speak(talk: socket.socket) -> None:
        talk.sendall(before)
        for _ in range(ENOUGH * 5):
            talk.sendall(drop)
            time.sleep(0.2)

    return speak


def flood(before: bytes = b"") -> Speak:
    """A few bytes, then as many as are taken."""

    def speak(talk: socket.socket) -> None:
        talk.sendall(before)
        for _ in range(MUCH):
            talk.sendall(b"x" * 1_000_000)

    return speak


def hang(before: bytes = b"") -> Speak:
    """A few bytes, then nothing."""

    def speak(talk: socket.socket) -> None:
        talk.sendall(before)
        talk.settimeout(ENOUGH)
        while talk.recv(65536):
            pass

    return speak


def after_request(speak: Speak) -> Speak:
    """Do so after the head of a request of HTTP."""

    def answer(talk: socket.socket) -> None:
        heard = b""
        while b"\r\n\r\n" not in heard:
            heard += talk.recv(65536)
        speak(talk)

    return answer
