"""plates: the pictures of a book: which there are, how large they are printed, their bytes.

Secret: names of pictures in a book, and how each kind of picture is converted.
Not here: pixels (media.pixels), where a picture is in the book (composition).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casegen.media.pictures import Picture
from casegen.media.svg import redraw
from casegen.source.files import Attachment, open_attachment


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture of the book: its name there, the project's file, its digest, its size in pixels."""

    name: str
    path: str
    digest: str
    width: int
    height: int


def list_plates(
    files: Mapping[str, Attachment], pictures: Mapping[str, Picture]
) -> Mapping[str, Plate]:
    """Return the plate of each picture of the project that is sound, by its path."""
    found: dict[str, Plate] = {}
    for path, picture in pictures.items():
        if not picture.flaws and path in files:
            digest = files[path].digest
            ending = ".png" if picture.ending == ".gif" else picture.ending
            name = f"plates/{digest[:16]}{ending}"
            found[path] = Plate(name, path, digest, picture.width, picture.height)
    return found


def print_plate(plate: Plate, root: Path, room: tuple[int, int], *, grey: bool) -> bytes:
    """Return a plate upright, with its colour profile; `room` is its greatest width and height."""
    data = open_attachment(root, plate.path)
    if plate.name.endswith(".svg"):
        return _without_colour(data) if grey else data
    ending = plate.name.rpartition(".")[2]
    from casegen.media import pixels  # noqa: PLC0415 Pillow only where a picture is made

    return pixels.resize_for_print(data, f".{ending}", room, grey=grey)


def _without_colour(drawing: bytes) -> bytes:
    """Return a drawing (SVG) in grey: all of it stands in a group with a filter."""
    # Rebuilt, no attribute holds ">": the first one ends the root's own tag.
    head, _, rest = redraw(drawing).content.partition(b">")
    inside, end, _ = rest.rpartition(b"</svg>")
    return head + b'><g filter="grayscale(1)">' + inside + b"</g>" + end
