"""rules: editorial norms, one function each, named by slug; two tables.

CASE_RULES check one case (cached by its digest), COLLECTION_RULES all of them. The catalogue
also lists the rules of the stages that read files, so that every slug has its words.

Secret: which rules there are, and how norms and waivers change what they find.
Not here: faults that keep a case from being read (collection.parsing, source).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from casegen.chinese.identity import mask_numbers
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Problems, Severity
from casegen.rules import waivers
from casegen.rules.completeness import CALENDAR, COMPLETENESS
from casegen.rules.duplicates import DOUBLES
from casegen.rules.elapsed import ELAPSED
from casegen.rules.fields import FIELDS
from casegen.rules.figures import FIGURES
from casegen.rules.growth import GROWTH
from casegen.rules.launch import LAUNCH
from casegen.rules.leftover import LEFTOVER
from casegen.rules.magnitudes import MAGNITUDES
from casegen.rules.naming import NAMING
from casegen.rules.pasting import PASTING
from casegen.rules.privacy import PRIVACY
from casegen.rules.proofreading import PROOFREADING
from casegen.rules.ratios import RATIOS
from casegen.rules.reading import READING
from casegen.rules.rule import Cases, Rule
from casegen.rules.stated import STATED
from casegen.rules.sums import SUMS
from casegen.rules.traced import TRACED
from casegen.rules.typography import TYPOGRAPHY
from casegen.rules.waivers import WAIVERS
from casegen.rules.whole import WHOLE
from casegen.source.document import Document

__all__ = ["CASE_RULES", "COLLECTION_RULES", "Rule", "check_case", "check_collection", "check_rest",
           "explain_rule", "load_catalogue", "may_stop_by_date", "settle_problems"]  # fmt: skip

CASE_RULES: tuple[Rule, ...] = (
    *COMPLETENESS, *FIGURES, *TRACED, *STATED, *SUMS, *GROWTH, *RATIOS, *TYPOGRAPHY,
    *PASTING, *LEFTOVER, *PROOFREADING, *ELAPSED,
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


def check_case(case: Case, norms: Norms) -> Problems:
    """Return what the case rules find, before `settle_problems`; the arguments decide."""
    found = [p for rule in CASE_RULES if rule.check for p in rule.check(case, norms)]
    return (*found, *waivers.check_waivers(case, load_catalogue()))


def check_rest(case: Case, norms: Norms, document: Document) -> Problems:
    """Return what the case rules find in a case that can have no page; its waivers hold.

    Where even the fields could not be read, no rule on completeness counts.
    """
    waived = {name for name, reason in case.waive if reason}
    silent = set() if document.sound else {rule.slug for rule in COMPLETENESS}
    return tuple(p for p in check_case(case, norms) if p.rule not in waived | silent)


def check_collection(collection: Cases, norms: Norms) -> Problems:
    """Return what the collection rules find, before `settle_problems`."""
    return tuple(
        p for rule in COLLECTION_RULES if rule.check for p in rule.check(collection, norms)
    )


def settle_problems(problems: Iterable[Problem], cases: Iterable[Case], norms: Norms) -> Problems:
    """Return the problems of all stages after `rules:` of casegen.yml and the cases' waivers.

    Waived problems are removed; a waiver without a problem becomes a problem. Numbers of persons
    that a message quotes are masked.
    """
    left = waivers.apply_waivers(problems, cases, norms, load_catalogue())
    return tuple(
        replace(p, message=mask_numbers(p.message), hint=mask_numbers(p.hint)) for p in left
    )


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
