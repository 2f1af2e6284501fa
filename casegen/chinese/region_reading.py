"""region_reading: the region that a text names, and what is wrong with how it is written.

Secret: which part of a text is which level, which short, old or misplaced names are understood, and
what is said about each of them.
Not here: which places there are (region), names without slashes (spelling).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casegen.chinese.characters import HAN
from casegen.chinese.likeness import find_like
from casegen.chinese.pinyin import make_stem
from casegen.chinese.region import (
    PROVINCES,
    OldPlace,
    Path,
    Region,
    find_province,
    load_divisions,
    load_history,
)

_EXAMPLE = "从省写起，各级用 / 隔开，如 甘肃省/定西市/陇西县"
# Rows of the official code tables between a province and its counties.
_FILLERS = re.compile(r"县|市辖区|(省|自治区)?直辖县(级行政区划)?")
_TOWNSHIP = re.compile(r".+(镇|乡|街道|街道办事处|苏木)")
_VILLAGE = re.compile(r".+(村|社区|嘎查|村委会|村民委员会|居委会|居民委员会)")
_COUNTY = ("县", "区", "旗")
_KIND = re.compile(r".{0,16}自治[州县旗]|地区|[林特]区|[市县区州盟旗]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a region text, and how to mend it (Chinese).

    Slugs: malformed-region (no region can be read), unknown-place, renamed-place, short-place.
    """

    slug: str
    message: str
    hint: str = ""


def read_region(text: str) -> tuple[Region | None, tuple[Fault, ...]]:
    """Read the region that a text names, and what is wrong with it.

    `text` is 省[/市[/县[/乡镇[/村]]]]. Short names that can mean one place only are read as that
    place. None comes with one malformed-region; all other faults leave a region.
    """
    clean = (_strip_part(part) for part in unicodedata.normalize("NFKC", text).split("/"))
    parts = [part for part in clean if part]
    if not parts:
        return None, (Fault("malformed-region", "地区是空的", _EXAMPLE),)
    top = find_province(parts[0])
    if top is None:
        guess = _guess_region("".join(parts))
        wrong = read_region(guess)[1] if guess else ()
        message, hint = f"「{parts[0]}」不是省级地名", _EXAMPLE
        if wrong:
            message = wrong[0].message
            hint = wrong[0].hint if "/" in wrong[0].hint.partition("？")[0] else _EXAMPLE
        elif guess:
            hint = f"写成 {guess}"
        return None, (Fault("malformed-region", message, hint),)
    faults = [] if parts[0] == top.name else [_make_short_fault(parts[0], top.name)]
    names = []
    for part in parts[1:]:
        if _FILLERS.fullmatch(part) or part == top.name:
            faults.append(Fault("unknown-place", f"「{part}」在这里不是一级地名", "删去这一级"))
        else:
            names.append(part)
    city, county, found = _take_place(top.name, names)
    village = names.pop() if names and (len(names) > 1 or _VILLAGE.fullmatch(names[-1])) else ""
    township = names.pop() if names else ""
    if names:
        message = f"地区的级数太多：{'/'.join(parts)}"
        return None, (
            Fault("malformed-region", message, f"最多五级：省/市/县/乡镇/村。{_EXAMPLE}"),
        )
    region = Region(top.name, city, county, township, village)
    return region, (*faults, *found, *_find_gaps(region))


def _strip_part(part: str) -> str:
    """Return the part without white space and invisible characters."""
    return "".join(char for char in part if unicodedata.category(char)[0] not in "ZC")


def _take_place(top: str, names: list[str]) -> tuple[str, str, list[Fault]]:
    """Take city and county from the front of the names; "" for one that is not there."""
    olds = load_history()[0]
    pair = (names[0], names[1]) if len(names) > 1 else ("", "")
    if old := olds.get((top, *pair)) if pair[0] else None:
        del names[:2]
        return *pair, [_make_renamed_fault(old)]
    now = load_divisions().codes
    if names and (top, names[0], "") not in now and (old := olds.get((top, "", names[0]))):
        return "", names.pop(0), [_make_renamed_fault(old)]
    city = county = ""
    faults: list[Fault] = []
    if names and (taken := _read_city(top, names[0], pair[1])):
        city, fault = taken
        faults += [fault] if fault else []
        del names[0]
    if names and (taken := _read_county(top, city, names[0])):
        county, fault = taken
        faults += [fault] if fault else []
        del names[0]
    return city, county, faults


def _read_city(top: str, name: str, below: str) -> tuple[str, Fault | None] | None:
    """Return the name as a city of the province and its fault; None if it is of a lower level."""
    table, (olds, old_names) = load_divisions(), load_history()
    cities, direct = table.cities[top], table.counties.get((top, ""), ())
    if name in cities:
        return name, None
    if name in direct or _find_full(name, direct) or _is_below_county(name):
        return None
    if full := _find_full(name, cities):
        return full, _make_short_fault(name, full)
    if (old := olds.get((top, name, ""))) and not _is_below_county(below):
        return name, _make_renamed_fault(old)
    low = _has_county(top, name) or (top, name) in old_names or name.endswith(_COUNTY)
    if low or (direct and not cities):
        return None
    return name, _make_unknown_fault((top, "", ""), name, cities) if cities else None


