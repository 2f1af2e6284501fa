"""reindex: the entries of an index that change when a few of its texts do.

Secret: which entries depend on a changed text: those of the terms that it gains or loses, and of
every triple with such a pair, since its entry may list exceptions among the holders of its pairs.
Not here: the index itself (index), in which files it is (search).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casegen.editions.site import index
from casegen.editions.site.index import Part, Sums


@dataclass(frozen=True, slots=True)
class Change:
    """A text, folded, before and after."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Renewed:
    """Entries as they are now (None for one that was removed), and what is cached now."""

    entries: Mapping[str, str | None]
    sums: Sums
    parts: Mapping[str, Part]  # the parts that changed


def renew_index(
    changes: Sequence[Change],
    sums: Sums,
    read_part: Callable[[str], Part],
    read_text: Callable[[int], str],
) -> Renewed | None:
    """Return what changes in an index.

    None where the set of triples would change, or where the cached postings are damaged.

    `read_part` returns what is cached for a character that has a part, and raises ValueError where
    that is damaged; `read_text` returns a folded text as it is now. The parts are changed in place.
    """
    work = _Work(sums, read_part, read_text)
    try:
        work.change_terms(changes)
        if sums.texts <= index.TRIPLES_UP_TO:
            work.change_triples(changes)
    except ValueError:
        return None
    digests = list(sums.digests)
    for change in changes:
        digests[change.number] = index.digest_text(change.after)
    characters = "".join(sorted({*sums.characters, *work.touched}))
    renewed = Sums(tuple(digests), work.pairs, tuple(work.taken), characters)
    if renewed.least != sums.least:
        return None
    return Renewed(work.entries, renewed, {c: work.known[c] for c in work.touched})


class _Work:
    """One renewal: parts as far as they are needed, holders of pairs before and after."""

    def __init__(
        self, sums: Sums, read_part: Callable[[str], Part], read_text: Callable[[int], str]
    ) -> None:
        self.sums = sums
        self.pairs = sums.pairs
        self.taken = list(sums.triples)
        self.entries: dict[str, str | None] = {}
        self.touched: set[str] = set()
        self.known: dict[str, Part] = {}
        self._characters = frozenset(sums.characters)
        self._read_part = read_part
        self._read_text = read_text
        self._before: dict[str, int] = {}  # holders of changed pairs
        self._after: dict[str, int] = {}

    def part(self, character: str) -> Part:
        if character not in self.known:
            held = character in self._characters
            self.known[character] = self._read_part(character) if held else Part()
        return self.known[character]

    # ── pairs and last characters ──

    def change_terms(self, changes: Sequence[Change]) -> None:
        for term, (gained, lost) in _find_differences(changes, index.list_terms).items():
            begins = self.part(term[0]).begins
            before = begins.get(term[1:], "")
            numbers = set(index.read_postings(before))
            if not lost <= numbers or gained & numbers:
                raise ValueError("the cached postings are not those of the texts before")
            after = index.write_postings(sorted((numbers | gained) - lost))
            if before:
                self.pairs -= index.count_characters(term, before)
            if after:
                self.pairs += index.count_characters(term, after)
            self.entries[term] = after or None
            self._put(term[0], "begins", term[1:], after)
            if len(term) == 2:
                self._put(term[1], "ends", term[0], after)
                self._before[term] = index.make_mask(numbers)
                self._after[term] = index.make_mask((numbers | gained) - lost)

    def _put(self, character: str, side: str, key: str, line: str) -> None:
        self.touched.add(character)
        table: dict[str, str] = getattr(self.part(character), side)
        if line:
            table[key] = line
        else:
            table.pop(key, None)

    def _holders(self, pair: str, changed: Mapping[str, int]) -> int:
        """Return the holders of a pair, before or after.

        For an unchanged pair both are the same.
        """
        if pair not in changed:
            line = self.part(pair[0]).begins.get(pair[1], "")
            mask = index.make_mask(index.read_postings(line))
            self._before[pair] = self._after[pair] = mask
        return changed[pair]

    # ── triples ──

    def change_triples(self, changes: Sequence[Change]) -> None:
        own = _find_differences(changes, index.list_triples)
        pairs = tuple(self._before)
        fresh = self._find_fresh(pairs)
        for triple in {*own, *fresh, *self._list_with(pairs)}:
            self._change_triple(triple, *own.get(triple, (set(), set())), fresh.get(triple, set()))

    def _list_with(self, pairs: Sequence[str]) -> Iterator[str]:
        """Yield the cached triples that hold one of the pairs."""
        for pair in pairs:
            one, two = pair[0], pair[1]
            yield from (key[0] + one + two for key in self.part(one).middles if key[1] == two)
            yield from (one + two + key[1] for key in self.part(two).middles if key[0] == one)

    def _find_fresh(self, pairs: Sequence[str]) -> dict[str, set[int]]:
        """Return the holders of triples with a pair that occurs often only now: none is cached."""
        often = index.LEAST[0]
        risen = {
            pair
            for pair in pairs
            if self._before[pair].bit_count() <= often < self._after[pair].bit_count()
        }
        found: dict[str, set[int]] = defaultdict(set)
        for number in sorted({n for pair in risen for n in index.read_mask(self._after[pair])}):
            for triple in index.list_triples(self._read_text(number)):
                if triple[:2] in risen or triple[1:] in risen:
                    found[triple].add(number)
        return found

    def _change_triple(
        self, triple: str, gained: set[int], lost: set[int], fresh: set[int]
    ) -> None:
        first, middle, last = triple[0], triple[1], triple[2]
        line = self.part(middle).middles.get(first + last, "")
        before = set(index.read_postings(line))
        after = fresh or (before | gained) - lost
        told, known = self._tell(triple, before, self._before) if before else ("", 0)
        ones = [self._holders(pair, self._after) for pair in (triple[:2], triple[1:])]
        kept = bool(after) and all(mask.bit_count() > index.LEAST[0] for mask in ones)
        entry, common = self._tell(triple, after, self._after) if kept else ("", 0)
        index.count_triple(self.taken, triple, told, known, -1)
        index.count_triple(self.taken, triple, entry, common, 1)
        if (set(after) if kept else set()) != before:
            self._put(
                middle, "middles", first + last, index.write_postings(sorted(after)) if kept else ""
            )
        least = self.sums.least
        was, now = told if known > least else None, entry if common > least else None
        if was != now:
            self.entries[triple] = now

    def _tell(self, triple: str, numbers: set[int], holders: Mapping[str, int]) -> tuple[str, int]:
        """Return the entry of a triple, and how many texts hold both of its pairs."""
        shared = self._holders(triple[:2], holders) & self._holders(triple[1:], holders)
        return index.make_entry(sorted(numbers), shared), shared.bit_count()


def _find_differences(
    changes: Sequence[Change], terms: Callable[[str], set[str]]
) -> dict[str, tuple[set[int], set[int]]]:
    """Return the texts that gain and that lose each term."""
    found: dict[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for change in changes:
        before, after = terms(change.before), terms(change.after)
        for term in after - before:
            found[term][0].add(change.number)
        for term in before - after:
            found[term][1].add(change.number)
    return found
