"""whole: rules on the collection as a whole.

Secret: what may not occur twice in one collection.
Not here: two cases with one address (case.check_addresses), which make pages impossible.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from casegen.collection.case import Case
from casegen.collection.choice import OVERLAP, Count, Overlap
from casegen.collection.indicator import Timing
from casegen.collection.norms import Norms
from casegen.collection.outline import STUB
from casegen.collection.references import Kind, resolve_link
from casegen.collection.totals import fold_words
from casegen.problem import Location, Problem, Severity
from casegen.rules.rule import Cases, Rule
from casegen.source.schema import locate_field, name_closest

# Names that file managers and network disks give to a copy.
_COPY = re.compile(r"副本|复件|冲突|拷贝|[Cc]opy|[Cc]onflict|[(（]\d+[)）]")


def check_titles(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report two cases with one title."""
    seen: dict[str, Case] = {}
    copied = {problem.where.path for problem in check_copies(collection, _norms)}
    for case in sorted(collection.cases, key=lambda case: case.path):
        if case.path in copied or not case.title:
            continue  # the rule on copies reports it; a missing title is reported
        other = seen.setdefault(fold_words(case.title), case)
        if other is not case:
            yield Problem(
                "duplicate-title",
                Severity.WARNING,
                f"标题与 {other.path} 相同",
                locate_field(case.path, case.marks, ("title",)),
                "若是同一案例，删去一个；不是就在标题里写出地点或年份",
            )


