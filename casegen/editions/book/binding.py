"""binding: the pieces of a book, each a tagged PDF, joined into one.

Secret: pikepdf, and what a PDF has only once for the whole book: tags, names, outline, page
labels.
Not here: how a book is cut and its pieces typeset (pieces).
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGES_IN_XMP = re.compile(rb"(?<=<xmpTPg:NPages>)\d+(?=<)")
HELD = 8_000_000  # bytes: a larger piece is large by its photos, and has few tags
NUMBER = re.compile(r"[0-9]+")
ID_OF_XMP = re.compile(rb"<xmpMM:(Instance|Document)ID>[^<]*<")


@dataclass(frozen=True, slots=True)
class Piece:
    """A PDF whose pages from `first` up to `end` (exclusive, from 0) go into the book.

    Its first `goes_on` cases belong to a part that began in the piece before it.
    """

    path: Path
    first: int
    end: int
    goes_on: int = 0


def read_places(path: Path) -> tuple[int, Mapping[str, int]]:
    """Return how many pages a PDF has, and the page (from 0) of each of its names."""
    import pikepdf  # noqa: PLC0415 - the extra `book`

    with pikepdf.open(path) as source:
        numbers = {page.obj.objgen: number for number, page in enumerate(source.pages)}
        places = {name.decode(): numbers[goal[0].objgen] for name, goal in _names_of(source)}
        return len(numbers), places


def bind_pieces(pieces: Sequence[Piece], pages: Mapping[str, int], held: int = HELD) -> bytes:
    """Join the pieces to one book; its title, language and standard are those of the first.

    `pages` are the printed page numbers of the names. A piece of at most `held` bytes is closed as
    soon as it is copied.
    """
    import pikepdf  # noqa: PLC0415 - the extra `book`

    with pikepdf.new() as book, ExitStack() as opened:
        tags, outline = _Tags(book), _Outline(book)
        names: dict[bytes, Any] = {}
        labels: list[Any] = []
        ids = b""
        for number, piece in enumerate(pieces):
            source = pikepdf.open(piece.path)
            copied = len(book.objects)
            labels += _labels_of(book, source, piece)
            before = len(book.pages)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # names are not copied here: they are added below
                book.pages.extend(source.pages[piece.first : piece.end])
            tags.add(source, range(before, len(book.pages)), number, headed=bool(piece.goes_on))
            kept = {page.obj.objgen for page in source.pages[piece.first : piece.end]}
            for name, goal in _names_of(source):
                if goal[0].objgen in kept:
                    names[name] = book.copy_foreign(source.make_indirect(goal))
            outline.add(source, piece.goes_on)
            ids += b"".join(map(bytes, source.trailer.ID))
            if number == 0:
                _introduce(book, source)
            if piece.path.stat().st_size <= held:
                _hold_streams(book, copied)
                source.close()
            else:
                opened.callback(source.close)  # its streams are read when the book is written
        _tell_pages(book, pages)
        root = book.Root
        root.Metadata = _metadata(book, ids)
        root.StructTreeRoot = tags.finish()
        root.Outlines = outline.finish()
        listed = [part for name in sorted(names) for part in (pikepdf.String(name), names[name])]
        leaf = pikepdf.Dictionary(Names=pikepdf.Array(listed))
        root.Names = pikepdf.Dictionary(Dests=book.make_indirect(leaf))
        numbers = [part for at, label in enumerate(labels) for part in (at, label)]
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
        written = io.BytesIO()
        book.save(
            written,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return written.getvalue()


def _hold_streams(book: Any, first: int) -> None:
    """Take the bytes of streams into memory, from the object `first` on.

    Their source can be closed then, which frees the memory of its tags: much more than theirs.
    """
    import pikepdf  # noqa: PLC0415 - the extra `book`

    for number in range(first + 1, len(book.objects) + 1):
        found = book.get_object(number, 0)
        if isinstance(found, pikepdf.Stream):
            packed: Any = found.get("/Filter")
            parms: Any = found.get("/DecodeParms")
            found.write(found.read_raw_bytes(), filter=packed, decode_parms=parms)


def _introduce(book: Any, first: Any) -> None:
    """Give the book the title, language and metadata of its first piece."""
    for key in ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata"):
        book.Root[key] = book.copy_foreign(first.make_indirect(first.Root[key]))
    book.trailer["/Info"] = book.copy_foreign(first.make_indirect(first.trailer.Info))


def _tell_pages(book: Any, pages: Mapping[str, int]) -> None:
    """Add page numbers that were unknown when a link was set, for screen readers."""
    for page in book.pages:
        for note in page.get("/Annots", ()):
            name = str(note.get("/Dest", ""))
            if name in pages and "/Contents" in note:
                note.Contents = NUMBER.sub(str(pages[name]), str(note.Contents))


class _Tags:
    """The tag trees of the pieces as one, whose single root element holds those of all."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._tree: Any = None
        self._numbers: list[Any] = []
        self._ids: dict[bytes, Any] = {}
        self._next = 0

    def add(self, source: Any, pages: range, number: int, *, headed: bool) -> None:
        """Add the tags of a piece whose pages are already in the book.

        A `headed` piece begins with a heading on a page that is left out.
        """
        tree = self._book.copy_foreign(source.Root.StructTreeRoot)
        if headed:
            del tree.K[0].K[0]
        self._shift(pages)
        for key, value in _pairs(tree.ParentTree, "/Nums"):
            self._numbers += [int(key) + self._next, value]
        self._next += int(tree.ParentTreeNextKey)
        self._rename(tree, number)
        if self._tree is None:
            self._tree = tree
            return
        document = self._tree.K[0]
        for child in tree.K[0].K:
            child.P = document
            document.K.append(child)
        for key, role in tree.get("/RoleMap", {}).items():
            self._tree.RoleMap[key] = role

    def finish(self) -> Any:
        """Return the tree, with the lists by which a page finds its tags and a tag its notes."""
        import pikepdf  # noqa: PLC0415 - the extra `book`

        tree = self._tree
        numbers = pikepdf.Dictionary(Nums=pikepdf.Array(self._numbers))
        tree.ParentTree = self._book.make_indirect(numbers)
        tree.ParentTreeNextKey = self._next
        listed = [
            part for name in sorted(self._ids) for part in (pikepdf.String(name), self._ids[name])
        ]
        tree.IDTree = self._book.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(listed)))
        return tree

    def _shift(self, pages: range) -> None:
        """Renumber the keys by which pages and links find their tags; each piece counts from 0."""
        for at in pages:
            page = self._book.pages[at].obj
            if "/StructParents" in page:
                page.StructParents = int(page.StructParents) + self._next
            for note in page.get("/Annots", ()):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + self._next

    def _rename(self, tree: Any, number: int) -> None:
        """Rename notes and table heads with the piece's number: each piece counts from 1."""
        import pikepdf  # noqa: PLC0415 - the extra `book`

        for element in _elements(tree):
            if "/ID" in element:
                name = b"%d " % number + bytes(element.ID)
                element.ID = pikepdf.String(name)
                self._ids[name] = element
            for attributes in element.get("/A", ()):
                if "/Headers" in attributes:
                    attributes.Headers = pikepdf.Array(
                        [pikepdf.String(b"%d " % number + bytes(h)) for h in attributes.Headers]
                    )


