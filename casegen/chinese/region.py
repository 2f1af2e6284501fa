"""region: administrative divisions, their history, the provinces and their place on the page.

Secret: which places exist under which, what old names became, and how text names a place.
Not here: which cases lie where (collection), addresses of region pages (editions.site).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeAlias

from casegen.chinese.characters import HAN
from casegen.chinese.pinyin import make_stem

# Province, city and county; "" for a level that does not exist or is not named.
Path: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A place from the province down; "" where a level does not exist or is not named."""

    province: str
    city: str = ""
    county: str = ""
    township: str = ""
    village: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the levels that are given, from the province down."""
        every = (self.province, self.city, self.county, self.township, self.village)
        return tuple(name for name in every if name)

    @property
    def text(self) -> str:
        """Return the region as a case writes it: 甘肃省/定西市/陇西县."""
        return "/".join(self.names)

    @property
    def label(self) -> str:
        """Return the region as a page shows it: 甘肃省定西市陇西县."""
        return "".join(self.names)


def join_places(places: Iterable[Region]) -> str:
    """Write places in one line, a shared beginning once: 陕西省咸阳市旬邑县、淳化县；西安市长安区.

    A place that contains another one of them is left out.
    """
    names = list(dict.fromkeys(place.names for place in places))
    groups: dict[tuple[str, ...], list[str]] = {}
    for own in names:
        if not any(other[: len(own)] == own for other in names if other != own):
            groups.setdefault(own[:-1], []).append(own[-1])
    said: list[str] = []
    before: tuple[str, ...] = ()
    for above, last in groups.items():
        pairs = zip(above, before, strict=False)
        shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        said.append("".join(above[shared:]) + "、".join(last))
        before = above
    return "；".join(said)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a region text, and how to mend it (Chinese).

    Slugs: malformed-region (no region can be read), unknown-place, renamed-place, short-place.
    """

    slug: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Province:
    """A province: 甘肃省, 甘肃, 甘, its customary stem, division code and tile (from 1, 1)."""

    name: str
    label: str
    abbreviation: str
    stem: str
    code: str
    column: int
    row: int


# Stems: customary spelling on maps in pinyin (陕西 shaanxi beside 山西 shanxi); codes: GB/T 2260.
# Tiles: an arrangement of cells of our own, no map.
PROVINCES = (
    Province("北京市", "北京", "京", "beijing", "110000", 6, 2),
    Province("天津市", "天津", "津", "tianjin", "120000", 6, 3),
    Province("河北省", "河北", "冀", "hebei", "130000", 5, 3),
    Province("山西省", "山西", "晋", "shanxi", "140000", 4, 3),
    Province("内蒙古自治区", "内蒙古", "蒙", "neimenggu", "150000", 5, 2),
    Province("辽宁省", "辽宁", "辽", "liaoning", "210000", 7, 3),
    Province("吉林省", "吉林", "吉", "jilin", "220000", 7, 2),
    Province("黑龙江省", "黑龙江", "黑", "heilongjiang", "230000", 7, 1),
    Province("上海市", "上海", "沪", "shanghai", "310000", 7, 5),
    Province("江苏省", "江苏", "苏", "jiangsu", "320000", 6, 5),
    Province("浙江省", "浙江", "浙", "zhejiang", "330000", 6, 6),
    Province("安徽省", "安徽", "皖", "anhui", "340000", 5, 5),
    Province("福建省", "福建", "闽", "fujian", "350000", 5, 7),
    Province("江西省", "江西", "赣", "jiangxi", "360000", 5, 6),
    Province("山东省", "山东", "鲁", "shandong", "370000", 5, 4),
    Province("河南省", "河南", "豫", "henan", "410000", 4, 4),
    Province("湖北省", "湖北", "鄂", "hubei", "420000", 4, 5),
    Province("湖南省", "湖南", "湘", "hunan", "430000", 4, 6),
    Province("广东省", "广东", "粤", "guangdong", "440000", 4, 7),
    Province("广西壮族自治区", "广西", "桂", "guangxi", "450000", 3, 7),
    Province("海南省", "海南", "琼", "hainan", "460000", 3, 8),
    Province("重庆市", "重庆", "渝", "chongqing", "500000", 3, 5),
    Province("四川省", "四川", "川", "sichuan", "510000", 2, 5),
    Province("贵州省", "贵州", "黔", "guizhou", "520000", 3, 6),
    Province("云南省", "云南", "滇", "yunnan", "530000", 2, 6),
    Province("西藏自治区", "西藏", "藏", "xizang", "540000", 1, 4),
    Province("陕西省", "陕西", "陕", "shaanxi", "610000", 3, 4),
    Province("甘肃省", "甘肃", "甘", "gansu", "620000", 2, 3),
    Province("青海省", "青海", "青", "qinghai", "630000", 2, 4),
    Province("宁夏回族自治区", "宁夏", "宁", "ningxia", "640000", 3, 3),
    Province("新疆维吾尔自治区", "新疆", "新", "xinjiang", "650000", 1, 3),
    Province("台湾省", "台湾", "台", "taiwan", "710000", 6, 7),
    Province("香港特别行政区", "香港", "港", "xianggang", "810000", 5, 8),
    Province("澳门特别行政区", "澳门", "澳", "aomen", "820000", 4, 8),
)

