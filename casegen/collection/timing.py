"""timing: the years of a figure, and whether it is a year's, a sum to date or a stock.

Secret: the words of names and sentences that say so in Chinese, and which of them wins.
Not here: what may be added to what (totals), reading years of fields (source.kinds).

A written value wins; then words of the metric's name, then words of its sentence before the
figure. Without such words a figure is a stock if its indicator is one, a sum to date if its period
has several years, else what the indicator says, and last a year's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from casegen.chinese.numeral import read_chinese_number
from casegen.chinese.plans import PLANS
from casegen.collection.indicator import AddingRule, Indicator, Timing

Period = tuple[int, int]

_YEAR = r"(?:19|20)\d\d"
# 2021-2023年, and 2022年9月至2024年6月
_TO = rf"(?:年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?)?[-—–－~～至到]{{1,3}}(?P<last>{_YEAR})"
_SPAN = rf"(?P<first>{_YEAR})(?:{_TO})?年(?:度|间|期间)?"
_NAMED = re.compile(rf"^(?:截至|截止|至|到)?{_SPAN}[底末]?(?P<rest>[^\d].*)$")
_DIGITS = "0-9一二两三四五六七八九十"
# 三年来, 五年间, 近三年 and 三年共 are sums of several years; 第三年, 三年前 and 一年来 are not.
_SEVERAL = rf"(?<![第每隔满{_DIGITS}])(?!(?:[一1]|(?:19|20)\d\d)年)[{_DIGITS}]{{1,3}}"
_LASTING = (
    f"{_SEVERAL}年多?(?:[来间内]|时间|(?=一?共|[总合]计|总共|累[计积]))"
    f"|(?:近|最近|过去|连续|历时){_SEVERAL}年(?![级生前后])"
    "|[几多数近]年来|近几年"
)
_CUMULATIVE = f"累计|累积|历年|先后|以来|至今|迄今|截至|截止|{_LASTING}"
_YEARLY = "当年|全年|今年|本年|年度|去年|上年|每年"
_STANDING = "现有|现存|存栏|年底|年末|期末|在册"
_KINDS = (
    (Timing.CUMULATIVE, re.compile(_CUMULATIVE)),
    (Timing.YEARLY, re.compile(_YEARLY)),
    (Timing.STANDING, re.compile(_STANDING)),
)
_OF_ONE_YEAR = re.compile(_YEARLY)
_ASIDE = re.compile(f"(?:{_CUMULATIVE}|{_YEARLY}|年底|年末|期末|总计|共计|合计)的?")
# A year that a sentence gives; a year that it only compares with is not the figure's.
_SAID = re.compile(
    rf"(?P<ahead>截至|截止|相比|对比|[比较从由自于到至]?)(?<!\d){_SPAN}"
    r"(?:\d{1,2}月(?:份|底|末|初)?(?:\d{1,2}日)?)?"
    r"(?P<after>以来|以后|之后|起|开始|至今|年?[底末]|[^，,。；;：:\d]{2,16}以来)?"
)
_BEHIND = re.compile(rf"^[（(]{_SPAN}[)）]")
# 2021年、2022年分别为10万元、20万元: the first figure is of the first year, and so on.
_LISTED = re.compile(
    rf"(?<!\d)(?P<years>{_YEAR}年?(?:度)?(?:(?P<through>[-—–－~～至到]{{1,4}})|[、，,和及与])"
    rf"{_YEAR}年?(?:度)?(?:[、，,和及与]{_YEAR}年?(?:度)?){{0,9}})"
    rf"(?P<rest>(?:(?!{_YEAR}年)[^。；;]){{0,200}})$"
)
# In 2022年和2023年分别获奖，投入50万元 a comma stands before the figure: it is of both years.
_APART = re.compile(r"^[^。；;\d]{0,16}分别(?![^\d一二两三四五六七八九十]{0,40}[，,])")
_DONE_PIECE = re.compile(r"[\d一二两三四五六七八九十百千万][^、，,和及与]{0,40}[、，,和及与]")
# 十三五期间 are 2016 to 2020.
_PLAN = re.compile(
    f'[“"‘]?(?P<which>{"|".join(PLANS)})[”"’]?(?P<after>期间|时期|以来|开局以来|五年)'
)
# The sum of the years before it: …由2021年80万元增至2023年260万元，三年累计480万元.
_SUM_OF_ALL = re.compile(
    rf"(?:^|[，,；;])(?:共|(?:(?!{_YEAR})[^，,；;：:]){{0,12}}"
    rf"(?:累[计积]|[共合总]计|[总一]共|[{_DIGITS}]年[来间内]?共))[^，,；;：:\d]{{0,12}}$"
)
# 投入100万元，其中2021年40万元、2022年60万元；修路3公里: the years of the parts are not the road's.
_PARTS_OVER = re.compile(r"[，,（(]?其中[^。；;]{0,200}[；;]")
# 收入是2016年的3.4倍: 2016 is only compared with.
_MULTIPLE = re.compile(r"(?:是|为|相当于)(?:19|20)\d\d年的(?=[^，,。；;]{0,8}倍|$)")
# 分别为18万元、27万元，较2020年（3万元）分别增长: still of the years of the list.
_EARLIER = re.compile(rf"(?:较|比|相比|对比){_YEAR}年(?:[（(][^（）()]{{0,20}}[)）])?")
_COMPARED = frozenset({"比", "较", "相比", "对比", "从", "由"})
_HELD_AGAINST = frozenset({"比", "较", "相比", "对比"})
_SINCE = frozenset({"以来", "以后", "之后", "起", "开始", "至今"})
_UNTIL = frozenset({"截至", "截止", "到", "至"})
LAST = 9999  # the end of a period that is still open


@dataclass(frozen=True, slots=True)
class Basis:
    """The time of a figure; `said`: whether words, not only its period, make it cumulative.

    `unbegun`: whether it is a sum to date of which nothing says in which year it begins.
    """

    period: Period | None
    timing: Timing
    said: bool = False
    unbegun: bool = False


def split_name(name: str) -> tuple[Period | None, str]:
    """Return the years that a name begins with, and the rest of it (2021年村集体经济收入)."""
    found = _NAMED.match(name)
    period = _years(found) if found else None
    return (period, found["rest"]) if found and period else (None, name)


@lru_cache(1 << 14)
def strip_time(name: str) -> str:
    """Return a name without the words of time; names of one thing are then equal."""
    return _ASIDE.sub("", split_name(name)[1]) or name


def find_years(ahead: str, behind: str = "", latest: int = 0) -> Period | None:
    """Return the years that the words around a figure give it, the last before it; None for none.

    A beginning alone (2021年以来) gives (2021, LAST), an end alone (截至2023年) (0, 2023). `latest`
    is the year of the text; without it 三年共 of which two years are told is of unknown years.
    """
    if found := _BEHIND.match(behind):
        return _years(found)
    ahead = _PLAN.sub(_years_of_plan, ahead)
    if (found := _LISTED.search(_EARLIER.sub("", ahead))) and (listed := _listed(found)):
        return listed
    if summed := _summed(ahead.rpartition("。")[2], latest):
        return summed
    ahead = _MULTIPLE.sub("", _PARTS_OVER.sub("；", ahead))
    said: Period | None = None
    for found in _SAID.finditer(ahead):
        since = _begins(found)
        if found["ahead"] in _COMPARED and not since:
            continue
        if years := _years(found):
            first, last = years
            until = found["ahead"] in _UNTIL
            begun = said[0] if said and until and said[1] == LAST and said[0] < last else 0
            if since and not found["last"] and said and said[0] == 0 and first < said[1]:
                said = (first, said[1])  # 截至2023年底，自2019年起累计投入
                continue
            said = (begun if until else first, LAST if since and not found["last"] else last)
    # 2021年结对，三年来共培训800人次: of which years is not said.
    lone = said is not None and said[0] == said[1] and count_years(ahead) > 1
    return None if lone else said


def count_years(ahead: str) -> int:
    """Return how many years a figure sums up by the words before it (三年来: 3); 0 for unknown."""
    since_year = re.split(f"{_YEAR}年", ahead.rpartition("。")[2])[-1]
    for found in reversed(list(re.finditer(_LASTING, since_year))):
        if digits := re.search(f"[{_DIGITS}]+", found[0]):
            return int(read_chinese_number(digits[0]) or digits[0])
    return 0


def _begins(found: re.Match[str]) -> bool:
    """Return whether a year is only a beginning: 2021年以来, 2021年6月两地结对以来, 自2021年."""
    after = found["after"] or ""
    return after in _SINCE or after.endswith("以来") or found["ahead"] == "自"


def _summed(told: str, latest: int) -> Period | None:
    """Return the years of a sum of all that its sentence gave before; None where it is none.

    Of 三年共, where two years are told, they are the first ones if the third is over by `latest`.
    """
    if not _SUM_OF_ALL.search(told[-40:]):
        return None
    spans: list[Period] = []
    for found in _SAID.finditer(told):
        if _begins(found):
            return None
        if found["ahead"] not in _HELD_AGAINST and (years := _years(found)):
            spans.append(years)
    if not spans:
        return None
    first, last = min(years[0] for years in spans), max(years[1] for years in spans)
    if many := count_years(told):
        if last - first + 1 < many:
            if not latest:
                return None
            last = first + many - 1 if first + many - 1 <= latest else last
        first = last - many + 1
    return (first, last) if first < last else None


def _listed(found: re.Match[str]) -> Period | None:
    """Return the year of a list of years that is a figure's own, or all of them; None for none."""
    years = [int(year) for year in re.findall(_YEAR, found["years"])]
    apart = _APART.search(found["rest"])
    if found["through"]:
        if not apart:
            return None
        years = list(range(years[0], years[-1] + 1))
    if years != sorted(set(years)):
        return None
    if not apart:
        return years[0], years[-1]
    number = len(_DONE_PIECE.findall(found["rest"][apart.end() :]))
    return (years[number], years[number]) if number < len(years) else (years[0], years[-1])


