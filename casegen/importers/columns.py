"""columns: the columns of a ledger: which row names them, and which field or figure each holds.

Secret: how headings name fields, how two rows of headings are one, which columns add up others.
Not here: what a row says (spreadsheet), the cells of a sheet (sheetcells).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from casegen.chinese.implied import HEADING_UNIT, find_heading_unit
from casegen.chinese.quantity import Unreadable, read_quantity
from casegen.importers.markdown import tidy_text
from casegen.importers.sheetcells import Row

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "标题", "案例名称", "案例标题", "题目", "案例题目", "项目名称", "案例", "项目",
        "工程名称", "title",
    ),
    "institution": (
        "单位", "供稿单位", "申报单位", "报送单位", "学校", "学校名称", "单位名称", "帮扶单位",
        "承办单位", "实施单位", "牵头单位", "责任单位", "主办单位", "填报单位", "推荐单位",
        "参评单位",
        "高校", "院校", "高校名称", "院校名称", "报送高校", "申报高校", "推荐高校", "帮扶高校",
        "报送学校", "申报学校", "实施学校", "institution",
    ),
    "regions": (
        "地区", "帮扶地区", "所在地", "所在地区", "帮扶地", "地点", "帮扶县", "帮扶村",
        "实施地点", "项目地点", "建设地点", "县区", "区县", "县市区", "所在县", "所在县区",
        "所在村", "所在县乡", "所在乡镇", "regions",
    ),
    "date": (
        "日期", "时间", "发布日期", "发布时间", "完成日期", "完成时间", "填报日期",
        "填报时间", "报送日期", "报送时间", "date",
    ),
    "period": (
        "时段", "年份", "年度", "起止时间", "实施时间", "实施周期", "建设周期", "建设时间",
        "项目周期", "起止年月", "period",
    ),
    "categories": (
        "类别", "类型", "案例类别", "案例类型", "项目类别", "项目类型", "振兴类别", "振兴类型",
        "振兴方向", "所属类别", "所属振兴", "五大振兴", "分类", "categories",
    ),
    "summary": ("摘要", "简介", "案例简介", "内容简介", "内容摘要", "概述", "summary"),
    "body": (
        "正文", "内容", "案例内容", "主要做法", "做法", "具体做法", "主要内容", "建设内容",
        "实施内容", "建设内容及成效", "主要内容及成效", "主要做法及成效", "做法及成效",
        "做法与成效", "做法摘要", "做法简介", "做法概述", "项目简介", "项目概况",
        "案例正文", "full_text", "content", "body",
    ),
    "result": ("成效", "主要成效", "实施成效", "取得成效"),
    "background": ("背景", "实施背景"),
    "供稿": ("供稿", "作者", "供稿人", "联系人", "填报人", "撰稿人"),
    "供图": ("供图", "摄影"),
    "编辑": ("编辑", "责任编辑"),
    "编审": ("编审", "审核", "审核人"),
    "校对": ("校对",),
    "credits": ("署名", "稿件署名", "供稿编辑", "credits"),
    "source": ("来源", "出处", "source"),
    "url": ("链接", "网址", "原文链接", "来源链接", "url", "link"),
    "tags": ("标签", "关键词", "tags", "keywords"),
    "name": ("指标", "指标名称", "指标名", "项目指标", "name"),
    "value": ("数值", "数量", "数据", "完成值", "完成数", "value"),
    "unit": ("计量单位", "单位（计量）", "量词", "unit"),
    "note": ("备注", "说明", "note"),
    "number": ("序号", "编号", "no"),
}  # fmt: skip
# How to reach a person: neither a field of a case nor a number to count.
_PRIVATE = re.compile("电话|手机|邮箱|邮编|微信|身份证|银行|账号|帐号|传真|QQ", re.IGNORECASE)
LABELS = {
    "title": "标题", "institution": "单位", "regions": "地区", "date": "日期", "period": "时段",
    "categories": "类别", "summary": "摘要", "body": "正文", "result": "正文（成效）",
    "background": "正文（背景）", "source": "来源", "url": "来源链接", "tags": "标签",
    "credits": "署名", "name": "指标名称", "value": "数值",
    "unit": "计量单位", "note": "（备注，不用）", "number": "（序号，不用）",
}  # fmt: skip
# 村集体收入2021（万元）, 2021年村集体收入: the year of the figures below.
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?度?")
_DATED = re.compile(rf"{_YEAR.pattern}(?P<name>.*)")
# 合计, 三年小计: what the columns of years make together.
_SUM = re.compile(r"(?:[一二两三四五六七八九十\d]{1,2}年)?(?:合计|总计|小计|共计|累计)")
# 小计, 总投入: what the other columns below one heading make together.
_WHOLE = re.compile(rf"{_SUM.pattern}|总(?:额|数|量|计|投入|投资|资金|金额|收入|人数|户数)")
_AMONG = re.compile(r"^其\s?中\s?[:：]?\s?")
_MONEY = re.compile(
    "资金|投入|经费|金额|收入|产值|投资|补助|补贴|销售|利润|捐赠|财政|自筹|贷款|[款额]$"
)
LIKE = 0.75


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger.

    Its heading, and the field or the metric's unit that it holds, if any. The unit of a field
    "year" is the year. `whole` is the name of the metric that a metric is a part of, if any.
    """

    heading: str
    field: str = ""
    unit: str = ""
    whole: str = ""

    @property
    def name(self) -> str:
        """The name of a column's metric: the heading without its unit."""
        bare = _AMONG.sub("", tidy_text(HEADING_UNIT.sub("", self.heading)))
        return bare or self.heading

    @property
    def label(self) -> str:
        """The name of a column's field in the words for the editor (Chinese)."""
        return LABELS.get(self.field, f"署名 {self.field}")

    @property
    def shown(self) -> str:
        """What the column is used for, in the words for the editor who is asked (Chinese)."""
        if self.field == "year":
            return f"“{self.heading}” → 指标在 {self.unit} 年的数"
        if self.field == "metric":
            unit = f"，单位 {self.unit}" if self.unit else ""
            return f"“{self.heading}” → 指标{unit}{f'，属于 {self.whole}' if self.whole else ''}"
        return f"“{self.heading}” → {self.label if self.field else '不用'}"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column; those below one heading in the row above are of one `group`.

    The sum of a group (小计) has its heading. A group of 0 is none.
    """

    text: str
    group: int = 0
    sums: bool = False


def find_heading_row(rows: Sequence[Row]) -> int | None:
    """Return the index of the row of headings, which has a title and one more field; else None."""
    for at, (_, cells) in enumerate(rows[:15]):
        fields = {field for cell in cells if (field := _field(cell))}
        if "title" in fields and len({cell for cell in cells if cell}) > 1:
            return at
    return None


def read_columns(rows: Sequence[Row], at: int, unit: str) -> tuple[tuple[Column, ...], int]:
    """Return the columns of a ledger whose headings are in row `at`, and the row below these.

    `unit` is the one that stands above the table, for sums of money without their own.
    """
    headings, first = _headings(rows, at)
    return _find_wholes(headings, _columns(headings, rows[first:], unit)), first


def _headings(rows: Sequence[Row], at: int) -> tuple[tuple[Heading, ...], int]:
    """Return the headings, and the index of the first row below them.

    Headings in two rows are seen by a cell that is merged down over both (单位 | 投入（万元）,
    and below it 单位 | 财政), by years in the lower row (村集体收入 over 2021 | 2022 | 合计), or
    by words there while the title has none (投入 over 小计 | 财政, beside 标题 over nothing).
    """
    top = rows[at][1]
    below = rows[at + 1][1] if at + 1 < len(rows) else ()
    pairs = list(itertools.zip_longest(top, below, fillvalue=""))
    under = [b for a, b in pairs if b and a != b]
    numbers = any(re.fullmatch(r"[\d.,]+", b) for b in under)
    apart = [b for b in under if not _SUM.fullmatch(b)]
    yearly = len(under) > 1 and bool(apart) and all(map(_YEAR.fullmatch, apart))
    merged = any(a and a == b for a, b in pairs)
    titles = [b for a, b in pairs if _field(a) == "title" and b not in {"", a}]
    words = bool(under) and all(_field(title) == "title" for title in titles)
    if not yearly and (numbers or not (merged or words)):
        return tuple(map(Heading, top)), at + 1
    headings, last, group = [], "", 0
    for above, lower in pairs:
        if above and above != last:
            group += 1
        last = above or (last if lower else "")
        inside = bool(lower) and lower != last
        word = HEADING_UNIT.sub("", lower)
        sums = inside and not yearly and _WHOLE.fullmatch(word) is not None
        if sums and _SUM.fullmatch(word) and last and not _field(last):
            unit = HEADING_UNIT.search(lower) or HEADING_UNIT.search(last)
            text = HEADING_UNIT.sub("", last) + (f"（{unit['unit']}）" if unit else "")
        else:
            text = _both(last, _AMONG.sub("", lower) if inside else lower)
        headings.append(Heading(text, group if inside and last else 0, sums))
    return tuple(headings), at + 2


def _both(above: str, below: str) -> str:
    """Return one heading for two that stand above each other, with the unit at its end."""
    if above == below or not below or not above:
        return above or below
    if _field(below):
        return below
    if found := _YEAR.fullmatch(below):
        return f"{found['year']}年{above}"
    unit = HEADING_UNIT.search(below) or HEADING_UNIT.search(above)
    name = HEADING_UNIT.sub("", above) + HEADING_UNIT.sub("", below)
    return f"{name}（{unit['unit']}）" if unit else name


def _columns(headings: Sequence[Heading], rows: Sequence[Row], above: str) -> list[Column]:
    taken: set[str] = set()
    columns = []
    texts = [heading.text.replace("\n", "") for heading in headings]
    fields = set(map(_field, texts))
    yearly = "name" in fields and "value" not in fields  # 指标 | 2021年 | 2022年
    long = "value" in fields or (yearly and any(map(_YEAR.fullmatch, texts)))
    for place, heading in enumerate(texts):
        field = _field(heading)
        if field == "institution" and long and _counts_in(rows, place):
            field = "unit"  # 指标 数值 单位: of the figure
        unit = find_heading_unit(heading) or (above if _takes_unit(above, heading) else "")
        if long and yearly and (found := _YEAR.fullmatch(heading)):
            columns.append(Column(heading, "year", found["year"]))
        elif field and field not in taken:
            taken.add(field)
            columns.append(Column(heading, field))
        elif heading and "categories" not in {*fields, *taken} and _names_categories(rows, place):
            taken.add("categories")
            columns.append(Column(heading, "categories"))
        elif (
            heading
            and not long
            and not _adds_years(heading, texts)
            and not _PRIVATE.search(heading)
            and _counts(rows, place, unit)
        ):
            columns.append(Column(heading, "metric", unit))
        else:
            columns.append(Column(heading))
    return columns


def _takes_unit(unit: str, heading: str) -> bool:
    """Return whether a column of a table with 单位：万元 above it is a sum of money."""
    return unit.endswith("元") and _MONEY.search(heading) is not None


def _find_wholes(headings: Sequence[Heading], columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns, parts with their whole: the sum of their group, or what 其中 is of."""
    told = list(columns)
    for n, (heading, column) in enumerate(zip(headings, columns, strict=True)):
        if column.field != "metric" or heading.sums:
            continue
        alike = [m for m, c in enumerate(columns) if (c.field, c.unit) == ("metric", column.unit)]
        if heading.group:
            of = [m for m in alike if headings[m].group == heading.group and headings[m].sums]
        elif _AMONG.match(heading.text):
            of = [m for m in alike if m < n and not _AMONG.match(headings[m].text)]
        else:
            continue
        if of:
            told[n] = replace(column, whole=columns[of[-1]].name)
    return tuple(told)


