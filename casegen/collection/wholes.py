"""wholes: metrics that the body shows to be parts of another one, though no `part_of` says so.

Secret: which parts that a sentence or table puts beside their whole would be added to it.
Not here: the phrases that split a whole in Chinese (chinese.partition), what an editor reads
(rules), how such a part counts (doubt, totals).

Only metrics of one indicator are compared: two indicators are never added to one another. The
whole and its parts are in one sentence, in one table, or in two successive sentences; or the name
of a stock says that it is some of another one (生态茶园 of 茶园).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from casegen.body.prose import Sentence
from casegen.chinese.partition import UNFIT, find_opposites, find_partitions
from casegen.chinese.quantity import convert_to_base
from casegen.chinese.relations import Finding
from casegen.collection.evidence import Figures, Match
from casegen.collection.indicator import Timing
from casegen.collection.metric import Metric
from casegen.collection.timing import strip_time

MOST_PARTS = 20
_IN_ALL = re.compile(r"(?:共计|合计|总计|总共|累计|一共|共|计)[^，,。；;：:、\d]{0,10}$")
_ALL_OF_IT = re.compile("^(?:现有|共有|总|全[村镇乡县])")
# 种植面积 may be the rest beside 水苔种植面积; but 茶园 includes the 生态茶园.
_NO_KIND = re.compile("(?:面积|规模|基地|数量|总数|人口|[户人])$")
_TOTAL_ROW = re.compile("合计|总计|共计|总和")


def find_unsettled(
    metrics: Sequence[Metric],
    said: Sequence[Match | None],
    sentences: Sequence[Sentence],
    figures: Figures,
) -> Iterator[tuple[int, int]]:
    """Yield pairs of a part and its whole, as positions of metrics, that no reference connects."""
    stated: defaultdict[int, dict[int, int]] = defaultdict(dict)
    cells: defaultdict[int, list[int]] = defaultdict(list)
    for number, match in enumerate(said):
        if match is None or not match.states or not metrics[number].indicator:
            continue
        if match.start >= 0:
            stated[match.sentence].setdefault(match.start, number)
        elif sentences[match.sentence].cells:
            cells[match.sentence].append(number)
    pairs = [
        (here[part.start], here[whole.start])
        for sentence, here in stated.items()
        if len(here) > 1
        for whole, run in find_shown(sentences[sentence].text, figures[sentence])
        if whole.start in here
        for part in run
        if part.start in here
    ]
    pairs += _of_neighbours(sentences, figures, stated)
    pairs += _of_tables(sentences, cells)
    pairs += _of_names(metrics, said)
    seen: set[int] = set()
    for part, whole in pairs:
        if part not in seen and _may_be_part(metrics[part], metrics[whole]):
            seen.add(part)
            yield part, whole


def _of_neighbours(
    sentences: Sequence[Sentence], figures: Figures, stated: Mapping[int, Mapping[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield parts and wholes in two sentences of one section: 投入200万元。其中修渠120万元."""
    for index, there in sorted(stated.items()):
        here = stated.get(index - 1)
        if not here or sentences[index - 1].heading != sentences[index].heading:
            continue
        ahead = sentences[index - 1].text.rstrip("。；;！!") + "，"
        moved = [
            replace(f, start=f.start + len(ahead), end=f.end + len(ahead)) for f in figures[index]
        ]
        every = [*figures[index - 1], *moved]
        for whole, run in find_shown(ahead + sentences[index].text, every):
            if whole.start in here and all(part.start >= len(ahead) for part in run):
                yield from (
                    (there[at], here[whole.start])
                    for part in run
                    if (at := part.start - len(ahead)) in there
                )


def is_kind_of(part: str, whole: str) -> bool:
    """Return whether a name is another one with words in front that narrow it (生态茶园, 茶园)."""
    head = _ALL_OF_IT.sub("", strip_time(whole))
    narrow = strip_time(part)
    return (
        len(head) > 1
        and not _NO_KIND.search(head)
        and narrow.endswith(head)
        and len(_ALL_OF_IT.sub("", narrow)) > len(head)
    )


