"""container: files as a zip whose bytes depend on them alone, and text as XML may hold it.

Secret: what makes a zip the same on every machine, and the characters that XML has no place for.
Not here: which files a book is made of (epub, word).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: no clock reaches the output
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2
MIMETYPE = "mimetype"  # stands first and is not compressed (EPUB OCF 3.3, 4.3)


def fit_xml(said: str) -> str:
    """The text with U+FFFD for each character that XML has no place for."""
    return _UNFIT.sub("\ufffd", said)


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """The files, by name and in their order, as a zip."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST)
            plain = name == MIMETYPE
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return output.getvalue()
