"""relations: which figure of a text is named as a part of another one, and which repeats one.

Secret: the words that name parts of a whole, and when two equal figures are one figure.
Not here: finding the figures (figures), comparing sums with their parts (rules).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from casegen.chinese.characters import HAN
from casegen.chinese.quantity import Qualifier, Quantity
from casegen.chinese.surroundings import Figure
from casegen.chinese.units import Measure

_LONGEST_HEADING = 200  # characters on either side of a figure; a longer line is a paragraph
_MOST_ALIKE = 50  # equal figures that a later one is compared with


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a text.

    `start`, `end`: code points of `raw` in the text as given, mark-up inside it included;
    `reason` is "" for a figure of something achieved, provided or existing, else why it is none;
    `before`, `after`: the words of its clause around it; `part_of`: position among the findings
    of the whole that it is a part of; `same_as`: position of the first one that says the same.
    """

    start: int
    end: int
    raw: str
    quantity: Quantity
    measure: Measure
    reason: str
    before: str
    after: str
    part_of: int | None = None
    same_as: int | None = None


def relate_findings(
    text: str, figures: tuple[Figure, ...], found: list[Finding]
) -> tuple[Finding, ...]:
    """Return the findings, each with its whole and the first one that says the same."""
    return _find_repeats(text, figures, _find_parts(figures, found))


def _find_repeats(
    text: str, figures: tuple[Figure, ...], found: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Yield each metric that repeats an earlier one, in a heading or of the same thing, with it."""
    earlier: dict[tuple[Measure, Qualifier], list[_Said]] = {}
    whole = list(found)
    for n, finding in enumerate(found):
        if finding.reason:
            continue
        alike = earlier.setdefault((finding.measure, finding.quantity.qualifier), [])
        heading = _is_in_heading(text, finding)
        said = _Said(n, finding.raw, _list_words_beside(figures[n]), heading)
        first = next((each for each in alike if _is_same(each, said)), None)
        if first is not None:
            whole[n] = replace(finding, same_as=first.position)
        elif len(alike) < _MOST_ALIKE:
            alike.append(said)
    return tuple(whole)


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure as it is written once: its position, the words beside it, whether in a heading."""

    position: int
    raw: str
    words: frozenset[str]
    heading: bool


def _is_same(first: _Said, then: _Said) -> bool:
    """Return whether the text says one figure twice.

    It does if the first is in a heading above the second, or if the same words stand beside both.
    """
    if first.raw == then.raw and first.heading:
        return True
    common = len(first.words & then.words)
    return common * 2 >= max(3, min(len(first.words), len(then.words)))


# 音乐课30节、书法课30节: the words of one item of a list say nothing of the next one.
_LISTED = re.compile(r"(?<=\d)[^\d、，,；;]{0,6}、")
_NEXT_LISTED = re.compile(r"、(?=[^\d、，,；;。]{1,16}\d)")


def _list_words_beside(figure: Figure) -> frozenset[str]:
    before, after = _LISTED.split(figure.clause)[-1], _NEXT_LISTED.split(figure.after)[0]
    return frozenset(re.findall(f"[{HAN}A-Za-z]", before[-8:] + after[:8]))


def _is_in_heading(text: str, finding: Finding) -> bool:
    near = max(0, finding.start - _LONGEST_HEADING)
    start = text.rfind("\n", near, finding.start) + 1
    stop = text.find("\n", finding.end, finding.end + _LONGEST_HEADING)
    if (not start and near) or (stop < 0 and finding.end + _LONGEST_HEADING < len(text)):
        return False
    line = text[start : stop if stop >= 0 else len(text)].strip()
    return line.startswith("#") or (
        len(line) < 40 and not line.endswith(tuple("。；;，,：:！!？?)）"))
    )


def _find_parts(figures: tuple[Figure, ...], found: list[Finding]) -> tuple[Finding, ...]:
    """Yield each metric that the text makes a part of another one, with the whole's position.

    A part follows 其中 or 到位, or belongs to a run that adds up exactly to the figure before it
    in the same sentence (2+1万元, 2万元 …, 1万元 …).
    """
    wholes: dict[int, int] = {}
    metrics = [n for n, f in enumerate(found) if not f.reason]
    for place, n in enumerate(metrics):
        for w in reversed(metrics[max(0, place - 12) : place]):
            if w in wholes or not _may_hold(found[w], found[n]):
                continue
            if _says_part(figures[n].text[figures[w].end : figures[n].start]):
                wholes[n] = w
            break
        for part in _find_run(figures, found, metrics[place:]):
            wholes.setdefault(part, n)
    return tuple(replace(f, part_of=wholes.get(n)) for n, f in enumerate(found))


def _says_part(between: str) -> bool:
    """Return whether the words between two figures make the second a part of the first."""
    earlier, among, later = between.rpartition("其中")
    if among:
        # 其中 at the beginning of a sentence is about the sentence before it, else about its own.
        own = re.split("[。\n]", earlier)
        near = len(own) == 1 or (len(own) == 2 and not own[1].strip())
        return near and "。" not in later and not _leaves_list(later)
    return (
        not re.search(r"[。；;]|(?:19|20)\d\d年", between)
        and "到位" in re.split("[，,]", between)[-1]
    )


_AGAIN = re.compile(r"[，,；;](?:19|20)\d\d年|[，,；;][今去当全]年")


def _leaves_list(later: str) -> bool:
    """Return whether the words after 其中 begin another statement: 其中脱贫户120户；2023年新增…户.

    A row of years (其中2021年20万元，2022年30万元) and 其中：…；… are still the list of parts.
    """
    if re.match(r"[，,：:]?(?:19|20)\d\d年|[：:]", later):
        return False
    return "；" in later or ";" in later or _AGAIN.search(later) is not None


_EACH = re.compile(
    r"(?:[人户亩村头只斤]均|户平|(?<!不)平均(?!分)|每[一个人名户亩村头只斤项家])"
    "[^，,。；;]{0,8}(?:[由从][^，,。；;]{0,24})?$"
)


def _may_hold(whole: Finding, part: Finding) -> bool:
    """Return whether a figure may be some of another: of one unit, no share, no mean of a sum."""
    a, b = whole.measure, part.measure
    means = [bool("/" in f.quantity.unit or _EACH.search(f.before)) for f in (whole, part)]
    fits = a.unit == b.unit and a.high >= b.high and means[0] == means[1]
    return fits and part.quantity.unit not in {"%", "倍"}


def _find_run(figures: tuple[Figure, ...], found: list[Finding], metrics: list[int]) -> list[int]:
    """Return the metrics right after the first that add up to it, at least two, in its sentence."""
    whole, run, total = found[metrics[0]].measure, [], Fraction(0)
    if whole.unit != "元":
        return []
    for n in metrics[1:]:
        if re.search("[。\n]", figures[n].text[figures[metrics[0]].end : figures[n].start]):
            return []
        if found[n].measure.unit == whole.unit:
            if not _may_hold(found[metrics[0]], found[n]):
                return []
            run.append(n)
            total += found[n].measure.low
            if total >= whole.low:
                break
    return run if len(run) > 1 and total == whole.low else []
