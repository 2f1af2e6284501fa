"""index: which texts hold each pair of neighbouring characters, so that few must be searched.

Secret: what the terms are, how postings are written, where the index is cut into shards, and what
is cached of it, by character, so that a changed text changes few entries.
Not here: what is searched and in which files it is (search), how a query is answered (the
theme's search.js, which must use the same punctuation and the same form of postings).

The index is `term postings term postings …`, sorted by UTF-16 code units as browsers sort. Terms
are all pairs of neighbouring characters that are neither space nor punctuation, and the last
character of each run by itself; and triples, where more than `least` texts hold both of their
pairs. Such a triple without an entry occurs nowhere. Where fewer of the holders of both pairs lack
the triple than hold it, its entry begins with EXCEPT and lists those that lack it.

Texts are numbered from 0; postings are the gaps between numbers, each in base 27 except for its
last digit, which is in base 64 (FINAL, CONTINUED).
"""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

TRIPLES_UP_TO = 3000  # texts; for more, finding the triples would need gigabytes of memory
SHARE_OF_TRIPLES = 0.4  # most characters of all triples, as a share of those of all pairs
LEAST = (8, 16, 32, 64, 128)  # texts; the first that keeps triples within their share is used
SHARD = 12_000  # mean characters of a file of the index
PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<')
FINAL, CONTINUED = PRINTABLE[:64], PRINTABLE[64:]
EXCEPT = "¬"
MOST_TEXTS = 1_000_000

Entry = tuple[str, str]  # a term and its postings


@dataclass(slots=True)
class Part:
    """What is cached for a character: postings of the pairs it begins and ends, of its triples.

    `begins` by the other character ("" where it is the last of a run), `ends` by the first one,
    `middles` by the first and the last of the triple.
    """

    begins: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    middles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise ValueError for other types: the cache makes it of what a file holds."""
        for table in (self.begins, self.ends, self.middles):
            if not (isinstance(table, dict) and all(map(_is_entry, table.items()))):
                raise ValueError("entries are texts by text")


@dataclass(frozen=True, slots=True)
class Sums:
    """For an index: digests of its texts, characters of all pairs, of triples for each of LEAST.

    Triples are in the index where more than `least` texts hold both of their pairs. `characters`
    are those that have a Part, in order: a Part that is gone is not taken for one that never was.
    """

    digests: tuple[str, ...]
    pairs: int
    triples: tuple[int, ...]
    characters: str

    def __post_init__(self) -> None:
        """Raise ValueError for other types: the cache makes it of what a file holds."""
        numbers = (self.pairs, *self.triples) if isinstance(self.triples, tuple) else ()
        if len(numbers) != len(LEAST) + 1 or not all(isinstance(n, int) for n in numbers):
            raise ValueError("sums are a number for each of LEAST")
        if not are_texts(self.digests) or not isinstance(self.characters, str):
            raise ValueError("digests and characters are texts")

    @property
    def texts(self) -> int:
        """The number of texts."""
        return len(self.digests)

    @property
    def least(self) -> int:
        """The smallest of LEAST with which the triples take no more than their share."""
        room = round(SHARE_OF_TRIPLES * self.pairs)
        if self.texts > TRIPLES_UP_TO:
            return self.texts
        fitting = (n for n, taken in zip(LEAST, self.triples, strict=True) if taken <= room)
        return next(fitting, self.texts)


@dataclass(frozen=True, slots=True)
class Index:
    """An index in its order, and what is cached of it by character."""

    entries: tuple[Entry, ...]
    sums: Sums
    parts: Mapping[str, Part]


def are_texts(value: object) -> bool:
    """Return whether a value is a tuple of texts."""
    return isinstance(value, tuple) and all(isinstance(text, str) for text in value)


def _is_entry(item: tuple[object, object]) -> bool:
    return isinstance(item[0], str) and isinstance(item[1], str)


class _Separators(dict[int, str]):
    """For str.translate: punctuation, symbols, spaces and controls become spaces."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        self[code] = " " if kind[0] in "PSZ" or kind in {"Cc", "Cf", "Cs"} else chr(code)
        return self[code]


@cache
def _separators() -> _Separators:
    return _Separators()


def split_runs(text: str) -> list[str]:
    """Return the runs of a folded text between spaces and punctuation."""
    return text.translate(_separators()).split()


