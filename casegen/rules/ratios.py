"""ratios: shares and means of a body's sentences, calculated again.

Secret: how Chinese writes a share (12个中有9个，占75%), a rate of what was planned (完成率) and a
mean (50户，户均2000元), which shares make a whole, and how far rounding lets them differ.
Not here: sums (sums), growth (growth), finding figures (chinese.figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from casegen.body.prose import Sentence
from casegen.chinese.characters import HAN
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.quantity import Qualifier
from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule

_AMONG = re.compile(
    r"[^，,。；;、\d]{0,8}(?:[中里][，,]?[^，,。；;、\d]{0,10}|[，,]其中[^，,。；;、\d]{0,10}|[，,]?有)"
)
_SHARE = re.compile(
    r"[^，,。；;、\d]{0,14}[，,]?占(?:比达到|比达|比|总数的|全部的|其中的|总人数的|总户数的|的)?(?:达到|达|为)?"
)
_OF_PLACE = re.compile(
    r"[，,]占(?:全[村镇乡县]|本[村镇乡]|该[村镇乡])?总?(?P<of>户数|农户|人口|人数)的"
)
_PLACE = re.compile("[村镇乡县][^，,。；;]{0,10}$")
_COVERED = re.compile(
    r"[^，,。；;、\d]{0,14}[，,](?:全[镇县乡市区]|行政村|自然村|村级|村|总体)?"
    r"(?:覆盖率|覆盖面|覆盖比例|比例|比重|普及率|建成率|通达率|达标率)(?:达到|达|为)?"
)
_MANY_OF = re.compile(
    r"[^，,。；;、\d]{0,8}(?:[中里][，,]?|[，,]其中|[，,]?有)[^，,。；;、\d]{0,10}"
)  # 20个村中有12个村
# 计划培训400人，实际完成320人，完成率80%; 培训400人，就业320人，就业率80%
_PLANNED = re.compile(r"(?:计划|任务|目标|下达|应)[^，,。；;\d]{0,10}$")
_DONE = re.compile(
    r"[^，,。；;、\d]{0,8}[，,][^，,。；;、\d]{0,4}(?:完成|实际|已)[^，,。；;、\d]{0,10}"
)
_DONE_RATE = re.compile(
    r"[^，,。；;、\d]{0,10}[，,（(](?:任务|计划)?(?:完成率|完成(?:计划|任务|目标)的|占(?:计划|任务)的?)"
    r"(?:达到|达|为)?"
)
_THEN = re.compile(
    r"[^，,。；;、\d]{0,8}[，,][^，,。；;、\d]{0,4}(?P<what>到位|支付|拨付|签约|入住|参保|投保|缴费|就业|验收|结业|合格|成活"
    r"|达标)[^，,。；;、\d]{0,6}"
)
# 采购100万元，占全年消费帮扶120万元的83%
_OF_SUM = re.compile(r"[^，,。；;、\d]{0,8}[，,]占[^，,。；;、\d]{1,14}")
# 40名学员参加考试，34名合格，合格率85%
_OF_THEM = re.compile(r"[^，,。；;、\d]{0,10}[，,](?:其中|有)?[^，,。；;、\d]{0,4}")
_THEY_DID = re.compile(
    rf"[^，,。；;、\d]{{0,3}}(?P<what>到位|签约|入住|参保|投保|就业|验收|结业|合格|成活|达标)[，,](?P<rate>[{HAN}]{{2}})率(?:达到|达|为)?"
)
_SO_MANY = re.compile(
    rf"[^，,。；;、\d]{{0,6}}[，,（(](?:资金)?(?P<what>[{HAN}]{{2}})率(?:达到|达|为)?"
)
# Shares that make one whole: exactly, or at most.
_SEXES = (re.compile("(?:女性?|女[生员])占比?"), re.compile("[，,、](?:而)?男(?:性|[生员])?占比?"))
_SIDES = (
    (re.compile("线上(?:销售)?占比?"), re.compile("[，,、](?:而)?线下(?:销售)?占比?")),
    (
        re.compile("(?:村)?集体占(?:比|股)?"),
        re.compile("[，,、](?:农户|村民|群众|企业|公司)占(?:比|股)?"),
    ),
)
_MEAN = re.compile(
    r"[^，,。；;、\d]{0,6}[，,]?[^，,。；;、\d]{0,6}(?P<mean>平均)?(?P<of>[户人]均|每[户人])(?P<verb>[^，,。；;、\d]{0,8})"
)
_IN_ALL = re.compile(r"[，,、][^，,。；;、\d]{0,6}(?:共|总计|合计|累计|总)[^，,。；;、\d]{0,8}")
_HELPED = re.compile(r"[，,](?:资助|奖励|补助|救助|慰问|发放)[^，,。；;、\d]{0,8}")
# 每户分红800元，共120户，合计9.6万元
_FOR_EACH = re.compile(r"(?P<mean>平均)?(?P<of>每[户人]|[户人]均)(?P<verb>[^，,。；;\d]{0,8})$")
_PAID = re.compile("分红|发放|补助|补贴|奖励|资助|慰问|救助")
_SO_MANY_OWNERS = re.compile(r"[，,、]?(?:(?:共有?|涉及|惠及|覆盖|有)[^，,。；;、\d]{0,6})?")
_SUMMED = re.compile(
    r"[^，,。；;、\d]{0,4}[，,、]?(?:共|总计|合计|累计|共计|总)[^，,。；;、\d]{0,8}"
)
_EACH = re.compile(r"[，,]?(?:每[人户名]|[人户]均)(?:奖励|发放|补助|资助|各)?")
_ROUGH = Fraction(3, 10)  # how far a mean and a sum may differ where one of them is 约 or 余
_EXACT = Fraction(1, 10)
_PAID_OUT = Fraction(1, 50)  # 每户分红800元: each gets exactly that
_POINT = 1  # for a share in whole per cent


def check_ratios(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report 占 Z% that is not B of A, and N户 at 户均 X that do not make Y."""
    for sentence in case.prose.sentences:
        if sentence.cells or not re.search("占|率|比[例重]|[户人]均|每[户人]", sentence.text):
            continue
        figures = [f for f in find_figures(sentence.text) if f.reason not in {"time", "ordinal"}]
        for n in range(len(figures) - 2):
            yield from _share(case, sentence, figures[n : n + 3])
            yield from _rate(case, sentence, figures[n : n + 3])
            yield from _mean(case, sentence, figures[n : n + 3])
        for n in range(3, len(figures)):
            yield from _paired(case, sentence, figures[max(0, n - 4) : n + 1])
        for one, other in pairwise(figures):
            yield from _complements(case, sentence, one, other)
        yield from _prizes(case, sentence, figures)


