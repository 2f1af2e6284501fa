"""terms: fixed terms of policy and names of offices, and how they are misspelled in manuscripts.

Secret: where the lists come from, that a project's own terms are added, and how exactly the sound
of a term must agree.
Not here: what is said of them in a text (rules.proofreading), and of a project's own (settings).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from casegen.chinese.shapes import find_similar
from casegen.chinese.sounds import Alike, find_alike

Pair = tuple[str, str]  # wrong, right
_EXACT = frozenset(["一村一品", "四个不摘"])  # 一村一屏 and 四个不在 are other words

_STEPS = 20  # corrections of one word, after which no end is looked for


def list_corrections(own: Iterable[Pair] = ()) -> tuple[Pair, ...]:
    """Return wrong and right form of every known term; `own` comes first and overrides the list."""
    every = {wrong: row[0] for wrong, row in _load_lists()["terms"].items()}
    every.update(own)
    return tuple((wrong, right) for wrong, right in every.items() if wrong != right)


def find_wrong(text: str, corrections: Iterable[Pair]) -> Iterator[tuple[int, int, str]]:
    """Yield where a text holds a wrong form: begin, end, the right form."""
    for wrong, right in corrections:
        at = text.find(wrong)
        while at >= 0:
            inside = right.find(wrong)
            if inside < 0 or text[at - inside : at - inside + len(right)] != right:
                yield at, at + len(wrong), right
            at = text.find(wrong, at + len(wrong))


def follow_correction(wrong: str, corrections: Sequence[Pair]) -> tuple[tuple[str, ...], bool]:
    """Return the forms that a wrong one becomes, one after the other, and whether they end.

    More than one: the right form of a pair is, or holds, what another pair calls wrong.
    """
    forms = [wrong]
    while found := next(find_wrong(forms[-1], corrections), None):
        begin, end, right = found
        form = forms[-1][:begin] + right + forms[-1][end:]
        if form in forms or len(forms) > _STEPS:
            return (*forms[1:], form), False
        forms.append(form)
    return tuple(forms[1:]), True


def find_misheard(text: str, key: str) -> Iterator[Alike]:
    """Yield what sounds or looks like a term of a list, `sounds` or `offices`, and is not it."""
    loose, exact = _split_by_certainty(key)
    told = list(find_alike(text, loose, loose=True))
    told += find_alike(text, exact)
    yield from told
    for each in find_similar(text, loose | exact):
        if all(each.end <= other.start or other.end <= each.start for other in told):
            yield each


@cache
def _split_by_certainty(key: str) -> tuple[frozenset[str], frozenset[str]]:
    every = frozenset(_load_lists()[key])
    return every - _EXACT, every & _EXACT


@cache
def _load_lists() -> Mapping[str, Mapping[str, Any]]:
    text = files("casegen").joinpath("data", "terms.json").read_text(encoding="utf-8")
    lists: dict[str, dict[str, Any]] = json.loads(text)
    return lists
