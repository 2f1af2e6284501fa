"""rule: what a rule is.

Secret: none; the shape that all tables of rules share.
Not here: the rules themselves (the other modules of this package).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from casegen.collection.case import Case
from casegen.collection.choice import Overlap
from casegen.problem import Problem, Severity

DEAD = "dead-link"  # the rule whose faults `check --online` alone finds
Check = Callable[[Any, Any], Iterator[Problem]]  # (case or collection, norms)


class Cases(Protocol):
    """What these rules need of a collection."""

    @property
    def cases(self) -> Sequence[Case]:
        """The cases."""

    @property
    def overlaps(self) -> Sequence[Overlap]:
        """Figures for one thing that overlap, of one case or of several."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its slug: how severe, what it says, why, how to mend, and an example (Chinese).

    `check` is None where the fault shows while files are read. A rule that is `fixed` cannot be
    lowered or waived: without it there is no usable page. Many of a rule that is `alike` are shown
    as one: their messages differ in nothing but the place. `wrong` and `right` are bodies of a
    case, or its front matter where they begin with ---: with the fault, and as it should be.
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
