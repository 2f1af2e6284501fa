"""build: the commands `build` and `check`: what is made anew, what is taken from the last time.

Secret: when a build may be recalled or renewed, and what a build leaves for the next one.
Not here: reading and checking the project (gathering), anything that has a module of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casegen import body_edits, gathering, output, recall, rules, storage
from casegen.cache import Cache, pack
from casegen.collection.case import Case
from casegen.editions import explain_end, has_own_templates, list_site_artifacts
from casegen.editions.last_build import LastBuild
from casegen.editions.materials import Materials
from casegen.gathering import (
    Progress,
    Reading,
    Run,
    find_key,
    make_key,
    make_parsing,
    open_run,
    show_nothing,
)
from casegen.left_out import NOTHING, LeftOut
from casegen.output import Artifact, Job, Made, Report, render_job
from casegen.problem import CasegenError, Problems, Severity
from casegen.process_lock import hold_lock
from casegen.project import Project
from casegen.rechecking import Checked, recheck, remember_check
from casegen.root import LOCK
from casegen.workers import EndedError

if TYPE_CHECKING:
    from casegen import renewal

# Format of the cached rows of an output folder; they stay when the version of casegen changes.
REMEMBERED = "2"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build; `output` None means the project's `site/`, `jobs` 0 one job for each processor.

    `whole` builds everything even where only bodies changed, so that `Outcome.problems` is known.
    """

    output: Path | None = None
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    adopt: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build; `report` is None where errors in the content stopped it.

    `errors` are those that stop a build; `problems` are all that a build looks for
    (rules.keep_for_build), as `check` shows them. `problems` is empty where the build was recalled
    or renewed, because it did not read everything then.
    """

    errors: Problems
    seconds: Mapping[str, float]
    problems: Problems = ()
    cases: int = 0
    pages: int = 0
    report: Report | None = None
    folder: Path = Path()
    left_out: LeftOut = NOTHING
    # Of the collection, by name, as readers see them.
    totals: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the object that `build --json` prints (docs/reference/commands.md)."""
        report = self.report
        return {
            "cases": self.cases,
            "pages": self.pages,
            "written": len(report.written) if report else 0,
            "kept": report.kept if report else 0,
            "removed": len(report.removed) if report else 0,
            "seconds": {stage: round(spent, 3) for stage, spent in self.seconds.items()},
            "problems": [problem.as_json() for problem in self.errors],
            "left_out": self.left_out.as_json(),
        }


# --- commands --------------------------------------------------------------------------------


def check_project(project: Project, problems: Problems = (), *, jobs: int = 0) -> Checked:
    """Read and check the project, or of it what changed since the last check.

    `problems` are those of casegen.yml; they are in the result.
    """
    with open_run(project, jobs) as run:
        sources = snapshot_sources(project, project.site_dir)
        if sources and (
            known := recheck(project, run.cache, sources, make_parsing(run, thorough=True))
        ):
            return known
        reading = gathering.read_project(run, problems, drafts=True, brief=True, thorough=True)
        checked = Checked(reading.problems, tuple(reading.left_out.lines()))
        if sources and not recall.leaves_out(project.root, project.site_dir, reading.used):
            keys = {document.path: find_key(run, document) for document in reading.documents}
            everyone = (*reading.materials.everyone, *reading.broken)
            remember_check(project, run.cache, sources, checked, reading.apart, everyone, keys)
        return checked


def refuse_settings(problems: Problems) -> Outcome:
    """Return the outcome where casegen.yml itself cannot be used."""
    errors = tuple(p for p in problems if p.severity is Severity.ERROR)
    return Outcome(errors, {"total": 0.0}, problems)


