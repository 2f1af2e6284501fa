"""pages: which pages exist, at which addresses, and what each of them shows.

Secret: the map of the site (docs/reference/data.md).
Not here: what the page of a case shows (case_page), what pages share (shared), how parts look
(parts), data files (editions.data, feeds, catalog), HTML (theme).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from casegen.collection.case import Case, make_case_href
from casegen.collection.facets import Value
from casegen.collection.page import cut_title, list_references, read_html, read_prose, read_title
from casegen.editions.materials import Materials
from casegen.editions.site import (
    assets,
    catalog,
    citations,
    dataset,
    feeds,
    front,
    indicators,
    leaves,
    lists,
    parts,
    search,
)
from casegen.editions.site.case_page import make_case_page
from casegen.editions.site.components import Link
from casegen.editions.site.shared import Shared
from casegen.editions.site.views import (
    CategoryPage,
    ComparePage,
    GroupPage,
    IndexPage,
    MissingPage,
    RedirectPage,
    TextPage,
    ValuesPage,
    WithdrawnPage,
)
from casegen.output import Artifact
from casegen.source.document import Document

NEWEST = 5
GROUP_TOTALS = 6


def list_artifacts(materials: Materials) -> Iterator[Artifact]:
    """Yield every file of the site.

    Raises CasegenError where the theme is missing or cannot be read (theme.load_theme).
    """
    return _list_all(Shared(materials, materials.collection))


def _list_all(shared: Shared) -> Iterator[Artifact]:
    yield from front.list_front(
        shared.collection,
        shared.config,
        shared.links,
        shared.cards,
        shared.head,
        shared.words,
        partial(shared.page, "home.html"),
    )
    yield from _list_index(shared)
    for value in shared.collection.facets["category"]:
        yield from _list_category(shared, value)
    for facet in ("region", "year", "institution", "tag"):
        values = shared.collection.facets[facet]
        yield shared.page("values.html", _make_values(shared, facet, values))
        for value in values:
            yield from _list_group(shared, facet, value)
    yield shared.page(
        "metrics.html", indicators.make_index(shared.collection, shared.head, shared.words)
    )
    yield from indicators.list_artifacts(
        shared.collection, shared.head, shared.words, partial(shared.page, "metric.html")
    )
    yield shared.page("compare.html", _make_compare(shared))
    yield shared.page(
        "data.html",
        dataset.make_page(shared.collection, shared.config.license, shared.head, shared.words),
    )
    yield from _list_case_files(shared)
    yield from _list_old_addresses(shared)
    for document in shared.pages:
        yield shared.page("text.html", _make_text(shared, document))
    yield shared.page("404.html", _make_missing(shared))
    yield from _list_assets(shared)
    cards = tuple(shared.cards.values())
    yield from catalog.list_catalog_files(
        shared.collection,
        cards,
        shared.theme,
        shared.stamp,
        partial(_list_search_files, shared) if shared.config.search and shared.bodies else None,
    )
    yield from feeds.list_feeds(
        shared.collection, shared.config, shared.pages, shared.links, shared.words
    )


def _list_case_files(shared: Shared) -> Iterator[Artifact]:
    """Yield the page of each case, with the files that belong to it."""
    # The search knows a case by its number.
    numbers = {slug: n for n, slug in enumerate(sorted(shared.collection.by_slug))}
    for case in shared.collection.cases:
        leaf = leaves.Leaf(
            make_case_page(case, shared), search.list_texts(case)[:-1], numbers[case.slug]
        )
        yield from leaves.list_leaf_files(
            leaf, shared.bodies[case.slug], shared.theme, shared.words, shared.stamp
        )
        yield from citations.list_citations(case, shared.frame)


def _list_search_files(shared: Shared, own_file: Callable[[Case], Artifact]) -> Iterator[Artifact]:
    return search.list_search_files(shared.bodies, own_file, shared.last)


def _list_assets(shared: Shared) -> Iterator[Artifact]:
    for path, source in assets.list_asset_files(
        reversed(shared.theme.folders), shared.theme.asset_paths
    ):
        if path.endswith((".css", ".js")):
            yield Artifact(path, f"{path} bare", partial(assets.read_bare_asset, source))
        else:
            yield Artifact(path, path, partial(_return_path, source))
    yield from shared.links.artifacts(shared.root)


def _list_index(shared: Shared) -> Iterator[Artifact]:
    slugs = [case.slug for case in shared.collection.cases]
    form = lists.make_form(shared.collection, "cases.html", "", slugs, shared.ranges)
    title = shared.words["page.cases"]
    for path, chunk, pager in lists.cut_pages("cases.html", slugs):
        yield shared.page(
            "index.html",
            IndexPage(
                shared.head(
                    path, title, shared.words["describe.cases"].format(n=len(slugs)), "cases.html"
                ),
                form=form,
                count=len(slugs),
                cards=shared.cards_of(chunk),
                pager=pager,
            ),
        )


def _list_category(shared: Shared, value: Value) -> Iterator[Artifact]:
    collection = shared.collection
    category = next(c for c in collection.categories if c.key == value.key)
    totals = collection.category_totals(value.key)
    shown = parts.make_total_views(totals, collection, GROUP_TOTALS)
    cases = [collection.by_slug[slug] for slug in value.slugs]
    chart = parts.make_ranking(totals, cases, collection, shared.words, "category", value.key)
    start = parts.make_value_href("category", value.stem)
    form = lists.make_form(collection, start, value.key, value.slugs, shared.ranges)
    for path, chunk, pager in lists.cut_pages(start, value.slugs, shared.firsts):
        yield shared.page(
            "category.html",
            CategoryPage(
                shared.head(path, category.name, category.intro, start),
                mark=parts.make_mark(category),
                intro=category.intro,
                totals=shown,
                chart=chart,
                form=form,
                count=len(value.slugs),
                cards=shared.cards_of(chunk),
                pager=pager,
            ),
        )


def _list_group(shared: Shared, facet: str, value: Value) -> Iterator[Artifact]:
    collection = shared.collection
    plural = parts.PLURALS[facet]
    totals = collection.totals_of(facet, value)
    shown = parts.make_total_views(totals, collection, GROUP_TOTALS)
    cases = [collection.by_slug[slug] for slug in value.slugs]
    chart = parts.make_ranking(totals, cases, collection, shared.words, facet, value.key)
    unplaced = collection.unplaced(value) if facet == "region" else 0
    note = shared.words[f"group.note.{facet}"] if totals else ""
    if unplaced:
        note += shared.words["group.unplaced"].format(n=unplaced)
    entries = [lists.Entry("", "", slug) for slug in value.slugs]
    if facet == "region":
        entries = lists.list_by_place(value, collection, shared.words)
    describe = shared.words[f"describe.{facet}"].format(name=value.label, n=len(value.slugs))
    start = parts.make_value_href(facet, value.stem)
    for path, chunk, pager in lists.cut_pages(start, entries, shared.firsts):
        yield shared.page(
            "group.html",
            GroupPage(
                shared.head(path, value.label, describe, f"{plural}.html"),
                kind=facet,
                totals=shown,
                chart=chart,
                count=len(value.slugs),
                groups=lists.group_cards(chunk, shared.cards),
                pager=pager,
                up=Link(shared.words[f"page.{plural}"], f"{plural}.html"),
                filter=f"cases.html?{facet}={value.stem}",
                note=note,
            ),
        )


def _make_values(shared: Shared, facet: str, values: Sequence[Value]) -> ValuesPage:
    plural = parts.PLURALS[facet]
    title = shared.words[f"page.{plural}"]
    rows = parts.list_value_rows(facet, values, shared.collection)
    return ValuesPage(
        shared.head(
            f"{plural}.html",
            title,
            shared.words[f"describe.{plural}"].format(n=len(values)),
            f"{plural}.html",
        ),
        kind=facet,
        rows=rows,
        letters=lists.group_by_letter(rows) if facet in {"institution", "tag"} else (),
        tiles=parts.make_tiles(values) if facet == "region" else (),
        strip=front.make_years(values) if facet == "year" else (),
    )


def _list_old_addresses(shared: Shared) -> Iterator[Artifact]:
    """Yield redirects from aliases, and the page that replaces a withdrawn case."""
    for case in shared.collection.withdrawn:
        path = make_case_href(case.slug)
        head = shared.head(path, shared.words["withdrawn.title"], shared.words["withdrawn.title"])
        view = WithdrawnPage(head, case_title=case.title, institution=case.institution)
        yield shared.page("withdrawn.html", view)
    for case in (*shared.collection.cases, *shared.collection.withdrawn):
        for alias in case.aliases:
            target = Link(case.title, make_case_href(case.slug))
            yield shared.page(
                "redirect.html", RedirectPage(shared.head(alias, case.title, ""), target=target)
            )


def _make_text(shared: Shared, document: Document) -> TextPage:
    prose = read_prose(document)
    return TextPage(
        shared.head(
            shared.links.of_page(document),
            read_title(document),
            prose.opening,
            shared.links.of_page(document),
        ),
        body=cut_title(document),
        html=read_html(document),
        links=shared.links.targets(document.path, prose, list_references(document)),
        headings=leaves.list_headings(prose.headings),
    )


def _make_compare(shared: Shared) -> ComparePage:
    newest = [case.slug for case in shared.collection.cases[:NEWEST]]
    head = shared.head(
        "compare.html",
        shared.words["page.compare_title"],
        shared.words["describe.compare"],
        "compare.html",
    )
    return ComparePage(head, newest=shared.cards_of(newest))


def _make_missing(shared: Shared) -> MissingPage:
    home = urlsplit(shared.config.base_url).path or "/"
    title = shared.words["page.missing"]
    return MissingPage(shared.head("404.html", title, title), home=home)


def _return_path(path: Path) -> Path:
    return path
