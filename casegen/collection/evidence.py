"""evidence: the sentence of a case's body that states a metric.

Secret: which figure of the body belongs to which metric, and how far the two agree.
Not here: cutting a body into sentences (body.prose), finding figures in prose (chinese.figures),
what a disagreement is called (rules).

Each figure of the body confirms at most one metric, so that a wrong digit cannot be hidden by
another metric's figure. Metrics and figures are matched in rounds, from full agreement down; in
each round the pairs whose words share most with the metric's name come first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.implied import HEADING_UNIT, find_heading_unit
from casegen.chinese.quantity import Quantity, Unreadable, are_akin, convert_to_base, read_quantity
from casegen.chinese.units import Measure, split_scale
from casegen.collection.indicator import Timing
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import Vocabulary

Figures = Sequence[tuple[Finding, ...]]  # of each sentence


class Agreement(IntEnum):
    """How far a figure of the body agrees with a metric, the best first."""

    FULL = 0  # value, unit and qualifier, in the same words
    WORDING = 1  # the same, in other words: 200万元 and 2,000,000元, 3名 and 3人
    AKIN = 2  # qualifiers that may replace each other (docs/handbook/numbers.md): 余 and 多
    QUALIFIER = 3  # another qualifier
    UNIT = 4  # the same number with another unit
    VALUE = 5  # another number for what seems to be the same thing


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of the body as written and read, and the words around it.

    `sentence` is its sentence's number, `start` its offset there (-1 in a cell);
    `beside` are the words it counts: those right after it, or
    before it where none follow (2名驻村干部, 养鸡容量3000只); `clause` and `context` reach farther.
    """

    sentence: int
    beside: str
    clause: str
    context: str
    raw: str
    quantity: Quantity
    measure: Measure
    start: int = -1


@dataclass(frozen=True, slots=True)
class Match:
    """Where a metric is stated, how (`raw`, with its unit), and how far the two agree.

    `start`: offset of the figure in its sentence, -1 in a cell; `sure`: whether the words around
    the figure confirm that it is the metric's; `swapped`: whether another figure fits the metric
    better (swaps).
    """

    sentence: int
    raw: str
    unit: str
    agreement: Agreement
    sure: bool
    start: int = -1
    swapped: bool = False

    @property
    def states(self) -> bool:
        """Whether this is the metric, perhaps misquoted; False where it only seems to be."""
        return self.agreement < Agreement.VALUE


def find_sentence_figures(sentences: Sequence[Sentence]) -> tuple[tuple[Finding, ...], ...]:
    """Find the figures of each sentence, once for evidence and rules."""
    return tuple(find_figures(sentence.text) for sentence in sentences)


def trace_metrics(
    metrics: Sequence[Metric],
    sentences: Sequence[Sentence],
    figures: Figures,
    vocabulary: Vocabulary,
) -> tuple[Match | None, ...]:
    """Return for each metric the figure of the body that confirms it best, or None."""
    if not metrics:
        return ()
    found = match_metrics(metrics, list_statements(sentences, figures), vocabulary)
    if all(match and match.states for match in found):
        return found
    return _with_literal(metrics, found, sentences)


def _with_literal(
    metrics: Sequence[Metric], found: Sequence[Match | None], sentences: Sequence[Sentence]
) -> tuple[Match | None, ...]:
    """Return the matches; a metric without one gets a sentence that holds it literally.

    The finder of figures does not take all of them for figures (大棚十栋), yet the body has them.
    """
    whole = list(found)
    used = {(match.sentence, fold_text(match.raw)) for match in found if match and match.states}
    for m, metric in enumerate(metrics):
        match = whole[m]
        if match is not None and match.states:
            continue
        written = fold_text(metric.quantity.as_written)
        alone = re.compile(rf"(?<![{_NUMERIC}数几上]){re.escape(written)}")
        for sentence in sentences:
            text = fold_text(sentence.text)
            if (sentence.index, written) not in used and alone.search(text):
                sure = len(set(metric.name).intersection(text)) >= SURE * len(set(metric.name))
                unit = metric.quantity.unit
                whole[m] = Match(sentence.index, written, unit, Agreement.FULL, sure)
                used.add((sentence.index, written))
                break
    return tuple(whole)


_NUMERIC = "0-9.一二三四五六七八九十百千万亿两〇零"


