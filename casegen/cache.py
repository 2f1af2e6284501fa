"""Cache: disposable memory in `.casegen/`; deleting it is always safe, a damaged one is no memory.

Secret: how values survive between runs. One SQLite file; values are pickled, but on the way back
only plain values and casegen's own dataclasses and enumerations are let in, since a project folder
may come from anywhere.
Not here: what the values mean and when they are still true (build).
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import fractions
import importlib
import io
import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

PLAIN = {
    ("datetime", "date"): dt.date,
    ("decimal", "Decimal"): decimal.Decimal,
    ("fractions", "Fraction"): fractions.Fraction,
}


class _Reader(pickle.Unpickler):
    def find_class(self, module_name: str, name: str, /) -> Any:
        known = PLAIN.get((module_name, name))
        if known is not None:
            return known
        if module_name.startswith("casegen."):
            found = getattr(importlib.import_module(module_name), name, None)
            if isinstance(found, type) and (
                dataclasses.is_dataclass(found) or issubclass(found, Enum)
            ):
                return found
        raise pickle.UnpicklingError(f"{module_name}.{name} does not belong in a cache")


class Cache:
    """Values by kind and key; `stamp` names the version of all that made them.

    Reading gives what is surely whole; writing that fails is no fault, only forgetting.
    """

    def __init__(self, folder: Path, stamp: str) -> None:
        self._path = folder / "cache.sqlite"
        self._stamp = stamp
        self._base = self._open()

    def _open(self) -> sqlite3.Connection | None:
        for attempt in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(self._path, timeout=10)
                base.execute(
                    "CREATE TABLE IF NOT EXISTS memory"
                    " (kind TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, key)) WITHOUT ROWID"
                )
                row = base.execute("SELECT value FROM memory WHERE kind='stamp'").fetchone()
                if row is None or row[0] != self._stamp.encode():
                    base.execute("DELETE FROM memory WHERE kind NOT LIKE 'output %'")
                    base.execute(
                        "INSERT OR REPLACE INTO memory VALUES ('stamp', '', ?)",
                        (self._stamp.encode(),),
                    )
                base.commit()
            except (sqlite3.Error, OSError):
                if attempt == 0:
                    self.forget(self._path.parent)
                continue
            return base
        return None

    @staticmethod
    def forget(folder: Path) -> None:
        """Remove the memory in `folder`."""
        for path in folder.glob("cache.sqlite*"):
            try:
                path.unlink()
            except OSError:
                continue

    def read(self, kind: str) -> dict[str, Any]:
        """All values of a kind; what cannot be read is left out."""
        if self._base is None:
            return {}
        try:
            rows = self._base.execute("SELECT key, value FROM memory WHERE kind=?", (kind,))
            found = rows.fetchall()
        except sqlite3.Error:
            return {}
        values = {}
        for key, blob in found:
            try:
                values[key] = _Reader(io.BytesIO(blob)).load()
            except Exception:  # noqa: BLE001, S112 a damaged pickle may raise anything
                continue
        return values

    def write(self, kind: str, new: Mapping[str, Any], keep: Iterable[str]) -> None:
        """Remember `new`; of what was known, only the keys in `keep`."""
        if self._base is None:
            return
        try:
            known = {
                row[0] for row in self._base.execute("SELECT key FROM memory WHERE kind=?", (kind,))
            }
            stale = known - set(keep) - set(new)
            with self._base:
                self._base.executemany(
                    "DELETE FROM memory WHERE kind=? AND key=?", [(kind, key) for key in stale]
                )
                self._base.executemany(
                    "INSERT OR REPLACE INTO memory VALUES (?, ?, ?)",
                    [(kind, key, pickle.dumps(value, 5)) for key, value in new.items()],
                )
        except (sqlite3.Error, OSError):
            return

    def close(self) -> None:
        """Let go of the file."""
        if self._base is not None:
            self._base.close()
            self._base = None
