"""Reference: the pages of docs/reference and the module map, written from the code they describe.

    python scripts/reference.py          writes what is stale
    python scripts/reference.py --check  only says what is stale, and exits with 1

Secret: the layout of these pages, and the words for what the code only names (columns, keys of
JSON, functions of templates); a name without words stops the generator.
Not here: the words of commands, fields and rules, which stand with them in the code.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from casegen import build, importers, problem, project, rules
from casegen.cli import casegen  # before click, which takes its words from gettext
from casegen.collection import case_fields, parsing
from casegen.collection.assembly import assemble
from casegen.collection.category import CATEGORIES
from casegen.collection.indicator import (
    CHINESE_FIELDS,
    CHINESE_RULES,
    TIMINGS,
    AddingRule,
    Indicator,
)
from casegen.collection.norms import Norms
from casegen.editions.data import tables
from casegen.editions.site import components, dataset, theme, views
from casegen.screen import SEVERITIES
from casegen.settings import FIELDS
from casegen.source import files
from casegen.source.document import STATUSES
from casegen.source.schema import Field

import click  # isort: skip
from jinja2.defaults import DEFAULT_NAMESPACE  # isort: skip
from jinja2.filters import FILTERS  # isort: skip

# ruff: noqa: INP001  (a script)

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
MAP = "docs/architecture.md"
BEGIN, END = "<!-- modules: begin -->", "<!-- modules: end -->"
MADE = "<!-- 由 scripts/reference.py 生成，不要手改；改代码里的文字，再运行它。 -->"

PROBLEM_WORDS: Mapping[str, str] = {
    "rule": "规则名，见[规则](rules.md)",
    "severity": "轻重：error 错误、warning 提醒、note 提示",
    "message": "哪里不对",
    "path": "文件，从项目文件夹起的路径",
    "line": "第几行，从 1 数起",
    "column": "第几列（第几个字），从 1 数起",
    "hint": "怎么改，可能是空的",
    "fixable": "能不能放心地自动改好",
    "fix": "怎样自动改：`safe` 可放心，`ask` 要点头，null 不能",
}
BUILD_WORDS: Mapping[str, str] = {
    "cases": "案例篇数",
    "pages": "页面数",
    "written": "这次写了几个文件",
    "kept": "几个文件没有变",
    "removed": "删去几个不再需要的文件",
    "seconds": "各步用了几秒，total 是总数",
    "problems": "拦住生成的错误，每个同 `check --format json`",
    "left_out": "没有上网站的：各状态的篇数、不是案例的文件、存疑的指标、还没有填的",
}
LIST_WORDS: Mapping[str, str] = {
    "slug": "网址名",
    "path": "案例文件，从项目文件夹起",
    "title": "标题，读不出来的为空",
    "institution": "单位，读不出来的为空",
    "status": "状态：draft submitted edited approved published withdrawn；文件读不了的为空",
    "errors": "几处错误",
    "warnings": "几处提醒",
    "notes": "几处提示",
    "doubtful": "几条指标存疑",
    "missing": "还缺的字段，如 cover、summary、metrics、reviewer（编审）、body（正文）",
}
IMPORT_WORDS: Mapping[str, str] = {
    "file": "原稿的文件名；台账是 `文件#工作表!行`",
    "title": "标题，总不为空；没有标题行的取第一个小标题或第一句",
    "institution": "单位；没有认出的为空",
    "institution_suspect": "单位的名称是不是被替换或隐去了",
    "suspects": "被替换、隐去的名称：`text` 原文、`reason` 理由、`line` 第几行",
    "date": "日期，年-月-日；没有的是 null",
    "source": "来源，没有的为空",
    "credits": "署名：角色 → 名称，几个名称时是列表",
    "regions": "地区，从省写起",
    "categories": "建议的类别",
    "sections": "小标题，照原文",
    "dropped": "不在正文里的行，照原文；移到字段里的也在内",
    "uncertain": "拿不准的字段",
    "metrics": "认出的指标，见下表",
    "other": "别的数：`raw` 原文、`reason` 为什么不是指标、`evidence` 原句、`start` `end`",
    "losses": "没有带来的东西",
}
PROPOSAL_WORDS: Mapping[str, str] = {
    "name": "名称",
    "indicator": "词表里的键；没有的为空",
    "raw": "原文",
    "value": "数值，用原文的计量单位，数字写成文字；区间是 null",
    "unit": "原文的计量单位",
    "base_value": "数值，换算成基本单位；区间是 null",
    "base_unit": "基本单位",
    "low": "下限，换算成基本单位",
    "high": "上限，换算成基本单位",
    "qualifier": "限定词；确数写 exact",
    "category": "建议的类别",
    "period": "时段，句中没有说的为空",
    "timing": "时间口径：当年、累计、期末",
    "region": "地点：案例的哪一处，没有说的为空",
    "part_of": "是第几条的一部分，从 0 数起；没有的是 null",
    "same_as": "与第几条说的是同一件事，从 0 数起；没有的是 null",
    "evidence": "原句",
    "start": "在原稿文字里从第几个字起，从 0 数起；标记和换行都算",
    "end": "到第几个字为止",
}
METRIC_WORDS: Mapping[str, str] = {
    "name": "名称",
    "indicator": "词表里的键；词表里没有的为空",
    "as_written": "数量的原文",
    "low": "下限，用原文的计量单位，数字写成文字",
    "high": "上限，用原文的计量单位",
    "unit": "原文的计量单位",
    "base_low": "下限，换算成基本单位",
    "base_high": "上限，换算成基本单位",
    "base_unit": "基本单位",
    "qualifier": "限定词；确数写 exact",
    "category": "写明的类别，没有写的为空",
    "booked": "计入哪几类（类别的键）；没有计入合计的、未分到类的为空",
    "period": "时段：写明的，否则名称或原句里的年份，否则案例的时段",
    "timing": "时间口径：yearly 当年、cumulative 累计、standing 期末",
    "region": "写明的地区，案例所列那一处的全称；没有写的为空",
    "lead": "是否先显示",
    "id": "编号，没有的为空",
    "part_of": "是第几条的一部分，从 0 数起；没有的是 null",
    "split": "口径，没有的为空",
    "same_as": "与第几条说的是同一件事，从 0 数起；没有的是 null",
    "note": "备注，没有的为空",
    "waive": "这一条的豁免：规则名 → 理由",
    "doubts": "使它存疑的规则名；可靠的为空",
    "counted": "是否计入案例集的合计",
}
ROW_WORDS: Mapping[str, str] = {
    "name": "名称，页面上显示的",
    "dimension": "量纲，如 money area_land people；不写就由计量单位推出",
    "unit": "基本单位，合计用它",
    "rule": "怎样合计，见下",
    "category": "通常归入的类别；空着就由案例决定",
    "synonyms": "同义名：写了它等于写了名称",
    "wordings": "常见的说法，用来认出写得随意的名称：名称以它结尾，或（带“…”的）以它开头",
    "same": "一个就算一个基本单位的量词，如 厕所的 个 与 座",
    "also": "也可以用、但另列合计的单位或量纲",
    "by_item": "true：只有同名的指标才相加",
    "timing": "口径：当年 累计 期末；不写的由聚合和时段推定",
    "same_period": "true：只有同一时段的才相加",
    "source": "谁的报表里有它",
    "broader": "上位指标的键，只作另见，不相加",
    "question": "在指标页列在哪个问题下："
    "money people work built industry rate，或自己的一句话；不写由量纲定",
    "page": "false：不设页面",
}
RULE_WORDS: Mapping[AddingRule, str] = {
    AddingRule.SUM: "各案例相加",
    AddingRule.LATEST: "一个案例里只取最近一个时段的，各案例再相加",
    AddingRule.MAX: "一个单位只取最大的一个，各单位再相加",
    AddingRule.NONE: "不相加，只显示",
}
TEMPLATE_WORDS: Mapping[str, str] = {
    "t": "`t(键, 名=值…)`：`words/zh-CN.yml` 里的一条文字，花括号里的名字换成值",
    "words_json": "`words_json(前缀)`：以前缀开头的全部文字，写成 JSON，交给脚本",
    "asset": "`asset(文件名)`：`assets/` 里一个文件在网站里的路径，前面还要加 `root`",
    "styles": "各个 `style.css` 的路径，最基础的在前，前面还要加 `root`",
    "theme_name": "网站主题的名称",
    "body_html": "`body_html(html, links, evidence, sizes)`：正文的 HTML；`sizes` 是图片有多宽，"
    "同 HTML 的 sizes，不写是 100vw",
    "show_card": "`show_card(card, root)`：一篇案例的卡片，照 `card.html` 写",
    "phrases": "`标题|phrases`：标题只在标点后面折行",
    "unbroken": "`摘要|unbroken`：数和它的计量单位不在行尾分开",
    "indent": "正文每段开头要不要空两个字：`theme.yml` 里的 `indent`",
    "lang": '`lang(文字)`：外文网站里，给有汉字的文字注明 `lang="zh-CN"`；中文网站里什么也不写',
    "chinese": "网站的语言是不是中文",
    "qr": "`qr(网址)`：二维码，`size` 是边长，`path` 是 SVG 路径",
    "long_date": "`日期|long_date`：2023年11月5日，按网站的语言写",
    "mixed": "`文字|mixed`：外文网站里，给夹在外文中的中文注明语言",
    "minutes": "`正文|minutes`：读完大约要几分钟，至少一分钟",
    "letter": "`邮箱|letter(主题, 正文)`：`mailto:` 写好主题和正文，别的网址不变",
    "tojson_attr": "`值|tojson_attr`：写进属性的 JSON",
    "json_script": "`文字|json_script`：写进 script 元素的 JSON",
}
DIMENSION_WORDS: Mapping[str, str] = {
    "count": "各种量词",
    "mass": "各种重量单位",
    "livestock": "只 头 羽等",
    "unit_price": "各种单价",
}
GOES_OUT: Mapping[str, str] = {
    "published": "上",
    "withdrawn": "网址还在，页面只说已撤稿；不进列表和合计",
}
GROUPS: Mapping[str, str] = {
    "casegen": "The package",
    "casegen/body": "Body: Markdown, Chinese-safe",
    "casegen/chinese": "Chinese: what any Chinese text says",
    "casegen/collection": "Collection: cases, metrics, totals, the whole",
    "casegen/desk": "Desk: the editing room",
    "casegen/editions": "Editions: one collection, several renderings",
    "casegen/editions/book": "Editions: the book",
    "casegen/editions/data": "Editions: tables",
    "casegen/editions/site": "Editions: the site",
    "casegen/importers": "Importers: manuscripts into drafts",
    "casegen/media": "Media: what a case may carry",
    "casegen/publish": "Publish: a finished folder to a web host",
    "casegen/rules": "Rules: editorial norms",
    "casegen/source": "Source: a file as written",
}


# ── pieces ──

FIELD_HEADS = ("字段", "中文", "必填", "含义", "写法", "不写时")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = (heads, ["---"] * len(heads), *rows)
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def block(text: str, language: str = "text") -> str:
    """Return a fenced block."""
    return f"```{language}\n{text.rstrip()}\n```"


def code(text: str) -> str:
    """Return a text as code; "" for an empty one."""
    return f"`{text}`" if text else ""


def described(names: Iterable[str], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return rows of names and their words; a name without words is an error of this file."""
    given = list(names)
    missing = [name for name in given if name not in words]
    if missing:
        raise SystemExit(f"scripts/reference.py has no words for: {', '.join(missing)}")
    return [(code(name), words[name]) for name in given]


