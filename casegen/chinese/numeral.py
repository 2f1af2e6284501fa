"""numeral: numbers as Chinese writes them (十四万六千三百, 1.2亿, 3至5万, 2+1万) -> exact decimals.

Secret: the grammar of numerals, scales and ranges, in Arabic, full-width, Chinese and mixed form.
Not here: units and qualifiers (quantity).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from casegen.chinese.characters import HAN

SCALES: Mapping[str, int] = MappingProxyType(
    {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
     "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
)  # fmt: skip
DIGITS = MappingProxyType({c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2})
_STEPS = MappingProxyType({"十": 10, "百": 100, "千": 1000})
_PLAIN = str.maketrans(
    "０１２３４５６７８９％．，＋－～／　\u00a0萬億餘馀兩貳叁參畝戶個條隻頭間項臺張噸擔雙棟盞場冊",
    "0123456789%.,+-~/  万亿余余两二三三亩户个条只头间项台张吨担双栋盏场册",
)
_FORMAL = str.maketrans("壹贰貳叁肆伍陆陸柒捌玖拾佰仟", "一二二三四五六六七八九十百千")
_FORMAL_RUN = re.compile("[壹贰叁三肆伍陆柒捌玖拾佰仟零万亿]{2,}|[壹贰肆伍陆柒捌玖](?=[万亿元])")

# More digits are a code, not a number; with fewer than 28, Decimal arithmetic is exact.
LONGEST = 15

_GROUPS = "[0-9]{1,3}(?:(?:,[0-9]{3}){1,9}|(?: [0-9]{3}){1,9})(?![0-9])"
_ARABIC = rf"(?:{_GROUPS}|[0-9]+)(?:\.[0-9]+)?"
CHINESE = "[零〇一二两三四五六七八九十百千万亿]{1,24}(?:点[零〇一二三四五六七八九]{1,9})?"
_SCALE = "(?:万亿|[十百千]?[万亿]|[百千])"
_ODD = "(?:[余多]|来(?!自))"
# One written number with its scale and the 余 or 多 inside it: 4万余, 800余万, 1亿2000万, 一百多.
AMOUNT = (
    rf"(?:{_ARABIC} ?{_ODD} ?{_SCALE}"
    rf"|{_ARABIC}(?: ?{_SCALE}(?:{_ARABIC}{_SCALE}){{0,3}})?(?: ?{_ODD})?"
    rf"|{CHINESE}{_ODD}?{_SCALE}?{_ODD}?)"
)
DASH = "(?:至|到|—{1,2}|–|-{1,2}|~|―|─)"
VAGUE = re.compile(
    "(?:数|几|好几|上|成)(?:十|百|千|万|亿)|十几|^(?:几|数|若干|半)|成百上千|十[多余来几][万亿]"
)
_PIECE = re.compile(rf"({_ARABIC})({_SCALE})?")
_ADJACENT = re.compile(
    "(?P<lead>十?)(?P<a>[一两二三四五六七八])(?P<b>[二三四五六七八九])"
    "(?P<step>[十百千])?(?P<tail>[余多]?[万亿]?[余多]?)"
)

# 2万+人次 means 2万余人次; 2+1万元 is a sum, 1+X a name.
_AND_MORE = re.compile(rf"(?<=[0-9千万亿])[+](?=[{HAN}])")


def fold_figures(text: str) -> str:
    """Return a text with each full-width, traditional or formal figure in its common form.

    Code points map one to one, so offsets into the result are offsets into `text`.
    """
    common = _AND_MORE.sub("余", text.translate(_PLAIN))
    return _FORMAL_RUN.sub(lambda m: m.group().translate(_FORMAL), common)


def read_chinese_number(text: str) -> Decimal | None:
    """Read a number in Chinese numerals (一百二十, 二〇二一, 三点五); None if the text is none."""
    whole, _, decimals = text.partition("点")
    value = _read_whole(whole) if whole else None
    if value is None or not decimals:
        return None if value is None else Decimal(value)
    return Decimal(f"{value}.{''.join(str(DIGITS[c]) for c in decimals)}")


def _read_whole(text: str) -> int | None:
    if text and all(c in DIGITS for c in text):
        # 二〇二一 is spelled digit by digit; 二三 and 三五 are ranges, no 23 and 35.
        spelled = len(text) == 1 or len(text) > 3 or "〇" in text or "零" in text
        return int("".join(str(DIGITS[c]) for c in text)) if spelled else None
    for mark, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.partition(mark)
        if found:
            high, low = _read_whole(head) if head else None, _read_tail(tail, size)
            return None if high is None or low is None else high * size + low
    return _read_below_wan(text)


def _read_tail(text: str, size: int) -> int | None:
    """Read what follows 亿 or 万; a lone digit counts the next lower step (三万五)."""
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text] * size // 10
    low = _read_whole(text.lstrip("零〇")) if text else 0
    return low if low is not None and low < size else None


def _read_below_wan(text: str) -> int | None:
    """Read a number under one 万 with falling steps; a last digit counts the next one (两千五)."""
    total, digit, step, zero = 0, None, 10**4, False
    for c in text:
        if c in _STEPS:
            bare_ten = digit is None and c == "十"
            if _STEPS[c] >= step or (digit is None and not bare_ten):
                return None
            total, step = total + (1 if digit is None else digit) * _STEPS[c], _STEPS[c]
            digit, zero = None, False
        elif c in "零〇":
            zero = True
        elif c in DIGITS and digit is None:
            digit = DIGITS[c]
        else:
            return None
    shifted = step // 10 if total and not zero else 1
    return total + (digit or 0) * shifted if total or digit is not None else None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number without its unit, as read: value × scale; `odd` is the 余 or 多 inside it, or ""."""

    value: Decimal
    scale: str
    odd: str

    @property
    def total(self) -> Decimal:
        """Return the value with its scale multiplied in: 3万 is 30000."""
        return self.value * SCALES.get(self.scale, 1)

    def rescale(self, scale: str) -> Decimal:
        """Return the same number counted in another scale."""
        return self.total / SCALES.get(scale, 1)


