"""Totals and times by the rules of the handbook, computed from the cases of an export alone.

Nothing of casegen.collection is used, but for the rows of the vocabulary. Which figures overlap is
computed here too; other doubts are taken as the export tells them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from drawn_cases import AHEAD, CATEGORIES, OVERLAP, PROVINCES, Drawn, Row

VOCABULARY = yaml.safe_load(
    (Path(__file__).parents[1] / "casegen/data/vocabulary.yml").read_text("utf-8")
)
MORE, LESS = {"余", "多", "超", "以上"}, {"近", "以内"}

Case = dict[str, Any]
Share = tuple[Fraction, Fraction, str]


@dataclass(frozen=True)
class Export:
    """The cases of an export, as they were written, and whether the rule on overlaps is off."""

    cases: list[Case]
    written: dict[str, Drawn]
    off: bool = False


class Figure:
    """A metric that may be added: what the export says of it, and the timing as it is written."""

    def __init__(  # noqa: PLR0913 all that its case and its sentence say of it
        self, case: Case, number: int, row: Row, words: str, *, lifted: bool, off: bool
    ) -> None:
        metric = case["metrics"][number]
        self.case, self.number = case["slug"], number
        self.low, self.high = Fraction(metric["base_low"]), Fraction(metric["base_high"])
        self.unit, self.qualifier = metric["base_unit"], metric["qualifier"]
        self.indicator, self.row = metric["indicator"], VOCABULARY[metric["indicator"]]
        first, _, last = metric["period"].partition("-")
        self.first, self.last, self.timing = int(first), int(last or first), metric["timing"]
        self.doubtful, self.overlaps = bool(metric["doubts"]), OVERLAP in metric["doubts"]
        self.owner = "".join(unicodedata.normalize("NFKC", case["institution"]).split())
        self.institution = case["institution"]
        elsewhere = str(row.get("region", "")) if not metric["region"] else ""
        own = metric["region"] or elsewhere
        places = [own] if own else sorted(case["regions"])
        provinces = {place[:3] for place in places}
        self.place = "、".join(places)
        self.province = provinces.pop() if len(provinces) == 1 and not elsewhere else ""
        self.thing = re.sub(r"^\d{4}年|累计", "", metric["name"])
        own = {uncounted(name) for name in (self.row["name"], *self.row["synonyms"])}
        self.name = self.thing
        if self.row["rule"] == "sum":
            self.name = "" if uncounted(self.thing) in own else uncounted(self.thing)
        self.item = self.thing if self.row.get("by_item") else ""
        self.said = told_timing(row, words) == "cumulative"
        # Nothing says in which year it begins: then it contains all before it.
        begun = "period" in row or re.match(r"\d{4}年", str(row["name"])) or "-" in case["period"]
        self.unbegun = self.said and not begun and words in {"", "先后"}
        self.settled, self.off = "timing" in row and "period" in row, off
        self.lifted, self.waived = lifted or OVERLAP in dict(row.get("waive", {})), False
        self.against: Figure | None = None
        self.shares = book(case, number)
        self.counts, self.exceeded = not metric["doubts"], False

    @property
    def years(self) -> tuple[int, int]:
        return self.first, self.last

    @property
    def to_date(self) -> bool:
        return bool(self.timing == "cumulative")

    @property
    def label(self) -> str:
        if self.unbegun and self.to_date and self.first == self.last:
            return ""
        if self.timing == "standing" or self.first == self.last:
            return str(self.last)
        return f"{self.first}-{self.last}" if self.to_date else ""

    def holds(self, other: Figure) -> bool:
        """Whether this is a sum to date that contains the other figure."""
        inside = self.first <= other.first and other.last <= self.last
        inside = inside or self.precedes(other)
        longer = self.years != other.years or not other.to_date
        named = self.thing == other.thing or self.said
        return self.to_date and self is not other and inside and longer and named

    def precedes(self, other: Figure) -> bool:
        """Whether it is not known when this sum to date begins, and the other ends before it."""
        end = self.last - (1 if other.to_date else 0)
        return self.unbegun and other.last <= end

    def holds_by_name(self, other: Figure) -> bool:
        """Whether words make this a sum to date, of the same case, that names the other's thing."""
        same = (self.case, self.place) == (other.case, other.place)
        inside = self.first <= other.first and other.last <= self.last
        inside = inside or self.precedes(other)
        free = self.counts and self.to_date and self.said and not self.overlaps
        yearly = other.timing == "yearly" and other.counts and not other.waived
        fewer = all(char in self.name for char in other.name)  # the drawn names repeat no character
        fewer = fewer or all(char in other.name for char in self.name)
        return free and yearly and same and inside and other.low <= self.high and fewer

    def meets(self, other: Figure) -> bool:
        """Whether two sums to date share years."""
        apart = self.last < other.first or other.last < self.first
        one = (self.case, self.years) != (other.case, other.years) and self.thing == other.thing
        return not apart and (one or (self.said and other.said))


