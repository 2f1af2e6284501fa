"""rechecking: a check after which only the bodies of some cases changed; no other case is read.

Secret: when that is allowed, and what a check keeps for it: every problem it found, and which of
them do not come from one file alone. In any doubt the result is None, and everything is checked.
Not here: finding problems (build, rules), finding changed files (recall).
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casegen import recall, rules
from casegen.body_edits import Edited, Parsing, list_needed, read_edits, store_edits
from casegen.cache import Cache
from casegen.collection.case import Case
from casegen.collection.gist import Gist
from casegen.collection.references import resolve_link
from casegen.problem import Problem, Problems, sort_problems
from casegen.project import Project
from casegen.rules.duplicates import NEAR_COPY, find_gist, find_near_copies

_LAST = "last"  # the key of the memory


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: all problems as they are shown, and lines on what is not on the site."""

    problems: Problems
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Memory:
    """A check, and what is needed to repeat it for edited files alone.

    `day` names the date and the Python of the check: some rules ask for the date. `apart` are the
    problems, not settled, that come from several files, by the file that they name; `linked` are
    the cases to whose headings another case links.
    """

    day: str
    checked: Checked
    apart: Mapping[str, Problems]
    linked: frozenset[str]
    gists: tuple[Gist, ...]


def recheck(
    project: Project, cache: Cache, sources: recall.Snapshot, parsing: Parsing
) -> Checked | None:
    """Return what a whole check would find; None where the last one does not tell it.

    `sources` is the snapshot of the project taken before anything was read.
    """
    kept = cache.read_some(recall.CHECKED, (recall.SOURCES, recall.KEYS, _LAST))
    memory, keys, rows = kept.get(_LAST), kept.get(recall.KEYS), kept.get(recall.SOURCES)
    if not isinstance(memory, _Memory) or memory.day != _day(project):
        return None
    if not recall.is_text_map(keys) or not recall.is_text_map(rows):
        return None
    changed = recall.find_changed(rows, sources)
    if changed is None or _may_move(changed, memory):
        return None
    edited = read_edits(project, cache, changed, keys, parsing)
    if edited is None:
        return None
    gists = _renew_gists(memory.gists, edited)
    apart = _renew_copies(memory, gists, changed)
    if apart is None:
        return None
    problems = _replace_problems(project, memory.checked.problems, apart, edited)
    memory = replace(
        memory, checked=replace(memory.checked, problems=problems), apart=apart, gists=gists
    )
    if edited:
        keys = keys | {each.document.path: each.key for each in edited}
        needed = list_needed(cache, keys.values(), besides=recall.CHECKED)
        rows, ended = store_edits(edited, needed)
        known = {recall.SOURCES: dict(sources.rows), recall.KEYS: keys, _LAST: memory}
        cache.patch({**rows, recall.CHECKED: known}, ended)
    return memory.checked


def remember_check(  # noqa: PLR0913, PLR0917 all that a check knows
    project: Project,
    cache: Cache,
    sources: recall.Snapshot,
    checked: Checked,
    apart: Iterable[Problem],
    cases: Sequence[Case],
    keys: Mapping[str, str],
) -> None:
    """Keep what `recheck` needs; `apart` are the problems that come from several files, unsettled.

    `cases` are all that could be read, drafts included; `keys` are the cache keys of all case
    files, by path.
    """
    memory = _Memory(
        _day(project),
        checked,
        _by_path(apart),
        frozenset(_list_linked(cases)),
        tuple(map(find_gist, cases)),
    )
    rows = {recall.SOURCES: dict(sources.rows), recall.KEYS: dict(keys), _LAST: memory}
    cache.patch({recall.CHECKED: rows}, {})


def list_movable(apart: Iterable[Problem], cases: Iterable[Case]) -> frozenset[str]:
    """Return the files whose bodies hold problems, or headings, that others depend on.

    An edit of such a body may move or end a problem that `apart` has, or that another file has.
    """
    bodies = {p.where.path for p in apart if p.where.field == "body" and p.rule != NEAR_COPY}
    return frozenset(bodies) | frozenset(_list_linked(cases))


def _may_move(changed: Iterable[str], memory: _Memory) -> bool:
    apart = (p for path in changed for p in memory.apart.get(path, ()))
    return bool(memory.linked & set(changed) or list_movable(apart, ()))


def _list_linked(cases: Iterable[Case]) -> Iterator[str]:
    """Return the paths of cases to whose headings another one links."""
    for case in cases:
        for link in case.prose.references:
            if "#" in link.href and (lead := resolve_link(link.href, case.path)).path != case.path:
                yield lead.path


def _replace_problems(
    project: Project,
    problems: Problems,
    apart: Mapping[str, Problems],
    edited: Sequence[Edited],
) -> Problems:
    """Return the problems, those of each edited file found anew; both are in order of paths."""
    left = list(problems)
    for each in edited:
        path = each.document.path
        start = bisect_left(left, path, key=lambda p: p.where.path)
        end = start
        while end < len(left) and left[end].where.path == path:
            end += 1
        own = (*each.problems, *apart.get(path, ()))
        left[start:end] = sort_problems(rules.settle_problems(own, [each.case], project.norms))
    return tuple(left)


def _renew_gists(gists: tuple[Gist, ...], edited: Iterable[Edited]) -> tuple[Gist, ...]:
    now = {each.case.path: find_gist(each.case) for each in edited}
    return tuple(now.get(gist.path, gist) for gist in gists)


def _renew_copies(
    memory: _Memory, gists: tuple[Gist, ...], changed: Sequence[str]
) -> Mapping[str, Problems] | None:
    """Return `apart` with near copies found anew; None where those of another file differ."""
    if gists == memory.gists:
        return memory.apart
    found = _by_path(find_near_copies(gists))
    apart = dict(memory.apart)
    for path in memory.apart.keys() | found.keys():
        own, copies = memory.apart.get(path, ()), found.get(path, ())
        if copies == tuple(p for p in own if p.rule == NEAR_COPY):
            continue
        if path not in changed:
            return None
        apart[path] = (*(p for p in own if p.rule != NEAR_COPY), *copies)
    return apart


def _by_path(problems: Iterable[Problem]) -> dict[str, Problems]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.where.path].append(problem)
    return {path: tuple(own) for path, own in found.items()}


def _day(project: Project) -> str:
    return f"{project.norms.today} {sys.version}"
