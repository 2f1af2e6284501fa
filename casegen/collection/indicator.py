"""indicator: one row of the vocabulary: its unit, its rule of adding, its names.

Secret: which keys and words a row of the vocabulary may have, and which units it accepts.
Not here: finding the indicator of a name (vocabulary), adding up (totals).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from casegen.chinese.likeness import suggest
from casegen.chinese.numeral import SCALES
from casegen.chinese.quantity import Quantity, convert_to_base
from casegen.chinese.units import Measure, find_dimension, split_scale


class AddingRule(StrEnum):
    """How an indicator's metrics become a total (docs/handbook/numbers.md)."""

    SUM = "sum"
    LATEST = "latest"
    MAX = "max"
    NONE = "none"


class Timing(StrEnum):
    """What a figure means for its period.

    YEARLY: what happened in a year; CUMULATIVE: all from the period's beginning to its end;
    STANDING: what there was at its end.
    """

    YEARLY = "yearly"
    CUMULATIVE = "cumulative"
    STANDING = "standing"


TIMINGS: Mapping[str, Timing] = MappingProxyType(
    {"当年": Timing.YEARLY, "累计": Timing.CUMULATIVE, "期末": Timing.STANDING}
)


# In the order in which readers ask.
QUESTIONS = ("money", "people", "work", "built", "industry", "rate", "other")
_ASKED: Mapping[str, str] = MappingProxyType(
    {"money": "money", "unit_price": "money", "people": "people", "person_times": "people",
     "households": "people", "events": "work", "area_built": "built", "length": "built",
     "count": "built", "area_land": "industry", "mass": "industry", "livestock": "industry",
     "rate": "rate"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the vocabulary.

    `same`: counters that count as one base unit each (a 个 of toilets is a 座); `also`: base units
    or dimensions that are lawful too, but never added to the base unit. `by_item`: only metrics of
    one name are added; `same_period`: only metrics of one period. `category` "" means that the
    case decides; `timing` is that of metrics that do not state their own, None where the rule
    of adding decides. `source`: whose reports count it; `broader`: key of the indicator that
    includes it, for looking up only. `question`: the question under which it is listed, a key of
    QUESTIONS or words of the collection's own; "" where the dimension decides.
    """

    key: str
    name: str
    dimension: str
    unit: str
    rule: AddingRule
    category: str = ""
    synonyms: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    by_item: bool = False
    same_period: bool = False
    page: bool = True
    timing: Timing | None = None
    source: str = ""
    broader: str = ""
    question: str = ""

    @property
    def shown_name(self) -> str:
        """The name as readers see it: 销售、创收, where the vocabulary has 销售/创收."""
        return self.name.replace("/", "、")

    @property
    def asked(self) -> str:
        """The question of readers that the indicator answers: a key of QUESTIONS, or words."""
        return self.question or _ASKED.get(self.dimension, "other")

    @property
    def summable(self) -> bool:
        """Whether the indicator has a total at all."""
        return self.rule is not AddingRule.NONE

    def without(self, names: Collection[str]) -> Indicator:
        """Return the indicator without the synonyms `names` (folded), which another one took."""
        if not any(fold_name(name) in names for name in self.synonyms):
            return self
        return replace(self, synonyms=tuple(n for n in self.synonyms if fold_name(n) not in names))

    def measure(self, quantity: Quantity) -> Measure | None:
        """Return the quantity in the indicator's base unit; None where its unit does not fit."""
        scale, core = split_scale(quantity.unit)
        if core in self.same:
            size = Fraction(SCALES.get(scale, 1))
            return Measure(Fraction(quantity.low) * size, Fraction(quantity.high) * size, self.unit)
        measure = convert_to_base(quantity, self.dimension)
        lawful = measure.unit == self.unit or measure.unit in self.also
        return measure if lawful or find_dimension(quantity.unit) in self.also else None


def group_by_question(
    indicators: Iterable[Indicator], words: Mapping[str, str]
) -> dict[str, list[Indicator]]:
    """Return the indicators by the question that they answer, in words (`question.…`).

    The questions come in the order of QUESTIONS, those of a collection's own words last.
    """
    groups: dict[str, list[Indicator]] = {words[f"question.{key}"]: [] for key in QUESTIONS}
    for indicator in indicators:
        label = words.get(f"question.{indicator.asked}", indicator.asked)
        groups.setdefault(label, []).append(indicator)
    return {label: found for label, found in groups.items() if found}


@lru_cache(1 << 14)
def fold_name(name: str) -> str:
    """Return a name for looking up: without spaces, quotes and slashes, in lower case."""
    return re.sub(r"[\s/、·“”\"]+", "", name).casefold()


_CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        "产业": "industry",
        "人才": "talent",
        "文化": "culture",
        "生态": "ecology",
        "组织": "organization",
    }
)
CHINESE_FIELDS: Mapping[str, str] = MappingProxyType(
    {"名称": "name", "量纲": "dimension", "计量单位": "unit", "聚合": "rule", "类别": "category",
     "同义名": "synonyms", "说法": "wordings", "同单位": "same", "另计单位": "also",
     "按名称": "by_item", "同年": "same_period", "页面": "page", "口径": "timing",
     "来源": "source", "上位指标": "broader", "回答": "question"}
)  # fmt: skip
CHINESE_RULES: Mapping[str, str] = MappingProxyType(
    {"相加": "sum", "最近": "latest", "最大": "max", "不相加": "none"}
)


