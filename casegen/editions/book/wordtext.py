"""wordtext: the blocks and runs of a body as Word's paragraphs, tables, pictures and footnotes.

Secret: which block becomes which style, how wide columns are, how footnotes and lists are numbered.
Not here: what is around a body (word), how a style looks (wordstyles).
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.parts.image import ImagePart

from casegen.body.html import list_unbroken
from casegen.chinese.characters import is_wide
from casegen.editions.book import blocks as b
from casegen.editions.book import ooxml
from casegen.editions.book.ooxml import EMU, Element, make, paragraph, run
from casegen.editions.book.wordstyles import NAMESPACE, Paper

NOTES = (
    f'<w:footnotes xmlns:w="{NAMESPACE}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote></w:footnotes>"
)
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
LEVELS = 9  # of lists: the most that Word has
SMALL, TINY = 7, 10  # columns; a table with more is set in smaller type
LEAST = 2  # least characters of a column
SHORT = 8  # characters of a text that stays whole for the number in it
AIR = 1  # characters; the gaps that Word adds between Chinese and Latin
ASIDE = 1300  # twips: the column of what stands beside a table
ABREAST = 2  # pictures of a gallery in a row
PADDING = 200  # twips beside the text of a cell
NATURAL = 150  # dots an inch at which a picture has its natural width, as in print
TALLEST = 0.6  # greatest height of a picture, as a share of a page


class Writer:
    """Writes bodies into one document, and counts what has a number in it."""

    def __init__(self, part: Any, paper: Paper, pictures: Mapping[str, bytes]) -> None:
        self.part = part  # of the document; relations belong to it
        self.paper = paper
        self.pictures = pictures
        self.marks: dict[str, str] = {}  # bookmarks of cases by slug
        self.placed: dict[str, tuple[str, int, int]] = {}  # relation and pixels, by picture
        self.media: dict[str, bytes] = {}  # the bytes of pictures, by their name in the file
        self.lists: list[tuple[int, int]] = []  # level and first number of each numbered list
        self.numbers = 0  # of bookmarks and pictures
        self.notes = XmlPart(
            PackURI("/word/footnotes.xml"), NOTES_TYPE, parse_xml(NOTES), part.package
        )
        part.relate_to(self.notes, RELATIONSHIP_TYPE.FOOTNOTES)

    def number(self) -> int:
        """Return a number that is used only once in the document."""
        self.numbers += 1
        return self.numbers

    def write_matter(self, matter: b.Matter, level: int) -> Iterator[Element]:
        """Write a body; its first headings are of `level`."""
        body = _Body(self, matter.notes, level)
        return body.blocks(matter.blocks)

    def write_picture(
        self, name: str, alt: str, *, inches: float = 0, most: float = 0, share: float = 1
    ) -> Element:
        """Return a run with a picture.

        `inches` is its height in a line, 0 for one that is alone; that one is at most `most`
        inches wide, 0 for the width of the text, and has at most that `share` of the height
        that pictures may have.
        """
        if name not in self.placed:
            self.placed[name] = self._place(name)
        relation, wide, high = self.placed[name]
        if inches:
            width, height = inches * wide / high, inches
        else:
            room = most or self.paper.measure / ooxml.TWIPS
            width = min(wide / NATURAL, room, find_room(self.paper) * share * wide / high)
            height = width * high / wide
        shape = ooxml.Shape(relation, self.number(), round(width * EMU), round(height * EMU), alt)
        return ooxml.picture(shape)

    def _place(self, name: str) -> tuple[str, int, int]:
        """Put a picture into the file; return its relation, its width and height in pixels.

        The library would compare each picture with all before it, and compress its bytes in vain.
        """
        found = Image.from_blob(self.pictures[name])
        path = PackURI(f"/word/media/image{len(self.media) + 1}.{found.ext}")
        relation: str = self.part.relate_to(
            ImagePart(path, found.content_type, b""), RELATIONSHIP_TYPE.IMAGE
        )
        self.media[path.membername] = self.pictures[name]
        return relation, found.px_width, found.px_height

    def write_table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        caption: str = "",
        aside: Element | None = None,
    ) -> Element:
        """Return a table of plain texts; without a head no row is repeated.

        `aside` is a paragraph that stands at the right of all rows.
        """
        lines = [[(b.Text(cell),) for cell in line] for line in (*([head] if head else []), *rows)]
        body = _Body(self, (), 1)
        align = ["left"] * len(lines[0])
        return body.table_of(lines, align, caption, head=bool(head), aside=aside)


def find_table_style(columns: int) -> tuple[str, float]:
    """Return the style of a table's text and its size: the more columns, the smaller."""
    if columns > TINY:
        return "TableTiny", 0.45
    return ("TableSmall", 0.62) if columns > SMALL else ("TableText", 0.85)