def digest_text(text: str) -> str:
    """Return 16 hex digits that differ whenever a folded text does."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def list_terms(text: str) -> set[str]:
    """Return the terms of a folded text without triples: pairs, and the last of each run."""
    found = set()
    for run in split_runs(text):
        found.add(run[-1])
        found.update(map(str.__add__, run, run[1:]))
    return found


def list_triples(text: str) -> set[str]:
    """Return every three neighbouring characters of a folded text."""
    found: set[str] = set()
    for run in split_runs(text):
        found.update(map(str.__add__, map(str.__add__, run, run[1:]), run[2:]))
    return found


def make_index(texts: Sequence[str]) -> Index:
    """Return the index of folded texts; each of more than TRIPLES_UP_TO is asked for once."""
    with_triples = len(texts) <= TRIPLES_UP_TO
    holders: dict[str, array[int]] = {}
    prints = []
    for number, text in enumerate(texts):
        prints.append(digest_text(text))
        for term in list_terms(text):
            if term not in holders:
                holders[term] = array("I")
            holders[term].append(number)
    often = {
        term: make_mask(numbers)
        for term, numbers in holders.items()
        if with_triples and len(term) == 2 and len(numbers) > LEAST[0]
    }
    postings = {term: write_postings(holders.pop(term)) for term in tuple(holders)}
    found = _find_triples(texts, often) if with_triples else {}
    taken = [0] * len(LEAST)
    written_triples = []
    for triple, numbers in found.items():
        shared = often[triple[:2]] & often[triple[1:]]
        common = shared.bit_count()
        if common > LEAST[0]:
            entry = make_entry(numbers, shared)
            count_triple(taken, triple, entry, common, 1)
            written_triples.append((triple, entry, common))
    pairs = sum(count_characters(term, line) for term, line in postings.items())
    parts = _by_character(postings, found)
    digests = tuple(map(digest_text, texts))
    sums = Sums(digests, pairs, tuple(taken), "".join(sorted(parts)))
    least = sums.least
    index = postings | {triple: entry for triple, entry, n in written_triples if n > least}
    order = sorted(index, key=make_term_key)
    return Index(tuple((term, index[term]) for term in order), sums, parts)


def _find_triples(texts: Sequence[str], often: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the texts of each triple of which both pairs are among those that occur often."""
    found: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        here: set[str] = set()
        for run in split_runs(text):
            kept = [run[at : at + 2] in often for at in range(len(run) - 1)]
            here.update(
                run[at : at + 3]
                for at, (one, next_) in enumerate(itertools.pairwise(kept))
                if one and next_
            )
        for triple in here:
            found.setdefault(triple, []).append(number)
    return found


def _by_character(
    postings: Mapping[str, str], found: Mapping[str, Sequence[int]]
) -> Mapping[str, Part]:
    parts: dict[str, Part] = {}
    for term, line in postings.items():
        parts.setdefault(term[0], Part()).begins[term[1:]] = line
        if len(term) == 2:
            parts.setdefault(term[1], Part()).ends[term[0]] = line
    for triple, numbers in found.items():
        parts[triple[1]].middles[triple[0] + triple[2]] = write_postings(numbers)
    return parts


def make_term_key(term: str) -> bytes:
    """Return the key by which terms are sorted."""
    return term.encode("utf-16-be", "surrogatepass")


def count_characters(term: str, entry: str) -> int:
    """Return the number of characters that an entry takes, with the blanks around it."""
    return len(term) + len(entry) + 2


def count_triple(taken: list[int], triple: str, entry: str, common: int, sign: int) -> None:
    """Add a triple's entry to the sums for each of LEAST; with `sign` -1 subtract it.

    `common` is the number of texts that hold both of its pairs.
    """
    for at, least in enumerate(LEAST):
        if common > least:
            taken[at] += sign * count_characters(triple, entry)


def make_entry(numbers: Sequence[int], shared: int) -> str:
    """Return the postings of a triple.

    The exceptions among holders of its pairs if they are fewer.
    """
    exceptions = shared & ~make_mask(numbers)
    if exceptions.bit_count() >= len(numbers):
        return write_postings(numbers)
    return EXCEPT + write_postings(read_mask(exceptions))


def make_mask(numbers: Iterable[int]) -> int:
    """Return the numbers as bits of one integer."""
    return sum(map(_bit, numbers))


@cache
def _bit(number: int) -> int:
    return 1 << number


def read_mask(mask: int) -> list[int]:
    """Return the numbers whose bits are set, ascending."""
    return [number for number, bit in enumerate(reversed(f"{mask:b}")) if bit == "1"]


def write_postings(numbers: Iterable[int]) -> str:
    """Return ascending numbers as postings."""
    digits, last = [], -1
    for number in numbers:
        digits.append(write_gap(number - last - 1))
        last = number
    return "".join(digits)


def read_postings(line: str) -> list[int]:
    """Return the numbers that postings hold.

    Raises ValueError for what cannot be postings: they may come from a damaged cache.
    """
    numbers, last, gap = [], -1, 0
    for mark in line:
        digit = CONTINUED.find(mark)
        if digit >= 0:
            gap = gap * len(CONTINUED) + digit
        else:
            last += gap * len(FINAL) + FINAL.index(mark) + 1
            numbers.append(last)
            gap = 0
        if max(gap, last) > MOST_TEXTS:
            raise ValueError("there are not so many texts")
    return numbers


@cache
def write_gap(gap: int) -> str:
    """Return a gap of at least 0 as digits in base 27, the last one in base 64."""
    rest, last = divmod(gap, len(FINAL))
    digits = FINAL[last]
    while rest:
        rest, digit = divmod(rest, len(CONTINUED))
        digits = CONTINUED[digit] + digits
    return digits


def cut_index(index: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Yield the index in shards of SHARD characters on average: first term, lines.

    A shard ends after a term with a certain hash; the longer its line, the more hashes count. So a
    term that texts gain or lose changes its own shard only.
    """
    lines: list[str] = []
    first = ""
    for term, postings in index:
        first = first or term
        lines.append(f"{term} {postings}")
        if ends_shard(term, postings):
            yield first, " ".join(lines)
            lines, first = [], ""
    if lines:
        yield first, " ".join(lines)


def read_shard(lines: str) -> dict[str, str]:
    """Return the entries of a shard."""
    words = lines.split(" ")
    return dict(zip(words[::2], words[1::2], strict=True))


def ends_shard(term: str, postings: str) -> bool:
    """Return whether a shard ends after this entry."""
    length = len(f"{term} {postings}".encode("utf-8", "surrogatepass")) + 1
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) / 2**32 * SHARD < length
