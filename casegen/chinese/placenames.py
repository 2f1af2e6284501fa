"""placenames: names of cities and counties in a text with one character that is wrong.

Secret: which places a text may mean, and what tells a wrong name from other words.
Not here: the divisions themselves (region), places of the field `regions` (region, spelling).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from casegen.chinese.region import Path, Region, list_names, list_paths
from casegen.chinese.sounds import Alike, index_by_sound, write_sounds
from casegen.chinese.spelling import list_forms

_SHORTEST = 3  # characters; a shorter name meets too many words
# Words that go on behind what looks like the end of a name: 城管区域, 鲜花市场.
_GOES_ON = frozenset("域块位段间场民值级面政价长委里内")
_PLAIN = frozenset("各大小中多全某该新老两三几本外同")  # 大城市, 各民族自治县
_ENDS = re.compile("[县市区州旗盟线洲棋]")
_SLIPS = str.maketrans("线洲棋", "县州旗")  # ends that are typed for one another
_BEFORE = 20  # characters up to the end of a name that can hold it and the place it lies in
_LENGTHS = range(2, 12)  # of the names of provinces and cities
_LONGEST = 12  # characters of a name


def find_misspelt(text: str, regions: Iterable[Region]) -> Iterator[Alike]:
    """Yield each name of a place that has a wrong character: a city or county that there is not.

    Names of the provinces of `regions` are known by their sound; right behind the name of a
    province or city, any name that differs in one character from one place in it is meant.
    """
    names = _list_names(frozenset(region.province for region in regions))
    seen = set()
    for found in _find_candidates(text, names):
        written = text[found.start : found.end]
        if written[-1].translate(_SLIPS) != found.name[-1] or written in _list_right_names():
            continue
        before = (text[found.start - more : found.end] for more in (1, 2))
        if text[found.end : found.end + 1] in _GOES_ON or not _list_right_names().isdisjoint(
            before
        ):
            continue
        if found.start not in seen:
            seen.add(found.start)
            yield found


def _find_candidates(text: str, names: frozenset[str]) -> Iterator[Alike]:
    """Yield what sounds like one of `names`, or nearly is the name of a place in the one before."""
    known, inside = index_by_sound(names), _map_parents()
    for last in _ENDS.finditer(text):
        end = last.end()
        begin = max(0, end - _BEFORE)
        piece = text[begin:end]
        signs = write_sounds(piece)
        for at in range(len(piece) - _SHORTEST, -1, -1):
            written = piece[at:]
            if not written.isalpha():
                break
            heads = (piece[max(0, at - n) : at] for n in _LENGTHS)
            parent = next((head for head in heads if head in inside), "")
            meant = written[:-1] + written[-1].translate(_SLIPS) if written[-1] in "线洲棋" else ""
            if meant:  # only right behind its parent: 定西市陇西线, and not 陇海线
                if meant in inside.get(parent, ()):
                    yield Alike(begin + at, end, meant)
                continue
            name = _find_one_inside(inside[parent], written) if parent else ""
            if not name and _is_slip(known.get(signs[at:], ""), written):
                name = known[signs[at:]]
            if name:
                yield Alike(begin + at, end, name)


def _is_slip(name: str, written: str) -> bool:
    wrong = sum(map(str.__ne__, name, written))
    return name[-1:] == written[-1] and 0 < wrong <= max(1, len(name) // 3)


def _find_one_inside(names: frozenset[str], written: str) -> str:
    """Return the only place that a wrong name behind its province or city can mean, or ""."""
    if len(written) > _LONGEST or written[0] in _PLAIN:
        return ""
    near = frozenset(name for name in names if _differs_once(name, written))
    signs = write_sounds(written)
    same = [name for name in near if write_sounds(name) == signs]
    return same[0] if len(same) == 1 else min(near) if len(near) == 1 else ""


def _list_forms(path: Path) -> Iterator[str]:
    """Yield the full name of a city or county, and shorter ones that end in its level: 化隆县."""
    if path[1] or path[2]:
        name = path[2] or path[1]
        yield from (form for form in list_forms(path) if form[-1] == name[-1])


@cache
def _list_right_names() -> frozenset[str]:
    """Return every name that stands for a place of today or of the past."""
    return list_names() | {form for path in list_paths() for form in _list_forms(path)}


@cache
def _list_names(provinces: frozenset[str]) -> frozenset[str]:
    every = (form for path in list_paths() if path[0] in provinces for form in _list_forms(path))
    return frozenset(form for form in every if len(form) >= _SHORTEST)


@cache
def _map_parents() -> Mapping[str, frozenset[str]]:
    """Return the names of the places in each province and city, by the name of that."""
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for path in list_paths():
        province, city, county = path
        for parent in (*list_forms((province, "", "")), city if county else ""):
            inside[parent].update(_list_forms(path))
    inside.pop("", None)
    return MappingProxyType({parent: frozenset(each) for parent, each in inside.items()})


def _differs_once(name: str, written: str) -> bool:
    if len(name) != len(written) or name[-1] != written[-1]:
        return False
    return sum(map(str.__ne__, name, written)) == 1
