"""quantity: "1.2亿元", "三成", "3至5万人次" as written <-> value, unit, qualifier.

Secret: the grammar of a written quantity: what comes before, between and after number and unit.
Not here: numbers (numeral), the table of units (units), a value shown again (showing), which
figures of a text are results (achievement), what may be added up (totals).

Values are exact: `Decimal` as written, `Fraction` in base units; nothing here is a float.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from casegen.chinese.characters import HAN
from casegen.chinese.nouns import find_counted_unit
from casegen.chinese.numeral import (
    AMOUNT,
    CHINESE,
    DASH,
    DIGITS,
    SCALES,
    VAGUE,
    Amount,
    fold_figures,
    read_chinese_number,
    read_ends,
)
from casegen.chinese.units import UNITS, Measure, find_unit, measure_ends, split_scale

LONGEST = 100  # characters of one quantity, its unit included


class Qualifier(StrEnum):
    """The normal form of the qualifiers of a figure.

    预计 and 累计 are no qualifiers of a value: the first says that nothing has happened yet, so
    `read_quantity` refuses it; the second names the way of counting, and it is passed over.
    """

    EXACT = "exact"
    ODD = "余"
    MORE = "多"
    ABOUT = "约"
    NEAR = "近"
    OVER = "超"
    AT_LEAST = "以上"
    AT_MOST = "以内"
    ONLY = "仅"


MORE_THAN = frozenset({Qualifier.ODD, Qualifier.MORE, Qualifier.OVER, Qualifier.AT_LEAST})
LESS_THAN = frozenset({Qualifier.NEAR, Qualifier.AT_MOST})

BEFORE: Mapping[str, Qualifier] = MappingProxyType(
    dict.fromkeys(("约为", "大约", "大概", "约"), Qualifier.ABOUT)
    | dict.fromkeys(("将近", "接近", "不到", "不足", "近"), Qualifier.NEAR)
    | dict.fromkeys(("超过", "突破", "高达", "多达", "超", "逾"), Qualifier.OVER)
    | dict.fromkeys(("不少于", "不低于", "至少"), Qualifier.AT_LEAST)
    | dict.fromkeys(("不超过", "不多于", "不高于", "至多", "最多"), Qualifier.AT_MOST)
    | dict.fromkeys(("仅有", "只有", "仅", "只"), Qualifier.ONLY)
    | dict.fromkeys(
        ("达到", "达", "总计", "共计", "合计", "累计", "总共", "共", "计"), Qualifier.EXACT
    )
    | dict.fromkeys(("已", "为", "至今", "先后"), Qualifier.EXACT)
)
AFTER: Mapping[str, Qualifier] = MappingProxyType(
    dict.fromkeys(("左右", "上下"), Qualifier.ABOUT)
    | dict.fromkeys(("及以上", "以上", "起"), Qualifier.AT_LEAST)
    | dict.fromkeys(("及以下", "以内", "以下", "之内"), Qualifier.AT_MOST)
    | {"多": Qualifier.MORE, "余": Qualifier.ODD}
)
FORECAST = ("预计", "预期", "预估", "力争", "计划", "目标", "将达", "有望", "拟")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: `low` to `high` in `unit`, the unit with its scale as written (万元)."""

    low: Decimal
    high: Decimal
    unit: str
    qualifier: Qualifier
    as_written: str

    @property
    def is_range(self) -> bool:
        """Whether two ends were written (3至5万元)."""
        return self.low != self.high


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is no quantity, and how to mend it (Chinese)."""

    reason: str
    hint: str


def convert_to_base(quantity: Quantity, dimension: str | None = None) -> Measure:
    """Convert a quantity to the base unit of its dimension.

    亩 is land unless `dimension` is area_built; the counters of events (场, 届, 批次) stay apart
    unless `dimension` is events, where each counts as one 次. A unit that the table lacks keeps
    its name, less its scale.
    """
    return measure_ends(quantity.low, quantity.high, quantity.unit, dimension)


def are_akin(a: Qualifier, b: Qualifier) -> bool:
    """Return whether editors may write one for the other.

    余 and 多, 超 and 以上 (docs/handbook).
    """
    kin = (
        {Qualifier.ODD, Qualifier.MORE},
        {Qualifier.OVER, Qualifier.AT_LEAST},
        {Qualifier.EXACT, Qualifier.ONLY},
    )
    return a == b or any(a in group and b in group for group in kin)


def merge_qualifiers(*qualifiers: Qualifier) -> Qualifier:
    """Return, of the qualifiers around one number, the first that changes its meaning."""
    return next((q for q in qualifiers if q is not Qualifier.EXACT), Qualifier.EXACT)


_WORDS_BEFORE = "|".join(sorted(BEFORE, key=len, reverse=True))
_WORDS_AFTER = "|".join(sorted(AFTER, key=len, reverse=True))
_PER = "每(?:人|户|亩|斤|公斤|月|年|天|名学生|学期|学年|户每年|生)|人均|户均|亩均|一[亩斤]"
_READ = re.compile(
    rf"(?P<pre>(?:{_WORDS_BEFORE})*+)(?P<per>(?:{_PER}){{0,3}})(?P<mid>(?:{_WORDS_BEFORE})*+)"
    rf"(?P<low>{AMOUNT})(?:(?P<early>[^\d+]*?)(?:{DASH}(?P<high>{AMOUNT})))?"
    rf"(?P<plus>(?:\+{AMOUNT}){{0,5}})(?P<unit>.*?)(?P<post>{_WORDS_AFTER})?"
)
_SHARE = re.compile(
    rf"(?P<pre>(?:{_WORDS_BEFORE})*+)(?:(?P<hundred>[百千])分之(?P<low>{AMOUNT})"
    rf"(?:{DASH}(?:百分之)?(?P<high>{AMOUNT}))?|(?P<whole>[二三四五六七八九十百]+)分之"
    rf"(?P<part>[一二两三四五六七八九十]+))(?P<post>{_WORDS_AFTER})?"
)
_TENTHS = re.compile(
    "(?P<pre>.*?)(?P<a>[一二两三四五六七八九])成(?P<b>[一二三四五六七八九半])(?P<post>.*)"
)
_LETTER = re.compile(rf"(?<![\d.])(\d++(?:\.\d++)?)([kKwW])(?=[{HAN}])")  # 2.3k人, 30w元
_HALF = re.compile("(?<=[公里亩斤吨米年天时])半$")
_UNIT = f"[A-Za-z²³㎡%‰][A-Za-z²³㎡%‰·/{HAN}]*|(?!至|到)[{HAN}][{HAN}·/（）()]*"
_TOO_LONG = Unreadable("太长，不像一个数量", "只写数字和计量单位，如 200万元；说明写到备注里")
_NO_UNIT = Unreadable("缺少计量单位", "在数字后写上计量单位，如 200万元、460人次")
_NO_NUMBER = Unreadable("没有读到数字", "写一个数字和计量单位，如 83.5万元、460余人次、3至5万元")
_CURRENCIES = MappingProxyType(
    dict.fromkeys(("￥", "¥", "rmb", "cny", "rmb¥", "rmb￥", "人民币", "人民币￥", "人民币¥"), "元")
    | dict.fromkeys(("$", "us$", "usd", "＄"), "美元")
    | dict.fromkeys(("hk$", "hkd"), "港元")
    | {"€": "欧元", "eur": "欧元", "£": "英镑", "gbp": "英镑"}
)
_SIGN = re.compile(
    "|".join(map(re.escape, sorted(_CURRENCIES, key=len, reverse=True))), re.IGNORECASE
)
_RMB = re.compile(r"\d[万亿余多]{0,2}(?:元?人民币|rmb|cny|usd)\Z", re.IGNORECASE)
_VAGUE = Unreadable("没有确定的数", "“数十”“几万”“上百”无法相加，请写出数字，或从指标中删去")
_PAIR = Unreadable("一条里有两个数量", "拆成两条指标，如 4户 与 15人 各写一条")
_DOUBLE = Unreadable("“万”字写了两遍", "对照原稿，删去多写的一个“万”")
_FUTURE = Unreadable("这是预计的数，还不是成效", "等做到了再写成指标")


def read_quantity(text: str, unit: str | None = None) -> Quantity | Unreadable:
    """Read one quantity as an editor writes it; `unit` where the number stands without one."""
    written = text.strip()
    bare = fold_figures(written).replace(" ", "").rstrip("。;；,、.")
    bare = re.sub("元整$", "元", bare)
    if unit:
        bare = _append_unit(bare, fold_figures(unit).strip())
    if fault := _explain_no_outcome(bare):
        return fault
    if half := _TENTHS.fullmatch(bare):
        tail = "5" if half["b"] == "半" else str(DIGITS[half["b"]])
        bare = f"{half['pre']}{DIGITS[half['a']]}.{tail}成{half['post']}"
    if _HALF.search(bare):
        return _read_half(bare, written)
    shown = written if not unit or unit in written else written + unit
    if share := _SHARE.fullmatch(bare):
        return _read_share(share, shown)
    if VAGUE.search(re.sub(f"^(?:{_WORDS_BEFORE})++", "", bare)) and not re.search(r"\d", bare):
        return _VAGUE
    match = _READ.fullmatch(bare)
    return _read_match(match, shown) if match else _explain_unread(bare)


def _explain_no_outcome(bare: str) -> Unreadable | None:
    if len(bare) > LONGEST:
        return _TOO_LONG
    if bare.startswith(FORECAST):
        return _FUTURE
    if short := _LETTER.search(bare):
        meant = f"{Decimal(short[1]) * 1000:f}" if short[2] in "kK" else f"{short[1]}万"
        said = bare[: short.start()] + re.sub(r"\.0*$", "", meant) + bare[short.end() :]
        return Unreadable(f"“{short[2]}”不是中文的写法", f"写成 {said}")
    if _RMB.search(bare) and (sign := _explain_foreign_sign(bare)):
        return sign
    return _DOUBLE if "万万" in bare else None


def _read_half(bare: str, written: str) -> Quantity | Unreadable:
    """Read 三公里半: half of the unit is added."""
    whole = read_quantity(bare.removesuffix("半"))
    if isinstance(whole, Unreadable) or split_scale(whole.unit)[0]:
        return whole
    half = Decimal("0.5")
    return replace(whole, low=whole.low + half, high=whole.high + half, as_written=written)


def _append_unit(bare: str, unit: str) -> str:
    if bare.endswith(unit) or re.search(f"{re.escape(unit)}(?:{_WORDS_AFTER})$", bare):
        return bare
    after = re.search(f"(?:{_WORDS_AFTER})$", bare)
    if after and len(after.group()) > 1:
        return bare[: after.start()] + unit + after.group()
    return bare + unit


def _read_share(match: re.Match[str], written: str) -> Quantity | Unreadable:
    qualifier = merge_qualifiers(
        BEFORE.get(match["pre"], Qualifier.EXACT), AFTER.get(match["post"] or "", Qualifier.EXACT)
    )
    if match["whole"]:
        part = read_chinese_number(match["part"])
        if part is None:
            return _NO_NUMBER
        return Quantity(part, part, f"{match['whole']}分之一", qualifier, written)
    both = read_ends(match["low"] + (f"至{match['high']}" if match["high"] else ""))
    if both is None:
        return _NO_NUMBER
    unit = "%" if match["hundred"] == "百" else "‰"
    low, high = both
    return Quantity(
        low.total, high.total, unit, merge_qualifiers(qualifier, _qualify_odd(low)), written
    )


def _read_match(match: re.Match[str], written: str) -> Quantity | Unreadable:
    unit = match["unit"]
    if re.search(rf"[{HAN}%] ?\d|(?:{CHINESE})[户人亩元]", unit):
        return _PAIR
    text = match["low"] + match["plus"]
    if match["high"]:
        text = f"{match['low']}{_find_early_scale(match['early'], unit)}至{match['high']}"
    both = read_ends(text)
    if both is None:
        return _NO_NUMBER
    low_end, high_end = both
    post = match["post"] or ""
    if not unit and post in UNITS:
        unit, post = post, ""
    unit = _write_per_unit(match["per"], _cut_noun(unit))
    if not unit:
        return _NO_UNIT
    if not re.fullmatch(_UNIT, unit):
        return _NO_NUMBER
    if low_end.scale:
        unit = low_end.scale + unit
    if match["low"] in SCALES and low_end.value == 1 and not match["pre"]:
        return _NO_NUMBER
    qualifier = merge_qualifiers(
        _find_qualifier_before(match["pre"]),
        _find_qualifier_before(match["mid"]),
        _qualify_odd(high_end),
        _qualify_odd(low_end),
        AFTER.get(post, Qualifier.EXACT),
    )
    return Quantity(low_end.value, high_end.value, unit, qualifier, written)


def _find_early_scale(early: str | None, unit: str) -> str:
    """Return the scale of a range's first end, whose unit may be written twice (3万元至5万元)."""
    return (early or "").removesuffix(unit)