def field_table(given: Iterable[Field]) -> str:
    """Return a row for each declared field: key, label, required, about, form, default."""
    return table(
        FIELD_HEADS,
        (
            (code(f.key), f.label, "是" if f.required else "", f.about, f.form, f.default)
            for f in given
        ),
    )


# ── pages: each yields its blocks, which stand apart by empty lines ──


def commands() -> Iterator[str]:
    """Yield the blocks of docs/reference/commands.md."""
    yield "# 命令"
    yield MADE
    yield "这里是各条命令自己打印的说明。怎样用，看[手册](../index.md)。"
    yield block(help_of(casegen, "casegen"))
    for name, command in sorted(casegen.commands.items()):
        yield f"## casegen {name}"
        yield block(help_of(command, f"casegen {name}"))
    yield "## 退出码"
    yield "写批处理时有用：命令做完后留下一个数。"
    yield table(
        ("退出码", "意思"),
        (
            ("0", "没有问题"),
            ("1", "内容里至少有一处错误；`check --strict` 时提醒也算"),
            ("2", "没能运行：找不到案例集、命令写错、磁盘写不进"),
        ),
    )
    yield "## `check --format json` 打印的 JSON"
    yield "一个列表，每项是一处问题："
    sample = problem.Problem("", problem.Severity.NOTE, "", problem.Location(""))
    yield table(("键", "含义"), described(sample.as_json(), PROBLEM_WORDS))
    yield "## `build --json` 打印的 JSON"
    yield "一个对象："
    yield table(("键", "含义"), described(build.Outcome((), {}).as_json(), BUILD_WORDS))
    yield "## `list --format json` 打印的 JSON"
    yield "一个列表，每项是一个案例文件："
    yield table(("键", "含义"), [(code(key), words) for key, words in LIST_WORDS.items()])
    yield (
        "`--metrics` 时每项是一条指标：`slug`、`path`、`line`（第几行）、`place`（地点）、"
        "`reason`（不计入合计的原因），其余同[数据文件](data.md)里的 metrics。"
        "`--figures` 时每项是正文里的一个数：`slug`、`path`、`line`、`raw`（原文）、"
        "`sentence`（原句）。"
    )
    yield "## `import --json` 打印的 JSON"
    yield "一个列表，每项是一篇稿子："
    norms = Norms(project.load_vocabulary())
    (read,) = importers.read_manuscripts(
        importers.File("a.txt", "学校投入200万元。".encode()), norms
    )
    found: Any = importers.as_json(read, norms)
    yield table(("键", "含义"), described(found, IMPORT_WORDS))
    yield "`metrics` 的每一项："
    yield table(("键", "含义"), described(found["metrics"][0], PROPOSAL_WORDS))


