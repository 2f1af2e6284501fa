"""Collection: the cases in order, by every facet, with totals, neighbours and related cases.

Secret: how cases make a whole: which order, who stands beside whom, what counts where.
Not here: reading cases (case) and lawful sums (metric).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casegen.chinese import pinyin, region
from casegen.chinese.quantity import Measure
from casegen.collection.case import Case
from casegen.collection.category import Category
from casegen.collection.kinship import Kinship, relate_cases
from casegen.collection.totals import Entry, Total, case_values, counted, totals
from casegen.collection.vocabulary import Vocabulary

FACETS = ("category", "region", "year", "institution", "tag")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: `key` as cases hold it, its stem (name of its page), its cases.

    For the facet category the key is the category's key and `label` its name; for region the key
    is the province. `slugs` stand in the collection's order.
    """

    key: str
    label: str
    stem: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class Collection:
    """All published cases, newest first (date, then slug), and what follows from them."""

    cases: tuple[Case, ...]
    withdrawn: tuple[Case, ...]
    categories: tuple[Category, ...]
    vocabulary: Vocabulary

    @cached_property
    def by_slug(self) -> Mapping[str, Case]:
        """Each case by its slug."""
        return {case.slug: case for case in self.cases}

    @cached_property
    def facets(self) -> Mapping[str, tuple[Value, ...]]:
        """Values of every facet.

        Categories stand in the configured order, years from the newest, the others by how many
        cases they have and then in pinyin order.
        """
        members: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in FACETS}
        for case in self.cases:
            for name in FACETS:
                for key in facet_keys(case, name):
                    members[name][key].append(case.slug)
        found: dict[str, tuple[Value, ...]] = {
            "category": tuple(
                Value(c.key, c.name, c.key, tuple(members["category"].get(c.key, ())))
                for c in self.categories
            ),
            "year": tuple(
                Value(year, year, year, tuple(members["year"][year]))
                for year in sorted(members["year"], reverse=True)
            ),
        }
        for name in ("region", "institution", "tag"):
            stems = _stems(name, tuple(members[name]))
            order = sorted(
                members[name], key=lambda k: (-len(members[name][k]), pinyin.sort_key(k))
            )
            found[name] = tuple(
                Value(key, key, stems[key], tuple(members[name][key])) for key in order
            )
        return found

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every published case's metrics, ready to be added up; drafts do not count."""
        return tuple(
            counted(Entry(case.slug, case.institution, case.period, case.metrics), self.vocabulary)
            for case in self.cases
            if case.status == "published"
        )

    @cached_property
    def all_totals(self) -> tuple[Total, ...]:
        """Totals of the whole collection."""
        return totals(self.entries, self.vocabulary)

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, tuple[Measure, ...]]]:
        """Each case's value of every summable indicator it reports (metric.case_values)."""
        return {
            case.slug: case_values(case.metrics, self.vocabulary, case.period)
            for case in self.cases
        }

    def totals(self, slugs: Sequence[str]) -> tuple[Total, ...]:
        """Totals of some cases; coverage is counted against them."""
        asked = ("slugs", *slugs)
        if asked not in self._reckoned:
            chosen = [self._entry[slug] for slug in slugs if slug in self._entry]
            self._reckoned[asked] = totals(chosen, self.vocabulary)
        return self._reckoned[asked]

    @cached_property
    def _entry(self) -> Mapping[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _reckoned(self) -> dict[tuple[str, ...], tuple[Total, ...]]:
        """Totals by what was asked for: pages, indicators and data files ask the same."""
        return {}

    def category_totals(self, key: str) -> tuple[Total, ...]:
        """A category's share of the collection's totals; coverage is counted against its cases."""
        asked = ("category", key)
        if asked not in self._reckoned:
            of = sum(key in case.categories for case in self.cases if case.status == "published")
            found = totals(self.entries, self.vocabulary, category=key)
            self._reckoned[asked] = tuple(replace(total, of=of) for total in found)
        return self._reckoned[asked]

    @cached_property
    def related(self) -> Mapping[str, tuple[Kinship, ...]]:
        """For each case up to three others that share most with it (kinship)."""
        return relate_cases(self.cases)


def facet_keys(case: Case, facet: str) -> tuple[str, ...]:
    """The values a case has in a facet, each once."""
    keys: Mapping[str, Sequence[str]] = {
        "category": case.categories,
        "region": [place.province for place in case.regions],
        "year": [str(year) for year in case.years],
        "institution": [case.institution],
        "tag": case.tags,
    }
    return tuple(dict.fromkeys(keys[facet]))


def _stems(facet: str, keys: Sequence[str]) -> Mapping[str, str]:
    """Page names of values; provinces by their customary spelling."""
    if facet != "region":
        return pinyin.stems(keys)
    known = {key: found.stem for key in keys if (found := region.province(key))}
    return known | pinyin.stems([key for key in keys if key not in known])


def assemble(
    cases: Sequence[Case], categories: Sequence[Category], vocabulary: Vocabulary
) -> Collection:
    """The collection of these cases: withdrawn ones apart, the rest newest first."""
    ordered = sorted(
        sorted(cases, key=lambda case: case.slug), key=lambda case: case.date, reverse=True
    )
    return Collection(
        cases=tuple(case for case in ordered if case.status != "withdrawn"),
        withdrawn=tuple(case for case in ordered if case.status == "withdrawn"),
        categories=tuple(sorted(categories, key=lambda c: c.order)),
        vocabulary=vocabulary,
    )
