"""elapsed: ages, spans of time and days of the week that the dates beside them contradict.

Secret: which words tie an age or a span to its dates, and how far counting both ends may differ.
Not here: days that no calendar has (proofreading), sums of other things (sums), dates of the
fields (completeness).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from casegen.chinese.numeral import read_chinese_number
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.collection.texts import blank_out
from casegen.problem import Problem, Severity
from casegen.rules.passage import Wording, make_problem
from casegen.rules.rule import Rule

_SENTENCE = re.compile(r"[^。！？\n]+")
_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?:19|20)\d{2}"
_ODD = re.compile(r"[多余近约]|左右|上下|以上|不到|将近")
_BORN = re.compile(
    rf"(?:(?P<a>{_YEAR})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:出生|生(?!产|态|长|活|源|猪|物))"
    rf"|(?:出生于|生于)(?P<b>{_YEAR})年)"
)
_AGE = re.compile(
    rf"(?<![\d.至到—–-])(?P<age>{_N})(?:周)?岁(?!以上|以下|时|那年|起|到|至|的(?:儿|女|孙|母|父|老))"
)
_THREE_DIGITS = re.compile(r"(?<![\d.])(\d{3})(?:周)?岁")
_OLDEST = 122  # years that anyone is known to have lived (Jeanne Calment, 1875–1997)
_TO = r"\s?(?:至|到|—{1,2}|-|–|~|～)\s?"
_LASTED = (
    r"(?:，|,)?(?:这|前后|先后|总共|共计|一共|共|历时|历经|为期|持续|连续|坚持|整整|长达|用时|用了|了|的|"
    r"开展|进行|帮扶|驻村){1,4}"
)
_YEARS = re.compile(
    rf"(?P<from>{_YEAR})年?(?:(?P<m1>\d{{1,2}})月)?{_TO}(?P<to>{_YEAR})年(?:(?P<m2>\d{{1,2}})月)?"
    rf"(?:{_LASTED}(?P<odd>近|约|将近|不到)?(?P<n>{_N})(?P<more>多|余)?个?年(?![度级])"
    r"(?P<rest>[，。；、）)时]|$)?)?"
)
_COUNTED = re.compile(r"(?<!总)共(?:计)?\d|总共")
_OTHER = re.compile(rf"{_N}岁|[子女孙妻夫父母兄弟姐妹爷奶]")  # the age is another person's
_DAYS = re.compile(
    rf"(?:(?P<year>{_YEAR})年)?(?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})日{_TO}"
    rf"(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})日{_LASTED}(?P<n>{_N})[天日]"
)
_SINCE = re.compile(
    rf"(?:自|从)?(?P<from>{_YEAR})年(?:\d{{1,2}}月)?(?:起|开始|以来|至今|到现在)[^。；]{{0,12}}?"
    rf"(?:连续|已经|已|坚持|持续|累计){{1,2}}[^。；\d]{{0,4}}?(?P<n>{_N})个?年(?!度|级)"
)
_WEEKDAY = re.compile(
    rf"(?P<y>{_YEAR})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})日[（(，,]?\s?(?:星期|周|礼拜)"
    r"(?P<w>[一二三四五六日天])(?![年期])"
)
_CLOCK = re.compile(
    r"(?<![\d:：])(?P<h>\d{1,2})(?:时(?P<m>\d{1,2})分|[:：](?P<n>\d{2})(?![\d:：]))"
)
_OF_TREE = re.compile("[^，,。；;]{0,10}(?:树|木|藤|桥|楼|村|镇|寨|院|井|庙|祠|城)")
_HOUR = re.compile("[时:：]")
_UNITS = "个月|小时|学时|课时|分钟|天|年"
_PART = re.compile(rf"(?<![\d.第]){_N}(?:{_UNITS})(?!度|级|前|后|以|多|余|半|内|来|间|期)")
_WHOLE = re.compile(
    rf"(?:共计|合计|总计|累计|前后共|总共|一共|共)(?:用时|历时|用了|用|培训|授课)?"
    rf"(?P<n>{_N})(?P<unit>{_UNITS})(?!度|级)"
)


def check_ages(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report an age that the year of birth beside it contradicts, or that nobody reaches."""
    for at, sentence in _sentences(case):
        if "岁" not in sentence:
            continue
        for age in _THREE_DIGITS.finditer(sentence):
            if int(age[1]) > _OLDEST and not _OF_TREE.match(sentence, age.end()):
                yield _age(case, at, age, f"没有人活到 {int(age[1])} 岁")
        for age in _AGE.finditer(sentence):
            years = _number(age["age"])
            born = _birth_before(sentence, age.start())
            if born is None:
                continue
            known = _years_of(case) | {int(y) for y in re.findall(rf"({_YEAR})年", sentence)}
            known -= {born}
            if known and all(abs(year - born - years) > 1 for year in known):
                right = max(_years_of(case)) - born
                told = f"{born} 年出生的人，到 {max(_years_of(case))} 年是 {right} 岁"
                yield _age(case, at, age, f"“{age[0]}”与出生年份对不上：{told}")