def help_of(command: click.Command, name: str) -> str:
    """Return what `--help` prints, on a terminal of 80 columns."""
    settings: Any = {**casegen.context_settings, "terminal_width": 80, "max_content_width": 80}
    return command.get_help(click.Context(command, info_name=name, **settings))


def case_reference() -> Iterator[str]:
    """Yield the blocks of docs/reference/case.md."""
    yield "# 案例的字段"
    yield MADE
    yield "一篇案例是一个 Markdown 文件，最前面两行 `---` 之间是案例信息。字段名写英文或中文都行。"
    yield "`casegen new 标题` 生成带说明的空白案例。怎样写，看[写一篇案例](../handbook/case.md)。"
    yield field_table(case_fields.FIELDS)
    yield "## 状态（status）"
    held = "不上；`casegen build --drafts` 时带着记号一起生成"
    yield table(
        ("写法", "中文", "上不上网站"),
        ((code(k), label, GOES_OUT.get(k, held)) for k, label in STATUSES.items()),
    )
    for f in case_fields.FIELDS:
        if f.parts:
            yield f"## {f.label}（{f.key}）里的各项"
            if f.key == "metrics":
                yield "最短的写法是 `种植面积: 100亩`；要写得更细，用下面的各项。"
                yield "怎样用，看[数字怎么写](../handbook/numbers.md)。"
            yield field_table(f.parts)
    yield "## 例子"
    yield "每个字段的一种写法："
    yield block("\n".join(f"{f.key}: {f.example or '示例'}" for f in case_fields.FIELDS), "yaml")


