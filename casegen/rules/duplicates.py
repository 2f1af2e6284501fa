"""duplicates: the same text, or the same figure of one place, in two cases.

Secret: how similar two texts must be to count as one, and which equal figures are no coincidence.
Not here: how the similarity is calculated (collection.gist), copies of whole files (whole).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from casegen.chinese.quantity import convert_to_base
from casegen.chinese.region import Region
from casegen.chinese.region_reading import read_region
from casegen.collection.case import Case
from casegen.collection.gist import Gist, compare_gists
from casegen.collection.metric import Metric
from casegen.collection.norms import Norms
from casegen.collection.totals import fold_words
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import locate_field

NEAR_COPY = "near-copy"
_ALIKE = 0.45  # share of common pieces from which two texts count as one
_ASKED = 4  # most cases compared for one piece: a paragraph that all cases share is no copy
_TELLING = 3  # digits; two institutions that fund one county with 20万元 are no surprise


class _HasStatus(Protocol):
    @property
    def path(self) -> str:
        """The file."""

    @property
    def status(self) -> str:
        """Whether it is published, a draft, withdrawn."""


_Filed = TypeVar("_Filed", bound=_HasStatus)


def check_texts(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report cases with different titles whose bodies are nearly the same."""
    return find_near_copies(map(find_gist, collection.cases))


def find_gist(case: Case) -> Gist:
    """Return what is compared of a case."""
    return Gist(case.path, fold_words(case.title), case.status, case.body_line, case.gist)


def find_near_copies(gists: Iterable[Gist]) -> Iterator[Problem]:
    """Report bodies that are nearly those of other cases, where their titles differ."""
    holders: defaultdict[int, list[Gist]] = defaultdict(list)
    for own in _standing(gists):
        near = [other for number in own.numbers for other in holders.get(number, ())]
        for other, _ in Counter(near).most_common(1):
            told = own.title and own.title == other.title  # the rule on titles reports it
            if not told and compare_gists(own.numbers, other.numbers) >= _ALIKE:
                yield Problem(
                    NEAR_COPY,
                    Severity.WARNING,
                    f"正文与 {other.path} 大半相同",
                    Location(own.path, own.line, 1, "body"),
                    "若是同一件事，留下一篇，删去另一篇；不是，就把相同的话只留在一篇里",
                )
        for number in own.numbers:
            if len(holders[number]) < _ASKED:
                holders[number].append(own)


def check_figures(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report the same long figure for one thing in one place, from two institutions."""
    seen: defaultdict[tuple[object, ...], list[tuple[Case, Metric, Region]]] = defaultdict(list)
    for case in _standing(c for c in collection.cases if c.institution):
        for number, metric in enumerate(case.metrics):
            if not metric.counted or not _is_telling(metric):
                continue
            own = convert_to_base(metric.quantity)
            # Where the vocabulary lacks the indicator, the same name means the same.
            thing = metric.indicator or fold_words(metric.name)
            for place in _list_counties(case, metric):
                key = (thing, own.unit, own.low, place.province, place.city, place.county)
                before = seen[key]
                others = (each for each in before if _may_be_one(each, (case, metric, place)))
                other_case, other, _ = next(others, (None, None, None))
                if len(before) < _ASKED:
                    before.append((case, metric, place))
                if other_case is None or other is None:
                    continue
                yield Problem(
                    "shared-figure",
                    Severity.WARNING,
                    f"“{metric.name}”{metric.quantity.as_written}与 {other_case.path} 的"
                    f"“{other.name}”同一地方、同一个数，单位不同：是同一笔，合计就重了",
                    locate_field(case.path, case.marks, ("metrics", number)),
                    "是同一笔的，只在一篇里写这条指标；是两笔，在这一条里写 "
                    "waive: {shared-figure: 两笔}",
                )
                break


def _list_counties(case: Case, metric: Metric) -> list[Region]:
    """Return the places of a metric that say in which county it lies."""
    if metric.elsewhere:
        return []
    own = read_region(metric.region)[0] if metric.region else None
    places = [own] if own else list(case.regions)
    return [place for place in places if place.county or (place.city and place.township)]


def _may_be_one(one: tuple[Case, Metric, Region], other: tuple[Case, Metric, Region]) -> bool:
    """Return whether two institutions may speak of one place in their county."""
    levels = (
        (one[2].township, other[2].township), (one[2].village, other[2].village),
    )  # fmt: skip
    apart = any(here and there and here != there for here, there in levels)
    return not apart and fold_words(one[0].institution) != fold_words(other[0].institution)


def _standing(cases: Iterable[_Filed]) -> list[_Filed]:
    """Return the cases that are not withdrawn, by path."""
    return sorted((c for c in cases if c.status != "withdrawn"), key=lambda c: c.path)


def _is_telling(metric: Metric) -> bool:
    quantity = metric.quantity
    digits = quantity.low.normalize().as_tuple().digits
    return not quantity.is_range and len(digits) >= _TELLING


_TEXT = (
    "青石学院派出工作队驻村，先把进山的路修通，再请农技员到田间教种茶。春天补苗，夏天除草，"
    "秋天修枝，冬天办班，一年四季都有人在山上。合作社统一收鲜叶，统一制茶，统一打牌子，"
    "茶农把账本摊在桌上，一笔一笔对清楚。老人说，从前守着荒坡过日子，如今出门就能做工，"
    "孩子放学有热饭吃，村口还添了一间书屋。"
)
_OTHER = (
    "这里缺水。白石村打了三口井，把水引到晒谷场边上，又给每家装上水表，谁用谁付，账目每月贴在"
    "祠堂门口。有了水，妇女们在屋后种辣椒，卖到县城的菜市场。学校的老师周末来教记账，"
    "教完一起把沟渠里的淤泥清出来，傍晚才走。"
)
_COUNTED = "---\ntitle: {0}\ninstitution: {1}\nmetrics:\n  - 种植面积: {2}亩\n---\n种植面积{2}亩。"

DOUBLES = (
    Rule(
        "near-copy",
        Severity.WARNING,
        "两个案例的正文大半相同",
        "多半是同一篇收了两次，改了题目；读者会看到两遍，数字也会计两遍。",
        "同一件事留下一篇；不是，就把相同的话只留在一篇里。",
        check=check_texts,
        wrong=(f"=== cases/a.md\n{_TEXT}\n=== cases/b.md\n---\ntitle: 白石村打井\n---\n{_TEXT}"),
        right=(f"=== cases/a.md\n{_TEXT}\n=== cases/b.md\n---\ntitle: 白石村打井\n---\n{_OTHER}"),
    ),
    Rule(
        "shared-figure",
        Severity.WARNING,
        "两个单位报了同一个数",
        "一起做的事，各家都报一遍，合计就重了。同一个县、同一项指标、三位以上的数字都一样，"
        "多半是同一笔。",
        "是同一笔的，只在一篇里写这条指标，另一篇写在正文里；是两笔，豁免并写明。",
        "甲校、乙校在同一个县都报“种植面积 1236 亩”",
        check=check_figures,
        wrong=(
            f"=== cases/a.md\n{_COUNTED.format('甲', '青石学院', 1236)}\n"
            f"=== cases/b.md\n{_COUNTED.format('乙', '白石学院', 1236)}"
        ),
        right=(
            f"=== cases/a.md\n{_COUNTED.format('甲', '青石学院', 1236)}\n"
            f"=== cases/b.md\n{_COUNTED.format('乙', '白石学院', 863)}"
        ),
    ),
)
