"""case: a case with every field filled, its address, and the claims of cases on addresses.

Secret: what each field of a case holds, and how its address is made.
Not here: which fields there are (case_fields), making a case of a document (parsing), editorial
norms (rules).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from casegen.body.prose import Prose
from casegen.body.template import Template
from casegen.chinese import pinyin
from casegen.chinese.region import Region
from casegen.collection import evidence
from casegen.collection.doubt import Doubt
from casegen.collection.metric import Metric
from casegen.problem import Location, Problem, Problems, Severity
from casegen.source.document import STATUSES
from casegen.source.schema import Path

_SUMMARY = 120  # characters of the opening that replace a missing summary


@dataclass(frozen=True, slots=True)
class Source:
    """Where a case was first published; both fields are "" where it does not say."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case with every field filled; docs/reference/case.md says what each one means.

    `path` is the file (project-relative); `cover` is project-relative or "";
    `doubts` are all findings against the metrics, waived ones too (a metric's own `doubts` are
    those that hold); `evidence` says for each metric which sentence states it;
    `references` pairs each address in the body that means a file of the project, as written,
    with the file's path; `waive` pairs rules with reasons. `marks` gives the line and column of
    fields (English keys; metrics by their position here), `body_line` (from 1) and `body_start`
    (offset) those of the body; texts with the same `gist` are nearly the same. `digest`
    is that of the file, `head` that of its front matter; `guesses` are the places of values that a
    fault of reading spoils; `unfilled` are the first marks of what is still to be written, each
    with the label of the part that has it.
    """

    slug: str
    path: str
    title: str
    institution: str
    regions: tuple[Region, ...]
    date: dt.date
    updated: dt.date
    period: tuple[int, int]
    categories: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    metrics: tuple[Metric, ...]
    doubts: tuple[Doubt, ...]
    evidence: tuple[evidence.Match | None, ...]
    credits: tuple[tuple[str, tuple[str, ...]], ...]
    source: Source
    cover: str
    featured: bool
    order: Decimal | None
    status: str
    waive: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    body: str
    body_line: int
    body_start: int
    prose: Prose
    html: Template
    references: tuple[tuple[str, str], ...]
    marks: Mapping[Path, tuple[int, int]] = field(hash=False)
    digest: str
    gist: tuple[int, ...] = ()
    head: str = ""
    guesses: frozenset[tuple[int, int]] = frozenset()
    unfilled: tuple[tuple[str, str], ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Every year of the period."""
        return tuple(range(self.period[0], self.period[1] + 1))


def show_period(period: tuple[int, int], dash: str = "—") -> str:
    """Return a period as readers see it: 2021, or 2019—2021."""
    first, last = period
    return str(first) if first == last else f"{first}{dash}{last}"


def make_default_slug(path: str) -> str:
    """Return the slug of a file that names none: the file's or its folder's name, in pinyin."""
    parts = path.split("/")
    name = re.sub(r"\.[^.]*$", "", parts[-1])
    if name.lower() == "index" and len(parts) > 2:
        name = parts[-2]
    return pinyin.make_stems([name])[name]


def make_case_href(slug: str, ending: str = "html") -> str:
    """Return the address of a case's page, from the root of the site.

    With another ending it is that of a file beside the page: md, bib, ris, pdf.
    """
    return f"cases/{slug}.{ending}"


def cut_opening(text: str) -> str:
    """Return the first sentences of a text, about 120 characters, cut at a punctuation mark."""
    if len(text) <= _SUMMARY:
        return text
    head = text[:_SUMMARY]
    for marks, least in (("。！？", 30), ("；，、：", 60)):
        cut = max(head.rfind(mark) for mark in marks) + 1
        if cut > least:
            return head[:cut] if marks == "。！？" else head[: cut - 1] + "……"
    return head + "……"


def forgive_left_out(problems: Problems, statuses: Mapping[str, str], *, drafts: bool) -> Problems:
    """Return the problems with errors lowered to warnings in files that a build leaves out.

    `statuses` maps paths to `Document.status`; with `drafts` only withdrawn cases are left out.
    """
    goes_out = set(STATUSES) - {"withdrawn"} if drafts else {"published"}
    return tuple(
        p.at(Severity.WARNING)
        if p.severity is Severity.ERROR and statuses.get(p.where.path, "published") not in goes_out
        else p
        for p in problems
    )


def check_addresses(cases: Iterable[Case]) -> Problems:
    """Return an error for every two cases with one address, or an alias that is taken."""
    taken: dict[str, tuple[str, str]] = {}
    found = []
    # The error is given to the case whose status is further from publication: an error in a
    # draft stops no build.
    rank = {"withdrawn": 0, "published": 1}
    ordered = sorted(cases, key=lambda case: (rank.get(case.status, 2), case.path))
    claims = [(make_case_href(c.slug), "slug", c) for c in ordered]
    claims += [(alias, "aliases", c) for c in ordered for alias in c.aliases]
    for address, key, case in claims:
        other = taken.setdefault(address.lower(), (case.path, key))
        if other == (case.path, key):
            continue
        line, column = case.marks.get((key,), (1, 1))
        found.append(
            Problem(
                "duplicate-address",
                Severity.ERROR,
                f"网址 {address} 有两个案例在用：{other[0]} 和 {case.path}",
                Location(case.path, line, column, key),
                "改一个文件名，或在其中一个写上不同的 slug（网址名）",
            )
        )
    return tuple(found)
