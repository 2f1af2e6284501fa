"""figures: metrics of one case compared with one another and with the vocabulary.

Secret: how parts are compared with their whole, and when two metrics are one amount.
Not here: whether the body states a figure (traced), what its sentences say of one another
(stated), sums over cases (totals).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from casegen.chinese.quantity import Qualifier, convert_to_base
from casegen.chinese.showing import show_value
from casegen.collection.case import Case, show_period
from casegen.collection.doubt import Doubt
from casegen.collection.metric import Metric
from casegen.collection.norms import Norms
from casegen.collection.timing import split_name
from casegen.collection.vocabulary import fits_unit
from casegen.collection.wholes import is_kind_of
from casegen.problem import Problem, Severity
from casegen.rules.rule import Rule
from casegen.source.schema import locate_field, quote_yaml


def check_parts(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report parts that add up to more than their whole, for each way of splitting it."""
    groups: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, metric in enumerate(case.metrics):
        if metric.part_of is not None and metric.same_as is None:
            groups[metric.part_of, metric.split].append(number)
    for (whole_number, split), numbers in groups.items():
        whole = case.metrics[whole_number]
        members = [case.metrics[n] for n in numbers]
        measure = convert_to_base(whole.quantity)
        least = sum((_least(part, whole) for part in members), Fraction())
        names = "、".join(part.name for part in members)
        by = f"按{split}划分，" if split else ""
        total = f"整体“{whole.name}”{whole.quantity.as_written}"
        if least > measure.high and not _open_above(whole):
            yield _problem(
                case,
                numbers[-1],
                "part-exceeds-whole",
                f"{by}各部分（{names}）之和超过了{total}",
                "对照原稿改数字；原文如此，就写 waive: {part-exceeds-whole: 原文如此}",
            )
        elif (
            len(numbers) > 1
            and least < measure.low
            and _exact(whole, *members)
            and not _named_only(case, whole_number, numbers)
        ):
            gap = show_value(measure.low - least, measure.unit)
            yield _problem(
                case,
                numbers[-1],
                "parts-miss-whole",
                f"{by}各部分（{names}）之和比{total}少 {gap.number}{gap.unit}",
                "漏了一部分就补上；原文没有写全，就写 waive: {parts-miss-whole: 原文未写全}",
                Severity.NOTE,
            )


def check_units(case: Case, norms: Norms) -> Iterator[Problem]:
    """Report metrics with a unit that their indicator does not accept."""
    for number, metric in enumerate(case.metrics):
        indicator = norms.vocabulary.get(metric.indicator) if metric.indicator else None
        if indicator and not fits_unit(indicator, metric.quantity.unit):
            yield _problem(
                case,
                number,
                "misfit-unit",
                f"“{metric.name}”的计量单位“{metric.quantity.unit}”不合指标“{indicator.name}”",
                _unit_hint(indicator.unit, metric.quantity.unit),
            )


def _unit_hint(unit: str, written: str) -> str:
    if unit == written:
        return "名称和计量单位说的不是一回事：用 indicator 写明是词表里的哪一项；不合的不会合计"
    return f"这个指标的基本单位是“{unit}”；不合的不会合计"


def check_averages(case: Case, norms: Norms) -> Iterator[Problem]:
    """Report averages and standards under an indicator that is added up."""
    for doubt in _of(case, "average-in-total"):
        metric = case.metrics[doubt.metric]
        indicator = norms.vocabulary.get(metric.indicator)
        yield _problem(
            case,
            doubt.metric,
            "average-in-total",
            f"“{metric.name}”是平均数，却写在会合计的指标“{indicator.name if indicator else ''}”下",
            "用 indicator 写 人均收入 或 补助标准/人均补助，它们不合计",
        )


