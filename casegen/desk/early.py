"""early: cases that were saved since the last build of the preview, read before the next one.

Secret: which saves can be shown before the site is built again, and which of their problems: all
but those of a case among the others.
Not here: what such a page takes from the last build (editions.site.case_page), how it is shown
(preview).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from casegen import body_edits, build, gathering, recall, uses
from casegen.collection import case
from casegen.collection.case import Case
from casegen.desk.building import Preview
from casegen.editions.site import case_page, leaves
from casegen.problem import Problems, Severity
from casegen.source.document import Document

# Saved cases: where more change at once, a program changed them, and no editor waits for it.
MOST = 3


@dataclass(frozen=True, slots=True)
class Saved:
    """A case file as it was saved, with its own problems; `html` is "" where it has errors.

    `looked` is the time (time.monotonic) before the file was read.
    """

    document: Document
    case: Case | None
    problems: Problems
    html: str
    looked: float


def read_saves(made: Preview, folder: Path) -> tuple[Saved, ...]:
    """Return the cases that were saved since a build of the preview in `folder`.

    () where files came, went, or are no cases, and where many changed: the whole build shows them.
    """
    looked, project = time.monotonic(), made.reading.materials.project
    now = build.snapshot_sources(project, folder) if made.sources else None
    changed = recall.find_changed(made.sources.rows, now) if made.sources and now else None
    known = {document.path for document in made.reading.documents}
    if not changed or len(changed) > MOST or not known.issuperset(changed):
        return ()
    which = recall.SiteKey(folder, drafts=True, preview=True)
    with gathering.open_run(project) as run:
        return tuple(_read_saves(run, which, made, changed, looked))


def _read_saves(
    run: gathering.Run,
    which: recall.SiteKey,
    made: Preview,
    changed: tuple[str, ...],
    looked: float,
) -> Iterator[Saved]:
    materials = made.reading.materials
    slugs = {found.path: found.slug for found in materials.everyone}
    for path in changed:
        read = body_edits.read_saved(run.project, path, gathering.make_parsing(run, thorough=True))
        if read is None:
            continue
        document, judged, own = read
        found = judged.parsed[0]
        used = _check_files(made, document, found)
        settled = gathering.settle_and_sort(run.project, (*own, *used), [found] if found else [])
        problems = case.forgive_left_out(settled, {path: document.status}, drafts=True)
        if found is None or any(p.severity is Severity.ERROR for p in problems):
            yield Saved(document, found, problems, "", looked)
            continue
        if found.status == "withdrawn" or slugs.get(path, found.slug) != found.slug:
            continue
        name = leaves.LEAF + path
        leaf = run.cache.read_some(which.kept, [name]).get(name)
        before = leaf.page if isinstance(leaf, leaves.Leaf) else None
        html = case_page.render_saved_case(materials, found, before)
        yield Saved(document, found, problems, html, looked)


def _check_files(made: Preview, document: Document, found: Case | None) -> Problems:
    """Return the problems of the files that a saved case uses."""
    materials = made.reading.materials
    project = materials.project
    listed = uses.list_uses([(document, found)], (), project)
    used = [use for use in listed if use.where.path == document.path]
    files = {**materials.files, **uses.find_files(project.root, used)}
    known = {each.path for each in (*made.reading.documents, *materials.pages)}
    return gathering.check_uses(replace(materials, files=files), used, known)
