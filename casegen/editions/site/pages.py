"""pages: which pages exist, at which addresses, and what each of them shows.

Secret: the map of the site (docs/reference/data.md).
Not here: how parts look (parts), data files (editions.data, feeds, catalog), HTML (theme).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urlsplit

from casegen.collection.assembly import Collection, Value, assemble
from casegen.collection.case import Case, case_href
from casegen.collection.page import cut_title, list_references, read_html, read_prose, read_title
from casegen.editions.materials import Materials
from casegen.editions.site import (
    catalog,
    citations,
    dataset,
    feeds,
    frames,
    front,
    indicators,
    leaves,
    lists,
    parts,
    search,
    structured,
    theme,
)
from casegen.editions.site.components import (
    CaseCard,
    Credit,
    Frame,
    Link,
    Metadata,
    RangeFilter,
    Related,
)
from casegen.editions.site.links import Links
from casegen.editions.site.splits import draw_splits, find_drawn
from casegen.editions.site.view_digest import digest_value
from casegen.editions.site.views import (
    CasePage,
    CategoryPage,
    ComparePage,
    GroupPage,
    Head,
    IndexPage,
    MissingPage,
    Page,
    RedirectPage,
    TextPage,
    ValuesPage,
    WithdrawnPage,
)
from casegen.output import Artifact
from casegen.source.document import Document

NEWEST = 5
GROUP_TOTALS = 6
RANGES_SHOWN = 6


def list_artifacts(materials: Materials) -> Iterator[Artifact]:
    """Yield every file of the site.

    Raises CasegenError where the theme is missing or cannot be read (theme.load_theme).
    """
    return _Site(materials, materials.collection).artifacts()


def render_saved_case(materials: Materials, case: Case, before: CasePage | None) -> str:
    """Return the HTML of a case that was saved after the site was built of `materials`.

    What other cases decide is as in the page of that build, `before`, or left out where the case
    had no page: related cases, the ones before and after it, figures in doubt beside theirs.
    """
    whole = materials.collection
    silenced = materials.project.norms.silenced
    alone = assemble([case], whole.categories, whole.vocabulary, silenced)
    site = _Site(materials, alone)
    site.frame = before.frame if before else _Site(materials, whole).frame
    page = site.case(site.collection.by_slug[case.slug])
    if before:
        beside = before.previous, before.next
        page = replace(page, related=before.related, previous=beside[0], next=beside[1])
    view = leaves.fill_page(page, alone.by_slug[case.slug])
    return theme.render_view(site.theme, "case.html", view).decode()


class _Site:
    """The parts that the pages of one build share: frame, cards and links are made once.

    Pages show the cases of `collection`; links lead to those of the materials.
    """

    def __init__(self, materials: Materials, collection: Collection) -> None:
        self.collection = collection.outlined
        whole = collection is materials.collection
        self.bodies = materials.bodies if whole else collection.by_slug
        project = materials.project
        self.config = project.config
        self.theme = theme.load_theme(self.config.theme, self.config.lang, project.themes_dir)
        self.pages = materials.pages
        self.words = theme.words_of(self.theme)
        self.links = Links(
            materials.collection,
            materials.pages,
            materials.files,
            materials.pictures,
            self.words["join.size"],
        )
        self.files = materials.files
        self.root = project.root
        self.last = materials.last
        self.stamp = leaves.make_stamp(self.theme)

    # ── shared parts ──

    @cached_property
    def frame(self) -> Frame:
        return frames.make_frame(self.config, self.collection, self.pages, self.links, self.words)

    @cached_property
    def stems(self) -> Mapping[str, Mapping[str, str]]:
        return {
            facet: {value.key: value.stem for value in values}
            for facet, values in self.collection.facets.items()
        }

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The first page of every list of a value."""
        return frozenset(
            parts.value_href(facet, stem)
            for facet, stems in self.stems.items()
            for stem in stems.values()
        )

    @cached_property
    def cards(self) -> Mapping[str, CaseCard]:
        return {
            case.slug: parts.make_card(
                case, self.collection, self.stems, self.words, self.links.thumb(case.cover)
            )
            for case in self.collection.cases
        }

    @cached_property
    def ranges(self) -> tuple[RangeFilter, ...]:
        """Every summable indicator that some case reports, those of most cases first."""
        reported: dict[str, int] = {}
        for total in self.collection.all_totals:
            if total.doubtful:
                continue
            reported[total.indicator] = max(reported.get(total.indicator, 0), total.reported)
        leading = sorted(reported, key=lambda key: -reported[key])[:RANGES_SHOWN]
        rows = [i for i in self.collection.vocabulary.indicators if i.key in reported]
        return tuple(
            RangeFilter(row.key, row.shown_name, row.unit, leads=row.key in leading)
            for row in sorted(rows, key=lambda row: row.key not in leading)
        )

    def cards_of(self, slugs: Sequence[str]) -> tuple[CaseCard, ...]:
        return tuple(self.cards[slug] for slug in slugs)

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
                self.case(case), search.list_texts(case)[:-1], self.numbers[case.slug]
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

    def page(self, template: str, view: Page) -> Artifact:
        return Artifact(
            view.path,
            digest_value((template, view, self.stamp)),
            partial(theme.render_view, self.theme, template, view),
        )

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

    def case(self, case: Case) -> CasePage:
        """Return the page of a case without its body, which `leaves` adds."""
        collection = self.collection
        path = case_href(case.slug)
        rows = [
            parts.make_metric_row(position, metric, case, collection, self.words)
            for position, metric in enumerate(case.metrics)
        ]
        before, after = self.beside(case.slug)
        told = find_drawn(case)
        cover = self.links.cover(case.cover)
        image = cover.href.removeprefix("../") if cover else ""
        metadata = structured.describe_case(
            case, self.cards[case.slug], self.frame, rows, image, self.words
        )
        return CasePage(
            self.head(path, case.title, case.summary, "cases.html", metadata),
            card=self.cards[case.slug],
            updated=case.updated,
            regions=parts.list_place_links(case.regions, self.stems["region"]),
            tags=tuple(
                Link(tag, parts.value_href("tag", self.stems["tag"][tag])) for tag in case.tags
            ),
            metrics=tuple(
                replace(rows[position], drawn=position in told)
                for position in parts.weigh_metrics(case, collection)
            ),
            splits=draw_splits(case, rows, self.words),
            headings=(),
            body="",
            html=case.html,
            links=self.links.targets(case.path, case.prose, case.references),
            evidence=(),
            credits=tuple(Credit(role, names) for role, names in case.credits),
            source=Link(case.source.name, case.source.url) if case.source.name else None,
            cover=cover,
            opening=None,
            citation=parts.write_citation(case),
            markdown=case_href(case.slug, "md"),
            pdf=case_href(case.slug, "pdf") if self.config.book.site else "",
            references=(
                Link("BibTeX", case_href(case.slug, "bib")),
                Link("RIS", case_href(case.slug, "ris")),
            ),
            related=tuple(
                Related(self.cards[kin.slug], self.reason(kin.shared))
                for kin in collection.related[case.slug]
            ),
            previous=before,
            next=after,
        )

    def reason(self, shared: Sequence[tuple[str, str]]) -> str:
        """Return why a case is related, in words: the strongest two things shared."""
        named = []
        for bond, value in shared[:2]:
            indicator = self.collection.vocabulary.get(value) if bond == "indicator" else None
            name = indicator.shown_name if indicator else value.rpartition("/")[2]
            named.append(self.words[f"related.{bond}"].format(name=name))
        return self.words["related.joint"].join(named)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number by which the search knows each case."""
        return {slug: number for number, slug in enumerate(sorted(self.collection.by_slug))}

    @cached_property
    def order(self) -> Mapping[str, int]:
        return {case.slug: number for number, case in enumerate(self.collection.cases)}

    def beside(self, slug: str) -> tuple[Link | None, Link | None]:
        """Return links to the cases before and after in the collection's order.

        None at the ends.
        """
        cases = self.collection.cases
        at = self.order[slug]

        def link(number: int) -> Link | None:
            if not 0 <= number < len(cases):
                return None
            return Link(cases[number].title, case_href(cases[number].slug))

        return link(at - 1), link(at + 1)

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

    def head(
        self,
        path: str,
        title: str,
        description: str,
        section: str = "",
        metadata: Metadata | None = None,
    ) -> Head:
        """Return the head of a page: what it says of itself."""
        told = metadata or self.describe(path, title, description)
        return Head(self.frame, path, title, description, section, told)

    def describe(self, path: str, title: str, description: str) -> Metadata:
        """Return the metadata of a page that shows no case."""
        if path == indicators.LIST:
            return structured.describe_figures(self.frame, description, self.words)
        return structured.describe_page(self.frame, path, title, description)


def _return_path(path: Path) -> Path:
    return path