def uncounted(name: str) -> str:
    """A name without 人次 or 人数 at its end: both 培训 and 培训人次 are about training."""
    return next((name[: -len(e)] for e in ("人次", "人数") if name.endswith(e)), name)


def book(case: Case, number: int) -> dict[str, Share]:
    """What of a metric falls to which category."""
    metric = case["metrics"][number]
    value = Fraction(metric["base_low"]), Fraction(metric["base_high"]), metric["qualifier"]
    if metric["category"]:
        return {metric["category"]: value}
    if parts := divide(case, number):
        return {name: (low, low, "exact") for name, low in parts.items()}
    if len(case["categories"]) == 1:
        return {case["categories"][0]: value}
    usual = VOCABULARY[metric["indicator"]]["category"]
    own = [name for name in case["categories"] if CATEGORIES[name] == usual]
    return {own[0] if own else "": value}


def divide(case: Case, number: int) -> dict[str, Fraction]:
    """A whole by the categories of its finest parts, where they make it exactly."""
    metrics = case["metrics"]
    whole = metrics[number]
    parts = [n for n, m in enumerate(metrics) if m["part_of"] == number and m["same_as"] is None]
    for metric in (whole, *(metrics[n] for n in parts)):
        if metric["qualifier"] != "exact" or metric["base_low"] != metric["base_high"]:
            return {}
    for metric in (metrics[n] for n in parts):
        if not metric["category"] or metric["doubts"] or metric["base_unit"] != whole["base_unit"]:
            return {}
    if sum(Fraction(metrics[n]["base_low"]) for n in parts) != Fraction(whole["base_low"]):
        return {}
    sums: defaultdict[str, Fraction] = defaultdict(Fraction)
    for n in parts:
        finer = divide(case, n) or {metrics[n]["category"]: Fraction(metrics[n]["base_low"])}
        for name, low in finer.items():
            sums[name] += low
    return dict(sums)


def told_timing(row: Row, words: str) -> str:
    """The timing that is written, or that words of the name or before the figure give; or ""."""
    kinds = {"当年": "yearly", "累计": "cumulative", "期末": "standing"}
    if written := row.get("timing"):
        return kinds[str(written)]
    if "累计" in str(row["name"]):
        return "cumulative"
    return next(timing for ahead, timing, _ in AHEAD if ahead == words)


def time_of(case: Case, row: Row, words: str) -> tuple[str, str]:
    """The period and timing of a metric, from what is written, its name, its sentence, its case."""
    timing, period = told_timing(row, words), str(row.get("period", ""))
    if not period and (found := re.match(r"(\d{4})年", str(row["name"]))):
        period = found[1]
    if not period:
        first, _, last = case["period"].partition("-")
        year = next(year for ahead, _, year in AHEAD if ahead == words)
        one = last and year and timing != "cumulative" and first <= year <= last
        period = year if one else case["period"]
        begun, end = re.match(r"自(\d{4})年以来", words), last or first
        sums = VOCABULARY[key_of(str(row.get("indicator", "项目资金")))]["rule"]
        to_date = (timing or ("standing" if sums in {"latest", "max"} else "")) == "cumulative"
        if begun and to_date and begun[1] < end:
            period = f"{begun[1]}-{end}"
    usual = VOCABULARY[key_of(str(row.get("indicator", "项目资金")))]
    if not timing and (usual["rule"] in {"latest", "max"} or usual.get("timing") == "standing"):
        timing = "standing"
    return period, timing or ("cumulative" if "-" in period else usual.get("timing", "yearly"))


def key_of(name: str) -> str:
    return next(key for key, row in VOCABULARY.items() if row["name"] == name)


