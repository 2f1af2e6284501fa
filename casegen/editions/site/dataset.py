"""dataset: data.html: what each data file and column is, coverage, licence, how to cite.

Secret: what the page says of the collection as data; its columns are the words `column.…`, its
keys of JSON the words `json.…`.
Not here: the files themselves (editions.data).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from casegen.collection.collected import Collection
from casegen.editions.site.components import Described, Link
from casegen.editions.site.views import DataPage, Head

PATH = "data.html"
FILES = ("metrics.xlsx", "metrics.csv", "cases.json")

MakeHead = Callable[[str, str, str, str], Head]
Words = Mapping[str, str]


def make_page(collection: Collection, licence: str, head: MakeHead, words: Words) -> DataPage:
    """Return the page on the data files; the citation ends before the date of citing."""
    cases = collection.cases
    changed = max((case.updated for case in cases), default=None)
    return DataPage(
        head(PATH, words["data.page"], words["data.lead"].format(n=len(cases)), PATH),
        files=tuple(
            Described(Link(name, f"data/{name}"), words[f"data.note.{name.rpartition('.')[2]}"])
            for name in FILES
        ),
        coverage=tuple(tell_coverage(collection, words)),
        columns=tuple(name_columns(words)),
        keys=tuple(name_keys(words)),
        license=licence,
        changed=changed.isoformat() if changed else "",
    )


def tell_coverage(collection: Collection, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what the data cover, as names and values."""
    cases = collection.cases
    metrics = [metric for case in cases for metric in case.metrics]
    yield words["data.cases"], str(len(cases))
    if cases:
        dates = sorted(case.date for case in cases)
        yield words["data.earliest"], dates[0].isoformat()
        yield words["data.latest"], dates[-1].isoformat()
    for facet in ("region", "institution"):
        found = [value for value in collection.facets[facet] if value.slugs]
        yield words[f"data.count.{facet}"], str(len(found))
    yield words["data.metrics"], str(len(metrics))
    traced = sum(metric.evidence is not None for metric in metrics)
    yield words["data.traced"], str(traced)
    yield words["data.doubtful"], str(sum(bool(metric.doubts) for metric in metrics))


def name_columns(words: Words) -> Iterator[tuple[str, str]]:
    """Yield the columns of the table of metrics, each with its meaning."""
    for key in words:
        kind, _, name = key.partition(".")
        if kind == "column":
            yield name, words[f"column.{name}"]


def name_keys(words: Words) -> Iterator[tuple[str, str]]:
    """Yield the keys of a case in cases.json and of its metrics, each with its meaning."""
    for key in words:
        kind, _, name = key.partition(".")
        if kind == "json":
            yield name, words[f"json.{name}"]
