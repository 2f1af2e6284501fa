"""Case: its fields declared once; Document -> Case; the blank for `new`.

Secret: what each field of a case means, what stands for it when it is absent, and which faults
make a usable page impossible.
Not here: reading files and YAML (source), spellings of values (source.kinds), metric items (items),
editorial norms (rules).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casegen.body.prose import Prose, read_body
from casegen.body.template import Template
from casegen.chinese import pinyin, region, spelling
from casegen.chinese.figures import Finding
from casegen.chinese.region import Region
from casegen.collection import evidence, items, swaps
from casegen.collection.category import CATEGORIES, Category, list_category_words
from casegen.collection.doubt import Doubt, Told, judged
from casegen.collection.metric import Metric
from casegen.collection.page import read_page_body
from casegen.collection.references import Body, read_aliases, read_cover
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import Location, Problem, Problems, Severity
from casegen.source import kinds
from casegen.source.document import STATUSES, Document, parse_status
from casegen.source.schema import Faults, Field, Path, canonical, closest, quoted, template

ROLES: Mapping[str, str] = {
    "contributor": "供稿",
    "photographer": "供图",
    "editor": "编辑",
    "reviewer": "编审",
    "proofreader": "校对",
}
_SUMMARY = 120  # characters of the opening that stand for a missing summary
_SECTIONS = ("实施背景", "主要做法", "成效", "经验启示")

FIELDS = (
    Field("title", "标题", "text", "案例的标题", required=True),
    Field("institution", "单位", "text", "供稿的学校或机构，写全称", required=True,
          example="某某大学"),
    Field("regions", "地区", "texts", "案例发生在哪里，可写几处",
          "省[/市[/县[/乡镇[/村]]]]，从省写起，没有的一级不写", required=True,
          example="[甘肃省/定西市/陇西县]"),
    Field("date", "日期", "month", "案例完成或发表的日期", "2023-11-05；不知道哪一天的写 2023-11",
          required=True, example="2023-11-05"),
    Field("updated", "更新", "date", "最近一次修改的日期", "2023-11-05", default="同日期",
          example="2023-12-01"),
    Field("period", "时段", "period", "案例所属的年份", "2021 或 2021-2023",
          default="日期的年份", example="2021-2023"),
    Field("categories", "类别", "texts", "属于哪几类，第一个是主要的",
          "产业 人才 文化 生态 组织（或 industry talent culture ecology organization）",
          required=True, example="[产业, 人才]",
          choices=("产业", "人才", "文化", "生态", "组织")),
    Field("summary", "摘要", "text", "一句话说清谁、在哪里、做了什么、成效如何",
          default="正文的开头", example="某校在某县教种水苔，带动300户增收"),
    Field("tags", "标签", "texts", "供检索的词", "[甲, 乙]", example="[水苔, 第一书记]"),
    Field("metrics", "指标", "metrics", "成效数字，照原文写",
          "“名称: 数量”的列表，或写全各项",
          example="[种植面积: 100亩, {name: 投入资金, value: 200万元, category: 产业}]",
          parts=items.METRIC_FIELDS),
    Field("credits", "署名", "lists", "谁写、谁拍、谁编", "{供稿: 某部门, 编辑: [甲处, 乙处]}",
          example="{供稿: 乡村振兴工作队, 编辑: 宣传部}",
          parts=tuple(Field(k, v, "texts", v, "一个或几个名称") for k, v in ROLES.items())),
    Field("source", "来源", "source", "首发在哪里", "文字，或 {name: 名称, url: 网址}",
          example="{name: 某某大学新闻网, url: https://example.edu.cn/a.html}",
          parts=(Field("name", "名称", "text", "来源的名称"),
                 Field("url", "网址", "link", "来源的网址", "https://…"))),
    Field("cover", "封面", "text", "封面图片", "与案例文件同一文件夹起的路径",
          example="images/cover.jpg"),
    Field("featured", "推荐", "switch", "是否放在首页", "true 或 false", default="false",
          example="true"),
    Field("order", "顺序", "number", "编者排定的次序，小的在前", "数字", example="1"),
    Field("status", "状态", "text", "编辑流程走到哪一步，只有已发布的才上网站",
          " ".join(f"{k}（{v}）" for k, v in STATUSES.items()), default="published（已发布）",
          example="draft", choices=(*STATUSES, *STATUSES.values())),
    Field("waive", "豁免", "words", "哪条规则不适用，为什么", "{规则名: 理由}",
          example="{part-exceeds-whole: 原文如此}"),
    Field("slug", "网址名", "slug", "网页的文件名", "英文字母、数字和 -，不超过 60 个",
          default="文件名（中文转拼音）", example="shuitai-congjiang"),
    Field("aliases", "旧网址", "texts", "从前的网页路径，会转到新网页", "[old/page.html]",
          example="[old/page.html]"),
)  # fmt: skip


REQUIRED = frozenset(name for f in FIELDS if f.required for name in (f.key, f.label))
PAGE_FIELDS = (Field("title", "标题", "text", "页面的标题", default="正文里的第一个标题"),)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a case was first published; both empty where it does not say."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Norms:
    """What a case is read and checked against: vocabulary, categories, severities by rule.

    `terms` are words that are wrong here, and what is right. A severity of None silences the
    rule. `today` is for rules on the collection alone, None where nobody asks; `digest` changes
    whenever any of the rest does but `today`.
    """

    vocabulary: Vocabulary
    categories: tuple[Category, ...] = CATEGORIES
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    digest: str = ""
    terms: tuple[tuple[str, str], ...] = ()
    today: dt.date | None = None

    @property
    def silenced(self) -> frozenset[str]:
        """The rules that are switched off."""
        return frozenset(rule for rule, severity in self.severities.items() if severity is None)


@dataclass(frozen=True, slots=True)
class Case:
    """A case, every field filled: docs/reference/case.md says what each one means.

    `path` is the file (project-relative); `cover` is project-relative or "";
    `doubts` are all findings against the metrics, waived ones too (a metric's own `doubts` are
    those that hold); `evidence` says for each metric which sentence states it;
    `figures` are those of each sentence, found once for evidence and rules; `references` pairs
    each address in the body that means a file of the project, as written, with the file's path;
    `waive` pairs rules with reasons. `marks` says where fields stand (English keys; metrics by
    their position here), `body_line` and `body_start` where the body does.
    """

    slug: str
    path: str
    title: str
    institution: str
    regions: tuple[Region, ...]
    date: dt.date
    updated: dt.date
    period: tuple[int, int]
    categories: tuple[str, ...]
    summary: str
    tags: tuple[str, ...]
    metrics: tuple[Metric, ...]
    doubts: tuple[Doubt, ...]
    evidence: tuple[evidence.Match | None, ...]
    credits: tuple[tuple[str, tuple[str, ...]], ...]
    source: Source
    cover: str
    featured: bool
    order: Decimal | None
    status: str
    waive: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]
    body: str
    body_line: int
    body_start: int
    prose: Prose
    html: Template
    figures: tuple[tuple[Finding, ...], ...]
    references: tuple[tuple[str, str], ...]
    marks: Mapping[Path, tuple[int, int]] = field(hash=False)
    digest: str

    @property
    def years(self) -> tuple[int, ...]:
        """Every year of the period."""
        return tuple(range(self.period[0], self.period[1] + 1))


def parse_case(document: Document, norms: Norms) -> tuple[Case | None, Problems]:
    """The case of a document and all its faults at once; None where no usable page can be made."""
    case, problems, whole = read(document, norms)
    return (case if whole else None), problems


def read(document: Document, norms: Norms) -> tuple[Case, Problems, bool]:
    """A document as a case as far as it goes, all its faults, and whether a page can be made of it.

    What cannot be read is empty, so that the rest, and the body above all, is checked all the same.
    """
    written = Faults(document.path, document.marks)
    values, marks = canonical(FIELDS, document.meta, document.marks, written)
    if not document.sound:
        faults = Faults(document.path, {})
        return _case(document, {}, set(), {}, faults, norms), faults.problems, False
    faults = written.within(marks)
    typed, wrong = kinds.read_fields(FIELDS, values)
    required = {f.key for f in FIELDS if f.required}
    labels = {f.key: f.label for f in FIELDS}
    for fault in wrong:
        key = str(fault.at[0])
        rule, severity = "ignored-field", Severity.WARNING
        if key in required:
            rule, severity = "malformed-field", Severity.ERROR
        faults.add(rule, severity, f"{labels[key]}：{fault.message}",
                   fault.at, hint=fault.hint)  # fmt: skip
    refused = {str(fault.at[0]) for fault in wrong}
    lost = False
    for f in FIELDS:
        if f.required and not typed.get(f.key) and f.key not in refused:
            if any(row.startswith((f.key, f.label)) for row in document.lost):
                lost = True  # said already where the row is
                continue
            hint = f"加上一行 {f.key}: {f.example or '…'}"
            if (f.key,) in marks:
                hint = "在冒号后面写上内容；以 # 开头的要用引号括起来"
            faults.add("missing-field", Severity.ERROR, f"缺少{f.label}（{f.key}）", (f.key,),
                       hint=hint)  # fmt: skip
    _loose_period(values.get("period"), typed.get("period"), faults)
    case = _case(document, typed, refused, marks, faults, norms)
    broken = lost or any(p.severity is Severity.ERROR and p.rule in _FATAL for p in faults.found)
    said = tuple(p for p in faults.found if (p.where.line, p.where.column) not in document.guesses)
    return case, said, not broken


_FATAL = frozenset({"malformed-field", "missing-field", "malformed-region", "unknown-category"})


def _case(  # noqa: PLR0913, PLR0917 - one place where all that was read comes together
    document: Document,
    typed: Mapping[str, Any],
    refused: set[str],
    marks: Mapping[Path, tuple[int, int]],
    faults: Faults,
    norms: Norms,
) -> Case:
    date = typed.get("date", dt.date.min)
    known = list_category_words(norms.categories)
    categories = _categories(typed.get("categories", ()), known, faults)
    read = read_body(document.body)
    prose = read.prose
    references = Body(document.path, document.body_line, prose).references(faults)
    regions = tuple(_regions(typed.get("regions", ()), faults))
    setting = items.Setting(regions, known, norms.vocabulary)
    written, places = items.read_metrics(typed.get("metrics", ()), setting, faults, ("metrics",))
    source = typed.get("source", {})
    figures = evidence.figures_of(prose.sentences)
    said = evidence.traced(written, prose.sentences, figures, norms.vocabulary)
    said = swaps.weighed(written, prose.sentences, figures, said, norms.vocabulary)
    period = typed.get("period", (date.year, date.year))
    waived = typed.get("waive", ())
    metrics, doubts = judged(
        written, Told(prose.sentences, figures, said), period, dict(waived), norms.silenced,
        norms.vocabulary,
    )  # fmt: skip
    kept = {path: at for path, at in marks.items() if path[:1] != ("metrics",) or len(path) < 2}
    return Case(
        slug=typed.get("slug") or default_slug(document.path),
        path=document.path,
        title=typed.get("title", ""),
        institution=typed.get("institution", ""),
        regions=regions,
        date=date,
        updated=typed.get("updated", date),
        period=period,
        categories=categories,
        summary=typed.get("summary") or opening(prose.opening),
        tags=typed.get("tags", ()),
        metrics=metrics,
        doubts=doubts,
        evidence=said,
        credits=typed.get("credits", ()),
        source=Source(source.get("name") or source.get("url", ""), source.get("url", "")),
        cover=read_cover(typed.get("cover", ""), faults),
        featured=typed.get("featured", False),
        order=typed.get("order"),
        status=_checked_status(typed, refused, faults),
        waive=waived,
        aliases=tuple(read_aliases(typed.get("aliases", ()), faults)),
        body=document.body,
        body_line=document.body_line,
        body_start=document.body_start,
        prose=prose,
        html=read.write_template({m.sentence for m in said if m is not None and m.states}),
        figures=figures,
        references=references,
        marks=kept | {("metrics", n): at for n, at in enumerate(places)},
        digest=document.digest,
    )


def cover_of(document: Document) -> tuple[str, Location] | None:
    """The project path of a case file's cover and where it stands, though the file is no case."""
    silent = Faults(document.path, document.marks)
    values, marks = canonical(FIELDS, document.meta, document.marks, silent)
    written = values.get("cover")
    path = read_cover(written, silent.within(marks)) if isinstance(written, str) else ""
    return (path, silent.within(marks).where(("cover",))) if path else None


