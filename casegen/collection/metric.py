"""Metric: one figure of a case, with all that the case says of it.

Secret: what belongs to a metric.
Not here: reading quantities (quantity), how items are written (items), lawful sums (totals).
"""

from __future__ import annotations

from dataclasses import dataclass

from casegen.chinese.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric of a case.

    `indicator`: key of the vocabulary or ""; `category`: key, resolved; `period`: first and last
    year, None where the case's own holds; `part_of`, `same_as`: position in the case's tuple;
    `evidence`: number of the sentence that states it, None where none was found.
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