def _years_of_plan(found: re.Match[str]) -> str:
    first, last = PLANS[found["which"]]
    return f"{first}年以来" if found["after"].endswith("以来") else f"{first}-{last}年"


def label_years(period: Period, timing: Timing, *, unbegun: bool = False) -> str:
    """Return the row of a figure in a table of years: "2021", "2015-2025", "" where unknown.

    A sum to date of which the beginning is not known is of no single year.
    """
    first, last = period
    if unbegun and first == last and timing is Timing.CUMULATIVE:
        return ""
    if timing is Timing.STANDING or first == last:
        return str(last)
    return f"{first}-{last}" if timing is Timing.CUMULATIVE else ""


def write_years(period: Period) -> str:
    """Return the years as a name begins with them: 2021年, 2021—2023年."""
    first, last = period
    return f"{first}年" if first == last else f"{first}—{last}年"


def contradict(period: Period, said: Period) -> bool:
    """Return whether a metric's years cannot be those that its sentence gives."""
    if said[0] == 0:
        return period[1] != said[1]
    return period[1] < said[0] or period[0] > said[1]


def _years(found: re.Match[str]) -> Period | None:
    first = int(found["first"])
    last = int(found["last"] or first)
    return (first, last) if first <= last else None


def find_basis(  # noqa: PLR0913 a written value, its words, its indicator and its case
    name: str,
    around: tuple[str, str],
    written: tuple[Period | None, Timing | None],
    indicator: Indicator | None,
    of_case: Period,
    *,
    undated: bool = False,
) -> Basis:
    """Return the time of a metric.

    `around` are the words of its sentence before and after the figure; `undated`: the case has no
    period of its own, so `of_case` is only the year in which it was published.
    """
    period, timing = written
    period = period or split_name(name)[0]
    ahead, behind = around
    told = timing or _in_name(name) or _in_sentence(ahead, indicator)
    said = find_years(ahead, behind, of_case[1])
    until = said is not None and said[0] == 0
    many = count_years(ahead) if told is Timing.CUMULATIVE else 0
    # 三年共投入90万元 with the period 2023 is of more years than are written.
    short = period is not None and period[0] == period[1] and (until or many > 1)
    lone = period is None or short
    if period is None and said:
        inside = of_case[0] <= said[0] and said[1] <= of_case[1]
        if said[0] == said[1]:
            own = said[1] < of_case[1] if undated else inside and of_case[0] < of_case[1]
            period = said if own and told is not Timing.CUMULATIVE else None
        elif (told or find_timing(said, indicator)) is Timing.CUMULATIVE:
            period = _span(ahead, said, of_case)
    if many > 1 and written[0] is None and (period is None or until):
        period = _last_years(many, said, of_case) or period
        lone = False
    cumulative = told is Timing.CUMULATIVE
    no_year = said is None and of_case[0] == of_case[1] and not _OF_ONE_YEAR.search(ahead + name)
    return Basis(
        period,
        told or find_timing(period or of_case, indicator),
        cumulative,
        unbegun=cumulative and lone and (until or no_year or short),
    )


