"""units: which units there are, and how one is converted into another.

Secret: the table of units with their dimensions and factors, and how a unit holds a scale (万).
Not here: numbers and the text around them (quantity), which units an indicator takes (collection).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from casegen.chinese.numeral import SCALES, read_chinese_number

MEMORY = 1 << 16  # figures recur: a collection's totals ask for each of them many times


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit without scale: `factor` base units make one of it."""

    dimension: str
    base: str
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Measure:
    """A quantity in base units."""

    low: Fraction
    high: Fraction
    unit: str


# Dimension, base unit, written unit -> factor. With an empty base, each unit is its own base:
# 只 cannot be converted into 头, nor 套 into 件. Factors: docs/handbook
# (the market units of 1959: 斤 = 500 克).
_TABLE: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("money", "元", {"元": "1", "块": "1", "块钱": "1", "元人民币": "1", "角": "1/10"}),
    ("area_land", "亩", {"亩": "1", "亩地": "1", "公顷": "15", "分地": "1/10",
                         "平方公里": "1500", "平方千米": "1500"}),
    ("area_built", "平方米", {"平方米": "1", "平米": "1", "平方": "1", "㎡": "1", "m²": "1"}),
    ("length", "米", {"米": "1", "m": "1", "延米": "1", "里": "500", "里路": "500",
                      "华里": "500", "公里": "1000", "千米": "1000", "km": "1000"}),
    ("mass", "公斤", {"两": "1/20", "克": "1/1000", "斤": "1/2", "市斤": "1/2", "公斤": "1",
                      "千克": "1", "kg": "1", "担": "50", "吨": "1000", "t": "1000"}),
    ("volume", "立方米", {"立方米": "1", "立方": "1", "方": "1", "m³": "1", "升": "1/1000"}),
    ("power", "千瓦", {"千瓦": "1", "瓦": "1/1000", "兆瓦": "1000", "kW": "1", "kw": "1",
                       "KW": "1", "MW": "1000", "mw": "1000"}),
    ("energy", "千瓦时", {"千瓦时": "1", "度电": "1", "度": "1"}),
    ("people", "人", {"人": "1", "名": "1", "位": "1", "个人": "1", "口人": "1"}),
    ("person_times", "人次", {"人次": "1", "次人": "1", "人(次)": "1", "人（次）": "1"}),
    ("households", "户", {"户": "1", "农户": "1"}),
    ("events", "", dict.fromkeys(
        ("次", "场", "期", "届", "批", "批次", "轮", "节", "场次", "期次", "堂", "趟", "回", "节课",
         "班次"), "1")),
    ("livestock", "", dict.fromkeys(("只", "头", "羽", "匹", "箱", "尾", "峰"), "1")),
    ("count", "个", {"个": "1", "家": "1", "村": "1", "镇": "1", "乡": "1", "县": "1",
                     "个村": "1"}),
    ("count", "", dict.fromkeys(
        ("枚", "套", "件", "本", "册", "份", "台", "张", "袋", "桶", "棵", "株", "台套", "件套",
         "部", "辆", "把", "盒", "瓶", "包", "副", "支", "幅", "篇", "盆", "架", "双", "床", "盘",
         "座", "盏", "处", "栋", "幢", "间", "所", "条", "口", "眼", "块", "孔", "根", "艘", "组",
         "项", "种", "类", "门", "支队伍", "款", "宗", "例", "对", "则", "个品种", "单", "笔", "起",
         "杆", "棚", "罐", "顶", "窝", "捆", "桩", "学时", "课时", "亩次", "户次", "车次", "车",
         "台次", "例次", "床次",
         "层", "面", "颗", "粒", "苗", "畦"), "1")),
    ("rate", "%", {"%": "1", "‰": "1/10", "成": "10"}),
    ("points", "百分点", {"百分点": "1", "个百分点": "1"}),
    ("ratio", "倍", {"倍": "1"}),
    ("time", "", dict.fromkeys(
        ("年", "个月", "月", "天", "日", "周", "星期", "个星期", "小时", "个小时", "分钟", "季度",
         "个季度", "岁", "年间", "个工作日", "秒", "个多月", "个半月", "个多星期", "个多小时",
         "个半小时", "个学期", "年多", "天多"), "1")),
)  # fmt: skip
UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        written: Unit(dimension, base or written, Fraction(factor))
        for dimension, base, units in _TABLE
        for written, factor in units.items()
    }
)
# 15 亩 are a hectare (国务院, 1959). Buildings measured in 亩 become 平方米 (docs/handbook).
SQUARE_METRES_PER_MU = Fraction(2000, 3)
_LONG_SCALES = tuple(sorted(SCALES, key=len, reverse=True))


@lru_cache(MEMORY)
def find_unit(written: str) -> Unit | None:
    """Look a unit up, its scale multiplied into the factor (万人次); None if it is not known."""
    if written in UNITS:
        return UNITS[written]
    if part := re.fullmatch("([二三四五六七八九十百]+)分之一", written):
        whole = read_chinese_number(part.group(1))
        return Unit("rate", "%", Fraction(100) / Fraction(whole)) if whole else None
    scale, core = split_scale(written)
    if unit := UNITS.get(core) or UNITS.get(core.removeprefix("个")):
        return Unit(unit.dimension, unit.base, unit.factor * SCALES.get(scale, 1))
    top, slash, per = written.partition("/")
    if slash and per and (unit := find_unit(top)):
        below = UNITS.get(per)
        # Prices by weight, area or length can be compared; others, by 月 or 人, stay as they are.
        if below and below.dimension in {"mass", "area_land", "area_built", "length"}:
            return Unit("unit_price", f"{unit.base}/{below.base}", unit.factor / below.factor)
        return Unit("unit_price", f"{unit.base}/{per}", unit.factor)
    return None


@lru_cache(MEMORY)
def measure_ends(
    low: Decimal, high: Decimal, written: str, dimension: str | None = None
) -> Measure:
    """Convert two ends with a unit to base units, as `convert_to_base` does for a quantity."""
    unit = find_unit(written)
    if unit is None:
        scale, core = split_scale(written)
        unit = Unit("", core, Fraction(SCALES.get(scale, 1)))
    name, factor = unit.base, unit.factor
    if dimension == "area_built" and unit.dimension == "area_land":
        name, factor = "平方米", factor * SQUARE_METRES_PER_MU
    elif dimension == "events" and unit.dimension == "events":
        name = "次"
    return Measure(Fraction(low) * factor, Fraction(high) * factor, name)


@lru_cache(MEMORY)
def find_dimension(written: str) -> str:
    """Return the dimension of a unit as written; "" if it is not known."""
    unit = find_unit(written)
    return unit.dimension if unit else ""


@lru_cache(MEMORY)
def split_scale(written: str) -> tuple[str, str]:
    """Split a unit as written into scale and counter: 万人次 is 万, 人次; 千克 has no scale."""
    for scale in _LONG_SCALES:
        if written.startswith(scale) and written not in UNITS and len(written) > len(scale):
            return scale, written.removeprefix(scale)
    return "", written
