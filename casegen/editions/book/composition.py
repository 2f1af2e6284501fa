"""composition: a collection as a volume: its parts, chapters, appendix and indexes, in order.

Secret: what a book contains, in which order and in which words.
Not here: sums and coverage (collection), the body as blocks (blocks), typesetting (pdf, epub,
word).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casegen.book_settings import Book
from casegen.chinese import pinyin
from casegen.chinese.region import PROVINCES, join_places
from casegen.collection.case import Case, make_case_href
from casegen.collection.collected import Collection
from casegen.collection.facets import list_facet_keys
from casegen.collection.indicator import group_by_question
from casegen.collection.page import cut_title, list_references, read_prose, read_title
from casegen.editions.book import shown, volume
from casegen.editions.book.blocks import Matter, read_matter
from casegen.editions.book.leads import find_leads
from casegen.editions.book.volume import Chapter, Entry, Essay, Index, Letter, Part, Row, Volume
from casegen.editions.book.widetables import part_tables
from casegen.problem import Problems
from casegen.settings import Config
from casegen.source.dates import write_long
from casegen.source.document import STATUSES, Document

_NO_DATE = dt.date(2000, 1, 1)  # the date of a book without cases
TOTALS = 6  # on the first page of a part: as many as a reader sees at a glance
LEADING = 8  # figures at the beginning of a case, as on the site
LISTED = 12  # at most so many cases of other parts are named on the first page of a part
PREFACE = "preface"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which cases go into a book: all, or those of some slugs and of some categories."""

    slugs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is the whole collection."""
        return not self.slugs and not self.categories

    def takes(self, case: Case) -> bool:
        """Return whether a case is chosen; it counts for its primary category only."""
        if self.slugs and case.slug not in self.slugs:
            return False
        return not self.categories or case.categories[0] in self.categories


@dataclass(frozen=True, slots=True)
class Sources:
    """What a book is made of; `plates` maps project paths of pictures to names of plates.

    `problems` are those of its cases.
    """

    collection: Collection
    config: Config
    pages: tuple[Document, ...]
    words: Mapping[str, str] = field(hash=False)
    plates: Mapping[str, str] = field(hash=False)
    problems: Problems = ()


def compose(sources: Sources, choice: Choice) -> Volume:
    """Return the volume of the chosen cases."""
    return _Composer(sources, choice).composed()


class _Composer:
    def __init__(self, sources: Sources, choice: Choice) -> None:
        self.collection = sources.collection
        self.config = sources.config
        self.settings: Book = sources.config.book
        self.pages = sources.pages
        self.words = sources.words
        self.problems = sources.problems
        self.plates = sources.plates if "pictures" not in self.settings.omit else {}
        self.choice = choice
        self.cases = tuple(case for case in self.collection.cases if choice.takes(case))
        self.addresses = {case.path: case.slug for case in self.cases}
        self.published = [case for case in self.collection.cases if case.status == "published"]
        self.divided = tuple(self.divide())
        self.ordered = tuple(case for _, cases in self.divided for case in cases)

    def kept(self, part: str) -> bool:
        return part not in self.settings.omit

    @property
    def single(self) -> bool:
        return len(self.choice.slugs) == 1

    @property
    def undivided(self) -> bool:
        """Whether no first page of a part stands between the cases."""
        return self.single or self.settings.order == "order" or not self.kept("dividers")

    def composed(self) -> Volume:
        config, settings = self.config, self.settings
        years = [int(year) for case in self.cases for year in list_facet_keys(case, "year")]
        span = (min(years), max(years)) if years else None
        whole = self.choice.whole
        return Volume(
            title=config.title,
            subtitle=config.subtitle,
            organization=config.organization,
            lang=config.lang,
            span=shown.show_years(span, self.words) if span else "",
            modified=_day(max((case.updated for case in self.cases), default=_NO_DATE)),
            single=self.single,
            paper=settings.paper,
            grey=settings.print == "grey",
            binding=settings.binding,
            omit=settings.omit,
            title_page=_rows(settings.title_page),
            committee=_rows(settings.committee) if self.kept("committee") else (),
            colophon=tuple(self.colophon()) if self.kept("colophon") else (),
            essays=tuple(self.essays()) if self.kept("preface") and not self.single else (),
            categories=tuple(
                volume.Category(c.key, c.name, c.color) for c in self.collection.categories
            ),
            parts=tuple(self.parts()),
            groups=tuple(self.groups()) if whole and self.kept("indicators") else (),
            indexes=tuple(self.indexes()) if not self.single and self.kept("index") else (),
            review=tuple(self.remarks()) if self.single else (),
            words={key: text for key, text in self.words.items() if key.startswith("book.")},
        )

    def colophon(self) -> Iterator[Row]:
        """Yield the colophon as given, else what casegen.yml says about the book."""
        if self.settings.colophon:
            yield from _rows(self.settings.colophon)
            return
        config = self.config
        known = {
            "title": config.title,
            "organization": config.organization,
            "contact": config.contact,
            "copyright": config.copyright,
            "address": config.base_url,
        }
        for key, text in known.items():
            if text:
                yield Row(self.words[f"book.colophon.{key}"], text)

    def remarks(self) -> Iterator[volume.Remark]:
        """Yield the problems of the one case."""
        paths = {case.path for case in self.cases}
        for problem in self.problems:
            if problem.where.path in paths:
                severity = self.words[f"book.review.{problem.severity}"]
                line = problem.where.line
                yield volume.Remark(severity, line, problem.message, problem.hint)

    def essays(self) -> Iterator[Essay]:
        by_name = {page.path.rpartition("/")[2].removesuffix(".md"): page for page in self.pages}
        unnamed = self.words["book.picture"]
        for name in self.settings.preface or (PREFACE,):
            page = by_name.get(name.removesuffix(".md"))
            if page is not None:
                found = read_prose(page).references
                leads = find_leads(found, list_references(page), self.plates, self.addresses)
                matter = read_matter(cut_title(page), leads, unnamed)
                yield Essay(read_title(page), self.parted(matter))

    def parted(self, matter: Matter) -> Matter:
        """Return a body without tables that are wider than the paper."""

        def say(number: int, of: int, first: int, last: int) -> str:
            said = self.words["book.table_part"]
            return said.format(number=number, of=of, first=first, last=last)

        return part_tables(matter, self.settings.paper, say)

    # ── parts ──

    def divide(self) -> Iterator[tuple[str, Sequence[Case]]]:
        """Yield the key of each part with its cases, both in the order of the book."""
        kind = self.settings.order
        if self.single or kind == "order":
            yield "", sorted(self.cases, key=_own_order)
            return
        homes: dict[str, list[Case]] = {}
        for case in self.cases:
            homes.setdefault(_home(case, kind), []).append(case)
        if kind == "category" and self.choice.whole:
            # A category that is no case's first one still has an introduction and totals.
            for case in self.published:
                for key in case.categories:
                    homes.setdefault(key, [])
        for key in self.keys(kind, homes):
            yield key, sorted(homes[key], key=_own_order)

    def parts(self) -> Iterator[Part]:
        kind = self.settings.order
        if self.undivided:
            yield Part("", "", "", "", (), tuple(map(self.chapter, self.ordered)))
            return
        for key, cases in self.divided:
            category = next((c for c in self.collection.categories if c.key == key), None)
            others = {
                case.slug
                for case in self.published
                if key in list_facet_keys(case, kind) and _home(case, kind) != key
            }
            named = [case for case in self.ordered if case.slug in others]
            name = category.name if category else key
            if kind == "year":
                name = self.words["book.year"].format(year=key)
            yield Part(
                key=key,
                name=name,
                color=category.color if category else "",
                intro=category.intro if category else "",
                totals=tuple(self.totals(kind, key)) if self.kept("totals") else (),
                chapters=tuple(map(self.chapter, cases)),
                told=self.count(len(cases), len(others)),
                also=tuple(volume.Reference(case.slug, case.title) for case in named)
                if len(named) <= LISTED
                else (),
            )

    def count(self, here: int, elsewhere: int) -> str:
        """Return how many cases stand in a part, and how many belong to it and stand elsewhere."""
        if not here:
            return self.words["book.part_none"].format(n=elsewhere)
        own = self.words["book.part_count"].format(n=here)
        return own + (self.words["book.part_also"].format(n=elsewhere) if elsewhere else "")

    def keys(self, kind: str, homes: Mapping[str, object]) -> list[str]:
        """Return the parts that have cases, in the order of the book."""
        if kind == "category":
            order = [category.key for category in self.collection.categories]
        elif kind == "region":
            order = [province.name for province in PROVINCES]
        else:
            order = sorted(homes)
        known = [key for key in order if key in homes]
        return known + sorted(set(homes) - set(known), key=pinyin.make_sort_key)

    def totals(self, kind: str, key: str) -> Iterator[volume.Total]:
        """Yield the collection's totals of the part, the widest coverage first."""
        if self.choice.slugs:
            return
        found = shown.list_totals(self.collection, kind, key)
        sound = [total for total in found if not total.doubtful]
        for total in sorted(sound, key=lambda total: -total.reported)[:TOTALS]:
            yield shown.make_total(total, self.collection, self.words)

    # ── chapters ──

    def chapter(self, case: Case) -> Chapter:
        names = {category.key: category.name for category in self.collection.categories}
        figures = tuple(shown.list_figures(case, self.collection, self.words))
        base = self.config.base_url
        url = base + make_case_href(case.slug) if base and case.status == "published" else ""
        leads = find_leads(case.prose.references, case.references, self.plates, self.addresses)
        draft = STATUSES[case.status] if case.status != "published" else ""
        return Chapter(
            slug=case.slug,
            title=case.title,
            institution=case.institution,
            places=tuple(dict.fromkeys(place.label for place in case.regions)),
            period=shown.show_years(case.period, self.words),
            date=write_long(case.date, self.words),
            category=case.categories[0] if case.categories else "",
            categories=tuple(names[key] for key in case.categories),
            tags=case.tags,
            draft=draft,
            summary=case.summary,
            facts=tuple(self.facts(case)),
            leading=figures[:LEADING] if self.kept("figures") else (),
            figures=figures if self.kept("figures") and len(figures) > LEADING else (),
            funds=tuple(shown.list_funds(case, self.words)) if self.kept("funds") else (),
            cover=self.plates.get(case.cover, ""),
            body=self.parted(read_matter(case.body, leads, self.words["book.picture"])),
            credits=tuple(self.credits(case)),
            source=case.source.name if self.kept("credits") else "",
            source_url=case.source.url if self.kept("credits") else "",
            url=url,
            mark=f"codes/{case.slug}.svg" if url and self.kept("codes") else "",
        )

    def facts(self, case: Case) -> Iterator[Row]:
        yield Row(self.words["case.region"], join_places(case.regions))
        yield Row(
            self.words["case.period"],
            self.words["case.period_value"].format(years=shown.show_years(case.period, self.words)),
        )
        yield Row(self.words["case.date"], write_long(case.date, self.words))
        if case.tags:
            yield Row(self.words["case.tags"], self.words["join.places"].join(case.tags))

    def credits(self, case: Case) -> Iterator[Row]:
        if self.kept("credits"):
            for role, names in case.credits:
                yield Row(self.words[f"credit.{role}"], self.words["join.places"].join(names))

    # ── appendix and indexes ──

    def groups(self) -> Iterator[volume.Group]:
        groups = group_by_question(shown.list_reported(self.collection), self.words)
        for name, found in groups.items():
            indicators = (
                shown.make_indicator(one, self.collection, self.ordered, self.words)
                for one in found
            )
            yield volume.Group(name, tuple(indicators))

    def indexes(self) -> Iterator[Index]:
        for name, names_of in _INDEXES.items():
            slugs: dict[str, list[str]] = {}
            for case in self.ordered:
                for entry in dict.fromkeys(names_of(case)):
                    slugs.setdefault(entry, []).append(case.slug)
            if slugs:
                yield Index(self.words[f"book.index.{name}"], tuple(_letters(slugs)))


