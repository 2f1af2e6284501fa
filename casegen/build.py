"""The order: read, parse, check, assemble, edition, write; timings; the only process pool.

Secret: what happens when, in which process, and what is remembered from one build to the next.
Not here: anything that has a module of its own.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from casegen import __version__, output, rules
from casegen.cache import Cache
from casegen.collection import case
from casegen.collection.assembly import Collection, assemble
from casegen.collection.case import Case
from casegen.collection.page import prose_of
from casegen.editions.site import addresses, theme
from casegen.editions.site.pages import Materials, list_artifacts
from casegen.media import attachment
from casegen.media.pictures import Picture, is_picture, picture_key, read_picture
from casegen.output import Artifact, Report
from casegen.problem import CasegenError, Problems, Severity, ordered
from casegen.project import NAME, Project
from casegen.source.document import Document
from casegen.source.files import Attachment, find_attachment, read_documents, read_file, read_pages

T = TypeVar("T")
R = TypeVar("R")

POOL_FROM = 150  # below, a pool costs more than it saves
CHUNK = 32
MOST_JOBS = 61  # as many processes as Windows can wait for

Progress = Callable[[str, int, int], None]  # stage, done, of how many
Parsed = tuple[Case | None, Problems]


def _silent(stage: str, done: int, of: int) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to build; `output` None means the project's `site/`, `jobs` 0 as many as processors."""

    output: Path | None = None
    drafts: bool = False
    jobs: int = 0
    clean: bool = False
    adopt: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A project read and checked: its collection and all problems of all files."""

    collection: Collection
    pages: tuple[Document, ...]
    files: Mapping[str, Attachment]
    pictures: Mapping[str, Picture]
    problems: Problems
    errors: Problems  # those that stop a build


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did; `report` is None where errors in the content stopped it."""

    problems: Problems  # errors only
    seconds: Mapping[str, float]
    cases: int = 0
    pages: int = 0
    report: Report | None = None
    folder: Path = Path()

    def as_json(self) -> dict[str, object]:
        """The object that `build --json` prints (docs/reference/commands.md)."""
        report = self.report
        return {
            "cases": self.cases,
            "pages": self.pages,
            "written": len(report.written) if report else 0,
            "kept": report.kept if report else 0,
            "removed": len(report.removed) if report else 0,
            "seconds": {stage: round(spent, 3) for stage, spent in self.seconds.items()},
            "problems": [problem.as_json() for problem in self.problems],
        }


