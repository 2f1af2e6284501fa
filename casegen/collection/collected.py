"""collected: the cases that have pages, in order, and all that is calculated from them together.

Secret: what is calculated once and stored, and which share of the totals a facet's value gets.
Not here: making a collection (assembly), values of facets (facets), lawful sums (totals).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from casegen.chinese.showing import show_range
from casegen.collection.case import Case
from casegen.collection.category import Category
from casegen.collection.choice import Count, Overlap
from casegen.collection.facets import Value, list_facets
from casegen.collection.indicator import AddingRule, Indicator
from casegen.collection.kinship import Kinship, relate_cases
from casegen.collection.ledger import Standing, find_place, find_standings
from casegen.collection.metric import Metric
from casegen.collection.outline import make_outline
from casegen.collection.totals import (
    Entry,
    Groups,
    Keys,
    LeftOut,
    Total,
    Worth,
    count_entry,
    divide_groups,
    group_counts,
    list_values,
    regroup_counts,
    share_by_category,
    share_by_province,
    share_by_year,
    sum_groups,
    sum_totals,
)
from casegen.collection.vocabulary import Vocabulary

DIVISIONS: Mapping[str, Keys] = {
    "category": share_by_category,
    "region": share_by_province,
    "year": share_by_year,
}


@dataclass(frozen=True)
class Collection:
    """All published cases, newest first (by date, then slug), and what is calculated from them.

    `entries` are the metrics of the published cases, ready to be added up; drafts do not count.
    """

    cases: tuple[Case, ...]
    withdrawn: tuple[Case, ...]
    categories: tuple[Category, ...]
    vocabulary: Vocabulary
    entries: tuple[Entry, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    @cached_property
    def outlined(self) -> Collection:
        """Return the collection with cases without bodies.

        All that pages of many cases may show.
        """
        return replace(self, cases=tuple(make_outline(case) for case in self.cases))

    @cached_property
    def by_slug(self) -> Mapping[str, Case]:
        """Each case by its slug."""
        return {case.slug: case for case in self.cases}

    @cached_property
    def facets(self) -> Mapping[str, tuple[Value, ...]]:
        """The values of every facet (facets.list_facets)."""
        return list_facets(self.cases, self.categories)

    @cached_property
    def groups(self) -> Groups:
        """Every metric that may be added, by indicator, base unit and item, chosen or not."""
        return group_counts(self.entries, self.vocabulary)

    @cached_property
    def contained(self) -> tuple[tuple[Count, Count], ...]:
        """Figures that do not count, each with the one of another case or name that holds it.

        An institution's greatest figure (villages) is not among them: it holds nothing.
        """
        every = [
            c for group in self.groups for c in group if c.indicator.rule is not AddingRule.MAX
        ]
        by_place = {(c.case, c.position): c for c in every}
        return tuple(
            (c, holder)
            for c in every
            if c.holder and (holder := by_place[c.holder])
            if holder.case != c.case or holder.name != c.name
        )

    @cached_property
    def all_totals(self) -> tuple[Total, ...]:
        """The totals of the whole collection."""
        return sum_groups(self.groups, len(self.entries))

    def show_totals(self) -> Mapping[str, str]:
        """Return the whole collection's totals as readers see them, by name.

        Widest coverage first.
        """
        shown: dict[str, str] = {}
        for total in sorted(self.all_totals, key=lambda each: -each.reported):
            if total.low is None or total.high is None:
                continue
            indicator = self.vocabulary.get(total.indicator)
            name = indicator.name if indicator else total.indicator
            quantity = show_range(total.low, total.high, total.unit, total.qualifier)
            name = f"{name}：{total.item}" if total.item else name
            name = f"{name}（{total.unit}）" if name in shown else name
            shown[name] = f"{quantity.qualifier}{quantity.number}{quantity.unit}"
        return shown

    @cached_property
    def standings(self) -> Mapping[str, tuple[Standing, ...]]:
        """For each case, by slug, whether each metric counts, and where; or why it does not."""
        counting = find_standings(self.entries, self.groups, self.vocabulary)
        return dict(counting) | {
            case.slug: tuple(
                Standing(counted=False, reason="draft", booked=(), place=find_place(m, regions))
                for m in case.metrics
            )
            for case in self.cases
            if case.slug not in counting
            for regions in [tuple(place.text for place in case.regions)]
        }

    @cached_property
    def reported(self) -> Mapping[str, tuple[tuple[str, int, Metric], ...]]:
        """By indicator every metric of the published cases, with case slug and position."""
        found: dict[str, list[tuple[str, int, Metric]]] = defaultdict(list)
        for entry in self.entries:
            for position, metric in enumerate(entry.metrics):
                if metric.indicator:
                    found[metric.indicator].append((entry.slug, position, metric))
        return {key: tuple(rows) for key, rows in found.items()}

    def list_reporting(self, indicator: Indicator) -> tuple[str, ...]:
        """Return the slugs of the published cases that have a reliable figure of an indicator.

        Of one that is added up, parts and figures in a unit that it does not take do not count.
        """
        if not indicator.summable:
            rows = self.reported.get(indicator.key, ())
            return tuple(dict.fromkeys(slug for slug, _, metric in rows if not metric.doubts))
        having = {
            count.case
            for counts in self.groups
            if counts[0].indicator == indicator
            for count in counts
            if not count.metric.doubts
        }
        return tuple(entry.slug for entry in self.entries if entry.slug in having)

    @cached_property
    def doubtful(self) -> tuple[LeftOut, ...]:
        """Every metric of a published case that is in doubt, in the order of the cases."""
        return tuple(
            LeftOut(case.slug, metric.name, metric.doubts)
            for case in self.cases
            if case.status == "published"
            for metric in case.metrics
            if metric.doubts
        )

    def values_in(self, slug: str, facet: str, key: str, indicator: str) -> tuple[Worth, ...]:
        """Return a case's values of an indicator, restricted to a category, province or year.

        `facet` is the name of the facet, `key` the value in it.
        """
        entry = self._entry.get(slug)
        if entry is None:
            return ()
        found = list_values(entry, self.vocabulary, DIVISIONS.get(facet), key, indicator)
        return found.get(indicator, ())

    @cached_property
    def values(self) -> Mapping[str, Mapping[str, tuple[Worth, ...]]]:
        """By slug, a case's value of each summable indicator it has (totals.list_values)."""
        ready = self._entry
        return {
            case.slug: list_values(
                ready.get(case.slug) or count_entry(make_entry(case), self.vocabulary),
                self.vocabulary,
            )
            for case in self.cases
        }

    def totals(self, slugs: Sequence[str]) -> tuple[Total, ...]:
        """Return the totals of some cases.

        Figures are chosen, and coverage counted, among these.
        """
        asked = tuple(slugs)
        if asked not in self._known_totals:
            chosen = [self._entry[slug] for slug in slugs if slug in self._entry]
            self._known_totals[asked] = sum_totals(chosen, self.vocabulary)
        return self._known_totals[asked]

    @cached_property
    def _entry(self) -> Mapping[str, Entry]:
        return {entry.slug: entry for entry in self.entries}

    @cached_property
    def _known_totals(self) -> dict[tuple[str, ...], tuple[Total, ...]]:
        """Totals by the cases asked for: pages, indicators and data files ask for the same."""
        return {}

    def totals_of(self, facet: str, value: Value) -> tuple[Total, ...]:
        """Return the totals of a facet's value: its share of the whole, or those of its cases."""
        if facet == "category":
            return self.category_totals(value.key)
        if facet == "region":
            return self.region_totals(value.key)
        return self.year_totals(value.key) if facet == "year" else self.totals(value.slugs)

    def unplaced(self, value: Value) -> int:
        """Return how many cases of a province have figures whose place is not known."""
        return sum(
            any(c.chosen and not c.province for c in self._entry[slug].counts)
            for slug in value.slugs
            if slug in self._entry
        )

    @cached_property
    def sourced(self) -> bool:
        """Whether every metric of every published case has the sentence that states it."""
        return all(metric.evidence is not None for e in self.entries for metric in e.metrics)

    def category_totals(self, key: str) -> tuple[Total, ...]:
        """Return a category's share of the collection's totals; "" is what has no category.

        Coverage is counted against the category's cases, and those of which a figure counts in it.
        """
        return self._by_category.get(key, ())

    @cached_property
    def _by_category(self) -> Mapping[str, tuple[Total, ...]]:
        of = Counter(
            key
            for entry in self.entries
            for key in {*entry.categories}
            | {share.category for c in entry.counts for share in c.shares if share.category}
        )
        of[""] = len(self.entries)
        return divide_groups(self.groups, share_by_category, of)

    def region_totals(self, province: str) -> tuple[Total, ...]:
        """Return a province's share of the collection's totals.

        "" is what belongs to no known one.
        """
        return self._by_province.get(province, ())

    @cached_property
    def _by_province(self) -> Mapping[str, tuple[Total, ...]]:
        of: Counter[str] = Counter()
        for entry in self.entries:
            provinces = {region.partition("/")[0] for region in entry.regions}
            of.update(provinces)
            of[""] += len(provinces) > 1 or any(not count.province for count in entry.counts)
        return divide_groups(self.groups, share_by_province, of)

    def year_totals(self, label: str) -> tuple[Total, ...]:
        """Return the totals of a year ("2021"), a span ("2015-2025"), or no known year ("").

        Figures are chosen among those of that label; coverage is counted against its cases.
        """
        return self._by_year.get(label, ())

    @cached_property
    def year_labels(self) -> tuple[str, ...]:
        """Every year and span that has totals, the oldest first, "" last."""
        return tuple(sorted(self._by_year, key=lambda label: (not label, label[-4:], label)))

    @cached_property
    def _by_year(self) -> Mapping[str, tuple[Total, ...]]:
        found: dict[str, list[Count]] = defaultdict(list)
        for entry in self.entries:
            for count in entry.counts:
                found[count.year].append(count)
        return {
            label: sum_groups(regroup_counts(counts, self.vocabulary), self._reaching(label))
            for label, counts in found.items()
        }

    def _reaching(self, label: str) -> int:
        """Return how many cases are of a year, of a whole span, or of several years."""
        if not label:
            return sum(entry.period[0] < entry.period[1] for entry in self.entries)
        first, last = int(label[:4]), int(label[-4:])
        return sum(
            (entry.period[0] <= first and last <= entry.period[1])
            or any(count.year == label for count in entry.counts)
            for entry in self.entries
        )

    @cached_property
    def related(self) -> Mapping[str, tuple[Kinship, ...]]:
        """For each case, by slug, up to three others that share most with it (kinship)."""
        return relate_cases(self.cases)


def make_entry(case: Case) -> Entry:
    """Return what the totals need of a case."""
    return Entry(
        slug=case.slug,
        institution=case.institution,
        period=case.period,
        metrics=case.metrics,
        regions=tuple(place.text for place in case.regions),
        categories=case.categories,
    )
