"""pages: which pages exist, at which addresses, and what each of them shows.

Secret: the map of the site (docs/reference/data.md).
Not here: what the page of a case shows (case_page), what pages share (shared), how parts look
(parts), data files (editions.data, feeds, catalog), HTML (theme).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from casegen.collection.case import Case, case_href
from casegen.collection.facets import Value
from casegen.collection.page import cut_title, list_references, read_html, read_prose, read_title
from casegen.editions.materials import Materials
from casegen.editions.site import (
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
    theme,
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
    return _Site(materials, materials.collection).artifacts()


class _Site(Shared):
    """The files of one site; `collection` are the cases that have pages."""

    # ── artifacts ──

    def artifacts(self) -> Iterator[Artifact]:
        yield from front.list_front(
            self.collection,
            self.config,
            self.links,
            self.cards,
            self.head,
            self.words,
            partial(self.page, "home.html"),
        )
        yield from self.index()
        for value in self.collection.facets["category"]:
            yield from self.category(value)
        for facet in ("region", "year", "institution", "tag"):
            values = self.collection.facets[facet]
            yield self.page("values.html", self.values(facet, values))
            for value in values:
                yield from self.group(facet, value)
        yield self.page(
            "metrics.html", indicators.make_index(self.collection, self.head, self.words)
        )
        yield from indicators.list_artifacts(
            self.collection, self.head, self.words, partial(self.page, "metric.html")
        )
        yield self.page("compare.html", self.compare())
        yield self.page(
            "data.html",
            dataset.make_page(self.collection, self.config.license, self.head, self.words),
        )
        for case in self.collection.cases:
            leaf = leaves.Leaf(
                make_case_page(case, self), search.list_texts(case)[:-1], self.numbers[case.slug]
            )
            yield from leaves.list_leaf_files(
                leaf, self.bodies[case.slug], self.theme, self.words, self.stamp
            )
            yield from citations.list_citations(case, self.frame)
        yield from self.old_addresses()
        for document in self.pages:
            yield self.page("text.html", self.text(document))
        yield self.page("404.html", self.missing())
        yield from self.assets()
        cards = tuple(self.cards.values())
        yield from catalog.list_catalog_files(
            self.collection,
            cards,
            self.theme,
            self.stamp,
            self.list_search_files if self.config.search and self.bodies else None,
        )
        yield from feeds.list_feeds(
            self.collection, self.config, self.pages, self.links, self.words
        )

    def list_search_files(self, own_file: Callable[[Case], Artifact]) -> Iterator[Artifact]:
        return search.list_search_files(self.bodies, own_file, self.last)

    def assets(self) -> Iterator[Artifact]:
        for path, source in theme.asset_files(self.theme):
            if path.endswith((".css", ".js")):
                yield Artifact(path, f"{path} bare", partial(theme.read_bare_asset, source))
            else:
                yield Artifact(path, path, partial(_return_path, source))
        yield from self.links.artifacts(self.root)

    # ── pages ──

    def index(self) -> Iterator[Artifact]:
        slugs = [case.slug for case in self.collection.cases]
        form = lists.make_form(self.collection, "cases.html", "", slugs, self.ranges)
        title = self.words["page.cases"]
        for path, chunk, pager in lists.cut_pages("cases.html", slugs):
            yield self.page(
                "index.html",
                IndexPage(
                    self.head(
                        path, title, self.words["describe.cases"].format(n=len(slugs)), "cases.html"
                    ),
                    form=form,
                    count=len(slugs),
                    cards=self.cards_of(chunk),
                    pager=pager,
                ),
            )

    def category(self, value: Value) -> Iterator[Artifact]:
        collection = self.collection
        category = next(c for c in collection.categories if c.key == value.key)
        totals = collection.category_totals(value.key)
        shown = parts.make_total_views(totals, collection, GROUP_TOTALS)
        cases = [collection.by_slug[slug] for slug in value.slugs]
        chart = parts.make_ranking(totals, cases, collection, self.words, "category", value.key)
        start = parts.value_href("category", value.stem)
        form = lists.make_form(collection, start, value.key, value.slugs, self.ranges)
        for path, chunk, pager in lists.cut_pages(start, value.slugs, self.firsts):
            yield self.page(
                "category.html",
                CategoryPage(
                    self.head(path, category.name, category.intro, start),
                    mark=parts.make_mark(category),
                    intro=category.intro,
                    totals=shown,
                    chart=chart,
                    form=form,
                    count=len(value.slugs),
                    cards=self.cards_of(chunk),
                    pager=pager,
                ),
            )

    def group(self, facet: str, value: Value) -> Iterator[Artifact]:
        collection = self.collection
        plural = parts.PLURALS[facet]
        totals = collection.totals_of(facet, value)
        shown = parts.make_total_views(totals, collection, GROUP_TOTALS)
        cases = [collection.by_slug[slug] for slug in value.slugs]
        chart = parts.make_ranking(totals, cases, collection, self.words, facet, value.key)
        unplaced = collection.unplaced(value) if facet == "region" else 0
        note = self.words[f"group.note.{facet}"] if totals else ""
        if unplaced:
            note += self.words["group.unplaced"].format(n=unplaced)
        entries = [lists.Entry("", "", slug) for slug in value.slugs]
        if facet == "region":
            entries = lists.list_by_place(value, collection, self.words)
        describe = self.words[f"describe.{facet}"].format(name=value.label, n=len(value.slugs))
        start = parts.value_href(facet, value.stem)
        for path, chunk, pager in lists.cut_pages(start, entries, self.firsts):
            yield self.page(
                "group.html",
                GroupPage(
                    self.head(path, value.label, describe, f"{plural}.html"),
                    kind=facet,
                    totals=shown,
                    chart=chart,
                    count=len(value.slugs),
                    groups=lists.group_cards(chunk, self.cards),
                    pager=pager,
                    up=Link(self.words[f"page.{plural}"], f"{plural}.html"),
                    filter=f"cases.html?{facet}={value.stem}",
                    note=note,
                ),
            )

    def values(self, facet: str, values: Sequence[Value]) -> ValuesPage:
        plural = parts.PLURALS[facet]
        title = self.words[f"page.{plural}"]
        rows = parts.list_value_rows(facet, values, self.collection)
        return ValuesPage(
            self.head(
                f"{plural}.html",
                title,
                self.words[f"describe.{plural}"].format(n=len(values)),
                f"{plural}.html",
            ),
            kind=facet,
            rows=rows,
            letters=lists.group_by_letter(rows) if facet in {"institution", "tag"} else (),
            tiles=parts.make_tiles(values) if facet == "region" else (),
            strip=front.make_years(values) if facet == "year" else (),
        )

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number by which the search knows each case."""
        return {slug: number for number, slug in enumerate(sorted(self.collection.by_slug))}

    def old_addresses(self) -> Iterator[Artifact]:
        """Yield redirects from aliases, and the page that replaces a withdrawn case."""
        for case in self.collection.withdrawn:
            path = case_href(case.slug)
            head = self.head(path, self.words["withdrawn.title"], self.words["withdrawn.title"])
            view = WithdrawnPage(head, case_title=case.title, institution=case.institution)
            yield self.page("withdrawn.html", view)
        for case in (*self.collection.cases, *self.collection.withdrawn):
            for alias in case.aliases:
                target = Link(case.title, case_href(case.slug))
                yield self.page(
                    "redirect.html", RedirectPage(self.head(alias, case.title, ""), target=target)
                )

    def text(self, document: Document) -> TextPage:
        prose = read_prose(document)
        return TextPage(
            self.head(
                self.links.of_page(document),
                read_title(document),
                prose.opening,
                self.links.of_page(document),
            ),
            body=cut_title(document),
            html=read_html(document),
            links=self.links.targets(document.path, prose, list_references(document)),
            headings=leaves.list_headings(prose.headings),
        )

    def compare(self) -> ComparePage:
        newest = [case.slug for case in self.collection.cases[:NEWEST]]
        head = self.head(
            "compare.html",
            self.words["page.compare_title"],
            self.words["describe.compare"],
            "compare.html",
        )
        return ComparePage(head, newest=self.cards_of(newest))

    def missing(self) -> MissingPage:
        home = urlsplit(self.config.base_url).path or "/"
        title = self.words["page.missing"]
        return MissingPage(self.head("404.html", title, title), home=home)


def _return_path(path: Path) -> Path:
    return path
