"""filenames: which names every file system takes that a case or its page may meet.

Secret: what Windows refuses: reserved characters, names of devices, a dot or blank at the end.
Not here: where a path leads (collection.references), how a name is made from Chinese (pinyin).
"""

from __future__ import annotations

import re

# "Naming Files, Paths, and Namespaces", Windows App Development: the devices, whatever follows a
# dot (aux.html), and the reserved characters.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\.|$)", re.IGNORECASE)
_RESERVED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name, with or without an ending, for a device: con, aux.html."""
    return _DEVICE.match(name) is not None


def is_writable(name: str) -> bool:
    """Whether a file or folder of this name can be written on every file system."""
    return bool(name) and not is_reserved(name) and _RESERVED.search(name) is None
