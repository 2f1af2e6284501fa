"""gathering: the files of a project read, parsed, assembled and checked.

Secret: in which order, in which process, and what is cached from one command to the next.
Not here: what is done with them (build, printing, listing), anything that has a module of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial

from casegen import body_edits, recall, rules, uses
from casegen.body_edits import CASES, REMARKS
from casegen.cache import Cache, Packed, pack, unpack
from casegen.collection import case, case_fields, parsing
from casegen.collection.assembly import assemble
from casegen.collection.case import Case
from casegen.collection.collected import Collection
from casegen.collection.norms import Norms
from casegen.collection.outline import make_brief, restore_body
from casegen.collection.parsing import Parsed
from casegen.disk_values import DiskValues
from casegen.editions import check_editions
from casegen.editions.materials import Materials
from casegen.left_out import NOTHING, LeftOut, Unfilled, gather_left_out
from casegen.media import attachment, pictures
from casegen.pinyin_cache import share_readings
from casegen.problem import Problem, Problems, Severity, sort_problems
from casegen.project import Project
from casegen.rules import Part
from casegen.source.document import Document
from casegen.source.files import (
    Attachment,
    check_themes,
    find_alike,
    read_pages,
    stream_documents,
)
from casegen.timings import Clock
from casegen.workers import Workers

Progress = Callable[[str, int, int], None]  # stage, done, of how many
TOGETHER = 200  # parsed cases that the cache stores in one go


def show_nothing(stage: str, done: int, of: int) -> None:
    """Ignore the progress; the default where nobody watches."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A project that was read and checked: what editions are made of, and the problems.

    `problems` are all that were looked for; of rules that a build leaves to `check`, there are none
    unless the reading was thorough. `errors` are those that stop a build.
    """

    materials: Materials
    problems: Problems
    errors: Problems
    documents: tuple[Document, ...] = ()  # every case file that is text
    used: frozenset[str] = frozenset()  # project paths of files that cases and pages use
    left_out: LeftOut = NOTHING
    broken: tuple[Case, ...] = ()  # what could be read of files that can have no page
    own: Problems = ()  # of reading and parsing each file, before waivers
    apart: Problems = ()  # all others, before waivers


@dataclass(frozen=True, slots=True)
class Run:
    """What the stages of one command share; `on_disk` are values for which memory has no room."""

    project: Project
    workers: Workers
    cache: Cache
    clock: Clock
    progress: Progress
    on_disk: DiskValues


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a project, read and parsed; `problems` are those of reading and parsing."""

    documents: tuple[Document, ...]
    pages: tuple[Document, ...]
    parsed: tuple[Parsed, ...]  # in the order of the documents
    broken: tuple[Case, ...]  # what could be read of documents that can have no page
    problems: Problems

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case that can have a page, drafts included."""
        return tuple(found for found, _ in self.parsed if found is not None)


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
        closing(DiskValues(project.cache_dir)) as on_disk,
    ):
        yield Run(project, workers, cache, Clock(), progress, on_disk)


def make_key(*parts: str) -> str:
    """Return 32 hex digits that differ whenever one of the parts differs."""
    # File names may hold bytes that are no text; Python gives them as lone surrogates.
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def examine_project(project: Project, problems: Problems = (), *, jobs: int = 0) -> Reading:
    """Read and check the project, drafts included; all its problems are in the result."""
    with open_run(project, jobs) as run:
        return read_project(run, problems, drafts=True, thorough=True)


def gather_materials(project: Project, problems: Problems = ()) -> Reading:
    """Read the project and look for errors; return what goes out, for other renderings."""
    with open_run(project) as run:
        return read_project(run, problems, drafts=False)


def read_project(
    run: Run, problems: Problems, *, drafts: bool, brief: bool = False, thorough: bool = False
) -> Reading:
    """Read, parse, assemble and check; content never makes it raise.

    `problems` are those of casegen.yml; with `drafts` the collection holds unpublished cases too.
    With `thorough` all rules are asked, else those of a build (rules.choose_rules).
    With `brief` documents and cases are without bodies (outline.make_brief), which memory need not
    hold then; `materials.bodies` reads them again from disk, as long as the run is open.
    """
    gathered = _gather(run, brief=brief, thorough=thorough)
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
        if brief:
            bodies_now = _WholeCases(run.on_disk, materials.collection)
            materials = replace(materials, whole_cases=bodies_now)
        apart = (*problems, *_examine(materials, gathered, used, thorough=thorough))
        found = settle_and_sort(run.project, (*gathered.problems, *apart), gathered.cases)
        found = found if thorough else rules.keep_for_build(found)
        statuses = {document.path: document.status for document in gathered.documents}
        stopping = case.forgive_left_out(found, statuses, drafts=drafts)
        errors = tuple(p for p in stopping if p.severity is Severity.ERROR)
        absent = gather_left_out(
            run.project.root,
            gathered.documents,
            materials.files,
            run.project.config.organization,
            materials.collection.doubtful,
        )
        unfilled = _list_unfilled(materials.collection.cases, run.project.norms)
        absent = replace(absent, placeholders=(*absent.placeholders, *unfilled))
    paths = frozenset(use.path for use in used)
    return Reading(
        materials, found, errors, gathered.documents, paths, absent, gathered.broken,
        gathered.problems, apart,
    )  # fmt: skip


def _list_unfilled(cases: Iterable[Case], norms: Norms) -> Iterator[Unfilled]:
    """Yield what is still to be written in published cases, where an editor did not accept it."""
    for each in (one for one in cases if one.status == "published"):
        for part, mark in rules.list_unfilled(each, norms):
            yield Unfilled(each.path, part, mark)


def settle_and_sort(
    project: Project, problems: Iterable[Problem], cases: Iterable[Case]
) -> Problems:
    """Return the problems of all stages as they are shown: sorted, without the waived ones."""
    return sort_problems(rules.settle_problems(problems, cases, project.norms))


def _gather(run: Run, *, brief: bool, thorough: bool) -> Gathered:
    with run.clock.stage("parse", besides="read"):
        files = _CaseFiles(run, brief=brief, thorough=thorough)
        files.parse_all()
    pages, page_problems = read_pages(run.project.root)
    documents = tuple(document for document, _ in files.found)
    parsed = tuple(each for _, each in files.found)
    own = (problem for _, problems in parsed for problem in problems)
    norms = run.project.norms
    # A build is stopped by what is wrong in these files themselves: only `check` compares them.
    wanted = [document for document, (whole, _) in files.found if thorough and not whole]
    broken = tuple(parsing.read_case(document, norms)[0] for document in wanted)
    return Gathered(documents, pages, parsed, broken, (*files.problems, *page_problems, *own))


def _examine(
    materials: Materials, gathered: Gathered, used: Sequence[attachment.Use], *, thorough: bool
) -> Iterator[Problem]:
    """Yield the problems that can only be found once all files are read."""
    norms = materials.project.norms
    yield from check_themes(materials.project.root)
    for page in gathered.pages:
        yield from parsing.check_page(page)
    known = {document.path for document in (*gathered.documents, *gathered.pages)}
    yield from check_uses(materials, used, known)
    yield from case.check_addresses((*gathered.cases, *gathered.broken))
    yield from check_editions(materials)
    every = assemble(gathered.cases, (), norms.vocabulary)
    part = None if thorough else Part.BUILD
    yield from rules.check_collection(every, norms, part, gathered.broken)


def check_uses(
    materials: Materials, used: Sequence[attachment.Use], known: AbstractSet[str]
) -> Problems:
    """Return the problems of uses of files; `known` are the paths of all cases and pages."""
    root = materials.project.root
    flaws = {
        path: materials.pictures[path].remarks if path in materials.pictures else ()
        for path in materials.files
    }
    flaws |= uses.find_unfit(root, used, materials.files)
    missing = {use.path for use in used} - flaws.keys() - known
    alike = {path: find_alike(root, path) for path in missing}
    return attachment.check_uses(used, flaws, known, alike)


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
        path: pictures.make_picture_key(file)
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


class _CaseFiles:
    """The case files of a project: read, and parsed and checked where the cache lacks the result.

    With `brief` one document after the other is read, parsed and shortened, and whole cases are put
    on disk. After `parse_all`, `found` has each document with its case and problems, and `problems`
    are those of reading.
    """

    def __init__(self, run: Run, *, brief: bool, thorough: bool) -> None:
        self._run = run
        self._brief = brief
        self._thorough = thorough
        self._keys: list[str] = []
        self._missing: list[int] = []
        self._fresh: dict[str, dict[str, object]] = {CASES: {}, REMARKS: {}}
        self.found: list[tuple[Document, Parsed]] = []
        self.problems: list[Problem] = []

    def parse_all(self) -> None:
        run = self._run
        count, read = stream_documents(run.project.root, case_fields.REQUIRED)
        work = partial(
            _work_off, norms=run.project.norms, brief=self._brief, thorough=self._thorough
        )
        for done, result in enumerate(run.workers.map(work, self._list_tasks(read))):
            self._take(self._missing[done], result)
            run.progress("parse", len(self.found), count)
        needed = body_edits.list_needed(run.cache, self._keys).union(self._keys)
        gone = {kind: run.cache.keys(kind) - needed for kind in (CASES, REMARKS)}
        run.cache.patch(self._fresh, gone)

    def _list_tasks(self, read: Iterable[tuple[Document | None, Problems]]) -> Iterator[_Task]:
        for document, faults in self._run.clock.each("read", read):
            self.problems.extend(faults)
            if document is None:
                continue
            key = find_key(self._run, document)
            self._keys.append(key)
            self.found.append((document, (None, ())))
            known, task = self._read_known(key, document)
            if known:
                self._settle(len(self.found) - 1, known)
            if task:
                self._missing.append(len(self.found) - 1)
                yield task

    def _read_known(self, key: str, document: Document) -> tuple[_Known | None, _Task | None]:
        """Return what the cache knows of a document, if sound, and what is still to be done."""
        cache = self._run.cache
        packed = cache.read_packed(CASES, key)
        if packed is None:
            return None, document
        try:
            parsed = unpack(packed)
        except Exception:  # noqa: BLE001 a damaged pickle may raise anything
            return None, document
        if not body_edits.is_case_of(parsed, document):
            return None, document
        known = _Known(_shorten(parsed), packed) if self._brief else _Known(parsed)
        if not self._thorough:
            return known, None
        remarks = cache.read_some(REMARKS, [key]).get(key)
        if body_edits.are_remarks(remarks):
            return replace(known, remarks=remarks), None
        # Where there is no case, the rules ask for what parsing found before it gave up.
        return (known, packed) if parsed[0] else (None, document)

    def _settle(self, number: int, known: _Known) -> None:
        document, (found, problems) = self.found[number][0], known.parsed
        if known.packed and found:
            self._run.on_disk.put(document.path, known.packed)
        document = document.brief if self._brief and found else document
        self.found[number] = (document, (found, (*problems, *(known.remarks or ()))))

    def _take(self, number: int, result: _Known | Problems) -> None:
        """Add the result of a worker; store the results in the cache from time to time."""
        key = self._keys[number]
        if isinstance(result, _Known):
            self._settle(number, result)
            self._fresh[CASES][key] = result.packed or result.parsed
            remarks = result.remarks
        else:
            document, (found, problems) = self.found[number]
            self.found[number] = (document, (found, (*problems, *result)))
            remarks = result
        if remarks is not None:
            self._fresh[REMARKS][key] = remarks
        if max(map(len, self._fresh.values())) >= TOGETHER:
            self._run.cache.patch(self._fresh, {})
            self._fresh = {CASES: {}, REMARKS: {}}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a document; `packed` is the whole parsed case where `parsed` is brief."""

    parsed: Parsed
    packed: Packed | None = None
    remarks: Problems | None = None


