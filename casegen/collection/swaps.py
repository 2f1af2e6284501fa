"""swaps: metrics whose figure is in a sentence where another figure fits them better.

Secret: how well the words around a figure fit a metric's name and indicator, and how much better
another must fit before the two count as swapped.
Not here: which figure states a metric (evidence), the message about it (rules).

Words that only few figures of the unit have beside them weigh more than words that all have; words
right beside a figure weigh more than those farther away in its sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from casegen.body.prose import Sentence
from casegen.chinese.figures import Finding
from casegen.chinese.quantity import convert_to_base
from casegen.collection.evidence import Figures, Match
from casegen.collection.metric import Metric
from casegen.collection.timing import strip_time
from casegen.collection.vocabulary import REST, Vocabulary

# How much better another figure must fit; tuned on correct metrics and on swapped ones.
CLEARLY = 0.1
_WELL = 0.4  # how well it must fit at all
_NEAR, _FAR = 0.5, 0.2  # weight of a letter before the figure, and of one anywhere in the sentence
_AHEAD, _BEHIND = 30, 12
_STOP = re.compile("[，,。；;：:、！？!?（()）\\s]")
_NAMES = frozenset({"ordinal", "name", "idiom", "time"})
_SUM_BEFORE = re.compile("(?:共计|合计|总计|累计|总共|共)(?:约|近|超|达)?$")
_EMPTY = frozenset("的了和及与等共计数总个")


class _Words(NamedTuple):
    """The letters beside a figure, before it, and in its sentence."""

    beside: frozenset[str]
    ahead: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure and the letters around it."""

    sentence: int
    start: int
    finding: Finding
    words: _Words


def find_swapped(
    metrics: Sequence[Metric],
    sentences: Sequence[Sentence],
    figures: Figures,
    matches: Sequence[Match | None],
) -> tuple[int, ...]:
    """Return the positions of metrics whose figure fits clearly worse than a free one.

    A figure is free if it states a result and confirms no other metric.
    """
    places = [place for s, own in zip(sentences, figures, strict=True) for place in _places(s, own)]
    taken = {(m.sentence, m.start) for m in matches if m and m.states}
    free = [p for p in places if not p.finding.reason and (p.sentence, p.start) not in taken]
    of_unit, free_of_unit = _by_unit(places), _by_unit(free)
    often_of_unit = {
        unit: Counter(letter for place in own for letter in place.words.beside)
        for unit, own in of_unit.items()
    }
    at = {(place.sentence, place.start): place for place in places}
    known: dict[tuple[str, str], dict[str, float]] = {}
    found = []
    for number, (metric, match) in enumerate(zip(metrics, matches, strict=True)):
        if match is None or not match.states:
            continue
        own = convert_to_base(metric.quantity)
        others = [p for p in free_of_unit.get(own.unit, ()) if p.finding.measure != own]
        if _SUM_BEFORE.search(sentences[match.sentence].text[: max(0, match.start)][-8:]):
            # 云杉2.8万株、油松1.2万株，共计4万株: the addends are nearer to the name than the sum.
            others = [p for p in others if not _adds_to(p, match, own.low)]
        if (metric.name, own.unit) not in known:
            known[metric.name, own.unit] = _weights(
                metric.name, often_of_unit.get(own.unit, Counter()), len(of_unit.get(own.unit, ()))
            )
        weights = known[metric.name, own.unit]
        place = at.get((match.sentence, match.start))
        if place is not None and place.finding.measure.unit != own.unit:
            place = None
        here = _fit(weights, _words_of(place, sentences[match.sentence]))
        best = max((_fit(weights, other.words) for other in others), default=0.0)
        if best > max(here + CLEARLY, _WELL):
            found.append(number)
    return tuple(found)


def _adds_to(place: _Place, total: Match, most: Fraction) -> bool:
    """Return whether a figure may be an addend of the sum behind it in its sentence."""
    ahead = place.sentence == total.sentence and place.start < total.start
    return ahead and place.finding.measure.low < most


def weigh_swaps(
    metrics: Sequence[Metric],
    sentences: Sequence[Sentence],
    figures: Figures,
    matches: Sequence[Match | None],
    vocabulary: Vocabulary,
) -> tuple[Match | None, ...]:
    """Return the matches.

    Swapped metrics become unsure, words of the indicator make others sure.
    """
    wrong = set(find_swapped(metrics, sentences, figures, matches))
    made: list[Match | None] = []
    for number, (metric, match) in enumerate(zip(metrics, matches, strict=True)):
        if match and number in wrong:
            made.append(replace(match, sure=False, swapped=True))
        elif match and match.states and not match.sure:
            said = _said_of_indicator(metric, match, sentences[match.sentence], vocabulary)
            made.append(replace(match, sure=said))
        else:
            made.append(match)
    return tuple(made)


def _said_of_indicator(
    metric: Metric, match: Match, sentence: Sentence, vocabulary: Vocabulary
) -> bool:
    """Return whether the words around a figure are usual ones for its indicator."""
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    if indicator is None or match.start < 0:
        return False
    near = sentence.text[max(0, match.start - _AHEAD) : match.start + len(match.raw) + _BEHIND]
    words = (*indicator.synonyms, *indicator.wordings)
    pieces = {piece for word in words for piece in word.split(REST) if len(piece) > 1}
    return any(piece in near for piece in pieces)


def _by_unit(places: Sequence[_Place]) -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = {}
    for place in places:
        found.setdefault(place.finding.measure.unit, []).append(place)
    return found


def _words_of(place: _Place | None, sentence: Sentence) -> _Words:
    """Return the letters around a metric's own figure; all letters of a row count as beside it."""
    if place is not None:
        return place.words
    around = frozenset(sentence.text + "".join(heading for heading, _ in sentence.cells))
    return _Words(around if sentence.cells else frozenset(), frozenset(), around)


def _places(sentence: Sentence, figures: Sequence[Finding]) -> Iterator[_Place]:
    if sentence.cells:
        return
    text, last = sentence.text, 0
    around = frozenset(text)
    for n, finding in enumerate(figures):
        following = figures[n + 1].start if n + 1 < len(figures) else len(text)
        before = _STOP.split(text[last : finding.start])[-1]
        after = _STOP.split(text[finding.end : following])[0]
        last = finding.end
        if finding.reason not in _NAMES:
            ahead = frozenset(text[max(0, finding.start - _AHEAD) : finding.start])
            words = _Words(frozenset(before + after), ahead, around)
            yield _Place(sentence.index, finding.start, finding, words)


def _weights(name: str, often: Mapping[str, int], count: int) -> dict[str, float]:
    """Return the letters of a name with weights: the rarer beside figures of the unit, the heavier.

    `often` says beside how many of the `count` figures a letter stands.
    """
    letters = {c for c in strip_time(name) if c not in _EMPTY} or set(name)
    return {c: math.log(1 + count / (1 + often.get(c, 0))) for c in letters}


def _fit(weights: dict[str, float], words: _Words) -> float:
    """Return the share of a name's weight that the words around a figure confirm, 0 to 1."""
    total = sum(weights.values())
    said = sum(weight * _worth(letter, words) for letter, weight in weights.items())
    return said / total if total else 0.0


def _worth(letter: str, words: _Words) -> float:
    if letter in words.beside:
        return 1.0
    if letter in words.ahead:
        return _NEAR
    return _FAR if letter in words.around else 0.0
