"""showing: a calculated value as readers see it, never more exact than it is.

Secret: how values are scaled and rounded, and when rounding makes a figure 约.
Not here: reading quantities and their units (quantity); files hold exact values.

Whole numbers are written in full; amounts of money in 万元 or 亿元 with at most four significant
digits, other values with at most two decimals. A lower bound is rounded down, an upper bound is
rounded up, and an exact value that had to be rounded gets 约.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from casegen.chinese.numeral import SCALES
from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Qualifier

_DIGITS = 4  # significant ones, of amounts of money
_DECIMALS = 2  # of everything else
_PLAIN = frozenset({Qualifier.EXACT, Qualifier.ONLY})


@dataclass(frozen=True, slots=True)
class Shown:
    """A value for display: digits, the unit with its scale, and its qualifier or ""."""

    number: str
    unit: str
    qualifier: str = ""


def show_value(value: Fraction, unit: str, qualifier: Qualifier = Qualifier.EXACT) -> Shown:
    """Write a value that is in base units: money takes 万 from 1万元 and 亿 from 1亿元 on."""
    return show_range(value, value, unit, qualifier)


def show_range(
    low: Fraction, high: Fraction, unit: str, qualifier: Qualifier = Qualifier.EXACT
) -> Shown:
    """Write a range that is in base units, both ends in the scale of the upper one: 3至5 万元."""
    scale = _choose_scale(high, unit)
    size = SCALES.get(scale, 1)
    both = (low, high) if low != high else (low,)
    ends = [_round_value(end / size, unit, qualifier) for end in both]
    exact = [end * size for end in ends] == list(both)
    word = "" if qualifier in _PLAIN else str(qualifier)
    if not exact and not word:
        word = str(Qualifier.ABOUT)
    # Ends that round to one number are one: 12.712至12.714亿 is 约12.71亿, not 12.71至12.71亿.
    return Shown("至".join(map(write_decimal, dict.fromkeys(ends))), scale + unit, word)


def write_decimal(value: Fraction) -> str:
    """Write a finite decimal in full, without an exponent."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{number.normalize():f}"


def round_to_four_digits(value: Fraction) -> Decimal:
    """Round a value half up to four significant digits."""
    return Decimal(write_decimal(_round_to_digits(value, round_half_up)))


def _choose_scale(value: Fraction, unit: str) -> str:
    if not unit.endswith("元") or "/" in unit:
        return ""
    rounded = _round_to_digits(value, round_half_up)
    return "亿" if rounded >= SCALES["亿"] else "万" if rounded >= SCALES["万"] else ""


def _round_value(value: Fraction, unit: str, qualifier: Qualifier) -> Fraction:
    towards: Callable[[Fraction], int] = round_half_up
    if qualifier in MORE_THAN:
        towards = floor
    elif qualifier in LESS_THAN:
        towards = ceil
    if unit.endswith("元") and "/" not in unit:
        return _round_to_digits(value, towards)
    if value.denominator == 1 or (0 < abs(value) < Fraction(1, 10)):
        return value if value.denominator == 1 else _round_to_digits(value, towards)
    return Fraction(towards(value * 10**_DECIMALS), 10**_DECIMALS)


def _round_to_digits(value: Fraction, towards: Callable[[Fraction], int]) -> Fraction:
    """Return the value with at most four significant digits, its whole part in full below 1万."""
    places = 0
    while value and abs(value) * Fraction(10) ** places < 10 ** (_DIGITS - 1):
        places += 1
    while abs(value) * Fraction(10) ** places >= 10**_DIGITS:
        places -= 1
    step = Fraction(10) ** places
    return Fraction(towards(value * step)) / step


def round_half_up(value: Fraction) -> int:
    """Return the nearest whole number; of two that are as near, the upper one."""
    return floor(value + Fraction(1, 2))


def make_plain_number(value: Fraction) -> int | float:
    """Return a number for JSON: an int where it is whole, else a float."""
    return int(value) if value.denominator == 1 else float(value)