def figures(export: Export, lifted: frozenset[tuple[str, int]] = frozenset()) -> list[Figure]:
    """The metrics that may be added: no parts, of those that are one figure a reliable one."""
    found = []
    for case in export.cases:
        drawn = export.written[case["slug"]]
        metrics = case["metrics"]
        one: defaultdict[int, list[int]] = defaultdict(list)
        for number in range(len(metrics)):
            root = number
            while metrics[root]["same_as"] is not None:
                root = metrics[root]["same_as"]
            one[root].append(number)
        for root, numbers in one.items():
            if metrics[root]["part_of"] is not None:
                continue
            apart = [n for n in numbers if metrics[n]["part_of"] is None]
            sound = [n for n in apart if not metrics[n]["doubts"]]
            number = (sound or [root])[0]
            metric = metrics[number]
            # Each value that is drawn has a unit that its indicator takes.
            if VOCABULARY[metric["indicator"]]["rule"] != "none":
                row = drawn.rows[number]
                words = drawn.ahead.get(f"{row['name']}{row['value']}", "")
                own = (case["slug"], number) in lifted
                found.append(Figure(case, number, row, words, lifted=own, off=export.off))
    return found


def grouped(every: list[Figure], *keys: str) -> list[list[Figure]]:
    rows: defaultdict[Any, list[Figure]] = defaultdict(list)
    for figure in every:
        rows[tuple(getattr(figure, key) for key in keys)].append(figure)
    return list(rows.values())


def choose(every: list[Figure]) -> None:
    """Say of each figure whether it counts, of those that overlap which is in doubt."""
    for group in grouped(every, "indicator", "unit", "item"):
        rule = group[0].row["rule"]
        if rule == "max":
            for own in grouped([f for f in group if f.counts], "owner"):
                best = max(own, key=lambda f: (f.high, f.low))
                drop(f for f in own if f is not best)
            continue
        for one in grouped([f for f in group if f.counts], "owner", "place", "name"):
            latest(one) if rule == "latest" else settle(one)
        if rule == "sum":
            drop(f for f in group if any(w.holds_by_name(f) for w in group))


def drop(gone: Any) -> None:
    for figure in list(gone):
        figure.counts = False


def latest(one: list[Figure]) -> None:
    """The latest counts; of one time that of the newest case, in a case the last one."""
    rank = {"standing": 2, "cumulative": 1, "yearly": 0}
    order = list(dict.fromkeys(f.case for f in one))
    best = max(one, key=lambda f: (f.last, rank[f.timing], f.first, -order.index(f.case), f.number))
    drop(f for f in one if f is not best)


def settle(one: list[Figure]) -> None:
    """Sums to date take the place of what they contain."""
    to_date = [f for f in one if f.to_date]
    for whole in to_date:
        for figure in one:
            greater = figure.timing != "standing" and figure.low > whole.high and not figure.off
            if greater and whole.holds(figure):
                doubt(figure, whole)
                doubt(whole, figure)
    counting = reliable(to_date)
    for figure in one:  # what was left out makes the other a lower bound
        if figure.overlaps and figure.against and not figure.against.overlaps:
            figure.against.exceeded = True
    drop(
        f for f in one if f.overlaps or (not f.waived and any(whole.holds(f) for whole in counting))
    )
    for stocks in grouped([f for f in one if f.counts and f.timing == "standing"], "thing"):
        latest(stocks)


def reliable(to_date: list[Figure]) -> list[Figure]:
    """The sums to date that count: none contains another, of those that overlap the greatest."""
    left, counting = [f for f in to_date if not f.overlaps], []
    while left:
        free = [f for f in left if not any(w.holds(f) for w in left)] or left
        figure = min(free, key=lambda f: (-f.low, f.case, to_date.index(f)))
        left.remove(figure)
        met = [f for f in counting if f.meets(figure)]
        if figure.waived:
            counting.append(figure)
        elif any(whole.holds(figure) for whole in counting):
            figure.counts = False
        elif not met:
            counting.append(figure)
        elif (met[0].years, met[0].low, met[0].high) == (figure.years, figure.low, figure.high):
            figure.counts = False
        elif not doubt(figure, met[0]):
            counting.append(figure)
    return counting


