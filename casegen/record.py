"""record: JSON that others may have changed, read strictly or not at all.

Secret: which input is refused: files of any length, any depth of nesting, numbers out of range.
Not here: what each record means (output, publish.manifest, publish.lock) and where it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

MOST = 64 * 1024 * 1024  # bytes: a site of 300,000 files has about 50 MB of manifest
MOST_TEXT = 1000  # characters of a text that is shown
# The largest number that every reader of JSON keeps exactly (RFC 8259, section 6).
MOST_NUMBER = 2**53 - 1


class DamagedError(ValueError):
    """The record is not what casegen writes; the caller must not act on it."""


def load_record(data: bytes | None, most: int = MOST) -> Mapping[str, Any]:
    """Return the object that the bytes hold as JSON.

    Raises DamagedError for anything else: no or too many bytes, no UTF-8, no JSON, nesting too
    deep, a fraction, a number that is too large or not finite, a key twice.
    """
    if not data or len(data) > most:
        raise DamagedError
    try:
        found = json.loads(
            data.decode("utf-8"),
            parse_float=_refuse,
            parse_constant=_refuse,
            parse_int=_read_integer,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError):
        raise DamagedError from None
    return read_mapping(found)


def read_mapping(value: object) -> Mapping[str, Any]:
    """Return the value as an object.

    Raises DamagedError where it is none; so do the functions below.
    """
    if not isinstance(value, dict):
        raise DamagedError
    return value


def read_list(value: object) -> list[Any]:
    """Return the value as a list."""
    if not isinstance(value, list):
        raise DamagedError
    return value


def read_short_text(value: object, most: int = MOST_TEXT) -> str:
    """Return the value as a printable text of at most `most` characters."""
    if not isinstance(value, str) or len(value) > most or not value.isprintable():
        raise DamagedError
    return value


def fit_text(written: str, most: int = MOST_TEXT) -> str:
    """Cut a text to what `read_short_text` accepts; unprintable characters become blanks."""
    return "".join(c if c.isprintable() else " " for c in written)[:most]


def read_count(value: object) -> int:
    """Return the value as a whole number of at least zero."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DamagedError
    return value


def _read_integer(digits: str) -> int:
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
