"""Indicators, units, lawful sums; the vocabulary (data/).

Secret: which metrics of which cases may be added up, and under what name and qualifier.
Not here: reading quantities (quantity), what a case says of its metrics (case), the YAML of the
vocabulary (project parses it and hands over a mapping).

A part is left out of every total, even of one that its whole is not in: the whole is counted in
its own category, so counting the part in another would let the categories add up to more than the
collection. What counts is chosen over all entries first and divided by category afterwards, so
that the categories' totals always add up to the collection's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from casegen.chinese.numeral import SCALES
from casegen.chinese.quantity import (
    LESS_THAN,
    MORE_THAN,
    Measure,
    Qualifier,
    Quantity,
    base,
    core_of,
    dimension_of,
)


class Rule(StrEnum):
    """How an indicator's metrics become a total (docs/handbook/numbers.md)."""

    SUM = "sum"
    LATEST = "latest"
    MAX = "max"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the vocabulary.

    `same`: counters that count as one base unit each (a 个 of toilets is a 座); `also`: base units
    or dimensions that are lawful too, but never added to the base unit. `by_item`: only metrics of
    one name are added; `same_period`: only metrics of one period. `category` "" means that the
    case decides.
    """

    key: str
    name: str
    dimension: str
    unit: str
    rule: Rule
    category: str = ""
    synonyms: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    by_item: bool = False
    same_period: bool = False
    page: bool = True

    @property
    def summable(self) -> bool:
        """Whether there is a total of it at all."""
        return self.rule is not Rule.NONE

    def measure(self, quantity: Quantity) -> Measure | None:
        """The quantity in the indicator's terms, or None where its unit does not fit."""
        scale, core = core_of(quantity.unit)
        if core in self.same:
            size = Fraction(SCALES.get(scale, 1))
            return Measure(Fraction(quantity.low) * size, Fraction(quantity.high) * size, self.unit)
        measure = base(quantity, self.dimension)
        lawful = measure.unit == self.unit or measure.unit in self.also
        return measure if lawful or dimension_of(quantity.unit) in self.also else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All indicators, in the order of the file, found by key, name or synonym."""

    indicators: tuple[Indicator, ...]
    found: Mapping[str, Indicator] = field(repr=False, compare=False)

    @classmethod
    def of(cls, indicators: Iterable[Indicator]) -> Vocabulary:
        """A vocabulary of ready indicators; where two share a name, the first has it."""
        rows = tuple(indicators)
        found: dict[str, Indicator] = {}
        for indicator in rows:
            found.setdefault(_folded(indicator.key), indicator)
            found.setdefault(_folded(indicator.name), indicator)
        for indicator in rows:
            for name in indicator.synonyms:
                found.setdefault(_folded(name), indicator)
        return cls(rows, found)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> tuple[Vocabulary, tuple[str, ...]]:
        """The vocabulary of a parsed file (key -> fields) and its faults, in Chinese."""
        return cls.of(()).extended(mapping)

    def extended(self, mapping: Mapping[str, Any]) -> tuple[Vocabulary, tuple[str, ...]]:
        """This vocabulary with rows added, or single fields of known rows changed."""
        rows = {i.key: i for i in self.indicators}
        faults: list[str] = []
        for key, given in mapping.items():
            indicator, wrong = _row(str(key), given, rows.get(str(key)))
            faults += wrong
            if indicator:
                rows[indicator.key] = indicator
        owners: dict[str, str] = {}
        for row in rows.values():
            for name in (row.name, *row.synonyms):
                if owners.setdefault(_folded(name), row.key) != row.key:
                    faults.append(
                        f"词表：“{name}”同属 {owners[_folded(name)]} 和 {row.key}，只留一处"
                    )
        return Vocabulary.of(rows.values()), tuple(faults)

    def get(self, key_or_name: str) -> Indicator | None:
        """The indicator of a key, a name or a synonym as written."""
        return self.found.get(_folded(key_or_name))

    def recognise(self, name: str, unit: str | None = None) -> Indicator | None:
        """The indicator that a freer name means: the longest name or wording found in it.

        With a unit (as written, or a base unit) only indicators that the unit fits.
        """
        exact = self.get(name)
        if exact and (unit is None or fits(exact, unit)):
            return exact
        text = _folded(name)
        best, length = None, 0
        for indicator in self.indicators:
            words = (indicator.name, *indicator.synonyms, *indicator.wordings)
            size = max((len(w) for w in map(_folded, words) if w in text), default=0)
            if size > length and (unit is None or fits(indicator, unit)):
                best, length = indicator, size
        return best

    @property
    def summable(self) -> tuple[Indicator, ...]:
        """The indicators that have totals."""
        return tuple(i for i in self.indicators if i.summable)


def fits(indicator: Indicator, unit: str) -> bool:
    """Whether a unit as written is lawful for the indicator."""
    one = Quantity(Decimal(1), Decimal(1), unit, Qualifier.EXACT, "")
    return indicator.measure(one) is not None


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of a case.

    `indicator`: key of the vocabulary or ""; `category`: key, resolved; `period`: first and last
    year, None where the case's own holds; `part_of`, `same_as`: position in the case's tuple;
    `evidence`: number of the sentence that states it, None where none was found.
    """

    name: str
    indicator: str
    quantity: Quantity
    category: str = ""
    period: tuple[int, int] | None = None
    id: str = ""
    part_of: int | None = None
    split: str = ""
    same_as: int | None = None
    note: str = ""
    evidence: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the totals need of one case; a case without metrics counts for the coverage.

    `counts` is reckoned once by `counted` where an entry goes into many totals.
    """

    slug: str
    institution: str
    period: tuple[int, int]
    metrics: tuple[Metric, ...]
    counts: tuple[_Count, ...] = ()


def counted(entry: Entry, vocabulary: Vocabulary) -> Entry:
    """The entry with its countable metrics measured."""
    return replace(entry, counts=tuple(_counts(entry, vocabulary)))


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one indicator in one base unit.

    `cases` filled it in (`reported` of them, `of` in all); `item` is the metrics' common name where
    only like things are added, else "".
    """

    indicator: str
    low: Fraction
    high: Fraction
    unit: str
    qualifier: Qualifier
    reported: int
    of: int
    cases: tuple[str, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class _Count:
    """One metric that may be added; `chosen` once its indicator's rule has picked it."""

    indicator: Indicator
    case: str
    institution: str
    period: tuple[int, int]
    metric: Metric
    measure: Measure
    chosen: bool = True

    @property
    def item(self) -> str:
        return self.metric.name if self.indicator.by_item else ""


def category_of(own: str, indicator: Indicator | None, categories: tuple[str, ...]) -> str:
    """A metric's category: its own, else its indicator's if the case has it, else the primary."""
    if own:
        return own
    if indicator and indicator.category in categories:
        return indicator.category
    return categories[0] if categories else ""


def merged_qualifier(qualifiers: Iterable[Qualifier]) -> Qualifier:
    """The qualifier of a sum: 超 of lower bounds, 近 of upper ones, 约 of a mixture."""
    kinds = set(qualifiers)
    more, less = kinds & MORE_THAN, kinds & LESS_THAN
    if Qualifier.ABOUT in kinds or (more and less):
        return Qualifier.ABOUT
    if more:
        return Qualifier.OVER
    return Qualifier.NEAR if less else Qualifier.EXACT


def totals(
    entries: Sequence[Entry], vocabulary: Vocabulary, category: str = ""
) -> tuple[Total, ...]:
    """All totals of the entries, in the vocabulary's order; with `category` its share of them.

    Pass all metrics and name the category: what counts must be chosen before it is divided.
    Coverage is counted against the entries.
    """
    groups = _groups(entries, vocabulary)
    found = (_total(counts, len(entries), category) for counts in groups if _one_period(counts))
    return tuple(t for t in found if t)


def case_values(
    metrics: tuple[Metric, ...], vocabulary: Vocabulary, period: tuple[int, int] = (0, 0)
) -> Mapping[str, tuple[Measure, ...]]:
    """One case's value of each summable indicator: a measure for each base unit (and item).

    The indicator's own base unit stands first, then the greatest; sorting and filtering take the
    first one's low end. `period` is the case's, for metrics without one.
    """
    values: dict[str, list[Measure]] = {}
    for counts in _groups([Entry("", "", period, metrics)], vocabulary):
        rows = [c for c in counts if c.chosen]
        if rows[0].indicator.same_period:
            last = max(_recency(c) for c in rows)
            rows = [c for c in rows if _recency(c) == last]
        values.setdefault(rows[0].indicator.key, []).append(_sum(rows))
    for key, measures in values.items():
        indicator = vocabulary.get(key)
        own = indicator.unit if indicator else ""
        measures.sort(key=lambda m: (m.unit != own, -m.low, m.unit))
    return {key: tuple(measures) for key, measures in values.items()}


def why_not_summable(indicator: Indicator) -> str:
    """Why an indicator has no total, or "" where it may have one.

    `source`: it is a part of a whole by where it came from; `rate`: rates have different bases;
    `budget`: a budget is not yet spent; `per-head`: it is a standard or a mean.
    """
    if indicator.summable:
        return ""
    if not indicator.page:
        return "source"
    if indicator.dimension in {"rate", "points", "ratio"}:
        return "rate"
    if indicator.key == "work_budget":
        return "budget"
    return "per-head"


def why_no_total(indicator: Indicator, entries: Sequence[Entry], vocabulary: Vocabulary) -> str:
    """Why these entries make no total of the indicator, or "".

    As `why_not_summable`, or `periods`: they are of different years; `nothing`: none can be added.
    """
    if reason := why_not_summable(indicator):
        return reason
    groups = [g for g in _groups(entries, vocabulary) if g[0].indicator == indicator]
    if groups and not any(_one_period(g) for g in groups):
        return "periods"
    return "" if groups else "nothing"


def misfit(metric: Metric, vocabulary: Vocabulary) -> str:
    """Why a metric's unit does not fit its indicator (Chinese), or ""."""
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    if indicator is None or indicator.measure(metric.quantity):
        return ""
    return f"“{indicator.name}”以{indicator.unit}计，不能用“{metric.quantity.unit}”，不计入合计"


def _groups(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[list[_Count]]:
    """The countable metrics by indicator, base unit and item, each marked chosen or not."""
    order = {i.key: n for n, i in enumerate(vocabulary.indicators)}
    groups: dict[tuple[int, bool, str, str], list[_Count]] = {}
    for entry in entries:
        for c in entry.counts or _counts(entry, vocabulary):
            unit = c.measure.unit
            key = (order[c.indicator.key], unit != c.indicator.unit, unit, c.item)
            groups.setdefault(key, []).append(c)
    return [_choose(groups[key]) for key in sorted(groups)]


def _counts(entry: Entry, vocabulary: Vocabulary) -> Iterator[_Count]:
    for metric in entry.metrics:
        indicator = vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator is None or not indicator.summable:
            continue
        if metric.part_of is not None or metric.same_as is not None:
            continue
        if measure := indicator.measure(metric.quantity):
            period = metric.period or entry.period
            yield _Count(indicator, entry.slug, entry.institution, period, metric, measure)


def _choose(counts: list[_Count]) -> list[_Count]:
    rule = counts[0].indicator.rule
    if rule is Rule.LATEST:
        return _latest(counts)
    if rule is Rule.MAX:
        largest: dict[str, _Count] = {}
        for c in counts:
            # An institution that is not named can't be compared with others.
            owner = c.institution or f"\0{c.case}"
            if owner not in largest or _size(c) > _size(largest[owner]):
                largest[owner] = c
        return [replace(c, chosen=any(c is best for best in largest.values())) for c in counts]
    return counts


def _latest(counts: list[_Count]) -> list[_Count]:
    """A case's most recent period counts; of two with one name in it, the one written last.

    Different names in that period are different things (水苔, 刺梨), and all count.
    """
    last: dict[str, tuple[int, int]] = {}
    for c in counts:
        last[c.case] = max(last.get(c.case, _recency(c)), _recency(c))
    kept: dict[tuple[str, str], _Count] = {
        (c.case, c.metric.name): c for c in counts if _recency(c) == last[c.case]
    }
    return [replace(c, chosen=kept.get((c.case, c.metric.name)) is c) for c in counts]


def _recency(count: _Count) -> tuple[int, int]:
    first, final = count.period
    return final, first


def _size(count: _Count) -> tuple[Fraction, Fraction]:
    return count.measure.high, count.measure.low


def _one_period(counts: list[_Count]) -> bool:
    chosen = {c.period for c in counts if c.chosen}
    return not counts[0].indicator.same_period or len(chosen) == 1


def _total(counts: list[_Count], case_count: int, category: str) -> Total | None:
    rows = [c for c in counts if not category or c.metric.category == category]
    chosen = [c for c in rows if c.chosen]
    if not chosen:
        return None
    cases = tuple(dict.fromkeys(c.case for c in rows))
    value = _sum(chosen)
    return Total(
        indicator=chosen[0].indicator.key,
        low=value.low,
        high=value.high,
        unit=value.unit,
        qualifier=merged_qualifier(c.metric.quantity.qualifier for c in chosen),
        reported=len(cases),
        of=case_count,
        cases=cases,
        item=chosen[0].item,
    )


def _sum(counts: list[_Count]) -> Measure:
    low = sum((c.measure.low for c in counts), Fraction(0))
    high = sum((c.measure.high for c in counts), Fraction(0))
    return Measure(low, high, counts[0].measure.unit)


@lru_cache(1 << 14)
def _folded(name: str) -> str:
    return re.sub(r"[\s/、·“”\"]+", "", name).casefold()


_CATEGORIES: Mapping[str, str] = MappingProxyType(
    {"产业": "industry", "人才": "talent", "文化": "culture", "生态": "ecology",
     "组织": "organization"}
)  # fmt: skip
_CHINESE_FIELDS: Mapping[str, str] = MappingProxyType(
    {"名称": "name", "量纲": "dimension", "计量单位": "unit", "聚合": "rule", "类别": "category",
     "同义名": "synonyms", "说法": "wordings", "同单位": "same", "另计单位": "also",
     "按名称": "by_item", "同年": "same_period", "页面": "page"}
)  # fmt: skip
_CHINESE_RULES: Mapping[str, str] = MappingProxyType(
    {"相加": "sum", "最近": "latest", "最大": "max", "不相加": "none"}
)


def _row(
    key: str, given: object, known: Indicator | None
) -> tuple[Indicator | None, tuple[str, ...]]:
    """One row of the file, over what was known under its key, and what is wrong with it."""
    if not isinstance(given, Mapping):
        return known, (f"词表 {key}：应写成“名称: …”等几行",)
    row: dict[str, Any] = (
        {f.name: getattr(known, f.name) for f in fields(Indicator)} if known else {}
    )
    faults: list[str] = []
    for written, value in given.items():
        name = _CHINESE_FIELDS.get(str(written), str(written))
        fault = _set(row, name, value)
        if fault:
            faults.append(f"词表 {key}：{fault}")
    row["key"] = key
    if known and row["name"] != known.name:
        # Cases that were written with the former name keep their indicator.
        former = known.name
        row["synonyms"] = (*(s for s in row["synonyms"] if s != row["name"]), former)
    row.setdefault("name", key if not key.isascii() else "")
    if not row["name"]:
        return known, (*faults, f"词表 {key}：缺少 name（名称）")
    row.setdefault("unit", "")
    row.setdefault("dimension", dimension_of(row["unit"]))
    row.setdefault("rule", Rule.NONE)
    if not row["unit"]:
        return known, (*faults, f"词表 {key}：缺少 unit（计量单位）")
    return Indicator(**row), tuple(faults)


def _set(row: dict[str, Any], name: str, value: object) -> str:
    """Put one field into a row; what is wrong with it, or ""."""
    if name in {"synonyms", "wordings", "same", "also"}:
        items = value if isinstance(value, list | tuple) else [value]
        row[name] = tuple(str(item) for item in items)
    elif name in {"by_item", "same_period", "page"}:
        if not isinstance(value, bool):
            return f"{name} 只能是 true 或 false"
        row[name] = value
    elif name == "rule":
        rule = _CHINESE_RULES.get(str(value), str(value))
        if rule not in set(Rule):
            return f"rule（聚合）“{value}”不认识，可写 sum latest max none（相加 最近 最大 不相加）"
        row[name] = Rule(rule)
    elif name == "category":
        row[name] = _CATEGORIES.get(str(value), str(value or ""))
    elif name in {"name", "unit", "dimension"}:
        row[name] = str(value)
    else:
        near = get_close_matches(name, [f.name for f in fields(Indicator)], 1)
        return f"不认识“{name}”" + (f"，是不是 {near[0]}？" if near else "")
    return ""
