"""views: all that a template may read, one frozen dataclass for each template.

Secret: what a page depends on. A page is a function of its view (and of theme and version), so a
view's digest says whether the page must be written again.
Not here: the pieces of views (components), choosing what goes into a view (pages), turning it into
HTML (theme), digests (view_digest).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casegen.body.template import Template
from casegen.editions.site.components import (
    BarChart,
    CardGroup,
    CaseCard,
    CategoryMark,
    CategoryPanel,
    Credit,
    Described,
    DoubtRow,
    Epigraph,
    Frame,
    Heading,
    IndicatorGroup,
    Layer,
    LetterGroup,
    Link,
    LinkTarget,
    ListForm,
    Metadata,
    MetricRow,
    Pager,
    PlaceTile,
    Related,
    Shade,
    Spread,
    Statement,
    Tile,
    TotalView,
    ValueRow,
    YearMark,
)
from casegen.editions.site.view_digest import View


@dataclass(frozen=True)
class Head(View):
    """What a page says of itself: `path` is relative to the site's root.

    `section` is the href of the current entry of the navigation, or "".
    """

    frame: Frame
    path: str
    title: str
    description: str
    section: str
    metadata: Metadata


@dataclass(frozen=True)
class Page(View):
    """What the frame template needs of any page."""

    head: Head

    @property
    def frame(self) -> Frame:
        """What all pages of the site share."""
        return self.head.frame

    @property
    def path(self) -> str:
        """The page's address, relative to the site's root."""
        return self.head.path

    @property
    def title(self) -> str:
        """The page's own title."""
        return self.head.title

    @property
    def description(self) -> str:
        """A sentence on the page, for search engines and shared links."""
        return self.head.description

    @property
    def metadata(self) -> Metadata:
        """The metadata of the page for machines."""
        return self.head.metadata

    @property
    def section(self) -> str:
        """The href of the current entry of the navigation, or ""."""
        return self.head.section

    @property
    def root(self) -> str:
        """The path from this page to the site's root: empty, or some `../`."""
        return "../" * self.path.count("/")

    @property
    def canonical(self) -> str:
        """The page's full address where base_url is set, else empty."""
        base = self.frame.base_url
        return base + ("" if self.path == "index.html" else self.path) if base else ""


@dataclass(frozen=True)
class HomePage(Page):
    """The view of home.html, the front page."""

    count: int
    years: str
    totals: tuple[TotalView, ...]
    panels: tuple[CategoryPanel, ...]
    tiles: tuple[Tile, ...]
    provinces: tuple[ValueRow, ...]
    featured: tuple[CaseCard, ...]
    newest: tuple[CaseCard, ...]
    epigraph: Epigraph | None
    banner: LinkTarget | None
    strip: tuple[YearMark, ...]
    layers: tuple[Layer, ...]  # indicators that the tiles can show
    layer_file: str  # the script with their values
    counties: tuple[PlaceTile, ...]  # instead of the provinces where there is only one province
    towns: tuple[PlaceTile, ...]  # the same where there is only one county
    sourced: bool  # whether every metric of every published case has its sentence
    figured: bool  # whether a published case has a metric at all
    book: str  # address of the whole book as PDF, or ""


@dataclass(frozen=True)
class IndexPage(Page):
    """The view of index.html: cases.html and its further pages."""

    form: ListForm
    count: int
    cards: tuple[CaseCard, ...]
    pager: Pager


@dataclass(frozen=True)
class CategoryPage(Page):
    """The view of category.html."""

    mark: CategoryMark
    intro: str
    totals: tuple[TotalView, ...]
    chart: BarChart | None
    form: ListForm
    count: int
    cards: tuple[CaseCard, ...]
    pager: Pager


@dataclass(frozen=True)
class GroupPage(Page):
    """The view of group.html: one region, year, institution or tag; `kind` names which."""

    kind: str
    totals: tuple[TotalView, ...]
    chart: BarChart | None
    count: int
    groups: tuple[CardGroup, ...]
    pager: Pager
    up: Link  # the list of all values
    filter: str  # the index filtered by this value
    note: str  # what the totals leave out, or ""