def list_statements(sentences: Sequence[Sentence], figures: Figures) -> tuple[Statement, ...]:
    """Return every figure of the body, in order; a cell's unit may be in its column's heading.

    `figures` are those of each sentence.
    """
    found: list[Statement] = []
    for sentence, own in zip(sentences, figures, strict=True):
        if sentence.cells:
            found += _of_row(sentence)
        else:
            found += [_of_finding(f, sentence) for f in own if f.reason not in _NAMES]
    return tuple(found)


_NAMES = frozenset({"ordinal", "name", "idiom"})  # 一户一策 states nothing
_STOP = re.compile(r"[，。；：、！？（）()“”《》…\s\d]|[和及与并]")
_NEAR = 10
_AROUND = 200  # code points of a figure's context in a very long sentence


def _of_finding(finding: Finding, sentence: Sentence, heading: str = "") -> Statement:
    after = _STOP.split(finding.after)[0][:_NEAR]
    text = sentence.text
    ahead = heading or text[max(0, finding.start - _AROUND) : finding.start]
    before = [piece for piece in _STOP.split(ahead) if piece][-1:]
    return Statement(
        sentence.index,
        after or "".join(before)[-_NEAR:],
        heading + finding.before + finding.after,
        text if heading else text[max(0, finding.start - _AROUND) : finding.end + _AROUND],
        finding.raw,
        finding.quantity,
        finding.measure,
        -1 if heading else finding.start,
    )


