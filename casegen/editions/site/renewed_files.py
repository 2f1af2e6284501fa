"""renewed_files: the files of the site that change where only the bodies of some cases did.

Secret: which files these are: of each case its leaf files; of the search its text, the shards of
the index whose terms it gained or lost, and the two files that name the others. The cache and the
files of the last build say all that is needed; no other case is read.
Not here: whether a site may be renewed at all (casegen.renewal).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from casegen.collection.case import Case
from casegen.editions.site import catalog, index, leaves, search, theme
from casegen.editions.site.data_scripts import make_hashed, read_script, write_script
from casegen.editions.site.leaves import Leaf
from casegen.editions.site.reindex import Change, renew_index
from casegen.editions.site.shards import Entries, Names, cut_names, make_shard_path, renew_shards
from casegen.output import Artifact, make_literal
from casegen.project import Project

CATALOG = "assets/catalog.js"


@dataclass(frozen=True, slots=True)
class Edit:
    """A case with a page, of which only the body changed."""

    leaf: Leaf
    before: Case
    after: Case


@dataclass(frozen=True, slots=True)
class Before:
    """The last build: a file of the site by path, and what it cached by name."""

    read_file: Callable[[str], bytes]
    read_kept: Callable[[Iterable[str]], Mapping[str, Any]]

    def script(self, path: str) -> Any:
        """Return the value in a script of the site."""
        return read_script(self.read_file(path))


@dataclass(frozen=True, slots=True)
class Renewed:
    """Files to be made, files to be removed, and what is cached from now on."""

    artifacts: tuple[Artifact, ...]
    gone: tuple[str, ...]
    kept: Mapping[str, object]


def renew_site(project: Project, edits: Sequence[Edit], before: Before) -> Renewed | None:
    """Return what changes in the site; None where the whole search must be built."""
    if not edits:
        return Renewed((), (), {})
    look = theme.load_theme(project.config.theme, project.config.lang, project.themes_dir)
    words, stamp = theme.find_words(look), leaves.make_stamp(look)
    artifacts = [
        artifact
        for edit in edits
        for artifact in leaves.list_leaf_files(edit.leaf, edit.after, look, words, stamp)
    ]
    if not project.config.search:
        return Renewed(tuple(artifacts), (), {})
    names = before.script(CATALOG)
    searching = _Search(before.script(names["search"]), before)
    if searching.has_index and not searching.renew_shards(edits):
        return None
    texts = {e.leaf.number: (*e.leaf.searched, e.after.prose.text) for e in edits}
    if searching.has_index:
        cards = {e.leaf.number: e.leaf.page.card for e in edits}
        for number, text in texts.items():
            searching.put_text(number, catalog.make_own_file(look, stamp, cards[number], text))
    else:
        searching.put_shared_texts(texts)
    lookup, _ = make_hashed("lookup", searching.named)
    catalog_file = make_literal(CATALOG, write_script("catalog", {**names, "search": lookup.path}))
    gone = {*searching.list_gone(), names["search"]} - {lookup.path}
    files = (*artifacts, *searching.made, lookup, catalog_file)
    return Renewed(files, tuple(sorted(gone)), searching.kept)


class _Search:
    """The files of the search; `named` is the value of the file that names all the others."""

    def __init__(self, named: dict[str, Any], before: Before) -> None:
        self.named = dict(named)
        self.made: list[Artifact] = []
        self.kept: dict[str, object] = {}
        self._old = named
        self._before = before

    @property
    def has_index(self) -> bool:
        return bool(self.named["shards"])

    def list_gone(self) -> Iterator[str]:
        """Yield the files that no list names any more."""
        for key, kind in (("texts", "text"), ("shards", "shard")):
            for mark in sorted(set(cut_names(self._old[key])) - set(cut_names(self.named[key]))):
                yield f"assets/{kind}-{mark}.js"

    # ── texts ──

    def put_text(self, at: int, file: Artifact) -> None:
        """Add a new file of texts."""
        marks = cut_names(self.named["texts"])
        marks[at] = search.read_digits(file)
        self.named["texts"] = "".join(marks)
        self.made.append(file)

    def put_shared_texts(self, texts: Mapping[int, Sequence[str]]) -> None:
        """Put texts, by number, into the files that they share with others."""
        marks = cut_names(self.named["texts"])
        ends = list(itertools.accumulate(self.named["sizes"] or [1] * len(marks)))
        bundles: dict[int, list[list[str]]] = {}
        for number, text in texts.items():
            at = bisect_right(ends, number)
            if at not in bundles:
                bundles[at] = self._before.script(f"assets/text-{marks[at]}.js")
            bundles[at][number - ends[at]] = list(text)
        for at, bundle in bundles.items():
            self.put_text(at, make_hashed("text", bundle)[0])

    # ── the index ──

    def renew_shards(self, edits: Sequence[Edit]) -> bool:
        """Renew the shards of changed terms; return whether that was possible."""
        sums = self._before.read_kept([search.SUMS]).get(search.SUMS)
        if not isinstance(sums, index.Sums):
            return False
        changes = [
            Change(
                edit.leaf.number,
                search.fold_texts((*edit.leaf.searched, edit.before.prose.text)),
                search.fold_texts((*edit.leaf.searched, edit.after.prose.text)),
            )
            for edit in edits
        ]
        now = {change.number: change.after for change in changes}
        marks = cut_names(self._old["texts"])

        read_part = partial(search.read_part, self._before.read_kept)

        def read_text(number: int) -> str:
            if number in now:
                return now[number]
            return search.fold_texts(self._before.script(f"assets/text-{marks[number]}.js")[0])

        renewed = renew_index(changes, sums, read_part, read_text)
        if renewed is None:
            return False
        self.kept[search.SUMS] = renewed.sums
        self.kept |= {search.PART + c: part for c, part in renewed.parts.items()}
        self._put_shards(renewed.entries)
        return True

    def _put_shards(self, entries: Entries) -> None:
        firsts = tuple(self.named["firsts"].split(" "))
        names = Names(firsts, tuple(cut_names(self.named["shards"])))
        files = renew_shards(
            names, entries, lambda digits: str(self._before.script(make_shard_path(digits)))
        )
        self.made += files.made
        self.kept[search.NAMES] = files.names
        self.named["firsts"] = " ".join(files.firsts)
        self.named["shards"] = "".join(files.digits)