def _adds_years(heading: str, headings: Sequence[str]) -> bool:
    """Return whether a column is the sum of columns of years: its figures are no more ones."""
    name, sums = _SUM.subn("", HEADING_UNIT.sub("", heading))
    dated = {
        found["name"]
        for cell in headings
        if (found := _DATED.fullmatch(HEADING_UNIT.sub("", cell)))
    }
    return bool(sums) and (name in dated or (bool(dated) and not name))


def _counts_in(rows: Sequence[Row], place: int) -> bool:
    """Return whether a column holds units, and no institutions."""
    cells = {cells[place] for _, cells in rows if place < len(cells) and cells[place]}
    return bool(cells) and all(
        len(cell) <= 4 and read_figure("1", cell) == f"1{cell}" for cell in cells
    )


_CATEGORY = "(?:产业|人才|文化|生态|组织)(?:振兴)?类?"
_CATEGORIES = re.compile(rf"{_CATEGORY}(?:[、，,/／;；和\s]{{1,3}}{_CATEGORY}){{0,4}}")


def _names_categories(rows: Sequence[Row], place: int) -> bool:
    """Return whether each cell of a column is one of the five categories, or several."""
    cells = {cells[place] for _, cells in rows if place < len(cells) and cells[place]}
    return bool(cells) and all(map(_CATEGORIES.fullmatch, cells))


