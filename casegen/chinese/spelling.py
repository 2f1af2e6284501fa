"""spelling: places named without slashes, by short names, with levels left out, several at once.

Secret: how a run of characters is cut into names of places, and which place is meant.
Not here: which places exist (region), how a field uses them (collection.parsing).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from casegen.chinese import region
from casegen.chinese.characters import HAN
from casegen.chinese.region import Path, Region

_AROUND = re.compile(
    r"^(?:中国|中华人民共和国)(?=.)|(?:等[地县市省区]?|等?[两二三四五六七八九十]{1,2}[县市区旗省]|境内|一带)$"
)
_PARTING = re.compile(r"[、，,;；\s|｜()（）]+")
_AND = re.compile(r"(?<=[县市区州旗村镇乡])(?:以及|[和与及])(?=\S)")
_FIRST_AND = re.compile("^(?:以及|[和与及])")
_TROOPS = re.compile(
    "^(?:新疆(?:维吾尔自治区)?)?(?:生产建设)?兵团(?:第?[一二三四五六七八九十]{1,3}师)?(?=.)"
)
_COUNTIES = tuple("县市区州旗盟省")
_LOW = re.compile(
    rf"(?P<town>[{HAN}]{{1,8}}?(?:街道办事处|街道|苏木|镇|乡))?(?P<village>[{HAN}\d]{{1,12}}(?:村委会|村|社区|嘎查))?"
)
_WING = re.compile(r"(.).+([左右])翼?([前中后]?[旗县])")
_KIND = re.compile(r"(?:自治[州县旗]|地区|新区|[林特]区|[市县区州盟旗省])$")
_PEOPLES = re.compile(f"(?:{region.PEOPLES})族|各族|(?:蒙古|哈萨克|柯尔克孜|维吾尔)(?=自治)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read the beginning of a text: the place, and the remaining text."""

    path: Path
    rest: str
    names: int


def spell_out(text: str) -> tuple[Region, ...]:
    """Return the regions that a text names, in order; () where one of them is not certain."""
    plain = _TROOPS.sub("新疆", unicodedata.normalize("NFKC", text))
    named = re.sub(r"[/\\\\·>—–→_-]", "", plain.strip())
    return _spell_each(named) or _spell_each(_AROUND.sub("", named))  # 天等县 is no 天 and 等县


def _spell_each(named: str) -> tuple[Region, ...]:
    found: list[Region] = []
    for piece in _PARTING.split(named):
        # 新疆和田, 临夏州和政县: this 和 is no "and".
        more = _split_several(_AND.split(piece), found) or _split_several((piece,), found)
        more = more or _split_several((_FIRST_AND.sub("", piece),), found)
        if piece and not more:
            return ()
        found = list(more) if piece else found
    return tuple(dict.fromkeys(found))


def split_places(text: str) -> list[str]:
    """Return the pieces of a text that names several places, as written."""
    return [piece for piece in _PARTING.split(text) if piece]


def find_namesakes(text: str) -> tuple[Region, ...]:
    """Return the places of which each may be the one that a text names; () unless there are some.

    A township or village that the text names too is part of each.
    """
    readings = sorted(_list_readings(text.strip(), ("", "", "")), key=_rank_reading)
    places: dict[Region, None] = {}
    for reading in readings:
        low = _LOW.fullmatch(reading.rest)
        if low and _rank_reading(reading)[0] == _rank_reading(readings[0])[0]:
            places[Region(*reading.path, low["town"] or "", low["village"] or "")] = None
    return tuple(places) if len(places) > 1 else ()


def _split_several(pieces: Iterable[str], before: Sequence[Region]) -> tuple[Region, ...]:
    """Return the regions before, and those of the pieces; () where one of these is not certain."""
    found = list(before)
    for piece in pieces:
        last = found[-1] if found else Region("")
        if piece == "市辖区":
            continue
        one = _read_lower(piece, last) or _spell_out_one(piece, last)
        if one is None:
            return ()
        if last.names and one.names[: len(last.names)] == last.names:
            found.pop()  # the next level of the same place: 河南省 信阳市 新县
        found.append(one)
    return tuple(found)