def check_page(page: Document) -> Problems:
    """The faults of a hand-written page: its front matter may hold a title, its body is prose."""
    faults = Faults(page.path, page.marks)
    if page.sound:
        values, marks = canonical(PAGE_FIELDS, page.meta, page.marks, faults)
        inner = faults.within(marks)
        for wrong in kinds.read_fields(PAGE_FIELDS, values)[1]:
            inner.add("ignored-field", Severity.WARNING, wrong.message, wrong.at, hint=wrong.hint)
    Body(page.path, page.body_line, read_page_body(page.body).prose).references(faults)
    return faults.problems


def show_period(period: tuple[int, int], dash: str = "—") -> str:
    """A period for readers: 2021, or 2019—2021."""
    first, last = period
    return str(first) if first == last else f"{first}{dash}{last}"


def default_slug(path: str) -> str:
    """The slug of a file that names none: its own or its bundle's name, in pinyin."""
    parts = path.split("/")
    name = re.sub(r"\.[^.]*$", "", parts[-1])
    if name.lower() == "index" and len(parts) > 2:
        name = parts[-2]
    return pinyin.stems([name])[name]


def opening(text: str) -> str:
    """The first sentences of a text, about 120 characters, cut at a punctuation mark."""
    if len(text) <= _SUMMARY:
        return text
    head = text[:_SUMMARY]
    for marks, least in (("。！？", 30), ("；，、：", 60)):
        cut = max(head.rfind(mark) for mark in marks) + 1
        if cut > least:
            return head[:cut] if marks == "。！？" else head[: cut - 1] + "……"
    return head + "……"