def _field(heading: str) -> str:
    """Return the key of the field that a heading names, exactly or nearly; else ""."""
    bare = re.sub(
        r"[\s*＊:：\n]|[（(](?:必填|选填|盖章|全称|五选一|年月日)[)）]", "", heading
    ).lower()
    if not bare or _PRIVATE.search(bare):
        return ""
    for field, names in FIELDS.items():
        if bare in names:
            return field
    best, likeness = "", LIKE
    for field, names in FIELDS.items():
        for name in names:
            ratio = SequenceMatcher(None, bare, name).ratio()
            if ratio >= likeness and len(name) > 1:
                best, likeness = field, ratio + 1e-9
    return best if not HEADING_UNIT.search(heading) else ""


def _counts(rows: Sequence[Row], place: int, unit: str) -> bool:
    """Return whether a column holds quantities; the heading may give their unit."""
    cells = [cells[place] for _, cells in rows if place < len(cells) and cells[place]]
    numbers = [c for c in cells if read_figure(c, unit)]
    return bool(cells) and len(numbers) * 2 >= len(cells)


def read_figure(value: str, unit: str) -> str:
    """Return the quantity as people write it; "" where it cannot be read."""
    bare = value.replace(",", "").strip()
    for text in (bare, bare + unit):
        if text and not isinstance(read_quantity(text), Unreadable):
            return text
    return ""