def _birth_before(sentence: str, place: int) -> int | None:
    """Return the year of birth that an age in the same few clauses belongs to."""
    near = 24
    for found in _BORN.finditer(sentence):
        gap = (
            sentence[found.end() : place]
            if found.end() <= place
            else sentence[place : found.start()]
        )
        if len(gap) <= near and "；" not in gap and not _OTHER.search(gap):
            return int(found["a"] or found["b"])
    return None


def _age(case: Case, at: int, age: re.Match[str], message: str) -> Problem:
    words = Wording("impossible-age", Severity.WARNING, message, "对照原稿，改正出生年份或岁数")
    return make_problem(case, (at + age.start(), at + age.end()), words)


def check_times(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a time that its dates or parts contradict, and a moment that there is not."""
    yield from _spans(case)
    yield from _moments(case)


def _spans(case: Case) -> Iterator[Problem]:
    """Report a number of years, days or hours that its dates or its parts contradict."""
    for at, sentence in _sentences(case):
        if "共" in sentence or "计" in sentence:
            yield from _sums(case, at, sentence)
        if "年" not in sentence and "月" not in sentence:
            continue
        for found in _YEARS.finditer(sentence):
            if fault := _of_years(found):
                yield _span(case, at, found, fault)
        for found in _DAYS.finditer(sentence):
            if fault := _of_days(found):
                yield _span(case, at, found, fault)
        for found in _SINCE.finditer(sentence):
            first, last = int(found["from"]), max(_years_of(case))
            if _number(found["n"]) > last - first + 1 >= 1:
                fault = f"从 {first} 年到 {last} 年，没有 {_number(found['n'])} 年"
                yield _span(case, at, found, fault)


def _of_years(found: re.Match[str]) -> str:
    first, last = int(found["from"]), int(found["to"])
    months = [int(found[key] or 0) for key in ("m1", "m2")]
    if (last, months[1]) < (first, months[0] if months[1] else 0):
        return "后面的年份比前面的早"
    if not found["n"]:
        return ""
    if _COUNTED.search(found[0]) and not found["rest"]:
        return ""  # 共3年获奖: some of the years
    years, gap = _number(found["n"]), last - first
    allowed = {gap, gap + 1}
    if found["more"] or (all(months) and months[1] < months[0]):
        allowed.add(gap - 1)
    return (
        "" if years in allowed else f"从 {first} 年到 {last} 年是 {gap} 年，头尾都算是 {gap + 1} 年"
    )


def _of_days(found: re.Match[str]) -> str:
    year = int(found["year"] or 2023)
    try:
        first = dt.date(year, int(found["m1"]), int(found["d1"]))
        month = int(found["m2"] or found["m1"])
        last = dt.date(year + (month < first.month), month, int(found["d2"]))
    except ValueError:
        return ""  # the rule on days reports the date
    gap, days = (last - first).days, _number(found["n"])
    if gap < 0:
        return "后面的日期比前面的早"
    leap = set() if found["year"] else {gap + 2}
    return "" if days in {gap, gap + 1} | leap else f"头尾都算是 {gap + 1} 天，不是 {days} 天"


def _sums(case: Case, at: int, sentence: str) -> Iterator[Problem]:
    """Report a wrong sum of times behind its parts: 3天、5天，共9天."""
    for whole in _WHOLE.finditer(sentence):
        head = re.split("[；：]", sentence[: whole.start()])[-1]
        if _ODD.search(head) or "其中" in head:
            continue
        parts = [p[0] for p in _PART.finditer(head) if p[0].endswith(whole["unit"])]
        numbers = [_number(part.removesuffix(whole["unit"])) for part in parts]
        total = _number(whole["n"])
        others = [p[0] for p in _PART.finditer(head) if not p[0].endswith(whole["unit"])]
        if len(numbers) > 1 and not others and sum(numbers) != total:
            fault = f"{'＋'.join(map(str, numbers))}＝{sum(numbers)}{whole['unit']}，不是 {total}"
            yield _span(case, at, whole, fault)


def _span(case: Case, at: int, found: re.Match[str], fault: str) -> Problem:
    words = Wording(
        "wrong-timespan",
        Severity.WARNING,
        f"“{found[0][:40]}”：{fault}",
        "对照原稿，改正日期或时长",
    )
    return make_problem(case, (at + found.start(), at + found.end()), words)


def _moments(case: Case) -> Iterator[Problem]:
    """Report a day of the week that its date does not have, and an hour that no clock shows."""
    for at, sentence in _sentences(case):
        for found in _WEEKDAY.finditer(sentence) if "日" in sentence else ():
            try:
                day = dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue  # the rule on days reports the date
            right = "一二三四五六日"[day.weekday()]
            if right != found["w"].replace("天", "日"):
                message = f"“{found[0]}”对不上：那天是星期{right}"
                yield _moment(case, at, found, message)
        for found in _CLOCK.finditer(sentence) if _HOUR.search(sentence) else ():
            minutes = int(found["m"] or found["n"])
            score = found["n"] and not re.search(
                "[时点午晨晚间]|至|到", sentence[: found.start()][-6:]
            )
            if not score and (int(found["h"]) > 24 or minutes > 59):
                yield _moment(case, at, found, f"没有“{found[0]}”这个时刻")


def _moment(case: Case, at: int, found: re.Match[str], message: str) -> Problem:
    words = Wording("impossible-date", Severity.WARNING, message, "对照原稿改正日期")
    return make_problem(case, (at + found.start(), at + found.end()), words)


def _sentences(case: Case) -> Iterator[tuple[int, str]]:
    for found in _SENTENCE.finditer(blank_out(case.body)):
        yield found.start(), found[0]


def _years_of(case: Case) -> set[int]:
    """Return the years that "today" may mean in a case."""
    return {case.date.year, case.updated.year, *case.period}


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(read_chinese_number(text) or 0)


ELAPSED = (
    Rule(
        "impossible-age",
        Severity.WARNING,
        "岁数与出生年份对不上",
        "出生年份加岁数应是写稿的那一年（虚岁、周岁差一年）；对不上，多半抄错了一个数字。",
        "对照原稿，改正出生年份或岁数。",
        check=check_ages,
        wrong="这位老人1950年出生，今年63岁。",
        right="这位老人1950年出生，今年73岁。",
    ),
    Rule(
        "wrong-timespan",
        Severity.WARNING,
        "时长与日期对不上",
        "起止的日期、各段的时间都写着，加一加、减一减就知道对不对（头尾都算或只算一头都行）。",
        "对照原稿，改正日期或时长。",
        check=check_times,
        also=("impossible-date",),
        wrong="工作队2018年至2023年历时8年修路。",
        right="工作队2018年至2023年历时6年修路。",
    ),
)
