"""Truth: what lists must show, read straight from the case files with YAML alone.

Secret: nothing of casegen; a second, plain reading of docs/handbook to compare its pages with. What
a body shows is taken from the case's page, where readers see it.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ENGLISH = {
    "标题": "title", "单位": "institution", "地区": "regions", "日期": "date", "时段": "period",
    "类别": "categories", "标签": "tags", "指标": "metrics", "状态": "status", "顺序": "order",
    "网址名": "slug",
}  # fmt: skip
CATEGORIES = {
    "产业": "industry",
    "人才": "talent",
    "文化": "culture",
    "生态": "ecology",
    "组织": "organization",
}
INDICATORS = {
    "planting_area": {"种植面积"},
    "sales_income": {"销售收入", "销售额"},
}
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
UNITS = {"亩": 1, "公顷": 15, "元": 1}
BLOCK = re.compile(
    r"</?(?:p|h\d|li|ul|ol|td|th|tr|table|figure|figcaption|blockquote|div|dd)\b[^>]*>"
)
QUANTITY = re.compile(r"\D*?([\d,.]+)(?:至[\d.]+)?[余多]?(万|亿)?[余多]?(亩|公顷|元)")


@dataclass(frozen=True)
class Row:
    """A published case."""

    slug: str
    title: str
    date: str
    order: float | None
    short: str  # title, institution and places, folded
    text: str  # all that is searched, folded
    values: Mapping[str, frozenset[str]]  # facet -> the labels it has
    numbers: Mapping[str, float]  # indicator -> value in base units

    def holds(self, query: str) -> bool:
        """Whether every word of a query stands in what is searched."""
        return all(word in self.text for word in folded(query).split())

    def rank(self, query: str) -> int:
        """0 where the title holds the query, 1 where title, institution and places do, else 2."""
        words = folded(query).split()
        if all(word in folded(self.title) for word in words):
            return 0
        return 1 if all(word in self.short for word in words) else 2


def rows(folder: Path) -> list[Row]:
    """Every published case of a project, newest first."""
    found = [_row(path, folder) for path in sorted(folder.glob("cases/**/*.md"))]
    published = sorted((row for row in found if row), key=lambda row: row.slug)
    return sorted(published, key=lambda row: row.date, reverse=True)


def _row(path: Path, folder: Path) -> Row | None:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    head = text.replace("\r\n", "\n").split("---\n")[1]
    meta = {ENGLISH.get(key, key): value for key, value in yaml.safe_load(head).items()}
    if meta.get("status", "published") not in {"published", "已发布"}:
        return None
    own = path.parent.name if path.stem == "index" else path.stem
    regions = _listed(meta["regions"])
    years = str(meta.get("period") or meta["date"].year).split("-")
    values = {
        "category": {CATEGORIES.get(name, name) for name in _listed(meta["categories"])},
        "region": {region.split("/")[0] for region in regions},
        "year": {str(year) for year in range(int(years[0]), int(years[-1]) + 1)},
        "institution": {meta["institution"]},
        "tag": set(meta.get("tags", ())),
    }
    slug = meta.get("slug", own)
    places = (region.replace("/", "") for region in regions)
    short = "\n".join((meta["title"], meta["institution"], *places))
    page = (folder / "site" / "cases" / f"{slug}.html").read_text("utf-8")
    return Row(
        slug,
        meta["title"],
        str(meta["date"]),
        meta.get("order"),
        folded(short),
        folded("\n".join((short, *values["tag"], *shown(page)))),
        {facet: frozenset(labels) for facet, labels in values.items()},
        dict(_numbers(meta.get("metrics", ()))),
    )


def shown(page: str) -> tuple[str, str]:
    """Summary and body as a case's page shows them, a line a block; numbers of notes left out."""
    summary = re.search(r'<p class="standfirst">(.*?)</p>', page)
    body = page.partition('id="case-text"')[2].partition(">")[2]
    body = BLOCK.sub("\n", body.partition('<aside class="credits"')[0])
    body = re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", body))
    return html.unescape(summary[1] if summary else ""), html.unescape(body)


def folded(text: str) -> str:
    """Text as search compares it."""
    return unicodedata.normalize("NFKC", text).lower()


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _numbers(items: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, float]]:
    for item in items:
        name, written = (
            (item["name"], item["value"]) if "name" in item else next(iter(item.items()))
        )
        for key, names in INDICATORS.items():
            if name in names or item.get("indicator") == key:
                number, scale, unit = QUANTITY.match(written).groups()
                factor = SCALES[scale or ""] * UNITS[unit]
                yield key, round(float(number.replace(",", "")) * factor, 6)


@dataclass(frozen=True)
class Filter:
    """What a reader chose: labels by facet, words, and bounds by indicator."""

    chosen: Mapping[str, frozenset[str]]
    words: str = ""
    bounds: Mapping[str, tuple[float, float]] = ()  # type: ignore[assignment]

    def fits(self, row: Row, leaving_out: str = "") -> bool:
        """Whether a case is found; one facet may be left out of account."""
        return (
            all(
                row.values[facet] & labels
                for facet, labels in self.chosen.items()
                if labels and facet != leaving_out
            )
            and row.holds(self.words)
            and all(
                key in row.numbers and low <= row.numbers[key] <= high
                for key, (low, high) in dict(self.bounds).items()
            )
        )

    def count(self, all_rows: Iterable[Row], facet: str, label: str) -> int:
        """How many cases there would be with that value chosen in its facet."""
        return sum(
            label in row.values[facet] and self.fits(row, leaving_out=facet) for row in all_rows
        )