def forgiven(problems: Problems, statuses: Mapping[str, str], *, drafts: bool) -> Problems:
    """Problems with errors lowered to warnings in files that a build leaves out.

    `statuses` maps paths to `Document.status`; with `drafts` only withdrawn cases are left out.
    """
    goes_out = set(STATUSES) - {"withdrawn"} if drafts else {"published"}
    return tuple(
        p.at(Severity.WARNING)
        if p.severity is Severity.ERROR and statuses.get(p.where.path, "published") not in goes_out
        else p
        for p in problems
    )


def duplicate_addresses(cases: Iterable[Case]) -> Problems:
    """An error for every two cases with one address, or an alias that is taken; both named."""
    taken: dict[str, tuple[str, str]] = {}
    found = []
    # The fault is that of the case which is furthest from going out: a draft's stops no build.
    rank = {"withdrawn": 0, "published": 1}
    ordered = sorted(cases, key=lambda case: (rank.get(case.status, 2), case.path))
    claims = [(f"cases/{c.slug}.html", "slug", c) for c in ordered]
    claims += [(alias, "aliases", c) for c in ordered for alias in c.aliases]
    for address, key, case in claims:
        other = taken.setdefault(address.lower(), (case.path, key))
        if other == (case.path, key):
            continue
        line, column = case.marks.get((key,), (1, 1))
        found.append(
            Problem(
                "duplicate-address", Severity.ERROR,
                f"网址 {address} 有两个案例在用：{other[0]} 和 {case.path}",
                Location(case.path, line, column, key),
                "改一个文件名，或在其中一个写上不同的 slug（网址名）",
            )
        )  # fmt: skip
    return tuple(found)


