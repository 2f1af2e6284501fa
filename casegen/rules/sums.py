"""sums: 合计 and 其中 of a body's sentences and tables, added up anew.

Secret: how Chinese says that figures make up another one, and when a difference is a fault.
Not here: finding figures (chinese.figures), parts among the metrics (figures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding
from casegen.chinese.quantity import Qualifier, show
from casegen.collection.case import Case, Norms
from casegen.collection.evidence import plain
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Rule

_ALL = re.compile(r"(?:合计|共计|总计)[^，,。；;：:、\d]{0,10}$")
_NO_SUM = re.compile(r"年|累计|其中|每|均|左右")
_NEXT = re.compile(r"(?:[^，,。；;、\d]{0,8}[，,、；;和及]){1,2}[^，,。；;、\d]{0,12}")
_OTHERWISE = re.compile("实现|带动|增|创收|产值|收入|均|预计|可|受益|覆盖|年|含|包括|[（(]|同比")
_MOST_ADDENDS = 6
_MOST_PARTS = 20
# 其中 need not name every part; parts that make nine tenths are likely meant to make it all.
_NEARLY = Fraction(9, 10)


def sums(case: Case, _norms: Norms) -> Iterator[Problem]:
    """合计 that is not the sum of what stands before it; parts after 其中 beyond their whole."""
    for sentence in case.prose.sentences:
        if sentence.cells or not re.search("合计|共计|总计|其中", sentence.text):
            continue
        figures = _countable(case.figures[sentence.index])
        for n in range(len(figures)):
            yield from _of_addends(case, sentence, figures, n)
            yield from _of_parts(case, sentence, figures, n)


def _countable(figures: Sequence[Finding]) -> list[Finding]:
    unfit = {"time", "ordinal", "name", "idiom", "price", "specification", "location", "forecast"}
    return [f for f in figures if f.reason not in unfit and "/" not in f.quantity.unit]


def _of_addends(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """A 合计 right after two or more figures of its kind that do not make it in any way."""
    total = figures[n]
    if n < 2 or not _ALL.search(sentence.text[figures[n - 1].end : total.start]):
        return
    run = _alike(figures[max(0, n - 4 * _MOST_ADDENDS) : n], total)[-_MOST_ADDENDS:]
    if len(run) < 2 or run[-1] is not figures[n - 1] or not _plain(total, *run):
        return
    if _NO_SUM.search(sentence.text[run[0].start : total.start]):
        return
    values = [f.measure.low for f in run]
    ways = (sum(some) for size in range(2, len(run) + 1) for some in combinations(values, size))
    if total.measure.low not in ways:
        yield _unequal(case, sentence, run, total)


def _of_parts(
    case: Case, sentence: Sentence, figures: Sequence[Finding], n: int
) -> Iterator[Problem]:
    """Parts named right after 其中 that make more than the figure before it."""
    whole = figures[n]
    run: list[Finding] = []
    before = whole
    for part in figures[n + 1 : n + 1 + _MOST_PARTS]:
        between = sentence.text[before.end : part.start]
        first = not run and re.fullmatch(r"[^。；;\d]{0,20}其中[^，,。；;、\d]{0,14}", between)
        if not (first or (run and _NEXT.fullmatch(between))) or _OTHERWISE.search(between):
            break
        if part.measure.unit != whole.measure.unit:
            break
        run.append(part)
        before = part
    if not run or not _plain(whole, *run):
        return
    given = sum(f.measure.low for f in run)
    if given > whole.measure.low:
        yield _unequal(case, sentence, run, whole)
    elif len(run) > 1 and whole.measure.low * _NEARLY <= given < whole.measure.low:
        yield _unequal(case, sentence, run, whole, Severity.NOTE)


def _alike(figures: Sequence[Finding], total: Finding) -> list[Finding]:
    return [f for f in figures if f.measure.unit == total.measure.unit]


def _plain(*figures: Finding) -> bool:
    """Whether all are exact single figures that may be added up."""
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
    real = show(Fraction(sum(f.measure.low for f in run)), total.measure.unit)
    parts = "、".join(f.raw for f in run)
    return _problem(
        case, sentence, f"{parts} 相加是 {real.number}{real.unit}，正文写的是 {total.raw}", severity
    )


# --- tables ----------------------------------------------------------------------------------

_TOTAL_ROW = re.compile("合计|总计|共计|总和")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOT_ADDED = re.compile("率|%|均|单价|比|年份|日期|序号|编号|标准")


def columns(case: Case, _norms: Norms) -> Iterator[Problem]:
    """The last row of a table, 合计, that is not the sum of the rows above it."""
    above: list[Sentence] = []
    for sentence in case.prose.sentences:
        if not sentence.cells or not any(heading for heading, _ in sentence.cells):
            above = []
        elif _TOTAL_ROW.fullmatch(plain(sentence.cells[0][1])):
            yield from _of_columns(case, above, sentence)
            above = []
        else:
            above.append(sentence)


def _of_columns(case: Case, above: Sequence[Sentence], total: Sentence) -> Iterator[Problem]:
    for heading, cell in total.cells[1:]:
        rows = [plain(text) for row in above for head, text in row.cells if head == heading]
        written = plain(cell)
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


def every(case: Case, norms: Norms) -> Iterator[Problem]:
    """Wrong sums in sentences and in tables."""
    yield from sums(case, norms)
    yield from columns(case, norms)


SUMS = (
    Rule(
        "wrong-sum", Severity.WARNING, "正文里的合计不对",
        "合计不等于各项相加，或“其中”的各项比整体还多，必有一个数是错的。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "甲村修路100米，乙村修路50米，合计160米", check=every,
    ),
)  # fmt: skip
