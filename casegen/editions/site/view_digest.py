"""view_digest: the base class of all that templates may read: a value that knows its digest.

Secret: how a value's digest is calculated; a part's digest is calculated once for all its views.
Not here: the views themselves (views).
"""

from __future__ import annotations

import hashlib
from functools import cached_property


def digest_value(value: object) -> str:
    """Return 32 hex digits that differ whenever `value` (a view, tuple or plain value) differs."""
    return _hash(_written(value))


def _written(value: object) -> str:
    """Return a value as text; a view is represented by its digest."""
    if type(value) is str:  # most values are text, and a warm build has a million of them
        return f"str:{value!r}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(_written, value)) + ")"
    if isinstance(value, View):
        return value.digest
    return f"{type(value).__name__}:{value!r}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class View:
    """Base of all views and their parts; subclasses are frozen dataclasses."""

    @cached_property
    def digest(self) -> str:
        """Digest over the class name and every field, in field order."""
        # dataclasses.fields() makes a new tuple at each call, which took a tenth of a warm build.
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        values = tuple(getattr(self, name) for name in names)
        return _hash(type(self).__name__ + _written(values))
