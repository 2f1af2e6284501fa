"""Places to publish to, and a look behind each."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from casegen.publish import Around

PASSWORD = "correct-horse-8"  # noqa: S105 only ever on loopback
USER = "editor"


class Host:
    """A place to publish to, and its files read directly."""

    kind = ""
    environ: Mapping[str, str] = {}
    accept = ""
    port = 0

    def address(self, port: int = 0) -> str:
        raise NotImplementedError

    def files(self) -> dict[str, bytes]:
        """Everything there, casegen's own files included."""
        raise NotImplementedError

    def read(self, path: str) -> bytes | None:
        raise NotImplementedError

    def put(self, path: str, data: bytes) -> None:
        raise NotImplementedError

    def remove(self, path: str) -> None:
        raise NotImplementedError

    def stamps(self) -> dict[str, object]:
        """Something that changes whenever a file is written."""
        raise NotImplementedError

    def site(self) -> dict[str, bytes]:
        """What readers see: all but casegen's own files."""
        return {path: data for path, data in self.files().items() if not path.startswith(".")}

    def reset(self, files: Mapping[str, bytes]) -> None:
        for path in self.files():
            if path not in files:
                self.remove(path)
        for path, data in files.items():
            self.put(path, data)


@dataclass(kw_only=True)
class DiskHost(Host):
    """A target whose files lie on this disk, however they are reached."""

    kind: str
    root: Path
    template: str
    port: int = 0
    environ: Mapping[str, str] = field(default_factory=dict)
    accept: str = ""

    def address(self, port: int = 0) -> str:
        return self.template.format(port=port or self.port, root=self.root)

    def files(self) -> dict[str, bytes]:
        found = {}
        for path in sorted(self.root.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    found[path.relative_to(self.root).as_posix()] = path.read_bytes()
        return found

    def read(self, path: str) -> bytes | None:
        file = self.root / path
        return file.read_bytes() if file.is_file() else None

    def put(self, path: str, data: bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(data)

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def stamps(self) -> dict[str, object]:
        return {
            path.relative_to(self.root).as_posix(): (path.stat().st_mtime_ns, path.stat().st_ino)
            for path in self.root.rglob("*")
            if path.is_file()
        }

    def reset(self, files: Mapping[str, bytes]) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True)
        super().reset(files)


@dataclass(kw_only=True)
class BucketHost(Host):
    """A prefix of a bucket of moto's server."""

    client: Any
    bucket: str
    prefix: str
    port: int
    kind: str = "s3"
    environ: Mapping[str, str] = field(default_factory=lambda: {"CASEGEN_PASSWORD": PASSWORD})
    accept: str = ""

    def address(self, port: int = 0) -> str:
        where = f"http://127.0.0.1:{port or self.port}"
        return f"s3://KEYID@{self.bucket}/{self.prefix}?endpoint={where}"

    def _keys(self) -> Mapping[str, Any]:
        """The server runs in this process: reading its files costs no request."""
        found = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets[self.bucket].keys
        start = f"{self.prefix}/"
        return {name[len(start) :]: found[name] for name in list(found) if name.startswith(start)}

    def files(self) -> dict[str, bytes]:
        return {path: bytes(key.value) for path, key in sorted(self._keys().items())}

    def head(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client.head_object(
            Bucket=self.bucket, Key=f"{self.prefix}/{path}"
        )
        return found

    def read(self, path: str) -> bytes | None:
        key = self._keys().get(path)
        return None if key is None else bytes(key.value)

    def put(self, path: str, data: bytes) -> None:
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].put_object(
            self.bucket, f"{self.prefix}/{path}", data
        )

    def remove(self, path: str) -> None:
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].delete_object(self.bucket, f"{self.prefix}/{path}")

    def stamps(self) -> dict[str, object]:
        return {path: key.last_modified for path, key in self._keys().items()}


def around(host: Host, memory: Path, **changes: Any) -> Around:
    """A world in which nobody waits."""
    given: dict[str, Any] = {
        "memory": memory,
        "user": "editor@office",
        "environ": host.environ,
        "now": lambda: dt.datetime.now(dt.UTC),
        "wait": lambda _seconds: None,
        "accept": host.accept,
        "pauses": (0.0, 0.0),
    }
    return Around(**{**given, **changes})
