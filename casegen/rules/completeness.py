"""completeness: what a good case has in addition to what a page needs.

Secret: what is expected of a published case, and which dates are plausible.
Not here: required fields (collection.case).
"""

from __future__ import annotations

from collections.abc import Iterator

from casegen.collection.case import Case
from casegen.collection.norms import Norms
from casegen.problem import Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import locate_field

FIRST_YEAR = 1949  # no case of a rural programme of the People's Republic is older


def check_cover(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a case without a cover."""
    if not case.cover and ("cover",) not in case.marks:
        hint = "把一张图片放在案例旁边，再加上一行 cover: 图片的文件名"
        yield _missing(case, "missing-cover", "没有封面图片", hint)


def check_summary(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a case whose summary is only the opening of its body."""
    if ("summary",) not in case.marks:
        said = "没有摘要，列表里用正文的开头代替" if case.summary else "没有摘要"
        yield _missing(
            case, "missing-summary", said, "加上一行 summary: 谁、在哪里、做了什么、成效"
        )


def check_metrics(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a case without any figure."""
    if not case.metrics and ("metrics",) not in case.marks:
        yield _missing(
            case,
            "missing-metrics",
            "没有一条成效数字",
            "加上 metrics，把正文里写着的数字抄上，如 - 种植面积: 100亩",
        )


def check_sign_off(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a published case that names nobody who approved it."""
    roles = {role for role, names in case.credits if names}
    if case.status == "published" and "reviewer" not in roles:
        yield _missing(
            case,
            "missing-sign-off",
            "已发布，却没有写编审",
            "在 credits（署名）里写上 编审: 某部门",
        )


def check_body(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report a case with an empty body."""
    if not case.prose.text.strip():
        where = locate_field(case.path, {("body",): (case.body_line, 1)}, ("body",))
        yield Problem("empty-body", Severity.WARNING, "没有正文", where, "在第二行 --- 之后写正文")


def check_dates(case: Case, _norms: Norms) -> Iterator[Problem]:
    """Report dates that are probably wrong."""
    if case.date.year == 1:
        return  # the date could not be read
    if case.updated < case.date:
        yield Problem(
            "unlikely-date",
            Severity.WARNING,
            f"更新日期 {case.updated} 早于日期 {case.date}",
            locate_field(case.path, case.marks, ("updated",)),
            "改正其中一个",
        )
    for key, year in (("date", case.date.year), ("period", case.period[0])):
        if year < FIRST_YEAR and (key,) in case.marks:
            yield Problem(
                "unlikely-date",
                Severity.WARNING,
                f"{year} 年早得不像是案例的年份",
                locate_field(case.path, case.marks, (key,)),
                "检查年份有没有写错",
            )


def check_future_dates(collection: Cases, norms: Norms) -> Iterator[Problem]:
    """Report dates and periods in the future.

    The result changes every day, so this is no rule on a case: those are cached.
    """
    today = norms.today
    if today is None:
        return
    for case in collection.cases:
        dated = (("date", case.date), ("updated", case.updated))
        late = [(key, str(day)) for key, day in dated if day > today and (key,) in case.marks]
        if case.period[1] > today.year and ("period",) in case.marks:
            late.append(("period", f"{case.period[1]} 年"))
        for key, when in late:
            yield Problem(
                "future-date",
                Severity.WARNING,
                f"{when} 还没有到（今天是 {today}）",
                locate_field(case.path, case.marks, (key,)),
                "检查年份有没有写错；还没有做的事，等做了再发布",
            )


def _missing(case: Case, slug: str, message: str, hint: str) -> Problem:
    return Problem(slug, Severity.NOTE, message, locate_field(case.path, case.marks, ()), hint)


COMPLETENESS = (
    Rule(
        "missing-cover", Severity.NOTE, "没有封面",
        "首页和列表上有图的案例更引人注意。",
        "放一张图片，写 cover: images/cover.jpg；不用封面就在 casegen.yml 里关掉这条。",
        "rules: {missing-cover: off}", check=check_cover,
        wrong="---\n~cover\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "missing-summary", Severity.NOTE, "没有摘要",
        "列表、搜索和转发时显示的是摘要；正文的开头往往是套话。",
        "用一句话说清谁、在哪里、做了什么、成效如何。", check=check_summary,
        wrong="---\n~summary\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "missing-metrics", Severity.NOTE, "没有成效数字",
        "读者要比较的就是投入多少、成效多大。",
        "把正文里的数字照原文写进 metrics。",
        "- 种植面积: 100亩", check=check_metrics,
        wrong="种植面积100亩。",
        right="---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "missing-sign-off", Severity.NOTE, "已发布的案例没有编审",
        "写明谁审定的，出了错才知道问谁。",
        "在 credits（署名）里写上编审。",
        "credits: {编审: 校办公室}", check=check_sign_off,
        reminding=True,
        wrong="---\n~credits\n---\n先修路。",
        right="先修路。",
    ),
    Rule(
        "empty-body", Severity.WARNING, "没有正文",
        "案例页上没有可读的内容。",
        "写上正文，或先把状态改成 draft。", check=check_body,
        wrong="",
        right="先修路。",
    ),
    Rule(
        "unlikely-date", Severity.WARNING, "日期不合情理",
        "多半是数字写错了位。",
        "对照原稿改正。",
        "0203-11-05 应为 2023-11-05", check=check_dates,
        wrong="---\ndate: 1023-05-04\n---\n先修路。",
        right="---\ndate: 2023-05-04\n---\n先修路。",
    ),
)  # fmt: skip

CALENDAR = (
    Rule(
        "future-date",
        Severity.WARNING,
        "日期在将来",
        "最新的排在前面：年份多写一笔的案例，会在第一位停好多年。",
        "对照原稿改正。",
        "2042-05-20 应为 2024-05-20",
        check=check_future_dates,
        wrong="=== cases/a.md\n---\ndate: 9023-05-04\n---\n先修路。",
        right="=== cases/a.md\n先修路。",
    ),
)
