"""rules: editorial norms, one function each, named by slug; two tables.

Secret: none yet.
Not here: faults that keep a case from being read (case, source).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule."""

    slug: str
    fixed: bool = False


def catalogue() -> tuple[Rule, ...]:
    """Every rule."""
    return ()
