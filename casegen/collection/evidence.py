"""Evidence: the sentence of a case's body that states a metric.

Secret: which figure of the body belongs to which metric, and how far the two agree.
Not here: cutting a body into sentences (body.prose), finding figures in prose (chinese.figures),
what a disagreement is called (rules).

Each figure of the body confirms one metric at most, so that a wrong digit cannot hide behind
another metric's figure. Metrics and figures are matched in rounds, from full agreement down; in a
round those first whose words share most with the metric's name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding, find_figures
from casegen.chinese.quantity import (
    Measure,
    Quantity,
    Unreadable,
    akin,
    base,
    core_of,
    read_quantity,
)
from casegen.collection.indicator import Timing
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import Vocabulary

Figures = Sequence[tuple[Finding, ...]]  # of each sentence


class Agreement(IntEnum):
    """How far a figure of the body agrees with a metric, the best first."""

    FULL = 0  # value, unit and qualifier, in the same words
    WORDING = 1  # the same, in other words: 200万元 and 2,000,000元, 3名 and 3人
    AKIN = 2  # qualifiers that stand for each other (docs/handbook/numbers.md): 余 and 多
    QUALIFIER = 3  # another qualifier
    UNIT = 4  # the same number with another unit
    VALUE = 5  # another number for what seems to be the same thing


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure of the body as written and read, and the words around it.

    `sentence` is its sentence's number, `start` its place in it (-1 in a cell);
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

    `start`: place of the figure in its sentence, -1 in a cell; `sure`: whether the words around
    the figure confirm that it is the metric's; `swapped`: whether those around another figure do
    so better (swaps).
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
        """Whether this is the metric, if perhaps misquoted; else it only seems to be."""
        return self.agreement < Agreement.VALUE


def figures_of(sentences: Sequence[Sentence]) -> tuple[tuple[Finding, ...], ...]:
    """The figures of each sentence, found once: evidence and rules read them here."""
    return tuple(find_figures(sentence.text) for sentence in sentences)


def traced(
    metrics: Sequence[Metric],
    sentences: Sequence[Sentence],
    figures: Figures,
    vocabulary: Vocabulary,
) -> tuple[Match | None, ...]:
    """For each metric the figure of the body that confirms it best, or None."""
    if not metrics:
        return ()
    found = matched(metrics, statements(sentences, figures), vocabulary)
    if all(match and match.states for match in found):
        return found
    return _with_literal(metrics, found, sentences)


def _with_literal(
    metrics: Sequence[Metric], found: Sequence[Match | None], sentences: Sequence[Sentence]
) -> tuple[Match | None, ...]:
    """The matches, and for metrics without one a sentence that holds them to the letter.

    Some figures are no figures of prose to the finder (大棚十栋), yet the body has them.
    """
    whole = list(found)
    used = {(match.sentence, plain(match.raw)) for match in found if match and match.states}
    for m, metric in enumerate(metrics):
        match = whole[m]
        if match is not None and match.states:
            continue
        written = plain(metric.quantity.as_written)
        alone = re.compile(rf"(?<![{_NUMERIC}数几上]){re.escape(written)}")
        for sentence in sentences:
            text = plain(sentence.text)
            if (sentence.index, written) not in used and alone.search(text):
                sure = len(set(metric.name).intersection(text)) >= SURE * len(set(metric.name))
                unit = metric.quantity.unit
                whole[m] = Match(sentence.index, written, unit, Agreement.FULL, sure)
                used.add((sentence.index, written))
                break
    return tuple(whole)


_NUMERIC = "0-9.一二三四五六七八九十百千万亿两〇零"


def statements(sentences: Sequence[Sentence], figures: Figures) -> tuple[Statement, ...]:
    """Every figure of the body, in order; a cell's unit may stand in its column's heading.

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
_AROUND = 200  # code points that still count as a figure's context in a very long sentence


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


_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]\s*$")


def _of_row(row: Sentence) -> list[Statement]:
    label = row.cells[0][1] if row.cells else ""
    found: list[Statement] = []
    for heading, cell in row.cells:
        clause = f"{label}{heading}"
        unit = _UNIT.search(heading)
        alone = read_quantity(cell + (unit[1] if unit else ""))
        if isinstance(alone, Unreadable):
            found += [_of_finding(finding, row, clause) for finding in find_figures(cell)]
        else:
            found.append(Statement(row.index, clause, clause, row.text, cell, alone, base(alone)))
    return found


def matched(
    metrics: Sequence[Metric], said: Sequence[Statement], vocabulary: Vocabulary
) -> tuple[Match | None, ...]:
    """For each metric the statement that confirms it best, or None.

    A metric that is the same as another one (`same_as`) and has no figure of its own shares the
    other's.
    """
    found: dict[int, Match] = {}
    free = set(range(len(said)))
    affinity, likeness = _affinities(metrics, said, vocabulary)
    for agreement in Agreement:
        pairs = sorted(
            (-likeness[m, s], m, s)
            for m in range(len(metrics))
            if m not in found
            for s in free
            if _agrees(metrics[m].quantity, said[s], agreement)
            and affinity[m, s] >= _LEAST.get(agreement, 0)
        )
        for _, m, s in pairs:
            if m not in found and s in free:
                one, sure = said[s], affinity[m, s] >= SURE
                unit = one.quantity.unit
                found[m] = Match(one.sentence, one.raw, unit, agreement, sure, one.start)
                free.remove(s)
    for m, metric in enumerate(metrics):
        if m not in found and metric.same_as is not None and metric.same_as in found:
            found[m] = found[metric.same_as]
    return tuple(found.get(m) for m in range(len(metrics)))