def _read_lower(text: str, before: Region) -> Region | None:
    """Return the township or village that a text names in the place before it; None for none."""
    low = _LOW.fullmatch(text)
    path = (before.province, before.city, before.county)
    if low is None or not before.province or (not path[2] and region.has_counties(path)):
        return None
    for reading in _list_readings(
        text, ("", "", "")
    ):  # 贵州雷山县南猛村 is no village of that name
        named = text.removesuffix(reading.rest)
        if reading.names > 1 or not reading.path[1] or named.endswith(_COUNTIES):
            return None
    return Region(*path, low["town"] or before.township, low["village"] or "")


def _spell_out_one(text: str, before: Region) -> Region | None:
    readings = sorted(_list_readings(text, ("", "", "")), key=_rank_reading)
    wanted = (
        [r for r in readings if _rank_reading(r)[:1] == _rank_reading(readings[0])[:1]]
        if readings
        else []
    )
    places = dict.fromkeys(reading.path for reading in wanted)
    for fits in (
        lambda path: before.province and path[:2] == (before.province, before.city),
        lambda path: path[0] == before.province,
        lambda path: not path[2],  # 恩施: the prefecture
        lambda path: not (path[1] or path[2]),  # 吉林: the province
    ):
        if len(places) > 1:
            places = {path: None for path in places if fits(path)} or places
    if len(places) != 1:
        return None
    path = next(iter(places))
    rest = next(reading.rest for reading in wanted if reading.path == path)
    low = _LOW.fullmatch(rest)
    if low is None or (rest and not path[2] and region.has_counties(path)):
        return None
    return Region(*path, low["town"] or "", low["village"] or "")


def _rank_reading(reading: _Reading) -> tuple[int, int]:
    """Return a key to choose the best reading.

    No rest but a township or village, then the least rest.
    """
    odd = 0 if _LOW.fullmatch(reading.rest) else 1
    return odd * 1000 + len(reading.rest), -reading.names


def _list_readings(text: str, above: Path, names: int = 0) -> Iterator[_Reading]:
    if names:
        yield _Reading(above, text, names)
    forms = _index_forms()
    for size in range(min(len(text), 16), 1, -1):
        for path in forms.get(text[:size], ()):
            if path != above and _is_inside(path, above):
                yield from _list_readings(text[size:], path, names + 1)


def _is_inside(path: Path, above: Path) -> bool:
    depth = sum(bool(name) for name in path)
    return all(not name or path[n] == name for n, name in enumerate(above)) and depth > sum(
        bool(name) for name in above
    )


@cache
def _index_forms() -> Mapping[str, tuple[Path, ...]]:
    """Return every form of every name with the places that have it."""
    forms: defaultdict[str, list[Path]] = defaultdict(list)
    for path in region.list_paths():
        for form in list_forms(path):
            forms[form].append(path)
    now = frozenset(forms)
    for name, path in region.list_former_names():
        if name not in now:
            forms[name].append(path)
    return MappingProxyType({form: tuple(dict.fromkeys(paths)) for form, paths in forms.items()})


def _list_province_forms(name: str) -> Iterable[str]:
    """Return a province's names, with those that people write for an autonomous region: 广西省."""
    known = region.find_province(name)
    if known is None:
        return {name}
    forms = {name, known.label}
    if name.endswith("自治区"):
        forms |= {f"{known.label}省", f"{known.label}自治区"}
    elif name.endswith("特别行政区"):
        forms.add(f"{known.label}特区")
    if known.label == "内蒙古":
        forms.add("内蒙")
    return forms


def list_forms(path: Path) -> Iterable[str]:
    """Return a place's name and its usual shorter ones: 黔东南苗族侗族自治州, 黔东南州, 黔东南."""
    name = path[2] or path[1] or path[0]
    forms = {name}
    if not (path[1] or path[2]):
        return _list_province_forms(name)
    bare = _KIND.sub("", name)
    plain = _PEOPLES.sub("", bare) or bare.removesuffix("族")  # 东乡族自治县
    if len(bare) > 1:
        forms.add(bare)
    if len(plain) > 1 and plain != bare:
        kind = name[-1]
        forms |= {plain, plain + kind}
    if wing := _WING.fullmatch(plain + name[-1]):  # 科左中旗, 喀左县
        forms.add("".join(wing.groups()))
    return forms