def json_schema() -> dict[str, Any]:
    """JSON Schema of the front matter, for editors that complete and check YAML."""
    return kinds.json_schema(FIELDS, "案例信息")


def blank(
    title: str, today: dt.date, *, categories: Iterable[str] = (), institution: str = ""
) -> str:
    """The text of a new case file: every field explained, what is known filled in."""
    known = {
        "title": quoted(title),
        "institution": quoted(institution),
        "date": today.isoformat(),
        "categories": f"[{', '.join(quoted(name) for name in categories)}]" if categories else "",
        "status": "draft",
    }
    sections = "".join(f"## {name}\n\n\n" for name in _SECTIONS)
    return f"---\n{template(FIELDS, known)}---\n\n{sections}".rstrip("\n") + "\n"


# --- single fields ---------------------------------------------------------------------------


def _categories(
    written: tuple[str, ...], known: Mapping[str, str], faults: Faults
) -> tuple[str, ...]:
    keys = []
    for number, name in enumerate(written):
        key = known.get(name) or known.get(name.lower())
        if key:
            keys.append(key)
            continue
        names = [known_name for known_name in known if not known_name.endswith("振兴")]
        several = _several(name, known)
        hint = f"写成 [{', '.join(several)}]" if several else closest(name, names)
        faults.add("unknown-category", Severity.ERROR, f"不认识的类别“{name}”",
                   ("categories", number), hint=hint)  # fmt: skip
    return tuple(dict.fromkeys(keys))


