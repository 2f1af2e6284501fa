"""Problems: faults in content as values, with their place, their severity and how to mend them.

Secret: how a fault is described and sorted, and its one JSON shape.
Not here: finding faults (source, case, rules) and printing them (cli).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias


class Severity(StrEnum):
    """How much a problem matters: an error makes a usable page impossible."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the project.

    `path` is relative to the project, with forward slashes; `line` and `column` count from 1,
    in code points; `field` names the front-matter field, or is empty.
    """

    path: str
    line: int = 1
    column: int = 1
    field: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A fix: replace the code points `start` to `end` of the decoded file by `text`.

    One that is not `sure` needs the consent of an editor. With `value` they count in this text,
    which a field holds; where it is in the file is found when the fix is made (source.spans).
    """

    start: int
    end: int
    text: str
    sure: bool = True
    value: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: which rule it breaks, where, what is wrong and how to mend it (in Chinese)."""

    rule: str
    severity: Severity
    message: str
    where: Location
    hint: str = ""
    fix: Edit | None = None

    def at(self, severity: Severity) -> Problem:
        """Return the same problem with another severity."""
        return replace(self, severity=severity)

    def as_json(self) -> dict[str, object]:
        """Return the object that `check --format json` prints (docs/reference/commands.md)."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "message": self.message,
            "path": self.where.path,
            "line": self.where.line,
            "column": self.where.column,
            "hint": self.hint,
            "fixable": self.fix is not None and self.fix.sure,
            "fix": None if self.fix is None else "safe" if self.fix.sure else "ask",
        }


LONG = 120  # characters; longer messages have their quoted values shortened
LONG_VALUE = 60  # characters that stay of a quoted value
LONGEST = 500  # characters of a whole message, which may quote many values
_QUOTED = re.compile(r"(?<=“)[^“”]{81,}")

Problems: TypeAlias = tuple[Problem, ...]


def sort_problems(problems: Problems) -> Problems:
    """Sort problems by file, line, column and rule; each appears once, on one line, shortened."""
    unique = dict.fromkeys(map(_readable, problems))
    return tuple(sorted(unique, key=lambda p: (p.where, p.rule, p.message)))


def _readable(problem: Problem) -> Problem:
    message, hint = (
        shorten_text(text).replace("\n", "\\n") for text in (problem.message, problem.hint)
    )
    if (message, hint) == (problem.message, problem.hint):
        return problem
    return replace(problem, message=message, hint=hint)


def shorten_text(text: str) -> str:
    """Shorten the values that a text quotes from files, and then the text, for reading."""
    if len(text) > LONG:
        text = _QUOTED.sub(lambda found: f"{found[0][:LONG_VALUE]}……", text)
        text = text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
    return text


class CasegenError(Exception):
    """Work cannot go on: `slug` names the kind, `message` (Chinese) the reason, `hint` the cure."""

    def __init__(self, slug: str, message: str, hint: str = "") -> None:
        super().__init__(slug, message, hint)  # all three, so that pickling keeps them
        self.slug = slug
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message, without the hint."""
        return self.message
