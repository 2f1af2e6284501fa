"""proposals: proposed metrics: the figures of a body with name, indicator, sentence, time, place.

Secret: which year and place a figure belongs to, and how figures of one name are told apart.
Not here: the words that name a figure (naming), finding figures and their wholes
(casegen.chinese.figures), whether a metric is in doubt (casegen.collection, rules).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import chain, count

from casegen.chinese import figures, sentence
from casegen.chinese.characters import HAN
from casegen.chinese.relations import Finding
from casegen.chinese.showing import round_to_four_digits
from casegen.collection import timing
from casegen.collection.indicator import Timing
from casegen.collection.vocabulary import Vocabulary
from casegen.importers import naming, topics, whereabouts
from casegen.importers.manuscript import Block, Kind, strip_spaces

MOST_GROWN = 12  # figures before a rate among which the one that grew is looked for
_TIMINGS = {Timing.YEARLY: "当年", Timing.CUMULATIVE: "累计", Timing.STANDING: "期末"}


_NO_FIGURES = frozenset({"time", "name", "idiom", "ordinal"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """One figure as a metric; places are positions among the proposals, years are inclusive."""

    finding: Finding
    name: str
    indicator: str
    category: str
    period: tuple[int, int] | None
    timing: str
    region: str
    evidence: str
    part_of: int | None
    same_as: int | None


def strip_markup(raw: str) -> str:
    """Return a figure as a reader sees it: 26</strong>人次 is 26人次."""
    return re.sub(r"\s+", "", re.sub("<[^<>]*>", "", raw))


def write_digits(value: Fraction) -> str:
    """Return exact decimal digits; four significant ones where the fraction has no end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{round_to_four_digits(value).normalize():f}"
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    whole = f"{int(value * 10**places):0{places + 1}d}"
    return f"{whole[: len(whole) - places]}.{whole[len(whole) - places :]}" if places else whole


@dataclass(frozen=True, slots=True)
class Setting:
    """The case of the proposals: its categories (keys), regions and year.

    Unless `dated`, the year is only the one that the text tells most often.
    """

    vocabulary: Vocabulary
    categories: tuple[str, ...]
    regions: tuple[str, ...]
    year: int | None
    dated: bool = True


def propose_metrics(
    text: str,
    blocks: Sequence[Block],
    setting: Setting,
    stated: Sequence[Mapping[str, str]] = (),
    heads: int = 0,
) -> tuple[tuple[Proposal, ...], tuple[tuple[Finding, str], ...]]:
    """Return the metrics of a body in order, and its other figures, each with its sentence.

    The first `heads` blocks are the title's: a metric that only they state gets no name that one of
    the body needs, because it is not in the draft.
    """
    found = figures.find_figures(text)
    sections, spans = _sections(blocks), _spans(blocks)
    homes = [_home(finding, spans) for finding in found]
    columns: dict[str, dict[str, None]] = {}
    for metric in stated:
        columns.setdefault(metric["value"], {})[metric["name"]] = None
    named = {n: name for n, f in enumerate(found) if (name := _stated(text, f, columns))}
    wanted = [
        n for n, f in enumerate(found) if homes[n] is not None and (not f.reason or n in named)
    ]
    place = {n: i for i, n in enumerate(wanted)}
    proposals: list[Proposal] = []
    for n in wanted:
        block = blocks[homes[n] or 0]
        proposal = _proposed(text, found[n], block, sections[homes[n] or 0], setting)
        if n in named:
            indicator = setting.vocabulary.recognise(named[n], found[n].quantity.unit)
            key = indicator.key if indicator else ""
            proposal = replace(proposal, name=named[n], indicator=key)
        part, same = found[n].part_of, found[n].same_as
        if n in named and same in named and named[n] != named[same]:
            same = None  # one figure in two columns
        if part in place and n not in named and homes[n] is not None:
            whole = proposals[place[part]]
            proposal = _named_by_whole(proposal, whole, found[n], setting.vocabulary)
        elif n not in named:
            proposal = _named_by_subject(proposal, proposals)
        proposals.append(
            replace(
                proposal,
                part_of=place.get(part) if part is not None else None,
                same_as=place.get(same) if same is not None else None,
            )
        )
    columned = {place[n]: name for n, name in named.items() if n in place}
    proposals = _take_stated_wholes(proposals, columned, stated)
    rest = tuple(
        (f, _sentence(text, f, blocks[home])[0])
        for n, (f, home) in enumerate(zip(found, homes, strict=True))
        if n not in named and f.reason and f.reason not in _NO_FIGURES and home is not None
    )
    ahead = frozenset(i for n, i in place.items() if (homes[n] or 0) < heads)
    return tuple(_told_apart(proposals, ahead)), rest


