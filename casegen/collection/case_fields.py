"""case_fields: the fields of a case, declared once, and the blank that `new` writes.

Secret: the name, spelling, default and example of each field.
Not here: a case with its fields filled (case), making it of a document (parsing), how each kind of
value is read (source.kinds).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casegen.collection import metric_items
from casegen.source import kinds
from casegen.source.document import STATUSES
from casegen.source.schema import Field, quote_yaml, write_template

ROLES: Mapping[str, str] = {
    "contributor": "供稿",
    "photographer": "供图",
    "editor": "编辑",
    "reviewer": "编审",
    "proofreader": "校对",
}
# What editors type for a role, from the by-lines of papers and pages.
_MEANT: Mapping[str, tuple[str, ...]] = {
    "contributor": (
        "作者",
        "撰稿",
        "撰稿人",
        "撰文",
        "执笔",
        "通讯员",
        "供稿人",
        "author",
        "writer",
    ),
    "photographer": ("摄影", "拍摄", "图片提供", "供图人"),
    "editor": ("责编", "责任编辑", "编者"),
    "reviewer": ("审核", "审稿", "审核人", "终审", "复审"),
    "proofreader": ("校对人", "校稿", "校审"),
}
_SECTIONS = ("实施背景", "主要做法", "实施成效", "经验启示")


FIELDS = (
    Field("title", "标题", "text", "案例的标题", required=True,
          meant=("题目", "案例名称", "案例标题", "名称", "主题", "name")),
    Field("institution", "单位", "text", "供稿的学校或机构，写全称", required=True,
          example="某某大学",
          meant=("学校", "院校", "高校", "机构", "供稿单位", "申报单位", "school", "university")),
    Field("regions", "地区", "texts", "案例发生在哪里，可写几处",
          "省[/市[/县[/乡镇[/村]]]]，从省写起，没有的一级不写", required=True,
          example="[甘肃省/定西市/陇西县]",
          meant=("地点", "所在地", "地址", "区域", "帮扶地", "region", "place", "location")),
    Field("date", "日期", "month", "案例完成或发表的日期", "2023-11-05；不知道哪一天的写 2023-11",
          required=True, example="2023-11-05",
          meant=("时间", "发布时间", "发布日期", "发表时间", "time", "published")),
    Field("updated", "更新", "date", "最近一次修改的日期", "2023-11-05", default="同日期",
          example="2023-12-01",
          meant=("更新日期", "修改日期", "更新时间", "lastmod", "modified", "last_modified_at")),
    Field("period", "时段", "period", "案例所属的年份", "2021 或 2021-2023",
          default="日期的年份", example="2021-2023"),
    Field("categories", "类别", "texts", "属于哪几类，第一个是主要的",
          "产业 人才 文化 生态 组织（或 industry talent culture ecology organization）",
          required=True, example="[产业, 人才]",
          choices=("产业", "人才", "文化", "生态", "组织"),
          meant=("分类", "领域", "category", "type")),
    Field("summary", "摘要", "text", "一句话说清谁、在哪里、做了什么、成效如何",
          default="正文的开头", example="某某大学在某某县教种水苔，带动300户增收",
          meant=("简介", "概要", "导语", "内容提要", "abstract", "description", "excerpt")),
    Field("tags", "标签", "texts", "供检索的词", "[甲, 乙]", example="[水苔, 第一书记]",
          meant=("关键词", "关键字", "keyword", "keywords")),
    Field("metrics", "指标", "metrics", "成效数字，照原文写",
          "“名称: 数量”的列表，或写全各项",
          example="[种植面积: 100亩, {name: 投入资金, value: 200万元, category: 产业}]",
          lines=("种植面积: 100亩", "{name: 投入资金, value: 200万元, category: 产业}"),
          parts=metric_items.METRIC_FIELDS),
    Field("credits", "署名", "lists", "谁写、谁拍、谁编", "{供稿: 某部门, 编辑: [甲处, 乙处]}",
          example="{供稿: 某某工作队, 编辑: 某某部门}",
          parts=tuple(Field(k, v, "texts", v, "一个或几个名称", meant=_MEANT[k])
                      for k, v in ROLES.items())),
    Field("source", "来源", "source", "首发在哪里", "文字，或 {name: 名称, url: 网址}",
          example="{name: 某某大学新闻网, url: https://example.edu.cn/a.html}",
          parts=(Field("name", "名称", "text", "来源的名称"),
                 Field("url", "网址", "link", "来源的网址", "https://…")),
          meant=("出处", "首发", "原文", "转自", "origin")),
    Field("cover", "封面", "text", "封面图片", "与案例文件同一文件夹起的路径",
          example="images/cover.jpg",
          meant=("图片", "题图", "头图", "封面图", "image", "picture", "photo", "img",
                 "thumbnail", "banner", "featured_image", "top_img")),
    Field("featured", "推荐", "switch", "是否放在首页", "true 或 false", default="false",
          example="true"),
    Field("order", "顺序", "number", "编者排定的次序，小的在前", "数字", example="1",
          meant=("序号", "排序", "次序", "weight")),
    Field("status", "状态", "text", "编辑流程走到哪一步，只有已发布的才上网站",
          " ".join(f"{k}（{v}）" for k, v in STATUSES.items()), default="published（已发布）",
          example="draft", choices=(*STATUSES, *STATUSES.values()),
          meant=("发布状态", "state")),
    Field("waive", "豁免", "words", "哪条规则不适用，为什么", "{规则名: 理由}",
          example="{part-exceeds-whole: 原文如此}"),
    Field("slug", "网址名", "slug", "网页的文件名", "英文字母、数字和 -，不超过 60 个",
          default="文件名（中文转拼音）", example="shuitai-congjiang"),
    Field("aliases", "旧网址", "texts", "从前的网页路径，会转到新网页", "[old/page.html]",
          example="[old/page.html]", meant=("permalink", "redirect_from", "旧链接")),
)  # fmt: skip


REQUIRED = frozenset(name for f in FIELDS if f.required for name in (f.key, f.label))
PAGE_FIELDS = (Field("title", "标题", "text", "页面的标题", default="正文里的第一个标题"),)


def make_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter, for editors that complete and check YAML."""
    return kinds.make_json_schema(FIELDS, "案例信息")


def write_blank(title: str, known: Mapping[str, str]) -> str:
    """Return the text of a new case file: every field explained, known values (YAML) filled in.

    The date is left empty: today's date would be wrong, and nobody would notice.
    """
    given = {"title": quote_yaml(title), "status": "draft", **known}
    sections = "".join(f"## {name}\n\n\n" for name in _SECTIONS)
    return f"---\n{write_template(FIELDS, given)}---\n\n{sections}".rstrip("\n") + "\n"
