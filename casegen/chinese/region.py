"""region: administrative divisions, their history, the provinces and their place on the page.

Secret: which county lies in which city and province, and which places of today old names mean.
Not here: reading a region as a case writes it (region_reading), which cases lie where (collection),
addresses of region pages (editions.site).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import takewhile
from types import MappingProxyType
from typing import Any, TypeAlias

# The peoples in the names of autonomous places (GB/T 3304-1991), without 族, as a pattern.
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|"
    "水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|"
    "乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
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


def keep_innermost(places: Iterable[Region]) -> list[Region]:
    """Return the places without those that contain another one of them, each once."""
    every = list(dict.fromkeys(places))
    names = {place.names for place in every}
    above = {own[:level] for own in names for level in range(len(own))}
    return [place for place in every if place.names not in above]


def join_places(places: Iterable[Region]) -> str:
    """Write places in one line, a shared beginning once: 陕西省咸阳市旬邑县、淳化县；西安市长安区.

    A place that contains another one of them is left out.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for own in dict.fromkeys(place.names for place in keep_innermost(places)):
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


@dataclass(frozen=True, slots=True)
class _Divisions:
    """Today's places: codes by path, paths by code and by name, children of a path."""

    codes: Mapping[Path, str]
    paths: Mapping[str, Path]
    named: Mapping[str, tuple[Path, ...]]
    cities: Mapping[str, tuple[str, ...]]
    counties: Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OldPlace:
    """A path that exists no more: its last year and the code of its successor, or ""."""

    path: Path
    last: int
    code: str


def _load_provinces(name: str) -> Mapping[str, Any]:
    text = files("casegen").joinpath("data", name).read_text(encoding="utf-8")
    provinces: Mapping[str, Any] = json.loads(text)["provinces"]
    return provinces


@cache
def load_divisions() -> _Divisions:
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
def load_history() -> tuple[
    Mapping[Path, OldPlace], Mapping[tuple[str, str], tuple[OldPlace, ...]]
]:
    """Return old places by path, and by province and name.

    data/division_history.json: province -> {"city" or "city/county": [last year, code or ""]}.
    """
    by_path: dict[Path, OldPlace] = {}
    by_name: defaultdict[tuple[str, str], list[OldPlace]] = defaultdict(list)
    for province, below in _load_provinces("division_history.json").items():
        for key, (last, code) in below.items():
            city, _, county = key.partition("/")
            old = OldPlace((province, city, county), last, code)
            by_path[old.path] = old
            by_name[province, county or city].append(old)
    names = {key: tuple(olds) for key, olds in by_name.items()}
    return MappingProxyType(by_path), MappingProxyType(names)


def list_regions() -> tuple[Region, ...]:
    """Return every province, city and county of the table of today's divisions."""
    return tuple(Region(*path) for path in load_divisions().codes)


@cache
def list_names() -> frozenset[str]:
    """Return the name of every province, city and county of today and of the past."""
    return frozenset(load_divisions().named) | {name for _, name in load_history()[1]}


def find_province(name: str) -> Province | None:
    """Find a province by its full name (甘肃省) or its short one (甘肃); None if there is none."""
    return next((each for each in PROVINCES if name in {each.name, each.label}), None)


def list_paths() -> Iterable[Path]:
    """Return the path of every place of today, from provinces down to counties."""
    return load_divisions().codes


def list_former_names() -> Iterable[tuple[str, Path]]:
    """Return each name of the past with the one place of today that it became."""
    table = load_divisions()
    for (_, name), olds in load_history()[1].items():
        now = {table.paths[old.code] for old in olds if old.code in table.paths}
        if len(now) == 1:
            yield name, now.pop()


def has_counties(path: Path) -> bool:
    """Return whether a province or city has counties below it."""
    table = load_divisions()
    return bool(table.counties.get(path[:2]) or (not path[1] and table.cities[path[0]]))


def find_code(region: Region) -> str | None:
    """Return the six-digit code (GB/T 2260) of the deepest level known today; None if none is."""
    codes = load_divisions().codes
    deep = (region.province, region.city, region.county)
    return codes.get(deep) or codes.get((*deep[:2], "")) or codes.get((deep[0], "", ""))
