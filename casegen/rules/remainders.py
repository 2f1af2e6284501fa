"""remainders: what is left of a whole after something was taken from it, calculated again.

Secret: how Chinese writes what is left (尚欠, 结余, 其余), and that workers are away (外出)
or at home (留守).
Not here: 合计 and 其中 (sums), shares in per cent (ratios), finding figures (chinese.figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.quantity import Qualifier
from casegen.chinese.showing import show_value
from casegen.collection.case import Case
from casegen.collection.norms import Norms

_ASKED = re.compile("尚欠|[还仍]欠|[还尚仅]剩|尚余|剩余|余下|剩下|结余|结存|其余|留守|外出")
# 80万元 as a starting amount. A row of equals (甲村20人，乙村30人，其余15人) has no whole.
_THERE_WAS = re.compile(
    r"(?:共有?|总[额数量计]?|全[村镇乡县市区校组][^，,。；;\d]{0,8}|现有|原有|拥有|负债|[外村]债|欠[债款]?|债务"
    r"|[贷借]款|劳动力|库存|资金|任务)[^，,。；;\d]{0,6}$"
)
_GONE = re.compile(
    r"[^，,。；;、\d]{0,10}[，,](?:其中)?[^，,。；;、\d]{0,8}(?:偿还|还清|归还|还了|还款|化解|清偿|使用|支出|用去|用掉"
    r"|花去|花掉|拨付|卖出|售出|流转|种植|外出)[^，,。；;、\d]{0,8}"
)
_LEFT = re.compile(
    r"[^，,。；;、\d]{0,8}[，,](?:目前|至今|现)?(?:尚欠|[还仍]欠|[还尚仅]剩|尚余|剩余|余下|剩下|结余|结存|其余)"
    r"(?:的|为|有|债务|负债|欠款|资金)?"
)
_AWAY = re.compile(r"[，,：:（(](?:其中)?(?:常年|长期)?外出(?:务工|打工|就业)?(?:的|有|为)?")
_AT_HOME = re.compile(r"(?:的|人员)?[，,、](?:留守|在家|在村)(?:在家|务农|劳动力|的|有|为)?")
_WORKERS = re.compile(r"劳动力(?:共有?|总数)?(?:为|有|达)?$")
_MOST = 6


def find_wrong(case: Case, _norms: Norms) -> Iterator[tuple[Sentence, str]]:
    """Yield sentences with a wrong remainder, and what is wrong with them."""
    for sentence in case.prose.sentences:
        if sentence.cells or not _ASKED.search(sentence.text):
            continue
        figures = [f for f in find_figures(sentence.text) if f.reason != "time"]
        for n in range(2, len(figures)):
            if fault := _unlike(sentence.text, figures, n) or _workers(sentence.text, figures, n):
                yield sentence, fault


def _unlike(text: str, figures: Sequence[Finding], n: int) -> str:
    """Return what is wrong with 尚欠 C where the figures between do not leave C of the whole.

    Else "".
    """
    rest = figures[n]
    run = [f for f in figures[:n] if f.measure.unit == rest.measure.unit]
    if len(run) not in range(2, _MOST) or run[-1] is not figures[n - 1] or not _exact(*run, rest):
        return ""
    whole, *taken = run
    told = (
        _LEFT.fullmatch(text[taken[-1].end : rest.start])
        and _THERE_WAS.search(text[max(0, whole.start - 24) : whole.start])
        and _GONE.fullmatch(text[whole.end : taken[0].start])
    )
    if not told:
        return ""
    gone = whole.measure.low - rest.measure.low
    ways = (
        sum((f.measure.low for f in some), Fraction(0))
        for size in range(1, len(taken) + 1)
        for some in combinations(taken, size)
    )
    if gone in ways:
        return ""
    said = "、".join(f.raw for f in taken)
    real = whole.measure.low - sum((f.measure.low for f in taken), Fraction(0))
    if real < 0:
        return f"{said}比{whole.raw}还多"
    shown = show_value(real, whole.measure.unit)
    return f"{whole.raw}减去{said}是{shown.number}{shown.unit}，正文写的是{rest.raw}"


def _workers(text: str, figures: Sequence[Finding], n: int) -> str:
    """Return what is wrong with 劳动力 A，外出 B，留守 C where B and C do not make A; else ""."""
    whole, away, home = figures[n - 2 : n + 1]
    units = {f.measure.unit for f in (whole, away, home)}
    if units != {"人"} or not _exact(whole, away, home):
        return ""
    if not _WORKERS.search(text[max(0, whole.start - 12) : whole.start]):
        return ""
    stays = _AT_HOME.fullmatch(text[away.end : home.start])
    if not stays or not _AWAY.fullmatch(text[whole.end : away.start]):
        return ""
    if re.match("老人|儿童|妇女", text[home.end :]):
        return ""
    made = away.measure.low + home.measure.low
    all_of_them = "留守" in stays[0]
    if made > whole.measure.low or (all_of_them and made < whole.measure.low):
        return f"{away.raw}、{home.raw} 相加是 {made}人，正文写的是 {whole.raw}"
    return ""


def _exact(*figures: Finding) -> bool:
    return all(
        f.quantity.qualifier is Qualifier.EXACT and f.measure.low == f.measure.high for f in figures
    )
