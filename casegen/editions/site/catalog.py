"""catalog: the data by which the browser filters, counts and sorts lists.

Secret: how cases become columns and bundles of cards, so that an edit changes few files.
Not here: the script that reads them (the theme's list.js), full-text search (search), how a value
becomes a script (data_scripts) and the lists in the pages (pages).

Only `assets/catalog.js`, whose name is fixed, names the hashed files. Columns hold a value for each
case in the collection's order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial

from casegen.chinese import pinyin, region, variants
from casegen.chinese.showing import make_plain_number
from casegen.collection.case import Case
from casegen.collection.collected import Collection
from casegen.collection.facets import list_facet_keys
from casegen.collection.measures import measure_metric
from casegen.editions.site import parts, search, theme
from casegen.editions.site.components import (
    CaseCard,
)
from casegen.editions.site.data_scripts import cut_bundles, make_hashed, write_script
from casegen.editions.site.view_digest import digest_value
from casegen.output import Artifact, make_literal

Texts = tuple[str, ...]  # what is searched of a case (search.list_texts)
ListSearchFiles = Callable[[Callable[[Case], Artifact]], Iterator[Artifact]]
CUT = 6  # mean number of cards in a bundle; small, because a filter finds cases far apart


def list_catalog_files(
    collection: Collection,
    cards: Sequence[CaseCard],
    look: theme.Theme,
    stamp: str,
    list_search_files: ListSearchFiles | None,
) -> Iterator[Artifact]:
    """Yield catalog.js, the columns, the bundles of cards, and the files of the search."""
    bundles = list(cut_bundles(cards, CUT, lambda card: card.slug))
    paths, facts = [], []
    for bundle in bundles:
        print_ = digest_value((bundle, stamp))
        path = f"assets/cards-{print_[:8]}.js"
        paths.append(path)
        yield Artifact(path, print_, partial(render_bundle, look, path, bundle))
        content = {
            card.slug: make_facts(collection.by_slug[card.slug], card, collection)
            for card in bundle
        }
        artifact, _ = make_hashed("facts", content)
        facts.append(artifact.path)
        yield artifact
    columns, _ = make_hashed("columns", make_columns(collection, bundles))
    yield columns
    words, _ = make_hashed("words", make_words(collection))
    titles, _ = make_hashed("titles", [case.title for case in collection.cases])
    names, _ = make_hashed("names", make_names(collection))
    sounds, _ = make_hashed("pinyin", make_pinyin(collection))
    yield from (words, titles, names, sounds)
    figures = {}
    for key, values in make_figures(collection).items():
        artifact, digits = make_hashed("figures", values)
        figures[key] = digits
        yield artifact
    files = {
        "columns": columns.path,
        "words": words.path,
        "titles": titles.path,
        "names": names.path,
        "pinyin": sounds.path,
        "figures": figures,
        "chunks": paths,
        "facts": facts,
        "search": "",
    }
    if list_search_files:
        by_slug = {card.slug: card for card in cards}

        def own(case: Case) -> Artifact:
            return make_own_file(look, stamp, by_slug[case.slug], search.list_texts(case))

        for artifact in list_search_files(own):
            yield artifact
            files["search"] = artifact.path  # that of the last one remains
    yield make_literal("assets/catalog.js", write_script("catalog", files))


def make_own_file(look: theme.Theme, stamp: str, card: CaseCard, text: Texts) -> Artifact:
    """Return a case's text and card as one file, for a search that finds few cases of many."""
    print_ = digest_value((card, text, stamp))
    path = f"assets/text-{print_[:10]}.js"
    return Artifact(path, print_, partial(render_own, look, path, text, card))


def render_own(look: theme.Theme, path: str, text: Texts, card: CaseCard) -> bytes:
    """Return the parts of the text, then the card's HTML, as a script."""
    return write_script(path, [text, theme.render_card(look, card)])


def render_bundle(look: theme.Theme, path: str, cards: Sequence[CaseCard]) -> bytes:
    """Return a bundle: the HTML of each card by its slug."""
    html = {card.slug: theme.render_card(look, card) for card in cards}
    return write_script(path, html)


def make_columns(
    collection: Collection, bundles: Sequence[Sequence[CaseCard]]
) -> dict[str, object]:
    """Return what every filter needs, in columns: slugs, order of titles, facets."""
    cases = collection.cases
    by_title = sorted(cases, key=lambda case: (pinyin.make_sort_key(case.title), case.slug))
    orders = [
        None if case.order is None else make_plain_number(Fraction(case.order)) for case in cases
    ]
    rank = {case.slug: number for number, case in enumerate(by_title)}
    bundle_of = {card.slug: n for n, bundle in enumerate(bundles) for card in bundle}
    facets = {}
    for name, values in collection.facets.items():
        place = {value.key: number for number, value in enumerate(values)}
        facets[name] = {
            "values": [value.stem for value in values],
            "labels": [value.label for value in values],
            "of": [[place[key] for key in list_facet_keys(case, name)] for case in cases],
        }
    return {
        "slug": [case.slug for case in cases],
        "title": [rank[case.slug] for case in cases],
        "order": orders if any(order is not None for order in orders) else [],
        "chunk": [bundle_of[case.slug] for case in cases],
        "facets": facets,
    }