def _agrees(quantity: Quantity, statement: Statement, agreement: Agreement) -> bool:
    other = statement.quantity
    if agreement is Agreement.FULL:
        return plain(quantity.as_written) == plain(statement.raw)
    if agreement is Agreement.UNIT:
        return (quantity.low, quantity.high) == (other.low, other.high)
    own = base(quantity)
    same_measure = own == statement.measure
    match agreement:
        case Agreement.WORDING:
            return same_measure and quantity.qualifier == other.qualifier
        case Agreement.AKIN:
            return same_measure and akin(quantity.qualifier, other.qualifier)
        case Agreement.QUALIFIER:
            return same_measure
        case _:
            return own.unit == statement.measure.unit


def verdict(metric: Metric, match: Match | None) -> str:
    """The rule that words how a metric and its sentence differ, or "" where they agree."""
    if match is None:
        return "missing-evidence"
    if match.agreement <= Agreement.WORDING and not match.sure:
        return "doubtful-evidence"
    if match.agreement is Agreement.WORDING:
        # Only numerals or scale differ: 200万元 and 2,000,000元.
        alike = core_of(metric.quantity.unit)[1] == core_of(match.unit)[1]
        return "" if alike else "unit-wording"
    return _VERDICTS[match.agreement]


_VERDICTS = {
    Agreement.FULL: "",
    Agreement.AKIN: "kindred-qualifier",
    Agreement.QUALIFIER: "changed-qualifier",
    Agreement.UNIT: "changed-unit",
    Agreement.VALUE: "changed-value",
}

SURE = 0.34  # share of a name below which equal figures may well be a coincidence
_LEAST = {Agreement.UNIT: 0.25, Agreement.VALUE: 0.4}  # the less figures agree, the more words must


def _affinities(
    metrics: Sequence[Metric], said: Sequence[Statement], vocabulary: Vocabulary
) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]]:
    """How much of each metric's name each statement's words hold, 0 to 1, and a rank for choosing.

    The indicator's name counts where it has more in common. Words of the clause count whole, those
    of the rest of the sentence half, since a clause may hold nothing but another figure (4户15人).
    The rank counts the words beside the figure once more.
    """
    words = [tuple(map(frozenset, (s.beside, s.clause, s.context))) for s in said]
    affinity, likeness = {}, {}
    for m, metric in enumerate(metrics):
        indicator = vocabulary.get(metric.indicator) if metric.indicator else None
        names = [frozenset(metric.name), *([frozenset(indicator.name)] if indicator else [])]
        for s, (beside, clause, context) in enumerate(words):
            affinity[m, s] = max(
                (len(name & clause) + len(name & context)) / (2 * len(name)) for name in names
            )
            likeness[m, s] = affinity[m, s] + len(names[0] & beside) / len(names[0])
    return affinity, likeness


_GAPS = re.compile(r"\s+|(?<!\d)[*_]|[*_](?!\d)|(?<=\d)[,，](?=\d{3}(?!\d))")


@lru_cache(1 << 14)
def plain(text: str) -> str:
    """Text for comparing: NFKC, without spaces, marks and thousands separators.

    A star between digits is no mark but 乘: 3*4*5米 is not 345米.
    """
    return _GAPS.sub("", unicodedata.normalize("NFKC", text))


def contradicted(
    metrics: Sequence[Metric],
    found: Sequence[Match | None],
    sentences: Sequence[Sentence],
    figures: Figures,
) -> tuple[tuple[int, int, str], ...]:
    """Where the body states a metric once more with another value: metric, sentence, as written.

    The other figure must stand in a clause that holds nearly all of the metric's name, be in the
    same base unit, and confirm no other metric.
    """
    used = {(match.sentence, plain(match.raw)) for match in found if match}
    said: list[tuple[int, int, str]] = []
    for m, (metric, match) in enumerate(zip(metrics, found, strict=True)):
        name = frozenset(metric.name)
        if match is None or not match.states or len(name) < _TELLING:
            continue
        own = base(metric.quantity)
        for sentence, figures_here in zip(sentences, figures, strict=True):
            if sentence.index == match.sentence or not _holds(sentence.text, name):
                continue
            for other in statements([sentence], [figures_here]):
                differs = other.measure.unit == own.unit and other.measure != own
                # A year's figure and the sum to date are two figures.
                summed = "累计" in other.clause and metric.timing is Timing.YEARLY
                if differs and not summed and _holds(other.clause, name):
                    place = (sentence.index, plain(other.raw))
                    if place not in used:
                        said.append((m, sentence.index, other.raw))
    return tuple(said)


_TELLING = 4  # a shorter name (面积, 资金) fits too many clauses


def _holds(text: str, name: frozenset[str]) -> bool:
    return len(name.intersection(text)) >= 0.9 * len(name)