def _several(text: str, known: Mapping[str, str]) -> list[str]:
    """The categories that a text names one after the other, or none where it says more."""
    words = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, words)))
    rest = re.sub(r"[\s、，；,;/／\\|和与及+]", "", pattern.sub("", text))
    found = list(dict.fromkeys(pattern.findall(text)))
    return found if len(found) > 1 and not rest else []


def _read_place(text: str) -> tuple[Region | None, Sequence[region.Fault]]:
    """The region of a text; one that is written otherwise gets one fault and the whole path."""
    place, wrong = region.read_region(text)
    if not wrong or all(fault.slug == "renamed-place" for fault in wrong):
        return place, wrong
    meant = spelling.spell_out(text)
    if not meant or any(region.read_region(each.text)[1] for each in meant):
        return place, wrong
    if len(meant) > 1:
        message = f"“{text}”写了 {len(meant)} 处，要分成几项"
        listed = ", ".join(each.text for each in meant)
        return None, (region.Fault("malformed-region", message, f"写成 [{listed}]"),)
    if place is None:
        message = f"“{text}”没有照“省/市/县”的样子写"
        return None, (region.Fault("malformed-region", message, f"写成 {meant[0].text}"),)
    message = f"“{text}”没有写全"
    return meant[0], (region.Fault("short-place", message, f"写成 {meant[0].text}"),)


_PLACE_SEVERITY = {"malformed-region": Severity.ERROR, "renamed-place": Severity.NOTE}


def _regions(written: tuple[str, ...], faults: Faults) -> Iterable[Region]:
    seen = set()
    for number, text in enumerate(written):
        place, wrong = _read_place(text)
        for fault in wrong:
            severity = _PLACE_SEVERITY.get(fault.slug, Severity.WARNING)
            faults.add(fault.slug, severity, fault.message, ("regions", number), hint=fault.hint)
        if place and place not in seen:
            seen.add(place)
            yield place


def _loose_period(written: object, period: tuple[int, int] | None, faults: Faults) -> None:
    if period is None:
        return
    form = f"{period[0]}" if period[0] == period[1] else f"{period[0]}-{period[1]}"
    if written not in {form, f"{period[0]}-{period[1]}"}:
        faults.add("loose-period", Severity.NOTE, f"时段“{written}”已读作 {form}", ("period",),
                   hint=f"写成 {form}")  # fmt: skip


def _checked_status(typed: Mapping[str, Any], refused: set[str], faults: Faults) -> str:
    if "status" in refused:
        return "draft"
    written = typed.get("status", "published")
    status = parse_status(written)
    if not status:
        faults.add(
            "unknown-status", Severity.WARNING,
            f"状态：不认识“{written}”，先按草稿处理，不发布",
            ("status",), hint=closest(written, [*STATUSES, *STATUSES.values()]),
        )  # fmt: skip
    return status or "draft"
