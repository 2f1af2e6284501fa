"""vocabulary: the indicators, found by key, name, synonym or wording, and what each accepts.

Secret: how a metric's name and unit lead to an indicator, and which indicator is nearest.
Not here: the YAML of the file (project parses it and returns a mapping), the reading of its rows
(indicator), lawful sums (totals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Any

from casegen.chinese.nouns import names_homes, names_people
from casegen.chinese.quantity import Qualifier, Quantity
from casegen.chinese.units import split_scale
from casegen.collection.indicator import Indicator, fold_name, read_row
from casegen.collection.timing import strip_time

# A wording with this mark gives a beginning: 培训… is in 培训果农, 捐赠…价值 in 捐赠农资价值.
REST = "…"
_LIKE = 0.45  # share of common letters below which two names are unrelated
_AHEAD = re.compile(
    "(?:[0-9一二三四五六七八九十两]{1,3}年(?:多来|来|间)|新增|新建|共计|总共|合计|目前|实际)(?=.{2})"
)
# 原有脱贫户 is what there was before, which is no figure of today.
_FORMER = re.compile("(?:原有|原来|原先|曾有|从前|过去)的?(?=..)")
# Rates of losses and prices are no shares reached, who teaches is not trained, and a clinic is no
# 卫生厕所.
_OTHER = re.compile(
    "(?:损耗|损失|损毁|腐损|腐烂|破损|货损|报损|次品|死亡|病死|死淘|逾期|违约|利|汇|税|费|贴现|折旧)率$"
    "|^培训(?:讲师|师资|师|导师|教官|教练|助教|管理员|工作人员)(?:人数?)?$"
    "|(?:卫生[室院所站]|诊所|诊室|病房)$"
)
_AVERAGE = re.compile(
    "[人户亩村县]均|户平|平均|每一?(?:[个人名位户家亩村月年头只羽匹斤吨箱棵株枚盒件场期]|公斤)"
)
_ACTED = re.compile(
    "贷款|购买|采购|服务|带动|帮扶|扶持|支持|联系|走访|慰问|培训|资助|惠及|覆盖|指导|联合|结对"
)
_BEHIND = re.compile(
    # 监测户户数, 脱贫人口人数: what is counted, and again in what.
    "(?<=.户)户数$|(?<=人口|.人)人数$|(?<=.[村个])个?数$"
    "|(?<=..)(?:数量|总数|总量|总额|总计|合计|个数|次数|金额|[数额])$|[(（][^()（）]*[)）]$"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All indicators, in the order of the file, found by key, name or synonym.

    `heads`: the end of a name -> the indicators it may mean; `starts`: its beginning -> what it
    must end in, and the indicator; `order`: the position of each key; `letters`: a letter -> the
    positions of the indicators with a name that has it.
    """

    indicators: tuple[Indicator, ...]
    found: Mapping[str, Indicator] = field(repr=False, compare=False)
    heads: Mapping[str, tuple[Indicator, ...]] = field(repr=False, compare=False)
    starts: Mapping[str, tuple[tuple[str, Indicator], ...]] = field(repr=False, compare=False)
    order: Mapping[str, int] = field(repr=False, compare=False)
    letters: Mapping[str, tuple[int, ...]] = field(repr=False, compare=False)

    @classmethod
    def of(cls, indicators: Iterable[Indicator]) -> Vocabulary:
        """Return a vocabulary of ready indicators; a name that two share belongs to the first."""
        rows = tuple(indicators)
        found: dict[str, Indicator] = {}
        heads: dict[str, tuple[Indicator, ...]] = {}
        starts: dict[str, tuple[tuple[str, Indicator], ...]] = {}
        for indicator in rows:
            found.setdefault(fold_name(indicator.key), indicator)
            found.setdefault(fold_name(indicator.name), indicator)
        for indicator in rows:
            for name in indicator.synonyms:
                found.setdefault(fold_name(name), indicator)
            for word in map(fold_name, (indicator.name, *indicator.synonyms, *indicator.wordings)):
                start, mark, end = word.partition(REST)
                if mark:
                    starts[start] = (*starts.get(start, ()), (end, indicator))
                elif indicator not in heads.get(word, ()):
                    heads[word] = (*heads.get(word, ()), indicator)
        order = {indicator.key: number for number, indicator in enumerate(rows)}
        letters: dict[str, list[int]] = {}
        for number, indicator in enumerate(rows):
            for letter in sorted(set().union(*map(fold_name, _names(indicator)))):
                letters.setdefault(letter, []).append(number)
        of_letters = {letter: tuple(numbers) for letter, numbers in letters.items()}
        return cls(rows, found, heads, starts, order, of_letters)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> tuple[Vocabulary, tuple[str, ...]]:
        """Return the vocabulary of a parsed file (key -> fields), and its faults (Chinese)."""
        return cls.of(()).extended(mapping)

    def extended(self, mapping: Mapping[str, Any]) -> tuple[Vocabulary, tuple[str, ...]]:
        """Return this vocabulary with rows added or fields of known rows changed, and faults.

        A name that a new row takes is no longer a synonym of a known one: the editor's word wins.
        """
        rows = {i.key: i for i in self.indicators}
        faults: list[str] = []
        for key, given in mapping.items():
            indicator, wrong = read_row(str(key), given, rows.get(str(key)))
            faults += wrong
            if indicator:
                rows[indicator.key] = indicator
        taken = {
            fold_name(name)
            for row in rows.values()
            if row.key in mapping
            for name in (row.name, *row.synonyms)
        }
        rows = {
            key: row if key in mapping else row.without(taken & self.found.keys())
            for key, row in rows.items()
        }
        return Vocabulary.of(rows.values()), (*faults, *_clashes(rows))

    def get(self, key_or_name: str) -> Indicator | None:
        """Return the indicator with this key, name or synonym as written; None for none."""
        return self.found.get(fold_name(key_or_name))

    def recognise(self, name: str, unit: str | None = None) -> Indicator | None:
        """Return the indicator that a name means, whole or by its head; None if the unit is unfit.

        The head of a Chinese name is its end (水苔种植面积); a verb at its beginning counts where a
        wording says so (培训…). Words inside a name do not count: 培训基地 are no trainees.
        """
        for spelled in (name, strip_opening(name)):
            exact = self.get(spelled)
            if exact and (unit is None or fits_unit(exact, unit)):
                return exact
        if _is_other(strip_opening(name)):
            return None
        best, most = None, (False, 0)
        average = _AVERAGE.match(name) is not None
        for rank, indicator in self._by_wording(strip_opening(name)):
            if rank <= most or (average and indicator.summable):
                continue
            if unit is None or _fits_in_kind(indicator, name, unit):
                best, most = indicator, rank
        return best

    def _by_wording(self, name: str) -> Iterator[tuple[tuple[bool, int], Indicator]]:
        """Yield indicators whose words begin or end the name, with a rank of how much they explain.

        The verb at the beginning of a name outranks its end: 培训留守儿童 are trainees. A verb that
        does something to a thing or home makes another thing of it: 扶持合作社 is not their number.
        """
        text = fold_name(name)
        for spelled in dict.fromkeys((text, _BEHIND.sub("", text))):
            for end in range(1, len(spelled) + 1):
                for tail, indicator in self.starts.get(spelled[:end], ()):
                    if len(spelled) >= end + len(tail) and spelled.endswith(tail):
                        yield (True, end + len(tail)), indicator
            for start in range(len(spelled)):
                for indicator in self.heads.get(spelled[start:], ()):
                    # 扶持合作社 is another thing, but 帮扶车间就业人数 are people at work.
                    thing = indicator.dimension in {"count", "households"}
                    acted = thing and not spelled.endswith("人数") and _ACTED.match(spelled)
                    if not (acted and start >= acted.end()):
                        yield (False, len(spelled) - start), indicator

    def nearest(self, name: str, unit: str) -> Indicator | None:
        """Return the indicator most similar to an unknown name that accepts its unit.

        None for none.
        """
        text = fold_name(strip_opening(name))
        best, most = None, 1.0 if _is_other(text) else _LIKE
        # A name is alike only if it shares a letter; a case may have thousands of unknown names.
        numbers = {number for letter in set(text) for number in self.letters.get(letter, ())}
        for indicator in map(self.indicators.__getitem__, sorted(numbers)):
            likeness = max(_likeness(text, fold_name(known)) for known in _names(indicator))
            if likeness > most and _fits_in_kind(indicator, name, unit):
                best, most = indicator, likeness
        return best

    @property
    def summable(self) -> tuple[Indicator, ...]:
        """The indicators that have totals."""
        return tuple(i for i in self.indicators if i.summable)