def make_words(collection: Collection) -> dict[str, object]:
    """Return titles, institutions and places in the form in which a query is compared with them."""
    return {
        "title": [search.fold_text(case.title) for case in collection.cases],
        "place": [
            search.fold_text(f"{case.institution}\n{search.write_places(case)}")
            for case in collection.cases
        ],
    }


def make_names(collection: Collection) -> dict[str, object]:
    """Return data for a query that finds nothing: names, and characters in simplified form.

    `indicators` has the name and the page of each indicator that has one;
    `divisions` has for each province its name, its page ("" where it has no cases) and its cities
    and counties without a case;
    `simplified` is one text of pairs: a traditional character, then the simplified one.
    """
    return {
        "indicators": [
            [indicator.shown_name, parts.make_indicator_href(key)]
            for key in collection.reported
            if (indicator := collection.vocabulary.get(key))
        ],
        "divisions": _list_divisions(collection),
        "simplified": "".join(map("".join, variants.map_to_simplified().items())),
    }


def make_pinyin(collection: Collection) -> dict[str, object]:
    """Return initials and syllables of names, for a query in letters that finds nothing.

    `facets` has for each value of a facet, in the order of the columns, initials and syllables;
    `places` has the places below the provinces, each with its initials and syllables.
    """
    return {
        "facets": {
            name: [_spell(value.label) for value in collection.facets[name]]
            for name in ("region", "institution", "tag")
        },
        "places": [[place, *_spell(place)] for place in _list_places(collection)],
    }


def _spell(name: str) -> list[str]:
    return [pinyin.read_initials(name), pinyin.make_stem(name, 400).replace("-", "")]


def _list_divisions(collection: Collection) -> list[list[str]]:
    """Return for each province its name, its page if any, its divisions that no case names."""
    named = {name for case in collection.cases for place in case.regions for name in place.names}
    hrefs = {
        value.key: parts.make_value_href("region", value.stem)
        for value in collection.facets["region"]
    }
    below: dict[str, dict[str, None]] = {}
    for place in region.list_regions():
        inside = below.setdefault(place.province, {})
        if place.names[1:] and place.names[-1] not in named:
            inside[place.names[-1]] = None
    return [
        [province, hrefs.get(province, ""), " ".join(inside)] for province, inside in below.items()
    ]


def _list_places(collection: Collection) -> list[str]:
    """Return the names of cities, counties and what is below them, the larger ones first."""
    regions = [region for case in collection.cases for region in case.regions]
    levels = (sorted({region.names[level] for region in regions if len(region.names) > level})
              for level in range(1, 5))  # fmt: skip
    return list(dict.fromkeys(name for level in levels for name in level))


def make_facts(case: Case, card: CaseCard, collection: Collection) -> dict[str, object]:
    """Return what the comparison page needs of a case: facts as shown, metrics with base values."""
    metrics = []
    for position, metric in enumerate(case.metrics):
        indicator = collection.vocabulary.get(metric.indicator) if metric.indicator else None
        measure = measure_metric(metric, collection.vocabulary)
        anchor = parts.make_metric_anchor(case, position)
        metrics.append(
            {
                "name": metric.name,
                "indicator": metric.indicator,
                "label": indicator.shown_name if indicator else metric.name,
                "written": metric.quantity.as_written,
                "written_unit": metric.quantity.unit,
                "low": make_plain_number(measure.low),
                "unit": measure.unit,
                "note": metric.note,
                "counted": metric.counted,
                "doubtful": bool(metric.doubts),
                "href": card.href + (f"#{anchor}" if anchor and not metric.doubts else ""),
            }
        )
    return {
        "slug": case.slug,
        "title": case.title,
        "href": card.href,
        "institution": case.institution,
        "places": region.join_places(case.regions),
        "years": card.years,
        "categories": "、".join(mark.name for mark in card.categories),
        "metrics": metrics,
    }


def make_figures(collection: Collection) -> dict[str, dict[str, list[object]]]:
    """Return for each summable indicator and case: value, text as shown, anchor of the sentence.

    The value is in base units, for a range its low end; the anchor is that of the metric's sentence
    in the case's page, "" where several metrics make the value.
    """
    found: dict[str, dict[str, list[object]]] = {}
    for case in collection.cases:
        for key, measures in collection.values[case.slug].items():
            indicator = collection.vocabulary.get(key)
            own = [m for m in measures if indicator is not None and m.unit == indicator.unit]
            if own:
                shown, place = parts.show_value(case, key, own[0])
                row: list[object] = [make_plain_number(own[0].low), shown.text, place]
                found.setdefault(key, {})[case.slug] = row
    return found
