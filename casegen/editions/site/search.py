"""search: the data of full-text search, all of it scripts that load from file://.

Secret: what of a case is searched, and how texts are cut into files so that an edit changes few of
them. docs/decisions/0014 says why it is this index and no search engine.
Not here: the index itself (index), how a query is answered (the theme's search.js, which must use
the same `fold_text`), initials of titles (pinyin).

A case is found where its text contains the word. Up to SCAN cases there are only texts, and the
browser searches all of them. Above, an index says which cases hold every pair of neighbouring
characters of a word, so that only these are searched.

Cases are numbered in the order of their slugs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, overload

from casegen.chinese import pinyin
from casegen.collection.case import Case
from casegen.editions.last_build import LastBuild
from casegen.editions.site import index
from casegen.editions.site.data_scripts import cut_bundles, make_hashed, read_script
from casegen.editions.site.reindex import Change, renew_index
from casegen.editions.site.shards import Names, Shards, make_shard_path, make_shards, renew_shards
from casegen.output import Artifact, make_literal

SCAN = 300  # cases; about 2.5 MB of text, which a phone searches without delay
# Names in the cache: the sums of the index, its files, and the part of each character.
SUMS, NAMES, PART = "sums", "shards", "part "
ReadKept = Callable[[Iterable[str]], Mapping[str, Any]]
MOST_CHANGED = 50  # texts: with more, a new index is as fast
TEXTS_SCANNED = 24  # mean number of texts in a file where all are loaded


def list_search_files(
    cases: Mapping[str, Case],
    own_file: Callable[[Case], Artifact] | None = None,
    last: LastBuild | None = None,
) -> Iterator[Artifact]:
    """Yield texts, index and titles in pinyin; last the file that names all the others.

    `cases` are taken one by one by their slugs, for memory may not have room for all of them.
    With `own_file`, each case's text is a file of its own where there is an index. The index of
    the build `last` is brought up to date where few of its texts changed.
    """
    numbered = sorted(cases)
    scanned = len(numbered) <= SCAN
    made = None
    if not scanned:
        now = _Texts(cases, numbered)
        texts_now = now if len(numbered) > index.TRIPLES_UP_TO else tuple(now)
        made = (last and _renew_index(last, now.path_of, texts_now)) or _make_index(texts_now)
        yield from made.shards.made
    sizes, texts, titles = [], [], []
    if own_file and not scanned:
        for slug in numbered:
            case = cases[slug]
            artifact = own_file(case)
            yield artifact
            sizes.append(1)
            texts.append(read_digits(artifact))
            titles.append(_write_initials(case.title))
    else:
        for bundle in cut_bundles(numbered, TEXTS_SCANNED, str):
            shown = [cases[slug] for slug in bundle]
            artifact, digits = make_hashed("text", [list_texts(case) for case in shown])
            yield artifact
            sizes.append(len(bundle))
            texts.append(digits)
            titles += [_write_initials(case.title) for case in shown]
    initials, _ = make_hashed("initials", titles)
    yield initials
    # One text with ten digits for each name: a list of thousands of names would be longer.
    named = {
        "sizes": [] if len(sizes) == len(numbered) else sizes,
        "least": made.sums.least if made else 0,
        "texts": "".join(texts),
        "firsts": " ".join(made.shards.firsts) if made else "",
        "shards": "".join(made.shards.digits) if made else "",
        "initials": initials.path,
    }
    lookup, _ = make_hashed("lookup", named)
    yield replace(lookup, kept=made.kept, still_kept=made.still_kept) if made else lookup


def _write_initials(title: str) -> list[str]:
    """Return initials and syllables of a title, and the title."""
    return [pinyin.read_initials(title), pinyin.make_stem(title, 400).replace("-", ""), title]


class _Texts(Sequence[str]):
    """The folded texts of cases in the order of `slugs`, each made when it is asked for."""

    def __init__(self, cases: Mapping[str, Case], slugs: Sequence[str]) -> None:
        self._cases = cases
        self._slugs = slugs

    def __len__(self) -> int:
        return len(self._slugs)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(len(self))[at]]
        return fold_texts(list_texts(self._cases[self._slugs[at]]))

    def path_of(self, at: int) -> str:
        """Return the file of a case."""
        return self._cases[self._slugs[at]].path


@dataclass(frozen=True, slots=True)
class _Index:
    """The index of a build: its files, all of them, and what is cached of it.

    `still_kept` are the names of values that the last build cached and that are still right.
    """

    shards: Shards
    sums: index.Sums
    parts: Mapping[str, index.Part]
    still_kept: frozenset[str] = frozenset()

    @property
    def kept(self) -> Mapping[str, object]:
        parts = {f"{PART}{character}": part for character, part in self.parts.items()}
        return {SUMS: self.sums, NAMES: self.shards.names, **parts}


def _make_index(texts: Sequence[str]) -> _Index:
    made = index.make_index(texts)
    return _Index(make_shards(made.entries), made.sums, made.parts)


def _renew_index(
    last: LastBuild, case_path: Callable[[int], str], texts: Sequence[str]
) -> _Index | None:
    """Return the index of the last build, brought up to date; None where it must be made anew.

    The texts are folded; `case_path` returns the file of the case of one. All that is taken from
    the last build is compared with its digest: others may have changed the site.
    """
    known = last.read_kept([SUMS, NAMES])
    sums, names = known.get(SUMS), known.get(NAMES)
    if not (isinstance(sums, index.Sums) and isinstance(names, Names) and names.digits):
        return None
    if sums.texts != len(texts):
        return None
    changes: list[Change] = []
    for number, text in enumerate(texts):
        if (digest := sums.digests[number]) == index.digest_text(text):
            continue
        old = last.read_case(case_path(number)) if len(changes) < MOST_CHANGED else None
        before = fold_texts(list_texts(old)) if old else ""
        if index.digest_text(before) != digest:
            return None
        changes.append(Change(number, before, text))
    try:
        shards = {digits: read_shard(last, digits) for digits in names.digits}
    except (OSError, ValueError):
        return None

    renewed = renew_index(changes, sums, partial(read_part, last.read_kept), lambda at: texts[at])
    if renewed is None:
        return None
    files = renew_shards(names, renewed.entries, lambda digits: read_lines(shards[digits]))
    fresh = {artifact.path for artifact in files.made}
    files.made += [
        make_literal(path, shards[digits])
        for digits in files.digits
        if (path := make_shard_path(digits)) not in fresh
    ]
    held = frozenset(PART + c for c in sums.characters if c not in renewed.parts)
    return _Index(files, renewed.sums, renewed.parts, held)


def read_part(read_kept: ReadKept, character: str) -> index.Part:
    """Return what the last build cached for a character; raise ValueError where it is damaged."""
    name = PART + character
    part = read_kept([name]).get(name)
    if isinstance(part, index.Part):
        return part
    raise ValueError("a part of the index is damaged or gone")


def read_shard(last: LastBuild, digits: str) -> bytes:
    """Return the bytes of a shard of the last build.

    Raises OSError where it is gone, ValueError where its name is not that of its content.
    """
    content = last.read_file(make_shard_path(digits))
    named, mark = make_hashed("shard", read_lines(content))
    if (mark, named.fingerprint) != (digits, make_literal(named.path, content).fingerprint):
        raise ValueError(digits)
    return content


def read_lines(content: bytes) -> str:
    """Return the lines in a shard."""
    return str(read_script(content))


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