def _cut_noun(unit: str) -> str:
    """Return the unit without a noun after it (100名学生) and a remark (200元（含税）).

    The noun decides what 个, 名 and 家 count: 150家农户 are 户, 3个残疾人 are 人.
    """
    if find_unit(unit):
        return unit
    unit = re.sub(r"[(（].{0,99}[)）]$", "", unit)
    for size in range(len(unit) - 2, 0, -1):
        if known := find_unit(unit[:size]):
            counted = find_counted_unit(unit[size - 1], unit[size:])
            scale, _ = split_scale(unit[:size])
            return scale + counted if counted not in {"", known.base} else unit[:size]
    return unit


def _qualify_odd(amount: Amount) -> Qualifier:
    return Qualifier(amount.odd) if amount.odd else Qualifier.EXACT


def _find_qualifier_before(words: str) -> Qualifier:
    found = [BEFORE[w] for w in re.findall(_WORDS_BEFORE, words)]
    return merge_qualifiers(*found)


def _write_per_unit(per: str, unit: str) -> str:
    """Return the unit of 每人每月600元, 600元/人·月 and 600元每人每月: 元/人·月."""
    money, _, tail = unit.partition("每")
    owners = re.findall(
        "每(?:名)?(人|户|亩|斤|公斤|月|年|天|学生|学期|学年|生)|(人|户|亩)均|一([亩斤])", per
    )
    names = ["".join(o) for o in owners]
    if tail:
        names += tail.split("每")
        unit = money
    return f"{unit}/{'·'.join(names)}" if names and unit else unit


