"""components: the values that views are composed of: links, cards, totals, charts, list forms.

Secret: what a template may know of a piece of a page that several pages show.
Not here: whole pages (views), how a component is made from the collection (parts).

Addresses are relative to the site's root (`cases/a.html`); a template puts `root` ("" or "../")
before them, so that one card serves lists at every depth.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casegen.editions.site.view_digest import View


@dataclass(frozen=True)
class Link(View):
    """A label and where it leads.

    `href` is relative to the site's root; where `outside` is true it is a full address.
    """

    label: str
    href: str
    outside: bool = False


@dataclass(frozen=True)
class Described(View):
    """A file and its description."""

    link: Link
    note: str


@dataclass(frozen=True)
class Metadata(View):
    """The metadata of a page for machines.

    `names` and `properties` are meta elements as (name or property, content), `json_ld` is the
    JSON of a script of type application/ld+json, or empty.
    """

    names: tuple[tuple[str, str], ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    json_ld: str = ""


@dataclass(frozen=True)
class CategoryMark(View):
    """A category's mark: its key (also the CSS class), name, page and colour ("" = theme's)."""

    key: str
    name: str
    href: str
    color: str = ""


@dataclass(frozen=True)
class Frame(View):
    """What all pages share: the collection's name, navigation and footer."""

    title: str
    subtitle: str
    organization: str
    contact: str
    copyright: str
    license: str  # of the data, or ""
    base_url: str  # "" or ends with "/"
    lang: str
    icp: str
    police: str
    site_code: str
    report_error: str  # mailto: or https:, or ""
    qr: bool  # whether a printed case carries a QR code of its address
    nav: tuple[Link, ...]
    categories: tuple[CategoryMark, ...]
    logo: LinkTarget | None = None  # the emblem, relative to the site's root
    comparable: bool = True  # whether there are two cases to compare


@dataclass(frozen=True)
class Run(View):
    """A stretch of a quantity as written: `big` for the figures, small for qualifier and unit."""

    text: str
    big: bool


@dataclass(frozen=True)
class QuantityView(View):
    """A quantity for display: runs in the order they are written."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The quantity as plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class CardMetric(View):
    """One of the few figures on a card."""

    name: str
    quantity: QuantityView
    indicator: str = ""  # its key


@dataclass(frozen=True)
class CaseCard(View):
    """A case in a list; the same in every list."""

    slug: str
    href: str
    title: str
    institution: Link
    places: tuple[str, ...]  # labels such as 贵州省毕节市七星关区; none that contains another
    place_line: str  # all of them, what they share named once: 甘肃省定西市陇西县、通渭县
    date: dt.date
    years: str  # "2021" or "2019—2021"
    categories: tuple[CategoryMark, ...]
    summary: str
    metrics: tuple[CardMetric, ...]
    status: str  # "published", or the status for the draft mark
    thumb: LinkTarget | None = None  # the cover in its smallest size


@dataclass(frozen=True)
class TotalView(View):
    """A total of one indicator: "超469万元", and how many cases report it."""

    key: str
    name: str
    quantity: QuantityView
    reported: int
    of: int
    href: str = ""  # address of the indicator's page
    note: str = ""
    left_out: int = 0  # how many metrics are in doubt and not counted


@dataclass(frozen=True)
class Bar(View):
    """A row of a bar chart; its value is a decimal as text, in the measure of the chart."""

    label: str
    href: str
    value: str
    quantity: QuantityView
    category: str = ""
    note: str = ""


@dataclass(frozen=True)
class Statement(View):
    """A case's figure of an indicator, and the sentences that state it."""

    title: str
    href: str  # address of the sentence, or of the case
    institution: str
    quantity: QuantityView
    sentences: tuple[str, ...]
    share: str  # its length as a bar, of 1000
    x: str  # its place on the strip, of 1000
    y: str


@dataclass(frozen=True)
class BarChart(View):
    """Rows of one measure; `maximum` is the largest value, a decimal as text."""

    title: str
    bars: tuple[Bar, ...]
    maximum: str
    note: str = ""


@dataclass(frozen=True)
class FacetValue(View):
    """One value of a facet: `value` is the stem of its page."""

    value: str
    label: str
    href: str
    count: int
    category: str = ""  # the category key where the facet is category


@dataclass(frozen=True)
class Facet(View):
    """A group of check boxes: name is category, region, year, institution or tag."""

    name: str
    values: tuple[FacetValue, ...]  # in the order shown; at most the first 20 are in the page
    more: int = 0  # how many values are not in `values`


@dataclass(frozen=True)
class RangeFilter(View):
    """An indicator by which lists can be sorted and filtered, with its base unit."""

    key: str
    name: str
    unit: str
    leads: bool = True  # whether it is shown before the others are unfolded


