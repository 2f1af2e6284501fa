"""Firefox, driven over its own remote protocol, Marionette.

A message is `<length>:<JSON>`; commands are those of WebDriver. Debian ships no geckodriver, and
the drivers at hand ask for a newer or a patched Firefox.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

FIREFOX = os.environ.get("CASEGEN_FIREFOX", "firefox-esr")
PATIENCE = 60.0


class Firefox:
    """A headless Firefox with a profile of its own; `close` ends it."""

    def __init__(self, profile: Path) -> None:
        program = shutil.which(FIREFOX)
        if program is None:
            raise FileNotFoundError(f"no browser called {FIREFOX}; set CASEGEN_FIREFOX")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        (profile / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
        self._process = subprocess.Popen(
            [program, "-headless", "-marionette", "-no-remote", "-profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._socket = self._connect(port)
        self._rest = b""
        self._sent = 0
        self._message()  # its greeting
        self._command("WebDriver:NewSession")
        self._command("WebDriver:SetWindowRect", width=1280, height=900)

    def _connect(self, port: int) -> socket.socket:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            except OSError:
                if time.monotonic() > end:
                    self._process.kill()
                    raise
                time.sleep(0.1)

    def _message(self) -> Any:
        while b":" not in self._rest:
            self._rest += self._socket.recv(65536)
        length, _, self._rest = self._rest.partition(b":")
        while len(self._rest) < int(length):
            self._rest += self._socket.recv(65536)
        text, self._rest = self._rest[: int(length)], self._rest[int(length) :]
        return json.loads(text)

    def _command(self, name: str, **parameters: object) -> Any:
        self._sent += 1
        message = json.dumps([0, self._sent, name, parameters]).encode()
        self._socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, result = self._message()
        assert error is None, error
        return result.get("value") if isinstance(result, dict) else result

    def open(self, address: str) -> None:
        """Goes to an address and waits until it is loaded."""
        self._command("WebDriver:Navigate", url=address)

    def run(self, script: str) -> Any:
        """The value of an expression of JavaScript on the page."""
        return self._command("WebDriver:ExecuteScript", script=f"return {script}", args=[])

    def press(self, selector: str) -> None:
        """Clicks an element, which must be where a reader could click it."""
        found = self._command("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found.values()
        self._command("WebDriver:ElementClick", id=element)

    def type(self, selector: str, text: str) -> None:
        """Types into an element."""
        found = self._command("WebDriver:FindElement", using="css selector", value=selector)
        (element,) = found.values()
        self._command("WebDriver:ElementSendKeys", id=element, text=text)

    def until(self, condition: str) -> None:
        """Waits until an expression of JavaScript is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(condition):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def close(self) -> None:
        """Ends the browser."""
        self._command("Marionette:Quit", flags=["eForceQuit"])
        self._process.wait(PATIENCE)
        self._socket.close()
