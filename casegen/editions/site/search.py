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
each run by itself. Cases are numbered in the order of their slugs; postings are the gaps between
numbers, each in base 27 but for its last digit, which is in base 64 (FINAL, CONTINUED).
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache

from casegen.chinese import pinyin
from casegen.collection.case import Case
from casegen.editions.site.scripts import cut, hashed
from casegen.output import Artifact

SCAN = 300  # cases; about 2.5 MB of text, which a phone looks through at once
TEXTS_SCANNED = 24  # mean number of texts in a file where all are loaded
TEXTS_LOOKED_UP = 4  # and where only some are: measured best between many files and much loaded
SHARD = 12_000  # mean characters of a file of the index
PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<')
FINAL, CONTINUED = PRINTABLE[:64], PRINTABLE[64:]


def artifacts(cases: Iterable[Case]) -> Iterator[Artifact]:
    """Texts, index and title initials of the cases; last the file that names all the others."""
    numbered = sorted(cases, key=lambda case: case.slug)
    scanned = len(numbered) <= SCAN
    firsts, shards = [], []
    for first, lines in () if scanned else cut_index(indexed(map(searched, numbered))):
        artifact, digits = hashed("shard", lines)
        yield artifact
        firsts.append(first)
        shards.append(digits)
    sizes, texts = [], []
    mean = TEXTS_SCANNED if scanned else TEXTS_LOOKED_UP
    for bundle in cut(numbered, mean, lambda case: case.slug):
        artifact, digits = hashed("text", [shown(case) for case in bundle])
        yield artifact
        sizes.append(len(bundle))
        texts.append(digits)
    titles = [[pinyin.initials(case.title), case.title] for case in numbered]
    initials, _ = hashed("initials", titles)
    yield initials
    # Names as one text of ten digits each: there are thousands of them.
    named = {
        "sizes": sizes,
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
    for run in text.translate(_separators()).split():
        found.add(run[-1])
        found.update(map(str.__add__, run, run[1:]))
    return found


def indexed(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Each term and its postings, in the order of UTF-16 code units."""
    postings: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, text in enumerate(texts):
        for term in terms(text):
            gap = number - last.get(term, -1) - 1
            last[term] = number
            postings.setdefault(term, []).append(digits_of(gap))
    order = sorted(postings, key=lambda term: term.encode("utf-16-be", "surrogatepass"))
    return [(term, "".join(postings[term])) for term in order]


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
