"""stated: figures that a sentence shows to be planned, incomplete or impossible.

Secret: the phrases that mark planned figures in Chinese, what is left where a digit was lost in
copying, and which rates cannot exceed 100%.
Not here: finding figures (chinese.figures), sums (sums), growth (growth), metrics against sentences
(traced) or one another (figures).

Every rule looks for its phrase first, since finding figures is slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casegen.body.prose import Sentence
from casegen.chinese.characters import HAN
from casegen.chinese.figures import find_figures
from casegen.collection.case import Case
from casegen.collection.doubt import is_share
from casegen.collection.evidence import fold_text
from casegen.collection.norms import Norms
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule
from casegen.source.schema import locate_field


def check_forecasts(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report metrics whose sentence only plans them."""
    for doubt in case.doubts:
        if doubt.rule == "forecast-as-outcome":
            metric = case.metrics[doubt.metric]
            where = locate_field(case.path, case.marks, ("metrics", doubt.metric))
            yield Problem(
                "forecast-as-outcome",
                Severity.WARNING,
                f"“{metric.name}”{metric.quantity.as_written}是预计的数，还不是成效",
                where,
                "等做到了再写成指标；已经做到，就把正文里“预计”“计划”之类的字改掉",
            )


_LARGE_SHARE = re.compile(
    r"(?<!\d)\d{3}[\d.]{0,30}\s{0,9}[%％]"
)  # matches once for a run of digits, not at each of them

_COUNTED = (
    "人次|万元|亿元|元(?![旦素宵月气化首老件年])|亩(?![产均])|平方米|平米|㎡|公里|公斤|吨"
    "|斤|人(?![员数生力们才均口物民])|户(?![数籍均口主型])|名(?![单称额誉])|米(?!饭|粉|面)"
    "|只|头(?!绪)|羽|株|棵|盏|座(?!谈)|套|份|场(?!地|所)|件|个"
)
_LOST = re.compile(
    rf"(?P<odd>(?<=[{HAN}])(?<!(?<![就产毕])业)(?<![其剩富多结盈残冗有无空课公工茶劳年月天两零〇一二三四五六七八九十百千万亿几数])"
    rf"余(?:[百千万亿]*)(?:{_COUNTED}))"
    rf"|(?P<many>(?<=[{HAN}])(?<![许众诸很太好更最不几数上成两零〇一二三四五六七八九十百千万亿余])"
    r"多[万亿](?:元|亩|人次|公里|平方米))"
    r"|(?P<bare>(?:达到?|约|合计|共计|超过|突破)(?:元|亩|平方米|公里|公斤|吨|人次)(?=[，,。；;、）)]|$))"
    r"|(?P<rate>(?:率|达到?|约|占比?|增长|提高|下降|超过)[%％])"
)


def check_lost_digits(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a unit whose number was lost: 绿化面积余亩, 增收余万元, 增长%."""
    for sentence in case.prose.sentences:
        for match in () if sentence.cells else _LOST.finditer(fold_text(sentence.text)):
            yield _lost(match, _place(case, sentence))
    for key, text in (("title", case.title), ("summary", case.summary)):
        for match in _LOST.finditer(fold_text(text)) if (key,) in case.marks else ():
            yield _lost(match, locate_field(case.path, case.marks, (key,)))


def _lost(match: re.Match[str], where: Location) -> Problem:
    ahead = re.split(r"[^\w%]", match.string[max(0, match.start() - 6) : match.start()])[-1]
    around = ahead + match.group()
    return Problem(
        "missing-digits",
        Severity.WARNING,
        f"“{around}”里数字缺失",
        where,
        "对照原稿补上数字；补不出就改写这一句，不要留半个数",
    )


_RATE = re.compile(
    rf"(?P<what>[{HAN}]{{0,6}}(?:率|占比|比重|比例|满意度|覆盖面))(?P<to>(?:[由从][\d.]+[%％])?[^，,。；;：:\d]{{0,10}})$"
)
# A gain per household in per cent is probably one in 元 whose unit was lost.
_GAIN_APIECE = re.compile("[户人亩]均(?:增收|分红|收入)(?:达到|达|约|近|超过)?$")
_TOO_MUCH = 1000
_GROWS = re.compile("(?:增长|提高|上升|增加|提升|下降|降低|同比|环比|翻)(?!到|至|为)")


def check_rates(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report shares in the body that exceed their whole (就业率 120%)."""
    told = {d.metric for d in case.doubts if d.rule == "impossible-value"}
    said = {match.sentence for n in told if (match := case.evidence[n])}
    for sentence in case.prose.sentences:
        if sentence.index in said or not _LARGE_SHARE.search(sentence.text):
            continue
        for figure in find_figures(sentence.text):
            head = _RATE.search(sentence.text[max(0, figure.start - 40) : figure.start])
            over = figure.measure.unit == "%" and figure.measure.low > 100
            gain = _GAIN_APIECE.search(sentence.text[max(0, figure.start - 12) : figure.start])
            if over and gain and figure.measure.low >= _TOO_MUCH:
                yield _beyond(f"{gain[0]}{figure.raw}", _place(case, sentence))
            elif over and head and is_share(head["what"]) and not _GROWS.search(head["to"]):
                yield _beyond(f"{head['what']}{figure.raw}", _place(case, sentence))


def _beyond(what: str, where: Location) -> Problem:
    return Problem(
        "impossible-rate",
        Severity.WARNING,
        f"“{what}”超过了 100%",
        where,
        "这样的比率到不了 100% 以上：对照原稿改数字；若是增长的幅度，写明“增长”",
    )


def _place(case: Case, sentence: Sentence) -> Location:
    return Location(case.path, case.body_line + sentence.line - 1, field="body")


STATED = (
    Rule(
        "forecast-as-outcome", Severity.WARNING, "把预计的数写成了成效",
        "预计、力争、计划的数还没有发生，不能当成效，也不能合计。",
        "等做到了再写成指标；已经做到，就改正文的说法。",
        "正文：预计增收30万元。指标里就不写 增收: 30万元", check=check_forecasts,
        wrong="---\nmetrics:\n  - 种植面积: 100亩\n---\n预计种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "missing-digits", Severity.WARNING, "数字缺失",
        "只剩“余”和计量单位，数字在抄录时丢了，读者不知道是多少。",
        "对照原稿补上；补不出就改写这一句。",
        "绿化面积余亩；增收余万元", check=check_lost_digits,
        wrong="绿化面积余亩。",
        right="绿化面积90余亩。",
    ),
    Rule(
        "impossible-rate", Severity.WARNING, "比率超过 100%",
        "覆盖率、就业率、占比是整体的一份，不会超过 100%；增长的幅度才会。",
        "对照原稿改数字；若是增长的幅度，写明“增长”。",
        "就业率 120%", check=check_rates,
        wrong="茶叶成活率达到120%。",
        right="茶叶成活率达到95%。",
    ),
)  # fmt: skip
