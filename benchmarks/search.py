"""Search: what queries load and how long they take, in Chromium from file://.

    python benchmarks/search.py PROJECT [--queries 60] [--seed 1]

Writes the search data of a project's cases into a temporary folder, asks queries drawn at random
from their texts, and compares each answer with a substring test. Prints, over all queries: index
(the file of names, and shards), texts looked through to verify, files, milliseconds; and seconds
and bytes of making the data.

Secret: how queries are drawn and what counts as whose load. Not here: the data (editions.search).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from casegen import gathering, project
from casegen.collection.case import Case
from casegen.collection.collected import Collection
from casegen.editions.site import catalog as catalogs
from casegen.editions.site import search
from casegen.editions.site.data_scripts import make_hashed
from casegen.output import Artifact

ASSETS = Path(__file__).parents[1] / "themes" / "default" / "assets"
CHROMIUM = os.environ.get("CASEGEN_CHROMIUM", "/usr/bin/chromium")
PAGE = '<!doctype html><meta charset="utf-8"><script src="{site}"></script><script src="{marks}">\
</script>'
LOAD = "path => casegen.load(path, 'search').then(() => true)"
ASK = """async ([path, catalog, columns, query]) => {
  const began = performance.now();
  const search = await casegen.load(path, "search"); // loaded before
  const engine = search.create(catalog, columns); // a new one: nothing is known yet
  const holds = await engine.matching(query);
  const found = columns.slug.filter((_, place) => holds(place));
  return [found.sort(), performance.now() - began];
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("--queries", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made, _ = project.load_project(options.project)
    if made is None:
        raise SystemExit("no project there")
    collection = gathering.gather_materials(made).materials.collection
    texts = {case.slug: search.fold_texts(search.list_texts(case)) for case in collection.cases}
    with tempfile.TemporaryDirectory() as name:
        catalog = write(collection, Path(name))
        asked = list(queries(list(texts.values()), options.queries, options.seed))
        report(measured(Path(name), catalog, texts, asked))


def write(collection: Collection, folder: Path) -> dict[str, str]:
    """Write the data, what the search needs of a catalog, and a page with the theme's scripts."""
    cases = collection.cases
    began = time.process_time()
    found = list(search.list_search_files(collection.by_slug, own_file))
    spent = time.process_time() - began
    words, _ = make_hashed("words", catalogs.make_words(collection))
    (folder / "assets").mkdir()
    for artifact in (*found, words):
        content = artifact.render()
        (folder / artifact.path).write_bytes(bytes(content))  # type: ignore[arg-type]
    page = PAGE.format(site=(ASSETS / "site.js").as_uri(), marks=(ASSETS / "marks.js").as_uri())
    (folder / "page.html").write_text(page, "utf-8")
    size = sum(path.stat().st_size for path in (folder / "assets").iterdir())
    print(
        f"{len(cases)} cases: {len(found)} files, {size / 1e6:.1f} MB, {spent:.1f} s of processor"
    )
    return {"search": found[-1].path, "words": words.path}


def own_file(case: Case) -> Artifact:
    """Return the text of a case as a file of its own, as in a site with an index."""
    return make_hashed("text", [search.list_texts(case)])[0]


def queries(texts: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Yield words of one to ten characters out of the texts; every fifth query has two."""
    chance = random.Random(seed)

    def word() -> str:
        while True:
            line = chance.choice(chance.choice(texts).split("\n"))
            start = chance.randrange(len(line) + 1)
            found = line[start : start + chance.randint(1, 10)]
            if found and not re.search(r"\s", found):
                return found

    for number in range(count):
        yield f"{word()} {word()}" if number % 5 == 4 else word()


def measured(
    folder: Path, catalog: dict[str, str], texts: dict[str, str], asked: Sequence[str]
) -> Iterator[tuple[str, int, int, int, float]]:
    """Yield query, bytes of index and of texts, files, milliseconds; a wrong answer stops it."""
    columns = {"slug": list(texts)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        script = (ASSETS / "search.js").as_uri()
        for query in asked:
            page: Page = browser.new_page()
            files: list[Path] = []
            page.on(
                "request",
                lambda request, files=files: files.append(
                    folder / "assets" / request.url.rpartition("/")[2]
                ),
            )
            page.goto((folder / "page.html").as_uri())
            page.evaluate(LOAD, script)
            files.clear()
            found, spent = page.evaluate(ASK, [script, catalog, columns, query])
            page.close()
            words = search.fold_text(query).split()
            wanted = sorted(s for s, text in texts.items() if all(w in text for w in words))
            if found != wanted:
                raise SystemExit(f"{query}: {len(found)} found, {len(wanted)} hold it")
            sizes = {path: path.stat().st_size for path in files}
            looked = sum(size for path, size in sizes.items() if path.name.startswith("text-"))
            yield query, sum(sizes.values()) - looked, looked, len(files), spent
        browser.close()


def report(rows: Iterator[tuple[str, int, int, int, float]]) -> None:
    """Print median, ninetieth percentile and largest of every column."""
    columns = list(zip(*rows, strict=True))
    print(f"{len(columns[0])} queries, every answer that of a substring test")
    for name, column, unit in (
        ("index", [value / 1000 for value in columns[1]], "KB"),
        ("texts to verify", [value / 1000 for value in columns[2]], "KB"),
        ("files", columns[3], ""),
        ("time", columns[4], "ms"),
    ):
        tenth = statistics.quantiles(column, n=10)[-1]
        print(
            f"{name:>16}: median {statistics.median(column):,.0f} {unit},"
            f" 90 % {tenth:,.0f}, most {max(column):,.0f}"
        )


if __name__ == "__main__":
    main()