def _explain_unread(bare: str) -> Unreadable:
    if not bare:
        return Unreadable("没有写数值", _NO_NUMBER.hint)
    if re.match("-", bare):
        return Unreadable("负数不能作指标", "写明减少了多少，如 名称写“减少”，数值写 5%")
    if sign := _explain_foreign_sign(bare):
        return sign
    if re.match(f"(?:{_WORDS_BEFORE})*+(?:余|多)[^\\d]", bare) or re.search(
        r"[^\d]余(?:[万千]|亩|元|人)", bare
    ):
        return Unreadable("数字缺失", "“余”前应有数字，请对照原稿补上")
    return _explain_words_before(bare)


def _explain_foreign_sign(bare: str) -> Unreadable | None:
    """Read ￥30万余元, 人均￥300, 30万RMB: a sign of money in place of the unit."""
    found = _SIGN.search(bare)
    if not found:
        return None
    money = _CURRENCIES[found[0].lower()]
    said = bare[: found.start()] + bare[found.end() :]
    said += "" if said.endswith(("元", "镑")) else money
    if not isinstance(read_quantity(said), Quantity):
        return None
    where = "后面" if found.end() == len(bare) else "前面"
    return Unreadable(f"数字{where}的“{found[0]}”读不懂", f"写成 {said}")


def _explain_words_before(bare: str) -> Unreadable:
    """Return what is wrong with the words before a number, which would otherwise be ignored."""
    begin = re.search(r"\d", bare)
    at = begin.start() if begin else 0
    ahead, rest = bare[:at], bare[at:]
    if word := next((word for word in BEFORE if word and ahead.endswith(word)), ""):
        ahead, rest = ahead.removesuffix(word), word + rest
    if not ahead or not isinstance(read_quantity(rest), Quantity):
        return _NO_NUMBER
    return Unreadable(f"数字前面的“{ahead}”读不懂", f"写成 {rest}，“{ahead}”写到名称或备注里")
