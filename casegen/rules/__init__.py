"""rules: editorial norms, one function each, named by slug; two tables.

CASE_RULES check one case (cached by its digest), COLLECTION_RULES all of them. The catalogue
also lists the rules of the stages that read files, so that every slug has its words.
Rules that cannot stop a build are left to `check` (decision 24).

Secret: which rules there are, which of them a build asks, and how norms and waivers change what
they find.
Not here: faults that keep a case from being read (collection.parsing, source).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from casegen.chinese.identity import mask_numbers
from casegen.collection.case import Case
from casegen.collection.choice import Count, Overlap
from casegen.collection.norms import Norms
from casegen.problem import Problem, Problems, Severity
from casegen.rules import waivers
from casegen.rules.completeness import CALENDAR, COMPLETENESS
from casegen.rules.copied import COPIED
from casegen.rules.duplicates import DOUBLES
from casegen.rules.elapsed import ELAPSED
from casegen.rules.fields import FIELDS
from casegen.rules.figures import FIGURES
from casegen.rules.growth import GROWTH
from casegen.rules.launch import LAUNCH
from casegen.rules.leftover import LEFTOVER
from casegen.rules.magnitudes import MAGNITUDES
from casegen.rules.misread import MISREAD
from casegen.rules.naming import NAMING
from casegen.rules.pasting import PASTING
from casegen.rules.privacy import PRIVACY
from casegen.rules.proofreading import PROOFREADING
from casegen.rules.ratios import RATIOS
from casegen.rules.reading import READING
from casegen.rules.rule import UNFILLED, Cases, Part, Rule
from casegen.rules.stated import STATED
from casegen.rules.sums import SUMS
from casegen.rules.traced import TRACED
from casegen.rules.typography import TYPOGRAPHY
from casegen.rules.waivers import WAIVERS
from casegen.rules.whole import WHOLE
from casegen.source.document import Document

__all__ = ["CASE_RULES", "COLLECTION_RULES", "Part", "Rule", "check_case", "check_collection",
           "check_rest", "choose_rules", "explain_rule", "keep_for_build", "load_catalogue",
           "may_stop_by_date", "settle_problems"]  # fmt: skip

CASE_RULES: tuple[Rule, ...] = (
    *COMPLETENESS, *FIGURES, *TRACED, *STATED, *SUMS, *GROWTH, *RATIOS, *TYPOGRAPHY,
    *PASTING, *MISREAD, *COPIED, *LEFTOVER, *PROOFREADING, *ELAPSED,
    *PRIVACY,
)  # fmt: skip
COLLECTION_RULES: tuple[Rule, ...] = (*WHOLE, *DOUBLES, *CALENDAR, *MAGNITUDES, *NAMING)


def may_stop_by_date(norms: Norms) -> bool:
    """Return whether the date alone may make an error that stops a build."""
    return any(norms.severities.get(rule.slug) is Severity.ERROR for rule in CALENDAR)


def load_catalogue() -> Mapping[str, Rule]:
    """Return every rule that any stage can report, by slug, in the order of the tables."""
    tables = (READING, FIELDS, CASE_RULES, COLLECTION_RULES, LAUNCH, WAIVERS)
    return {rule.slug: rule for table in tables for rule in table}


def choose_rules(rules: Sequence[Rule], norms: Norms, part: Part | None) -> Iterator[Rule]:
    """Yield the rules with a function that belong to a part, in their order; None: all of them.

    A build asks the rules that may make an error under these norms, and those that remind. Where
    a waiver without use is an error, it asks all: each of them may be what a waiver is for.
    """
    catalogue = load_catalogue()

    def is_asked(slug: str) -> bool:
        rule = catalogue[slug]
        return rule.reminding or norms.severities.get(slug, rule.severity) is Severity.ERROR

    every = is_asked("unused-waiver")
    for rule in rules:
        if rule.check:
            asked = every or any(is_asked(slug) for slug in (rule.slug, *rule.also))
            if part is None or (part is Part.BUILD) == asked:
                yield rule


def keep_for_build(problems: Iterable[Problem]) -> Problems:
    """Return the settled problems that hold where only the rules of a build were asked."""
    catalogue = load_catalogue()
    return tuple(p for p in problems if p.severity is Severity.ERROR or catalogue[p.rule].reminding)


def check_case(case: Case, norms: Norms, part: Part | None = None) -> Problems:
    """Return what the case rules of a part find, before `settle_problems`; None: of all rules.

    The arguments decide.
    """
    chosen = choose_rules(_OF_ONE_CASE, norms, part)
    return tuple(p for rule in chosen if rule.check for p in rule.check(case, norms))


def _check_waivers(case: Case, _norms: Norms) -> Iterator[Problem]:
    yield from waivers.check_waivers(case, load_catalogue())


# Waivers are checked last. This rule names the others, so it cannot be in their tables.
_OF_ONE_CASE = (
    *CASE_RULES,
    replace(WAIVERS[0], check=_check_waivers, also=("unknown-waiver", "fixed-rule")),
)


def check_rest(case: Case, norms: Norms, document: Document, part: Part | None = None) -> Problems:
    """Return what the case rules find in a case that can have no page; its waivers hold.

    Where even the fields could not be read, no rule on completeness counts.
    """
    waived = {name for name, reason in case.waive if reason}
    silent = set() if document.sound else {rule.slug for rule in COMPLETENESS}
    return tuple(p for p in check_case(case, norms, part) if p.rule not in waived | silent)


@dataclass(frozen=True, slots=True)
class _Everyone:
    """A collection, and the cases that can have no page: the rules see what they have."""

    cases: tuple[Case, ...]
    overlaps: Sequence[Overlap]
    contained: Sequence[tuple[Count, Count]]


def check_collection(
    collection: Cases, norms: Norms, part: Part | None = None, broken: Sequence[Case] = ()
) -> Problems:
    """Return what the collection rules of a part find, before `settle_problems`; None: of all.

    Fields that could not be read are empty in the `broken` cases. Their waivers hold, and a
    place with a fault of reading gets no second problem.
    """
    chosen = choose_rules(COLLECTION_RULES, norms, part)
    every: Cases = collection
    if broken:
        cases = (*collection.cases, *broken)
        every = _Everyone(cases, collection.overlaps, collection.contained)
    found = tuple(p for rule in chosen if rule.check for p in rule.check(every, norms))
    spoilt = {case.path: case for case in broken}
    return tuple(p for p in found if not _is_excused(p, spoilt.get(p.where.path)))


def _is_excused(problem: Problem, broken: Case | None) -> bool:
    """Return whether a broken case waives a problem, or has a fault of reading at its place."""
    if broken is None:
        return False
    waived = any(name == problem.rule and reason for name, reason in broken.waive)
    return waived or (problem.where.line, problem.where.column) in broken.guesses


_CONTROL = "control-character"  # each is read as a blank
_BLANK = "space-in-chinese"


def settle_problems(problems: Iterable[Problem], cases: Iterable[Case], norms: Norms) -> Problems:
    """Return the problems of all stages after `rules:` of casegen.yml and the cases' waivers.

    Waived problems are removed; a waiver without a problem becomes a problem. Numbers of persons
    that a message quotes are masked.
    """
    left = waivers.apply_waivers(_drop_stand_ins(problems), cases, norms, load_catalogue())
    return tuple(
        replace(p, message=mask_numbers(p.message), hint=mask_numbers(p.hint)) for p in left
    )


def list_unfilled(case: Case, norms: Norms) -> Sequence[tuple[str, str]]:
    """Return the marks of what is still to be written, none where the rule on them is set aside."""
    if not case.unfilled or UNFILLED in norms.silenced:
        return ()
    return () if waivers.is_waived(case, UNFILLED, load_catalogue()) else case.unfilled


def _drop_stand_ins(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the problems without those of a blank that stands for a control character."""
    every = tuple(problems)
    named = {(p.where.path, p.where.line, p.where.column) for p in every if p.rule == _CONTROL}
    for problem in every:
        where = problem.where
        if problem.rule != _BLANK or (where.path, where.line, where.column) not in named:
            yield problem


def explain_rule(rule: Rule) -> str:
    """Return the text that `casegen explain` prints for a rule."""
    lines = [f"{rule.slug}：{rule.title}", "", rule.why, "", f"怎么改：{rule.mend}"]
    if rule.example:
        lines += ["", "例如：", *(f"    {line}" for line in rule.example.splitlines())]
    if rule.fixed:
        lines += ["", "这条不能调轻，也不能豁免。"]
    else:
        lines += [
            "",
            f"casegen.yml 里可调轻重：rules: {{{rule.slug}: off}}（off note warning error）",
        ]
    return "\n".join(lines)
