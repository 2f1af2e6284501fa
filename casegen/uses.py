"""uses: which files of the project its cases, pages and settings use, and which of them exist.

Secret: who uses files: a case, a file that gave no case, a hand-written page, casegen.yml.
Not here: how a body names a file (media.attachment), reading files (source.files).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from casegen.collection import parsing
from casegen.collection.case import Case
from casegen.collection.page import read_prose
from casegen.media import attachment
from casegen.media.pictures import is_picture, read_picture
from casegen.problem import Location, Problems
from casegen.project import Project
from casegen.root import NAME
from casegen.settings import PICTURES
from casegen.source.document import Document
from casegen.source.files import Attachment, explain_unfit, find_alike, find_attachment
from casegen.source.schema import locate_field


def list_uses(
    documents: Iterable[tuple[Document, Case | None]], pages: Iterable[Document], project: Project
) -> Iterator[attachment.Use]:
    """Yield every use of a file by cases, by files that gave no case (None), pages, casegen.yml."""
    without = []
    for document, found in documents:
        if found is None:
            without.append(document)
        else:
            yield from attachment.list_uses(found)
            if not found.cover and (cover := parsing.find_cover(document)):
                where = locate_field(found.path, found.marks, ("cover",))  # a document may be brief
                yield attachment.use_cover(*cover[:2], where)
    for document in without:
        yield from attachment.list_page_uses(
            document, read_prose(document), parsing.find_cover(document)
        )
    for page in pages:
        yield from attachment.list_page_uses(page, read_prose(page))
    for key in PICTURES:
        if path := getattr(project.config, key):
            where = Location(NAME, project.line_of(key), field=key)
            yield attachment.Use(path, path, image=True, where=where)


def find_files(root: Path, uses: Sequence[attachment.Use]) -> Mapping[str, Attachment]:
    """Return every file of the project that is used and exists, by its path in the project.

    Cases and pages are no attachments: a link to a draft must not publish its text.
    """
    paths = (path for use in uses for path in use.places)
    used = [path for path in paths if not path.lower().endswith(attachment.PAGES)]
    beside = (path for use in uses if use.image for path in attachment.list_companions(use.path))
    found = {path: find_attachment(root, path) for path in dict.fromkeys((*used, *beside))}
    return {path: file for path, file in found.items() if file is not None}


def check_cover(document: Document, project: Project) -> Problems:
    """Return what is wrong with the cover of one case file: it is not there, or no picture."""
    found = parsing.read_case(document, project.norms)[0]
    every = list_uses([(document, found)], [], project)
    used = [use for use in every if use.where.field == "cover"]
    there = find_files(project.root, used)
    flaws = {
        path: read_picture(project.root, file).remarks if is_picture(path) else ()
        for path, file in there.items()
    }
    flaws |= find_unfit(project.root, used, there)
    missing = [use.path for use in used if use.path not in flaws]
    alike = {path: find_alike(project.root, path) for path in missing}
    return attachment.check_uses(used, flaws, (), alike)


def find_unfit(
    root: Path, uses: Sequence[attachment.Use], there: Iterable[str]
) -> Mapping[str, tuple[attachment.Flaw, ...]]:
    """Return what is used and exists but is no regular file, with the reason, by path.

    `there` are the paths that `find_files` found.
    """
    paths = sorted({use.path for use in uses} - set(there))
    reasons = {path: explain_unfit(root, path) for path in paths}
    return {
        path: (attachment.Flaw("refused-attachment", f"这{reason}", "换成文件本身"),)
        for path, reason in reasons.items()
        if reason
    }
