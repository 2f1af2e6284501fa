"""spreadsheet: a sheet (.xlsx, .csv) with a row for each case, or for each metric, as manuscripts.

Secret: how the headings of a ledger name fields, and where its table begins.
Not here: the cells of a sheet (sheetcells), writing drafts (draft).
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from casegen.chinese.implied import HEADING_UNIT, find_heading_unit
from casegen.chinese.quantity import Unreadable, read_quantity
from casegen.importers import byline, sheetforms
from casegen.importers.manuscript import Block, Kind, Manuscript
from casegen.importers.markdown import escape_text, tidy_text
from casegen.importers.sheetcells import Row, read_sheets
from casegen.problem import CasegenError

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
    "categories": ("类别", "类型", "案例类别", "振兴类别", "所属类别", "分类", "categories"),
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
_SECTIONS = (("background", "实施背景"), ("body", "主要做法"), ("result", "实施成效"))
# How to reach a person: neither a field of a case nor a number to count.
_PRIVATE = re.compile("电话|手机|邮箱|邮编|微信|身份证|银行|账号|帐号|传真|QQ", re.IGNORECASE)
_LABELS = {
    "title": "标题", "institution": "单位", "regions": "地区", "date": "日期", "period": "时段",
    "categories": "类别", "summary": "摘要", "body": "正文", "result": "正文（成效）",
    "background": "正文（背景）", "source": "来源", "url": "来源链接", "tags": "标签",
    "credits": "署名", "name": "指标名称", "value": "数值",
    "unit": "计量单位", "note": "备注", "number": "（序号，不用）",
}  # fmt: skip
# 村集体收入2021（万元）, 2021年村集体收入: the year of the figures below.
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?度?")
_DATED = re.compile(rf"{_YEAR.pattern}(?P<name>.*)")
# 合计, 三年小计: what the columns of years make together.
_SUM = re.compile(r"(?:[一二两三四五六七八九十\d]{1,2}年)?(?:合计|总计|小计|共计|累计)")
# 2021.3-2023.6, 2022年: only the years count.
_SPAN = re.compile(
    r"(20\d\d|19\d\d)(?:[.年/-]\d{1,2}(?:[.月/-]\d{0,2}日?)?)?年?度?"
    r"(?:\s?[-—–~～至到]{1,2}\s?(\d{4})(?:[.年/-]\d{1,2}(?:[.月/-]\d{0,2}日?)?)?年?月?)?月?"
)
_OF_ROWS = frozenset({"name", "value", "unit", "number", "note", "title"})
LIKE = 0.75
_EPOCH = dt.date(1899, 12, 30)

Confirm = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a ledger.

    Its heading, and the field or the metric's unit that it holds, if any. The unit of a field
    "year" is the year.
    """

    heading: str
    field: str = ""
    unit: str = ""

    @property
    def shown(self) -> str:
        """What the column is used for, in the words for the editor who is asked (Chinese)."""
        if self.field == "year":
            return f"“{self.heading}” → 指标在 {self.unit} 年的数"
        if self.field == "metric":
            return f"“{self.heading}” → 指标" + (f"，单位 {self.unit}" if self.unit else "")
        if self.field:
            return f"“{self.heading}” → {_LABELS.get(self.field, '署名 ' + self.field)}"
        return f"“{self.heading}” → 不用"


def read_ledger(name: str, data: bytes, confirm: Confirm | None) -> tuple[Manuscript, ...]:
    """Read a manuscript for every case of a ledger.

    Raises CasegenError "import" for a file that is no ledger, or whose columns the editor declines.
    """
    found: list[Manuscript] = []
    sheets = list(read_sheets(name, data))
    for sheet, rows in sheets:
        if form := sheetforms.read_form(f"{name}#{sheet}", [cells for _, cells in rows]):
            found.append(form)
            continue
        at = _heading_row(rows)
        if at is None:
            continue
        headings, first = _headings(rows, at)
        columns = _columns(headings, rows[first:])
        shown = "\n".join(f"  {column.shown}" for column in columns if column.heading)
        if confirm and not confirm(f"{name} 的“{sheet}”认出这些栏目：\n{shown}\n照此导入吗？"):
            raise CasegenError(
                "import", f"{name} 的“{sheet}”没有照此读入", "改一改表头，再导入一次"
            )
        above = [_above(cells) for _, cells in rows[:at] if any(cells)]
        found += _cases(f"{name}#{sheet}", columns, rows[first:], above)
    if not found:
        raise CasegenError(
            "import", f"{name} 里没有认出案例", "第一行写表头，至少要有“标题”一栏，每个案例一行"
        )
    return tuple(found)


