"""distribution: an indicator's figures as points on one strip, and which of them are its marks.

Secret: where each point is: by value, or by ratio where figures differ much; points that would
overlap are piled up.
Not here: which figures an indicator has (indicators) and the strip as a file (drawings).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

STEEP = 50  # highest figure divided by lowest, above which points are placed by ratio
WIDTH, EDGE = 1000, 10  # of the strip, and of the free space at each end of it
COLUMN = 10  # width of a pile of points, which is that of one point
HIGHEST_PILE = 150
LOWEST_STRIP = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point is, from the left and from the top, and its length as a bar, all of 1000."""

    x: str
    y: str
    share: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The points, in the order of the values given, and the height of the strip."""

    places: tuple[Place, ...]
    height: int


def lay_out(values: Sequence[float]) -> Strip:
    """Return a place for each value; equal and similar ones are piled up."""
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    columns = [int(_across(value, lowest, highest) // COLUMN) for value in values]
    tallest = max(Counter(columns).values(), default=1)
    step = min(float(COLUMN), HIGHEST_PILE / tallest)
    height = max(LOWEST_STRIP, round(step * tallest) + COLUMN)
    piled: Counter[int] = Counter()
    places = []
    for value, column in zip(values, columns, strict=True):
        up = COLUMN / 2 + 1 + step * piled[column]
        piled[column] += 1
        share = WIDTH * value / highest if highest > 0 else 0
        x = COLUMN * column + COLUMN / 2
        places.append(Place(f"{x:.6g}", f"{height - up:.6g}", f"{max(3.0, share):.6g}"))
    return Strip(tuple(places), height)


def _across(value: float, lowest: float, highest: float) -> float:
    if highest <= lowest:
        return WIDTH / 2
    free = WIDTH - 2 * EDGE
    if 0 < lowest < highest / STEEP:
        return EDGE + free * (log(value) - log(lowest)) / (log(highest) - log(lowest))
    return EDGE + free * (value - lowest) / (highest - lowest)


def find_marks(count: int) -> dict[str, int]:
    """Return the positions of the lowest, median and highest figure; from eight on, of quartiles.

    Each is a figure that some case has, not a mean of two; {} for fewer than three figures.
    """
    if count < 3:
        return {}
    last = count - 1
    if count < 8:
        return {"lowest": 0, "median": last // 2, "highest": last}
    return {
        "lowest": 0,
        "lower": last // 4,
        "median": last // 2,
        "upper": last * 3 // 4,
        "highest": last,
    }
