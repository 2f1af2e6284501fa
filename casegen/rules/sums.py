"""sums: 合计 and 其中 of a body's sentences and tables, added up again.

Secret: when the difference between a sum and its parts is a fault.
Not here: how Chinese marks figures as parts of another one (chinese.partition), what is left of a
whole (remainders), parts among the metrics (figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.partition import UNFIT, Partition, find_partitions
from casegen.chinese.quantity import LESS_THAN, MORE_THAN, Qualifier
from casegen.chinese.showing import show_value
from casegen.collection.case import Case
from casegen.collection.evidence import fold_text
from casegen.collection.norms import Norms
from casegen.problem import Location, Problem, Severity
from casegen.rules.remainders import find_wrong
from casegen.rules.rule import Rule

_ALL = re.compile(
    r"(?:(?:合计|共计|总计)[^，,。；;：:、\d]{0,10}"
    r"|[，,](?:[一二两三四五六七八九十\d]{1,3}[批期次轮届场])?(?:总|一)?共"
    r"|[，,](?:总长度?|总面积|总人数|总数)(?:为|达到?)?)$"
)
_NO_SUM = re.compile(r"年|累计|其中|每|均|左右")
_MOST_ADDENDS = 6
# 其中 need not name every part; but parts of nine tenths were probably meant as all of it.
_NEARLY = Fraction(9, 10)
_ABOUT = Fraction(7, 100)


def check_sums(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report 合计 that is not the sum of the figures before it, and parts above their whole."""
    for sentence in case.prose.sentences:
        if sentence.cells or not _SAID.search(sentence.text):
            continue
        found = find_figures(sentence.text)
        figures = [f for f in found if f.reason not in UNFIT and "/" not in f.quantity.unit]
        for n in range(len(figures)):
            yield from _of_addends(case, sentence, figures, n)
        for partition in find_partitions(sentence.text, found):
            yield from _of_parts(case, sentence, partition)


_SAID = re.compile("合计|共|总[计长面人数]|其中|含|包括|分别|[：:（(]|[，,][男女]")


