"""norms: what the settings of a project mean for reading and checking its cases.

Secret: none; a value that parsing and rules share.
Not here: reading casegen.yml (project), the rules themselves (rules).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from casegen.collection.category import CATEGORIES, Category
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import Severity


@dataclass(frozen=True, slots=True)
class Norms:
    """What a case is read and checked against: vocabulary, categories, severities by rule.

    `terms` pairs words that are wrong here with the right ones. A severity of None silences the
    rule. `today` is for rules on the collection only, None where no rule needs it; `digest` changes
    whenever any field except `today` does.
    """

    vocabulary: Vocabulary
    categories: tuple[Category, ...] = CATEGORIES
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    digest: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    today: dt.date | None = None

    @property
    def silenced(self) -> frozenset[str]:
        """The rules that are switched off."""
        return frozenset(rule for rule, severity in self.severities.items() if severity is None)
