"""data_scripts: values as scripts that browsers load from file://, and lists cut into such files.

Secret: how a value is written so that browsers parse it fastest, and where lists are cut so that
an edit of one item changes one file.
Not here: what the values mean (catalog, search).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from casegen.output import Artifact, make_literal

T = TypeVar("T")


def write_script(name: str, value: object) -> bytes:
    """Return `casegen.put(name, value)` with the value as JSON text: browsers parse it fastest."""
    return _put(name, _text(value))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _put(name: str, text: str) -> bytes:
    quoted = json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028")
    quoted = quoted.replace("\u2029", "\\u2029")
    return f"casegen.put({json.dumps(name)},JSON.parse({quoted}));\n".encode()


def read_script(content: bytes) -> Any:
    """Return the value in a script that `write_script` wrote.

    Raises ValueError for any other content: others may have changed the site.
    """
    text = content.decode()
    try:
        return json.loads(json.loads(text[text.index(",JSON.parse(") + 12 : -len("));\n")]))
    except (RecursionError, TypeError) as error:
        raise ValueError("not a script of the site") from error


def make_hashed(kind: str, value: object) -> tuple[Artifact, str]:
    """Return `assets/<kind>-<ten digits>.js`, which puts the value under its path, and digits."""
    text = _text(value)
    mark = hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
    path = f"assets/{kind}-{mark}.js"
    return make_literal(path, _put(path, text)), mark


def cut_bundles(items: Sequence[T], mean: int, key: Callable[[T], str]) -> Iterator[tuple[T, ...]]:
    """Yield the items in bundles of `mean` on average, in their order.

    A bundle ends after an item whose key's hash is 0 modulo `mean`, not after a fixed number, so
    that a new item changes only its own bundle.
    """
    bundle: list[T] = []
    for item in items:
        bundle.append(item)
        digest = hashlib.blake2b(key(item).encode(), digest_size=4).digest()
        if int.from_bytes(digest) % mean == 0:
            yield tuple(bundle)
            bundle = []
    if bundle:
        yield tuple(bundle)
