"""Totals of generated collections, calculated here again from the cases of the export.

The rules are those of docs/handbook/numbers.md; nothing of casegen.collection is used, but for the
rows of the vocabulary. Which figures overlap is calculated here too; other doubts are taken as they
are told.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from projects import load_empty

from casegen import build as builder
from casegen import exporting
from casegen import project as projects

VOCABULARY = yaml.safe_load(
    (Path(__file__).parents[1] / "casegen/data/vocabulary.yml").read_text("utf-8")
)
CATEGORIES = {"产业": "industry", "人才": "talent", "生态": "ecology"}
PROVINCES = ("甘肃省", "贵州省")
OVERLAP = "overlapping-figures"
MORE, LESS = {"余", "多", "超", "以上"}, {"近", "以内"}

# --- generated collections --------------------------------------------------------------------

FUNDS = ("帮扶资金", "累计帮扶资金", "投入资金", "累计投入资金", "2022年帮扶资金", "茶园资金")
MONEY = ("%d万元", "%d至900万元", "约%d万元", "%d余万元", "近%d万元")
THINGS = (
    *((name, "投入帮扶资金", MONEY) for name in FUNDS),
    ("培训人数", "培训人数", ("%d人", "%d余人")),
    ("累计培训人数", "培训人数", ("%d人",)),
    ("村集体经济收入", "村集体经济收入", ("%d万元",)),
    ("2021年村集体经济收入", "村集体经济收入", ("%d万元",)),
    ("水苔种植面积", "种植面积", ("%d亩", "%d公顷", "%d多亩")),
    ("刺梨种植面积", "种植面积", ("%d亩",)),
    ("帮扶村数", "帮扶村数", ("%d个",)),
    ("接待游客", "接待游客", ("%d万人次",)),
    ("桌凳", "捐赠物资数量", ("%d套",)),
    ("书籍", "捐赠物资数量", ("%d本", "%d套")),
    ("就业率", "比率", ("%d%%",)),
)
YEARS = ("2020", "2022", "2023", "2021-2023", "2019-2022", "2012-2020")
Row = dict[str, str]


@st.composite
def metric_rows(draw: st.DrawFn, regions: list[str]) -> list[Row]:
    """Metrics of a case; no two have one value, so that each has a sentence of its own."""
    rows: list[Row] = []
    for number in range(draw(st.integers(0, 5))):
        name, indicator, forms = draw(st.sampled_from(THINGS))
        value = draw(st.sampled_from(forms)) % (draw(st.sampled_from((20, 50, 90))) + number)
        row = {"name": name, "indicator": indicator, "value": value, "id": f"m{number}"}
        if draw(st.booleans()):
            row["period"] = draw(st.sampled_from(YEARS))
        if draw(st.integers(0, 3)) == 0:
            row["timing"] = draw(st.sampled_from(("当年", "累计", "期末")))
        if draw(st.integers(0, 2)) == 0:
            row["region"] = draw(st.sampled_from(regions))
        if draw(st.integers(0, 2)) == 0:
            row["category"] = draw(st.sampled_from(sorted(CATEGORIES)))
        if number and draw(st.integers(0, 4)) == 0:
            key = draw(st.sampled_from(("part_of", "same_as")))
            row[key] = f"m{draw(st.integers(0, number - 1))}"
        rows.append(row)
    return rows + (draw(divided_wholes()) if draw(st.booleans()) else [])


@st.composite
def divided_wholes(draw: st.DrawFn) -> list[Row]:
    """A whole, its parts and parts of a part, which make it or do not."""
    rows = [{"name": "项目资金", "value": "700万元", "id": "whole"}]
    parts = (
        ("修渠", "500万元", "whole"),
        ("建棚", draw(st.sampled_from(("200万元", "150万元"))), "whole"),
        ("东渠", "310万元", "修渠"),
        ("西渠", "190万元", "修渠"),
    )
    for name, value, whole in parts[: draw(st.sampled_from((2, 4)))]:
        row = {"name": name, "indicator": "项目资金", "value": value, "part_of": whole}
        if category := draw(st.sampled_from(("产业", "生态", "人才", "生态", ""))):
            row["category"] = category
        rows.append(row)
    return rows


@st.composite
def collections(draw: st.DrawFn) -> dict[str, tuple[Row, list[Row], str]]:
    """By slug the front matter, the metrics and the body of each case."""
    cases = {}
    for number in range(draw(st.integers(1, 5))):
        regions = draw(st.lists(st.sampled_from(PROVINCES), min_size=1, unique=True))
        rows = draw(metric_rows(regions))
        front = {
            "title": f"案例{number}",
            "institution": draw(st.sampled_from(("甲校（西区）", "甲校(西区)", "乙校"))),
            "regions": "[" + ", ".join(regions) + "]",
            "date": draw(st.sampled_from(("2022-05-01", "2023-05-01"))),
            "period": draw(st.sampled_from(("2022", "2023", "2021-2023"))),
            "categories": draw(st.sampled_from(("[产业]", "[产业, 人才]", "[人才, 生态]"))),
        }
        # Some sentences are left out: their metrics are in doubt.
        told = [row for row in rows if draw(st.integers(0, 6))]
        body = "\n\n".join(f"{row['name']}{row['value']}。" for row in told) or "正文。"
        cases[f"c{number}"] = front, rows, body
    return cases


def case_file(front: Row, rows: list[Row], body: str) -> str:
    lines = [f"{key}: {value}" for key, value in front.items()]
    lines.append("metrics: " + json.dumps(rows, ensure_ascii=False))
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


# --- a plain computation ------------------------------------------------------------------------

Case = dict[str, Any]
Written = dict[str, list[Row]]  # the metrics of each case as they are written
Share = tuple[Fraction, Fraction, str]


class Figure:
    """A metric that may be added: what the export says of it, and the timing as it is written."""

    def __init__(self, case: Case, number: int, written: str) -> None:
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
        places = [metric["region"]] if metric["region"] else sorted(case["regions"])
        self.place, self.province = "、".join(places), places[0] if len(places) == 1 else ""
        self.thing = re.sub(r"^\d{4}年|累计", "", metric["name"])
        own = {self.row["name"], *self.row["synonyms"]}
        self.name = "" if self.thing in own and self.row["rule"] == "sum" else self.thing
        self.item = self.thing if self.row.get("by_item") else ""
        self.said = written == "累计" or (not written and "累计" in metric["name"])
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
        if self.timing == "standing" or self.first == self.last:
            return str(self.last)
        return f"{self.first}-{self.last}" if self.to_date else ""

    def holds(self, other: Figure) -> bool:
        """Whether this is a sum to date that contains the other figure."""
        inside = self.first <= other.first and other.last <= self.last
        longer = self.years != other.years or not other.to_date
        named = self.thing == other.thing or self.said
        return self.to_date and self is not other and inside and longer and named

    def meets(self, other: Figure) -> bool:
        """Whether two sums to date share years."""
        apart = self.last < other.first or other.last < self.first
        one = (self.case, self.years) != (other.case, other.years) and self.thing == other.thing
        return not apart and (one or (self.said and other.said))


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


def figures(cases: list[Case], written: Written) -> list[Figure]:
    """The metrics that may be added: no parts, of those that are one figure a reliable one."""
    found = []
    for case in cases:
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
                found.append(Figure(case, number, written[case["slug"]][number].get("timing", "")))
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
            if figure.timing != "standing" and whole.holds(figure) and figure.low > whole.high:
                figure.overlaps = whole.overlaps = True
    left, counting = [f for f in to_date if not f.overlaps], []
    while left:
        free = [f for f in left if not any(w.holds(f) for w in left)]
        figure = min(free, key=lambda f: (-f.low, f.case, one.index(f)))
        left.remove(figure)
        met = [f for f in counting if f.meets(figure)]
        if any(whole.holds(figure) for whole in counting):
            figure.counts = False
        elif not met:
            counting.append(figure)
        elif (met[0].years, met[0].low, met[0].high) == (figure.years, figure.low, figure.high):
            figure.counts = False
        else:
            figure.overlaps = met[0].exceeded = True
    drop(f for f in one if f.overlaps or any(whole.holds(f) for whole in counting))
    for stocks in grouped([f for f in one if f.counts and f.timing == "standing"], "thing"):
        latest(stocks)


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


def overlapped(cases: list[Case], written: Written) -> list[Figure]:
    """The figures, chosen as if none were in doubt because it overlaps: that is found here."""
    bare = [
        {**case, "metrics": [
            {**m, "doubts": [rule for rule in m["doubts"] if rule != OVERLAP]}
            for m in case["metrics"]
        ]}
        for case in cases
    ]  # fmt: skip
    every = figures(bare, written)
    choose(every)
    return every


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


def apart(cases: list[Case], written: Written) -> Iterator[Divided]:
    """The figures of a year or an institution, chosen again among themselves."""
    for scope, key in (("year", "label"), ("institution", "institution")):
        for some in grouped(counting(cases, written), key):
            choose(some)
            for group in grouped(some, "indicator", "unit", "item"):
                rows = [(f, (f.low, f.high, f.qualifier)) for f in group]
                yield scope, getattr(some[0], key), rows


def counting(cases: list[Case], written: Written) -> list[Figure]:
    """The figures, those marked that are greater than others which overlap them."""
    exceeded = {(f.case, f.number) for f in overlapped(cases, written) if f.exceeded}
    every = figures(cases, written)
    for figure in every:
        figure.exceeded = (figure.case, figure.number) in exceeded
    return every


def totals(cases: list[Case], written: Written) -> dict[tuple[str, ...], Total]:
    """Every total by scope, value, indicator, item and unit."""
    every = counting(cases, written)
    choose(every)
    found: dict[tuple[str, ...], Total] = {}
    groups = grouped(every, "indicator", "unit", "item")
    for scope, value, rows in (
        *(row for group in groups for row in divided(group)), *apart(cases, written)
    ):  # fmt: skip
        first = rows[0][0]
        if made := total(rows):
            found[scope, value, first.indicator, first.item, first.unit] = made
    return found


# --- the comparison ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> projects.Project:
    return load_empty(tmp_path_factory.mktemp("totals"))


def exported(loaded: projects.Project, cases: dict[str, tuple[Row, list[Row], str]]) -> Case:
    """What `casegen export --format json` prints for these cases."""
    folder = loaded.root / "cases"
    for old in folder.glob("*.md"):
        old.unlink()
    for slug, case in cases.items():
        (folder / f"{slug}.md").write_text(case_file(*case), "utf-8")
    reading = builder.gather_materials(loaded, ())
    assert not reading.errors, reading.errors
    data: Case = json.loads(exporting.export_collection(reading.materials, "json"))
    return data


@settings(phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink))
@given(cases=collections())
def test_every_total_is_what_the_cases_of_the_export_come_to(loaded, cases):
    data = exported(loaded, cases)
    written = {slug: rows for slug, (_, rows, _) in cases.items()}
    told: dict[tuple[str, ...], Total] = {}
    for row in data["totals"]:
        low, high = (None if row[k] is None else Fraction(row[k]) for k in ("low", "high"))
        assert row["reported"] == len(row["cases"])
        key = row["scope"], row["value"], row["indicator"], row["item"], row["unit"]
        rest = row["qualifier"], tuple(sorted(row["cases"])), len(row["left_out"])
        told[key] = low, high, *rest
    assert told == totals(data["cases"], written)
    doubted = {
        (case["slug"], number)
        for case in data["cases"]
        for number, metric in enumerate(case["metrics"])
        if OVERLAP in metric["doubts"]
    }
    again = overlapped(data["cases"], written)
    assert {(f.case, f.number) for f in again if f.overlaps} == doubted
    # No figure counts twice: what the export says is counted makes each total, each metric once.
    every = counting(data["cases"], written)
    choose(every)
    single = {(f.case, f.number) for group in grouped(every, "indicator", "unit", "item")
              if total([(f, (f.low, f.high, f.qualifier)) for f in group])
              for f in group if f.counts}  # fmt: skip
    counted = [
        (case["slug"], number)
        for case in data["cases"]
        for number, metric in enumerate(case["metrics"])
        if metric["counted"]
    ]
    assert set(counted) == single
