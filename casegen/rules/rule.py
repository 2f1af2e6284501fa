"""rule: what a rule is.

Secret: none; the form that all tables of rules share.
Not here: the rules themselves (the other modules of this package).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from casegen.collection.case import Case
from casegen.collection.choice import Count, Overlap
from casegen.problem import Problem, Severity

DEAD = "dead-link"  # the rule whose faults are found only by `check --online`
UNFILLED = "placeholder"  # the rule whose waiver also covers the marks in comments
Check = Callable[[Any, Any], Iterator[Problem]]  # (case or collection, norms)


class Part(Enum):
    """Which rules: those that a build asks, and all others, which it leaves to `check`."""

    BUILD = "build"
    REST = "rest"


class Cases(Protocol):
    """The part of a collection that the rules read."""

    @property
    def cases(self) -> Sequence[Case]:
        """The published cases."""

    @property
    def overlaps(self) -> Sequence[Overlap]:
        """Figures for one thing that overlap, of one case or of several."""

    @property
    def contained(self) -> Sequence[tuple[Count, Count]]:
        """Figures that another one, of another case or name, holds; each with that one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its slug: severity, title, reason, how to mend, and an example (Chinese).

    `check` is None where the fault is found while files are read, or by the function of the rule
    that names this one in `also`. A rule that is `fixed` cannot be lowered or waived: without it
    there is no usable page; no problem is more severe than its rule. Problems of a rule that is
    `alike` differ only in their place, so many of them are shown as one. Before publishing, what
    `reminding` rules find is said again. `wrong` and `right` are bodies of a
    case, or its front matter where they begin with ---: with the fault, and without it.
    """

    slug: str
    severity: Severity
    title: str
    why: str
    mend: str
    example: str = ""
    fixed: bool = False
    check: Check | None = None
    alike: bool = False
    wrong: str = ""
    right: str = ""
    also: tuple[str, ...] = ()
    reminding: bool = False
