"""identity: numbers that belong to persons: identity cards, bank cards, mobile telephones.

Secret: their forms and check digits, and how they are masked.
Not here: the message about them (rules.privacy).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_SHOWN = 4  # the last digits stay
_LONG = re.compile(r"(?<![\dA-Za-z./_-])\d(?:[ -]?\d){14,18}[Xx]?(?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<![\dA-Za-z./_-])1[3-9]\d(?:[ -]?\d{4}){2}(?![\dA-Za-z])")
# GB 11643-1999: the weights of the first seventeen digits, and the check digit of each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_BANK = re.compile(r"(?:62|4|5[1-5]|35|9)\d+")  # UnionPay and the usual foreign brands


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a person in a text: what it is, whether its check digit is right."""

    kind: Literal["identity", "bank", "mobile"]
    start: int
    end: int
    valid: bool


def find_numbers(text: str) -> Iterator[Number]:
    """Yield each number of an identity, bank card or mobile phone in a text, in order."""
    taken: list[tuple[int, int]] = []
    found = []
    for match in _LONG.finditer(text):
        digits = re.sub("[ -]", "", match[0]).upper()
        if len(digits) == 18 and _is_birthday(digits[6:14]):
            found.append(Number("identity", *match.span(), valid=_has_right_check_digit(digits)))
        elif (
            digits.isdigit()
            and len(digits) >= 16
            and _BANK.fullmatch(digits)
            and _passes_luhn(digits)
        ):
            found.append(Number("bank", *match.span(), valid=True))
        else:
            continue
        taken.append(match.span())
    found += [
        Number("mobile", *match.span(), valid=True)
        for match in _MOBILE.finditer(text)
        if not any(start <= match.start() < end for start, end in taken)
    ]
    yield from sorted(found, key=lambda number: number.start)


def mask_numbers(text: str) -> str:
    """Return a text in which such numbers are stars, but for their last four digits."""
    if not re.search(r"\d{3}", text):
        return text
    parts: list[str] = []
    done = 0
    for number in find_numbers(text):
        parts += text[done : number.start], mask_number(text[number.start : number.end])
        done = number.end
    return "".join((*parts, text[done:]))


def mask_number(number: str) -> str:
    """Return a number as stars, but for its last four digits."""
    plain = re.sub("[ -]", "", number)
    return "*" * (len(plain) - _SHOWN) + plain[-_SHOWN:]


def _is_birthday(digits: str) -> bool:
    try:
        born = (
            dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
            if digits.isdigit()
            else None
        )
    except ValueError:
        return False
    return born is not None and 1890 <= born.year <= 2100


def _has_right_check_digit(digits: str) -> bool:
    if not digits[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == digits[17]


def _passes_luhn(digits: str) -> bool:
    """Return whether the check digit is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0
