"""epub: a volume as EPUB 3: a container of XHTML whose lines reading programs break themselves.

Secret: the container, its package document, contents and landmarks.
Not here: the text (xhtml), pictures (plates), the look (the theme's epub.css).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casegen.editions.book import xhtml
from casegen.editions.book.container import MIMETYPE, zip_files
from casegen.editions.book.volume import Volume
from casegen.editions.book.xhtml import escape

STYLE = "epub.css"
_KINDS = {"jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}
_ACCESS = (
    ("accessMode", "textual"), ("accessMode", "visual"), ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"), ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"), ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document of the book: its name, its title in the contents, its body, its depth there."""

    name: str
    title: str
    body: str
    depth: int = 0


def write_epub(volume: Volume, style: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return the book; `pictures` are the bytes of each plate by name."""
    leaves = tuple(_leaves(volume))
    lang = volume.lang
    files: dict[str, bytes] = {
        MIMETYPE: b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "EPUB/package.opf": _package(volume, leaves, pictures).encode(),
        "EPUB/nav.xhtml": xhtml.write_page(
            volume.words["book.contents"], _navigation(volume, leaves), lang
        ).encode(),
        "EPUB/style.css": style,
    }
    for leaf in leaves:
        files[f"EPUB/{leaf.name}"] = xhtml.write_page(leaf.title, leaf.body, lang).encode()
    files |= {f"EPUB/{name}": content for name, content in pictures.items()}
    return zip_files(files)


def _leaves(volume: Volume) -> Iterator[Leaf]:
    words = volume.words
    if not volume.single:
        yield Leaf("title.xhtml", volume.title, xhtml.write_title_page(volume))
        for name, rows, kind in (
            ("imprint", volume.colophon, "copyright-page"),
            ("committee", volume.committee, ""),
        ):
            if rows:
                title = words[f"book.{name}"]
                yield Leaf(f"{name}.xhtml", title, xhtml.write_rows(title, rows, kind))
        for at, essay in enumerate(volume.essays, 1):
            yield Leaf(f"essay-{at}.xhtml", essay.title, xhtml.write_essay(essay))
    for at, part in enumerate(volume.parts, 1):
        if part.name:
            yield Leaf(f"part-{at}.xhtml", part.name, xhtml.write_part(part, words))
        for chapter in part.chapters:
            body = xhtml.write_chapter(chapter, words)
            depth = 1 if part.name else 0
            yield Leaf(xhtml.name_case_page(chapter.slug), chapter.title, body, depth)
    if volume.groups:
        yield Leaf(
            "appendix.xhtml", words["book.appendix"], xhtml.write_appendix(volume.groups, words)
        )
    if volume.indexes:
        titles = {chapter.slug: chapter.title for chapter in volume.chapters}
        yield Leaf(
            "index.xhtml", words["book.index"], xhtml.write_indexes(volume.indexes, titles, words)
        )


def _navigation(volume: Volume, leaves: tuple[Leaf, ...]) -> str:
    items: list[str] = []
    for at, leaf in enumerate(leaves):
        link = f'<a href="{leaf.name}">{escape(leaf.title)}</a>'
        deeper = at + 1 < len(leaves) and leaves[at + 1].depth > leaf.depth
        items.append(f"<li>{link}" + ("<ol>" if deeper else "</li>"))
        following = leaves[at + 1].depth if at + 1 < len(leaves) else 0
        if following < leaf.depth:
            items.append("</ol></li>")
    start = next(leaf for leaf in leaves if leaf.name.startswith(("part-", "case-")))
    marks = [("toc", "nav.xhtml", volume.words["book.contents"])]
    kinds = {
        "title.xhtml": "titlepage",
        "imprint.xhtml": "copyright-page",
        start.name: "bodymatter",
        "appendix.xhtml": "appendix",
        "index.xhtml": "index",
    }
    marks += [(kinds[leaf.name], leaf.name, leaf.title) for leaf in leaves if leaf.name in kinds]
    landmarks = "".join(
        f'<li><a epub:type="{kind}" href="{name}">{escape(title)}</a></li>'
        for kind, name, title in marks
    )
    contents = escape(volume.words["book.contents"])
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{contents}</h1>\n<ol>'
        + "\n".join(items)
        + f'</ol></nav>\n<nav epub:type="landmarks" hidden="hidden"><ol>{landmarks}</ol></nav>'
    )


def _package(volume: Volume, leaves: tuple[Leaf, ...], pictures: Mapping[str, bytes]) -> str:
    chapters = volume.chapters
    title = chapters[0].title if volume.single else volume.title
    author = chapters[0].institution if volume.single else volume.organization
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"{volume.title}\n{author}\n{title}")
    kind = 'media-type="application/xhtml+xml"'
    items = [
        f'<item id="nav" href="nav.xhtml" {kind} properties="nav"/>',
        '<item id="style" href="style.css" media-type="text/css"/>',
    ]
    items += [f'<item id="d{at}" href="{leaf.name}" {kind}/>' for at, leaf in enumerate(leaves)]
    for at, name in enumerate(pictures):
        media = _KINDS[name.rpartition(".")[2]]
        items.append(f'<item id="p{at}" href="{name}" media-type="{media}"/>')
    spine = '<itemref idref="nav"/>'
    spine += "".join(f'<itemref idref="d{at}"/>' for at in range(len(leaves)))
    told = escape(volume.words["book.accessible"])
    access = "".join(f'<meta property="schema:{key}">{value}</meta>' for key, value in _ACCESS)
    creator = f"<dc:creator>{escape(author)}</dc:creator>" if author else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
        f' xml:lang="{escape(volume.lang)}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{named}</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(volume.lang)}</dc:language>{creator}"
        f'<meta property="dcterms:modified">{volume.modified}T00:00:00Z</meta>{access}'
        f'<meta property="schema:accessibilitySummary">{told}</meta>'
        f"</metadata>\n<manifest>{''.join(items)}</manifest>\n<spine>{spine}</spine>\n</package>\n"
    )


_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
