"""placenames: names of cities and counties in a text with one character that is wrong.

Secret: which places a text may mean, and what tells a wrong name from other words.
Not here: the divisions themselves (region), places of the field `regions` (region, spelling).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from casegen.chinese.characters import HAN
from casegen.chinese.region import Path, Region, all_paths, known_names
from casegen.chinese.sounds import Alike, find_alike
from casegen.chinese.spelling import forms_of

_SHORTEST = 3  # characters; a shorter name meets too many words
# Words that go on behind what looks like the end of a name: 城管区域, 鲜花市场.
_GOES_ON = frozenset("域块位段间场民值级面政价长委里内")
_PLAIN = frozenset("各大小中多全某该新老两三几本外同")  # 大城市, 各民族自治县
_BELOW = re.compile(rf"[{HAN}]{{1,9}}?[县市区州旗盟]")


def find_misspelt(text: str, regions: Iterable[Region]) -> Iterator[Alike]:
    """Yield each name of a place that has a wrong character: a city or county that there is not.

    Names of the provinces of `regions` are known by their sound; right behind the name of a
    province or city, any name that differs in one character from one place in it is meant.
    """
    regions = tuple(regions)
    seen = set()
    heard = find_alike(text, _names_in(frozenset(region.province for region in regions)))
    for found in (*heard, *_inside_others(text)):
        written = text[found.start : found.end]
        if written[-1] != found.name[-1] or written in _right():
            continue
        before = (text[found.start - more : found.end] for more in (1, 2))
        if text[found.end : found.end + 1] in _GOES_ON or not _right().isdisjoint(before):
            continue
        if found.start not in seen:
            seen.add(found.start)
            yield found


def _forms(path: Path) -> Iterator[str]:
    """The full name of a city or county, and a shorter one that still says what it is: 化隆县."""
    if path[1] or path[2]:
        name = path[2] or path[1]
        yield from (form for form in forms_of(path) if form[-1] == name[-1])


@cache
def _right() -> frozenset[str]:
    """Every name that stands for a place of today or of the past."""
    return known_names() | {form for path in all_paths() for form in _forms(path)}


@cache
def _names_in(provinces: frozenset[str]) -> frozenset[str]:
    every = (form for path in all_paths() if path[0] in provinces for form in _forms(path))
    return frozenset(form for form in every if len(form) >= _SHORTEST)


@cache
def _parents() -> tuple[re.Pattern[str], Mapping[str, frozenset[str]]]:
    """The names of provinces and cities as a pattern, and the names of the places in each."""
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for path in all_paths():
        province, city, county = path
        for parent in (*forms_of((province, "", "")), city if county else ""):
            inside[parent].update(_forms(path))
    inside.pop("", None)
    names = sorted(inside, key=len, reverse=True)
    kept = {parent: frozenset(each) for parent, each in inside.items()}
    return re.compile("|".join(map(re.escape, names))), kept


def _inside_others(text: str) -> Iterator[Alike]:
    pattern, inside = _parents()
    for parent in pattern.finditer(text):
        found = _BELOW.match(text, parent.end())
        if found is None or len(found[0]) < _SHORTEST or found[0][0] in _PLAIN:
            continue
        written = found[0]
        near = frozenset(name for name in inside[parent[0]] if _differs_once(name, written))
        heard = [each.name for each in find_alike(written, near)]
        if len(heard) == 1 or len(near) == 1:
            yield Alike(found.start(), found.end(), heard[0] if heard else min(near))


def _differs_once(name: str, written: str) -> bool:
    if len(name) != len(written) or name[-1] != written[-1]:
        return False
    return sum(map(str.__ne__, name, written)) == 1
