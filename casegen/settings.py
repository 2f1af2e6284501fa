"""settings: the keys of casegen.yml, and what is wrong with their values.

Secret: which keys there are, their words, and the default of each.
Not here: the key `book` (book_settings), reading the file, the vocabulary, every path (project).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from casegen import book_settings
from casegen.book_settings import Book
from casegen.chinese import terms
from casegen.collection.category import CATEGORIES, USUAL_WORDS, Category
from casegen.collection.references import Kind, resolve_link
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import Severity
from casegen.root import NAME
from casegen.source import kinds
from casegen.source.schema import KEY, Faults, Field, name_closest, rename_keys

PICTURES = ("logo", "banner")  # keys whose value is the path of a picture
_SHOWN = 6  # forms of a term that a message writes out
FRONT = 5  # most indicators on the front page
_CATEGORY_FIELDS = (
    Field("name", "名称", "text", "类别的名称", required=True),
    Field("color", "颜色", "color", "类别的颜色", "#RRGGBB", default="网站主题的颜色"),
    Field("intro", "简介", "text", "类别页开头的一段话"),
    Field("order", "顺序", "number", "排列的次序", "数字", default="书写的次序"),
)
FIELDS = (
    Field("title", "标题", "text", "案例集的名称", required=True, example="乡村振兴案例集"),
    Field("subtitle", "副标题", "text", "名称下面的一行字"),
    Field("organization", "主办单位", "text", "页脚里的主办单位"),
    Field("contact", "联系", "text", "联系方式"),
    Field("copyright", "版权声明", "text", "页脚里的版权声明"),
    Field("license", "许可", "text", "别人可以怎样用这里的数据，写在数据页上", "许可的名称或一句话",
          example="CC BY 4.0"),
    Field("logo", "标志", "text", "名称旁边的标志", "图片的路径，SVG 或 PNG",
          example="images/logo.svg"),
    Field("banner", "横幅", "text", "首页封面上的一张图", "图片的路径",
          example="images/banner.jpg"),
    Field("front", "首页指标", "texts", "首页总账从哪些指标开头", "指标的键或名称，至多五个",
          default="钱、人、户各一个，再按填报多少", example="[投入帮扶资金, 培训人次]"),
    Field("base_url", "网址", "link", "网站将来的网址", "https://…/",
          default="不写就没有订阅和站点地图"),
    Field("lang", "语言", "text", "页面上的话用什么语言", "zh-CN、en，或主题 words 里有的",
          default="zh-CN"),
    Field("theme", "主题", "text", "网站的外观", default="default"),
    Field("icp", "备案号", "text", "ICP 备案号"),
    Field("police", "公安备案号", "text", "公网安备号"),
    Field("site_code", "标识码", "text", "党政机关网站标识码"),
    Field("report_error", "报错", "contact", "读者报错的去处", "mailto:邮箱 或 https://…"),
    Field("nav", "导航", "pairs", "导航栏", "“文字: 页面”的列表", example="[关于: about]",
          meant=("pages", "menu", "menus", "links", "页面", "菜单", "导航栏")),
    Field("categories", "类别", "table", "案例怎样分类",
          '{industry: {name: 产业振兴, color: "#b5472f", intro: …, order: 1}}',
          default="产业 人才 文化 生态 组织", parts=_CATEGORY_FIELDS),
    Field("metrics", "词表", "table", "增补或改动的指标词", "与自带词表相同"),
    Field("rules", "规则", "choices", "调整各条规则的轻重", "{规则名: off|note|warning|error}",
          choices=("off", *(severity.value for severity in Severity))),
    Field("terms", "用语", "words", "这里常写错的词，检查时照此改正", "{错的: 对的}",
          example="{共享菜元: 共享菜园}"),
    Field("targets", "发布目标", "words", "发布到哪里", "{名称: 地址}"),
    Field("book", "书", "group", "怎样印成书", "{paper: 16k, order: category}",
          parts=book_settings.FIELDS),
    Field("search", "搜索", "switch", "要不要全文搜索", "true 或 false", default="true"),
    Field("qr", "二维码", "switch", "要不要二维码", "true 或 false", default="false"),
    Field("iis", "iis", "switch", "要不要为 IIS 写 web.config", "true 或 false", default="false"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of casegen.yml with defaults filled in; `base_url` is "" or ends with `/`.

    `logo` and `banner` are paths in the project, `front` holds keys of indicators.
    `nav` pairs labels with pages, `targets` names with addresses; `rules` maps rule names to
    severities, None for off.
    """

    title: str
    subtitle: str = ""
    organization: str = ""
    contact: str = ""
    copyright: str = ""
    license: str = ""
    logo: str = ""
    banner: str = ""
    front: tuple[str, ...] = ()
    base_url: str = ""
    lang: str = "zh-CN"
    theme: str = "default"
    icp: str = ""
    police: str = ""
    site_code: str = ""
    report_error: str = ""
    nav: tuple[tuple[str, str], ...] = ()
    categories: tuple[Category, ...] = CATEGORIES
    rules: Mapping[str, Severity | None] = field(default_factory=dict, hash=False)
    terms: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, str], ...] = ()
    book: Book = field(default_factory=Book)
    search: bool = True
    qr: bool = False
    iis: bool = False