def check_copies(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report a case that is a copy of another: title, institution and figures are the same."""
    seen: dict[tuple[object, ...], Case] = {}
    named = sorted(collection.cases, key=lambda c: (bool(_COPY.search(c.path)), c.path))
    for case in named:
        figures = tuple((m.name, m.quantity.as_written) for m in case.metrics)
        if not figures or not case.title or case.status == "withdrawn":
            continue  # it has nothing that would be added up twice
        other = seen.setdefault(
            (fold_words(case.title), fold_words(case.institution), figures), case
        )
        marked = _COPY.search(case.path) or not is_stub(case)
        if other is not case and marked:
            yield Problem(
                "copied-case",
                Severity.ERROR,
                f"与 {other.path} 的标题、单位、数字都相同，是同一个案例，数字会计两遍",
                locate_field(case.path, case.marks, ("title",)),
                "删去一个，或移出 cases；要留着备用，就在文件名前加 _（不会读它）",
            )


def is_stub(case: Case) -> bool:
    """Return whether the body is so short that similarity proves nothing."""
    return len(case.body) <= STUB


def check_links(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report links to missing headings of other cases, and to cases that are not published."""
    by_path = {case.path: case for case in collection.cases}
    for case in collection.cases:
        for link in case.prose.references:
            lead = resolve_link(link.href, case.path)
            other = by_path.get(lead.path) if lead.kind is Kind.FILE else None
            if other is None or other is case:
                continue
            where = Location(case.path, case.body_line + link.line - 1, link.column, "body")
            anchors = sorted({heading.anchor for heading in other.prose.headings})
            if lead.anchor and lead.anchor not in anchors:
                yield Problem(
                    "missing-anchor",
                    Severity.WARNING,
                    f"{other.path} 里没有“{lead.anchor}”这个标题",
                    where,
                    name_closest(lead.anchor, anchors)[:120]
                    if anchors
                    else "去掉 # 和它后面的文字",
                )
            if case.status == "published" and other.status not in {"published", "withdrawn"}:
                yield Problem(
                    "link-to-draft",
                    Severity.NOTE,
                    f"链接的案例 {other.path} 还没有发布，网站上只显示文字，没有链接",
                    where,
                    "那一篇发布以后，链接自己就有了",
                )


def check_institutions(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report an institution written in two ways that differ only in spaces, brackets or width."""
    ways: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, Case] = {}
    named = (case for case in collection.cases if case.institution)
    ordered = sorted(named, key=lambda case: case.path)
    for case in ordered:
        ways[fold_words(case.institution)][case.institution] += 1
        first.setdefault(case.institution, case)
    for case in ordered:
        # The way that most cases have is right; of two as frequent, the first.
        usual = ways[fold_words(case.institution)].most_common(1)[0][0]
        if usual != case.institution:
            yield Problem(
                "institution-spelling",
                Severity.WARNING,
                f"单位“{case.institution}”在 {first[usual].path} 里写作“{usual}”",
                locate_field(case.path, case.marks, ("institution",)),
                f"写成 {usual}，否则会分成两个单位",
            )


def check_overlaps(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report sums to date for one thing that overlap, or are less than a figure they contain."""
    by_slug = {case.slug: case for case in collection.cases}
    for each in collection.overlaps:
        case, other_case = by_slug[each.count.case], by_slug[each.other.case]
        metric, other = each.count.metric, each.other.metric
        line = other_case.marks.get(("metrics", each.other.position), (1, 1))[0]
        where = f"第 {line} 行" if case is other_case else f"{other_case.path} 第 {line} 行"
        own, others = (_years(count.period) for count in (each.count, each.other))
        told = (
            f"“{metric.name}”{metric.quantity.as_written}（{own}）"
            f"与{where}“{other.name}”{other.quantity.as_written}（{others}）"
        )
        what = f"{told}是同一件事，年份重叠：只计大的一条"
        if each.both:
            what = f"{told}是同一件事，部分却比整段的累计还多：两条都不计"
        yield Problem(
            OVERLAP,
            Severity.WARNING,
            what,
            locate_field(case.path, case.marks, ("metrics", each.count.position)),
            "数或年份写错了就改；确是两件事，名称写得不同些；确是两笔，两条都写明 period（时段）"
            "和 timing（时间口径），这一条再写 waive: {overlapping-figures: 理由}",
        )
        if not each.waived:
            yield from _half_waived(case, each, where)


def check_contained(collection: Cases, _norms: Norms) -> Iterator[Problem]:
    """Report figures that do not count because one of another case, or name, holds them."""
    by_slug = {case.slug: case for case in collection.cases}
    copied = {problem.where.path for problem in check_copies(collection, _norms)}
    held: defaultdict[tuple[str, str, int], list[Count]] = defaultdict(list)
    holders: dict[tuple[str, str, int], Count] = {}
    for count, holder in collection.contained:
        key = (count.case, holder.case, holder.position)
        held[key].append(count)
        holders[key] = holder
    for key, counts in held.items():
        holder, first = holders[key], min(counts, key=lambda count: count.position)
        case, other = by_slug[first.case], by_slug[holder.case]
        if copied & {case.path, other.path}:
            continue  # the rule on copies reports it
        line = other.marks.get(("metrics", holder.position), (1, 1))[0]
        where = f"第 {line} 行" if case is other else f"{other.path} 第 {line} 行"
        own = f"“{first.metric.name}”{first.metric.quantity.as_written}"
        own += f"等 {len(counts)} 条" if len(counts) > 1 else ""
        its = (
            f"“{holder.metric.name}”{holder.metric.quantity.as_written}（{_years(holder.period)}）"
        )
        why = "已把它算在内"
        if first.timing is Timing.STANDING:
            why = "更近" if first.period[1] < holder.period[1] else "是同一期的，只计较新的案例"
        yield Problem(
            "contained-figures",
            Severity.NOTE,
            f"{own}没有加进合计：{where}{its}{why}",
            locate_field(case.path, case.marks, ("metrics", first.position)),
            "是同一件事就不用改；另是一件，名称写得不同些，写出对象或用途",
        )


def _half_waived(case: Case, overlap: Overlap, other: str) -> Iterator[Problem]:
    """Report a waiver of an overlap that has no effect, and what it lacks."""
    metric = overlap.count.metric
    own = dict(metric.waive).get(OVERLAP)
    if not own and not dict(case.waive).get(OVERLAP):
        return
    settled = (metric.settled, overlap.other.metric.settled)
    lacking = "、".join(w for w, s in zip(("这一条", other), settled, strict=True) if not s)
    hint = f"{lacking}写上 period（时段）和 timing（时间口径）" if lacking else ""
    if not own and not lacking:
        hint = f"把 waive: {{{OVERLAP}: 理由}} 从案例移到这一条里"
    yield Problem(
        "waiver-incomplete",
        Severity.WARNING,
        f"豁免“{OVERLAP}”还不起作用，“{metric.name}”{metric.quantity.as_written}仍不计入合计",
        locate_field(case.path, case.marks, ("metrics", overlap.count.position)),
        hint,
    )


def _years(period: tuple[int, int]) -> str:
    first, last = period
    return f"{first}" if first == last else f"{first}—{last}"


_TWO_SUMS = (
    "=== cases/a.md\n---\nperiod: 2012-2023\nmetrics:\n"
    "  - {{name: 累计投入资金, value: 180万元, period: 2012-2020}}\n"
    "  - {{name: 累计投入资金, value: 200万元, period: {0}}}\n---\n"
    "2012—2020年累计投入资金180万元。{1}累计投入资金200万元。"
)

_TWO_CASES = (
    "=== cases/a.md\n---\nperiod: 2021-2023\nmetrics:\n  - 累计培训果农: 900人次\n---\n"
    "累计培训果农900人次。\n"
    "=== cases/b.md\n---\ntitle: 另一篇\nperiod: 2022\nmetrics:\n  - {0}: 100人次\n---\n"
    "{0}100人次。"
)

WHOLE = (
    Rule(
        "copied-case", Severity.ERROR, "同一个案例有两份",
        "网盘、U 盘常留下“副本”，两份都上网站，合计就翻了倍。",
        "删去一份，或移出 cases。",
        "茶.md 与 茶 - 副本.md", check=check_copies, fixed=True,
        wrong=(
            "=== cases/a.md\n---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。\n"
            "=== cases/a - 副本.md\n---\nmetrics:\n  - 种植面积: 100亩\n---\n"
            "种植面积100亩。"
        ),
        right="=== cases/a.md\n---\nmetrics:\n  - 种植面积: 100亩\n---\n种植面积100亩。",
    ),
    Rule(
        "link-to-draft", Severity.NOTE, "链接的案例还没有发布",
        "读者看到的只是文字，点不了。",
        "不必改：那一篇发布以后，链接自己就有了。", check=check_links,
        wrong=(
            "=== cases/a.md\n见[他篇](b.md)。\n=== cases/b.md\n---\ntitle: 另一篇\n"
            "status: draft\n---\n再架桥。"
        ),
        right=(
            "=== cases/a.md\n见[他篇](b.md)。\n=== cases/b.md\n---\ntitle: 另一篇\n---\n"
            "再架桥。"
        ),
    ),
    Rule(
        "duplicate-title", Severity.WARNING, "两个案例标题相同",
        "读者分不清，多半是同一篇收了两次。",
        "删去一个，或在标题里写出地点、年份。", check=check_titles,
        wrong="=== cases/a.md\n先修路。\n=== cases/b.md\n再架桥。",
        right="=== cases/a.md\n先修路。\n=== cases/b.md\n---\ntitle: 另一篇\n---\n再架桥。",
    ),
    Rule(
        OVERLAP, Severity.WARNING, "累计数的年份重叠",
        "同一单位、同一地方、同一件事的两个累计数，年份有重叠，加起来就重了；"
        "部分比整段的累计还多，必有一个数是错的。",
        "改正数或年份；两件事就写不同的名称；确是两笔，写明时段和时间口径，再豁免。",
        "2012—2022年累计180万元；2021—2023年累计200万元", check=check_overlaps,
        also=("waiver-incomplete",),
        wrong=_TWO_SUMS.format("2018-2023", "2018—2023年"),
        right=_TWO_SUMS.format("2021-2023", "2021—2023年"),
    ),
    Rule(
        "contained-figures", Severity.NOTE, "已含在别的数里，合计不再加",
        "同一单位在同一地方的同一件事，累计数取代它之内的各年数，存量取最近一期；"
        "取代它的在另一篇案例里，或名称不同，看这一篇就看不出来。",
        "是同一件事就不用改；另是一件，名称写得不同些。",
        "一篇写 2021—2023年累计培训 900人次，另一篇写 2022年培训 100人次：合计 900",
        check=check_contained,
        wrong=_TWO_CASES.format("培训果农"),
        right=_TWO_CASES.format("培训茶农"),
    ),
    Rule(
        "institution-spelling", Severity.WARNING, "同一单位有两种写法",
        "全角半角、空格不同，会分成两个单位，案例数和合计都不对。",
        "写法统一。",
        "某某大学(西校区) 与 某某大学（西校区）", check=check_institutions,
        wrong=(
            "=== cases/a.md\n---\ninstitution: 青石学院（西校区）\n---\n先修路。\n"
            "=== cases/b.md\n---\ntitle: 另一篇\ninstitution: 青石学院(西校区)\n---\n"
            "再架桥。"
        ),
        right=(
            "=== cases/a.md\n---\ninstitution: 青石学院（西校区）\n---\n先修路。\n"
            "=== cases/b.md\n---\ntitle: 另一篇\ninstitution: 青石学院（西校区）\n---\n"
            "再架桥。"
        ),
    ),
)  # fmt: skip
