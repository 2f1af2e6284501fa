"""The order: read, parse, check, assemble, edition, write; timings.

Secret: which stage runs when, in which process, and what is cached from one build to the next.
Not here: anything that has a module of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from casegen import bodies, output, recall, rules, storage, uses
from casegen.cache import Cache
from casegen.clock import Clock
from casegen.collection import case, case_fields, parsing
from casegen.collection.assembly import assemble
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.collection.parsing import Parsed
from casegen.editions import check_editions, list_site_artifacts
from casegen.editions.last_build import LastBuild
from casegen.editions.materials import Materials
from casegen.left_out import NOTHING, LeftOut, gather_left_out
from casegen.media import attachment, pictures
from casegen.output import Artifact, Report
from casegen.problem import CasegenError, Problem, Problems, Severity, sort_problems
from casegen.project import Project
from casegen.readings import share_readings
from casegen.rechecking import Checked, recheck, remember_check
from casegen.root import LOCK
from casegen.source.document import Document
from casegen.source.files import Attachment, find_alike, read_documents, read_pages
from casegen.turns import hold_lock
from casegen.workers import Workers

if TYPE_CHECKING:
    from casegen import renewal

# Format of the cached rows of an output folder; they stay when the version of casegen changes.
REMEMBERED = "2"

Progress = Callable[[str, int, int], None]  # stage, done, of how many


def show_nothing(stage: str, done: int, of: int) -> None:
    """Ignore the progress; the default where nobody watches."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build; `output` None means the project's `site/`, `jobs` 0 one job for each processor.

    `whole` builds everything even where only bodies changed, so that all problems are known.
    """

    output: Path | None = None
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    adopt: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A project that was read and checked: what editions are made of, and all problems."""

    materials: Materials
    problems: Problems
    errors: Problems  # those that stop a build
    documents: tuple[Document, ...] = ()  # every case file that is text
    used: frozenset[str] = frozenset()  # project paths of files that cases and pages use
    left_out: LeftOut = NOTHING
    own: Problems = ()  # of reading and parsing each file, before waivers
    apart: Problems = ()  # all others, before waivers


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a build; `report` is None where errors in the content stopped it.

    `errors` are those that stop a build; `problems` are all, as `check` shows them. `problems` is
    empty where the build was recalled or renewed, because it did not check everything then.
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


@dataclass(frozen=True, slots=True)
class Run:
    """What the stages of one command share: project, processes, cache, clock, progress."""

    project: Project
    workers: Workers
    cache: Cache
    clock: Clock
    progress: Progress


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a project, read and parsed; `problems` are those of reading and parsing."""

    documents: tuple[Document, ...]
    pages: tuple[Document, ...]
    parsed: tuple[Parsed, ...]  # in the order of the documents
    problems: Problems

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case that can have a page, drafts included."""
        return tuple(found for found, _ in self.parsed if found is not None)


# --- commands --------------------------------------------------------------------------------


def check_project(project: Project, problems: Problems = (), *, jobs: int = 0) -> Checked:
    """Read and check the project, or of it what changed since the last check.

    `problems` are those of casegen.yml; they are in the result.
    """
    with open_run(project, jobs) as run:
        sources = snapshot_sources(project, project.site_dir)
        if sources and (known := recheck(project, run.cache, sources, _parsing_of(run))):
            return known
        reading = read_project(run, problems, drafts=True)
        checked = Checked(reading.problems, tuple(reading.left_out.lines()))
        if sources and not recall.leaves_out(project.root, project.site_dir, reading.used):
            keys = {document.path: _key_of(run, document) for document in reading.documents}
            everyone = reading.materials.everyone
            remember_check(project, run.cache, sources, checked, reading.apart, everyone, keys)
        return checked


def examine_project(project: Project, problems: Problems = (), *, jobs: int = 0) -> Reading:
    """Read and check the project, drafts included; all its problems are in the result."""
    with open_run(project, jobs) as run:
        return read_project(run, problems, drafts=True)


