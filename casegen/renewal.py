"""renewal: a build after which only the bodies of some cases changed; no other case is read.

Secret: when this is allowed. The site is unchanged since the last build; only case files changed,
and in each of them only what no other page shows (collection.outline); none has a new error.
In any doubt the result is None, and the caller builds the whole site.
Not here: which files of the site such a change affects (editions.site.renewal), finding changed
files (recall).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from casegen import output, recall, rules, storage
from casegen.cache import Cache
from casegen.collection.case import REQUIRED, Case, Norms
from casegen.collection.outline import have_same_outline
from casegen.collection.parsing import Parsed
from casegen.editions.site import renewal as site
from casegen.editions.site.leaves import LEAF, Leaf
from casegen.output import Artifact, Rendered, Report
from casegen.problem import Problems, Severity
from casegen.project import Project
from casegen.rules.whole import is_stub
from casegen.source import files
from casegen.source.document import Document

MOST = 50  # edited cases; beyond it a whole build is faster


@dataclass(frozen=True, slots=True)
class Work:
    """How the calling build parses, names cases in the cache, and renders.

    `kind` is the kind of the cached rows of the output folder. A case at one of the paths `whole`
    is never renewed. `since` is the digest of the sources at the build that is renewed, where the
    caller must be sure that the cache holds that very build; "" accepts any.
    """

    parse: Callable[[Document], Parsed]
    key_of: Callable[[Document], str]
    render: Callable[[Sequence[Artifact]], Rendered]
    kind: str
    whole: AbstractSet[str] = frozenset()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A case file that changed; `problems` are all of reading and parsing, before waivers.

    `edit` is None where the case has no page.
    """

    document: Document
    old_key: str
    key: str
    case: Case
    problems: Problems
    parsed: Parsed
    edit: site.Edit | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """The result of a renewal, and the summary of the last whole build."""

    report: Report
    told: recall.Told
    left_out: Any
    totals: Mapping[str, str]
    edited: tuple[Edited, ...]


def renew(
    project: Project, cache: Cache, which: recall.Which, sources: recall.Look, work: Work
) -> Renewal | None:
    """Bring the site up to date; None, and nothing changed, where the whole site must be built.

    `sources` is the snapshot of the project taken before anything was read. Raises CasegenError as
    output.replace_artifacts does.
    """
    folder = which.output
    nearly = recall.recall_nearly(cache, which, sources)
    known = cache.read_some(which.kept, (recall.KEYS, recall.LEFT_OUT, recall.TOTALS))
    if nearly is None or len(known) < 3 or not _may_be_renewed(project.norms, nearly, work):
        return None
    edited = []
    for path in nearly.changed:
        old_key = known[recall.KEYS].get(path, "")
        found = _read_edited(project, cache, which, path, old_key, work)
        if found is None:
            return None
        edited.append(found)
    before = site.Before(
        lambda path: storage.read_file(folder / path), partial(cache.read_some, which.kept)
    )
    made = site.renew_site(project, [e.edit for e in edited if e.edit], before)
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
    keys = known[recall.KEYS] | {each.document.path: each.key for each in edited}
    recall.remember_renewed(
        cache,
        recall.Seen(project.root, which, sources, states, ()),
        told,
        {
            "case": {each.key: each.parsed for each in edited},
            work.kind: report.remembered,
            which.kept: {**made.kept, recall.KEYS: keys},
        },
        {
            "case": {each.old_key for each in edited} - {each.key for each in edited},
            work.kind: report.removed,
        },
    )
    return Renewal(report, told, known[recall.LEFT_OUT], known[recall.TOTALS], tuple(edited))


def _may_be_renewed(norms: Norms, nearly: recall.Nearly, work: Work) -> bool:
    """Return whether these changes can be renewed at all.

    They cannot where casegen.yml turns a rule on the whole collection into an error: then any edit
    may stop the build.
    """
    raised = {rule for rule, severity in norms.severities.items() if severity is Severity.ERROR}
    raised -= {rule.slug for rule in rules.CASE_RULES}
    return (
        not raised
        and len(nearly.changed) <= MOST
        and not work.whole & set(nearly.changed)
        and work.since in {"", nearly.since}
    )


def _differ_in_body(old: Case, new: Case) -> bool:
    """Return whether the cases differ only in what their own page shows, and no field moved."""
    return have_same_outline(old, new) and old.marks == new.marks and is_stub(old) == is_stub(new)


def _read_edited(  # noqa: PLR0913, PLR0917 what the last build knew, and how this one works
    project: Project, cache: Cache, which: recall.Which, path: str, old_key: str, work: Work
) -> Edited | None:
    """Read a case file that changed; None where more than its body may have changed."""
    old, _ = cache.read_some("case", [old_key]).get(old_key) or (None, ())
    data, unread = files.read_file(project.root, path)
    document, faults = files.document(path, data, required=REQUIRED)
    if old is None or document is None or unread:
        return None
    parsed = work.parse(document)
    new = parsed[0]
    if new is None or not _differ_in_body(old, new):
        return None
    problems = (*faults, *parsed[1])
    found = rules.settled(problems, [new], project.norms)
    if any(problem.severity is Severity.ERROR for problem in found):
        return None
    edited = Edited(document, old_key, work.key_of(document), new, problems, parsed)
    if new.status != "published" and not (which.drafts and new.status != "withdrawn"):
        return edited  # it has no page of its own
    leaf = cache.read_some(which.kept, [LEAF + path]).get(LEAF + path)
    return replace(edited, edit=site.Edit(leaf, old, new)) if isinstance(leaf, Leaf) else None