def check_repeats(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a figure that is given twice: under one name, or under two for one statement."""
    for doubt in _of(case, "repeated-metric"):
        metric, other = case.metrics[doubt.metric], case.metrics[doubt.other or 0]
        line = _line(case, doubt.other)
        under = "" if other.name == metric.name else f"以“{other.name}”"
        once = "" if other.name == metric.name else "，正文里只有一处"
        yield _problem(
            case,
            doubt.metric,
            "repeated-metric",
            f"“{metric.name}”{metric.quantity.as_written}在第 {line} 行已经{under}写过{once}",
            "删去一条，或用 same_as（同）写明是同一笔；若确是两件事，名称写得不同些，正文各写一处",
        )


def check_values(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report values that are impossible."""
    for doubt in _of(case, "impossible-value"):
        metric = case.metrics[doubt.metric]
        written = f"“{metric.name}{metric.quantity.as_written}”"
        if doubt.other is not None:
            other = case.metrics[doubt.other]
            what = f"{written}超过了“{other.name}”{other.quantity.as_written}"
            hint = f"对照原稿改数字；说的不是同一处，就写明 region（地区）或改名称：{other.name}"
        elif metric.quantity.low < 0:
            what, hint = f"{written}是负数", "写明减少了多少，如 名称写“减少”，数值写 5%"
        else:
            what = f"{written}超过了 100%"
            hint = "这样的比率到不了 100% 以上：对照原稿改数字；若是增长的幅度，名称写明“增长”"
        yield _problem(case, doubt.metric, "impossible-value", what, hint)


def check_unsettled(case: Case, norms: Norms) -> Iterator[Problem]:
    """Report figures that the body shows to be parts of another one; offer the lines to paste."""
    for doubt in _of(case, "unsettled-parts"):
        if doubt.other is None:
            continue
        part, whole = case.metrics[doubt.metric], case.metrics[doubt.other]
        unique = [m for m in case.metrics if whole.name in {m.name, m.id}] == [whole]
        names = {m.id for m in case.metrics} | {m.name for m in case.metrics}
        ready = whole.id or (whole.name if unique else "")
        name = ready or next(f"t{n}" for n in range(1, 1000) if f"t{n}" not in names)
        line = _pasted(part, case, norms, f"part_of: {name}")
        lines = f"把这一条改成：- {{{line}}}"
        if not ready:
            first = _pasted(whole, case, norms, f"id: {name}")
            lines += f"；第 {_line(case, doubt.other)} 行改成：- {{{first}}}"
        said, of = (f"“{m.name}”{m.quantity.as_written}" for m in (part, whole))
        held = f"正文里{said}是{of}的"
        if is_kind_of(part.name, whole.name):
            held = f"看名称，{said}在{of}之内，是它的"
            lines += "；不在其中，就把名称写得不同，或写 waive: {unsettled-parts: 理由}"
        yield _problem(
            case,
            doubt.metric,
            "unsettled-parts",
            f"{held}一部分，两条都计就重了；写明之前，这一条不计入合计",
            lines,
        )


def _pasted(metric: Metric, case: Case, norms: Norms, reference: str) -> str:
    """Return a metric as a long item on one line, with all that it says and a reference added."""
    vocabulary = norms.vocabulary
    usual = vocabulary.recognise(split_name(metric.name)[1], metric.quantity.unit)
    indicator = vocabulary.get(metric.indicator) if metric.indicator else None
    freer = indicator is not None and (usual is None or usual.key != indicator.key)
    labels = {category.key: category.name for category in norms.categories}
    named = split_name(metric.name)[0]
    period = metric.period if metric.period not in {None, named, case.period} else None
    pairs = [
        ("name", metric.name),
        ("indicator", indicator.name if indicator and freer else ""),
        ("value", metric.quantity.as_written),
        ("category", labels.get(metric.category, metric.category)),
        ("period", show_period(period, "-") if period else ""),
        ("region", metric.where),
        ("id", metric.id if not reference.startswith("id:") else ""),
        ("split", metric.split),
        ("note", metric.note),
    ]
    told = ", ".join(f"{key}: {quote_yaml(text)}" for key, text in pairs if text)
    key, _, value = reference.partition(": ")
    return f"{told}, {key}: {quote_yaml(value)}"


def _named_only(case: Case, whole: int, parts: list[int]) -> bool:
    """Return whether one sentence of the body names exactly these parts of the whole."""
    said = [case.evidence[n] for n in (whole, *parts)]
    if any(match is None or not match.states for match in said):
        return False
    sentences = {match.sentence for match in said if match}
    if len(sentences) > 1:
        return False
    return re.search("其中|含|包括", case.prose.sentences[sentences.pop()].text) is not None


def _of(case: Case, rule: str) -> Iterator[Doubt]:
    return (doubt for doubt in case.doubts if doubt.rule == rule)


def _line(case: Case, number: int | None) -> int:
    return case.marks.get(("metrics", number or 0), (1, 1))[0]


def _least(part: Metric, whole: Metric) -> Fraction:
    """Return the least value of a part; 0 where it cannot be compared with the whole."""
    measure = convert_to_base(part.quantity)
    return measure.low if measure.unit == convert_to_base(whole.quantity).unit else Fraction()


def _open_above(whole: Metric) -> bool:
    """Return whether the whole may be more than is written (超、余、约…)."""
    return whole.quantity.qualifier not in {"exact", "近", "以内", "仅", "累计"}


def _exact(*metrics: Metric) -> bool:
    """Return whether these are exact figures of one unit."""
    plain = all(m.quantity.qualifier is Qualifier.EXACT for m in metrics)
    return plain and len({convert_to_base(m.quantity).unit for m in metrics}) == 1


def _problem(  # noqa: PLR0913, PLR0917 what a problem consists of
    case: Case,
    number: int,
    slug: str,
    message: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> Problem:
    where = locate_field(case.path, case.marks, ("metrics", number))
    return Problem(slug, severity, message, where, hint)


FIGURES = (
    Rule(
        "part-exceeds-whole", Severity.WARNING, "各部分之和超过整体",
        "要么数字有误，要么不是一个整体的部分。",
        "对照原稿改正；原文如此就豁免并写明理由。",
        "waive: {part-exceeds-whole: 原文如此}", check=check_parts,
        also=("parts-miss-whole",),
        wrong=(
            "---\nmetrics:\n  - {name: 投入帮扶资金, value: 100万元, id: t}\n"
            "  - {name: 修路, value: 150万元, part_of: t}\n---\n"
            "投入帮扶资金100万元。修路150万元。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 投入帮扶资金, value: 200万元, id: t}\n"
            "  - {name: 修路, value: 150万元, part_of: t}\n---\n"
            "投入帮扶资金200万元。修路150万元。"
        ),
    ),
    Rule(
        "parts-miss-whole", Severity.NOTE, "各部分之和不足整体",
        "同一种划分（split）写了几部分，加起来却不到整体，可能漏了一部分，也可能有一个数写错。",
        "漏了就补上，写错就改正；原文没有写全，就豁免并写明理由。",
        "总额 200万元，产业 120万元，培训 60万元：还差 20万元",
        wrong=(
            "---\nmetrics:\n  - {name: 投入帮扶资金, value: 200万元, id: t}\n"
            "  - {name: 修路, value: 120万元, part_of: t, split: 用途}\n"
            "  - {name: 修渠, value: 60万元, part_of: t, split: 用途}\n---\n"
            "投入帮扶资金200万元。修路120万元。修渠60万元。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 投入帮扶资金, value: 200万元, id: t}\n"
            "  - {name: 修路, value: 120万元, part_of: t, split: 用途}\n"
            "  - {name: 修渠, value: 80万元, part_of: t, split: 用途}\n---\n"
            "投入帮扶资金200万元。修路120万元。修渠80万元。"
        ),
    ),
    Rule(
        "misfit-unit", Severity.WARNING, "计量单位不合指标",
        "计量单位不合的不能合计，多半是指标选错了。",
        "改正计量单位，或用 indicator 写对的指标。", check=check_units,
        wrong=(
            "---\nmetrics:\n  - {name: 种茶, indicator: 种植面积, value: 100吨}\n---\n"
            "种茶100吨。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 种茶, indicator: 种植面积, value: 100亩}\n---\n"
            "种茶100亩。"
        ),
    ),
    Rule(
        "average-in-total", Severity.WARNING, "平均数写在会合计的指标下",
        "人均、户均、每人的标准加起来没有意义，会弄错合计。",
        "用 indicator（指标类）写 人均收入 或 补助标准/人均补助。",
        "{name: 户均增收, indicator: 人均收入, value: 3000元}", check=check_averages,
        wrong=(
            "---\nmetrics:\n  - {name: 户均增收, indicator: 带动增收总额, value: 3000元}\n"
            "---\n户均增收3000元。"
        ),
        right=(
            "---\nmetrics:\n  - {name: 户均增收, indicator: 人均收入, value: 3000元}\n---\n"
            "户均增收3000元。"
        ),
    ),
    Rule(
        "repeated-metric", Severity.WARNING, "同一条指标写了两次",
        "两条都会合计，数字就翻了倍。",
        "删去一条，或用 same_as（同）写明说的是同一件事；两件事碰巧同数，正文里要各有一处。",
        check=check_repeats,
        wrong="---\nmetrics:\n  - 种植面积: 100亩\n  - 种植面积: 100亩\n---\n种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "impossible-value", Severity.WARNING, "不可能有的数",
        "占比不会超过 100%，人数、面积不会是负数，脱贫户不会多过建档立卡户：必有一个数是错的。",
        "对照原稿改正；若是增长的幅度，名称写明“增长”。",
        "就业率: 120%", check=check_values,
        wrong="---\nmetrics:\n  - 就业率: 120%\n---\n就业率120%。",
        right="---\nmetrics:\n  - 就业率: 95%\n---\n就业率95%。",
    ),
    Rule(
        "unsettled-parts", Severity.WARNING, "部分没有写明属于哪一项",
        "正文说“200万元，其中120万元、80万元”，三条都计就成了 400万元。"
        "写明之前，部分不计入合计。",
        "在部分的那一条里用 part_of（属于）写整体的名称或编号。",
        "{name: 修渠, value: 120万元, part_of: 投入帮扶资金}", check=check_unsettled,
        wrong=(
            "---\nmetrics:\n  - 投入帮扶资金: 200万元\n  - 帮扶资金: 120万元\n---\n"
            "投入帮扶资金200万元，其中帮扶资金120万元。"
        ),
        right=(
            "---\nmetrics:\n  - 投入帮扶资金: 200万元\n"
            "  - {name: 帮扶资金, value: 120万元, part_of: 投入帮扶资金}\n---\n"
            "投入帮扶资金200万元，其中帮扶资金120万元。"
        ),
    ),
)  # fmt: skip