def settings() -> Iterator[str]:
    """Yield the blocks of docs/reference/casegen-yml.md."""
    yield "# casegen.yml 的各项"
    yield MADE
    yield "案例集的设置。只有标题必填；键写英文或中文都行。"
    yield "怎样调，看[类别、词表、规则怎么调](../handbook/settings.md)。"
    yield field_table(FIELDS)
    for f in FIELDS:
        if f.parts:
            yield f"## {f.label}（{f.key}）里的各项"
            yield field_table(f.parts)
    yield "词表（metrics）里的各项见[词表](vocabulary.md)，规则名见[规则](rules.md)。"


def all_rules() -> Iterator[str]:
    """Yield the blocks of docs/reference/rules.md."""
    yield "# 规则"
    yield MADE
    yield (
        "`casegen check` 说出的每个问题，后面方括号里是规则名。"
        "`casegen explain 规则名` 打印的就是下面的话。"
    )
    yield "怎样调轻重、怎样豁免，看[检查与改错](../handbook/check.md)。"
    catalogue = rules.load_catalogue()
    yield table(
        ("规则", "轻重", "说的是"),
        ((f"[{r.slug}](#{r.slug})", SEVERITIES[r.severity], r.title) for r in catalogue.values()),
    )
    for rule in catalogue.values():
        yield f"## {rule.slug}"
        yield f"{rule.title}（{SEVERITIES[rule.severity]}）。{rule.why}"
        yield f"怎么改：{rule.mend}"
        if rule.example:
            yield block(rule.example)
        if rule.fixed:
            yield "这条不能调轻，也不能豁免。"


