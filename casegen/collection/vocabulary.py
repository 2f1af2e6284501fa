"""Vocabulary: the indicators, found by key, name, synonym or wording; what each one takes.

Secret: how a metric's name and unit lead to an indicator.
Not here: the YAML of the file (project parses it and hands over a mapping), the reading of its rows
(indicator), lawful sums (totals).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casegen.chinese.quantity import Qualifier, Quantity
from casegen.collection.indicator import Indicator, folded, row_of


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
            found.setdefault(folded(indicator.key), indicator)
            found.setdefault(folded(indicator.name), indicator)
        for indicator in rows:
            for name in indicator.synonyms:
                found.setdefault(folded(name), indicator)
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
            indicator, wrong = row_of(str(key), given, rows.get(str(key)))
            faults += wrong
            if indicator:
                rows[indicator.key] = indicator
        owners: dict[str, str] = {}
        for row in rows.values():
            for name in (row.name, *row.synonyms):
                if owners.setdefault(folded(name), row.key) != row.key:
                    faults.append(
                        f"词表：“{name}”同属 {owners[folded(name)]} 和 {row.key}，只留一处"
                    )
        return Vocabulary.of(rows.values()), tuple(faults)

    def get(self, key_or_name: str) -> Indicator | None:
        """The indicator of a key, a name or a synonym as written."""
        return self.found.get(folded(key_or_name))

    def recognise(self, name: str, unit: str | None = None) -> Indicator | None:
        """The indicator that a freer name means: the longest name or wording found in it.

        With a unit (as written, or a base unit) only indicators that the unit fits.
        """
        exact = self.get(name)
        if exact and (unit is None or fits(exact, unit)):
            return exact
        text = folded(name)
        best, length = None, 0
        for indicator in self.indicators:
            words = (indicator.name, *indicator.synonyms, *indicator.wordings)
            size = max((len(w) for w in map(folded, words) if w in text), default=0)
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