def build_site(
    project: Project,
    problems: Problems = (),
    options: Options | None = None,
    progress: Progress = show_nothing,
) -> Outcome:
    """Write the site of the project; nothing is changed where the content has errors.

    Raises CasegenError where the build cannot run at all (output.write_artifacts,
    theme.load_theme).
    """
    chosen = options or Options()
    folder = _find_output_folder(project, chosen.output)
    with (
        hold_lock(project.cache_dir / LOCK, lambda: progress("wait", 0, 0)),
        open_run(project, chosen.jobs, progress, clean=chosen.clean) as run,
    ):
        sources = snapshot_sources(project, folder)
        which = recall.SiteKey(folder, chosen.drafts)
        if sources and not chosen.whole:
            done = renew_build(run, which, sources)
            if done is not None:
                told = done.told
                return Outcome(
                    (),
                    run.clock.all(),
                    (),
                    told.cases,
                    told.pages,
                    done.report,
                    folder,
                    done.left_out,
                    done.totals,
                )
        brief = not project.config.book.site  # a book is made of whole cases
        reading = gathering.read_project(run, problems, drafts=chosen.drafts, brief=brief)
        count = len(reading.materials.collection.cases)
        if reading.errors:
            return Outcome(reading.errors, run.clock.all(), reading.problems, count)
        report, told = make_site(
            run, which, sources, reading, reading.materials, adopt=chosen.adopt
        )
        return Outcome(
            (),
            run.clock.all(),
            reading.problems,
            count,
            told.pages,
            report,
            folder,
            reading.left_out,
            reading.materials.collection.show_totals(),
        )


def renew_build(
    run: Run,
    which: recall.SiteKey,
    sources: recall.Snapshot,
    whole: Iterable[str] = (),
    since: str = "",
) -> renewal.Renewal | None:
    """Renew the site where only bodies changed; None where the whole must be built.

    `whole` and `since` are those of renewal.Work.
    """
    from casegen import renewal  # noqa: PLC0415 `check` needs nothing of the site

    work = renewal.Work(
        make_parsing(run, thorough=which.preview),  # its pages show all problems
        partial(_render_all, run, 0),
        _kind_of(which.output),
        frozenset(whole),
        since,
    )
    with run.clock.stage("write"):
        return renewal.renew(run.project, run.cache, which, sources, work)


# --- stages ----------------------------------------------------------------------------------


def snapshot_sources(project: Project, folder: Path) -> recall.Snapshot | None:
    """Take a snapshot of the sources; None where it does not show all that the result depends on.

    casegen.yml was read before: a save since then is not to be taken for what was read.
    """
    if project.config.book.site:  # a book depends on the fonts of the machine
        return None
    sources = recall.snapshot_sources(project.root, folder)
    return sources if project.is_as_read() else None


def make_site(  # noqa: PLR0913 all that a build knows
    run: Run,
    which: recall.SiteKey,
    sources: recall.Snapshot | None,
    reading: Reading,
    materials: Materials,
    *,
    adopt: bool,
) -> tuple[Report, recall.Summary]:
    """Write a site of what was read, and store what the next build needs to know of it.

    Each file of the site is made shortly before it is written, and not kept in memory.
    `materials` are those of the reading, or a part of them. Raises CasegenError as
    output.write_artifacts does.
    """
    kind = _kind_of(which.output)
    shown = replace(materials, last=_read_last_build(run, which))
    kept = _Kept(run.clock.each("assemble", list_site_artifacts(shown)))
    with run.clock.stage("write", besides="assemble"):
        report = output.write_artifacts(
            kept,
            which.output,
            adopt=adopt,
            remembered=run.cache.read(kind),
            run=partial(_render_all, run, len(materials.collection.cases)),
        )
        run.cache.write(kind, report.remembered, ())
    return report, _remember_build(run, which, sources, reading, kept, report)


class _Kept:
    """The artifacts of a site one by one, and what the cache keeps of those that went by."""

    def __init__(self, artifacts: Iterable[Artifact]) -> None:
        self._artifacts = artifacts
        self.values: dict[str, object] = {}
        self.still: set[str] = set()

    def __iter__(self) -> Iterator[Artifact]:
        for artifact in self._artifacts:
            self.values |= {name: pack(value) for name, value in artifact.kept.items()}
            self.still |= artifact.still_kept
            yield artifact


