"""passage: the prose of a body with its places in the file.

Secret: what of a body is no prose, and how an offset becomes a line, a column and an edit.
Not here: what is wrong with the prose (the other modules of this package).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from casegen.collection.case import Case
from casegen.problem import Edit, Location, Problem, Severity

# Code, destinations, addresses, HTML, comments, definitions of notes and links, rows of CSV.
_NO_PROSE = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(`+)(?!`).{0,2000}?(?<!`)\2(?!`)"
    r"|<!--[^<]*(?:<(?!!)[^<]*)*-->"
    r"|(?<=\])\([^)\n]{0,199}\)|<[^<>\n]*>|(?:https?://|www\.)[^\s，。；）]+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
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