def find_room(paper: Paper) -> float:
    """Return how tall a picture may be, in inches."""
    return paper.column / ooxml.TWIPS * TALLEST


class _Body:
    """Writes one body: its headings begin at `level`, its footnotes are `notes`."""

    def __init__(self, writer: Writer, notes: Sequence[b.Blocks], level: int) -> None:
        self.writer = writer
        self.notes = notes
        self.level = level
        self.written: dict[int, str] = {}  # bookmarks of footnotes by number
        self.part = writer.part

    def blocks(
        self, found: Sequence[b.Block], style: str = "Normal", depth: int = 0
    ) -> Iterator[Element]:
        for block in found:
            yield from self.block(block, style, depth)

    def block(self, block: b.Block, style: str, depth: int) -> Iterator[Element]:
        match block:
            case b.Heading():
                level = min(self.level + block.level - 1, 6)
                yield paragraph(f"Heading{level}", *self.runs(block.runs))
            case b.Paragraph():
                yield paragraph(style, *self.runs(block.runs), properties=_left(depth))
            case b.Items():
                yield from self.items(block, depth)
            case b.Quote():
                yield from self.blocks(block.blocks, "Quote", depth)
            case b.Listing():
                yield paragraph("Listing", run(block.text))
            case b.Table():
                columns = max(len(block.head), *(len(line) for line in block.rows), 1)
                lines = [
                    [*line, *[()] * (columns - len(line))] for line in (block.head, *block.rows)
                ]
                # What stands above the table keeps its distance by itself.
                yield (
                    paragraph("TableCaption", run(block.caption))
                    if block.caption
                    else paragraph("Gap")
                )
                align = [*block.align, *["left"] * columns]
                yield self.table_of(lines, align, block.caption, head=True)
                yield paragraph("Gap")
            case b.Figure():
                yield from self.figure(block)
            case b.Gallery():
                yield self.gallery(block)
                yield paragraph("Gap")
            case b.Rule():
                yield paragraph("Separator", run("＊　　＊　　＊"))

    def items(self, block: b.Items, depth: int) -> Iterator[Element]:
        level = min(depth, LEVELS - 1)
        if block.start:
            self.writer.lists.append((level, block.start))
            number = len(self.writer.lists) + 1
        else:
            number = 1
        for item in block.items:
            first, rest = (item[0], item[1:]) if item else (None, ())
            marked = make("numPr", make("ilvl", val=level), make("numId", val=number))
            if isinstance(first, b.Paragraph):
                runs = self.runs(first.runs)
            else:
                runs, rest = [], item
            yield paragraph("ListParagraph", *runs, properties=[marked])
            yield from self.blocks(rest, "ListParagraph", depth + 1)

    def figure(self, block: b.Figure) -> Iterator[Element]:
        said = "　".join(filter(None, (block.caption, block.credit)))
        if not block.name:
            yield paragraph("Caption", run(said or block.alt))
            return
        drawn = self.writer.write_picture(block.name, block.alt)
        keep = [make("keepNext", val=1 if said else 0)]
        yield paragraph("Picture", drawn, properties=keep)
        if said:
            yield paragraph("Caption", run(said))

    def gallery(self, block: b.Gallery) -> Element:
        """Return pictures side by side, in a table without lines; a last odd one stands alone."""
        width = self.writer.paper.measure // ABREAST
        most = (width - PADDING) / ooxml.TWIPS
        cells = [self.small_figure(figure, most) for figure in block.figures]
        rows = []
        for at in range(0, len(cells), ABREAST):
            line = cells[at : at + ABREAST]
            line += [[paragraph("Caption")]] * (ABREAST - len(line))
            rows.append(ooxml.row([width] * ABREAST, line))
        return ooxml.table("Gallery", [width] * ABREAST, rows, head=False)

    def small_figure(self, figure: b.Figure, most: float) -> list[Element]:
        said = "　".join(filter(None, (figure.caption, figure.credit)))
        if not figure.name:
            return [paragraph("Caption", run(said or figure.alt))]
        drawn = self.writer.write_picture(figure.name, figure.alt, most=most)
        return [paragraph("Picture", drawn), *([paragraph("Caption", run(said))] if said else [])]

    # ── tables ──

    def table_of(
        self,
        lines: Sequence[Sequence[Sequence[b.Run]]],
        align: Sequence[str],
        caption: str,
        *,
        head: bool,
        aside: Element | None = None,
    ) -> Element:
        style, size = find_table_style(len(lines[0]))
        paper = self.writer.paper
        room = paper.measure - (ASIDE if aside is not None else 0)
        widths = _widths(lines, room, round(paper.size * size * 20), head=head)
        rows = []
        for at, line in enumerate(lines):
            cells = []
            for cell, side in zip(line, align, strict=False):
                properties = [make("jc", val=side)] if side != "left" else []
                cells.append([paragraph(style, *self.runs(cell), properties=properties)])
            if at == len(lines) - 2:  # the last row is not left alone on the next page
                ooxml.keep_with_next([*itertools.chain(*cells), paragraph(style)])
            rows.append(ooxml.row(widths, cells, head=head and at == 0))
        if aside is not None:
            for at, each in enumerate(rows):
                each.append(ooxml.merged_cell(ASIDE, [paragraph(style)] if at else [aside], at))
            widths = [*widths, ASIDE]
        return ooxml.table("CaseTable", widths, rows, caption, head=head)

    # ── runs ──

    def runs(self, found: Sequence[b.Run], *marks: str) -> list[Element]:
        return [made for each in found for made in self.run(each, marks)]

    def run(self, found: b.Run, marks: Sequence[str]) -> list[Element]:  # noqa: PLR0911 one return a kind
        match found:
            case b.Text():
                return [_marked(found.text, marks)]
            case b.Code():
                return [_marked(found.text, (*marks, "code"))]
            case b.Styled():
                return self.runs(found.runs, *marks, found.style)
            case b.Link():
                return [self.link(found, marks)]
            case b.Note():
                return self.note(found)
            case b.Picture():
                inches = self.writer.paper.size / 72
                return [self.writer.write_picture(found.name, found.alt, inches=inches)]
            case b.Break():
                return [make("r", make("br"))]

    def link(self, found: b.Link, marks: Sequence[str]) -> Element:
        inside = self.runs(found.runs, *marks, "link")
        if found.case:
            return ooxml.link_inside(self.writer.marks[found.case], *inside)
        relation = self.part.relate_to(found.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return ooxml.link_outside(relation, *inside)

    def note(self, found: b.Note) -> list[Element]:
        """Return the mark of a footnote; a second mark of the same one refers to the first."""
        known = self.written.get(found.number)
        if known:
            shown = run(str(found.number), make("vertAlign", val="superscript"))
            return ooxml.field(f"NOTEREF {known} \\f \\h", shown)
        element = self.writer.notes.element
        ident = len(element) - 1
        body = _Body(self.writer, (), self.level)
        body.part = self.writer.notes
        mark = make("r", make("rPr", make("rStyle", val="FootnoteReference")), make("footnoteRef"))
        inside = list(body.blocks(self.notes[found.number - 1], "FootnoteText"))
        if not inside or inside[0].tag != make("p").tag:
            inside.insert(0, paragraph("FootnoteText"))
        for part in reversed((mark, run(" "))):
            inside[0].insert(1, part)  # after the properties of the paragraph
        element.append(make("footnote", *inside, id=ident))
        name = self.written[found.number] = f"note_{ident}"
        shown = make(
            "r",
            make("rPr", make("rStyle", val="FootnoteReference")),
            make("footnoteReference", id=ident),
        )
        return ooxml.bookmarked(name, self.writer.number(), shown)


def _left(depth: int) -> list[Element]:
    """Return the indent of blocks within a list."""
    if not depth:
        return []
    return [make("ind", left=420 * depth, leftChars=200 * depth, firstLine=0, firstLineChars=0)]


def _marked(said: str, marks: Sequence[str]) -> Element:
    """Return a run of text in the styles of `marks`."""
    named = next((_NAMED[mark] for mark in ("link", "strong", "em") if mark in marks), "")
    properties = []
    if "code" in marks:
        properties.append(make("rFonts", ascii="Consolas", hAnsi="Consolas", eastAsia="黑体"))
    if "strong" in marks and named != "Strong":
        properties += [make("b"), make("bCs")]
    if "strike" in marks:
        properties.append(make("strike"))
    return run(said, *properties, style=named)


_NAMED: Mapping[str, str] = {"link": "Hyperlink", "strong": "Strong", "em": "Emphasis"}


def _width(runs: Sequence[b.Run]) -> float:
    """Return the width of a text, in Chinese characters."""
    return _wide(b.read_plain_text(runs))


def _wide(said: str) -> float:
    return sum(1 if is_wide(c) else 0.5 for c in said)


def _unbroken(runs: Sequence[b.Run]) -> float:
    """Return the width that keeps a number and its unit on one line, 0 without a number.

    A short text with a number stays whole: 超过9000万元 broke before 元 in a column for 9000万元.
    """
    said = b.read_plain_text(runs)
    numbers = list_unbroken(said)
    if numbers and _wide(said) <= SHORT:
        return _wide(said)
    return max(map(_wide, numbers), default=0)


def _widths(
    lines: Sequence[Sequence[Sequence[b.Run]]], measure: int, character: int, *, head: bool
) -> list[int]:
    """Return the width of each column: that of its longest text; wide ones shrink if need be.

    Where room is short, a `head` takes two lines before any other text does, and no column becomes
    so narrow that a number and its unit stand on two lines. `character` is the width of a Chinese
    character; all widths are in twips.
    """

    def wish(heads: float) -> list[int]:
        found = []
        for first, *rest in zip(*lines, strict=True):
            widest = max(LEAST, math.ceil(_width(first) * heads), *map(_width, rest))
            found.append(round((widest + AIR) * character) + PADDING)
        return found

    wanted = wish(1)
    if sum(wanted) <= measure:
        return [each * measure // sum(wanted) for each in wanted]
    if head:
        wanted = wish(0.5)
        spare = measure - sum(wanted)
        if spare >= 0:
            return [each + spare // len(wanted) for each in wanted]
    kept = [max(map(_unbroken, cells[head:]), default=0) for cells in zip(*lines, strict=True)]
    least = [round((wide + AIR) * character) + PADDING if wide else 0 for wide in kept]
    if sum(least) > measure:
        least = [0] * len(wanted)

    def shrink(most: int) -> list[int]:
        return [max(low, min(wide, most)) for low, wide in zip(least, wanted, strict=True)]

    return shrink(bisect_right(range(measure), measure, key=lambda most: sum(shrink(most))) - 1)


def write_numbering(lists: Sequence[tuple[int, int]]) -> bytes:
    """Return the numbering of lists.

    1 for those without numbers, one more for each with numbers.
    """
    marks = "".join(_level(at, "bullet", "•–·"[min(at, 2)]) for at in range(LEVELS))
    numbers = "".join(
        _level(at, ("decimal", "lowerLetter", "lowerRoman")[at % 3], f"%{at + 1}.")
        for at in range(LEVELS)
    )
    said = [f'<w:numbering xmlns:w="{NAMESPACE}">']
    for at, levels in enumerate((marks, numbers)):
        kind = '<w:multiLevelType w:val="hybridMultilevel"/>'
        said.append(f'<w:abstractNum w:abstractNumId="{at}">{kind}{levels}</w:abstractNum>')
    said.append('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>')
    for at, (level, start) in enumerate(lists, 2):
        said.append(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="{level}">'
            f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    return ("".join(said) + "</w:numbering>").encode()


def _level(at: int, form: str, shown: str) -> str:
    left = 420 * (at + 2)
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/><w:pPr>'
        f'<w:ind w:left="{left}" w:leftChars="0" w:hanging="420" w:hangingChars="0"/></w:pPr>'
        "</w:lvl>"
    )