def _of_addends(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Check a 合计 right after two or more figures of its kind: some of them must make it."""
    total = figures[n]
    last = n - 1 - _is_turns(sentence, figures, n)
    if last < 1 or not _ALL.search(sentence.text[figures[last].end : total.start]):
        return
    run = _alike(figures[max(0, n - 4 * _MOST_ADDENDS) : n], total)[-_MOST_ADDENDS:]
    if len(run) < 2 or run[-1] is not figures[last] or not _plain(total, *run):
        return
    if _NO_SUM.search(sentence.text[run[0].start : total.start]) or _apart(sentence, run):
        return
    values = [f.measure.low for f in run]
    ways = (sum(some) for size in range(2, len(run) + 1) for some in combinations(values, size))
    if total.measure.low not in ways:
        yield _unequal(case, sentence, run, total)


def _is_turns(sentence: Sentence, figures: Sequence[Finding], n: int) -> bool:
    """Return whether the figure before a 共 says of how many turns it is the sum: 两批共90人."""
    if n < 1 or figures[n - 1].quantity.unit not in _TURNS:
        return False
    between = sentence.text[figures[n - 1].end : figures[n].start]
    return between == "共" and sentence.text[figures[n - 1].start - 1] in "，,"


_TURNS = frozenset({"批", "期", "次", "轮", "届", "场"})


def _apart(sentence: Sentence, run: Sequence[Finding]) -> bool:
    """Return whether 分别 begins the run; then it is read as one (partition)."""
    return "分别" in sentence.text[max(0, run[0].start - 20) : run[0].start]


def _of_parts(case: Case, sentence: Sentence, partition: Partition) -> Iterator[Problem]:
    """Check that parts do not exceed their whole, or equal it where they must."""
    whole, run = partition.whole, partition.parts
    if whole.measure.unit in {"%", "倍", "百分点"}:
        return
    least, most = sum(_low(f) for f in run), _high(whole)
    open_ended = whole.quantity.qualifier in MORE_THAN
    if least > most or (open_ended and least == most):
        yield _unequal(case, sentence, run, whole)
        return
    if not _plain(whole, *run):
        return
    given = sum(f.measure.low for f in run)
    if partition.closed and given != whole.measure.low:
        yield _unequal(case, sentence, run, whole)
        return
    nearly = len(run) > 1 and whole.measure.low * _NEARLY <= given < whole.measure.low
    if nearly and not re.match("[^，,。；;]{0,6}等", sentence.text[run[-1].end :]):
        yield _unequal(case, sentence, run, whole, Severity.NOTE)


def _low(figure: Finding) -> Fraction:
    """Return the least value of a figure."""
    loose = figure.quantity.qualifier in LESS_THAN | {Qualifier.ABOUT}
    return figure.measure.low * (1 - _ABOUT) if loose else figure.measure.low


def _high(figure: Finding) -> Fraction:
    """Return the greatest value of a figure: 3000余 stays below 4000, 约40 below 44."""
    measure, quantity = figure.measure, figure.quantity
    if quantity.qualifier is Qualifier.ABOUT:
        return measure.high * (1 + _ABOUT)
    if quantity.qualifier in MORE_THAN:
        whole = f"{quantity.high:f}".partition(".")[0]
        step = Fraction(10 ** (len(whole) - len(whole.rstrip("0"))))
        scale = measure.high / Fraction(quantity.high) if quantity.high else Fraction(1)
        return measure.high + max(step * scale, measure.high * _ABOUT)
    return measure.high


def _alike(figures: Sequence[Finding], total: Finding) -> list[Finding]:
    return [f for f in figures if f.measure.unit == total.measure.unit]


def _plain(*figures: Finding) -> bool:
    """Return whether all are exact single figures that may be added up."""
    return all(
        f.quantity.qualifier is Qualifier.EXACT
        and f.measure.low == f.measure.high
        and f.measure.unit not in {"%", "倍", "百分点"}
        for f in figures
    )


def _unequal(
    case: Case,
    sentence: Sentence,
    run: Sequence[Finding],
    total: Finding,
    severity: Severity = Severity.WARNING,
) -> Problem:
    made = Fraction(sum(f.measure.low for f in run))
    parts = "、".join(f.raw for f in run)
    message = f"{parts} 相加是 {_as_written(made, total)}，正文写的是 {total.raw}"
    return _problem(case, sentence, message, severity)


def _as_written(value: Fraction, like: Finding) -> str:
    """Return a value in the unit in which another figure is written (11.7公里, not 11700米)."""
    one = like.measure.low / Fraction(like.quantity.low) if like.quantity.low else Fraction(0)
    number = value / one if one else value
    if one and number.denominator in {1, 2, 4, 5, 10, 20, 25, 50, 100}:
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        return f"{exact.normalize():f}{like.quantity.unit}"
    real = show_value(value, like.measure.unit)
    return f"{real.number}{real.unit}"


# --- tables ----------------------------------------------------------------------------------

_TOTAL_ROW = re.compile("合计|总计|共计|总和")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOT_ADDED = re.compile("率|%|均|单价|比|年份|日期|序号|编号|标准")


def check_columns(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a last row of a table, 合计, that is not the sum of the rows above it."""
    above: list[Sentence] = []
    for sentence in case.prose.sentences:
        if not sentence.cells or not any(heading for heading, _ in sentence.cells):
            above = []
        elif _TOTAL_ROW.fullmatch(fold_text(sentence.cells[0][1])):
            yield from _of_columns(case, above, sentence)
            above = []
        else:
            above.append(sentence)


def _of_columns(case: Case, above: Sequence[Sentence], total: Sentence) -> Iterator[Problem]:
    for heading, cell in total.cells[1:]:
        rows = [fold_text(text) for row in above for head, text in row.cells if head == heading]
        written = fold_text(cell)
        numbers = [_NUMBER.match(text) for text in (*rows, written)]
        if len(rows) < 2 or not heading or _NOT_ADDED.search(heading) or not all(numbers):
            continue
        units = {text[m.end() :] for text, m in zip((*rows, written), numbers, strict=True) if m}
        *values, said = (Fraction(m.group()) for m in numbers if m)
        if len(units) == 1 and sum(values) != said:
            real = f"{float(sum(values)):.6f}".rstrip("0").rstrip(".")
            yield _problem(case, total, f"“{heading}”一列相加是 {real}，合计写的是 {cell}")


def _problem(
    case: Case, sentence: Sentence, message: str, severity: Severity = Severity.WARNING
) -> Problem:
    where = Location(case.path, case.body_line + sentence.line - 1, field="body")
    hint = "对照原稿改正；原文如此，就写 waive: {wrong-sum: 原文如此}"
    return Problem("wrong-sum", severity, message, where, hint)


def check_all(case: Case, norms: Norms) -> Iterator[Problem]:
    """Report wrong sums in sentences and in tables, and wrong remainders of a whole."""
    told = set()
    for problem in check_sums(case, norms):
        told.add(problem.where.line)
        yield problem
    for sentence, message in find_wrong(case, norms):
        if case.body_line + sentence.line - 1 not in told:
            yield _problem(case, sentence, message)
    yield from check_columns(case, norms)


SUMS = (
    Rule(
        "wrong-sum",
        Severity.WARNING,
        "正文里的合计不对",
        "合计不等于各项相加，“其中”的各项比整体还多，或减去已还、已用的不是剩下的，"
        "必有一个数是错的。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "甲村修路100米，乙村修路50米，合计160米",
        check=check_all,
        wrong="第一期20人、第二期30人，共60人。",
        right="第一期20人、第二期30人，共50人。",
    ),
)