def read_row(
    key: str, given: object, known: Indicator | None
) -> tuple[Indicator | None, tuple[str, ...]]:
    """Return one row of the file, merged into the known row of its key, and faults (Chinese)."""
    if not isinstance(given, Mapping):
        return known, (f"词表 {key}：应写成“名称: …”等几行",)
    row: dict[str, Any] = (
        {f.name: getattr(known, f.name) for f in fields(Indicator)} if known else {}
    )
    faults: list[str] = []
    for written, value in given.items():
        name = CHINESE_FIELDS.get(str(written), str(written))
        fault = _set(row, name, value)
        if fault:
            faults.append(f"词表 {key}：{fault}")
    row["key"] = key
    if known and row["name"] != known.name:
        # Cases that use the former name keep their indicator.
        former = known.name
        row["synonyms"] = (*(s for s in row["synonyms"] if s != row["name"]), former)
    row.setdefault("name", key if not key.isascii() else "")
    if not row["name"]:
        return known, (*faults, f"词表 {key}：缺少 name（名称）")
    row.setdefault("unit", "")
    row.setdefault("dimension", find_dimension(row["unit"]))
    row.setdefault("rule", AddingRule.NONE)
    if not row["unit"]:
        return known, (*faults, f"词表 {key}：缺少 unit（计量单位）")
    return Indicator(**row), tuple(faults)


def _set(row: dict[str, Any], name: str, value: object) -> str:
    """Put one field into a row; return what is wrong with it, "" for nothing."""
    if name in {"synonyms", "wordings", "same", "also"}:
        items = value if isinstance(value, list | tuple) else [value]
        row[name] = tuple(str(item) for item in items)
    elif name in {"by_item", "same_period", "page"}:
        if not isinstance(value, bool):
            return f"{name} 只能是 true 或 false"
        row[name] = value
    elif name == "rule":
        rule = CHINESE_RULES.get(str(value), str(value))
        if rule not in set(AddingRule):
            return f"rule（聚合）“{value}”不认识，可写 sum latest max none（相加 最近 最大 不相加）"
        row[name] = AddingRule(rule)
    elif name == "timing":
        timing = TIMINGS.get(str(value), str(value))
        if timing not in set(Timing):
            return f"timing（口径）“{value}”不认识，可写 当年 累计 期末"
        row[name] = Timing(timing)
    elif name == "category":
        row[name] = _CATEGORIES.get(str(value), str(value or ""))
    elif name in {"name", "unit", "dimension", "source", "broader", "question"}:
        row[name] = str(value)
    else:
        near = suggest(name, [f.name for f in fields(Indicator)])
        return f"不认识“{name}”" + (f"，{near}" if near else "")
    return ""