@dataclass(frozen=True)
class PageLink(View):
    """A page number of a paged list."""

    number: int
    href: str
    current: bool


@dataclass(frozen=True)
class Pager(View):
    """The position in a paged list."""

    number: int
    count: int
    links: tuple[PageLink, ...]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class ListForm(View):
    """The filter form of a list: `action` is the page that filters; `scope` a fixed category."""

    action: str
    scope: str
    facets: tuple[Facet, ...]
    ranges: tuple[RangeFilter, ...]
    has_order: bool
    units: str  # JSON: base unit -> each unit that may be written -> its number of base units


@dataclass(frozen=True)
class CategoryPanel(View):
    """A category on the front page."""

    mark: CategoryMark
    intro: str
    count: int


@dataclass(frozen=True)
class Tile(View):
    """A province in the tile map: column and row from 1; `level` 0 (no case) to 3 (most).

    `label` is its customary name (甘肃), `stem` that of its page.
    """

    name: str
    label: str
    abbreviation: str
    stem: str
    href: str
    count: int
    column: int
    row: int
    level: int
    shown: str = ""  # the text on the tile in place of the number of cases
    told: str = ""  # the same in full, for its title and for screen readers: 3100至3200座


@dataclass(frozen=True)
class Shade(View):
    """The meaning of a shade of the tiles: the lowest and the highest value."""

    level: int
    quantity: QuantityView


@dataclass(frozen=True)
class PlaceTile(View):
    """A county or town in the tiles of a collection of one province; `level` 1 to 3, the most."""

    name: str
    href: str
    count: int
    level: int


@dataclass(frozen=True)
class Epigraph(View):
    """A sentence of a case at the head of the front page, and where it is."""

    text: str
    href: str
    source: str


@dataclass(frozen=True)
class YearMark(View):
    """A year in the strip of years; `share` is the height of its column, of 100."""

    label: str
    href: str
    count: int
    share: str


@dataclass(frozen=True)
class Layer(View):
    """An indicator that the tiles can show: its key, its page, and the total in words."""

    key: str
    link: Link
    total: str


@dataclass(frozen=True)
class ValueRow(View):
    """A value in a list of values (regions.html …) with its count and a line below."""

    label: str
    href: str
    count: int
    note: str = ""
    sought: str = ""  # initials and syllables of pinyin by which a search box finds the value


@dataclass(frozen=True)
class LetterGroup(View):
    """The values of a long list that begin with one letter of pinyin."""

    letter: str  # A to Z, or # for any other first letter
    rows: tuple[ValueRow, ...]


@dataclass(frozen=True)
class CardGroup(View):
    """Cards under a heading (a city, a county); heading "" means none."""

    heading: str
    subheading: str
    cards: tuple[CaseCard, ...]
    brief: tuple[str, ...] = ()  # slugs of cases shown in full above, here as one line


@dataclass(frozen=True)
class Heading(View):
    """An entry of the contents list; level 2 or 3 (deeper ones are left out)."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class MetricRow(View):
    """A metric on a case page."""

    position: int
    name: str
    indicator: str  # its name in the vocabulary, or ""
    indicator_href: str
    quantity: QuantityView
    category: CategoryMark | None
    period: str
    note: str  # 含于…，不重复计 / 预算，不入合计 …
    anchor: str  # id of its sentence in the body; "" where it is in doubt or has none
    doubtful: bool = False
    drawn: bool = False  # whether a band shows it as a part, or it repeats another metric


@dataclass(frozen=True)
class Credit(View):
    """供稿, 供图, 编辑, 编审 or 校对, and who."""

    role: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Related(View):
    """A related case, and the reason."""

    card: CaseCard
    reason: str


@dataclass(frozen=True)
class LinkTarget(View):
    """Where a destination written in a body leads, relative to the page's folder."""

    written: str
    href: str
    note: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0
    plays: str = ""  # "audio" or "video" for a file that the page plays
    poster: str = ""
    captions: str = ""


@dataclass(frozen=True)
class IndicatorRow(View):
    """An indicator in the list of all: its total, or why there is none."""

    link: Link
    totals: tuple[TotalView, ...]
    reason: str
    reported: int
    of: int
    left_out: int = 0


@dataclass(frozen=True)
class DoubtRow(View):
    """A metric that is in doubt: its case, its name and quantity as written, and the reasons."""

    case: Link
    name: str
    quantity: QuantityView
    reason: str


@dataclass(frozen=True)
class IndicatorGroup(View):
    """Indicators of one dimension."""

    heading: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Spread(View):
    """One mark of a distribution: the lowest value, the median, the highest."""

    label: str
    quantity: QuantityView
