"""shards: the files of an index, and those of them that change with some entries.

Secret: how a changed entry finds its file, and how far a file must be cut anew.
Not here: the entries (index, reindex), what is indexed (search).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casegen.editions.site import index
from casegen.editions.site.data_scripts import make_hashed
from casegen.output import Artifact

DIGITS = 10  # length of a file's name in the lists of the search
Entries = Mapping[str, str | None]  # by term; None for one that is gone


@dataclass(frozen=True, slots=True)
class Names:
    """The files of an index in its order: first term and digits of the name of each.

    Raises ValueError for anything else: the cache makes it of what a file holds.
    """

    firsts: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the types, and that there is a name for each file."""
        if not (index.are_texts(self.firsts) and index.are_texts(self.digits)):
            raise ValueError("names are texts")
        if len(self.firsts) != len(self.digits) or not all(self.firsts):
            raise ValueError("each file has a first term and a name")


@dataclass(slots=True)
class Shards:
    """Files that are new, and the names of all."""

    made: list[Artifact] = field(default_factory=list)
    firsts: list[str] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)

    @property
    def names(self) -> Names:
        """The names of all files."""
        return Names(tuple(self.firsts), tuple(self.digits))

    def add(self, entries: Iterable[index.Entry]) -> None:
        """Add files of entries that follow all entries so far."""
        for first, lines in index.cut_index(entries):
            artifact, digits = make_hashed("shard", lines)
            self.made.append(artifact)
            self.firsts.append(first)
            self.digits.append(digits)

    def keep(self, first: str, digits: str) -> None:
        """Add the name of a file that is as it was."""
        self.firsts.append(first)
        self.digits.append(digits)


def make_shard_path(digits: str) -> str:
    """Return the path of a shard in the site."""
    return f"assets/shard-{digits}.js"


def cut_names(text: str) -> list[str]:
    """Return the names that the lists of the search hold as one text."""
    return [text[at : at + DIGITS] for at in range(0, len(text), DIGITS)]


def make_shards(entries: Iterable[index.Entry]) -> Shards:
    """Return the files of a whole index."""
    made = Shards()
    made.add(entries)
    return made


def renew_shards(names: Names, entries: Entries, read_lines: Callable[[str], str]) -> Shards:
    """Return the files that hold changed entries, and the names of all.

    `read_lines` returns the lines of a shard by its digits.
    """
    places = [index.make_term_key(first) for first in names.firsts]
    changed: dict[int, dict[str, str | None]] = defaultdict(dict)
    for term, entry in entries.items():
        changed[max(0, bisect_right(places, index.make_term_key(term)) - 1)][term] = entry
    renewed, at = Shards(), 0
    while at < len(names.digits):
        if at not in changed:
            renewed.keep(names.firsts[at], names.digits[at])
            at += 1
            continue
        shard: list[index.Entry] = []
        # An entry that is gone may have ended its shard: the next one is then a part of it.
        while at < len(names.digits) and not (shard and index.ends_shard(*shard[-1])):
            shard += _change_entries(read_lines(names.digits[at]), changed.get(at, {}))
            at += 1
            if not shard:
                break
        renewed.add(shard)
    return renewed


def _change_entries(lines: str, changed: Entries) -> Iterator[index.Entry]:
    known: dict[str, str | None] = {**index.read_shard(lines), **changed}
    for term in sorted(known, key=index.make_term_key):
        if (entry := known[term]) is not None:
            yield term, entry