_EXAMPLE = "从省写起，各级用 / 隔开，如 甘肃省/定西市/陇西县"
# Rows of the official code tables between a province and its counties.
_FILLERS = re.compile(r"县|市辖区|(省|自治区)?直辖县(级行政区划)?")
_TOWNSHIP = re.compile(r".+(镇|乡|街道|街道办事处|苏木)")
_VILLAGE = re.compile(r".+(村|社区|嘎查|村委会|村民委员会|居委会|居民委员会)")
_COUNTY = ("县", "区", "旗")
_KIND = re.compile(r".{0,16}自治[州县旗]|地区|[林特]区|[市县区州盟旗]")


@dataclass(frozen=True, slots=True)
class _Divisions:
    """Today's places: codes by path, paths by code and by name, children of a path."""

    codes: Mapping[Path, str]
    paths: Mapping[str, Path]
    named: Mapping[str, tuple[Path, ...]]
    cities: Mapping[str, tuple[str, ...]]
    counties: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Old:
    """A path that exists no more: its last year and the code of its successor, or ""."""

    path: Path
    last: int
    code: str


def _load_provinces(name: str) -> Mapping[str, Any]:
    text = files("casegen").joinpath("data", name).read_text(encoding="utf-8")
    provinces: Mapping[str, Any] = json.loads(text)["provinces"]
    return provinces


@cache
def _load_divisions() -> _Divisions:
    """Return data/divisions.json: province -> [code, {city or "": [code, {county: code}]}]."""
    codes: dict[Path, str] = {}
    cities: dict[str, tuple[str, ...]] = {}
    counties: dict[tuple[str, str], tuple[str, ...]] = {}
    named: defaultdict[str, list[Path]] = defaultdict(list)
    for province, (code, below) in _load_provinces("divisions.json").items():
        codes[province, "", ""] = code
        cities[province] = tuple(city for city in below if city)
        for city, (city_code, inside) in below.items():
            counties[province, city] = tuple(inside)
            if city:
                codes[province, city, ""] = city_code
            codes.update({(province, city, county): of for county, of in inside.items()})
    for path in codes:
        named[path[2] or path[1] or path[0]].append(path)
    return _Divisions(
        MappingProxyType(codes),
        MappingProxyType({code: path for path, code in codes.items()}),
        MappingProxyType({name: tuple(paths) for name, paths in named.items()}),
        MappingProxyType(cities),
        MappingProxyType(counties),
    )


@cache
def _load_history() -> tuple[Mapping[Path, _Old], Mapping[tuple[str, str], tuple[_Old, ...]]]:
    """Return old places by path, and by province and name.

    data/division_history.json: province -> {"city" or "city/county": [last year, code or ""]}.
    """
    by_path: dict[Path, _Old] = {}
    by_name: defaultdict[tuple[str, str], list[_Old]] = defaultdict(list)
    for province, below in _load_provinces("division_history.json").items():
        for key, (last, code) in below.items():
            city, _, county = key.partition("/")
            old = _Old((province, city, county), last, code)
            by_path[old.path] = old
            by_name[province, county or city].append(old)
    names = {key: tuple(olds) for key, olds in by_name.items()}
    return MappingProxyType(by_path), MappingProxyType(names)


def list_regions() -> tuple[Region, ...]:
    """Return every province, city and county of the table of today's divisions."""
    return tuple(Region(*path) for path in _load_divisions().codes)


