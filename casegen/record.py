"""record: JSON that others may have touched, read strictly or not at all.

Secret: what is not trusted: files without end, nesting without end, numbers that are none.
Not here: what each record means (output, publish.manifest, publish.lock) and where it lies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

MOST = 64 * 1024 * 1024  # bytes: a site of 300,000 files has about 50 MB of manifest
MOST_TEXT = 1000  # characters of a text that is shown
MOST_NUMBER = 2**53 - 1  # what every reader of JSON keeps exactly


class DamagedError(ValueError):
    """The record is not what casegen writes; nothing may be done on its word."""


def load_record(data: bytes | None, most: int = MOST) -> Mapping[str, Any]:
    """The object that the bytes are.

    Raises DamagedError for anything else: no or too many bytes, no UTF-8, no JSON, one nested too
    deeply, a fraction, a number that is too large, not a finite one, a key twice.
    """
    if not data or len(data) > most:
        raise DamagedError
    try:
        found = json.loads(
            data.decode("utf-8"),
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_whole,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        raise DamagedError from None
    return mapping(found)


def mapping(value: object) -> Mapping[str, Any]:
    """The value, which is an object.

    Raises DamagedError; so do the others.
    """
    if not isinstance(value, dict):
        raise DamagedError
    return value


def listed(value: object) -> list[Any]:
    """The value, which is a list."""
    if not isinstance(value, list):
        raise DamagedError
    return value


def text(value: object, most: int = MOST_TEXT) -> str:
    """The value, which is a short text that can be shown: printable, of whole characters."""
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise DamagedError
    return value


def fitted(written: str, most: int = MOST_TEXT) -> str:
    """A text as `text` takes it, so that casegen reads what it wrote: cut, blanks for the rest."""
    return "".join(c if c.isprintable() else " " for c in written)[:most]


def count(value: object) -> int:
    """The value, which is a whole number, none below zero."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DamagedError
    return value


def _whole(digits: str) -> int:
    if len(digits) > 16 or abs(number := int(digits)) > MOST_NUMBER:
        raise DamagedError
    return number


def _refuse(_written: str) -> NoReturn:
    raise DamagedError


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DamagedError
    return found