def gather_materials(project: Project, problems: Problems = ()) -> Reading:
    """Read and check the project; return what goes out, for renderings other than the site."""
    with open_run(project) as run:
        return read_project(run, problems, drafts=False)


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
                return Outcome((), run.clock.all(), (), told.cases, told.pages, done.report,
                               folder, done.left_out, done.totals)  # fmt: skip
        reading = read_project(run, problems, drafts=chosen.drafts)
        count = len(reading.materials.collection.cases)
        if reading.errors:
            return Outcome(reading.errors, run.clock.all(), reading.problems, count)
        with run.clock.stage("assemble"):
            last = read_last_build(run, which)
            artifacts = tuple(list_site_artifacts(replace(reading.materials, last=last)))
        with run.clock.stage("write"):
            report = write_site(run, artifacts, folder, adopt=chosen.adopt)
        told = remember_build(run, which, sources, reading, artifacts, report)
        return Outcome((), run.clock.all(), reading.problems, count, told.pages, report, folder,
                       reading.left_out, reading.materials.collection.show_totals())  # fmt: skip


def read_last_build(run: Run, which: recall.SiteKey) -> LastBuild:
    """Return what the last build of a site left in its folder and in the cache."""

    def read_case(path: str) -> Case | None:
        keys = run.cache.read_some(which.kept, [recall.KEYS]).get(recall.KEYS)
        key = keys.get(path, "") if recall.is_text_map(keys) else ""
        known = run.cache.read_some(bodies.CASES, [key]).get(key)
        return known[0] if bodies.is_parsed(known) else None

    return LastBuild(
        read_file=lambda path: storage.read_file(which.output / path),
        read_kept=partial(run.cache.read_some, which.kept),
        kept_names=partial(run.cache.keys, which.kept),
        read_case=read_case,
    )


def remember_build(  # noqa: PLR0913, PLR0917 all that a build knows
    run: Run, which: recall.SiteKey, sources: recall.Snapshot | None, reading: Reading,
    artifacts: Sequence[Artifact], report: Report,
) -> recall.Summary:  # fmt: skip
    """Return the summary of a build; store it for the next build if `sources` is given."""
    absent, files, collection = reading.left_out, report.remembered, reading.materials.collection
    pages = sum(artifact.path.endswith(".html") for artifact in artifacts)
    lines = tuple(absent.lines())
    told = recall.Summary(len(collection.cases), pages, len(files), absent.as_json(), lines)
    if sources and not rules.may_stop_by_date(run.project.norms):
        states = {path: known.state for path, known in files.items()}
        seen = recall.BuildState(run.project.root, which, sources, states, reading.used)
        keys = {document.path: _key_of(run, document) for document in reading.documents}
        kept = {name: value for artifact in artifacts for name, value in artifact.kept.items()}
        kept |= {recall.KEYS: keys, recall.LEFT_OUT: absent}
        kept[recall.TOTALS] = collection.show_totals()
        still_kept = frozenset().union(*(artifact.still_kept for artifact in artifacts))
        recall.store_build(run.cache, seen, told, kept, still_kept)
    return told


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
        _parsing_of(run),
        partial(_render_all, run),
        _kind_of(which.output),
        frozenset(whole),
        since,
    )
    with run.clock.stage("write"):
        return renewal.renew(run.project, run.cache, which, sources, work)


# --- stages ----------------------------------------------------------------------------------