def read_config(values: Mapping[str, Any], faults: Faults) -> tuple[Config, Mapping[str, Any]]:
    """Return the settings of typed values, and the additions to the vocabulary as written.

    Wrong values are reported and become the default.
    """
    typed, wrong = kinds.read_fields(FIELDS, values)
    labels = {f.key: f.label for f in FIELDS}
    for fault in wrong:
        key = str(fault.at[0])
        rule, severity = _gravity(key)
        faults.add(rule, severity, f"{labels[key]}：{fault.message}", fault.at, hint=fault.hint)
    if not typed.get("title") and "title" not in {fault.at[0] for fault in wrong}:
        faults.add(
            "missing-field",
            Severity.ERROR,
            "缺少标题（title）",
            hint="加上一行 title: 案例集的名称",
        )
    made = dict(typed)
    additions = made.pop("metrics", {})
    made["title"] = typed.get("title", "")
    made["base_url"] = _base_url(typed.get("base_url", ""), faults)
    made["categories"] = _categories(typed.get("categories", {}), faults)
    made["rules"] = _rules(typed.get("rules", {}), faults)
    made["book"] = book_settings.read_settings(typed.get("book", {}), faults)
    made |= {key: _picture(key, labels[key], typed.get(key, ""), faults) for key in PICTURES}
    made["targets"] = _filled("targets", typed, "没有写发布到哪里，没有采用", "地址", faults)
    made["terms"] = _settle_terms(
        _filled("terms", typed, "没有写对的是什么，没有采用", "对的词", faults), faults
    )
    return Config(**made), additions


def _gravity(key: str) -> tuple[str, Severity]:
    if key == "title":
        return "malformed-field", Severity.ERROR
    return "ignored-setting", Severity.WARNING


def _picture(key: str, label: str, written: str, faults: Faults) -> str:
    """Return a picture's path in the project; "" for a value that is none, which is reported."""
    lead = resolve_link(written, NAME)
    if not written or lead.kind is Kind.FILE:
        return lead.path
    reason = lead.path if lead.kind is Kind.UNSAFE else "不是项目里的图片"
    faults.add(
        "ignored-setting",
        Severity.WARNING,
        f"{label}：“{written}”{reason}，没有采用",
        (key,),
        hint="把图片放进项目，写它的路径，如 images/logo.png",
    )
    return ""


def choose_front(written: Sequence[str], vocabulary: Vocabulary, faults: Faults) -> tuple[str, ...]:
    """Return the keys of the first indicators of the front page; other names are reported."""
    keys: dict[str, None] = {}
    for number, name in enumerate(written):
        indicator = vocabulary.get(name)
        hint = "换成能合计的指标"
        if indicator is None:
            why, hint = (
                "词表里没有",
                name_closest(name, [i.name for i in vocabulary.summable])[:120],
            )
        elif not indicator.summable:
            why = "不相加，没有合计"
        elif len(keys) == FRONT:
            why, hint = f"是第 {FRONT + 1} 个以后的", f"首页指标至多写 {FRONT} 个，去掉几个"
        else:
            keys[indicator.key] = None
            continue
        faults.add(
            "ignored-setting",
            Severity.WARNING,
            f"首页指标“{name}”{why}，没有采用",
            ("front", number),
            hint=hint,
        )
    return tuple(keys)


def _filled(
    key: str, typed: Mapping[str, Any], message: str, value: str, faults: Faults
) -> tuple[tuple[str, str], ...]:
    """Return the pairs of a setting that have both a name and a value; report the others."""
    pairs = typed.get(key, ())
    label = next(f.label for f in FIELDS if f.key == key)
    for name, text in pairs:
        if not (name and text):
            hint = f"写成 {name}: {value}，“{value}”换成要写的；用不着就删去这一项"
            faults.add(
                "ignored-setting",
                Severity.WARNING,
                f"{label}“{name}”{message}" if name else f"{label}“{text}”前面没有名称，没有采用",
                (key, name, KEY),
                hint=hint if name else "删去这一项",
            )
    return tuple((name, text) for name, text in pairs if name and text)