@dataclass(slots=True)
class Clock:
    """Seconds by stage, and in all."""

    spent: dict[str, float] = field(default_factory=dict)
    begun: float = field(default_factory=time.perf_counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside."""
        start = time.perf_counter()
        yield
        self.spent[name] = self.spent.get(name, 0.0) + time.perf_counter() - start

    def all(self) -> dict[str, float]:
        """Stages, and `total`."""
        return {**self.spent, "total": time.perf_counter() - self.begun}


def check(project: Project, problems: Problems = (), *, jobs: int = 0) -> Problems:
    """All problems of the project; `problems` are those of casegen.yml."""
    with _Workers(jobs) as workers, _memory(project) as cache:
        return read(project, problems, workers, cache, Clock(), drafts=True).problems


def gathered(project: Project, problems: Problems = ()) -> Reading:
    """The project read and checked, with what goes out: for renderings other than the site."""
    with _Workers(0) as workers, _memory(project) as cache:
        return read(project, problems, workers, cache, Clock(), drafts=False)


def stopped(problems: Problems) -> Outcome:
    """The outcome where casegen.yml itself cannot be used."""
    return Outcome(tuple(p for p in problems if p.severity is Severity.ERROR), {"total": 0.0})


def build(
    project: Project,
    problems: Problems = (),
    options: Options | None = None,
    progress: Progress = _silent,
) -> Outcome:
    """The site of the project, written; nothing is touched where the content has errors.

    Raises CasegenError where it could not run at all (output.write, theme.load).
    """
    chosen = options or Options()
    clock = Clock()
    folder = _output_folder(project, chosen.output)
    if chosen.clean:
        Cache.forget(project.cache_dir)
    with _Workers(chosen.jobs) as workers, _memory(project) as cache:
        reading = read(
            project, problems, workers, cache, clock, drafts=chosen.drafts, progress=progress
        )
        count = len(reading.collection.cases)
        if reading.errors:
            return Outcome(reading.errors, clock.all(), count)
        with clock.stage("assemble"):
            look = theme.load(project.config.theme, project.config.lang, project.themes_dir)
            materials = Materials(
                reading.collection, project.config, look, reading.pages, reading.files,
                project.root, reading.pictures,
            )  # fmt: skip
            artifacts = tuple(list_artifacts(materials))
        with clock.stage("write"):
            kind = f"output {_key(str(folder))}"
            report = output.write(
                artifacts,
                folder,
                adopt=chosen.adopt,
                remembered=cache.read(kind),
                run=partial(_render_all, workers, progress),
            )
            cache.write(kind, report.remembered, ())
    pages = sum(artifact.path.endswith(".html") for artifact in artifacts)
    return Outcome((), clock.all(), count, pages, report, folder)


def read(  # noqa: PLR0913 the stages' common needs
    project: Project,
    problems: Problems,
    workers: _Workers,
    cache: Cache,
    clock: Clock,
    *,
    drafts: bool,
    progress: Progress = _silent,
) -> Reading:
    """Read, parse, assemble and check; never raises for content."""
    with clock.stage("read"):
        documents, unread = read_documents(project.root, case.REQUIRED)
        pages, page_problems = read_pages(project.root)
    with clock.stage("parse"):
        parsed = _parse_all(project, documents, workers, cache, progress)
    with clock.stage("check"):
        wanted = {
            document.path
            for document in documents
            if drafts or document.status in {"published", "withdrawn"}
        }
        everyone = tuple(found for found, _ in parsed if found is not None)
        collection = assemble(
            [found for found in everyone if found.path in wanted],
            project.config.categories,
            project.norms.vocabulary,
        )
        unparsed = (d for d, (found, _) in zip(documents, parsed, strict=True) if found is None)
        uses = (
            *(use for found in everyone for use in attachment.uses(found)),
            *(use for d in unparsed for use in attachment.uses_of_page(d, prose_of(d))),
            *(use for page in pages for use in attachment.uses_of_page(page, prose_of(page))),
        )
        files = _files(project, uses)
        pictures = _pictures(project, files, workers, cache)
        flaws = {path: pictures[path].flaws if path in pictures else () for path in files}
        known = {*(document.path for document in documents), *(page.path for page in pages)}
        unsettled = (
            *problems,
            *unread,
            *page_problems,
            *(problem for _, own in parsed for problem in own),
            *(problem for page in pages for problem in case.check_page(page)),
            *attachment.check(uses, flaws, known),
            *case.duplicate_addresses(everyone),
            *addresses.check(collection, everyone, pages),
            *addresses.check_nav(project.config.nav, collection, pages, _text_of_config(project)),
            *rules.check_collection(
                assemble(everyone, (), project.norms.vocabulary), project.norms
            ),
        )
        found = ordered(rules.settled(unsettled, everyone, project.norms))
        statuses = {document.path: document.status for document in documents}
        stopping = case.forgiven(found, statuses, drafts=drafts)
        errors = tuple(p for p in stopping if p.severity is Severity.ERROR)
    return Reading(collection, pages, files, pictures, found, errors)


def _text_of_config(project: Project) -> str:
    return read_file(project.root, NAME)[0].decode("utf-8", "replace")


def _files(project: Project, uses: Sequence[attachment.Use]) -> Mapping[str, Attachment]:
    """Every file of the project that is used and there, by its path.

    Cases and pages are no attachments: a link to a draft must not publish its text.
    """
    used = (use.path for use in uses if not use.path.lower().endswith(attachment.PAGES))
    paths = dict.fromkeys(used)
    found = {path: find_attachment(project.root, path) for path in paths}
    return {path: file for path, file in found.items() if file is not None}


def _pictures(
    project: Project, files: Mapping[str, Attachment], workers: _Workers, cache: Cache
) -> Mapping[str, Picture]:
    """What is known of each picture, from memory where its bytes are known."""
    known = cache.read("picture")
    keys = {path: picture_key(file) for path, file in files.items() if is_picture(path)}
    missing = {key: files[path] for path, key in keys.items() if key not in known}
    looked = workers.map(partial(read_picture, project.root), tuple(missing.values()))
    fresh = dict(zip(missing, looked, strict=True))
    cache.write("picture", fresh, keys.values())
    return {path: fresh[key] if key in fresh else known[key] for path, key in keys.items()}


def _parse_all(
    project: Project,
    documents: Sequence[Document],
    workers: _Workers,
    cache: Cache,
    progress: Progress,
) -> list[Parsed]:
    """Each document's case and problems, from memory where its bytes and the norms are known."""
    known = cache.read("case")
    keys = [_key(project.norms.digest, document.path, document.digest) for document in documents]
    missing = [n for n, key in enumerate(keys) if key not in known]
    parse = partial(_parsed, norms=project.norms)
    fresh: dict[str, Parsed] = {}
    for number, parsed in zip(
        missing, workers.map(parse, [documents[n] for n in missing]), strict=True
    ):
        fresh[keys[number]] = parsed
        progress("parse", len(fresh), len(missing))
    cache.write("case", fresh, keys)
    return [fresh[key] if key in fresh else known[key] for key in keys]


def _parsed(document: Document, norms: case.Norms) -> Parsed:
    """A document's case and all that is wrong with it by itself."""
    found, problems = case.parse(document, norms)
    return found, problems if found is None else (*problems, *rules.check_case(found, norms))


def _key(*parts: str) -> str:
    # File names may hold bytes that are no text: they come as lone surrogates.
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _render_all(
    workers: _Workers, progress: Progress, artifacts: Sequence[Artifact]
) -> Iterator[tuple[Artifact, bytes | Path]]:
    for done, (artifact, content) in enumerate(
        zip(artifacts, workers.map(_rendered, artifacts), strict=True), 1
    ):
        progress("render", done, len(artifacts))
        yield artifact, content


def _rendered(artifact: Artifact) -> bytes | Path:
    return artifact.render()


def _memory(project: Project) -> _Memory:
    return _Memory(project.cache_dir)


class _Memory:
    """The cache for the length of a command."""

    def __init__(self, folder: Path) -> None:
        self._cache = Cache(folder, f"{__version__} {code_digest()}")

    def __enter__(self) -> Cache:
        return self._cache

    def __exit__(self, *_: object) -> None:
        self._cache.close()


def code_digest() -> str:
    """Changes whenever casegen's own code or data does, so that memory never outlives its maker."""
    total = hashlib.blake2b(digest_size=8)
    home = Path(__file__).parent
    for path in sorted(p for p in home.rglob("*") if p.suffix in {".py", ".json", ".yml"}):
        stat = path.stat()
        total.update(f"{path.relative_to(home)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return total.hexdigest()


class _Workers:
    """Maps a function over items in order; in other processes when that is worth it."""

    def __init__(self, jobs: int) -> None:
        self._jobs = min(jobs or os.cpu_count() or 1, MOST_JOBS)
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Results in the order of the items."""
        if self._jobs < 2 or len(items) < POOL_FROM:
            return map(function, items)
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._jobs, mp_context=context)
        return self._pool.map(function, items, chunksize=CHUNK)


def _output_folder(project: Project, chosen: Path | None) -> Path:
    """Where the site goes; never over the sources.

    Raises CasegenError("output-path") for the project's own folder, one around it or a source one.
    """
    folder = (chosen or project.site_dir).absolute()
    sources = [project.cases_dir, project.pages_dir, project.themes_dir, project.root / ".casegen"]
    real = folder.resolve()
    inside = any(real.is_relative_to(place.resolve()) for place in sources[:3])
    if inside or project.root.resolve().is_relative_to(real) or real == sources[3].resolve():
        raise CasegenError(
            "output-path",
            f"不能把网站写到 {folder}，那里是项目的来稿或项目本身",
            hint="换一个专门放网站的文件夹，默认是 site",
        )
    return folder
