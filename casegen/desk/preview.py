"""preview: what the preview shows now: the last good site, its problems, the files left out.

Secret: which page shows which file, what is kept when a build fails, and what a save changes
before the next build.
Not here: the HTML of bars and banners (overlay), answering browsers (server).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from casegen import project
from casegen.body.prose import Prose
from casegen.collection import case, page
from casegen.desk import building
from casegen.desk.early import Saved
from casegen.editions.site import addresses
from casegen.problem import CasegenError, Problem, Problems, Severity, sort_problems
from casegen.root import CACHE
from casegen.source.document import STATUSES, Document
from casegen.source.files import CASES

FOLDER = "preview"  # in the project's cache folder
LINKS = frozenset({"missing-file", "missing-case", "missing-anchor", "unsafe-link"})


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing could be built: a message, and how to mend the cause."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """A link that leads nowhere: its text, its number among equal texts, and what is wrong."""

    text: str
    nth: int
    message: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the preview: the file it is made of, its title, its status where unpublished."""

    path: str
    title: str
    status: str = ""
    links: tuple[BrokenLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What the preview shows; `leaves` and `broken` map addresses of the site to their files.

    `folder` holds the last good site; `early` has by address the pages that were made since, of
    cases that were saved. `version` grows with every change that a reader can see.
    """

    folder: Path
    version: int = 0
    problems: Problems = ()
    leaves: Mapping[str, Leaf] = field(default_factory=dict, hash=False)
    broken: Mapping[str, Leaf] = field(default_factory=dict, hash=False)
    early: Mapping[str, str] = field(default_factory=dict, hash=False)
    failure: Failure | None = None
    seconds: float = 0.0
    written: int = 0
    made: building.Preview | None = field(default=None, compare=False)  # of the last good build

    @property
    def begun(self) -> bool:
        """Whether the first build has not ended yet: the folder holds an older preview, or none."""
        return self.made is None and self.failure is None

    def of(self, path: str) -> Problems:
        """Return the problems of a file, errors first."""
        order = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
        own = [problem for problem in self.problems if problem.where.path == path]
        return tuple(sorted(own, key=lambda p: (order.index(p.severity), p.where)))


def begin_preview(root: Path) -> Shown:
    """Return what is shown before the first build: what the last preview left in its folder."""
    shown = Shown(root / CACHE / FOLDER)
    building.remove_foreign_preview(root, shown.folder)
    return shown


def rebuild_preview(root: Path, last: Shown) -> Shown:
    """Build the project again; after a failure, return the last good site with the reason."""
    try:
        found, problems = project.load_project(root)
        if found is None:
            errors = [p for p in problems if p.severity is Severity.ERROR]
            where = errors[0].where
            what = f"{where.path} 第 {where.line} 行：{errors[0].message}"
            return _failed(last, Failure(what, errors[0].hint), problems)
        made = building.build_preview(found, problems, last.folder, last.made)
    except CasegenError as error:
        return _failed(last, Failure(error.message, error.hint))
    shown = replace(
        last,
        problems=made.reading.problems,
        leaves=dict(_list_leaves(made)),
        broken=dict(_list_broken(made)),
        failure=None,
        seconds=made.seconds["total"],
        written=len(made.report.written) + len(made.report.removed),
        made=made,
    )
    same = replace(shown, seconds=last.seconds, written=last.written) == last
    unseen = last.made is not None and same and not shown.written
    return shown if unseen else replace(shown, version=last.version + 1)


def show_saves(built: Shown, saves: Sequence[Saved]) -> Shown:
    """Return what is shown after a build and the `saves` since then, each of another case."""
    paths = {saved.document.path for saved in saves}
    places = {leaf.path: at for at, leaf in (*built.broken.items(), *built.leaves.items())}
    kept = [problem for problem in built.problems if problem.where.path not in paths]
    leaves = {at: leaf for at, leaf in built.leaves.items() if leaf.path not in paths}
    broken = {at: leaf for at, leaf in built.broken.items() if leaf.path not in paths}
    early = {}
    for saved in saves:
        path, found = saved.document.path, saved.case
        if saved.html and found is not None:
            at = case.make_case_href(found.slug)
            leaves[at] = _make_leaf(saved.document, found, saved.problems)
            early[at] = saved.html
        elif path in places:
            broken[places[path]] = Leaf(path, _guess(found, saved.document, path)[1] or path)
    problems = sort_problems((*kept, *(p for saved in saves for p in saved.problems)))
    return replace(built, problems=problems, leaves=leaves, broken=broken, early=early)


def show_failure(last: Shown, message: str) -> Shown:
    """Return the last good site with a banner, for an error in casegen itself."""
    return _failed(last, Failure(message))


def _failed(last: Shown, failure: Failure, problems: Problems | None = None) -> Shown:
    kept = last.problems if problems is None else problems
    shown = replace(last, failure=failure, problems=kept, written=0)
    return shown if shown == replace(last, written=0) else replace(shown, version=last.version + 1)


def _list_leaves(made: building.Preview) -> Iterator[tuple[str, Leaf]]:
    documents = {document.path: document for document in made.reading.documents}
    collection = made.reading.materials.collection
    for found in (*collection.cases, *collection.withdrawn):
        if found.path not in made.left_out:
            leaf = _make_leaf(documents[found.path], found, made.reading.problems)
            yield case.make_case_href(found.slug), leaf
    for each in made.reading.materials.pages:
        if each.path not in made.left_out:
            links = _list_links(made.reading.problems, each, page.read_prose(each))
            leaf = Leaf(each.path, page.read_title(each), "", tuple(links))
            yield addresses.make_page_address(each.path), leaf


def _make_leaf(document: Document, found: case.Case, problems: Problems) -> Leaf:
    links = _list_links(problems, document, found.prose)
    status = "" if found.status == "published" else STATUSES[found.status]
    return Leaf(found.path, found.title, status, tuple(links))


def _list_broken(made: building.Preview) -> Iterator[tuple[str, Leaf]]:
    """Yield the files with errors by the address that their page would have, or a new one."""
    parsed = {found.path: found for found in made.reading.materials.everyone}
    documents = {document.path: document for document in made.reading.documents}
    taken = {address for address, _ in _list_leaves(made)}
    for path in sorted(made.left_out):
        address = addresses.make_page_address(path)
        title = ""
        if path.startswith(f"{CASES}/"):
            slug, title = _guess(parsed.get(path), documents.get(path), path)
            address = case.make_case_href(slug)
        number = 2
        while address in taken:
            address = case.make_case_href(f"{case.make_default_slug(path)}-{number}")
            number += 1
        taken.add(address)
        yield address, Leaf(path, title or path)


def _guess(found: case.Case | None, document: Document | None, path: str) -> tuple[str, str]:
    """Return slug and title of a case that may not have been understood."""
    if found is not None:
        return found.slug, found.title
    meta = {} if document is None else document.meta
    slug = str(meta.get("slug") or meta.get("网址名") or "")
    title = meta.get("title") or meta.get("标题") or ""
    sound = slug.isascii() and slug.replace("-", "").isalnum()
    return slug if sound else case.make_default_slug(path), str(title)


def _list_links(
    problems: Sequence[Problem], document: Document, prose: Prose
) -> Iterator[BrokenLink]:
    """Yield the links of a body that a problem names, in the order of the text.

    A link is identified by its words, and by how often they occur in the body before it.
    """
    wrong = {
        (p.where.line, p.where.column): p.message
        for p in problems
        if p.where.path == document.path and p.where.field == "body" and p.rule in LINKS
    }
    lines = document.body.split("\n") if wrong else []
    for link in prose.references:
        message = wrong.get((document.body_line + link.line - 1, link.column))
        if message and link.text:
            before = "\n".join([*lines[: link.line - 1], lines[link.line - 1][: link.column - 1]])
            yield BrokenLink(link.text, max(0, before.count(link.text) - 1), message)
