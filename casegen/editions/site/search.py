"""Search: the data of full-text search, all of it scripts that load from file://.

Secret: what of a case is searched, and how texts and index are cut into files so that an edit
changes few of them. docs/decisions/0014 says why it is this index and no search engine.
Not here: how a query is answered (the theme's search.js, which must agree on `folded`, on what is
punctuation and on how postings are written), initials of titles (pinyin).

The text of a case is the judge: a word is found where it is a substring of it. Up to SCAN cases
there are texts alone and the browser looks through all of them. Above, an index says which cases
hold every pair of neighbouring characters of a word, so that only these need be looked through.

Index: `term postings term postings …`, sorted by UTF-16 code units as browsers sort. Terms are all
pairs of neighbouring characters that are neither space nor punctuation, and the last character of
each run by itself; and triples, where more than `least` cases hold both of their pairs. Such a
triple without an entry occurs nowhere. Where fewer cases lack it than hold it, the entry begins
with EXCEPT and names those that lack it among the holders of both pairs.

Cases are numbered in the order of their slugs; postings are the gaps between numbers, each in base
27 but for its last digit, which is in base 64 (FINAL, CONTINUED).
"""

from __future__ import annotations

import itertools
import unicodedata
import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from casegen.chinese import pinyin
from casegen.collection.case import Case
from casegen.editions.site.scripts import cut, hashed
from casegen.output import Artifact

SCAN = 300  # cases; about 2.5 MB of text, which a phone looks through at once
TEXTS_SCANNED = 24  # mean number of texts in a file where all are loaded
TRIPLES_UP_TO = 3000  # cases; more would take gigabytes of memory to look at
SHARE_OF_TRIPLES = 0.4  # at most, of the characters that all pairs take
LEAST = (8, 16, 32, 64, 128)  # cases; the first that keeps triples within their share is taken
SHARD = 12_000  # mean characters of a file of the index
PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<')
FINAL, CONTINUED = PRINTABLE[:64], PRINTABLE[64:]
EXCEPT = "¬"


def list_search_files(
    cases: Iterable[Case], own_file: Callable[[Case], Artifact] | None = None
) -> Iterator[Artifact]:
    """Texts, index and titles in pinyin; last the file that names all the others.

    With `own_file` each case's text is a file by itself where there is an index.
    """
    numbered = sorted(cases, key=lambda case: case.slug)
    scanned = len(numbered) <= SCAN
    firsts, shards, least = [], [], 0
    if not scanned:
        index, least = indexed([searched(case) for case in numbered])
        for first, lines in cut_index(index):
            artifact, digits = hashed("shard", lines)
            yield artifact
            firsts.append(first)
            shards.append(digits)
    sizes, texts = [], []
    if own_file and not scanned:
        for case in numbered:
            artifact = own_file(case)
            yield artifact
            sizes.append(1)
            texts.append(artifact.path.rpartition("-")[2].removesuffix(".js"))
    else:
        for bundle in cut(numbered, TEXTS_SCANNED, lambda case: case.slug):
            artifact, digits = hashed("text", [shown(case) for case in bundle])
            yield artifact
            sizes.append(len(bundle))
            texts.append(digits)
    titles = [
        [pinyin.initials(case.title), pinyin.stem(case.title, 400).replace("-", ""), case.title]
        for case in numbered
    ]
    initials, _ = hashed("initials", titles)
    yield initials
    # Names as one text of ten digits each: there are thousands of them.
    named = {
        "sizes": [] if len(sizes) == len(numbered) else sizes,
        "least": least,
        "texts": "".join(texts),
        "firsts": " ".join(firsts),
        "shards": "".join(shards),
        "initials": initials.path,
    }
    yield hashed("lookup", named)[0]


def shown(case: Case) -> tuple[str, ...]:
    """What is searched, as displayed: title, institution, places, tags, summary, body.

    A line each for a place, a tag, and a paragraph of the body.
    """
    return (
        case.title,
        case.institution,
        places(case),
        "\n".join(case.tags),
        case.summary,
        case.prose.text,
    )


def places(case: Case) -> str:
    """Where a case is, as displayed, a line a place."""
    return "\n".join(place.label for place in case.regions)


def searched(case: Case) -> str:
    """All that is searched, as queries are compared with it."""
    return folded("\n".join(shown(case)))


def folded(text: str) -> str:
    """NFKC, lower case: what a query and a text have in common."""
    return unicodedata.normalize("NFKC", text).lower()


