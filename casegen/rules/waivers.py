"""waivers: which rules a case sets aside, and whether it may.

Secret: when a waiver holds: the rule exists, may be waived, and a reason is given.
Not here: the rules that are waived.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Problems, Severity
from casegen.rules.rule import DEAD, UNFILLED, Rule
from casegen.source.schema import KEY, Path, locate_field, name_closest

_TWO_SUMS = (
    "=== cases/a.md\n---\nperiod: 2012-2023\nmetrics:\n"
    "  - {{name: 累计投入资金, value: 180万元, period: 2012-2020{0}, "
    "waive: {{overlapping-figures: 两笔}}}}\n"
    "  - {{name: 累计投入资金, value: 200万元, period: 2018-2023{0}}}\n---\n"
    "2012—2020年累计投入资金180万元。2018—2023年累计投入资金200万元。"
)

WAIVERS = (
    Rule(
        "waive-without-reason", Severity.WARNING, "豁免没有写理由",
        "日后没有人知道当初为什么放过；没有理由的豁免不起作用。",
        "在规则名后面写上理由。",
        "waive: {part-exceeds-whole: 原文如此}",
        wrong="---\nwaive: {changed-value: }\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "unknown-waiver", Severity.WARNING, "豁免的规则不存在",
        "名字写错，豁免就不起作用。",
        "照提示改名；casegen explain 列出全部规则。",
        wrong="---\nwaive: {changed-vale: 原文如此}\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "waiver-incomplete", Severity.WARNING, "豁免还不起作用",
        "年份重叠的两笔要都计，光有理由不够：两条都写明 period（时段）和 timing（时间口径），"
        "读者才看得出是两笔。写全之前，只计一条。",
        "两条都写上 period 和 timing。",
        "{name: 累计投入, value: 180万元, period: 2012-2020, timing: 累计, "
        "waive: {overlapping-figures: 两笔}}",
        wrong=_TWO_SUMS.format(""),
        right=_TWO_SUMS.format(", timing: 累计"),
    ),
    Rule(
        "unused-waiver", Severity.NOTE, "豁免没有用上",
        "问题已经改好，或规则名写错；留着会盖住以后的问题。",
        "删去这一项。",
        wrong="---\nwaive: {changed-value: 原文如此}\n---\n先修路。",
        right="先修路。",
    ),
)  # fmt: skip


def check_waivers(case: Case, rules: Mapping[str, Rule]) -> Iterator[Problem]:
    """Report waivers of a case that do not hold."""
    for name, reason, place in _written(case):
        if name not in rules:
            hint = name_closest(name, sorted(rules))[:120]
            yield _problem(case, place, "unknown-waiver", f"没有叫“{name}”的规则", hint)
        elif rules[name].fixed:
            message = f"规则“{name}”不能豁免：没有它就写不出页面"
            yield _problem(case, place, "fixed-rule", message, "删去这一项，改正它所报的错")
        elif not reason:
            message = f"豁免“{name}”没有写理由，不起作用"
            yield _problem(
                case, place, "waive-without-reason", message, "在后面写上理由，如 原文如此"
            )


def _written(case: Case) -> Iterator[tuple[str, str, Path]]:
    """Yield every waiver of a case and its metrics: rule, reason, its path in the front matter."""
    for name, reason in case.waive:
        yield name, reason, ("waive", name, KEY)
    for number, metric in enumerate(case.metrics):
        for name, reason in metric.waive:
            yield name, reason, ("metrics", number)


def apply_waivers(
    problems: Iterable[Problem], cases: Iterable[Case], norms: Norms, rules: Mapping[str, Rule]
) -> Problems:
    """Return the problems as norms and waivers leave them, and waivers without a problem."""
    every = tuple(cases)
    waived = {case.path: _holding(case, rules) for case in every}
    used: defaultdict[str, set[tuple[str, Path]]] = defaultdict(set)
    left = []
    for problem in problems:
        path = problem.where.path
        meets = [
            (name, place)
            for name, place in waived.get(path, ())
            if name == problem.rule and _covers(place, problem.where.field)
        ]
        used[path].update(meets)
        if not meets:
            left.append(problem)
    for case in every:
        for name, place in waived[case.path]:
            if (
                name == DEAD  # this rule is asked only by `check --online`
                or (name == UNFILLED and case.unfilled)  # it may keep a comment off the list
                or norms.severities.get(name, Severity.NOTE) is None
                or (name, place) in used[case.path]
            ):
                continue
            message = f"豁免“{name}”没有用上"
            left.append(
                _problem(case, place, "unused-waiver", message, "没有这个问题了，删去这一项")
            )
    return tuple(_weighed(left, norms))


def is_waived(case: Case, slug: str, rules: Mapping[str, Rule]) -> bool:
    """Return whether a case as a whole sets a rule aside, with a reason that makes it hold."""
    return any(name == slug and place[0] == "waive" for name, place in _holding(case, rules))


def _holding(case: Case, rules: Mapping[str, Rule]) -> list[tuple[str, Path]]:
    return sorted(
        (name, place)
        for name, reason, place in _written(case)
        if reason and name in rules and not rules[name].fixed
    )


def _covers(place: Path, field: str) -> bool:
    """Return whether a waiver at a place of the front matter covers a problem of a field."""
    return place[0] == "waive" or field.split(".")[:2] == [str(part) for part in place]


def _weighed(problems: Iterable[Problem], norms: Norms) -> Iterator[Problem]:
    for problem in problems:
        severity = norms.severities.get(problem.rule, problem.severity)
        if severity is not None:
            yield problem.at(severity)


def _problem(case: Case, place: Path, slug: str, message: str, hint: str) -> Problem:
    severity = Severity.NOTE if slug == "unused-waiver" else Severity.WARNING
    where = locate_field(case.path, case.marks, place)
    return Problem(slug, severity, message, where, hint)
