"""whereabouts: the years and the region that a figure of a manuscript belongs to.

Secret: which of the years and places told before a figure are its own.
Not here: finding places in a text (places), words of time (casegen.collection.timing).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegen.chinese.relations import Finding
from casegen.collection import timing
from casegen.collection.indicator import AddingRule, Indicator

MOST_BEFORE = 80
# A clause, and a figure, end what the words of place before them are about.
_PIECE = re.compile(r"[，,。；;：:！!？?]|(?<![\d.])\d[\d.,]*[余多]?[万亿]?")
_LISTED = re.compile("其中|[^、]{0,4}、")
_LAST_YEAR = re.compile("(?<![比较])去年")
_TOGETHER = re.compile("(?:两|三|四|各|多)(?:省|市|县|区|旗|地|镇|乡|村)")


def find_period(
    before: str, finding: Finding, indicator: Indicator | None, year: int | None
) -> tuple[int, int] | None:
    """Return the years that the words before the figure, in its paragraph, put it in; else None."""
    said = timing.find_years(before, finding.after, year or 0)
    stock = indicator is not None and indicator.rule in {AddingRule.LATEST, AddingRule.MAX}
    many = 0 if stock else timing.count_years(before)
    if many > 1 and (said is None or said[0] == 0):
        end = said[1] if said else year
        return (end - many + 1, end) if end else None
    if said is None:
        sentence = re.split("[。；;]", before)[-1]
        return (year - 1, year - 1) if year and _LAST_YEAR.search(sentence) else None
    first, last = said
    last = min(last, year) if year and last == timing.LAST else last
    return (first or last, last) if last != timing.LAST and first <= last else None


def find_region(before: str, evidence: str, regions: Sequence[str]) -> str:
    """Return the region of the case that a figure belongs to; "" where that is not one of them.

    In 在甲县和乙县共投入500万元，其中甲县300万元、乙县200万元 the first figure belongs to no one
    county. What names no place belongs to that of the words before it.
    """
    if len(regions) < 2:
        return ""
    ahead = before[-MOST_BEFORE:]
    pieces = _PIECE.split(ahead)
    for number, piece in enumerate(reversed(pieces)):
        if number == 0 and _TOGETHER.search(piece):
            return ""
        named = _list_named(piece, regions)
        if not named:
            continue
        listed = number and _LISTED.match(piece)
        return "" if len(named) > 1 or listed else next(iter(named))
    named = _list_named(evidence, regions)
    return next(iter(named)) if len(named) == 1 else ""


def _list_named(text: str, regions: Sequence[str]) -> set[str]:
    """Return the last names of the regions that a text names; a place above several is "".

    Of 从江县三只羊乡 only the township is named.
    """
    found: set[str] = set()
    paths = {tuple(region.split("/")[:n]) for region in regions for n in range(1, 6)}
    for path in sorted(paths, key=len, reverse=True):
        for start in range(len(path)):
            if (name := "".join(path[start:])) in text:
                text = text.replace(name, "|")
                found.add(path[-1] if "/".join(path) in regions else "")
    return found