_NUMBER_ALONE = re.compile(r"[约近超逾达]?\s?[\d.,，]+\s?[百千万亿]{0,2}\s?[余多]?")
_UNITS = frozenset({"单位", "计量单位"})


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A cell that is a quantity, the words of its row and column, and its unit if it is elsewhere.

    `quantity` has the unit that the cell, its column's heading, its row's label, or a cell under
    单位 gives.
    """

    cell: str
    clause: str
    quantity: Quantity
    unit: str = ""


def is_bare_number(cell: str) -> bool:
    """Return whether a cell is a number without a unit: 320, 约1.2万."""
    return _NUMBER_ALONE.fullmatch(cell) is not None


def list_cell_figures(cells: Sequence[tuple[str, str]]) -> Iterator[CellFigure | tuple[str, str]]:
    """Yield each cell of a row as a quantity; one that is none as its clause and its text.

    `cells` pairs each filled cell with its column's heading; the first one is the row's label.
    """
    label = cells[0][1] if cells else ""
    beside = next((cell for heading, cell in cells if heading.strip() in _UNITS), "")
    for number, (heading, cell) in enumerate(cells):
        unit = find_heading_unit(heading)
        if number and not unit and is_bare_number(cell):
            unit = beside or find_heading_unit(label)
        said = HEADING_UNIT.search(heading) is not None or cell[-1:].isdigit()
        unit = unit if said or is_bare_number(cell) else ""
        alone = read_quantity(cell + unit)
        clause = f"{label}{heading}"
        if isinstance(alone, Unreadable):
            yield clause, cell
        else:
            yield CellFigure(cell, clause, alone, unit)


def _of_row(row: Sentence) -> list[Statement]:
    found: list[Statement] = []
    for one in list_cell_figures(row.cells):
        if isinstance(one, CellFigure):
            measure = convert_to_base(one.quantity)
            clause = one.clause
            found.append(
                Statement(row.index, clause, clause, row.text, one.cell, one.quantity, measure)
            )
        else:
            found += [_of_finding(finding, row, one[0]) for finding in find_figures(one[1])]
    return found


def match_metrics(
    metrics: Sequence[Metric], said: Sequence[Statement], vocabulary: Vocabulary
) -> tuple[Match | None, ...]:
    """Return for each metric the statement that confirms it best, or None.

    A metric that is the same as another one (`same_as`) and has no figure of its own shares the
    other's.
    """
    found: dict[int, Match] = {}
    free = set(range(len(said)))
    names = [_names(metric, vocabulary) for metric in metrics]
    words = [_Words(*map(frozenset, (s.beside, s.clause, s.context))) for s in said]
    for agreement in Agreement:
        near: defaultdict[object, list[int]] = defaultdict(list)
        for s in sorted(free):
            near[_likeness_of(said[s], agreement)].append(s)
        # Metrics with the same name and quantity have the same possible statements.
        ranked: dict[tuple[Names, Quantity], list[_Able]] = {}
        wanting: dict[int, list[_Able]] = {}
        for m, metric in enumerate(metrics):
            group = names[m], metric.quantity
            if m in found:
                continue
            if group not in ranked:
                able = near[_likeness_wanted(metric.quantity, agreement)]
                able = [s for s in able if _agrees(metric.quantity, said[s], agreement)]
                ranked[group] = _ranked(names[m], words, able, _LEAST.get(agreement, 0))
            wanting[m] = ranked[group]
        for m, s, sure in _shared_out(wanting, free):
            one = said[s]
            found[m] = Match(one.sentence, one.raw, one.quantity.unit, agreement, sure, one.start)
    for m, metric in enumerate(metrics):
        other = metric.same_as
        if m in found or other is None or other not in found:
            continue
        # A figure of another value is not stated by the sentence of the one it claims to be.
        if convert_to_base(metric.quantity) == convert_to_base(metrics[other].quantity):
            found[m] = found[other]
    return tuple(found.get(m) for m in range(len(metrics)))


def _shared_out(
    wanting: Mapping[int, list[_Able]], free: set[int]
) -> Iterator[tuple[int, int, bool]]:
    """Yield each metric with its statement, the best pair first; the statements leave `free`."""
    queue = [(able[-1][0], m) for m, able in wanting.items() if able]
    heapify(queue)
    while queue:
        rank, m = heappop(queue)
        able = wanting[m]
        while able and able[-1][1] not in free:
            able.pop()
        if able and able[-1][0] > rank:
            heappush(queue, (able[-1][0], m))
        elif able:
            _, s, sure = able.pop()
            free.remove(s)
            yield m, s, sure


Names = tuple[frozenset[str], ...]
# Rank, number of the statement, whether its words confirm the metric.
_Able = tuple[float, int, bool]


class _Words(NamedTuple):
    """The letters beside a figure, of its clause, of all around it."""

    beside: frozenset[str]
    clause: frozenset[str]
    context: frozenset[str]


def _names(metric: Metric, vocabulary: Vocabulary) -> Names:
    """Return the letters of a metric's name, and those of its indicator's."""
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    return (frozenset(metric.name), *([frozenset(indicator.name)] if indicator else []))


def _ranked(
    names: Names, words: Sequence[_Words], able: Sequence[int], least: float
) -> list[_Able]:
    """Return possible statements of a metric, the best last: rank, number, whether it is confirmed.

    The share of the name that a statement's words hold is from 0 to 1; the indicator's name is
    used where it shares more. Words of the clause count fully, those of the rest of the sentence
    half, since a clause may hold nothing but another figure (4户15人). In the rank, words beside
    the figure count twice.
    """
    found = []
    for s in able:
        beside, clause, context = words[s]
        affinity = max(
            (len(name & clause) + len(name & context)) / (2 * len(name)) for name in names
        )
        if affinity >= least:
            rank = affinity + len(names[0] & beside) / len(names[0])
            found.append((-rank, s, affinity >= SURE))
    return sorted(found, reverse=True)


def _likeness_of(statement: Statement, agreement: Agreement) -> object:
    """Return the key under which a statement is compared with metrics at this agreement."""
    if agreement is Agreement.FULL:
        return fold_text(statement.raw)
    if agreement is Agreement.UNIT:
        return statement.quantity.low, statement.quantity.high
    return statement.measure.unit if agreement is Agreement.VALUE else statement.measure


def _likeness_wanted(quantity: Quantity, agreement: Agreement) -> object:
    """Return the key of a metric's quantity.

    Equal to that of statements which may agree with it.
    """
    if agreement is Agreement.FULL:
        return fold_text(quantity.as_written)
    if agreement is Agreement.UNIT:
        return quantity.low, quantity.high
    own = convert_to_base(quantity)
    return own.unit if agreement is Agreement.VALUE else own


def _agrees(quantity: Quantity, statement: Statement, agreement: Agreement) -> bool:
    other = statement.quantity
    if agreement is Agreement.FULL:
        return fold_text(quantity.as_written) == fold_text(statement.raw)
    if agreement is Agreement.UNIT:
        return (quantity.low, quantity.high) == (other.low, other.high)
    own = convert_to_base(quantity)
    same_measure = own == statement.measure
    match agreement:
        case Agreement.WORDING:
            return same_measure and quantity.qualifier == other.qualifier
        case Agreement.AKIN:
            return same_measure and are_akin(quantity.qualifier, other.qualifier)
        case Agreement.QUALIFIER:
            return same_measure
        case _:
            return own.unit == statement.measure.unit


def find_verdict(metric: Metric, match: Match | None) -> str:
    """Return the rule that reports how a metric and its sentence differ, "" where they agree."""
    if match is None:
        return "missing-evidence"
    if match.agreement <= Agreement.WORDING and not match.sure:
        return "doubtful-evidence"
    if match.agreement is Agreement.WORDING:
        # Only numerals or scale differ: 200万元 and 2,000,000元.
        alike = split_scale(metric.quantity.unit)[1] == split_scale(match.unit)[1]
        # The figure of a sentence ends before the noun: 150家农户 is stated as 150家.
        longer = fold_text(metric.quantity.as_written).startswith(fold_text(match.raw))
        return "" if alike or longer else "unit-wording"
    return _VERDICTS[match.agreement]


_VERDICTS = {
    Agreement.FULL: "",
    Agreement.AKIN: "kindred-qualifier",
    Agreement.QUALIFIER: "changed-qualifier",
    Agreement.UNIT: "changed-unit",
    Agreement.VALUE: "changed-value",
}

SURE = 0.34  # share of a name below which equal figures may be a coincidence
# The less the figures agree, the more the words must.
_LEAST = {Agreement.UNIT: 0.25, Agreement.VALUE: 0.4}


_TIMES = re.compile(r"(?<=\d)(?: ?[*×✕xX]+ ?|_+|~+)(?=\d)")
_GAPS = re.compile(r"(?<!\d) | (?!\d)|[*_]|(?<=\d)[,， ](?=\d{3}(?!\d))")


@lru_cache(1 << 10)  # sentences of one case; the next one has others
def fold_text(text: str) -> str:
    """Return a text for comparing: NFKC, without spaces, marks and thousands separators.

    Between digits a mark or a space stays: neither 3*4*5米 nor 3 4 5米 is 345米.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    return _GAPS.sub("", _TIMES.sub("×", folded))