def _span(ahead: str, said: Period, of_case: Period) -> Period | None:
    """Return the years of a sum to date from its sentence; None where they are the case's.

    What has no end yet ends with the case: 2021年以来, and a plan that still runs.
    """
    first, last = said
    if first == 0:
        first = of_case[0] if of_case[0] < of_case[1] and of_case[0] < last else last
        return (first, last) if (first, last) != of_case else None
    if last == LAST or (_PLAN.search(ahead) and first <= of_case[1] < last):
        last = of_case[1]
    return (first, last) if 0 < first < last and (first, last) != of_case else None


def _last_years(many: int, said: Period | None, of_case: Period) -> Period | None:
    """Return the years of 三年来: up to the year that is said, or that of the case."""
    until = said is not None and said[0] == 0
    end = said[1] if said and until else of_case[1]
    known = said is None or until
    return (end - many + 1, end) if known and (until or of_case[0] == of_case[1]) else None


def find_timing(period: Period, indicator: Indicator | None) -> Timing:
    """Return the timing of a figure where no word gives it, from its indicator and period."""
    usual = indicator.timing if indicator else None
    if usual is Timing.STANDING or _is_stock(indicator):
        return Timing.STANDING
    return Timing.CUMULATIVE if period[0] < period[1] else usual or Timing.YEARLY


