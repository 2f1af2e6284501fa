"""dates: a day, or a month of which the day is not known.

Secret: how people write a day, and what they mean by it; that a month without a day is its own
first day wherever dates are put in order, and the month wherever one is written.
Not here: the accepted spellings of other kinds (kinds), the words of a language (themes).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from casegen.chinese.numeral import read_chinese_number

_MARK = r"\s{0,9}[-/.年—–_、,]\s{0,9}"
_DAY = re.compile(
    rf"([0-9]{{4}}){_MARK}([0-9]{{1,2}})\s{{0,9}}[-/.月—–_、,]\s{{0,9}}([0-9]{{1,2}})(?![0-9])\s{{0,9}}[日号]?"
)
_DIGITS = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?![0-9])")
_MONTH = re.compile(rf"([0-9]{{4}}){_MARK}([0-9]{{1,2}})(?![0-9])\s{{0,9}}月?")
_TIME = re.compile(
    r"[T ,]?\s{0,9}(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?[\s:0-9时分秒上下午Z.+]*"
)
_PART = re.compile("份|[上中下]旬|[初中末底]")
_YEAR = re.compile("([零〇一二三四五六七八九]{4})(?=年)")
_NUMERAL = re.compile("([一二三四五六七八九十]{1,3})(?=[月日号])")
_FORM = "写年-月-日，如 2023-11-05"
_SHORT = re.compile(
    r"([0-9]{2})\s{0,9}[-/.年]\s{0,9}([0-9]{1,2})\s{0,9}[-/.月]\s{0,9}([0-9]{1,2})[日号]?"
)
_LAST = re.compile(r"([0-9]{1,2})\s{0,9}[-/.]\s{0,9}([0-9]{1,2})\s{0,9}[-/.]\s{0,9}([0-9]{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    r"(?:(?P<d1>[0-9]{1,2})(?:st|nd|rd|th)?[ ,-]{1,3})?(?P<month>[a-z]{3,9})\.?[ ,-]{1,3}"
    r"(?:(?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?[ ,-]{1,3})?(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_SERIAL = re.compile("[34][0-9]{4}")  # what Excel keeps of a day: 44810
_SIGNS = "零〇一二三四五六七八九"


class Month(dt.date):
    """A month without a day; its value is the first day of the month."""

    __slots__ = ()

    def isoformat(self) -> str:
        """Return year and month as ISO 8601 writes them: 2023-05."""
        return f"{self.year:04}-{self.month:02}"

    __str__ = isoformat


def write_long(date: dt.date, words: Mapping[str, str]) -> str:
    """Write a date in full as a theme's language does; `words` hold its order and its months."""
    month = words["date.months"].split(" ")[date.month - 1]
    form = words["date.month"] if isinstance(date, Month) else words["date.long"]
    return form.format(year=date.year, month=month, day=date.day)


def propose_date(text: str, *, months: bool) -> tuple[str, str]:
    """Say what is wrong with a text that is no date as it must be written, and how to mend it.

    Both are Chinese. `months`: a month without a day is lawful too.
    """
    plain = unicodedata.normalize("NFKC", text.strip())
    plain = _YEAR.sub(lambda found: "".join(_digit(sign) for sign in found[1]), plain)
    plain = _NUMERAL.sub(lambda found: str(read_chinese_number(found[1]) or found[1]), plain)
    wrong = f"日期“{text}”的写法不对"
    if found := _DAY.match(plain) or _DIGITS.match(plain):
        year, month, day = (int(part) for part in found.groups())
        rest = plain[found.end() :]
        written = f"写成 {year:04}-{month:02}-{day:02}"
        if rest and not _TIME.fullmatch(rest):
            wrong, written = f"日期“{text}”不止是一天", f"只写一天：{written}"
        return _impossible(text, year, month, day) or (wrong, written)
    if found := _MONTH.match(plain):
        year, month = int(found[1]), int(found[2])
        rest = plain[found.end() :]
        if not months:
            wrong = f"日期“{text}”没有日子"
            written = f"写年-月-日，如 {year:04}-{month:02}-05"
        elif not rest or _PART.fullmatch(rest):
            written = f"写成 {year:04}-{month:02}"
        else:
            written = _FORM
        return _impossible(text, year, month, 1) or (wrong, written)
    if re.fullmatch("[0-9]{4}年?", plain):
        written = f"至少写到月，如 {plain[:4]}-11" if months else f"写到日，如 {plain[:4]}-11-05"
        return f"日期“{text}”只有年份", written
    return _propose_foreign(text, plain) or (wrong, _FORM)


def _propose_foreign(text: str, plain: str) -> tuple[str, str] | None:
    """Say how to write a day that is no Chinese date in full: 22/09/06, 9/16/2022, 44810."""
    if found := _SHORT.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
        year += 2000 if year < 50 else 1900
        wrong = f"日期“{text}”的年份要写四位"
        return _impossible(text, year, month, day) or (wrong, _written(year, month, day))
    if found := _LAST.fullmatch(plain):
        one, two, year = (int(part) for part in found.groups())
        if one <= 12 and two <= 12 and one != two:
            either = f"{_written(year, one, two)}，或 {year:04}-{two:02}-{one:02}"
            return f"日期“{text}”分不清哪个是月、哪个是日", either
        month, day = (one, two) if one <= 12 else (two, one)
        return _impossible(text, year, month, day) or (
            f"日期“{text}”的写法不对", _written(year, month, day)
        )  # fmt: skip
    found = _ENGLISH.fullmatch(plain)
    if found and found["month"][:3].lower() in _MONTHS:
        year, month = int(found["year"]), _MONTHS.index(found["month"][:3].lower()) + 1
        day = int(found["d1"] or found["d2"] or 0)
        if day:
            return _impossible(text, year, month, day) or (
                f"日期“{text}”的写法不对", _written(year, month, day)
            )  # fmt: skip
    if _SERIAL.fullmatch(plain):
        meant = dt.date(1899, 12, 30) + dt.timedelta(days=int(plain))
        return f"日期“{text}”是 Excel 里日期的序号", f"写成 {meant}"
    return None


def _written(year: int, month: int, day: int) -> str:
    return f"写成 {year:04}-{month:02}-{day:02}"


def _impossible(text: str, year: int, month: int, day: int) -> tuple[str, str] | None:
    """Say that there is no such day, or return None where there is."""
    if not year or not 1 <= month <= 12:
        return f"没有“{text}”这一天", "写真实的年-月-日：月份是 01 到 12"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        return f"没有“{text}”这一天", f"写真实的年-月-日：{year} 年 {month} 月有 {last} 天"
    return None


def _digit(sign: str) -> str:
    return str(max(0, _SIGNS.index(sign) - 1))