class _Separators(dict[int, str]):
    """For str.translate: punctuation, symbols, spaces and controls become spaces."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        self[code] = " " if kind[0] in "PSZ" or kind in {"Cc", "Cf", "Cs"} else chr(code)
        return self[code]


@cache
def _separators() -> _Separators:
    return _Separators()


def terms(text: str) -> set[str]:
    """The terms of a folded text: pairs of neighbours, and the last character of each run."""
    found = set()
    for run in runs(text):
        found.add(run[-1])
        found.update(map(str.__add__, run, run[1:]))
    return found


def runs(text: str) -> list[str]:
    """The runs of a folded text between spaces and punctuation."""
    return text.translate(_separators()).split()


def indexed(texts: Sequence[str]) -> tuple[list[tuple[str, str]], int]:
    """Each term and its postings, in the order of UTF-16 code units; and `least`."""
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for term in terms(text):
            holders.setdefault(term, []).append(number)
    index = {term: written(numbers) for term, numbers in holders.items()}
    room = round(SHARE_OF_TRIPLES * sum(len(term) + len(index[term]) + 2 for term in index))
    triples, least = index_triples(texts, holders, room)
    index |= triples
    order = sorted(index, key=lambda term: term.encode("utf-16-be", "surrogatepass"))
    return [(term, index[term]) for term in order], least


def index_triples(
    texts: Sequence[str], holders: Mapping[str, list[int]], room: int
) -> tuple[dict[str, str], int]:
    """The entries of triples that occur and whose two pairs share more than `least` cases.

    `least` is the smallest number of LEAST with which they fill no more than `room` characters.
    """
    if len(texts) > TRIPLES_UP_TO:
        return {}, len(texts)
    often = {
        term: _mask(numbers)
        for term, numbers in holders.items()
        if len(term) == 2 and len(numbers) > LEAST[0]
    }
    found: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for triple in _triples(text, often):
            found.setdefault(triple, []).append(number)
    shared = {triple: often[triple[:2]] & often[triple[1:]] for triple in found}
    for least in LEAST:
        kept = {
            triple: _entry(found[triple], shared[triple])
            for triple in found
            if shared[triple].bit_count() > least
        }
        if sum(len(triple) + len(entry) + 2 for triple, entry in kept.items()) <= room:
            return kept, least
    return {}, len(texts)


def _entry(numbers: Sequence[int], shared: int) -> str:
    """Postings of a triple; of the exceptions among the cases that share its pairs, if fewer."""
    exceptions = shared & ~_mask(numbers)
    if exceptions.bit_count() >= len(numbers):
        return written(numbers)
    bits = enumerate(reversed(f"{exceptions:b}"))
    return EXCEPT + written([number for number, bit in bits if bit == "1"])


def _triples(text: str, often: Container[str]) -> set[str]:
    """The triples of a text both of whose pairs are among those that occur often."""
    found: set[str] = set()
    for run in runs(text):
        kept = [run[at : at + 2] in often for at in range(len(run) - 1)]
        found.update(
            run[at : at + 3]
            for at, (one, next_) in enumerate(itertools.pairwise(kept))
            if one and next_
        )
    return found


def _mask(numbers: Iterable[int]) -> int:
    """The numbers as bits."""
    return sum(map(_bit, numbers))


@cache
def _bit(number: int) -> int:
    return 1 << number


def written(numbers: Iterable[int]) -> str:
    """Ascending numbers as postings."""
    digits, last = [], -1
    for number in numbers:
        digits.append(digits_of(number - last - 1))
        last = number
    return "".join(digits)


@cache
def digits_of(gap: int) -> str:
    """A gap of 0 or more: digits in base 27, the last in base 64."""
    rest, last = divmod(gap, len(FINAL))
    digits = FINAL[last]
    while rest:
        rest, digit = divmod(rest, len(CONTINUED))
        digits = CONTINUED[digit] + digits
    return digits


def cut_index(index: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The index in shards of SHARD bytes on average: first term, lines.

    A shard ends after a term whose hash says so, the sooner the longer its line: a term that cases
    gain or lose changes its own shard alone.
    """
    lines: list[str] = []
    first = ""
    for term, postings in index:
        first = first or term
        line = f"{term} {postings}"
        lines.append(line)
        share = zlib.crc32(term.encode("utf-8", "surrogatepass")) / 2**32
        if share * SHARD < len(line.encode("utf-8", "surrogatepass")) + 1:
            yield first, " ".join(lines)
            lines, first = [], ""
    if lines:
        yield first, " ".join(lines)
