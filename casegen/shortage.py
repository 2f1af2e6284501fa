"""shortage: whether an error means that the system refused memory.

Secret: what Python and its libraries say, besides MemoryError, where they get no memory.
Not here: what the editor then reads (cli), processes that the system ended (workers).
"""

from __future__ import annotations

import errno
from pathlib import Path

_REFUSED = ("failed to map segment", "Cannot allocate memory", "can't start new thread",
            "without setting an exception", "without exception set")  # fmt: skip


def lacks_memory(error: BaseException) -> bool:
    """Return whether the system refused memory."""
    if isinstance(error, MemoryError):
        return True
    if isinstance(error, SyntaxError):
        return not _is_wrong(error)
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    return any(said in str(error) for said in _REFUSED)


def _is_wrong(error: SyntaxError) -> bool:
    """Return whether the code itself is wrong, and not only Python's parser short of memory.

    A parser that gets no memory says that some line of a correct module is wrong. The same fault
    found again is one of the file; a damaged file may have no line to name.
    """
    if not error.filename:
        return True
    try:
        compile(Path(error.filename).read_bytes(), error.filename, "exec", dont_inherit=True)
    except SyntaxError as again:
        return (again.msg, again.lineno, again.offset) == (error.msg, error.lineno, error.offset)
    except (OSError, ValueError, MemoryError):  # code made while running has no file
        return False
    return False
