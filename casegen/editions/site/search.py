"""search: the data of full-text search, all of it scripts that load from file://.

Secret: what of a case is searched, and how texts are cut into files so that an edit changes few of
them. docs/decisions/0014 says why it is this index and no search engine.
Not here: the index itself (index), how a query is answered (the theme's search.js, which must use
the same `fold_text`), initials of titles (pinyin).

The text of a case decides: a word is found where it is a substring of it. Up to SCAN cases
there are only texts, and the browser searches all of them. Above, an index says which cases
hold every pair of neighbouring characters of a word, so that only these are searched.

Cases are numbered in the order of their slugs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from casegen.chinese import pinyin
from casegen.collection.case import Case
from casegen.editions.site import index
from casegen.editions.site.data_scripts import cut_bundles, make_hashed
from casegen.output import Artifact

SCAN = 300  # cases; about 2.5 MB of text, which a phone searches without delay
# Names in the cache: the sums of the index, and the part of each character.
SUMS, PART = "sums", "part "
TEXTS_SCANNED = 24  # mean number of texts in a file where all are loaded


def list_search_files(
    cases: Iterable[Case], own_file: Callable[[Case], Artifact] | None = None
) -> Iterator[Artifact]:
    """Yield texts, index and titles in pinyin; last the file that names all the others.

    With `own_file`, each case's text is a file of its own where there is an index.
    """
    numbered = sorted(cases, key=lambda case: case.slug)
    scanned = len(numbered) <= SCAN
    firsts, shards, kept, least = [], [], {}, 0
    if not scanned:
        made = index.make_index([fold_texts(list_texts(case)) for case in numbered])
        kept = {SUMS: made.sums} | {f"{PART}{c}": part for c, part in made.parts.items()}
        least = made.sums.least
        for first, lines in index.cut_index(made.entries):
            artifact, digits = make_hashed("shard", lines)
            yield artifact
            firsts.append(first)
            shards.append(digits)
    sizes, texts = [], []
    if own_file and not scanned:
        for case in numbered:
            artifact = own_file(case)
            yield artifact
            sizes.append(1)
            texts.append(read_digits(artifact))
    else:
        for bundle in cut_bundles(numbered, TEXTS_SCANNED, lambda case: case.slug):
            artifact, digits = make_hashed("text", [list_texts(case) for case in bundle])
            yield artifact
            sizes.append(len(bundle))
            texts.append(digits)
    titles = [
        [
            pinyin.read_initials(case.title),
            pinyin.make_stem(case.title, 400).replace("-", ""),
            case.title,
        ]
        for case in numbered
    ]
    initials, _ = make_hashed("initials", titles)
    yield initials
    # The names are one text, each of ten digits: there are thousands of them.
    named = {
        "sizes": [] if len(sizes) == len(numbered) else sizes,
        "least": least,
        "texts": "".join(texts),
        "firsts": " ".join(firsts),
        "shards": "".join(shards),
        "initials": initials.path,
    }
    yield replace(make_hashed("lookup", named)[0], kept=kept)


def read_digits(artifact: Artifact) -> str:
    """Return the ten digits in the name of a file of the search."""
    return artifact.path.rpartition("-")[2].removesuffix(".js")


def list_texts(case: Case) -> tuple[str, ...]:
    """Return the searched text, as displayed: title, institution, places, tags, summary, body.

    A place, a tag, and a paragraph of the body are a line each.
    """
    return (
        case.title,
        case.institution,
        write_places(case),
        "\n".join(case.tags),
        case.summary,
        case.prose.text,
    )


def write_places(case: Case) -> str:
    """Return where a case is, as displayed, a line for each place."""
    return "\n".join(place.label for place in case.regions)


def fold_texts(texts: Sequence[str]) -> str:
    """Return the text of a case (from `list_texts`) in the form that queries are compared with."""
    return fold_text("\n".join(texts))


def fold_text(text: str) -> str:
    """Return a text in NFKC and lower case, so that a query and a text can be compared."""
    return unicodedata.normalize("NFKC", text).lower()
