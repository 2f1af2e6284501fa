"""shared: what the pages of one site have in common, made once: frame, cards, links, heads.

Secret: which values are made once for a build, and which indicators a list can be narrowed by.
Not here: which pages exist (pages), what the page of a case shows (case_page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial

from casegen.collection.collected import Collection
from casegen.editions.materials import Materials
from casegen.editions.site import frames, indicators, leaves, parts, structured, theme
from casegen.editions.site.components import CaseCard, Frame, Metadata, RangeFilter
from casegen.editions.site.links import Links
from casegen.editions.site.view_digest import digest_value
from casegen.editions.site.views import Head, Page
from casegen.output import Artifact

RANGES_SHOWN = 6


class Shared:
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
        self.words = theme.find_words(self.theme)
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

    @cached_property
    def frame(self) -> Frame:
        """What all pages show around their content."""
        return frames.make_frame(self.config, self.collection, self.pages, self.links, self.words)

    @cached_property
    def stems(self) -> Mapping[str, Mapping[str, str]]:
        """By facet and key, the stem of the page of each value."""
        return {
            facet: {value.key: value.stem for value in values}
            for facet, values in self.collection.facets.items()
        }

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The first page of every list of a value."""
        return frozenset(
            parts.make_value_href(facet, stem)
            for facet, stems in self.stems.items()
            for stem in stems.values()
        )

    @cached_property
    def cards(self) -> Mapping[str, CaseCard]:
        """The card of each case, by slug, in the order of the collection."""
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
        """Return the cards of some cases, in the order given."""
        return tuple(self.cards[slug] for slug in slugs)

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The number of each case in the order of the collection, from 0."""
        return {case.slug: number for number, case in enumerate(self.collection.cases)}

    def page(self, template: str, view: Page) -> Artifact:
        """Return the file of a page: its view in a template of the theme."""
        return Artifact(
            view.path,
            digest_value((template, view, self.stamp)),
            partial(theme.render_view, self.theme, template, view),
        )

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