# --- columns ---------------------------------------------------------------------------------


def _heading_row(rows: Sequence[Row]) -> int | None:
    """Return the index of the row of headings, which has a title and one more field; else None."""
    for at, (_, cells) in enumerate(rows[:15]):
        fields = {field for cell in cells if (field := _field(cell))}
        if "title" in fields and len({cell for cell in cells if cell}) > 1:
            return at
    return None


def _headings(rows: Sequence[Row], at: int) -> tuple[tuple[str, ...], int]:
    """Return the headings, and the index of the first row below them.

    Headings in two rows are seen by a cell that is merged down over both (单位 | 投入（万元）,
    and below it 单位 | 财政), or by years in the lower row (村集体收入 over 2021 | 2022 | 合计).
    """
    top = rows[at][1]
    below = rows[at + 1][1] if at + 1 < len(rows) else ()
    pairs = list(itertools.zip_longest(top, below, fillvalue=""))
    under = [b for a, b in pairs if b and a != b]
    apart = [b for b in under if not _SUM.fullmatch(b)]
    if len(under) > 1 and apart and all(map(_YEAR.fullmatch, apart)):
        last, headings = "", []
        for above, year in pairs:
            last = above or (last if year else "")
            headings.append(_both(last, year))
        return tuple(headings), at + 2
    merged = any(a and a == b for a, b in pairs)
    if not merged or any(re.fullmatch(r"[\d.,]+", b) for b in under):
        return top, at + 1
    return tuple(_both(a, b) for a, b in pairs), at + 2


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


def _columns(headings: Sequence[str], rows: Sequence[Row]) -> tuple[Column, ...]:
    taken: set[str] = set()
    columns = []
    fields = {_field(cell) for cell in headings}
    yearly = "name" in fields and "value" not in fields  # 指标 | 2021年 | 2022年
    long = "value" in fields or (yearly and any(map(_YEAR.fullmatch, headings)))
    for place, cell in enumerate(headings):
        heading = cell.replace("\n", "")
        field = _field(heading)
        if field == "institution" and long and _counts_in(rows, place):
            field = "unit"  # 指标 数值 单位: of the figure
        if long and yearly and (found := _YEAR.fullmatch(heading)):
            columns.append(Column(heading, "year", found["year"]))
        elif field and field not in taken:
            taken.add(field)
            columns.append(Column(heading, field))
        elif (
            heading
            and not long
            and not _adds_years(heading, headings)
            and not _PRIVATE.search(heading)
            and _counts(rows, place, unit := find_heading_unit(heading))
        ):
            columns.append(Column(heading, "metric", unit))
        else:
            columns.append(Column(heading))
    return tuple(columns)


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
        len(cell) <= 4 and _quantity("1", cell) == f"1{cell}" for cell in cells
    )


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
    numbers = [c for c in cells if _quantity(c, unit)]
    return bool(cells) and len(numbers) * 2 >= len(cells)


# --- cases -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: its number in the sheet, its fields, the metrics that it states, what is not used."""

    number: int
    named: Mapping[str, str]
    metrics: tuple[Mapping[str, str], ...]
    losses: tuple[str, ...]


def _entry(number: int, columns: Sequence[Column], cells: Sequence[str]) -> Entry:
    named, metrics, losses = {}, [], []
    yearly: dict[str, str] = {}
    for column, value in zip(columns, cells, strict=False):
        if not value:
            continue
        if column.field == "metric":
            name = tidy_text(HEADING_UNIT.sub("", column.heading)) or column.heading
            metrics.append({"name": name, "unit": column.unit, "value": value})
        elif column.field == "year":
            yearly[column.unit] = value
        elif column.field and column.field != "note":
            named[column.field] = value
        elif column.heading:
            losses.append(f"“{column.heading}”一栏没有用上：{value}")
    name, unit = named.get("name", "指标"), named.get("unit", "")
    for year, value in yearly.items():
        metrics.append({"name": f"{year}年{name}", "unit": unit, "value": value})
    if "value" in named:
        metrics.append({"name": name, "unit": unit, "value": named["value"]})
    return Entry(number, named, tuple(metrics), tuple(losses))