def _share(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    """Check A个中有 B个，占 Z%."""
    whole, part, share = three
    text = sentence.text
    if share.measure.unit != "%" or whole.measure.unit != part.measure.unit:
        return
    ahead, behind = text[whole.end : part.start], text[part.end : share.start]
    shared = _SHARE.fullmatch(behind) or _of_place(text, whole, part, behind)
    covered = _MANY_OF.fullmatch(ahead) and _COVERED.fullmatch(behind)
    if (_AMONG.fullmatch(ahead) and shared) or covered:
        yield from _misstated(case, sentence, three)


def _of_place(text: str, whole: Finding, part: Finding, behind: str) -> bool:
    """Return whether the share is one of the village's households or people, given before."""
    told = _OF_PLACE.fullmatch(behind)
    if not told or not _PLACE.search(text[max(0, whole.start - 14) : whole.start]):
        return False
    return part.measure.unit == ("户" if "户" in told["of"] else "人")


def _rate(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    """Check 计划 A，完成 B，完成率 Z%; and 培训 A，就业 B，就业率 Z%."""
    whole, part, share = three
    text = sentence.text
    if share.measure.unit != "%" or whole.measure.unit != part.measure.unit:
        return
    ahead, behind = text[whole.end : part.start], text[part.end : share.start]
    if behind == "的" and _OF_SUM.fullmatch(ahead):
        yield from _misstated(case, sentence, (part, whole, share))
    planned = _PLANNED.search(text[max(0, whole.start - 14) : whole.start])
    fulfilled = planned and _DONE.fullmatch(ahead) and _DONE_RATE.fullmatch(behind)
    then, rate = _THEN.fullmatch(ahead), _SO_MANY.fullmatch(behind)
    told = _OF_THEM.fullmatch(ahead) and _THEY_DID.fullmatch(behind)
    passed = told and told["what"] == told["rate"]
    if passed or fulfilled or (then and rate and then["what"] == rate["what"]):
        yield from _misstated(case, sentence, three)


def _paired(case: Case, sentence: Sentence, run: Sequence[Finding]) -> Iterator[Problem]:
    """Check 428户1836人，其中96户（391人），占 Z%: of the households or of the people."""
    *before, share = run
    text = sentence.text
    if share.measure.unit != "%":
        return
    gaps = [text[a.end : b.start] for a, b in pairwise(run)]
    cut = next((n for n in range(len(gaps) - 2, 0, -1) if _AMONG.fullmatch(gaps[n])), None)
    if cut is None or cut < 1 or len(before) - cut - 1 not in {1, 2}:
        return
    wholes, parts = before[cut - 1 : cut + 1], before[cut + 1 :]
    inner = [gap for n, gap in enumerate(gaps[cut - 1 : -1], cut - 1) if n != cut]
    if any(gap not in {"", "、", "，", ","} for gap in inner):
        return
    behind = gaps[-1]
    told = _SHARE.fullmatch(behind) or any(_of_place(text, wholes[0], p, behind) for p in parts)
    if not told or not _exact(*wholes, *parts, share):
        return
    pairs = [(w, p) for w in wholes for p in parts if w.measure.unit == p.measure.unit]
    named = _OF_PLACE.fullmatch(behind)
    if named:
        unit = "户" if "户" in named["of"] else "人"
        pairs = [(w, p) for w, p in pairs if w.measure.unit == unit]
    if pairs and all(_off(w, p, share) for w, p in pairs):
        yield from _misstated(case, sentence, (*pairs[0], share))


def _off(whole: Finding, part: Finding, share: Finding) -> bool:
    if not whole.measure.low:
        return False
    return abs(part.measure.low / whole.measure.low * 100 - share.measure.low) >= _POINT


def _misstated(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    whole, part, share = three
    if _exact(*three) and _off(whole, part, share):
        real = _short(part.measure.low / whole.measure.low * 100)
        message = f"{part.raw}是{whole.raw}的 {real}%，正文写的是 {share.raw}"
        yield _wrong(case, sentence, message)


def _complements(case: Case, sentence: Sentence, one: Finding, other: Finding) -> Iterator[Problem]:
    """Check 女性占 65%，男性占 45%: shares of one whole that make more or less than it."""
    if one.measure.unit != "%" or other.measure.unit != "%" or not _exact(one, other):
        return
    text = sentence.text
    ahead, between = text[max(0, one.start - 12) : one.start], text[one.end : other.start]
    made = one.measure.low + other.measure.low
    for closed, (first, then) in ((True, _SEXES), *((False, side) for side in _SIDES)):
        opened = [m for m in first.finditer(ahead) if m.end() == len(ahead)]
        if opened and then.fullmatch(between):
            if made > 100 + _POINT or (closed and made < 100 - _POINT):
                yield _wrong(
                    case, sentence, f"{one.raw}和{other.raw}相加是 {_short(made)}%，应是 100%"
                )
            return


def _mean(case: Case, sentence: Sentence, three: Sequence[Finding]) -> Iterator[Problem]:
    """Check N户，户均 X元，共 Y元; and Y元，资助N人，人均 X元."""
    text = sentence.text
    between = [text[a.end : b.start] for a, b in pairwise(three)]
    if (told := _MEAN.fullmatch(between[0])) and _IN_ALL.fullmatch(between[1]):
        count, mean, total = three
    elif _HELPED.fullmatch(between[0]) and (told := _MEAN.fullmatch(between[1])):
        total, count, mean = three
    elif _SO_MANY_OWNERS.fullmatch(between[0]) and _SUMMED.fullmatch(between[1]):
        mean, count, total = three
        told = _FOR_EACH.search(text[max(0, mean.start - 14) : mean.start])
        if not told:
            return
    else:
        return
    money = mean.measure.unit.partition("/")[0] == total.measure.unit == "元"
    if not money or count.measure.unit != ("户" if "户" in told["of"] else "人"):
        return
    made = count.measure.low * mean.measure.low
    slack = _EXACT if _exact(*three) else _ROUGH
    if (
        slack == _EXACT
        and told["of"][0] == "每"
        and not told["mean"]
        and _PAID.search(told["verb"])
    ):
        slack = _PAID_OUT
    if not total.measure.low or abs(made / total.measure.low - 1) > slack:
        said = f"{count.raw}、{told['of']}{mean.raw}，合起来是 {_money(made)}"
        yield _wrong(case, sentence, f"{said}，正文写的是 {total.raw}")


def _prizes(case: Case, sentence: Sentence, figures: Sequence[Finding]) -> Iterator[Problem]:
    """Check 共 Y元，其中 N人每人 X元、M人每人 Z元, which must not make more than Y."""
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
        "wrong-ratio",
        Severity.WARNING,
        "正文里的占比或均数算不出来",
        "整体、部分和占比（完成率、覆盖率也是），户数、户均和总数，知道两个就能算出第三个；"
        "男女的占比合起来是 100%。四舍五入的出入不算。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "12个村中有9个村完成任务，占85%（应是 75%）",
        check=check_ratios,
        wrong="12个村中有9个村通了路，占80%。",
        right="12个村中有9个村通了路，占75%。",
    ),
)
