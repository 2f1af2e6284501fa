"""front: the front page: its ledger, its epigraph, its years, its map and what that can show.

Secret: which figures, which sentence and which places come first.
Not here: the sums (collection), how a card, a total or a tile is made (parts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from casegen.chinese import pinyin, region
from casegen.collection.case import Case, make_case_href, show_period
from casegen.collection.collected import Collection
from casegen.collection.facets import Value
from casegen.collection.totals import Total
from casegen.editions.site import charts, indicators, parts
from casegen.editions.site.components import (
    CaseCard,
    CategoryPanel,
    Epigraph,
    Layer,
    Link,
    PlaceTile,
    TotalView,
    YearMark,
)
from casegen.editions.site.data_scripts import make_hashed
from casegen.editions.site.links import Links
from casegen.editions.site.views import HomePage
from casegen.output import Artifact
from casegen.settings import FRONT, Config

NEWEST = 5
SENTENCE = range(12, 53)  # characters of an epigraph: more than a phrase, at most four lines
# What readers ask first: money, people, households; of each, the indicator of most cases.
FIRST = (("money",), ("people", "person_times"), ("households",))
MOST_YEARS = 40

Words = Mapping[str, str]


def list_front(  # noqa: PLR0913, PLR0917 what the front page is made of
    collection: Collection,
    config: Config,
    links: Links,
    cards: Mapping[str, CaseCard],
    head: indicators.MakeHead,
    words: Words,
    page: Callable[[HomePage], Artifact],
) -> Iterator[Artifact]:
    """Yield the front page, and the values of its tiles as a script that is loaded on demand."""
    years = [int(value.key) for value in collection.facets["year"]]
    span = (min(years), max(years)) if years else None
    featured = [case for case in collection.cases if case.featured]
    newest = [case for case in collection.cases if not case.featured]
    regions = collection.facets["region"]
    layers, values = list_layers(collection, words)
    file, _ = make_hashed("layers", values)
    if layers:
        yield file
    yield page(
        HomePage(
            head("index.html", config.title, config.subtitle, ""),
            count=len(collection.cases),
            years=show_period(span, words["join.years"]) if span else "",
            totals=choose_totals(collection, config.front),
            panels=tuple(
                CategoryPanel(parts.make_mark(category), category.intro, len(value.slugs))
                for category, value in zip(
                    collection.categories, collection.facets["category"], strict=True
                )
            ),
            tiles=parts.make_tiles(regions),
            provinces=parts.list_value_rows("region", regions, collection),
            featured=tuple(cards[case.slug] for case in featured),
            newest=tuple(cards[case.slug] for case in newest[:NEWEST]),
            epigraph=choose_epigraph((*featured, *newest), collection),
            banner=links.banner(config.banner),
            strip=make_years(collection.facets["year"]),
            layers=layers,
            layer_file=file.path if layers else "",
            counties=(counties := make_local_tiles(regions, collection, _find_county)),
            towns=() if counties else make_local_tiles(regions, collection, _find_town),
            sourced=collection.sourced,
            figured=any(entry.metrics for entry in collection.entries),
            book="book.pdf" if config.book.site and span else "",
        )
    )


def choose_totals(collection: Collection, chosen: Sequence[str]) -> tuple[TotalView, ...]:
    """Return the totals: those chosen by the editors, those asked first, then the most reported."""
    sound = [total for total in collection.all_totals if not total.doubtful]
    ranked = sorted(sound, key=lambda total: -total.reported)
    asked = [total for key in chosen for total in ranked if total.indicator == key]
    for dimensions in FIRST:
        of_kind = (t for t in ranked if _find_dimension(t, collection) in dimensions)
        asked += [total for total in [next(of_kind, None)] if total]
    order = dict.fromkeys((total.indicator, total.unit, total.item) for total in (*asked, *ranked))
    by_name = {(total.indicator, total.unit, total.item): total for total in sound}
    return tuple(parts.make_total_view(by_name[name], collection) for name in list(order)[:FRONT])


def _find_dimension(total: Total, collection: Collection) -> str:
    indicator = collection.vocabulary.get(total.indicator)
    return indicator.dimension if indicator else ""


def choose_epigraph(cases: Sequence[Case], collection: Collection) -> Epigraph | None:
    """Return the first sentence of suitable length that states a figure of a card.

    None for none.
    """
    for case in cases:
        shown = parts.choose_metrics(case, collection)
        for position, metric in enumerate(case.metrics):
            if metric not in shown or metric.evidence is None:
                continue
            text = case.prose.sentences[metric.evidence].text
            if len(text) in SENTENCE and text.endswith(("。", "！", "？", ".", "!", "?")):
                href = f"{make_case_href(case.slug)}#{parts.make_metric_anchor(case, position)}"
                return Epigraph(text, href, case.title)
    return None


def make_years(values: Sequence[Value]) -> tuple[YearMark, ...]:
    """Return the years, the oldest first, with empty ones between; () for a single year."""
    filled = {int(value.key): value for value in values if value.slugs}
    if len(filled) < 2:
        return ()
    most = max(len(value.slugs) for value in filled.values())
    marks = []
    for year in range(max(min(filled), max(filled) - MOST_YEARS + 1), max(filled) + 1):
        value = filled.get(year)
        count = len(value.slugs) if value else 0
        href = parts.make_value_href("year", value.stem) if value else ""
        share = parts.make_decimal_text(Fraction(100 * count, most))
        marks.append(YearMark(str(year), href, count, share))
    return tuple(marks)


def list_layers(
    collection: Collection, words: Words
) -> tuple[tuple[Layer, ...], dict[str, dict[str, list[object]]]]:
    """Return the indicators that the tiles can show, and by key and province their values.

    A value is the level of a province, its text on the tile and its text in full, by the stem of
    the province. Only indicators of which some province has a total are listed; the one with most
    cases comes first.
    """
    found: list[tuple[int, Layer]] = []
    values: dict[str, dict[str, list[object]]] = {}
    for indicator in indicators.list_reported(collection):
        totals = indicators.list_totals(indicator, collection)
        own = {
            tile.stem: [tile.level, tile.shown, tile.told]
            for tile in charts.make_value_tiles(indicator, collection)[0]
            if tile.shown
        }
        if not own or not totals:
            continue
        link = Link(indicator.shown_name, parts.make_indicator_href(indicator.key))
        said = words["home.layer"].format(name=indicator.shown_name, total=totals[0].quantity.text)
        found.append((-totals[0].reported, Layer(indicator.key, link, said)))
        values[indicator.key] = dict(own)
    found.sort(key=lambda row: row[0])
    return tuple(layer for _, layer in found), values


def _find_county(place: region.Region) -> str:
    return place.county or place.city


def _find_town(place: region.Region) -> str:
    return place.township


def make_local_tiles(
    regions: Sequence[Value], collection: Collection, name_of: Callable[[region.Region], str]
) -> tuple[PlaceTile, ...]:
    """Return the places of a collection of one province, in the order of their codes.

    () where the collection has several provinces, or a single place.
    """
    filled = [value for value in regions if value.slugs]
    if len(filled) != 1:
        return ()
    [value] = filled
    counts: dict[str, tuple[str, set[str]]] = {}
    for slug in value.slugs:
        for place in collection.by_slug[slug].regions:
            if name := name_of(place):
                code = region.find_code(place) or "999999"
                counts.setdefault(name, (code, set()))[1].add(slug)
    if len(counts) < 2:
        return ()
    ranked = sorted(len(slugs) for _, slugs in counts.values())
    order = sorted(counts, key=lambda name: (counts[name][0], pinyin.make_sort_key(name)))
    href = parts.make_value_href("region", value.stem)
    return tuple(
        PlaceTile(name, href, n, parts.find_level(n, ranked))
        for name in order
        for n in [len(counts[name][1])]
    )