def read_project(run: Run, problems: Problems, *, drafts: bool) -> Reading:
    """Read, parse, assemble and check; content never makes it raise.

    `problems` are those of casegen.yml; with `drafts` the collection holds unpublished cases too.
    """
    gathered = _gather(run)
    with run.clock.stage("check"):
        found_in = zip(gathered.documents, (c for c, _ in gathered.parsed), strict=True)
        used = tuple(uses.list_uses(found_in, gathered.pages, run.project))
        files = uses.find_files(run.project.root, used)
        materials = Materials(
            project=run.project,
            collection=assemble(
                _list_outgoing(gathered, drafts=drafts),
                run.project.config.categories,
                run.project.norms.vocabulary,
                run.project.norms.silenced,
            ),
            everyone=gathered.cases,
            pages=gathered.pages,
            files=files,
            pictures=_look_at_pictures(run, files),
        )
        apart = (*problems, *_examine(materials, gathered, used))
        found = settle_and_sort(run.project, (*gathered.problems, *apart), gathered.cases)
        statuses = {document.path: document.status for document in gathered.documents}
        stopping = case.forgive_left_out(found, statuses, drafts=drafts)
        errors = tuple(p for p in stopping if p.severity is Severity.ERROR)
        absent = gather_left_out(
            run.project.root, gathered.documents, materials.files,
            run.project.config.organization, materials.collection.doubtful,
        )  # fmt: skip
    paths = frozenset(use.path for use in used)
    return Reading(
        materials, found, errors, gathered.documents, paths, absent, gathered.problems, apart
    )


def snapshot_sources(project: Project, folder: Path) -> recall.Snapshot | None:
    """Take a snapshot of the sources; None where it does not show all that the result depends on.

    casegen.yml was read before: a save since then is not to be taken for what was read.
    """
    if project.config.book.site:  # a book depends on the fonts of the machine
        return None
    sources = recall.snapshot_sources(project.root, folder)
    return sources if project.is_as_read() else None


def settle_and_sort(
    project: Project, problems: Iterable[Problem], cases: Iterable[Case]
) -> Problems:
    """Return the problems of all stages as they are shown: sorted, without the waived ones."""
    return sort_problems(rules.settle_problems(problems, cases, project.norms))


def _gather(run: Run) -> Gathered:
    with run.clock.stage("read"):
        documents, unread = read_documents(run.project.root, case_fields.REQUIRED)
        pages, page_problems = read_pages(run.project.root)
    with run.clock.stage("parse"):
        parsed = tuple(_parse_all(run, documents))
    problems = (*unread, *page_problems, *(problem for _, own in parsed for problem in own))
    return Gathered(documents, pages, parsed, problems)


def _examine(
    materials: Materials, gathered: Gathered, used: Sequence[attachment.Use]
) -> Iterator[Problem]:
    """Yield the problems that can only be found once all files are read."""
    norms = materials.project.norms
    flaws = {
        path: materials.pictures[path].remarks if path in materials.pictures else ()
        for path in materials.files
    }
    flaws |= uses.find_unfit(materials.project.root, used, materials.files)
    known = {document.path for document in (*gathered.documents, *gathered.pages)}
    for page in gathered.pages:
        yield from parsing.check_page(page)
    missing = {use.path for use in used} - flaws.keys() - known
    alike = {path: find_alike(materials.project.root, path) for path in missing}
    yield from attachment.check_uses(used, flaws, known, alike)
    yield from case.check_addresses(gathered.cases)
    yield from check_editions(materials)
    yield from rules.check_collection(assemble(gathered.cases, (), norms.vocabulary), norms)


def _list_outgoing(gathered: Gathered, *, drafts: bool) -> list[Case]:
    wanted = {
        document.path
        for document in gathered.documents
        if drafts or document.status in {"published", "withdrawn"}
    }
    return [found for found in gathered.cases if found.path in wanted]


def _look_at_pictures(run: Run, files: Mapping[str, Attachment]) -> Mapping[str, pictures.Picture]:
    """Return facts about each picture by its path, from the cache where its bytes are known."""
    known = run.cache.read("picture")
    keys = {
        path: pictures.picture_key(file)
        for path, file in files.items()
        if pictures.is_picture(path)
    }
    missing = {key: files[path] for path, key in keys.items() if key not in known}
    looked = run.workers.map(
        partial(pictures.read_picture, run.project.root), tuple(missing.values())
    )
    fresh = dict(zip(missing, looked, strict=True))
    run.cache.write("picture", fresh, keys.values())
    return {path: fresh[key] if key in fresh else known[key] for path, key in keys.items()}