def _read_last_build(run: Run, which: recall.SiteKey) -> LastBuild:
    """Return what the last build of a site left in its folder and in the cache."""

    def read_case(path: str) -> Case | None:
        keys = run.cache.read_some(which.kept, [recall.KEYS]).get(recall.KEYS)
        key = keys.get(path, "") if recall.is_text_map(keys) else ""
        known = run.cache.read_some(body_edits.CASES, [key]).get(key)
        return known[0] if body_edits.is_parsed(known) else None

    return LastBuild(
        read_file=lambda path: storage.read_file(which.output / path),
        read_kept=partial(run.cache.read_some, which.kept),
        read_case=read_case,
    )


def _remember_build(  # noqa: PLR0913, PLR0917 all that a build knows
    run: Run,
    which: recall.SiteKey,
    sources: recall.Snapshot | None,
    reading: Reading,
    kept: _Kept,
    report: Report,
) -> recall.Summary:
    """Return the summary of a build; store it for the next build if `sources` is given."""
    absent, files, collection = reading.left_out, report.remembered, reading.materials.collection
    pages = sum(path.endswith(".html") for path in files)
    lines = tuple(absent.lines())
    told = recall.Summary(len(collection.cases), pages, len(files), absent.as_json(), lines)
    if sources and not rules.may_stop_by_date(run.project.norms):
        states = {path: known.state for path, known in files.items()}
        seen = recall.BuildState(run.project.root, which, sources, states, reading.used)
        keys = {document.path: find_key(run, document) for document in reading.documents}
        also = {recall.KEYS: keys, recall.LEFT_OUT: absent}
        also[recall.TOTALS] = collection.show_totals()
        recall.store_build(run.cache, seen, told, kept.values | also, kept.still)
    return told


def knows_folder(cache: Cache, folder: Path) -> bool:
    """Return whether casegen wrote a site into a folder, on this machine and at this place."""
    return bool(cache.keys(_kind_of(folder)))


def _kind_of(folder: Path) -> str:
    return f"output {make_key(REMEMBERED, str(folder))}"


def _render_all(run: Run, cases: int, jobs: Iterable[Job]) -> Iterator[Made]:
    """Render; the progress counts the pages of cases, for nobody knows how many files will come.

    Templates of the project may come from a stranger: only other processes run them.
    """
    done, apart = 0, has_own_templates(run.project)
    try:
        for made in run.workers.map(render_job, jobs, apart=apart):
            done += made.path.startswith("cases/") and made.path.endswith(".html")
            run.progress("render", done, cases)
            yield made
    except EndedError as error:
        if not apart:
            raise
        raise explain_end(run.project, error.said) from error


# --- the run ---------------------------------------------------------------------------------


def _find_output_folder(project: Project, chosen: Path | None) -> Path:
    """Return the folder for the site.

    Raises CasegenError "output-path" for the project's own folder, a folder around it, a folder of
    sources, and a link that leads out of the project.
    """
    folder = (chosen or project.site_dir).absolute()
    if project.owns(folder):
        raise CasegenError(
            "output-path",
            f"不能把网站写到 {folder}，那里是项目的来稿或项目本身",
            hint="换一个专门放网站的文件夹，默认是 site",
        )
    root = storage.resolve_path(project.root)
    within = storage.resolve_path(folder.parent).is_relative_to(root)
    if within and storage.is_link(folder) and not storage.resolve_path(folder).is_relative_to(root):
        raise CasegenError(
            "output-path",
            f"{folder} 是通到项目外面的链接，没有写到它后面去",
            hint="删去链接；真要写到那里，就用 -o 写明那个文件夹",
        )
    return folder