def _read_county(top: str, city: str, name: str) -> tuple[str, Fault | None] | None:
    """Return the name as a county and its fault; None if it is a township or village."""
    table = load_divisions()
    parent = _find_today((top, city, ""))
    counties = table.counties.get(parent[:2], ())
    if name in counties:
        return name, None
    # 东莞市 and similar cities have townships directly under the city.
    if _is_below_county(name) or (
        parent in table.codes and city and not (counties or _is_county(name))
    ):
        return None
    if full := _find_full(name, counties):
        return full, _make_short_fault(name, full)
    if not (counties or table.cities[top]):
        return name, None  # no divisions are known below 台湾省, 香港, 澳门
    if not _has_county(top, name) and (old := _find_old_county(parent, name)):
        return name, _make_renamed_fault(old)
    sure = not city or parent in table.codes
    return name, _make_unknown_fault(parent, name, counties) if sure else None


def _find_old_county(parent: Path, name: str) -> OldPlace | None:
    """Return the old county of that name in the province, if it became one place only.

    Names of districts are common, so a district must have become a part of the parent.
    """
    table = load_divisions()
    olds = load_history()[1].get((parent[0], name), ())
    now = {table.paths.get(old.code, old.path) for old in olds}
    if name.endswith("区"):
        now = {path for path in now if path[:2] == parent[:2]}
        olds = tuple(old for old in olds if table.paths.get(old.code) in now)
    return olds[-1] if len(now) == 1 else None


def _is_below_county(name: str) -> bool:
    return bool(_TOWNSHIP.fullmatch(name) or _VILLAGE.fullmatch(name))


def _is_county(name: str) -> bool:
    return name.endswith((*_COUNTY, "市"))


def _has_county(top: str, name: str) -> bool:
    """Return whether the province has a county of that name today."""
    return any(path[0] == top and path[2] for path in load_divisions().named.get(name, ()))


def _find_gaps(region: Region) -> Iterable[Fault]:
    """Return a township whose county is left out although there are counties."""
    table = load_divisions()
    if region.county or not (region.township or region.village):
        return
    counties = table.counties.get((region.province, region.city), ())
    if counties or (not region.city and table.cities[region.province]):
        name = region.township or region.village
        above = region.city or region.province
        message = f"「{above}」与「{name}」之间缺少县级地名"
        yield Fault("unknown-place", message, f"补上县（市、区）。{_EXAMPLE}")


def _find_today(path: Path) -> Path:
    """Return the path itself, or its successor where that is known."""
    old = load_history()[0].get(path)
    return load_divisions().paths.get(old.code, path) if old else path


def _find_full(name: str, siblings: Iterable[str]) -> str:
    """Return the one sibling that the name shortens (黔东南, 黔东南州, 陇西).

    "" for none or several.
    """
    found = {
        full
        for full in siblings
        for base in ((name, name[:-1]) if full.endswith(name[-1]) else (name,))
        if len(base) > 1 and full.startswith(base) and _KIND.fullmatch(full[len(base) :])
    }
    return found.pop() if len(found) == 1 else ""


def _make_short_fault(name: str, full: str) -> Fault:
    return Fault("short-place", f"「{name}」是简称", f"写全称：{full}")


def _write_path(path: Path) -> str:
    return Region(*path).text


def _make_renamed_fault(old: OldPlace) -> Fault:
    """Return a message that names only the county, unless another place has that name today."""
    _, city, county = old.path
    moved = county in load_divisions().named
    name = _write_path(old.path) if moved else county or city
    if not old.code:
        message = f"「{name}」已撤销或改名（{old.last}年以后不再使用）"
        return Fault("renamed-place", message, "地区写今天的地名，正文可以保留旧名")
    now = _write_path(load_divisions().paths[old.code])
    message = f"「{name}」是旧地名（用至{old.last}年），今为「{now}」"
    return Fault("renamed-place", message, f"地区写 {now}，正文可以保留旧名")


def _make_unknown_fault(parent: Path, name: str, siblings: Sequence[str]) -> Fault:
    """Return a hint with such a place in the province, or siblings that sound or look similar."""
    places = [path for path in load_divisions().named.get(name, ()) if path[1] or path[2]]
    near = [path for path in places if path[0] == parent[0]]
    message = f"「{_write_path(parent)}」下没有「{name}」"
    if not near:
        alike = [each for each in siblings if make_stem(each) == make_stem(name)]
        if like := alike or find_like(name, siblings, most=3):
            return Fault("unknown-place", message, f"是否为「{'」「'.join(like)}」？")
    guesses = "、".join(_write_path(path) for path in (near or places)[:3])
    hint = f"是否为 {guesses}？" if guesses else "核对地名；若是新设的地方，可以保留"
    return Fault("unknown-place", message, hint)


def _guess_region(text: str) -> str:
    """Return a region text for names without slashes or without their province; "" for none."""
    (top, city, county), rest = _cut_start(re.sub(f"[^{HAN}]", "", text))
    table = load_divisions()
    if top and not city and not county:
        city, rest = _cut_name(rest, table.cities[top])
    if top and not county:
        county, rest = _cut_name(rest, table.counties.get((top, city), ()))
    town = re.match(r".+?(?:镇|乡|街道|苏木)", rest)
    township = town[0] if town else ""
    return Region(top, city, county, township, rest.removeprefix(township)).text if top else ""


def _cut_start(text: str) -> tuple[Path, str]:
    """Return the place at the start of the text (a province, or a unique name), and the rest."""
    for size in range(len(text), 1, -1):
        places = load_divisions().named.get(text[:size], ())
        if len(places) == 1:
            return places[0], text[size:]
    for top in PROVINCES:
        if text.startswith(top.label):
            rest = text.removeprefix(top.label)
            return (top.name, "", ""), re.sub(r"^(省|市|自治区)", "", rest)
    return ("", "", ""), text


def _cut_name(text: str, names: Iterable[str]) -> tuple[str, str]:
    """Return the longest of the names with which the text begins, or "", and the rest."""
    name = max((each for each in names if text.startswith(each)), key=len, default="")
    return name, text.removeprefix(name)
