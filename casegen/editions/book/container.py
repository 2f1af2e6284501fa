"""container: files as a zip whose bytes depend on them alone, and text that XML may hold.

Secret: what makes a zip the same on every machine, and the characters that XML forbids.
Not here: which files a book is made of (epub, word).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip: no clock may change the output
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, 2.2
_DENSE = (".jpg", ".jpeg", ".png")  # are compressed already
MIMETYPE = "mimetype"  # is first and not compressed (EPUB OCF 3.3, 4.3)


def fit_xml(said: str) -> str:
    """Return the text with U+FFFD for each character that XML forbids."""
    return _UNFIT.sub("\ufffd", said)


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return the files, by name and in their order, as a zip."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST)
            # A photo hardly becomes smaller, and takes most of the time.
            plain = name == MIMETYPE or name.endswith(_DENSE)
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return output.getvalue()