def find_contradictions(
    metrics: Sequence[Metric],
    found: Sequence[Match | None],
    sentences: Sequence[Sentence],
    figures: Figures,
) -> tuple[tuple[int, int, str], ...]:
    """Return where the body gives a metric another value: metric, sentence, the text as written.

    The other figure must be in a clause that holds nearly all of the metric's name, be in the
    same base unit, and confirm no other metric.
    """
    used = {(match.sentence, fold_text(match.raw)) for match in found if match}
    # Many figures may share a sentence and a clause; the letters of each are found once.
    letters_of = cache(frozenset[str])
    free = [
        (sentence.index, letters, letters_of(other.clause), other)
        for sentence, own in zip(sentences, figures, strict=True)
        for letters in [letters_of(sentence.text)]
        for other in list_statements([sentence], [own])
        if (sentence.index, fold_text(other.raw)) not in used
        # What is only planned contradicts nothing that was done.
        and not any(f.reason == "forecast" and f.raw == other.raw for f in own)
    ]
    # A figure's place in the list, by its unit and each letter of its clause.
    holding: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for n, (_, _, clause, other) in enumerate(free):
        for letter in clause:
            holding[other.measure.unit, letter].append(n)
    said: list[tuple[int, int, str]] = []
    for m, (metric, match) in enumerate(zip(metrics, found, strict=True)):
        name = frozenset(metric.name)
        if match is None or not match.states or len(name) < _TELLING:
            continue
        own = convert_to_base(metric.quantity)
        # A clause that lacks few of the letters has one of any few more: of the rarest ones.
        lists = sorted((holding.get((own.unit, each), []) for each in name), key=len)
        lacking = _lacking(name)
        near = {n for each in lists[: lacking + 1] for n in each}
        for index, letters, clause, other in (free[n] for n in sorted(near)):
            # A year's figure and the sum to date are two figures.
            summed = "累计" in other.clause and metric.timing is Timing.YEARLY
            same = index == match.sentence or other.measure == own
            about = len(name - letters) <= lacking and len(name - clause) <= lacking
            if about and not same and not summed:
                said.append((m, index, other.raw))
    return tuple(said)


_TELLING = 4  # letters; a shorter name (面积, 资金) fits too many clauses


def _lacking(name: frozenset[str]) -> int:
    """Return how many letters of a name a clause may lack and still be about it."""
    return len(name) - math.ceil(0.9 * len(name))
