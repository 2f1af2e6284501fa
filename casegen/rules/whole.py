"""whole: rules on the collection as a whole.

Secret: what may not stand twice in one collection.
Not here: two cases with one address (case.duplicate_addresses), which no page survives.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from casegen.collection.case import Case, Norms
from casegen.problem import Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import located


def titles(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Two cases of one title."""
    seen: dict[str, Case] = {}
    for case in sorted(collection.cases, key=lambda case: case.path):
        other = seen.setdefault(_folded(case.title), case)
        if other is not case:
            yield Problem(
                "duplicate-title", Severity.WARNING, f"标题与 {other.path} 相同",
                located(case.path, case.marks, ("title",)),
                "若是同一案例，删去一个；不是就在标题里写出地点或年份",
            )  # fmt: skip


def institutions(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """An institution written in two ways that differ in spaces, brackets or width only."""
    seen: dict[str, Case] = {}
    for case in sorted(collection.cases, key=lambda case: case.path):
        other = seen.setdefault(_folded(case.institution), case)
        if other.institution != case.institution:
            yield Problem(
                "institution-spelling", Severity.WARNING,
                f"单位“{case.institution}”在 {other.path} 里写作“{other.institution}”",
                located(case.path, case.marks, ("institution",)),
                "写法统一，否则会分成两个单位",
            )  # fmt: skip


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


WHOLE = (
    Rule(
        "duplicate-title", Severity.WARNING, "两个案例标题相同",
        "读者分不清，多半是同一篇收了两次。",
        "删去一个，或在标题里写出地点、年份。", check=titles,
    ),
    Rule(
        "institution-spelling", Severity.WARNING, "同一单位有两种写法",
        "全角半角、空格不同，会分成两个单位，案例数和合计都不对。",
        "写法统一。",
        "某某大学(西校区) 与 某某大学（西校区）", check=institutions,
    ),
)  # fmt: skip
