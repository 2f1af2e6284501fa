"""building: the site of the preview: with drafts, without the files that have errors.

Secret: that a save which changes only a body is shown without reading the other cases again.
Not here: the order of a build (build), what is shown besides the site (preview).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from casegen import build, gathering, recall, storage, tree
from casegen.cache import Cache
from casegen.collection.case import Case
from casegen.output import Report
from casegen.problem import Problems
from casegen.project import Project
from casegen.rechecking import list_movable
from casegen.root import CACHE
from casegen.rules.duplicates import NEAR_COPY, find_gist, find_near_copies


@dataclass(frozen=True, slots=True)
class Preview:
    """A site with drafts; `left_out` are the paths of files with errors, which it does not hold.

    `sources` is the snapshot of the sources (recall), taken before anything was read; None where
    none could be taken.
    """

    reading: gathering.Reading
    left_out: frozenset[str]
    report: Report
    seconds: Mapping[str, float]
    sources: recall.Snapshot | None


def remove_foreign_preview(root: Path, folder: Path) -> None:
    """Remove the folder of the preview unless casegen wrote it here.

    A project may come with such a folder, and its pages could hold scripts.
    """
    with closing(Cache(root / CACHE, recall.make_stamp())) as cache:
        known = build.knows_folder(cache, folder)
    if not known and storage.is_folder(root / CACHE) and storage.is_folder(folder):
        tree.remove_folder(folder)


def build_preview(
    project: Project, problems: Problems, folder: Path, last: Preview | None = None
) -> Preview:
    """Write the site with drafts and without the files that have errors into `folder`.

    `last` is the result of the last call. Books are not made: the editor would have to wait for
    them at every save.

    Raises CasegenError where it cannot run at all (output.write_artifacts, theme.load_theme).
    """
    shown = replace(
        project, config=replace(project.config, book=replace(project.config.book, site=False))
    )
    which = recall.SiteKey(folder, drafts=True, preview=True)
    with gathering.open_run(shown) as run:
        sources = build.snapshot_sources(shown, folder)
        same_day = last and last.reading.materials.project.today == project.today
        if sources and last and last.sources and same_day:  # some rules ask for the date
            renewed = _renew_preview(run, which, sources, last)
            if renewed is not None:
                return renewed
        reading = gathering.read_project(run, problems, drafts=True, thorough=True)
        left_out = frozenset(problem.where.path for problem in reading.errors)
        if sources and (report := _recall_report(run, which, sources)):
            return Preview(reading, left_out, report, run.clock.all(), sources)
        shown_now = reading.materials.without(left_out)
        report, _ = build.make_site(run, which, sources, reading, shown_now, adopt=True)
        return Preview(reading, left_out, report, run.clock.all(), sources)


def _recall_report(
    run: gathering.Run, which: recall.SiteKey, sources: recall.Snapshot
) -> Report | None:
    """Return the report of a preview that is unchanged since the last one, as are its sources.

    Most starts of `serve` find it so; the cases are then read for their problems only.
    None where something changed.
    """
    known = recall.recall_edits(run.cache, which, sources)
    if known is None or known.changed:
        return None
    return Report((), known.told.files, (), {})


def _renew_preview(
    run: gathering.Run, which: recall.SiteKey, sources: recall.Snapshot, last: Preview
) -> Preview | None:
    """Renew the preview where only bodies changed; None where everything must be built.

    A case is not renewed where its edit may move a line that a problem of another stage names.
    """
    reading = last.reading
    moving = list_movable(reading.apart, (*reading.materials.everyone, *reading.broken))
    since = last.sources.digest if last.sources else ""
    done = build.renew_build(run, which, sources, moving, since)
    if done is None:
        return None
    edited = {each.document.path: each for each in done.edited}
    materials = reading.materials
    own = [p for p in reading.own if p.where.path not in edited]
    own += [problem for each in done.edited for problem in each.problems]

    def now(cases: Iterable[Case]) -> tuple[Case, ...]:
        return tuple(edited[c.path].case if c.path in edited else c for c in cases)

    everyone = now(materials.everyone)
    copies = find_near_copies(map(find_gist, (*everyone, *reading.broken)))
    apart = (*(p for p in reading.apart if p.rule != NEAR_COPY), *copies)
    collection = replace(materials.collection, cases=now(materials.collection.cases))
    renewed = replace(
        reading,
        materials=replace(materials, everyone=everyone, collection=collection),
        problems=gathering.settle_and_sort(run.project, (*own, *apart), everyone),
        documents=tuple(
            edited[d.path].document if d.path in edited else d for d in reading.documents
        ),
        own=tuple(own),
        apart=apart,
    )
    return Preview(renewed, last.left_out, done.report, run.clock.all(), sources)