_GROWTH = re.compile(
    "(?P<kind>同比|环比|年均|[较比](?:上年|去年))?(?:分别)?"
    "(?P<how>增长|增加|上升|提高|下降|减少|降低|增幅|涨幅|降幅|增速)(?:率|了)?[和与及]?"
)
_RATE = re.compile("[%％‰倍成番]|个百分点")
_WORTH = re.compile("总?价值|折合|折价")
_TIMES = re.compile(
    r"(?:是|为|相当于)(?:(?:(?:19|20)\d\d|上|去)年|[\d一二两三四五六七八九十]{1,2}年前)的$"
)


def _named_by_subject(found: Proposal, said: Sequence[Proposal]) -> Proposal:
    """Return a growth or a worth with the name of what grew, or has it: 产值5.4亿元，同比增长12%.

    `said` are the proposals before it. In 产量40吨、产值50万元，分别增长8%和11% the first rate is
    of the first figure.
    """
    before = found.finding.before
    growth = _GROWTH.fullmatch(found.name) if _is_rate(found) else None
    worth = _WORTH.fullmatch(found.name) if found.finding.measure.unit == "元" else None
    if again := _named_again(found, said):
        return again
    how = f"{growth['kind'] or ''}{growth['how']}" if growth else "价值" if worth else ""
    if _is_rate(found) and _TIMES.search(before):
        how = "倍数"
    subjects = [p for p in said[-MOST_GROWN:] if p.evidence == found.evidence and not _is_rate(p)]
    if not how or not subjects:
        return found
    what = subjects[-1]
    if "分别" in before:
        place = len(_RATE.findall(before.rpartition("分别")[2]))
        rates = place + 1 + len(_RATE.findall(found.finding.after))
        what = subjects[-rates:][place] if rates <= len(subjects) else what
    name = timing.strip_time(what.name) + how
    if len(name) > naming.LONGEST_NAME:
        return found
    period = what.period if "分别" in before else found.period or what.period
    return replace(found, name=name, period=period)


# 2022年又完成2650亩, 三年累计178万元, 这一数字攀升到28万人次: what they count was said before.
# A sum (合计, 共) is of several things, and has the name of none.
_SAID_BEFORE = re.compile(
    r"(?:(?:19|20)\d\d年|[一两二三四五六七八九十近]年)?"
    "(?:这一?个?(?:数字|数|中)|该数字|[完达]成|实现|同|累计|增加到|增至|达到?)?"
    "(?:资金|场数|次数|金额)?"
)


def _named_again(found: Proposal, said: Sequence[Proposal]) -> Proposal | None:
    """Return a figure that has no noun of its own with the name of the one before it.

    Both have one unit, and stand in one sentence; 这一数字 looks back to the sentence before.
    """
    if found.indicator or _is_rate(found) or not _SAID_BEFORE.fullmatch(found.name):
        return None
    unit = found.finding.measure.unit
    pointed = "数字" in found.name
    alike = [
        p
        for p in said[-MOST_GROWN:]
        if p.finding.measure.unit == unit and (pointed or p.evidence == found.evidence)
    ]
    if not alike or not timing.strip_time(alike[-1].name):
        return None
    return replace(found, name=timing.strip_time(alike[-1].name), indicator=alike[-1].indicator)


def _is_rate(proposal: Proposal) -> bool:
    return proposal.finding.quantity.unit in naming.RATES


def _take_stated_wholes(
    proposals: Sequence[Proposal], named: Mapping[int, str], stated: Sequence[Mapping[str, str]]
) -> list[Proposal]:
    """Return proposals with the wholes that columns give their parts: the nearest of that name."""
    told = list(proposals)
    wholes = {metric["name"]: metric["whole"] for metric in stated if "whole" in metric}
    for n, name in named.items():
        of = [(abs(m - n), m) for m, other in named.items() if other == wholes.get(name)]
        if of:
            whole = min(of)[1]
            told[n] = replace(told[n], part_of=whole, same_as=None)
            if told[whole].same_as == n:
                told[whole] = replace(told[whole], same_as=None)
    return told


_KIND_OF = re.compile("[级型类式性]$|^[线网][上下]$|^[男女省市县镇乡村校院]$")
# Where or when some of it was: 东村200亩, 国庆期间2万人次.
_WHERE_OR_WHEN = re.compile(f"[{HAN}](?:[村组镇乡县月节]|社区|校区|期间|季度|半年)$")


