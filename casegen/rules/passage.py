"""passage: what is wrong in the texts of a case becomes problems with places in the file.

Secret: how an offset in a text becomes a line, a column and an edit.
Not here: the texts (collection.texts), what is wrong in them (the other modules of this package).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from casegen.collection.case import Case
from casegen.collection.texts import BODY, label_text, list_texts
from casegen.problem import Edit, Location, Problem, Severity
from casegen.source.schema import Path, locate_field


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a problem: rule, severity, message and hint."""

    rule: str
    severity: Severity
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake in a text, from one offset to another; `new` replaces it, None for no fix."""

    first: int
    last: int
    words: Wording
    new: str | None = None
    sure: bool = True


Find: TypeAlias = Callable[[str], Iterator[Slip]]


def report_slips(
    case: Case, find: Find, is_reported: Callable[[Path, str], bool] = lambda _at, _text: False
) -> Iterator[Problem]:
    """Yield the slips that `find` finds in the body, and in the texts among the fields.

    `is_reported` returns whether another rule reports a text in the field with these keys.
    """
    for at, text in list_texts(case):
        for slip in find(text):
            if at == BODY:
                span = slip.first, slip.last
                yield make_problem(case, span, slip.words, slip.new, sure=slip.sure)
                continue
            if is_reported(at, text[slip.first : slip.last]):
                continue
            words = slip.words
            where = locate_field(case.path, case.marks, at)
            message = f"{label_text(at)}：{words.message}"
            fix = None
            if slip.new is not None and (where.line, where.column) not in case.guesses:
                fix = Edit(slip.first, slip.last, slip.new, sure=slip.sure, value=text)
            yield Problem(words.rule, words.severity, message, where, words.hint, fix)


def make_problem(
    case: Case, span: tuple[int, int], words: Wording, new: str | None = None, *, sure: bool = True
) -> Problem:
    """Return a problem with a span of the body; `new` is the text of its fix, None for no fix."""
    first, last = span
    start = case.body.rfind("\n", 0, first) + 1
    line = case.body_line + case.body.count("\n", 0, start)
    where = Location(case.path, line, first - start + 1, "body")
    fix = None
    if new is not None:
        fix = Edit(case.body_start + first, case.body_start + last, new, sure=sure)
    return Problem(words.rule, words.severity, words.message, where, words.hint, fix)
