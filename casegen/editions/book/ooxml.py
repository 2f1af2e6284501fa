"""ooxml: elements of Word's text: paragraphs, runs, fields, bookmarks, links, tables, pictures.

Secret: the names of WordprocessingML and the order that it requires (ECMA-376, part 1).
Not here: what a book says (word, wordtext), how its styles look (wordstyles).

All text goes into `w:t`, so it is never read as a field; only `field` makes fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from casegen.editions.book.container import fit_xml

Element: TypeAlias = Any
EMU = 914400  # English metric units to the inch
TWIPS = 1440  # twentieths of a point to the inch
SPACE = "xml:space"


@dataclass(frozen=True, slots=True)
class Shape:
    """A picture in the file: its relation, its number, its size in EMU, its alternative text."""

    relation: str
    number: int
    width: int
    height: int
    alt: str


def make(name: str, /, *inside: Element, **attributes: object) -> Element:
    """Return an element `w:name` with the elements inside; those that are None are left out."""
    element: Element = OxmlElement(name if ":" in name else f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), fit_xml(str(value)))
    for part in inside:
        if part is not None:
            element.append(part)
    return element


def run(said: str, *marks: Element, style: str = "") -> Element:
    """Return a run of text; `marks` are further properties, in the order of the schema."""
    properties = [make("rStyle", val=style)] if style else []
    properties += marks
    element = make("r", make("rPr", *properties) if properties else None)
    for at, line in enumerate(said.split("\n")):
        if at:
            element.append(make("br"))
        words = make("t")
        words.text = fit_xml(line)
        words.set(qn(SPACE), "preserve")
        element.append(words)
    return element


def paragraph(style: str, *inside: Element, properties: Iterable[Element] = ()) -> Element:
    """Return a paragraph in a style; `properties` follow its name in the order of the schema."""
    named = [make("pStyle", val=style)] if style else []
    given = [*named, *properties]
    return make("p", make("pPr", *given) if given else None, *inside)


def keep_with_next(found: Sequence[Element]) -> None:
    """Let each paragraph but the last stand on the page of the one after it; tables stay free."""
    for element in found[:-1]:
        if element.tag != qn("w:p"):
            continue
        given = element.find(qn("w:pPr"))
        if given is None:
            given = make("pPr")
            element.insert(0, given)
        if given.find(qn("w:keepNext")) is None:
            first = given.find(qn("w:pStyle"))
            given.insert(0 if first is None else 1, make("keepNext"))


def field(code: str, *shown: Element) -> list[Element]:
    """Return a field with the text it shows until the reader's program calculates it."""
    words = make("instrText")
    words.text = f" {code} "
    words.set(qn(SPACE), "preserve")
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", words),
        make("r", make("fldChar", fldCharType="separate")),
        *shown,
        make("r", make("fldChar", fldCharType="end")),
    ]


def bookmarked(name: str, number: int, *inside: Element) -> list[Element]:
    """Return elements in a bookmark; the number must be unique in the document."""
    return [
        make("bookmarkStart", id=number, name=name),
        *inside,
        make("bookmarkEnd", id=number),
    ]


def link_inside(bookmark: str, *inside: Element) -> Element:
    """Return a link to a bookmark of the same file."""
    return make("hyperlink", *inside, anchor=bookmark, history=1)


def link_outside(relation: str, *inside: Element) -> Element:
    """Return a link to an address, which `relation` names."""
    element = make("hyperlink", *inside, history=1)
    element.set(qn("r:id"), relation)
    return element


def picture(shape: Shape) -> Element:
    """Return a run with a picture in the line."""
    size = {"cx": str(shape.width), "cy": str(shape.height)}
    name = {"id": str(shape.number), "name": f"图 {shape.number}", "descr": fit_xml(shape.alt)}
    blip = OxmlElement("a:blip")
    blip.set(qn("r:embed"), shape.relation)
    fill = _tree("pic:blipFill", blip, _tree("a:stretch", OxmlElement("a:fillRect")))
    frame = _tree("a:xfrm", _plain("a:off", x="0", y="0"), _plain("a:ext", **size))
    form = _plain("a:prstGeom", OxmlElement("a:avLst"), prst="rect")
    drawn = _tree(
        "pic:pic",
        _tree("pic:nvPicPr", _plain("pic:cNvPr", **name), OxmlElement("pic:cNvPicPr")),
        fill,
        _tree("pic:spPr", frame, form),
    )
    kept = _plain("a:graphicFrameLocks", noChangeAspect="1")
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    inline = _plain(
        "wp:inline",
        _plain("wp:extent", **size),
        _plain("wp:docPr", **name),
        _tree("wp:cNvGraphicFramePr", kept),
        _tree("a:graphic", _plain("a:graphicData", drawn, uri=uri)),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return make("r", make("drawing", inline))


def table(
    style: str,
    widths: Sequence[int],
    rows: Iterable[Element],
    caption: str = "",
    *,
    head: bool = True,
) -> Element:
    """Return a table as wide as its columns (twips); `caption` is its alternative text.

    Without a `head` its first row looks like the others.
    """
    return make(
        "tbl",
        make(
            "tblPr",
            make("tblStyle", val=style),
            make("tblW", w=sum(widths), type="dxa"),
            make("jc", val="center"),
            make("tblLayout", type="fixed"),
            make(
                "tblLook",
                val="0420" if head else "0400",
                firstRow=int(head),
                lastRow=0,
                firstColumn=0,
                lastColumn=0,
                noHBand=0,
                noVBand=1,
            ),
            make("tblCaption", val=caption) if caption else None,
        ),
        make("tblGrid", *(make("gridCol", w=width) for width in widths)),
        *rows,
    )


def row(
    widths: Sequence[int], cells: Iterable[Sequence[Element]], *, head: bool = False
) -> Element:
    """Return a row that is kept on one page; `head` repeats it on every page.

    A cell is given by its paragraphs.
    """
    marks = [make("cantSplit")]
    if head:
        marks.append(make("tblHeader"))
    made = [
        make("tc", make("tcPr", make("tcW", w=width, type="dxa")), *inside)
        for width, inside in zip(widths, cells, strict=True)
    ]
    return make("tr", make("trPr", *marks), *made)


def merged_cell(width: int, inside: Sequence[Element], number: int) -> Element:
    """Return a cell of a column that is one cell over all rows; `number` is the row's, from 0."""
    merge = make("vMerge") if number else make("vMerge", val="restart")
    properties = make("tcPr", make("tcW", w=width, type="dxa"), merge, make("vAlign", val="center"))
    return make("tc", properties, *inside)


def _tree(name: str, /, *inside: Element) -> Element:
    element: Element = OxmlElement(name)
    for part in inside:
        element.append(part)
    return element


def _plain(name: str, /, *inside: Element, **attributes: str) -> Element:
    """Return an element of drawings, whose attributes have no namespace."""
    element = _tree(name, *inside)
    for key, value in attributes.items():
        element.set(key, value)
    return element