@dataclass(frozen=True)
class ValuesPage(Page):
    """The view of values.html: all values of a facet; regions carry the tile map."""

    kind: str
    rows: tuple[ValueRow, ...]
    letters: tuple[LetterGroup, ...]  # the rows of a long list by pinyin, else ()
    tiles: tuple[Tile, ...]
    strip: tuple[YearMark, ...]  # of the years


@dataclass(frozen=True)
class IndicatorsPage(Page):
    """The view of metrics.html: every indicator that some case reports."""

    groups: tuple[IndicatorGroup, ...]


@dataclass(frozen=True)
class IndicatorPage(Page):
    """The view of metric.html: one indicator; `filter` is the index sorted by it, or empty."""

    unit: str
    totals: tuple[TotalView, ...]
    reason: str
    reported: int
    of: int
    says: str  # the total in words
    basis: str  # of which years the figures are, and which figure of a case counts
    spread: tuple[Spread, ...]
    strip: tuple[Statement, ...]  # every case on the strip of the distribution
    strip_height: int
    median: str  # its place on the strip, of 1000
    half: tuple[str, str] | None  # the ends on the strip of the middle half of many figures
    statements: tuple[Statement, ...]  # those of this page, the greatest first
    by_category: BarChart | None
    by_year: BarChart | None
    by_span: BarChart | None  # spans of years, where they are many
    by_province: BarChart | None
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]  # of the tiles
    drawings: tuple[Link, ...]  # the charts as files
    table: str  # the rows as a file
    citation: str  # up to the date of citing
    left_out: tuple[DoubtRow, ...]
    filter: str
    pager: Pager
    up: Link


@dataclass(frozen=True)
class DataPage(Page):
    """The view of data.html: the data files, what they cover, and what each column is."""

    files: tuple[Described, ...]
    coverage: tuple[tuple[str, str], ...]  # name and value
    columns: tuple[tuple[str, str], ...]  # of the table of metrics: name and meaning
    keys: tuple[tuple[str, str], ...]  # of a case in JSON: name and meaning
    license: str
    changed: str  # the day of the last change, or ""


@dataclass(frozen=True)
class ComparePage(Page):
    """The view of compare.html, which the browser fills by the slugs in the address."""

    newest: tuple[CaseCard, ...]


@dataclass(frozen=True)
class CasePage(Page):
    """The view of case.html."""

    card: CaseCard
    updated: dt.date
    regions: tuple[Link, ...]
    tags: tuple[Link, ...]
    metrics: tuple[MetricRow, ...]
    splits: tuple[BarChart, ...]  # wholes whose parts add up to them, each drawn as one band
    headings: tuple[Heading, ...]
    body: str  # Markdown
    html: Template
    links: tuple[LinkTarget, ...]
    evidence: tuple[tuple[int, tuple[str, ...]], ...]  # sentence number -> ids
    credits: tuple[Credit, ...]
    source: Link | None
    cover: LinkTarget | None
    opening: Template | None  # the figure at the start of the body, where it shows the cover
    citation: str  # GB/T 7714 up to the date of citing; date and address follow in the browser
    markdown: str  # address of the Markdown copy
    pdf: str  # address of the case as PDF, or ""
    references: tuple[Link, ...]  # files of the case for programs that keep references
    related: tuple[Related, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True)
class TextPage(Page):
    """The view of text.html: a hand-written page."""

    body: str
    html: Template
    links: tuple[LinkTarget, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class WithdrawnPage(Page):
    """The view of withdrawn.html: a case that was withdrawn."""

    case_title: str
    institution: str


@dataclass(frozen=True)
class RedirectPage(Page):
    """The view of redirect.html: an old address."""

    target: Link


@dataclass(frozen=True)
class MissingPage(Page):
    """The view of 404.html, which loads no other file.

    `home` is the path of base_url, or a slash.
    """

    home: str