def doubt(figure: Figure, other: Figure) -> bool:
    """Put a figure in doubt that overlaps with another; False where both count nevertheless."""
    if figure.off or (figure.lifted and figure.settled and other.settled):
        figure.waived = True
        return False
    figure.overlaps, figure.against = True, figure.against or other
    return True


def qualifier(kinds: set[str]) -> str:
    if "约" in kinds or (kinds & MORE and kinds & LESS):
        return "约"
    return "超" if kinds & MORE else "近" if kinds & LESS else "exact"


Total = tuple[Fraction | None, Fraction | None, str, tuple[str, ...], int]


def total(rows: list[tuple[Figure, Share]]) -> Total | None:
    """Low, high, qualifier, the cases that filled it in, and how many figures are in doubt."""
    counting = [(f, share) for f, share in rows if f.counts]
    doubtful = sum(f.doubtful for f, _ in rows)
    years = {f.years for f, _ in counting}
    if (rows[0][0].row.get("same_period") and len(years) > 1) or not (counting or doubtful):
        return None
    if not counting:
        return None, None, "exact", (), doubtful
    cases = tuple(sorted({f.case for f, _ in rows if not f.doubtful}))
    low = sum((share[0] for _, share in counting), Fraction(0))
    high = sum((share[1] for _, share in counting), Fraction(0))
    kinds = {"超" if f.exceeded else share[2] for f, share in counting}
    return low, high, qualifier(kinds), cases, doubtful


def overlapped(export: Export) -> tuple[list[Figure], frozenset[tuple[str, int]]]:
    """The figures, chosen as if none were in doubt because it overlaps, and those a case waives.

    A case's waiver holds where a single metric of it overlaps.
    """
    bare = [
        {
            **case,
            "metrics": [
                {**m, "doubts": [rule for rule in m["doubts"] if rule != OVERLAP]}
                for m in case["metrics"]
            ],
        }
        for case in export.cases
    ]
    asked = Export(bare, export.written, export.off)
    every = figures(asked)
    choose(every)
    met = [f for f in every if f.overlaps or f.waived]
    lifted = frozenset(
        (f.case, f.number)
        for f in met
        if "waive" in export.written[f.case].front and [g.case for g in met].count(f.case) == 1
    )
    every = figures(asked, lifted)
    choose(every)
    return every, lifted


Divided = tuple[str, str, list[tuple[Figure, Share]]]


def divided(group: list[Figure]) -> Iterator[Divided]:
    """The figures of one thing in all, by category and by province."""
    whole = [(f, (f.low, f.high, f.qualifier)) for f in group]
    yield "collection", "", whole
    if group[0].row.get("same_period") and len({f.years for f in group if f.counts}) > 1:
        return  # what makes no total is not divided
    for name in ("", *CATEGORIES):
        if rows := [(f, f.shares[name]) for f in group if name in f.shares]:
            yield "category", name, rows
    for province in ("", *PROVINCES):
        if rows := [(f, share) for f, share in whole if f.province == province]:
            yield "region", province, rows


def apart(export: Export) -> Iterator[Divided]:
    """The figures of a year or an institution, chosen again among themselves."""
    for scope, key in (("year", "label"), ("institution", "institution")):
        for some in grouped(counting(export), key):
            choose(some)
            for group in grouped(some, "indicator", "unit", "item"):
                rows = [(f, (f.low, f.high, f.qualifier)) for f in group]
                yield scope, getattr(some[0], key), rows


def counting(export: Export) -> list[Figure]:
    """The figures, those marked that are greater than others which overlap them."""
    chosen, lifted = overlapped(export)
    exceeded = {(f.case, f.number) for f in chosen if f.exceeded}
    every = figures(export, lifted)
    for figure in every:
        figure.exceeded = (figure.case, figure.number) in exceeded
    return every


def totals(export: Export) -> dict[tuple[str, ...], Total]:
    """Every total by scope, value, indicator, item and unit."""
    every = counting(export)
    choose(every)
    found: dict[tuple[str, ...], Total] = {}
    groups = grouped(every, "indicator", "unit", "item")
    for scope, value, rows in (
        *(row for group in groups for row in divided(group)),
        *apart(export),
    ):
        first = rows[0][0]
        if made := total(rows):
            found[scope, value, first.indicator, first.item, first.unit] = made
    return found
