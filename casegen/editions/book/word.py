"""word: a volume as DOCX: the order of its contents, its sections, and the file itself.

Secret: the parts of the file, and how the contents are filled so that Word asks nothing on opening.
Not here: bodies (wordtext), styles (wordstyles), elements (ooxml), pictures' bytes (plates).

A single case is laid out as an official document for review: lines are numbered, facts and figures
are tables, and an annex lists what must still be checked.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from casegen.editions.book import blocks as b
from casegen.editions.book import ooxml, wordstyles
from casegen.editions.book.container import fit_xml, zip_files
from casegen.editions.book.ooxml import Element, keep_with_next, make, paragraph, run
from casegen.editions.book.volume import Chapter, Essay, Figure, Group, Index, Part, Row, Volume
from casegen.editions.book.wordtext import Writer, write_numbering

# Parts of the library's template that no book needs.
UNUSED = (
    "customXml",
    "stylesWithEffects",
    "webSettings",
    "thumbnail",
    "fontTable",
    "extended-properties",
)
FONTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
CODE = 0.7  # inches: the width and height of a QR code
COVER_SHARE = 0.6  # of the height that a picture may have
BELOW = 3  # figures in the table below a cover of that height
SHORT = 8  # figures in a table that stays on the page of the cover
ROW_SHARE = 0.05  # what each further row takes from the cover
SECTION, CASE, PART = 2, 1, 0  # levels that heading 1 may have: wordstyles.HEADINGS


def write_docx(volume: Volume, pictures: Mapping[str, bytes]) -> bytes:
    """Return the book, or one case for review; `pictures` are the bytes of each plate by name."""
    return _Document(volume, pictures).written()


class _Document:
    """Writes one file, from its first page to its last."""

    def __init__(self, volume: Volume, pictures: Mapping[str, bytes]) -> None:
        self.volume = volume
        self.words = volume.words
        self.paper = wordstyles.find_paper(volume)
        divided = any(part.name for part in volume.parts)
        self.base = SECTION if volume.single else PART if divided else CASE
        self.depth = 2 if divided else 1  # levels of the contents
        self.file: Any = docx.Document()
        self.part: Any = self.file.part
        self.body: Element = self.file.element.body
        self.body.clear_content()
        self._clear()
        self.writer = Writer(self.part, self.paper, pictures)
        marks = {chapter.slug: f"case_{at}" for at, chapter in enumerate(volume.chapters, 1)}
        self.writer.marks |= marks

    def _clear(self) -> None:
        """Remove the parts of the template that no book needs."""
        for holder in (self.part, self.part.package):
            for key, relation in list(holder.rels.items()):
                if any(name in relation.reltype for name in UNUSED):
                    del holder.rels[key]

    def written(self) -> bytes:
        content = self.review() if self.volume.single else self.book()
        last = self.body[-1]  # the properties of the last section
        for element in content:
            last.addprevious(element)
        self.body.remove(last)
        self.body.append(self.section(front=False))
        self._fill()
        output = io.BytesIO()
        self.file.save(output)
        with zipfile.ZipFile(output) as archive:
            media = self.writer.media
            return zip_files(
                {name: media.get(name) or archive.read(name) for name in archive.namelist()}
            )

    def _fill(self) -> None:
        """Write the parts beside the text: styles, settings, fonts, numbering, footnotes."""
        lang = self.volume.lang
        styles = wordstyles.write_styles(self.paper, lang, self.base, grey=self.volume.grey)
        settings = wordstyles.write_settings(lang, facing=not self.volume.single)
        held = {
            RELATIONSHIP_TYPE.STYLES: styles,
            RELATIONSHIP_TYPE.SETTINGS: settings,
            RELATIONSHIP_TYPE.NUMBERING: write_numbering(self.writer.lists),
        }
        for relation, content in held.items():
            element = self.part.part_related_by(relation).element
            element.attrib.clear()
            element[:] = list(parse_xml(content))
        fonts = FilePart(PackURI("/word/fontTable.xml"), FONTS_TYPE, wordstyles.write_fonts())
        self.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
        self._describe(self.file.core_properties)

    def _describe(self, known: Any) -> None:
        volume = self.volume
        single = volume.chapters[0] if volume.single else None
        made = dt.datetime.fromisoformat(f"{volume.modified}T00:00:00")
        known.title = fit_xml(single.title if single else volume.title)[:255]
        known.author = fit_xml(single.institution if single else volume.organization)[:255]
        known.last_modified_by = known.author
        known.language = volume.lang
        known.comments, known.revision = "", 1
        known.keywords = fit_xml("，".join(single.tags if single else ()))[:255]
        known.created = known.modified = made

    # ── sections ──

    def section(self, *, front: bool) -> Element:
        """Return the properties of a section.

        The front matter has its own page numbers, no heads.
        """
        paper = self.paper
        mm = wordstyles.MM
        single = self.volume.single
        references = [] if front or single else self._heads()
        references += [self._foot("default", "right"), self._foot("even", "left")]
        side = {"w": round(paper.width * mm), "h": round(paper.height * mm)}
        margins = {
            "top": round(paper.top * mm),
            "right": round(paper.outside * mm),
            "bottom": round(paper.bottom * mm),
            "left": round(paper.inside * mm),
            "header": round(paper.top * mm / 2),
            "footer": round(paper.bottom * mm / 2),
            "gutter": 0,
        }
        count = {"fmt": "lowerRoman"} if front else {"fmt": "decimal"}
        return make(
            "sectPr",
            *references,
            make(
                "footnotePr",
                make("numFmt", val="decimalEnclosedCircleChinese"),
                make("numRestart", val="eachPage"),
            ),
            make("type", val="nextPage" if front or single else "oddPage"),
            make("pgSz", **side),
            make("pgMar", **margins),
            make("lnNumType", countBy=1, distance=280, restart="continuous") if single else None,
            make("pgNumType", **count, start=1),
            make("titlePg") if front else None,
        )

    def _heads(self) -> list[Element]:
        part, relation = self.part.add_header_part()
        part.element[:] = [paragraph("Header", run(self.volume.title))]
        return [_reference("headerReference", kind, relation) for kind in ("default", "even")]

    def _foot(self, kind: str, side: str) -> Element:
        part, relation = self.part.add_footer_part()
        number = ooxml.field("PAGE", run("1"))
        inside = [run("— "), *number, run(" —")]
        part.element[:] = [paragraph("Footer", *inside, properties=[make("jc", val=side)])]
        return _reference("footerReference", kind, relation)

    # ── a book ──

    def book(self) -> Iterator[Element]:
        volume = self.volume
        yield from self.title_page()
        yield from self.rows_page("book.committee", volume.committee)
        for at, essay in enumerate(volume.essays, 1):
            yield from self.essay(essay, at)
        if "contents" not in volume.omit:
            yield from self.contents()
        yield make("p", make("pPr", make("pStyle", val="Imprint"), self.section(front=True)))
        for at, part in enumerate(volume.parts, 1):
            yield from self.part_of(part, at)
        if volume.groups:
            yield from self.appendix(volume.groups)
        if volume.indexes:
            yield from self.indexes(volume.indexes)

    def title_page(self) -> Iterator[Element]:
        volume = self.volume
        yield paragraph("Title", run(volume.title))
        if volume.subtitle:
            yield paragraph("Subtitle", run(volume.subtitle))
        for row in volume.title_page:
            yield paragraph("Imprint", run(_join_row(row)))
        yield paragraph("Imprint")
        if volume.organization:
            name = self.words["book.edited_by"].format(name=volume.organization)
            yield paragraph("Byline", run(name))
        if volume.span:
            count = str(len(volume.chapters))
            told = self.words["book.span"].format(years=volume.span, n=count)
            yield paragraph("Imprint", run(told))
        if volume.colophon:
            yield paragraph("TOCHeading", run(volume.title))
            yield from self.given_rows(volume.colophon)

    def rows_page(self, word: str, rows: Sequence[Row]) -> Iterator[Element]:
        if rows:
            yield paragraph("TOCHeading", run(self.words[word]))
            yield from self.given_rows(rows)

    def given_rows(self, rows: Sequence[Row]) -> Iterator[Element]:
        """Yield rows as given: a table of those with labels, a line for each without one."""
        for named, group in itertools.groupby(rows, lambda row: bool(row.label)):
            if named:
                table = self.table_of_rows(tuple(group))
                for style in table.iter(qn("w:pStyle")):
                    style.set(qn("w:val"), "Given")
                yield table
                yield paragraph("Gap")
            else:
                yield from (paragraph("Given", run(row.text)) for row in group)

    def table_of_rows(self, rows: Sequence[Row], aside: Element | None = None) -> Element:
        pairs = [(row.label, row.text) for row in rows]
        return self.writer.write_table((), pairs, aside=aside)

    def essay(self, essay: Essay, at: int) -> Iterator[Element]:
        yield paragraph("Heading1", *self.anchor(f"essay_{at}", essay.title))
        yield from self.writer.write_matter(essay.body, self.depth + 1)

    def contents(self) -> Iterator[Element]:
        """Yield the field of the contents, filled with links to every title."""
        yield paragraph("TOCHeading", run(self.words["book.contents"]))
        entries = list(self.entries())
        code = f'TOC \\o "1-{self.depth}" \\h \\z \\u'
        begin, words, separate, end = ooxml.field(code)
        for at, (level, mark, title, tail) in enumerate(entries):
            shown = [run(title)]
            if tail:
                shown.append(run(f"　{tail}", *self.small()))
            inside = [ooxml.link_inside(mark, *shown)]
            if at == 0:
                inside = [begin, words, separate, *inside]
            if at == len(entries) - 1:
                inside.append(end)
            yield paragraph(f"TOC{level}", *inside)

    def entries(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield each title of the contents: its level, its bookmark, its text, its institution."""
        volume = self.volume
        for at, essay in enumerate(volume.essays, 1):
            yield 1, f"essay_{at}", essay.title, ""
        for at, part in enumerate(volume.parts, 1):
            if part.name:
                yield 1, f"part_{at}", part.name, ""
            for chapter in part.chapters:
                mark = self.writer.marks[chapter.slug]
                yield self.depth, mark, chapter.title, chapter.institution
        if volume.groups:
            yield 1, "appendix", self.words["book.appendix"], ""
        if volume.indexes:
            yield 1, "indexes", self.words["book.index"], ""

    def anchor(self, mark: str, title: str) -> list[Element]:
        return ooxml.bookmarked(mark, self.writer.number(), run(title))

    def part_of(self, part: Part, at: int) -> Iterator[Element]:
        if part.name:
            yield paragraph("Heading1", *self.anchor(f"part_{at}", part.name))
            if part.intro:
                yield paragraph("Summary", run(part.intro))
            if part.totals:
                yield paragraph("TableCaption", run(self.words["book.totals"]))
                head = self.heads("total_name", "total_quantity", "total_coverage")
                rows = [(t.name, t.quantity, t.coverage) for t in part.totals]
                yield self.writer.write_table(head, rows, self.words["book.totals"])
                yield paragraph("Note", run(self.words["book.totals_note"]))
            yield paragraph("Note", run(part.told))
            for each in part.also:
                link = ooxml.link_inside(self.writer.marks[each.case], run(each.title))
                yield paragraph("Entry", link)
        for chapter in part.chapters:
            mark = self.writer.marks[chapter.slug]
            yield paragraph(f"Heading{self.depth}", *self.anchor(mark, chapter.title))
            yield from self.chapter(chapter, self.depth + 1)

    def heads(self, *names: str) -> list[str]:
        return [self.words[f"book.{name}"] for name in names]

    # ── a case ──

    def chapter(self, found: Chapter, level: int) -> Iterator[Element]:
        words = self.words
        yield paragraph("Byline", run(found.institution))
        if found.draft:
            yield paragraph("Draft", run(words["book.draft"].format(status=found.draft)))
        facts = [Row(words["book.categories"], "　".join(found.categories)), *found.facts]
        yield self.table_of_rows(facts, self.code(found))
        if found.summary:
            yield paragraph("Summary", run(found.summary))
        if found.cover and not b.shows_picture(found.body.blocks, found.cover):
            # Before the tables, and so low that it fits below the facts: a table goes on over the
            # end of a page, a picture behind it left a third of the page empty.
            alt = words["book.cover_alt"].format(title=found.title)
            share = _cover_share(len(found.figures or found.leading))
            cover = self.writer.write_picture(found.cover, alt, share=share)
            yield paragraph("Picture", cover)
        if figures := found.figures or found.leading:
            title = words["book.all_figures"].format(n=len(figures))
            yield paragraph("TableCaption", run(title))
            yield self.figures(figures, title)
        for funds in found.funds:
            yield paragraph("TableCaption", run(funds.title))
            rows = [(share.name, share.quantity) for share in funds.shares]
            head = self.heads("figure_name", "figure_quantity")
            yield self.writer.write_table(head, rows, funds.title)
            yield paragraph("Note", run(funds.note))
        yield paragraph("Gap")
        matter = list(self.writer.write_matter(found.body, level))
        ending = list(self.credits(found))
        # A page that holds the last credit alone is lost: they go with the end of the text.
        keep_with_next([*matter[-1:], *ending])
        yield from matter
        yield from ending

    def figures(self, figures: Sequence[Figure], title: str) -> Element:
        head = self.heads("figure_name", "figure_quantity", "figure_note")
        rows = [
            (f.name, f.quantity, "，".join(filter(None, (f.period, f.category, f.note))))
            for f in figures
        ]
        return self.writer.write_table(head, rows, title)

    def small(self) -> list[Element]:
        """Return the properties of small text beside a title."""
        colour = wordstyles.find_grey(wordstyles.LINE) if self.volume.grey else wordstyles.LINE
        return [make("color", val=colour), make("sz", val=18)]

    def credits(self, found: Chapter) -> Iterator[Element]:
        said = [*found.credits]
        if found.source:
            said.append(Row(self.words["book.source"], found.source))
        if said or found.url:
            yield paragraph("Gap")
        for row in said:
            yield paragraph("Credits", run(_join_row(row)))
        if found.url:
            shown = run(found.url, style="Hyperlink")
            relation = self.part.relate_to(found.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            label = run(f"{self.words['book.address']}　")
            yield paragraph("Credits", label, ooxml.link_outside(relation, shown))

    def code(self, found: Chapter) -> Element | None:
        """Return the code of the case's page: beside its facts, where it never needs a page.

        A text for review, whose type is large, has its full line for the facts instead.
        """
        if not found.mark or self.volume.single:
            return None
        alt = self.words["book.code_alt"].format(title=found.title)
        drawn = self.writer.write_picture(found.mark, alt, inches=CODE)
        plain = [make("keepNext", val=0), make("spacing", before=0, beforeLines=0)]
        return paragraph("Picture", drawn, properties=plain)

    # ── what follows the last case ──

    def appendix(self, groups: Sequence[Group]) -> Iterator[Element]:
        yield paragraph("Heading1", *self.anchor("appendix", self.words["book.appendix"]))
        yield paragraph("Note", run(self.words["book.appendix_list"]))
        for group in groups:
            yield paragraph(f"Heading{self.depth + 1}", run(group.name))
            for found in group.indicators:
                totals = "；".join(found.totals) or found.reason
                coverage = run(f"　{found.coverage}", *self.small())
                yield paragraph("TableCaption", run(f"{found.name}　{totals}"), coverage)
                for value in found.values:
                    link = ooxml.link_inside(self.writer.marks[value.slug], run(value.title))
                    tab = make("r", make("tab"))
                    yield paragraph("Entry", link, tab, run(value.quantity))

    def indexes(self, indexes: Sequence[Index]) -> Iterator[Element]:
        titles = {chapter.slug: chapter.title for chapter in self.volume.chapters}
        yield paragraph("Heading1", *self.anchor("indexes", self.words["book.index"]))
        for index in indexes:
            yield paragraph(f"Heading{self.depth + 1}", run(index.title))
            for letter in index.letters:
                yield paragraph("Letter", run(letter.letter))
                for entry in letter.entries:
                    inside = [run(f"{entry.name}　")]
                    for at, slug in enumerate(entry.slugs):
                        if at:
                            inside.append(run("；"))
                        mark = self.writer.marks[slug]
                        inside.append(ooxml.link_inside(mark, run(titles[slug])))
                    yield paragraph("Entry", *inside)

    # ── one case for review ──

    def review(self) -> Iterator[Element]:
        found = self.volume.chapters[0]
        title = self.anchor(self.writer.marks[found.slug], found.title)
        yield paragraph("Title", *title)
        yield from self.chapter(found, 1)
        yield from self.remarks()

    def remarks(self) -> Iterator[Element]:
        """Yield the annex: what must be checked in the case."""
        words = self.words
        found = self.volume.review
        title = words["book.review"].format(n=len(found))
        fresh = [make("pageBreakBefore")]
        yield paragraph("Heading1", run(title), properties=fresh)
        if not found:
            yield paragraph("Normal", run(words["book.review_none"]))
            return
        yield paragraph("Note", run(words["book.review_note"]))
        head = self.heads(
            "review_number", "review_kind", "review_line", "review_what", "review_how"
        )
        rows = [
            (str(at), remark.severity, str(remark.line), remark.message, remark.hint)
            for at, remark in enumerate(found, 1)
        ]
        yield self.writer.write_table(head, rows, title)
        yield paragraph("Gap")


def _join_row(row: Row) -> str:
    return "　".join(filter(None, (row.label, row.text)))


def _reference(name: str, kind: str, relation: str) -> Element:
    element = make(name, type=kind)
    element.set(qn("r:id"), relation)
    return element


def _cover_share(figures: int) -> float:
    """Return the greatest height of a cover above a table of so many figures.

    A short table stays on the page of the cover: one or two of its rows alone on the next page look
    like a mistake. A long table goes on there with more rows.
    """
    if figures > SHORT:
        return COVER_SHARE
    return COVER_SHARE - ROW_SHARE * max(0, figures - BELOW)
