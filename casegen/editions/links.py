"""Links: what a destination written in a body leads to in the site.

Secret: where files of the project stand in the site (`assets/<name>-<hash>.<ending>`).
Not here: reading the files (source) and checking that they are there (rules).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath

from casegen import markup, paths, pinyin
from casegen.case import Document
from casegen.collection import Collection
from casegen.editions.views import LinkTarget
from casegen.source import Attachment

Reference = tuple[str, str]  # as written, path in the project


@cache
def _parsed(body: str) -> markup.Prose:
    return markup.parse(body)


def prose_of(page: Document) -> markup.Prose:
    """What a hand-written page's Markdown holds."""
    return _parsed(page.body)


def references_of(page: Document) -> tuple[Reference, ...]:
    """The destinations in a hand-written page that mean a file of the project."""
    found = {}
    for reference in prose_of(page).references:
        lead = paths.resolve(reference.href, page.path)
        if lead.kind is paths.Kind.FILE:
            found[reference.href] = lead.path
    return tuple(found.items())


class Links:
    """The addresses of cases, pages and files of one collection."""

    def __init__(
        self, collection: Collection, pages: Sequence[Document], files: Mapping[str, Attachment]
    ) -> None:
        self._pages = {page.path: self.of_page(page) for page in pages}
        self._cases = {
            case.path: f"cases/{case.slug}.html"
            for case in (*collection.cases, *collection.withdrawn)
        }
        self._files = files
        self._used: dict[str, Attachment] = {}

    @staticmethod
    def of_page(page: Document) -> str:
        """Address of a hand-written page: pages/about.md -> about.html."""
        return f"{PurePosixPath(page.path).stem}.html"

    @staticmethod
    def title(page: Document) -> str:
        """Title of a hand-written page: as given, else its first heading, else its name."""
        given = page.meta.get("title") or page.meta.get("标题")
        if given:
            return str(given)
        found = prose_of(page).headings
        return found[0].text if found else PurePosixPath(page.path).stem

    def named(self, page: str) -> str:
        """A destination of `nav`: a page's name, an address in the site, or a full address."""
        if "://" in page or page.startswith("mailto:") or "." in posixpath.basename(page):
            return page
        return f"{page}.html"

    def targets(
        self, path: str, prose: markup.Prose, references: Sequence[Reference]
    ) -> tuple[LinkTarget, ...]:
        """For each local destination of the document at `path` where it leads.

        Addresses are relative to the page's folder. What is not there is left out, so that the
        text is shown without a link.
        """
        depth = "../" if path in self._cases else ""
        images = {r.href for r in prose.references if r.kind == "image"}
        found = []
        for written, target in references:
            address = self._cases.get(target) or self._pages.get(target)
            if address is not None:
                anchor = paths.resolve(written, path).anchor
                href = depth + address + (f"#{anchor}" if anchor else "")
                found.append(LinkTarget(written, href))
            elif (file := self._files.get(target)) is not None:
                note = "" if written in images else _note(file)
                found.append(LinkTarget(written, depth + self._copy(file), note))
        return tuple(found)

    def cover(self, path: str) -> LinkTarget | None:
        """The cover of a case, for its page."""
        file = self._files.get(path)
        if file is None:
            return None
        return LinkTarget(path, "../" + self._copy(file))

    def copies(self) -> Iterator[tuple[str, Attachment]]:
        """Every file that some page leads to: its address and what it is."""
        yield from sorted(self._used.items(), key=lambda item: item[0])

    def _copy(self, file: Attachment) -> str:
        path = PurePosixPath(file.path)
        stem = pinyin.stem(path.stem) or "file"
        address = f"assets/{stem}-{file.digest[:8]}{path.suffix.lower()}"
        self._used.setdefault(address, file)
        return address


def _note(file: Attachment) -> str:
    """Kind and size of a file: PDF，1.2 MB."""
    kind = PurePosixPath(file.path).suffix[1:].upper()
    size = file.size
    for unit in ("B", "KB", "MB"):
        if size < 1024 or unit == "MB":
            break
        size /= 1024  # type: ignore[assignment]
    return f"{kind}，{size:.1f} {unit}" if unit == "MB" else f"{kind}，{size:.0f} {unit}"
