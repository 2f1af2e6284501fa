"""View: the base of all that templates may read, a value that knows its digest.

Secret: how a value's digest is reckoned; that of a part once, however many views hold it.
Not here: the views themselves (views).
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import cached_property


def digest(value: object) -> str:
    """32 hex digits that differ whenever `value` (a view, tuple or plain value) differs."""
    if isinstance(value, View):
        return value.digest
    if isinstance(value, tuple):
        text = "(" + ",".join(digest(item) for item in value) + ")"
    else:
        text = f"{type(value).__name__}:{value!r}"
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class View:
    """Base of all views and their parts; subclasses are frozen dataclasses."""

    @cached_property
    def digest(self) -> str:
        """Digest over the class name and every field, in field order."""
        parts = tuple(digest(getattr(self, field.name)) for field in fields(self))  # type: ignore[arg-type]
        text = type(self).__name__ + "".join(parts)
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
