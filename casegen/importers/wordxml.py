"""wordxml: parts of a Word document as XML: reading them, their words, a new run of text.

Secret: how such a part is parsed without loading anything, and which elements hold words.
Not here: what the elements mean (revision, numbering).
"""

from __future__ import annotations

import zipfile
from typing import Any

from casegen.importers.markdown import tidy_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def parse_part(archive: zipfile.ZipFile, name: str) -> Any:
    """Return a part of a document as an element tree; nothing outside it is loaded."""
    from lxml import etree  # noqa: PLC0415 - comes with the extra `import`

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
    )
    return etree.fromstring(archive.read(name), parser)


def find_part(archive: zipfile.ZipFile, name: str) -> Any | None:
    """Return a part as `parse_part` does; None for a document without it."""
    return parse_part(archive, name) if name in archive.namelist() else None


def read_words(element: Any) -> str:
    """Return the words of an element, with a space between paragraphs."""
    nodes = element.iter(f"{W}t", f"{W}delText", f"{W}p", f"{W}tab", f"{M}t")
    return tidy_text(
        "".join((n.text or "") if n.tag.endswith(("}t", "}delText")) else " " for n in nodes)
    )


def measure_longest(archive: zipfile.ZipFile, name: str) -> int:
    """Return the number of characters of the longest paragraph of a part."""
    longest = size = 0
    for node in parse_part(archive, name).iter(f"{W}p", f"{W}t"):
        if node.tag == f"{W}p":
            longest, size = max(longest, size), 0
        else:
            size += len(node.text or "")
    return max(longest, size)


def is_on(properties: Any | None, name: str) -> bool | None:
    """Return whether properties switch `name` on or off; None where they do not say."""
    mark = properties.find(f"{W}{name}") if properties is not None else None
    return None if mark is None else mark.get(f"{W}val") not in {"0", "false", "off"}


def read_value(element: Any | None, name: str) -> str:
    """Return the value of a child that holds nothing else; "" without such a child."""
    found = element.find(f"{W}{name}") if element is not None else None
    return (found.get(f"{W}val") or "") if found is not None else ""


def make_run(text: str, like: Any) -> Any:
    """Return a run with this text, for the document of `like`."""
    run = like.makeelement(f"{W}r")
    inside = like.makeelement(f"{W}t")
    inside.text = text
    inside.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(inside)
    return run
