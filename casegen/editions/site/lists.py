"""lists: pages of fifty, the filter form, a province's cases by county, long lists of values.

Secret: how many cases a page holds, what further pages are called, which values a form shows.
Not here: what a card shows (parts) and which lists there are (pages).
"""

from __future__ import annotations

import json
from collections.abc import Collection as Container
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from casegen.chinese import pinyin, showing, units
from casegen.chinese.region import Region
from casegen.collection.collected import Collection
from casegen.collection.facets import Value, list_facet_keys
from casegen.editions.site import parts
from casegen.editions.site.components import (
    CardGroup,
    CaseCard,
    Facet,
    FacetValue,
    LetterGroup,
    ListForm,
    Pager,
    RangeFilter,
    ValueRow,
)

T = TypeVar("T")
PAGE_SIZE = 50
FACET_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A case in the list of a facet's value: its headings, and the place that it is listed for."""

    heading: str
    subheading: str
    slug: str
    place: str = ""
    place_line: str = ""  # all places of the case in one line, that one first


def cut_pages(
    start: str, items: Sequence[T], taken: Container[str] = ()
) -> Iterator[tuple[str, Sequence[T], Pager]]:
    """Yield the pages of a list: address, items, and the links to the other pages.

    Further pages are `x-2.html`, or `x--2.html` where that is another list's own address: stems
    never hold two hyphens in a row.
    """
    count = max(1, -(-len(items) // PAGE_SIZE))
    stem = start.removesuffix(".html")
    paths = [start]
    for number in range(2, count + 1):
        usual = f"{stem}-{number}.html"
        paths.append(f"{stem}--{number}.html" if usual in taken else usual)
    for at, path in enumerate(paths):
        pager = parts.make_pager(paths, at)
        yield path, items[at * PAGE_SIZE : (at + 1) * PAGE_SIZE], pager


def group_by_letter(rows: Sequence[ValueRow]) -> tuple[LetterGroup, ...]:
    """Return the rows of a long list in pinyin order, grouped by letter; () for a short list."""
    if len(rows) <= FACET_SHOWN:
        return ()
    found: dict[str, list[ValueRow]] = {}
    for row in sorted(rows, key=lambda row: pinyin.make_sort_key(row.label)):
        sought = (
            f"{pinyin.read_initials(row.label)} {pinyin.make_stem(row.label, 400).replace('-', '')}"
        )
        found.setdefault(pinyin.find_index_letter(row.label), []).append(
            replace(row, sought=sought)
        )
    return tuple(LetterGroup(letter, tuple(own)) for letter, own in sorted(found.items()))


def make_form(
    collection: Collection,
    action: str,
    scope: str,
    slugs: Sequence[str],
    ranges: tuple[RangeFilter, ...],
) -> ListForm:
    """Return the filter of a list of these cases, with its counts while nothing is chosen."""
    cases = [collection.by_slug[slug] for slug in slugs]
    facets = []
    for name, values in collection.facets.items():
        if scope and name == "category":
            continue
        counts: dict[str, int] = {}
        for case in cases:
            for key in list_facet_keys(case, name):
                counts[key] = counts.get(key, 0) + 1
        facets.append(_make_facet(name, values, counts))
    has_order = any(case.order is not None for case in cases)
    return ListForm(action, scope, tuple(facets), ranges, has_order, make_units_json(ranges))


def make_units_json(ranges: Iterable[RangeFilter]) -> str:
    """Return the units that may be written in the fields of these ranges, as JSON."""
    known: dict[str, dict[str, int | float]] = {range_.unit: {} for range_ in ranges}
    for written, unit in units.UNITS.items():
        if unit.base in known:
            known[unit.base][written] = showing.make_plain_number(unit.factor)
    return json.dumps(known, sort_keys=True, separators=(",", ":"))


def _make_facet(name: str, values: Sequence[Value], counts: Mapping[str, int]) -> Facet:
    present = [v for v in values if counts.get(v.key) or name == "category"]
    shown = present
    if len(present) > FACET_SHOWN:
        shown = sorted(present, key=lambda v: -counts.get(v.key, 0))[:FACET_SHOWN]
        if name == "year":
            shown = [v for v in present if v in shown]
    return Facet(
        name,
        tuple(
            FacetValue(
                v.stem,
                v.label,
                parts.make_value_href(name, v.stem),
                counts.get(v.key, 0),
                v.key if name == "category" else "",
            )
            for v in shown
        ),
        more=len(present) - len(shown),
    )


def list_by_place(value: Value, collection: Collection, words: Mapping[str, str]) -> list[Entry]:
    """Return a province's cases by city and county; a case of two counties is listed in both.

    Cases without a county come last in their city, and cases that name only the province come last
    of all; a heading says so unless there is no other group. A place that contains another place of
    the same case is left out.
    """
    found: dict[tuple[str, str, str], tuple[str, str]] = {}
    for slug in value.slugs:
        regions = collection.by_slug[slug].regions
        own = [place for place in regions if place.province == value.key]
        for place in own:
            if not any(_lies_in(other, place) for other in own):
                line = parts.write_place_line((place, *regions))
                named = parts.name_place(place), line
                found.setdefault((place.city, place.county, slug), named)
    heads = list(dict.fromkeys((city, county) for city, county, _ in found))
    cities = list(dict.fromkeys(city for city, _ in heads))

    def rank(head: tuple[str, str]) -> tuple[bool, bool, int, bool, int]:
        city, county = head
        return not (city or county), not city, cities.index(city), not county, heads.index(head)

    def tell(city: str, county: str) -> tuple[str, str]:
        if not (city or county) and len(heads) > 1:
            return words["group.province_only"], ""
        if city and not county and any(c == city and n for c, n in heads):
            return city, words["group.city_only"]
        # Counties of no city: of a municipality, where all are, or right under a province.
        return city or (words["group.direct"] if county and any(cities) else ""), county

    ranked = sorted(found.items(), key=lambda one: rank(one[0][:2]))
    return [Entry(*tell(city, county), slug, *named) for (city, county, slug), named in ranked]


def _lies_in(inner: Region, outer: Region) -> bool:
    """Return whether a place of the same province lies in another one."""
    if outer.city:
        return not outer.county and inner.city == outer.city and bool(inner.county)
    return not outer.county and bool(inner.city or inner.county)


def group_cards(entries: Sequence[Entry], cards: Mapping[str, CaseCard]) -> tuple[CardGroup, ...]:
    """Return the entries of one page as groups of cards by city and county; each card once."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.heading, entry.subheading), []).append(entry)
    shown: set[str] = set()
    result = []
    for (heading, subheading), own in groups.items():
        brief = tuple(entry.slug for entry in own if entry.slug in shown)
        shown.update(entry.slug for entry in own)
        listed = tuple(_show_for(cards[entry.slug], entry) for entry in own)
        result.append(CardGroup(heading, subheading, listed, brief))
    return tuple(result)


def _show_for(card: CaseCard, entry: Entry) -> CaseCard:
    """Return the card with the place that it is listed for first: long lists show no other."""
    place = entry.place
    if not place or card.places[0] == place:
        return card
    others = (other for other in card.places if other != place)
    return replace(card, places=(place, *others), place_line=entry.place_line)