def _rows(pairs: Sequence[tuple[str, str]]) -> tuple[Row, ...]:
    return tuple(Row(label, text) for label, text in pairs)


def _day(date: dt.date) -> str:
    """Return a date as ISO 8601 with its day, which files need: a month is its first day."""
    return f"{date:%Y-%m-%d}"


def _own_order(case: Case) -> tuple[bool, Decimal]:
    """Return the key of the editors' own order first; other cases keep the collection's order."""
    return case.order is None, Decimal(case.order or 0)


def _home(case: Case, kind: str) -> str:
    """Return the one part of a case, which may have several values."""
    if kind == "category":
        return case.categories[0] if case.categories else ""
    return case.regions[0].province if kind == "region" else str(case.period[1])


def _places(case: Case) -> list[str]:
    """Return the smallest place of each region, down to the county, with what it lies in."""
    found = []
    for place in case.regions:
        names = [name for name in (place.province, place.city, place.county) if name]
        around = "".join(names[:-1])
        found.append(f"{names[-1]}（{around}）" if around else names[-1])
    return found


_INDEXES: Mapping[str, Callable[[Case], Sequence[str]]] = {
    "institutions": lambda case: (case.institution,),
    "places": _places,
    "tags": lambda case: case.tags,
}


def _letters(slugs: Mapping[str, Sequence[str]]) -> Iterator[Letter]:
    """Yield entries in pinyin order, under their first letter; `#` for those without one."""
    found: dict[str, list[Entry]] = {}
    for name in sorted(slugs, key=pinyin.make_sort_key):
        found.setdefault(pinyin.find_index_letter(name), []).append(Entry(name, tuple(slugs[name])))
    for letter, entries in sorted(found.items()):
        yield Letter(letter, tuple(entries))