def vocabulary() -> Iterator[str]:
    """Yield the blocks of docs/reference/vocabulary.md."""
    rows = project.load_vocabulary().indicators
    names = {c.key: c.name for c in CATEGORIES}
    timings = {None: "", **{timing: label for label, timing in TIMINGS.items()}}
    yield "# 词表"
    yield MADE
    yield f"自带 {len(rows)} 项指标。指标名对上词表，才会与别的案例合计。"
    yield "要增补，写在 casegen.yml 的 `metrics`（词表）里，看[怎么调](../handbook/settings.md)。"
    yield table(
        ("键", "名称", "基本单位", "合计", "口径", "通常类别", "来源", "同作一个的", "另列合计的",
         "同义名"),
        (
            (code(i.key), i.name, i.unit, chinese(i.rule), timings[i.timing],
             names.get(i.category, ""), i.source, "、".join(i.same), "、".join(also(i)),
             "、".join(i.synonyms))
            for i in rows
        ),
    )  # fmt: skip
    yield "## 合计的四种办法"
    yield table(
        ("写法", "中文", "意思"), ((code(r), chinese(r), RULE_WORDS[r]) for r in AddingRule)
    )
    yield "部分（`part_of`）和重复（`same_as`）不论哪种办法都不加。"
    yield "## 一项的各键"
    labels = {key: label for label, key in CHINESE_FIELDS.items()}
    keys = [f.name for f in fields(Indicator) if f.name != "key"]
    words = described(keys, ROW_WORDS)
    yield table(
        ("键", "中文", "含义"),
        ((name, labels[key], text) for key, (name, text) in zip(keys, words, strict=True)),
    )


def also(indicator: Indicator) -> Iterator[str]:
    """Yield the further units of an indicator; whole dimensions in words."""
    for unit in indicator.also:
        yield DIMENSION_WORDS[unit] if unit.isascii() else unit


def chinese(rule: AddingRule) -> str:
    """Return the Chinese name of a way of adding up."""
    return next(name for name, key in CHINESE_RULES.items() if key == rule)


def template_views() -> Iterator[str]:
    """Yield the blocks of docs/reference/views.md."""
    yield "# 视图：模板能读到什么"
    yield MADE
    yield "做网站主题时查这一页；怎样做，看[网站主题](../themes.md)。说明是代码里的原文（英文）。"
    yield "地址都从网站的根算起，模板在前面加上 `root`。"
    yield "## 模板里能用的函数和过滤器"
    environment = theme.make_environment(theme.load_theme("default", "zh-CN", ROOT / "themes"))
    own = [n for n in environment.globals if n not in DEFAULT_NAMESPACE]
    own += [n for n in environment.filters if n not in FILTERS]
    yield table(("名称", "作用"), described(own, TEMPLATE_WORDS))
    for module in (views, components):
        yield from view_classes(inspect.getsource(module))


def view_classes(text: str) -> Iterator[str]:
    """Yield a section for each class of a module's text."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if not isinstance(node, ast.ClassDef) or node.name == "View":
            continue
        yield f"## {node.name}"
        yield ast.get_docstring(node) or ""
        for above in node.bases:
            if isinstance(above, ast.Name) and above.id != "View":
                yield f"以及 [{above.id}](#{above.id.lower()}) 的各项。"
        found = list(members(node, lines))
        if found:
            yield table(("名称", "类型", "说明"), found)


def members(node: ast.ClassDef, lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield fields with the comment after them, and properties with their docstring."""
    for part in node.body:
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            _, _, comment = lines[(part.end_lineno or 1) - 1].partition("  # ")
            yield code(part.target.id), code(ast.unparse(part.annotation)), comment
        elif isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            kind = ast.unparse(part.returns) if part.returns else ""
            yield code(part.name), code(kind), ast.get_docstring(part) or ""


