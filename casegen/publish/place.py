"""place: what distinguishes this project folder from every copy of it.

Secret: `.casegen/publisher`, a random id, counts together with the time at which this disk last
changed that file. A copy, an archive and a synchronized folder carry the id along, but not the
time. So a copied folder does not take a lock of the first for its own, and what a stranger
accepted does not count here.
Not here: what is bound to the place (lock, trust).
"""

from __future__ import annotations

import hashlib
import re
import uuid
from contextlib import suppress
from pathlib import Path

from casegen import storage

FILE = "publisher"
_ID = re.compile(rb"[0-9a-f]{32}")


def identify_place(folder: Path) -> str:
    """Return 32 hexadecimal digits that stand for this `.casegen/`; others in each copy of it.

    Where nothing can be written they are other ones each time.
    """
    file = folder / FILE
    with suppress(OSError):
        known = _read(file)
        if not known:
            storage.write_file(file, uuid.uuid4().hex.encode(), folder)
            known = _read(file)
        if known:
            changed = str(file.lstat().st_ctime_ns).encode()
            return hashlib.blake2b(known + b" " + changed, digest_size=16).hexdigest()
    return uuid.uuid4().hex


def _read(file: Path) -> bytes:
    """Return the id that a file holds; b"" where it holds none."""
    with suppress(OSError):
        known = storage.read_file(file, 32) if storage.is_regular(file) else b""
        return known if _ID.fullmatch(known) else b""
    return b""
