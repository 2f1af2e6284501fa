"""Every demonstration metric: alter a digit, a unit or a qualifier, and its line is named."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from casegen import project, rules
from casegen.chinese import quantity
from casegen.chinese.quantity import Quantity, Unreadable, are_akin
from casegen.chinese.units import split_scale
from casegen.collection import case, evidence, parsing
from casegen.collection.metric import Metric
from casegen.collection.norms import Norms
from casegen.problem import Severity
from casegen.source import files

FULL = bool(os.environ.get("CASEGEN_FULL"))
ROOT = Path(__file__).parents[1]
FAMILY = {
    "missing-evidence",
    "changed-value",
    "changed-unit",
    "changed-qualifier",
    "kindred-qualifier",
    "unit-wording",
    "doubtful-evidence",
}


@cache
def demonstration() -> list[tuple[case.Case, int]]:
    found = project.find_project(ROOT)
    documents, _ = files.read_documents(found.root)
    cases = [parsing.parse_case(document, found.norms)[0] for document in documents]
    return [(one, n) for one in cases if one is not None for n in range(len(one.metrics))]


@cache
def norms() -> Norms:
    return project.find_project(ROOT).norms


def altered_ones() -> list[tuple[case.Case, int]]:
    """Every third metric; all of them in the full suite."""
    return demonstration()[:: 1 if FULL else 3]


@cache
def figures(slug: str) -> tuple[evidence.Statement, ...]:
    """All figures of a case's body: the same for every alteration."""
    one = next(one for one, _ in demonstration() if one.slug == slug)
    return evidence.list_statements(
        one.prose.sentences, evidence.find_sentence_figures(one.prose.sentences)
    )


def named(one: case.Case, number: int, altered: Quantity) -> set[tuple[str, Severity]]:
    """The rules that name the line of metric `number` once it is `altered`."""
    metrics = list(one.metrics)
    metrics[number] = replace(metrics[number], quantity=altered)
    said = evidence.match_metrics(metrics, figures(one.slug), norms().vocabulary)
    changed = replace(one, metrics=tuple(metrics), evidence=said)
    line = one.marks["metrics", number][0]
    return {
        (problem.rule, problem.severity)
        for rule in rules.CASE_RULES
        if rule.slug in FAMILY and rule.check
        for problem in rule.check(changed, norms())
        if problem.rule in FAMILY and problem.where.line == line
    }


def read(text: str) -> Quantity | None:
    found = quantity.read_quantity(text)
    return None if isinstance(found, Unreadable) else found


def digits(metric: Metric) -> Iterator[Quantity]:
    written = metric.quantity.as_written
    for match in re.finditer(r"\d", written):
        for step in (1, 5, 9) if FULL else (1,):
            digit = str((int(match[0]) + step) % 10)
            altered = read(written[: match.start()] + digit + written[match.end() :])
            if altered is not None and (altered.low, altered.high) != (
                metric.quantity.low,
                metric.quantity.high,
            ):
                yield altered


def units(metric: Metric) -> Iterator[Quantity]:
    """The quantity with another unit, written as an editor would: 4万余元 -> 4万余人."""
    written = metric.quantity.as_written
    core = split_scale(metric.quantity.unit.partition("/")[0])[1]
    for other in ("元", "人", "户", "亩", "次"):
        altered = read(other.join(written.rsplit(core, 1)))
        if other != core and altered is not None and altered.unit != metric.quantity.unit:
            yield altered


def qualifiers(metric: Metric) -> Iterator[Quantity]:
    own = metric.quantity
    bare = re.sub(r"[余多约近超]|以上|以内|左右", "", own.as_written)
    number = re.search(r"\d[\d.]*万?", bare)
    if number is None or own.is_range:
        return
    head, tail = bare[: number.end()], bare[number.end() :]
    for written in (
        bare,
        f"{head}余{tail}",
        f"{head}多{tail}",
        f"约{bare}",
        f"近{bare}",
        f"超{bare}",
    ):
        altered = read(written)
        if altered is not None and altered.qualifier != own.qualifier:
            yield altered


def test_unaltered_no_metric_is_named():
    for one, _ in demonstration():
        found = [p for p in rules.check_case(one, norms()) if p.rule in FAMILY]
        assert found == []


def test_every_metric_has_its_sentence():
    for one, number in demonstration():
        assert one.metrics[number].evidence is not None, one.metrics[number].name


def test_one_digit_altered_names_the_line():
    for one, number in altered_ones():
        for altered in digits(one.metrics[number]):
            assert named(one, number, altered), (one.slug, number, altered.as_written)


def test_another_unit_names_the_line():
    for one, number in altered_ones():
        alterations = list(units(one.metrics[number]))
        assert alterations or "分之" in one.metrics[number].quantity.as_written  # no unit written
        for altered in alterations:
            assert named(one, number, altered), (one.slug, number, altered.as_written)


def test_another_qualifier_names_the_line_more_gravely_where_the_meaning_changes():
    for one, number in altered_ones():
        own = one.metrics[number].quantity.qualifier
        for altered in qualifiers(one.metrics[number]):
            found = {severity for _, severity in named(one, number, altered)}
            grave = Severity.NOTE if are_akin(own, altered.qualifier) else Severity.WARNING
            assert grave in found, (one.slug, number, altered.as_written, found)