def _of_names(metrics: Sequence[Metric], said: Sequence[Match | None]) -> Iterator[tuple[int, int]]:
    """Yield stocks of one time and place of which one is named as a kind of the other."""
    stocks: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, metric in enumerate(metrics):
        match = said[number]
        if metric.indicator and metric.timing is Timing.STANDING and match and match.states:
            stocks[metric.indicator, metric.period, metric.where].append(number)
    for alike in stocks.values():
        for whole in alike if 1 < len(alike) <= MOST_PARTS else ():
            for part in alike:
                one, all_ = (
                    convert_to_base(metrics[part].quantity),
                    convert_to_base(metrics[whole].quantity),
                )
                less = one.unit == all_.unit and one.high < all_.low
                if less and is_kind_of(metrics[part].name, metrics[whole].name):
                    yield part, whole


def _may_be_part(part: Metric, whole: Metric) -> bool:
    """Return whether both would be added to one total, and nothing keeps them apart yet."""
    if part is whole or part.part_of is not None or part.same_as is not None:
        return False
    if part.indicator != whole.indicator or whole.same_as is not None:
        return False
    contained = whole.timing is Timing.CUMULATIVE and part.timing is not Timing.STANDING
    if contained and strip_time(part.name) == strip_time(whole.name):
        return False  # the sum to date replaces the year's figure without further help
    one, all_ = convert_to_base(part.quantity), convert_to_base(whole.quantity)
    return one.unit == all_.unit and one.low <= all_.high


def find_shown(text: str, found: Sequence[Finding]) -> Iterator[tuple[Finding, Sequence[Finding]]]:
    """Yield the wholes of a sentence, each with the figures that the sentence makes its parts."""
    for told in (*find_partitions(text, found), *find_opposites(text, found)):
        yield told.whole, told.parts
    countable = [f for f in found if f.reason not in UNFIT and "/" not in f.quantity.unit]
    for n, whole in enumerate(countable):
        if run := _after(countable, n) or _before(text, countable, n):
            yield whole, run


def _after(figures: Sequence[Finding], n: int) -> list[Finding]:
    """Return the parts that follow their whole and make it exactly (20万元，修渠15万，建棚5万)."""
    whole, total = figures[n], Fraction(0)
    run: list[Finding] = []
    for part in figures[n + 1 : n + 1 + MOST_PARTS]:
        if part.measure.unit != whole.measure.unit:
            continue
        if total + part.measure.low > whole.measure.high:
            break
        run.append(part)
        total += part.measure.low
    return run if len(run) > 1 and total == whole.measure.low else []


def _before(text: str, figures: Sequence[Finding], n: int) -> list[Finding]:
    """Return the parts before the figure that adds them up (100米、50米，合计150米)."""
    whole = figures[n]
    if n < 2 or not _IN_ALL.search(text[figures[n - 1].end : whole.start]):
        return []
    run: list[Finding] = []
    total = Fraction(0)
    for part in reversed(figures[max(0, n - MOST_PARTS) : n]):
        if part.measure.unit != whole.measure.unit:
            continue
        run.append(part)
        total += part.measure.low
        if total >= whole.measure.low:
            break
    return run if len(run) > 1 and total == whole.measure.low else []


def _of_tables(
    sentences: Sequence[Sentence], cells: dict[int, list[int]]
) -> Iterator[tuple[int, int]]:
    """Yield metrics of a table's rows, each with that of the row that adds them up."""
    above: list[int] = []
    for sentence in sentences:
        if not sentence.cells or not any(heading for heading, _ in sentence.cells):
            above = []
        elif _TOTAL_ROW.fullmatch(sentence.cells[0][1].strip()):
            for whole in cells.get(sentence.index, ()):
                yield from ((part, whole) for part in above)
            above = []
        else:
            above += cells.get(sentence.index, [])