def _parse_all(run: Run, documents: Sequence[Document]) -> Iterator[Parsed]:
    """Yield each document's case and problems, from the cache where bytes and norms are known."""
    norms = run.project.norms
    known = run.cache.read(bodies.CASES)
    keys = [_key_of(run, document) for document in documents]
    missing = [
        n for n, key in enumerate(keys) if not bodies.is_case_of(known.get(key), documents[n])
    ]
    parsed = run.workers.map(partial(_parse_one, norms=norms), [documents[n] for n in missing])
    fresh: dict[str, Parsed] = {}
    for number, found in zip(missing, parsed, strict=True):
        fresh[keys[number]] = found
        run.progress("parse", len(fresh), len(missing))
    run.cache.write(bodies.CASES, fresh, bodies.list_needed(run.cache, keys))
    return (fresh[key] if key in fresh else known[key] for key in keys)


def _parsing_of(run: Run) -> bodies.Parsing:
    return bodies.Parsing(partial(_parse_one, norms=run.project.norms), partial(_key_of, run))


def _key_of(run: Run, document: Document) -> str:
    return _make_key(run.project.norms.digest, document.path, document.digest)


def _parse_one(document: Document, norms: Norms) -> Parsed:
    """Parse a document and check the case by itself; the case is None where it can have no page."""
    found, problems, whole = parsing.read_case(document, norms)
    own = rules.check_case(found, norms) if whole else rules.check_rest(found, norms, document)
    return (found if whole else None), (*problems, *own)


def write_site(run: Run, artifacts: Sequence[Artifact], folder: Path, *, adopt: bool) -> Report:
    """Write a site and cache what is known of its folder; see output.write_artifacts."""
    kind = _kind_of(folder)
    report = output.write_artifacts(
        artifacts,
        folder,
        adopt=adopt,
        remembered=run.cache.read(kind),
        run=partial(_render_all, run),
    )
    run.cache.write(kind, report.remembered, ())
    return report


def _kind_of(folder: Path) -> str:
    return f"output {_make_key(REMEMBERED, str(folder))}"


def _render_all(run: Run, artifacts: Sequence[Artifact]) -> Iterator[tuple[Artifact, bytes | Path]]:
    rendered = run.workers.map(_render_one, artifacts)
    for done, (artifact, content) in enumerate(zip(artifacts, rendered, strict=True), 1):
        run.progress("render", done, len(artifacts))
        yield artifact, content


def _render_one(artifact: Artifact) -> bytes | Path:
    return artifact.render()


# --- the run ---------------------------------------------------------------------------------


@contextmanager
def open_run(
    project: Project, jobs: int = 0, progress: Progress = show_nothing, *, clean: bool = False
) -> Iterator[Run]:
    """Open what the stages of a command share, and close it at the end of the `with` block."""
    if clean:
        Cache.forget(project.cache_dir)
    with (
        Workers(jobs) as workers,
        closing(Cache(project.cache_dir, recall.make_stamp())) as cache,
        share_readings(cache),
    ):
        yield Run(project, workers, cache, Clock(), progress)


def _make_key(*parts: str) -> str:
    # File names may hold bytes that are no text; Python gives them as lone surrogates.
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


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
    root = project.root.resolve()
    within = folder.parent.resolve().is_relative_to(root)
    if within and storage.is_link(folder) and not folder.resolve().is_relative_to(root):
        raise CasegenError(
            "output-path",
            f"{folder} 是通到项目外面的链接，没有写到它后面去",
            hint="删去链接；真要写到那里，就用 -o 写明那个文件夹",
        )
    return folder