def _named_by_whole(
    part: Proposal, whole: Proposal, finding: Finding, vocabulary: Vocabulary
) -> Proposal:
    """Return a part of a whole with its name: 其中2021年20万元 has only the whole's.

    县级1个 of 电商服务站8个 is 县级电商服务站; 党员30人次 of 培训600人次 is 培训党员.
    """
    if finding.measure.unit != whole.finding.measure.unit or part.indicator:
        return part
    head, tail = naming.read_words_around(finding)
    own = naming.strip_filling(head)
    kind = _KIND_OF.search(own + tail)
    if not kind and not re.search(f"[{HAN}]{{2}}", own + tail):
        return replace(part, name=whole.name, indicator=whole.indicator)
    said = naming.VERB.match(whole.name)
    verb, thing = (said[0], whole.name[said.end() :]) if said else ("", whole.name)
    if not tail and _WHERE_OR_WHEN.search(own) and len(own + whole.name) <= naming.LONGEST_NAME:
        return replace(part, name=own + whole.name, indicator=whole.indicator)
    if finding.measure.unit == "元" or naming.VERB.search(own + tail):
        return part
    name = own + thing if thing and kind else verb + part.name
    if len(name) > naming.LONGEST_NAME:
        return part
    indicator = vocabulary.recognise(name, finding.quantity.unit)
    return replace(
        part,
        name=name,
        indicator=indicator.key if indicator else "",
        timing=part.timing if part.period else whole.timing,
    )


def _stated(text: str, finding: Finding, columns: Mapping[str, Iterable[str]]) -> str:
    """Return the name that a column gives a figure, else ""; `columns` maps values to names."""
    at = finding.start
    names = columns.get(finding.raw, ())
    return next((n for n in names if len(n) <= at and text.startswith(n, at - len(n))), "")


def _spans(blocks: Sequence[Block]) -> list[tuple[int, int, int, int]]:
    """Return start, end and index of each block with a place, in order of their starts.

    The last item is the furthest end so far: a block may stand inside another one, or before the
    block above it, where its words occur twice in the manuscript.
    """
    spans: list[tuple[int, int, int, int]] = []
    placed = sorted(
        (b.start, b.end, n)
        for n, b in enumerate(blocks)
        if b.start >= 0 and b.kind is not Kind.IMAGE
    )
    for start, end, n in placed:
        spans.append((start, end, n, max(end, spans[-1][3] if spans else 0)))
    return spans


def _home(finding: Finding, spans: Sequence[tuple[int, int, int, int]]) -> int | None:
    """Return the index of the block that holds a figure; None where there is none."""
    at = bisect_right(spans, finding.start, key=lambda span: span[0]) - 1
    while at >= 0 and spans[at][3] > finding.start:
        if spans[at][1] > finding.start:
            return spans[at][2]
        at -= 1
    return None


def _sections(blocks: Sequence[Block]) -> list[str]:
    """Return the heading above each block; "" where there is none."""
    heads: list[str] = []
    for block in blocks:
        above = heads[-1] if heads else ""
        heads.append(block.plain if block.kind is Kind.HEADING else above)
    return heads


def _sentence(text: str, finding: Finding, block: Block) -> tuple[str, str]:
    """Return the sentence that holds the figure, and the text before the figure in the block."""
    before = len(strip_spaces(text[block.start : finding.start])[0])
    seen, cuts = _cut(block.plain)
    at = seen[min(before, len(seen) - 1)] if seen else 0
    for start, end in cuts:
        if start <= at < end:
            return block.plain[start:end], block.plain[:at]
    return block.plain, block.plain[:at]


