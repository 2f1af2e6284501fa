"""renewal: a build after which only the bodies of some cases changed; no other case is read.

Secret: when that is so. The site stands as the last build left it, and of the sources only case
files changed, of each only what no other page shows (collection.outline); none has a new error.
Everything that is doubtful gives None: the whole is then built.
Not here: which files of the site that changes (editions.site.renewal), looking at files (recall).
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
from casegen.editions.site import renewal as site
from casegen.editions.site.leaves import LEAF, Leaf
from casegen.output import Artifact, Rendered, Report
from casegen.problem import Problems, Severity
from casegen.project import Project
from casegen.rules.whole import is_stub
from casegen.source import files
from casegen.source.document import Document

MOST = 50  # edited cases: more are sooner built with all the rest
Parsed = tuple[Case | None, Problems]


@dataclass(frozen=True, slots=True)
class Work:
    """How the build that asks parses, names cases in the cache, and renders.

    `kind` is that under which the cache has the files of the folder; an edit of a file at one of
    the paths `whole` is not renewed. `since` is the digest of the look at the sources of the build
    that is to be renewed, where the caller holds more of it than the cache does.
    """

    parse: Callable[[Document], Parsed]
    key_of: Callable[[Document], str]
    render: Callable[[Sequence[Artifact]], Rendered]
    kind: str
    whole: AbstractSet[str] = frozenset()
    since: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """A case file that changed; `problems` are all of reading and parsing, not settled.

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
    """What a renewal did, and what the last whole build said."""

    report: Report
    told: recall.Told
    left_out: Any
    totals: Mapping[str, str]
    edited: tuple[Edited, ...]


def renew(
    project: Project, cache: Cache, which: recall.Which, sources: recall.Look, work: Work
) -> Renewal | None:
    """The site brought up to date; None, and nothing touched, where the whole must be built.

    `sources` is the look at the project from before anything was read. Raises CasegenError as
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
    """Not where casegen.yml makes errors of rules on many cases: any edit may then stop a build."""
    raised = {rule for rule, severity in norms.severities.items() if severity is Severity.ERROR}
    raised -= {rule.slug for rule in rules.CASE_RULES}
    return (
        not raised
        and len(nearly.changed) <= MOST
        and not work.whole & set(nearly.changed)
        and work.since in {"", nearly.since}
    )


def _differ_in_body(old: Case, new: Case) -> bool:
    """Whether the two differ at most in what their own page alone shows, and no field moved."""
    return have_same_outline(old, new) and old.marks == new.marks and is_stub(old) == is_stub(new)


def _read_edited(  # noqa: PLR0913, PLR0917 what the last build knew, and how this one works
    project: Project, cache: Cache, which: recall.Which, path: str, old_key: str, work: Work
) -> Edited | None:
    """A case file that changed; None where more than its body may have."""
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
