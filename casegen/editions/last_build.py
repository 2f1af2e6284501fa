"""last_build: what the last build of the same site left, from which a build may take parts.

Secret: none; a value that build hands to editions.
Not here: which parts still hold (the edition that made them), where values are kept (cache).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casegen.collection.case import Case


@dataclass(frozen=True, slots=True)
class LastBuild:
    """A file of the site by path, values that were kept by name, a case as it was by its file.

    Nothing here is sure: the file may be gone or changed (OSError, ValueError), values may be
    missing, and a case may be unknown (None).
    """

    read_file: Callable[[str], bytes]
    read_kept: Callable[[Iterable[str]], Mapping[str, Any]]
    read_case: Callable[[str], Case | None]