def _is_stock(indicator: Indicator | None) -> bool:
    """Return whether figures of an indicator are not added up over the years."""
    return indicator is not None and indicator.rule in {AddingRule.LATEST, AddingRule.MAX}


def _in_name(name: str) -> Timing | None:
    return next((kind for kind, words in _KINDS if words.search(name)), None)


def _in_sentence(ahead: str, indicator: Indicator | None) -> Timing | None:
    """Return the timing of the nearest deciding word before the figure; None without one.

    A plain year in between shows that the words before it are about something else.
    """
    stock = _is_stock(indicator)
    ahead = _PLAN.sub(_years_of_plan, ahead)
    if re.search("(?:累计|累积|先后)[^，,。；;：:]{0,99}$", ahead):
        return Timing.CUMULATIVE
    said: list[tuple[int, Timing | None, str]]
    said = [(m.start(), kind, m[0]) for kind, words in _KINDS for m in words.finditer(ahead)]
    for found in _SAID.finditer(ahead):
        bounded = found["after"] or found["ahead"]
        if not bounded or bounded == "于":
            said.append((found.start(), None, ""))
    if not said:
        return None
    place, kind, word = max(said, key=lambda each: each[0])
    if kind is Timing.CUMULATIVE and stock and re.fullmatch(f"截[至止]|{_LASTING}", word):
        return Timing.STANDING
    to_date = re.search("(?:截至|截止|到|至)[^，,]{0,99}$", ahead[:place])
    if kind is Timing.STANDING and not stock and to_date:
        return Timing.CUMULATIVE  # 到2023年底，投入200万元
    return kind
