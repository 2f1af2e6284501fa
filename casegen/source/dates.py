"""dates: a day, or a month of which the day is not known.

Secret: that such a month is its own first day wherever dates are put in order, and the month
wherever one is written.
Not here: the accepted spellings (kinds), the words of a language (themes).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping


class Month(dt.date):
    """A month without a day; its value is the first day of the month."""

    __slots__ = ()

    def isoformat(self) -> str:
        """Return year and month as ISO 8601 writes them: 2023-05."""
        return f"{self.year:04}-{self.month:02}"

    __str__ = isoformat


def write_long(date: dt.date, words: Mapping[str, str]) -> str:
    """Write a date in full as a theme's language does; `words` hold its order and its months."""
    month = words["date.months"].split(" ")[date.month - 1]
    form = words["date.month"] if isinstance(date, Month) else words["date.long"]
    return form.format(year=date.year, month=month, day=date.day)
