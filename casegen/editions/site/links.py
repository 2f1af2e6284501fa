"""links: what a destination written in a body leads to in the site.

Secret: where files of the project are in the site (`assets/<name>-<hash>.<ending>`).
Not here: reading the files (source), checking that they exist (rules), and what becomes of
pictures (media).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from casegen.body.prose import Prose
from casegen.chinese import pinyin
from casegen.collection.case import make_case_href
from casegen.collection.collected import Collection
from casegen.collection.page import Reference
from casegen.collection.references import resolve_link
from casegen.editions.site import addresses
from casegen.editions.site.components import (
    LinkTarget,
)
from casegen.media import attachment, pictures
from casegen.output import Artifact
from casegen.source.document import Document
from casegen.source.files import Attachment


class Links:
    """The addresses of cases, pages and files of one collection."""

    def __init__(
        self,
        collection: Collection,
        pages: Sequence[Document],
        files: Mapping[str, Attachment],
        pictures: Mapping[str, pictures.Picture],
        comma: str = "，",
    ) -> None:
        self._comma = comma  # between a file's kind and its size
        self._pages = {page.path: self.of_page(page) for page in pages}
        self._cases = {
            case.path: make_case_href(case.slug)
            for case in (*collection.cases, *collection.withdrawn)
        }
        broken = {path for path, picture in pictures.items() if picture.flaws}
        self._files = {path: file for path, file in files.items() if path not in broken}
        self._pictures = pictures
        self._used: dict[str, Attachment] = {}
        self._drawn: dict[str, Attachment] = {}

    @staticmethod
    def of_page(page: Document) -> str:
        """Return the address of a hand-written page: pages/about.md -> about.html."""
        return addresses.make_page_address(page.path)

    def targets(
        self, path: str, prose: Prose, references: Sequence[Reference]
    ) -> tuple[LinkTarget, ...]:
        """Return where each local destination of the document at `path` leads.

        Addresses are relative to the page's folder. Missing files are left out, so that the text is
        shown without a link.
        """
        depth = "../" if path in self._cases else ""
        drawn = {r.href for r in prose.references if r.kind == "image"}
        linked = {r.href for r in prose.references if r.kind == "link"}
        found = []
        for written, target in references:
            address = self._cases.get(target) or self._pages.get(target)
            if address is not None:
                anchor = resolve_link(written, path).anchor
                href = depth + address + (f"#{anchor}" if anchor else "")
                found.append(LinkTarget(written, href))
            elif (file := self._files.get(target)) is None:
                continue
            elif target in self._pictures:
                picture = self._picture(written, file, depth, whole=written in linked)
                found.append(picture if written in drawn else self._plain_link(picture))
            elif written in drawn:
                found.append(self._player(written, file, depth))
            else:
                found.append(LinkTarget(written, depth + self._copy(file), self._note(file)))
        return tuple(found)

    def cover(self, path: str) -> LinkTarget | None:
        """Return the cover of a case, for its page; None where it has none."""
        file = self._files.get(path)
        if file is None or path not in self._pictures:
            return None
        return self._picture(path, file, "../")

    def banner(self, path: str) -> LinkTarget | None:
        """Return the picture of the front page, relative to the site's root.

        None where it has none.
        """
        file = self._files.get(path)
        if file is None or path not in self._pictures:
            return None
        return self._picture(path, file, "")

    def thumb(self, path: str) -> LinkTarget | None:
        """Return a cover or an emblem in its smallest size, relative to the site's root.

        Else None.
        """
        file = self._files.get(path)
        if file is None or path not in self._pictures:
            return None
        found = pictures.list_variants(file, self._pictures[path])
        self._drawn.setdefault(found[-1].path, file)
        return LinkTarget(path, found[0].path, width=found[0].width, height=found[0].height)

    def artifacts(self, root: Path) -> Iterator[Artifact]:
        """Yield every file that some page leads to; `root` is the project's folder."""
        for address, file in sorted(self._used.items()):
            yield Artifact(address, file.digest, partial(_same, root / file.path))
        for _, file in sorted(self._drawn.items()):
            yield from pictures.list_picture_files(root, file, self._pictures[file.path])

    def _picture(
        self, written: str, file: Attachment, depth: str, *, whole: bool = False
    ) -> LinkTarget:
        """Return a picture as it is shown; with `whole` its address is that of the largest file."""
        variants = pictures.list_variants(file, self._pictures[file.path])
        largest = variants[-1]
        self._drawn.setdefault(largest.path, file)
        href = depth + (largest if whole else pictures.choose_shown(variants)).path
        srcset = pictures.write_srcset(variants, depth)
        return LinkTarget(written, href, srcset=srcset, width=largest.width, height=largest.height)

    def _player(self, written: str, file: Attachment, depth: str) -> LinkTarget:
        """Return a file that the page plays, with the poster and the captions beside it."""
        plays, href = attachment.find_player(file.path), depth + self._copy(file)
        if plays != "video":
            return LinkTarget(written, href, plays=plays)
        posters = [p for p in attachment.list_posters(file.path) if p in self._files]
        poster = self._picture(posters[0], self._files[posters[0]], depth) if posters else None
        captions = self._files.get(attachment.find_subtitles(file.path))
        return LinkTarget(
            written,
            href,
            width=poster.width if poster else 0,
            height=poster.height if poster else 0,
            plays=plays,
            poster=poster.href if poster else "",
            captions=depth + self._copy(captions) if captions else "",
        )

    def _copy(self, file: Attachment) -> str:
        path = PurePosixPath(file.path)
        stem = pinyin.make_stem(path.stem) or "file"
        address = f"assets/{stem}-{file.digest[:8]}{path.suffix.lower()}"
        self._used.setdefault(address, file)
        return address

    def _plain_link(self, picture: LinkTarget) -> LinkTarget:
        """Return a link to a picture that is not shown itself, with kind and size.

        JPG，1600×1200.
        """
        kind = PurePosixPath(picture.href).suffix[1:].upper()
        size = f"{self._comma}{picture.width}×{picture.height}" if picture.width else ""
        return LinkTarget(picture.written, picture.href, kind + size)

    def _note(self, file: Attachment) -> str:
        """Return kind and size of a file: PDF，1.2 MB."""
        kind = PurePosixPath(file.path).suffix[1:].upper()
        size = file.size
        for unit in ("B", "KB", "MB"):
            if size < 1024 or unit == "MB":
                break
            size /= 1024  # type: ignore[assignment]
        shown = f"{size:.1f}" if unit == "MB" else f"{size:.0f}"
        return f"{kind}{self._comma}{shown} {unit}"


def _same(place: Path) -> Path:
    return place