@cache
def list_names() -> frozenset[str]:
    """Return the name of every province, city and county of today and of the past."""
    return frozenset(_load_divisions().named) | {name for _, name in _load_history()[1]}


def find_province(name: str) -> Province | None:
    """Find a province by its full name (甘肃省) or its short one (甘肃); None if there is none."""
    return next((each for each in PROVINCES if name in {each.name, each.label}), None)


def list_paths() -> Iterable[Path]:
    """Return the path of every place of today, from provinces down to counties."""
    return _load_divisions().codes


def list_former_names() -> Iterable[tuple[str, Path]]:
    """Return each name of the past with the one place of today that it became."""
    table = _load_divisions()
    for (_, name), olds in _load_history()[1].items():
        now = {table.paths[old.code] for old in olds if old.code in table.paths}
        if len(now) == 1:
            yield name, now.pop()


def has_counties(path: Path) -> bool:
    """Return whether a province or city has counties below it."""
    table = _load_divisions()
    return bool(table.counties.get(path[:2]) or (not path[1] and table.cities[path[0]]))


def find_code(region: Region) -> str | None:
    """Return the six-digit code (GB/T 2260) of the deepest level known today; None if none is."""
    codes = _load_divisions().codes
    deep = (region.province, region.city, region.county)
    return codes.get(deep) or codes.get((*deep[:2], "")) or codes.get((deep[0], "", ""))


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
    olds = _load_history()[0]
    pair = (names[0], names[1]) if len(names) > 1 else ("", "")
    if old := olds.get((top, *pair)) if pair[0] else None:
        del names[:2]
        return *pair, [_make_renamed_fault(old)]
    now = _load_divisions().codes
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
    table, (olds, old_names) = _load_divisions(), _load_history()
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
    table = _load_divisions()
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


def _find_old_county(parent: Path, name: str) -> _Old | None:
    """Return the old county of that name in the province, if it became one place only.

    Names of districts are common, so a district must have become a part of the parent.
    """
    table = _load_divisions()
    olds = _load_history()[1].get((parent[0], name), ())
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
    return any(path[0] == top and path[2] for path in _load_divisions().named.get(name, ()))


def _find_gaps(region: Region) -> Iterable[Fault]:
    """Return a township whose county is left out although there are counties."""
    table = _load_divisions()
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
    old = _load_history()[0].get(path)
    return _load_divisions().paths.get(old.code, path) if old else path


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


def _make_renamed_fault(old: _Old) -> Fault:
    """Return a message that names only the county, unless another place has that name today."""
    _, city, county = old.path
    moved = county in _load_divisions().named
    name = _write_path(old.path) if moved else county or city
    if not old.code:
        message = f"「{name}」已撤销或改名（{old.last}年以后不再使用）"
        return Fault("renamed-place", message, "地区写今天的地名，正文可以保留旧名")
    now = _write_path(_load_divisions().paths[old.code])
    message = f"「{name}」是旧地名（用至{old.last}年），今为「{now}」"
    return Fault("renamed-place", message, f"地区写 {now}，正文可以保留旧名")


def _make_unknown_fault(parent: Path, name: str, siblings: Sequence[str]) -> Fault:
    """Return a hint with such a place in the province, or siblings that sound or look similar."""
    places = [path for path in _load_divisions().named.get(name, ()) if path[1] or path[2]]
    near = [path for path in places if path[0] == parent[0]]
    message = f"「{_write_path(parent)}」下没有「{name}」"
    if not near:
        alike = [each for each in siblings if make_stem(each) == make_stem(name)]
        if like := alike or get_close_matches(name, siblings, n=3, cutoff=0.5):
            return Fault("unknown-place", message, f"是否为「{'」「'.join(like)}」？")
    guesses = "、".join(_write_path(path) for path in (near or places)[:3])
    hint = f"是否为 {guesses}？" if guesses else "核对地名；若是新设的地方，可以保留"
    return Fault("unknown-place", message, hint)


def _guess_region(text: str) -> str:
    """Return a region text for names without slashes or without their province; "" for none."""
    (top, city, county), rest = _cut_start(re.sub(f"[^{HAN}]", "", text))
    table = _load_divisions()
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
        places = _load_divisions().named.get(text[:size], ())
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
