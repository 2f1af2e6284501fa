"""body_edits: case files of which only the body changed since they were last parsed.

Secret: how it is known that no other page and no other case can tell the difference.
Not here: which files changed (recall), what follows from it (renewal, rechecking).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from casegen import recall
from casegen.cache import Cache
from casegen.collection.case import Case
from casegen.collection.case_fields import REQUIRED
from casegen.collection.outline import have_same_outline
from casegen.collection.parsing import Parsed
from casegen.problem import Problem, Problems
from casegen.project import Project
from casegen.rules.whole import is_stub
from casegen.source import files
from casegen.source.document import Document

MOST = 50  # edited cases: more are sooner read with all the rest
# Kinds under which the cache has, by the same keys: parsed cases with the problems that a build
# asks for, and what the rules left to `check` find in each.
CASES, REMARKS = "case", "remarks"


@dataclass(frozen=True, slots=True)
class Judged:
    """A document as the cache has it: its parsed case, and what the rules left to `check` find.

    `remarks` is None where these rules were not asked.
    """

    parsed: Parsed
    remarks: Problems | None

    @property
    def problems(self) -> Problems:
        """All problems that are known, not settled."""
        return (*self.parsed[1], *(self.remarks or ()))


@dataclass(frozen=True, slots=True)
class Parsing:
    """How a command parses a document, and by which key the cache has the result."""

    judge: Callable[[Document], Judged]
    key_of: Callable[[Document], str]


@dataclass(frozen=True, slots=True)
class Edited:
    """A case file whose body changed, with its case as it was `before` and as it is now.

    `problems` are those of reading and parsing, not settled. `old_key` and `key` are those of the
    cache, `judged` is what it keeps under `key`.
    """

    document: Document
    old_key: str
    key: str
    before: Case
    case: Case
    problems: Problems
    judged: Judged


def read_edits(
    project: Project,
    cache: Cache,
    changed: Sequence[str],
    keys: Mapping[str, str],
    parsing: Parsing,
) -> tuple[Edited, ...] | None:
    """Read the files that changed; None where more than the bodies of a few cases may have.

    `keys` gives for the path of each case the key of the case as it was.
    """
    if len(changed) > MOST:
        return None
    edits = []
    for path in changed:
        edit = _read_edit(project, cache, path, keys.get(path, ""), parsing)
        if edit is None:
            return None
        edits.append(edit)
    return tuple(edits)


def _read_edit(
    project: Project, cache: Cache, path: str, old_key: str, parsing: Parsing
) -> Edited | None:
    known = cache.read_some(CASES, [old_key]).get(old_key)
    old = known[0] if is_parsed(known) else None
    read = read_saved(project, path, parsing) if old is not None else None
    if old is None or read is None:
        return None
    document, judged, problems = read
    new = judged.parsed[0]
    if new is None or not _differ_in_body(old, new):
        return None
    return Edited(document, old_key, parsing.key_of(document), old, new, problems, judged)


def store_edits(
    edited: Sequence[Edited], needed: frozenset[str]
) -> tuple[dict[str, Mapping[str, object]], dict[str, Iterable[str]]]:
    """Return the rows of the cache that edits add, and those that they end, by kind.

    `needed` are keys that must stay.
    """
    new: dict[str, Mapping[str, object]] = {
        CASES: {each.key: each.judged.parsed for each in edited},
        REMARKS: {
            each.key: each.judged.remarks for each in edited if each.judged.remarks is not None
        },
    }
    ended = {each.old_key for each in edited} - needed
    return new, {CASES: ended, REMARKS: ended}


def read_saved(
    project: Project, path: str, parsing: Parsing
) -> tuple[Document, Judged, Problems] | None:
    """Read and parse one case file; the problems are those of both, not settled.

    None where the file cannot be read as a case.
    """
    data, unread = files.read_file(project.root, path)
    document, faults = files.make_document(path, data, required=REQUIRED)
    if document is None or unread:
        return None
    judged = parsing.judge(document)
    return document, judged, (*faults, *judged.problems)


def are_remarks(value: object) -> TypeGuard[Problems]:
    """Return whether a value of the cache is what rules found; any other value is found anew."""
    return isinstance(value, tuple) and all(isinstance(each, Problem) for each in value)


def is_parsed(value: object) -> TypeGuard[Parsed]:
    """Return whether a value of the cache is a parsed case; for others the file is parsed."""
    return (
        isinstance(value, tuple)
        and len(value) == 2
        and isinstance(value[0], Case | None)
        and are_remarks(value[1])
    )


def is_case_of(value: object, document: Document) -> bool:
    """Return whether a value of the cache is the parsed case of this document."""
    if not is_parsed(value):
        return False
    found = value[0]
    return found is None or (found.path, found.digest) == (document.path, document.digest)


def list_needed(cache: Cache, keys: Iterable[str], besides: str = "") -> frozenset[str]:
    """Return the cache keys of cases that must stay: `keys`, and those that are remembered.

    Builds, previews and checks each compare with the cases as they last saw them; the memory of
    the kind `besides` is about to be replaced. Where many cases changed, nothing is compared.
    """
    own = frozenset(keys)
    others = {*recall.KEPT, recall.CHECKED} - {besides}
    rows = [cache.read_some(kind, [recall.KEYS]).get(recall.KEYS) for kind in others]
    known = own.union(*(row.values() for row in rows if recall.is_text_map(row)))
    return known if len(known - own) <= MOST else own


def _differ_in_body(old: Case, new: Case) -> bool:
    """Return whether the cases differ only in what their own page shows, by their bodies alone."""
    return old.head == new.head and have_same_outline(old, new) and is_stub(old) == is_stub(new)
