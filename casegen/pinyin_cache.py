"""pinyin_cache: how Chinese text is read as pinyin, kept from one run to the next.

Secret: that loading the dictionary of pypinyin takes half a second, and is often not needed.
Not here: reading Chinese text (chinese.pinyin).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata
from typing import TypeGuard

from casegen.cache import Cache
from casegen.chinese.pinyin import Readings, find_readings

MOST = 200_000  # runs of characters of which the reading is kept


@contextmanager
def share_readings(cache: Cache) -> Iterator[None]:
    """Take the readings from the cache at the start, and put new ones there at the end."""
    kind = f"pinyin {metadata.version('pypinyin')}"
    stored = cache.read(kind).get("")
    known = stored if _is_sound(stored) else {}
    found = find_readings()
    found.update(known)
    yield
    if len(found) > len(known):
        cache.write(kind, {"": found if len(found) < MOST else {}}, ())


def _is_sound(value: object) -> TypeGuard[Readings]:
    return isinstance(value, dict) and all(
        isinstance(text, tuple) and isinstance(read, tuple) for text, read in value.items()
    )