def _settle_terms(own: tuple[tuple[str, str], ...], faults: Faults) -> tuple[tuple[str, str], ...]:
    """Return each term with the form that needs no further correction; report detours.

    A chain is read to its end. A circle has none: its terms are left out.
    """
    if not own:
        return ()
    corrections = terms.list_corrections(own)
    settled = []
    told: set[str] = set()
    for wrong, right in own:
        forms: tuple[str, ...] = (right,)
        ends = True
        if wrong != right:
            forms, ends = terms.follow_correction(wrong, corrections)
        if ends:
            settled.append((wrong, forms[-1] if forms else right))
        way = " → ".join((wrong, *forms[:_SHOWN]))
        message, hint = f"用语绕了一步：{way}", f"写成 {wrong}: {forms[-1] if forms else right}"
        if not ends:
            message = f"用语绕了一圈，没有采用：{way}"
            hint = "只留下一项，删去另外的"
        if len(forms) > 1 and wrong not in told:
            place = ("terms", wrong)
            faults.add("ignored-setting", Severity.WARNING, message, place, hint=hint)
        if not ends:
            told |= {wrong, *forms}
    return tuple(settled)


def _base_url(written: str, faults: Faults) -> str:
    if not written:
        return ""
    parts = urlsplit(written)
    if parts.query or parts.fragment or parts.username:
        faults.add(
            "ignored-setting",
            Severity.WARNING,
            "网址里不能有 ?、# 或用户名",
            ("base_url",),
            hint="只写到文件夹，如 https://example.edu.cn/xczx/",
        )
    folder, _, last = parts.path.rpartition("/")
    path = f"{folder}/{last}" if "." not in last else folder
    path = re.sub("/{2,}", "/", path).rstrip("/") + "/"
    if path.rstrip("/") != parts.path.rstrip("/") or parts.path.endswith("//"):
        faults.add(
            "ignored-setting",
            Severity.WARNING,
            f"网址“{written}”不是一个文件夹的网址",
            ("base_url",),
            hint=f"写成 {parts.scheme}://{parts.netloc}{path}",
        )
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"


def _categories(written: Mapping[str, Any], faults: Faults) -> tuple[Category, ...]:
    if not written:
        return CATEGORIES
    found: list[Category] = []
    for place, (name, value) in enumerate(written.items(), 1):
        at = ("categories", name)
        key = USUAL_WORDS[name].key if name in USUAL_WORDS else name
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", key):
            faults.add(
                "ignored-setting",
                Severity.WARNING,
                f"类别的键“{name}”写法不对，已略去",
                (*at, "#key"),
                hint="键用小写英文字母、数字和 -，名称写在 name 里",
            )
            continue
        given = {"name": value} if isinstance(value, str) else value
        if not isinstance(given, dict):
            given = {}
            if value is not None:
                faults.add(
                    "ignored-setting",
                    Severity.WARNING,
                    f"类别“{name}”的写法不对",
                    at,
                    hint="写成 {name: 产业振兴, order: 1}",
                )
        canon, marks = rename_keys(_CATEGORY_FIELDS, given, faults.marks, faults, at)
        typed, wrong = kinds.read_fields(_CATEGORY_FIELDS, canon)
        inner = faults.within({(*at, *p): where for p, where in marks.items()})
        for fault in wrong:
            inner.add(
                "ignored-setting",
                Severity.WARNING,
                f"类别“{name}”：{fault.message}",
                (*at, *fault.at),
                hint=fault.hint,
            )
        default = USUAL_WORDS[key].name if key in USUAL_WORDS else name
        found.append(
            Category(
                key,
                typed.get("name", default),
                typed.get("color", ""),
                typed.get("intro", ""),
                int(typed.get("order", place)),
            )
        )
    return tuple(sorted({c.key: c for c in found}.values(), key=lambda c: c.order)) or CATEGORIES


def _rules(written: Mapping[str, str], faults: Faults) -> dict[str, Severity | None]:
    if not written:
        return {}
    from casegen import rules  # noqa: PLC0415 dear to load, and `new` needs none of them

    severities: dict[str, Severity | None] = {}
    known = rules.load_catalogue()
    for name, level in written.items():
        severity = None if level == "off" else Severity(level)
        if name not in known:
            faults.add(
                "unknown-rule",
                Severity.WARNING,
                f"没有叫“{name}”的规则",
                ("rules", name, "#key"),
                hint=name_closest(name, sorted(known))[:120],
            )
        elif known[name].fixed and severity is not Severity.ERROR:
            faults.add(
                "fixed-rule",
                Severity.WARNING,
                f"规则“{name}”不能调轻：没有它就写不出页面",
                ("rules", name),
                hint="删去这一行",
            )
        else:
            severities[name] = severity
    return severities
