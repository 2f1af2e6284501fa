"""printing: writes the books that are asked for; a book that would be the same is left alone.

Secret: where books are written, and what is cached about them.
Not here: reading a project (build), which books there are and how they are made (editions.book).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casegen import disk_errors, storage
from casegen.editions.book.press import Wish, list_books
from casegen.gathering import (
    Progress,
    Reading,
    open_run,
    read_project,
    settle_and_sort,
    show_nothing,
)
from casegen.output import Artifact
from casegen.problem import CasegenError, Problems
from casegen.project import Project, refuse_over_sources
from casegen.root import NAME


@dataclass(frozen=True, slots=True)
class Printed:
    """The result of printing: `files` pairs each book with whether it had to be made.

    `errors` stopped it; `settings` are the problems of casegen.yml that did not, as `check` shows
    them; `notices` are what else the editor should know (Chinese).
    """

    errors: Problems
    files: tuple[tuple[Path, bool], ...] = ()
    notices: tuple[str, ...] = ()
    settings: Problems = ()


def print_books(  # noqa: PLR0913 one argument an option of the command
    project: Project,
    problems: Problems,
    wish: Wish,
    output: Path | None,
    progress: Progress = show_nothing,
    *,
    drafts: bool = False,
) -> Printed:
    """Write the books of a wish; a book that exists and would be the same is left alone.

    `problems` are those of casegen.yml. `output` is a file, or the folder of several; None means
    `book/`. Cases asked for by name may
    be unpublished. Raises CasegenError where it cannot run at all.
    """
    with open_run(project, 0, progress) as run:
        # The book of one case ends with its problems.
        one = bool(wish.slugs)
        reading = read_project(run, problems, drafts=drafts or one, thorough=one)
        errors = _errors_of(reading, wish)
        if errors:
            return Printed(errors)
        artifacts, notices = list_books(
            reading.materials, wish, reading.problems, partial(progress, "book")
        )
        known = run.cache.read("book")
        files = []
        for artifact in artifacts:
            progress("book", 0, 1)
            place = _place_of_book(project, output, artifact, several=len(artifacts) > 1)
            key = str(place)
            if known.get(key) == (artifact.fingerprint, _digest(place)):
                files.append((place, False))
                continue
            _write_book(place, artifact.render())
            known[key] = (artifact.fingerprint, _digest(place))
            files.append((place, True))
            progress("book", 1, 1)
        run.cache.write("book", known, ())
        return Printed((), tuple(files), notices, settle_and_sort(project, problems, ()))


def _digest(place: Path) -> str:
    try:
        return storage.hash_file(place, "sha256")
    except OSError:
        return ""


def _write_book(place: Path, content: bytes | Path) -> None:
    try:
        storage.make_folders(place.parent, place.parent.parent)
    except OSError as error:
        raise CasegenError(
            "disk", f"建不了文件夹 {place.parent}：{disk_errors.find_reason(error)}", "换一个文件夹"
        ) from error
    storage.write_chosen(place, content)


def _errors_of(reading: Reading, wish: Wish) -> Problems:
    """Return the errors that stop a book.

    Where single cases are asked for, only their own errors and those of casegen.yml do.
    """
    if not wish.slugs:
        return reading.errors
    paths = {c.path for c in reading.materials.everyone if {c.slug, c.path} & set(wish.slugs)}
    return tuple(e for e in reading.errors if e.where.path in paths | {NAME})


def _place_of_book(
    project: Project, output: Path | None, artifact: Artifact, *, several: bool
) -> Path:
    place = (output or project.book_dir) / artifact.path
    if output is not None and not several and not storage.leads_to_folder(output):
        place = output
    refuse_over_sources(project.root, place)
    return place.absolute()