def data_files() -> Iterator[str]:
    """Yield the blocks of docs/reference/data.md."""
    yield "# 数据文件"
    yield MADE
    yield "网站的 `data/` 里有三个文件，谁都可以下载来算。"
    yield "## data/metrics.csv 和 data/metrics.xlsx"
    yield (
        "一条指标一行。CSV 是带 BOM 的 UTF-8，Excel 双击就能打开；low 和 high 以 base_unit 计。"
        "XLSX 另有案例和合计两张表，数字是数字。"
    )
    yield table(
        ("列", "含义"), described(tables.COLUMNS, dict(dataset.name_columns(theme_words())))
    )
    yield "## data/cases.json"
    yield '`{"version": 2, "cases": […]}`，每篇案例一个对象，不含正文：'
    made = sample()
    yield table(("键", "含义"), described(made, dict(dataset.name_keys(theme_words()))))
    yield "### metrics 里的每一项"
    yield table(("键", "含义"), described(made["metrics"][0], METRIC_WORDS))


def theme_words() -> Mapping[str, str]:
    """Return the words of the default theme, which tell readers what the data files hold."""
    return theme.find_words(theme.load_theme("default", "zh-CN", ROOT / "themes"))


def sample() -> dict[str, Any]:
    """Return the JSON of a small case: only its keys matter."""
    front = {
        "title": "甲",
        "institution": "乙",
        "regions": "甘肃省",
        "date": "2023-01-01",
        "categories": "产业",
        "metrics": "{种植面积: 1亩}",
    }
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n"
    document, _ = files.make_document("cases/a.md", text.encode())
    assert document is not None  # noqa: S101 this text is sound
    words = project.load_vocabulary()
    found, _ = parsing.parse_case(document, Norms(words))
    assert found is not None  # noqa: S101 this text is sound
    return tables.make_case_json(found, assemble([found], CATEGORIES, words))


def modules() -> Iterator[str]:
    """Yield the module map: a row for each module, its first docstring line."""
    folders: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((ROOT / "casegen").rglob("*.py")):
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        folder = path.parent.relative_to(ROOT).as_posix()
        folders.setdefault(folder, []).append((code(path.name), docstring.partition("\n")[0]))
    for folder, rows in folders.items():
        yield f"### {GROUPS.get(folder, folder)} (`{folder}/`)"
        yield table(("module", "what it is"), rows)


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "commands": commands,
    "case": case_reference,
    "casegen-yml": settings,
    "rules": all_rules,
    "vocabulary": vocabulary,
    "views": template_views,
    "data": data_files,
}


def wanted() -> dict[str, str]:
    """Return every generated file by its path in the repository, as it should be."""
    found = {f"docs/reference/{n}.md": "\n\n".join(page()) + "\n" for n, page in PAGES.items()}
    before, _, rest = (ROOT / MAP).read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    found["casegen/data/explanations.json"] = explanations()
    found[MAP] = f"{before}{BEGIN}\n\n" + "\n\n".join(modules()) + f"\n\n{END}{after}"
    return found


def explanations() -> str:
    """Return what `casegen explain` prints, by slug: line of the list, words of the rule."""
    told = {}
    for slug, rule in rules.load_catalogue().items():
        severity = SEVERITIES[rule.severity] if rule.severity else "关闭"
        told[slug] = (f"{slug}（{severity}）  {rule.title}", rules.explain_rule(rule))
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write what is stale, or with `--check` only name it."""
    only_check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not only_check:
        raise SystemExit(__doc__)
    stale = 0
    for path, text in wanted().items():
        place = ROOT / path
        if place.is_file() and place.read_text("utf-8") == text:
            continue
        stale += 1
        sys.stdout.write(f"{'stale' if only_check else 'written'}: {path}\n")
        if not only_check:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8", newline="\n")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