def _above(cells: Sequence[str]) -> str:
    words = "；".join(dict.fromkeys(filter(None, cells)))
    return f"表头上面的一行没有用上：{words}"


def _cases(
    file: str, columns: Sequence[Column], rows: Sequence[Row], above: Sequence[str]
) -> Iterator[Manuscript]:
    """Yield a manuscript for each group of rows that follow each other with one title.

    The first one also tells what stood `above` the headings, the last one the sums.
    """
    groups: list[list[Entry]] = []
    sums: list[str] = []
    for number, cells in rows:
        if not any(cells):
            continue
        if re.fullmatch("合计|总计|小计", first := next(filter(None, cells))):
            sums.append(f"“{first}”一行没有用上：{'；'.join(filter(None, cells[1:]))}")
            continue
        entry = _entry(number, columns, cells)
        title = entry.named.get("title", "")
        same = groups and (not title or title == groups[-1][0].named.get("title"))
        if same and entry.metrics:
            groups[-1].append(entry)
        elif title:
            groups.append([entry])
    for n, group in enumerate(groups, 1):
        also = [*(above if n == 1 else ()), *(sums if n == len(groups) else ())]
        yield _case(file, group, also)


def _case(file: str, group: Sequence[Entry], also: Sequence[str]) -> Manuscript:
    first = group[0].named
    blocks: list[Block] = []
    for field, heading in _SECTIONS:
        if text := first.get(field):
            blocks.append(Block(Kind.HEADING, heading, heading, level=2))
            blocks += [_prose(line) for line in re.split("\n+", text) if line.strip()]
    losses = [*(loss for entry in group for loss in entry.losses), *also]
    stated = []
    for metric in (metric for entry in group for metric in entry.metrics):
        written = _quantity(metric["value"], metric["unit"])
        if written:
            stated.append({**metric, "value": written})
        else:
            losses.append(f"“{metric['name']}”的数没有读懂：{metric['value']}")
    losses += [loss for entry in group[1:] for loss in _unlike(first, entry)]
    if stated:
        blocks.append(Block(Kind.HEADING, "主要数据", "主要数据", level=2))
        blocks.append(_prose("；".join(m["name"] + m["value"] for m in stated) + "。"))
    text = "\n".join(block.plain for block in blocks)
    said = {k: v for k, v in first.items() if k not in {"body", "result", "background", "note"}}
    said["date"] = _date(first.get("date", ""))
    if period := said.pop("period", ""):
        said["period"] = _period(period)
        losses += [] if said["period"] else [f"“时段”一栏没有读懂：{period}"]
    return Manuscript(
        f"{file}!{group[0].number}",
        text,
        tuple(blocks),
        said,
        losses=tuple(losses),
        metrics=tuple(stated),
        rows=True,
    )


def _unlike(first: Mapping[str, str], entry: Entry) -> Iterator[str]:
    """Yield what a later row of a case says differently; the first row counts."""
    for field, value in entry.named.items():
        if field not in _OF_ROWS and value != first.get(field, ""):
            label = _LABELS.get(field, field)
            yield f"第 {entry.number} 行的“{label}”没有用上，用的是第一行的：{value}"


def _prose(line: str) -> Block:
    plain = tidy_text(line)
    return Block(Kind.PARAGRAPH, escape_text(plain), plain, plain)


def _quantity(value: str, unit: str) -> str:
    """Return the quantity as people write it; "" where it cannot be read."""
    bare = value.replace(",", "").strip()
    for text in (bare, bare + unit):
        if text and not isinstance(read_quantity(text), Unreadable):
            return text
    return ""


def _period(value: str) -> str:
    """Return a year or a span of years as a case writes it; "" for anything else."""
    found = _SPAN.fullmatch(value)
    return "-".join(filter(None, found.groups())) if found else ""


def _date(value: str) -> str:
    """Return a date as written; the serial number that Excel keeps becomes one."""
    if re.fullmatch(r"[34]\d{4}(?:\.\d+)?", value):
        return (_EPOCH + dt.timedelta(days=int(float(value)))).isoformat()
    if re.fullmatch(r"(?:19|20)\d{6}", value):
        return f"{value[:4]}-{value[4:6]}-{value[6:]}"
    return value if byline.read_date(value) else byline.read_day_or_month(value) or value
