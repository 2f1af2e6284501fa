"""passage: the prose of a case, of its body and its fields, with its places in the file.

Secret: what of a body is no prose, which fields are prose, and how an offset becomes a line, a
column and an edit.
Not here: what is wrong with the prose (the other modules of this package).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from casegen.collection.case import Case
from casegen.collection.case_fields import FIELDS
from casegen.problem import Edit, Location, Problem, Severity
from casegen.source.schema import Path, locate_field

# Code, destinations, addresses, HTML, comments, definitions of notes and links, rows of CSV.
_NO_PROSE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`).{0,2000}?(?<!`)\2(?!`)"
    r"|<!--[^<]*(?:<(?!!)[^<]*)*-->"
    r"|(?<=\])\([^()（\s\"]{1,199}）|(?<=\])\([^)\n]{0,199}\)|(?<=[\]】］])\s?（[^)）\n]{0,199}[)）]|<[^<>\n]*>|(?:https?://|www\.)[^\s，。；）]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|^ {0,3}\[[^\]\n]*\]:[^\n]*$"
    r"|^(?: {4}|\t)[^\n]*$"
    r"|^(?:[^,，。；\n]{1,60},){1,2}\d[\d./-]{0,11},[^,，。；\n]{0,200},[^\n]*$",
    re.MULTILINE | re.DOTALL,
)


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
_LABELS = {field.key: field.label for field in FIELDS}


def report_slips(
    case: Case, find: Find, is_reported: Callable[[Path, str], bool] = lambda _at, _text: False
) -> Iterator[Problem]:
    """Yield the slips that `find` finds in the body, and in the texts among the fields.

    `is_reported` returns whether another rule reports a text in the field with these keys.
    """
    for slip in find(blank_out(case.body)):
        yield make_problem(case, (slip.first, slip.last), slip.words, slip.new, sure=slip.sure)
    for at, text in list_texts(case):
        for slip in find(text):
            if is_reported(at, text[slip.first : slip.last]):
                continue
            words = slip.words
            where = locate_field(case.path, case.marks, at)
            message = f"{_LABELS[str(at[0])]}：{words.message}"
            fix = None
            if slip.new is not None and (where.line, where.column) not in case.guesses:
                fix = Edit(slip.first, slip.last, slip.new, sure=slip.sure, value=text)
            yield Problem(words.rule, words.severity, message, where, words.hint, fix)


def list_texts(case: Case) -> Iterator[tuple[Path, str]]:
    """Yield the texts among the fields of a case, with their keys; a summary only if written."""
    yield ("title",), case.title
    if ("summary",) in case.marks:
        yield ("summary",), case.summary
    yield ("institution",), case.institution
    yield from ((("tags", number), tag) for number, tag in enumerate(case.tags))
    for role, names in case.credits:
        yield from ((("credits", role, number), name) for number, name in enumerate(names))
    yield ("source", "name"), case.source.name


@lru_cache(maxsize=4)
def blank_out(body: str) -> str:
    """Return a body with all that is no prose replaced by blanks, so that offsets stay valid."""
    return _NO_PROSE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)


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
