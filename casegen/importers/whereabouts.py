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
_NOW = re.compile("(?<![比较])今年|本年|目前|如今|现在")
_A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_TOGETHER = re.compile("(?:两|三|四|各|多)(?:省|市|县|区|旗|地|镇|乡|村)")


def find_period(
    before: str,
    finding: Finding,
    indicator: Indicator | None,
    year: int | None,
    *,
    dated: bool = True,
) -> tuple[int, int] | None:
    """Return the years that the words before the figure, in its paragraph, put it in; else None.

    `year` is that of the text; unless it is `dated`, it is only the year told most often, and
    三年来 and 去年 cannot be counted from it.
    """
    told, own = _cut_sentence(before)
    said = timing.find_years(own, finding.after, year or 0)
    stock = indicator is not None and indicator.rule in {AddingRule.LATEST, AddingRule.MAX}
    many = 0 if stock else timing.count_years(own)
    now = year if dated else None
    if many > 1 and (said is None or said[0] == 0):
        return (said[1] - many + 1, said[1]) if said else _count_back(many, before, now)
    if said is None and _LAST_YEAR.search(own):
        return (now - 1, now - 1) if now else None
    if said and said[0] == 0:  # 自2019年起驻村。截至2023年底
        said = timing.find_years(before, finding.after, year or 0)
    elif said is None and many <= 1:
        said = _carry(told)
        over = said is not None and said[1] != timing.LAST and _NOW.search(own)
        said = None if over else said
    if said is None:
        return None
    first, last = said
    last = min(last, year) if year and last == timing.LAST else last
    return (first or last, last) if last != timing.LAST and first <= last else None


def _cut_sentence(before: str) -> tuple[str, str]:
    """Return the sentences before that of a figure, and its own up to the figure."""
    told, stop, own = before.rpartition("。")
    return told + stop, own


def _carry(told: str) -> tuple[int, int] | None:
    """Return the years that hold on in later sentences; None where those before give none.

    2022年修路。栽树50亩 goes on about 2022; after a sum (2021至2023年共), or several years told
    one by one, what follows is of no known one.
    """
    for one in reversed(told.split("。")):
        if said := timing.find_years(one):
            closed = 0 < said[0] < said[1] < timing.LAST
            return None if closed or len(set(_A_YEAR.findall(one))) > 1 else said
    return None


def _count_back(many: int, before: str, now: int | None) -> tuple[int, int] | None:
    """Return the years of 五年来, which does not reach back before the year that began it.

    2019年结对。五年来 begins in 2019, whatever the year of the text.
    """
    begun = [int(told) for told in _A_YEAR.findall(before)]
    if now is None:
        return None
    if begun and now - many + 1 <= begun[-1] + 1 <= now - many + 2:
        return begun[-1], now
    return None if begun and begun[-1] > now - many + 1 else (now - many + 1, now)


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
