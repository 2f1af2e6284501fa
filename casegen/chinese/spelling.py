"""spelling: places named without slashes, by short names, with levels left out, several at once.

Secret: how a run of characters is cut into names of places, and which place is meant.
Not here: which places exist (region), how a field uses them (collection.parsing).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from casegen.chinese import region
from casegen.chinese.characters import HAN
from casegen.chinese.region import Path, Region

_AROUND = re.compile(r"^(?:中国|中华人民共和国)(?=.)|(?:等地|等县|等市|等省|境内|一带|等)$")
_PARTING = re.compile(r"[、，,;；\s|｜]+|(?<=[县市区州旗村镇乡])[和与及](?=\S)")
_LOW = re.compile(
    rf"(?P<town>[{HAN}]{{1,8}}?(?:街道办事处|街道|苏木|镇|乡))?(?P<village>[{HAN}\d]{{1,12}}(?:村委会|村|社区|嘎查))?"
)
_KIND = re.compile(r"(?:自治[州县旗]|地区|新区|[林特]区|[市县区州盟旗省])$")
# Names of peoples in the names of autonomous places (GB/T 3304-1991), as written there.
_PEOPLES = re.compile(
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春)族|各族|蒙古(?=自治)|哈萨克(?=自治)|"
    "柯尔克孜(?=自治)|维吾尔(?=自治)"
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A way to read the beginning of a text: the place, and the remaining text."""

    path: Path
    rest: str
    names: int


def spell_out(text: str) -> tuple[Region, ...]:
    """Return the regions that a text names, in order; () where one of them is not certain."""
    found: list[Region] = []
    context: Path = ("", "", "")
    named = _AROUND.sub("", re.sub("[/／\\\\·>—-]", "", text.strip()))
    for piece in _PARTING.split(named):
        if not piece:
            continue
        one = _spelled(piece, context)
        if one is None:
            return ()
        found.append(one)
        context = (one.province, one.city, one.county)
    return tuple(dict.fromkeys(found))


def _spelled(text: str, context: Path) -> Region | None:
    readings = sorted(_readings(text, ("", "", "")), key=_rank)
    wanted = [r for r in readings if _rank(r)[:1] == _rank(readings[0])[:1]] if readings else []
    places = dict.fromkeys(reading.path for reading in wanted)
    if len(places) > 1:
        near = [path for path in places if path[:2] == context[:2] and context[0]]
        near = near or [path for path in places if path[0] == context[0] and context[0]]
        near = near or [path for path in places if not path[2]]  # 恩施: the prefecture
        places = dict.fromkeys(near)
    if len(places) != 1:
        return None
    path = next(iter(places))
    rest = next(reading.rest for reading in wanted if reading.path == path)
    low = _LOW.fullmatch(rest)
    if low is None or (rest and not path[2] and region.has_counties(path)):
        return None
    return Region(*path, low["town"] or "", low["village"] or "")


def _rank(reading: _Reading) -> tuple[int, int]:
    """Return a key to choose the best reading.

    No rest but a township or village, then the least rest.
    """
    odd = 0 if _LOW.fullmatch(reading.rest) else 1
    return odd * 1000 + len(reading.rest), -reading.names


def _readings(text: str, above: Path, names: int = 0) -> Iterator[_Reading]:
    if names:
        yield _Reading(above, text, names)
    forms = _forms()
    for size in range(min(len(text), 16), 1, -1):
        for path in forms.get(text[:size], ()):
            if path != above and _inside(path, above):
                yield from _readings(text[size:], path, names + 1)


def _inside(path: Path, above: Path) -> bool:
    depth = sum(bool(name) for name in path)
    return all(not name or path[n] == name for n, name in enumerate(above)) and depth > sum(
        bool(name) for name in above
    )


@cache
def _forms() -> Mapping[str, tuple[Path, ...]]:
    """Return every form of every name with the places that have it."""
    forms: defaultdict[str, list[Path]] = defaultdict(list)
    for path in region.all_paths():
        for form in forms_of(path):
            forms[form].append(path)
    return MappingProxyType({form: tuple(dict.fromkeys(paths)) for form, paths in forms.items()})


def forms_of(path: Path) -> Iterable[str]:
    """Return a place's name and its usual shorter ones: 黔东南苗族侗族自治州, 黔东南州, 黔东南."""
    name = path[2] or path[1] or path[0]
    forms = {name}
    if not (path[1] or path[2]):
        known = region.province(name)
        return {name, *([known.label] if known else [])}
    bare = _KIND.sub("", name)
    plain = _PEOPLES.sub("", bare)
    if len(bare) > 1:
        forms.add(bare)
    if len(plain) > 1 and plain != bare:
        kind = name[-1]
        forms |= {plain, plain + kind}
    return forms