def read_amount(text: str) -> Amount | None:
    """Read one `AMOUNT` of a plain text; None where its figures make no number (十百)."""
    bare = text.replace(" ", "").replace(",", "")
    mark = re.search("[余多来]", bare)
    odd = "" if mark is None else mark.group().replace("来", "余")
    bare = re.sub("[余多来]", "", bare)
    if sum(c.isascii() for c in bare) > LONGEST:
        return None
    if re.fullmatch(f"{CHINESE}[万亿]{{0,2}}", bare):
        tail = re.search("(?<=.)(?:万亿|万|亿)$", bare)
        scale = tail.group() if tail else ""
        number = read_chinese_number(bare.removesuffix(scale) if "点" in bare else bare)
        if number is not None and "点" not in bare:
            number /= SCALES.get(scale, 1)
        if number is None and bare in SCALES:  # 万余人, 近千万元: the scale alone is the number
            number, scale = Decimal(1), bare
        return None if number is None else Amount(number, scale, odd)
    pieces = _PIECE.findall(bare)
    if not pieces or "".join(a + b for a, b in pieces) != bare:
        return None
    sizes = [SCALES.get(scale, 1) for _, scale in pieces]
    if sizes != sorted(set(sizes), reverse=True):
        return None
    total = sum((Decimal(n) * size for (n, _), size in zip(pieces, sizes, strict=True)), Decimal(0))
    last = pieces[-1][1] if pieces[-1][1] != "百" else ""
    return Amount(total / SCALES.get(last, 1), last, odd)


def read_ends(text: str) -> tuple[Amount, Amount] | None:
    """Read a written number as two ends in one scale, equal unless it is a range.

    Reads 3至5万 (the first shares the scale unless it is the greater), 二三十, 2+1万, or one
    `AMOUNT`; None where the figures make no number.
    """
    if "+" in text:
        total = _add_amounts(text.split("+"))
        return (total, total) if total else None
    if near := _ADJACENT.fullmatch(text):
        step, tail = near["step"] or "", near["tail"]
        text = f"{near['lead']}{near['a']}{step}至{near['lead']}{near['b']}{step}{tail}"
    low, *high = re.split(DASH, text)
    a = read_amount(low)
    b = read_amount(high[0]) if high else a
    if a is None or b is None or len(high) > 1:
        return None
    if not a.scale and a.value < b.value:
        a = Amount(a.value, b.scale, a.odd)
    # 5000至1万 counts its first end in ones; for 5至3万 the meaning is unknown.
    if a.total > b.total or a.total * 1000 < b.total:
        return None
    return Amount(a.rescale(b.scale), b.scale, a.odd), b


def _add_amounts(parts: list[str]) -> Amount | None:
    # Addends without a scale have that of the last one: 2+1万 is 3万.
    amounts = [read_amount(p) for p in parts]
    known = [a for a in amounts if a is not None]
    if len(known) < len(parts):
        return None
    last = known[-1]
    total = sum((a.rescale(last.scale) if a.scale else a.value for a in known), start=Decimal(0))
    return Amount(total, last.scale, next((a.odd for a in known if a.odd), ""))
