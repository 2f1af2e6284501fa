"""disk_values: packed values on disk while a command runs, for which memory has no room.

Secret: that they are in one file without a name, which the system removes with the process.
Not here: packing (cache), results that later commands use (cache).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from casegen.cache import Packed, unpack
from casegen.standing import explain_error
from casegen.storage import is_folder


class DiskValues:
    """Packed values by name; the file is made when the first value comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, name: str, packed: Packed) -> None:
        """Add a value; raise CasegenError "disk" where no disk takes it."""
        try:
            if self._file is None:
                self._file = _open_nameless(self._folder)
            self._file.seek(self._end)
            self._file.write(packed.stored)
            self._file.flush()
        except OSError as error:
            raise explain_error(error, self._folder) from error
        self._places[name] = (self._end, len(packed.stored))
        self._end += len(packed.stored)

    def take(self, name: str) -> Any:
        """Return a value again, as often as asked; raise KeyError for an unknown name."""
        start, length = self._places[name]
        if self._file is None:
            raise KeyError(name)
        self._file.seek(start)
        return unpack(Packed(self._file.read(length)))

    def close(self) -> None:
        """Forget all values."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _open_nameless(folder: Path) -> IO[bytes]:
    """Return a new file in the folder, else where the system has temporary files."""
    import tempfile  # noqa: PLC0415 most commands need none

    with suppress(OSError):
        if is_folder(folder):
            return tempfile.TemporaryFile(dir=folder)
    return tempfile.TemporaryFile()
