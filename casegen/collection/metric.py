"""metric: one figure of a case, with all that the case says of it.

Secret: what belongs to a metric.
Not here: reading quantities (quantity), how items are written (metric_items), the time of a figure
(timing), what makes it doubtful (doubt), lawful sums (totals).
"""

from __future__ import annotations

from dataclasses import dataclass

from casegen.chinese.quantity import Quantity
from casegen.collection.indicator import Timing


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of a case.

    `indicator`: key of the vocabulary or ""; `category`: the key as written, or "";
    `period`: first and last year, None where the case's own holds; `timing`: what the figure means
    for that period, None where only the indicator's rule decides; `region`: the region of the
    case that it names, written in full, or ""; `part_of`, `same_as`: position in the case's tuple;
    `evidence`: number of the sentence that states it, None where none was found or the metric is
    in doubt; `lead`: whether it is shown first; `waive`: rules set aside for it, with reasons;
    `doubts`: the rules that put it in doubt: it is shown, but counted in no total.

    `elsewhere`: a region as written that the case does not list, or ""; it counts for no place.
    `asked`: an indicator as written that the vocabulary lacks, or "".

    `explicit`: whether words, not only the period, make it cumulative. `settled`: whether
    `timing` and `period` are both written. `unbegun`: whether it is a sum to date of which nothing
    says in which year it begins. `exceeded`: whether a figure that overlaps this one was
    left out, so that the true sum is greater.
    """

    name: str
    indicator: str
    quantity: Quantity
    category: str = ""
    period: tuple[int, int] | None = None
    id: str = ""
    part_of: int | None = None
    split: str = ""
    same_as: int | None = None
    note: str = ""
    evidence: int | None = None
    timing: Timing | None = None
    region: str = ""
    lead: bool = False
    waive: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    doubts: tuple[str, ...] = ()
    explicit: bool = False
    settled: bool = False
    unbegun: bool = False
    elsewhere: str = ""
    exceeded: bool = False

    @property
    def where(self) -> str:
        """The place that the metric itself names, whether its case lists it or not."""
        return self.region or self.elsewhere

    @property
    def counted(self) -> bool:
        """Whether the metric may count by itself: it is no part of another, and not in doubt."""
        return self.part_of is None and self.same_as is None and not self.doubts