_Task = Document | Packed  # a document to parse; a case in which the rules left out are missing


def _work_off(task: _Task, norms: Norms, *, brief: bool, thorough: bool) -> _Known | Problems:
    """Parse a document, or check a case by the rules that a build left out."""
    if isinstance(task, Packed):
        return rules.check_case(unpack(task)[0], norms, Part.REST)
    judged = _judge(task, norms, thorough=thorough)
    if brief:
        return _Known(_shorten(judged.parsed), pack(judged.parsed), judged.remarks)
    return _Known(judged.parsed, None, judged.remarks)


def make_parsing(run: Run, *, thorough: bool) -> body_edits.Parsing:
    """Return how this command parses a case file, and under which key the cache has it."""
    judge = partial(_judge, norms=run.project.norms, thorough=thorough)
    return body_edits.Parsing(judge, partial(find_key, run))


def find_key(run: Run, document: Document) -> str:
    """Return the key under which the cache has the parsed case of a document."""
    return make_key(run.project.norms.digest, document.path, document.digest)


def _judge(document: Document, norms: Norms, *, thorough: bool) -> body_edits.Judged:
    """Parse a document and check the case by itself; the case is None where it can have no page."""
    found, problems, whole = parsing.read_case(document, norms)

    def ask(part: Part) -> Problems:
        if whole:
            return rules.check_case(found, norms, part)
        return rules.check_rest(found, norms, document, part)

    parsed = (found if whole else None), (*problems, *ask(Part.BUILD))
    return body_edits.Judged(parsed, ask(Part.REST) if thorough else None)


def _shorten(parsed: Parsed) -> Parsed:
    found, problems = parsed
    return (make_brief(found) if found else None), problems


class _WholeCases(Mapping[str, Case]):
    """The cases of a collection by slug, each with its body, which is read when asked for."""

    def __init__(self, on_disk: DiskValues, collection: Collection) -> None:
        self._on_disk = on_disk
        self._cases = collection.by_slug

    def __getitem__(self, slug: str) -> Case:
        case = self._cases[slug]
        return restore_body(case, self._on_disk.take(case.path)[0])

    def __iter__(self) -> Iterator[str]:
        return iter(self._cases)

    def __len__(self) -> int:
        return len(self._cases)