def _names(indicator: Indicator) -> tuple[str, ...]:
    return indicator.name, *indicator.synonyms


def _clashes(rows: Mapping[str, Indicator]) -> Iterator[str]:
    """Yield names that two rows claim, and broader indicators that do not exist (Chinese)."""
    owners: dict[str, str] = {}
    for row in rows.values():
        for name in (row.name, *row.synonyms):
            if owners.setdefault(fold_name(name), row.key) != row.key:
                yield f"词表：“{name}”同属 {owners[fold_name(name)]} 和 {row.key}，只留一处"
        if row.broader and row.broader not in rows:
            yield f"词表 {row.key}：broader（上位指标）“{row.broader}”不在词表里"


def _is_other(name: str) -> bool:
    """Return whether a name, without its opening words, means no indicator that it is spelled like.

    Only a name of the vocabulary itself, whole, is another case.
    """
    return bool(_FORMER.match(name) or _OTHER.search(_BEHIND.sub("", name)))


def strip_opening(name: str) -> str:
    """Return a metric's name without the words of time and counting at its beginning."""
    return _AHEAD.sub("", strip_time(name), count=1)


def fits_unit(indicator: Indicator, unit: str) -> bool:
    """Return whether a unit as written is lawful for the indicator."""
    one = Quantity(Decimal(1), Decimal(1), unit, Qualifier.EXACT, "")
    return indicator.measure(one) is not None


def _fits_in_kind(indicator: Indicator, name: str, unit: str) -> bool:
    """Return whether the unit is lawful and counts what the name's head is.

    People, homes, things.
    """
    if not fits_unit(indicator, unit):
        return False
    counter = split_scale(unit)[1]
    people, homes = names_people(name), names_homes(name)
    if counter == "个":
        wanted = {"people": people, "households": homes}.get(indicator.dimension)
        return not (people or homes) if wanted is None else wanted
    if counter in {"名", "位", "家"} and indicator.dimension == "households":
        return homes
    return True


@lru_cache(1 << 13)  # the names of a vocabulary are compared with each unknown one
def _letters(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the letters of a name, and its pairs of neighbouring letters."""
    return frozenset(text), frozenset(a + b for a, b in pairwise(text))


def _likeness(one: str, other: str) -> float:
    """Return the similarity of two names, 0 to 1, by letters and pairs of neighbouring letters."""
    (mine, pairs), (theirs, others) = _letters(one), _letters(other)
    letters = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    if not pairs or not others:
        return letters / 2
    return (letters + 2 * len(pairs & others) / (len(pairs) + len(others))) / 2