@lru_cache(4)  # figures of a block are asked for one after another
def _cut(plain: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the offsets of the visible characters of a block, and its sentences."""
    seen = tuple(n for n, char in enumerate(plain) if not char.isspace())
    return seen, tuple(sentence.split_sentences(plain))


# What a column of any figures is called: 项目 | 数量, 指标 | 完成情况.
_OF_ANY = re.compile(
    "(?:数量|数值|数据|总数|规模|指标值|完成(?:情况|数|值)|成效|成果|结果|内容|情况)"
)


def _label_in_table(block: Block, finding: Finding) -> str:
    """Return what the first cell of its row calls a figure that is a cell; "" where it is none.

    Only in a table of two columns with headings such as 项目 and 数量: those name nothing.
    """
    rows = block.rows if block.kind is Kind.TABLE else ()
    if not rows or any(len(row) != 2 for row in rows) or not _OF_ANY.fullmatch(rows[0][1].strip()):
        return ""
    labels = [row[0].strip() for row in rows[1:] if row[1].strip() == finding.raw]
    label = labels[0] if len(labels) == 1 else ""
    return label if re.fullmatch(f"[{HAN}]{{2,{naming.LONGEST_NAME}}}", label) else ""


def _proposed(
    text: str, finding: Finding, block: Block, section: str, setting: Setting
) -> Proposal:
    evidence, before = _sentence(text, finding, block)
    head, tail = naming.read_words_around(finding, before)
    if label := _label_in_table(block, finding):
        head, tail = label, ""
    name = naming.strip_place(naming.name_figure(head, tail, finding), setting.regions)
    vocabulary = setting.vocabulary
    unit = finding.quantity.unit
    indicator = (
        vocabulary.recognise(head + tail, unit)
        or vocabulary.recognise(name, unit)
        or vocabulary.recognise(finding.before + tail, unit)
    )
    usual = indicator.category if indicator else ""
    among = setting.categories
    category = usual if usual in among and finding.measure.unit != "元" else ""
    if not category and finding.measure.unit == "元":
        # The category of money is that of what it was spent on.
        category = topics.find_category(finding.after, among) or topics.find_category(
            section, among
        )
    category = (
        category or topics.find_category(evidence, among) or topics.find_category(section, among)
    )
    category = category or (usual if usual in among else "")
    period = whereabouts.find_period(before, finding, indicator, setting.year, dated=setting.dated)
    year = (setting.year, setting.year) if setting.year else (0, 0)
    ahead = evidence[: max(evidence.find(finding.raw), 0)]
    basis = timing.find_basis(
        name, (ahead, finding.after), (period, None), indicator, period or year
    )
    return Proposal(
        finding,
        name or (indicator.name if indicator else naming.name_plainly(before, evidence, unit)),
        indicator.key if indicator else "",
        category,
        period,
        _TIMINGS[basis.timing],
        whereabouts.find_region(before, evidence, setting.regions),
        evidence,
        None,
        None,
    )


def _told_apart(proposals: Sequence[Proposal], last: frozenset[int]) -> list[Proposal]:
    """Give two metrics of one name different ones: by unit, place, use, or the words before.

    Those at the positions `last` are named after all others.
    """
    told = _told_by_years(proposals)
    taken: set[str] = set()
    numbers: defaultdict[str, int] = defaultdict(lambda: 2)
    for n in sorted(range(len(told)), key=lambda n: (n in last, n)):
        proposal = told[n]
        name = proposal.name
        if name in taken:
            before = proposals[n - 1] if n else proposal
            unit = {"人": "人数", "户": "户数", "米": "长度", "人次": "人次"}.get(
                proposal.finding.measure.unit, ""
            )
            use = _use(proposal)
            year = timing.write_years(proposal.period) if proposal.period else ""
            ways = [
                name + unit if unit and not name.endswith(unit) else "",
                proposal.region + name if proposal.region and proposal.region not in name else "",
                f"{name}（{use}）" if use and use not in name else "",
                year + name if year and year not in name else "",
                before.name[-8:] + name
                if before.evidence == proposal.evidence and name not in before.name
                else "",
            ]
            numbered = (f"{proposal.name}之{number}" for number in count(numbers[name]))
            name = next(way for way in chain(ways, numbered) if way and way not in taken)
            numbers[proposal.name] += 1
        taken.add(name)
        told[n] = replace(proposal, name=name)
    return told


def _told_by_years(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Name figures of one sentence that differ only in their years by these, the first one too."""
    alike: defaultdict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        alike[proposal.name, proposal.evidence].append(proposal)
    by_years = set()
    for key, few in alike.items():
        years = {p.period for p in few if p.period and p.period[0] == p.period[1]}
        if len(few) > 1 and len(years) == len(few):
            by_years.add(key)
    return [
        replace(each, name=timing.write_years(each.period) + each.name)
        if (each.name, each.evidence) in by_years and each.period
        else each
        for each in proposals
    ]


def _use(proposal: Proposal) -> str:
    """Return what a sum was spent on: the words 用于… after it; "" without them."""
    if proposal.finding.measure.unit != "元":
        return ""
    rest = proposal.evidence.partition(proposal.finding.raw)[2][:60]
    found = re.match(
        r"[，,]?(?:用于|支持|为了?|接续|建设|新建|修建|改造)(?:提升)?+(?:帮扶村|帮扶的|开展)*([^，,。；0-9]{2,40})",
        rest,
    )
    return re.sub(rf"[^{HAN}]", "", re.split("[、的]", found[1])[0])[:8] if found else ""
