"""renewal: a build after which only the bodies of some cases changed; no other case is read.

Secret: when this is allowed. The site is unchanged since the last build; only case files changed,
and in each of them only what no other page shows (collection.outline); none has a new error.
In any doubt the result is None, and the caller builds the whole site.
Not here: which files of the site such a change affects (editions.site.renewed_files), finding
changed files (recall).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial

from casegen import output, recall, rules, storage
from casegen.body_edits import Edited, Parsing, list_needed, read_edits, store_edits
from casegen.cache import Cache
from casegen.collection.norms import Norms
from casegen.editions.site import renewed_files as site
from casegen.editions.site.leaves import LEAF, Leaf
from casegen.left_out import LeftOut
from casegen.output import Render, Report
from casegen.problem import Severity
from casegen.project import Project


@dataclass(frozen=True, slots=True)
class Work:
    """How the calling build parses, names cases in the cache, and renders.

    `kind` is the kind of the cached rows of the output folder. A case at one of the paths `whole`
    is never renewed. `since` is the digest of the sources at the build that is renewed, where the
    caller must be sure that the cache holds that very build; "" accepts any.
    """

    parsing: Parsing
    render: Render
    kind: str
    whole: AbstractSet[str] = frozenset()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """The result of a renewal, and the summary of the last whole build."""

    report: Report
    told: recall.Summary
    left_out: LeftOut
    totals: Mapping[str, str]
    edited: tuple[Edited, ...]


def renew(
    project: Project, cache: Cache, which: recall.SiteKey, sources: recall.Snapshot, work: Work
) -> Renewal | None:
    """Bring the site up to date; None, and nothing changed, where the whole site must be built.

    `sources` is the snapshot of the project taken before anything was read. Raises CasegenError as
    output.replace_artifacts does.
    """
    folder = which.output
    nearly = recall.recall_edits(cache, which, sources)
    known = _read_kept(cache, which)
    if nearly is None or known is None or not _may_be_renewed(project.norms, nearly, work):
        return None
    keys, left_out, totals = known
    edited = read_edits(project, cache, nearly.changed, keys, work.parsing)
    if edited is None or any(_has_error(each, project.norms) for each in edited):
        return None
    edits = _list_page_edits(edited, cache, which)
    if edits is None:
        return None
    before = site.Before(
        lambda path: storage.read_file(folder / path),
        partial(cache.read_some, which.kept),
    )
    made = site.renew_site(project, edits, before)
    if made is None:
        return None
    report = output.replace_artifacts(made.artifacts, made.gone, folder, work.render)
    if report is None:
        return None
    told = replace(nearly.told, files=report.kept + len(report.written))
    states = dict(nearly.site.states)
    states.pop(output.MANIFEST, None)
    states |= dict.fromkeys(report.written, ())
    states |= {path: row.state for path, row in report.remembered.items()}
    for path in report.removed:
        states.pop(path, None)
    touched = (*report.written, *report.removed, output.MANIFEST)
    now = recall.update_snapshot(nearly.site, folder, touched)
    keys = dict(keys) | {each.document.path: each.key for each in edited}
    needed = list_needed(cache, keys.values(), besides=which.kept)
    rows, ended = store_edits(edited, needed)
    recall.store_renewal(
        cache,
        recall.BuildState(project.root, which, sources, states, (), now),
        told,
        {
            **rows,
            work.kind: report.remembered,
            which.kept: {**made.kept, recall.KEYS: keys},
        },
        {**ended, work.kind: report.removed},
    )
    return Renewal(report, told, left_out, totals, edited)


def _read_kept(
    cache: Cache, which: recall.SiteKey
) -> tuple[Mapping[str, str], LeftOut, Mapping[str, str]] | None:
    """Return the cache keys of the cases, what was left out, and the totals, of the last build."""
    names = (recall.KEYS, recall.LEFT_OUT, recall.TOTALS)
    known = cache.read_some(which.kept, names)
    keys, left_out, totals = (known.get(name) for name in names)
    if recall.is_text_map(keys) and isinstance(left_out, LeftOut) and recall.is_text_map(totals):
        return keys, left_out, totals
    return None


def _may_be_renewed(norms: Norms, nearly: recall.Edits, work: Work) -> bool:
    """Return whether these changes can be renewed at all.

    They cannot where casegen.yml turns a rule on the whole collection into an error: then any edit
    may stop the build.
    """
    raised = {rule for rule, severity in norms.severities.items() if severity is Severity.ERROR}
    raised -= {rule.slug for rule in rules.CASE_RULES}
    return not raised and not work.whole & set(nearly.changed) and work.since in {"", nearly.since}


def _has_error(edited: Edited, norms: Norms) -> bool:
    found = rules.settle_problems(edited.problems, [edited.case], norms)
    return any(problem.severity is Severity.ERROR for problem in found)


def _list_page_edits(
    edited: Sequence[Edited], cache: Cache, which: recall.SiteKey
) -> list[site.Edit] | None:
    """Return the edits of cases that have a page; None where a page was not remembered."""
    edits = []
    for each in edited:
        status, name = each.case.status, LEAF + each.document.path
        if status != "published" and not (which.drafts and status != "withdrawn"):
            continue
        leaf = cache.read_some(which.kept, [name]).get(name)
        if not isinstance(leaf, Leaf):
            return None
        edits.append(site.Edit(leaf, each.before, each.case))
    return edits