class _Outline:
    """The outlines of the pieces as one."""

    def __init__(self, book: Any) -> None:
        import pikepdf  # noqa: PLC0415 - the extra `book`

        self._book = book
        self._root = book.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))

    def add(self, source: Any, within: int) -> None:
        """Add the entries of a piece, the first `within` of them below the last part."""
        if "/Outlines" not in source.Root:
            return
        entries = []
        entry = self._book.copy_foreign(source.Root.Outlines).First
        while entry is not None:
            entries.append(entry)
            entry = entry.get("/Next")
        if within and "/Last" in self._root:
            part = self._root.Last
            self._append(part, entries[:within])
            part.Count = -int(abs(part.Count))  # parts are shown closed
            entries = entries[within:]
        self._append(self._root, entries)

    def _append(self, parent: Any, entries: Sequence[Any]) -> None:
        for entry in entries:
            entry.Parent = parent
            for key in ("/Next", "/Prev"):
                if key in entry:
                    del entry[key]
            if "/Last" in parent:
                entry.Prev, parent.Last.Next = parent.Last, entry
            else:
                parent.First = entry
            parent.Last = entry
        parent.Count = abs(int(parent.get("/Count", 0))) + len(entries)

    def finish(self) -> Any:
        """Return the outline's root."""
        return self._root


def _elements(tree: Any) -> Iterator[Any]:
    import pikepdf  # noqa: PLC0415 - the extra `book`

    waiting = list(tree.K)
    while waiting:
        element = waiting.pop()
        yield element
        within = element.get("/K", ())
        if isinstance(within, pikepdf.Array):
            waiting += [
                kid for kid in within if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
            ]


def _pairs(tree: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """Yield the pairs in a tree of names or numbers: its leaves alternate names and values."""
    listed = iter(tree.get(key, ()))
    yield from zip(listed, listed, strict=True)
    for branch in tree.get("/Kids", ()):
        yield from _pairs(branch, key)


def _names_of(source: Any) -> Iterator[tuple[bytes, Any]]:
    names = source.Root.get("/Names", {}).get("/Dests", {})
    return ((bytes(name), goal) for name, goal in _pairs(names, "/Names"))


def _labels_of(book: Any, source: Any, piece: Piece) -> list[Any]:
    """Return the label of each page that goes into the book."""
    import pikepdf  # noqa: PLC0415 - the extra `book`

    labels, made = dict(_pairs(source.Root.PageLabels, "/Nums")), []
    begin = max(at for at in labels if at <= piece.first)
    for at in range(piece.first, piece.end):
        begin = at if at in labels else begin
        label = pikepdf.Dictionary()
        for key in ("/S", "/P"):
            if key in labels[begin]:
                label[key] = labels[begin][key]
        if "/S" in label:
            label.St = int(labels[begin].get("/St", 1)) + at - begin
        made.append(book.make_indirect(label))
    return made


def _metadata(book: Any, ids: bytes) -> Any:
    """Return the first piece's metadata, with the number of pages and the id of the book."""
    import pikepdf  # noqa: PLC0415 - the extra `book`

    name = base64.b64encode(hashlib.blake2b(ids, digest_size=16).digest())
    said = book.Root.Metadata.read_bytes()
    said = PAGES_IN_XMP.sub(str(len(book.pages)).encode(), said)
    said = ID_OF_XMP.sub(lambda found: b"<xmpMM:%sID>%s<" % (found[1], name), said)
    kind = {"/Type": pikepdf.Name.Metadata, "/Subtype": pikepdf.Name.XML}
    return pikepdf.Stream(book, said, kind)
