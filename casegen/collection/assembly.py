"""assembly: the parsed cases become the collection.

Secret: the order of cases, one spelling for tags, and which overlapping figures are in doubt.
Not here: reading cases (parsing), which figures overlap (totals), what is calculated from the
collection (collected).
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casegen.collection.case import Case
from casegen.collection.category import Category
from casegen.collection.choice import OVERLAP, Overlap
from casegen.collection.collected import Collection, make_entry
from casegen.collection.totals import count_entry, find_overlapping, fold_words
from casegen.collection.vocabulary import Vocabulary


def assemble(
    cases: Sequence[Case],
    categories: Sequence[Category],
    vocabulary: Vocabulary,
    silenced: frozenset[str] = frozenset(),
) -> Collection:
    """Make the collection of these cases: withdrawn ones apart, the rest newest first.

    Figures that overlap with those of other cases are put in doubt here, unless that rule is among
    the `silenced`.
    """
    cases = _tagged_alike(cases)
    ordered = sorted(
        sorted(cases, key=lambda case: case.slug), key=lambda case: case.date, reverse=True
    )
    shown = [case for case in ordered if case.status != "withdrawn"]
    published = [case for case in shown if case.status == "published"]
    entries = [replace(make_entry(c), unruled=OVERLAP in silenced) for c in published]
    found = tuple(find_overlapping(entries, vocabulary))
    if lifted := _lifted(published, found):
        entries = [replace(e, lifted=lifted.get(e.slug, frozenset())) for e in entries]
        found = tuple(find_overlapping(entries, vocabulary))
    if holding := [each for each in found if not each.waived]:
        shown = list(_doubted(shown, holding))
    metrics = {case.slug: case.metrics for case in shown}
    return Collection(
        cases=tuple(shown),
        withdrawn=tuple(case for case in ordered if case.status == "withdrawn"),
        categories=tuple(sorted(categories, key=lambda c: c.order)),
        vocabulary=vocabulary,
        entries=tuple(
            count_entry(replace(e, metrics=metrics[e.slug]), vocabulary) for e in entries
        ),
        overlaps=found,
    )


def _tagged_alike(cases: Sequence[Case]) -> Sequence[Case]:
    """Return the cases with tags that differ only in width or case spelled alike, the usual way."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for tag in case.tags:
            written[fold_words(tag)][tag] += 1
    several = {
        key: min(ways, key=lambda tag: (-ways[tag], unicodedata.normalize("NFKC", tag) != tag, tag))
        for key, ways in written.items()
        if len(ways) > 1
    }
    if not several:
        return cases
    return [
        replace(
            case, tags=tuple(dict.fromkeys(several.get(fold_words(tag), tag) for tag in case.tags))
        )
        for case in cases
    ]


def _lifted(cases: Sequence[Case], found: Sequence[Overlap]) -> Mapping[str, frozenset[int]]:
    """Return by slug the overlapping metric that its case waives, if the case has only that one."""
    positions: dict[str, set[int]] = defaultdict(set)
    for each in found:
        positions[each.count.case].add(each.count.position)
    return {
        case.slug: frozenset(positions[case.slug])
        for case in cases
        if dict(case.waive).get(OVERLAP) and len(positions.get(case.slug, ())) == 1
    }


def _doubted(cases: Sequence[Case], found: Sequence[Overlap]) -> Iterator[Case]:
    """Yield the cases with overlapping figures in doubt, and with the figures that count marked."""
    doubted = {(each.count.case, each.count.position) for each in found}
    greater = {(each.other.case, each.other.position) for each in found} - doubted
    touched = {slug for slug, _ in doubted | greater}
    for case in cases:
        if case.slug not in touched or case.status != "published":
            yield case
            continue
        metrics = list(case.metrics)
        for n, metric in enumerate(metrics):
            if (case.slug, n) in doubted:
                metrics[n] = replace(metric, doubts=(*metric.doubts, OVERLAP), evidence=None)
            elif (case.slug, n) in greater:
                metrics[n] = replace(metric, exceeded=True)
        yield replace(case, metrics=tuple(metrics))
