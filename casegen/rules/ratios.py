"""ratios: shares and means of a body's sentences, calculated again.

Secret: how Chinese says a share (12个中有9个，占75%) and a mean (50户，户均2000元), and how far
rounding lets them differ.
Not here: sums (sums), growth (growth), finding figures (chinese.figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding
from casegen.chinese.quantity import Qualifier
from casegen.collection.case import Case, Norms
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule

_AMONG = re.compile(
    r"[^，,。；;、\d]{0,8}(?:[中里][，,]?[^，,。；;、\d]{0,10}|[，,]其中[^，,。；;、\d]{0,10}|[，,]?有)"
)
_SHARE = re.compile(
    r"[^，,。；;、\d]{0,14}[，,]?占(?:比达到|比达|比|总数的|全部的|其中的|总人数的|总户数的|的)?(?:达到|达|为)?"
)
_MEAN = re.compile(
    r"[^，,。；;、\d]{0,6}[，,]?[^，,。；;、\d]{0,6}(?:平均)?(?P<of>[户人]均|每[户人])[^，,。；;、\d]{0,8}"
)
_IN_ALL = re.compile(r"[，,、][^，,。；;、\d]{0,6}(?:共|总计|合计|累计|总)[^，,。；;、\d]{0,8}")
_HELPED = re.compile(r"[，,](?:资助|奖励|补助|救助|慰问|发放)[^，,。；;、\d]{0,8}")
_EACH = re.compile(r"[，,]?(?:每[人户名]|[人户]均)(?:奖励|发放|补助|资助|各)?")
_ROUGH = Fraction(3, 10)  # how far a mean and a sum may differ where one of them is 约 or 余
_EXACT = Fraction(1, 10)
_POINT = 1  # a share in whole per cent


def ratios(case: Case, _norms: Norms) -> Iterator[Problem]:
    """占 Z% that is not B of A; N户 at 户均 X that do not make Y."""
    for sentence in case.prose.sentences:
        if sentence.cells or not re.search("占|[户人]均|每[户人]", sentence.text):
            continue
        figures = [f for f in case.figures[sentence.index] if f.reason not in {"time", "ordinal"}]
        for n in range(len(figures) - 2):
            yield from _share(case, sentence, figures[n : n + 3])
            yield from _mean(case, sentence, figures[n : n + 3])
        yield from _prizes(case, sentence, figures)


def _share(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    """A个中有 B个，占 Z%."""
    whole, part, share = three
    text = sentence.text
    if share.measure.unit != "%" or whole.measure.unit != part.measure.unit or not _exact(*three):
        return
    told = _AMONG.fullmatch(text[whole.end : part.start])
    if not told or not _SHARE.fullmatch(text[part.end : share.start]) or not whole.measure.low:
        return
    real = part.measure.low / whole.measure.low * 100
    if abs(real - share.measure.low) >= _POINT:
        yield _wrong(
            case, sentence, f"{whole.raw}中的{part.raw}占 {_short(real)}%，正文写的是 {share.raw}"
        )


def _mean(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    """N户，户均 X元，共 Y元; Y元，资助N人，人均 X元."""
    text = sentence.text
    between = [text[a.end : b.start] for a, b in pairwise(three)]
    if (told := _MEAN.fullmatch(between[0])) and _IN_ALL.fullmatch(between[1]):
        count, mean, total = three
    elif _HELPED.fullmatch(between[0]) and (told := _MEAN.fullmatch(between[1])):
        total, count, mean = three
    else:
        return
    money = mean.measure.unit.partition("/")[0] == total.measure.unit == "元"
    if not money or count.measure.unit != ("户" if "户" in told["of"] else "人"):
        return
    made = count.measure.low * mean.measure.low
    slack = _EXACT if _exact(*three) else _ROUGH
    if not total.measure.low or abs(made / total.measure.low - 1) > slack:
        said = f"{count.raw}、{told['of']}{mean.raw}，合起来是 {_money(made)}"
        yield _wrong(case, sentence, f"{said}，正文写的是 {total.raw}")


def _prizes(case: Case, sentence: Sentence, figures: Sequence[Finding]) -> Iterator[Problem]:
    """共 Y元，其中 N人每人 X元、M人每人 Z元: together no more than Y."""
    text = sentence.text
    among = text.find("其中")
    wholes = [f for f in figures if f.measure.unit == "元" and 0 <= among - f.end < 8]
    if not wholes:
        return
    whole, made, raw = wholes[-1], Fraction(0), []
    after = [f for f in figures if f.start > among]
    for count, each in zip(after[::2], after[1::2], strict=False):
        people = count.measure.unit in {"人", "户"} and each.measure.unit.startswith("元/")
        if not people or not _EACH.fullmatch(text[count.end : each.start]):
            return
        made += count.measure.low * each.measure.low
        raw.append(f"{count.raw}每{'户' if count.measure.unit == '户' else '人'}{each.raw}")
    if len(raw) > 1 and made > whole.measure.low and _exact(whole, *after):
        yield _wrong(
            case, sentence, f"{'、'.join(raw)}，合起来是 {_money(made)}，正文写的是 {whole.raw}"
        )


def _exact(*figures: Finding) -> bool:
    return all(
        f.quantity.qualifier is Qualifier.EXACT and f.measure.low == f.measure.high for f in figures
    )


def _short(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


def _money(value: Fraction) -> str:
    return f"{float(value / 10000):g}万元" if value >= 10000 else f"{float(value):g}元"


def _wrong(case: Case, sentence: Sentence, message: str) -> Problem:
    hint = "对照原稿，三个数里必有一个要改；原文如此，就写 waive: {wrong-ratio: 原文如此}"
    where = Location(case.path, case.body_line + sentence.line - 1, field="body")
    return Problem("wrong-ratio", Severity.WARNING, message, where, hint)


RATIOS = (
    Rule(
        "wrong-ratio", Severity.WARNING, "正文里的占比或均数算不出来",
        "整体、部分和占比，户数、户均和总数，三个数知道两个就能算出第三个；四舍五入的出入不算。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "12个村中有9个村完成任务，占85%（应是 75%）", check=ratios,
        wrong="12个村中有9个村通了路，占80%。",
        right="12个村中有9个村通了路，占75%。",
    ),
)  # fmt: skip
