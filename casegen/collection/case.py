"""case: its fields declared once, and the blank for `new`.

Secret: what each field of a case means, and its value when it is absent.
Not here: making a case of a document (parsing), reading files and YAML (source), spellings of
values (source.kinds), editorial norms (rules).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casegen.body.prose import Prose
from casegen.body.template import Template
from casegen.chinese import pinyin
from casegen.chinese.region import Region
from casegen.collection import evidence, metric_items
from casegen.collection.category import CATEGORIES, Category
from casegen.collection.doubt import Doubt
from casegen.collection.metric import Metric
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import Location, Problem, Problems, Severity
from casegen.source import kinds
from casegen.source.document import STATUSES
from casegen.source.schema import Field, Path, quote_yaml, write_template

ROLES: Mapping[str, str] = {
    "contributor": "供稿",
    "photographer": "供图",
    "editor": "编辑",
    "reviewer": "编审",
    "proofreader": "校对",
}
_SUMMARY = 120  # characters of the opening that replace a missing summary
_SECTIONS = ("实施背景", "主要做法", "实施成效", "经验启示")

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
          default="正文的开头", example="某某大学在某某县教种水苔，带动300户增收"),
    Field("tags", "标签", "texts", "供检索的词", "[甲, 乙]", example="[水苔, 第一书记]"),
    Field("metrics", "指标", "metrics", "成效数字，照原文写",
          "“名称: 数量”的列表，或写全各项",
          example="[种植面积: 100亩, {name: 投入资金, value: 200万元, category: 产业}]",
          lines=("种植面积: 100亩", "{name: 投入资金, value: 200万元, category: 产业}"),
          parts=metric_items.METRIC_FIELDS),
    Field("credits", "署名", "lists", "谁写、谁拍、谁编", "{供稿: 某部门, 编辑: [甲处, 乙处]}",
          example="{供稿: 某某工作队, 编辑: 某某部门}",
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
    """Where a case was first published; both fields are "" where it does not say."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Norms:
    """What a case is read and checked against: vocabulary, categories, severities by rule.

    `terms` pairs words that are wrong here with the right ones. A severity of None silences the
    rule. `today` is for rules on the collection only, None where no rule needs it; `digest` changes
    whenever any field except `today` does.
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
    """A case with every field filled; docs/reference/case.md says what each one means.

    `path` is the file (project-relative); `cover` is project-relative or "";
    `doubts` are all findings against the metrics, waived ones too (a metric's own `doubts` are
    those that hold); `evidence` says for each metric which sentence states it;
    `references` pairs each address in the body that means a file of the project, as written,
    with the file's path; `waive` pairs rules with reasons. `marks` gives the line and column of
    fields (English keys; metrics by their position here), `body_line` (from 1) and `body_start`
    (offset) those of the body; texts with the same `gist` are nearly the same. `digest`
    is that of the file, `head` that of its front matter.
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
    references: tuple[tuple[str, str], ...]
    marks: Mapping[Path, tuple[int, int]] = field(hash=False)
    digest: str
    gist: tuple[int, ...] = ()
    head: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """Every year of the period."""
        return tuple(range(self.period[0], self.period[1] + 1))


def show_period(period: tuple[int, int], dash: str = "—") -> str:
    """Return a period as readers see it: 2021, or 2019—2021."""
    first, last = period
    return str(first) if first == last else f"{first}{dash}{last}"


def default_slug(path: str) -> str:
    """Return the slug of a file that names none: the file's or its folder's name, in pinyin."""
    parts = path.split("/")
    name = re.sub(r"\.[^.]*$", "", parts[-1])
    if name.lower() == "index" and len(parts) > 2:
        name = parts[-2]
    return pinyin.stems([name])[name]


def case_href(slug: str, ending: str = "html") -> str:
    """Return the address of a case's page, from the root of the site.

    With another ending it is that of a file beside the page: md, bib, ris, pdf.
    """
    return f"cases/{slug}.{ending}"


def cut_opening(text: str) -> str:
    """Return the first sentences of a text, about 120 characters, cut at a punctuation mark."""
    if len(text) <= _SUMMARY:
        return text
    head = text[:_SUMMARY]
    for marks, least in (("。！？", 30), ("；，、：", 60)):
        cut = max(head.rfind(mark) for mark in marks) + 1
        if cut > least:
            return head[:cut] if marks == "。！？" else head[: cut - 1] + "……"
    return head + "……"


def forgive_left_out(problems: Problems, statuses: Mapping[str, str], *, drafts: bool) -> Problems:
    """Return the problems with errors lowered to warnings in files that a build leaves out.

    `statuses` maps paths to `Document.status`; with `drafts` only withdrawn cases are left out.
    """
    goes_out = set(STATUSES) - {"withdrawn"} if drafts else {"published"}
    return tuple(
        p.at(Severity.WARNING)
        if p.severity is Severity.ERROR and statuses.get(p.where.path, "published") not in goes_out
        else p
        for p in problems
    )


def check_addresses(cases: Iterable[Case]) -> Problems:
    """Return an error for every two cases with one address, or an alias that is taken."""
    taken: dict[str, tuple[str, str]] = {}
    found = []
    # The error is given to the case that is less near to publication: that of a draft stops no
    # build.
    rank = {"withdrawn": 0, "published": 1}
    ordered = sorted(cases, key=lambda case: (rank.get(case.status, 2), case.path))
    claims = [(case_href(c.slug), "slug", c) for c in ordered]
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
    """Return the JSON Schema of the front matter, for editors that complete and check YAML."""
    return kinds.json_schema(FIELDS, "案例信息")


def write_blank(title: str, known: Mapping[str, str]) -> str:
    """Return the text of a new case file: every field explained, known values (YAML) filled in.

    The date is left empty: today's date would be wrong, and nobody would notice.
    """
    given = {"title": quote_yaml(title), "status": "draft", **known}
    sections = "".join(f"## {name}\n\n\n" for name in _SECTIONS)
    return f"---\n{write_template(FIELDS, given)}---\n\n{sections}".rstrip("\n") + "\n"
