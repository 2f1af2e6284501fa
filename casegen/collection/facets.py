"""facets: the values by which cases are grouped: category, region, year, institution, tag.

Secret: which values a case has, their order, and the stems of their pages.
Not here: the cases themselves (collection.case), totals of a value (collected), pages (editions).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casegen.chinese import pinyin, region
from casegen.collection.case import Case
from casegen.collection.category import Category
from casegen.collection.indicator import Timing
from casegen.collection.timing import label_years

FACETS = ("category", "region", "year", "institution", "tag")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: `key` as cases hold it, `stem` for the name of its page, its cases.

    For the facet category the key is the category's key and `label` its name; for region the key
    is the province. `slugs` are in the collection's order.
    """

    key: str
    label: str
    stem: str
    slugs: tuple[str, ...]


def list_facets(
    cases: Sequence[Case], categories: Sequence[Category]
) -> Mapping[str, tuple[Value, ...]]:
    """Return the values of every facet.

    Categories are in the given order, years from the newest; the others are sorted by number of
    cases, then in pinyin order.
    """
    members: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in FACETS}
    for case in cases:
        for name in FACETS:
            for key in list_facet_keys(case, name):
                members[name][key].append(case.slug)
    found: dict[str, tuple[Value, ...]] = {
        "category": tuple(
            Value(c.key, c.name, c.key, tuple(members["category"].get(c.key, ())))
            for c in categories
        ),
        "year": tuple(
            Value(year, year, year, tuple(members["year"][year]))
            for year in sorted(members["year"], reverse=True)
        ),
    }
    for name in ("region", "institution", "tag"):
        stems = _stems(name, tuple(members[name]))
        order = sorted(
            members[name], key=lambda k: (-len(members[name][k]), pinyin.make_sort_key(k))
        )
        found[name] = tuple(Value(key, key, stems[key], tuple(members[name][key])) for key in order)
    return found


def list_facet_keys(case: Case, facet: str) -> tuple[str, ...]:
    """Return the values that a case has in a facet, each once."""
    keys: Mapping[str, Sequence[str]] = {
        "category": case.categories,
        "region": [place.province for place in case.regions],
        "year": _list_years(case),
        "institution": [case.institution],
        "tag": case.tags,
    }
    return tuple(dict.fromkeys(keys[facet]))


def _list_years(case: Case) -> list[str]:
    """Return every year of the period, and the other years that figures of the case are of.

    So a year's list has every case that its totals add (Collection.year_totals).
    """
    of_figures = [
        label_years(
            metric.period or case.period, metric.timing or Timing.YEARLY, unbegun=metric.unbegun
        )
        for metric in case.metrics
        if metric.indicator
    ]
    own = [str(year) for year in case.years]
    return [*own, *sorted(label for label in {*of_figures} - {*own} if label.isdigit())]


def _stems(facet: str, keys: Sequence[str]) -> Mapping[str, str]:
    """Return the page names of values; provinces have their customary spelling."""
    if facet != "region":
        return pinyin.make_stems(keys)
    known = {key: found.stem for key in keys if (found := region.find_province(key))}
    return known | pinyin.make_stems([key for key in keys if key not in known])
