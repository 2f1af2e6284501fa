"""labels: fields that a manuscript names itself, in lines (标题：…) or in the cells of a form.

Secret: which labels name a field, and which belong to a form and not to a case.
Not here: labels of bylines (byline), headings of ledgers (spreadsheet).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from casegen.chinese import ticks
from casegen.chinese.characters import HAN
from casegen.importers import byline
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript
from casegen.importers.markdown import escape_text

_WORDS: Mapping[str, str] = {
    "title": "标题|题目|案例名称|案例标题|案例题目|典型案例名称",
    "institution": "单位|申报单位|报送单位|填报单位|帮扶单位|单位名称|学校名称|推荐单位"
    "|申报学校|报送学校|推荐学校",
    "regions": "地区|地点|案例地点|实施地点|所在地|案例所在地|帮扶地"
    "|帮扶地点|帮扶地区|帮扶县|帮扶村",
    "date": "填报日期|填报时间|填表日期|填表时间|报送日期|报送时间"
    "|申报日期|申报时间|推荐日期|推荐时间",
    "categories": "类别|案例类别|案例类型|振兴类别",
    "period": "实施时间|起止时间|实施周期|建设周期|建设时间|起止年月|实施时段|项目周期|帮扶时间",
    "summary": "摘要|内容摘要|案例摘要|案例简介|内容简介|案例概述|案例概要",
    "tags": "关键词|标签",
    "contact": "联系人|联系电话|联系方式|电话|手机|手机号|邮箱|电子邮箱|地址|通讯地址|邮编",
    "person": "负责人|案例负责人|项目负责人|主要负责人|单位负责人|填报人|填表人"
    "|申报人|姓名|职务|职称|职务职称",
}
FIELDS: Mapping[str, str] = MappingProxyType(
    {word: field for field, words in _WORDS.items() for word in words.split("|")}
)
# These never become headings.
TEXTS = frozenset({"正文", "案例正文", "案例内容", "内容", "主要内容"})
BODIES = TEXTS | {"主要做法", "做法", "背景", "实施背景", "成效", "主要成效", "下一步打算"} | {
    "创新点", "创新做法", "特色亮点", "取得成效", "工作成效", "实施成效", "案例背景",
    "主要经验", "经验启示",
}  # fmt: skip
LONGEST = 80
MOST = 16  # lines above the text in which labels are looked for
_REASONS = MappingProxyType({"contact": "联系方式", "person": "申报表里的人"})  # no fields
_FORM = re.compile(
    rf"[{HAN}]{{2,24}}(?:申报|推荐|报送|征集|登记|信息|采集|申请|填报)表|附件\s?[\d一二三四五六七八九十]{{0,3}}[:：]?"
)
_REMARK = "[（(][^（）()]{1,12}[)）]"  # 案例简介（300字以内）
# 二、主要做法, （三）成效, 4.案例简介 before the cell with the value.
_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}\s?[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}\s?[、.．])\s{0,9}"
)
_LINE = re.compile(
    rf"(?:{_NUMBER.pattern})?(?P<label>[{HAN}][{HAN}/、]{{1,7}}(?:{_REMARK})?)\s?[:：]\s?(?P<value>\S.*)"
)
_BRACKETED = re.compile(rf"^【(?P<label>[{HAN}]{{2,8}})】\s{{0,9}}[:：]?\s{{0,9}}(?=\S)")
# The row of a form where an office agrees, and what stands in it.
_OPINION = re.compile(
    rf"(?:{_NUMBER.pattern})?(?:[{HAN}]{{0,8}}(?:单位|部门|学校|学院|审核|审查|推荐|评审|专家|主管|上级|党委))意见(?:{_REMARK})?(?:[:：].{{0,80}})?"
)
_AGREED = re.compile(
    r"(?:情况属实[，,。]?|经\w{0,10}(?:研究|审核)[，,]?)?(?:同意|拟同意)\w{0,12}[。！]?"
    r"|[（(]?(?:单位|学校|部门)?(?:盖章|公章|签章|签字|签名)处?[)）]?[:：]?|年\s*月\s*日"
)
_CATEGORY = re.compile("(?:产业|人才|文化|生态|组织)(?:振兴)?类?|其他|综合")
LEAST_BODY = 20  # characters of a paragraph; a form without one has its text in the summary


def find_field(label: str) -> str:
    """Return the key of the field that a label names, with or without spaces and colon; else ""."""
    return FIELDS.get(strip_label(label), "")


def strip_label(label: str) -> str:
    """Return a label without number, spaces, colon, strokes and the remark at its end."""
    bare = label.strip()
    number = _NUMBER.match(bare)
    rest = bare[number.end() :] if number else bare
    return re.sub(rf"[\s:：*/、]|{_REMARK}[\s:：*]*$", "", rest)


def is_label(text: str) -> bool:
    """Return whether a text is the label of a field or of a part of the case."""
    word = strip_label(text)
    return word in FIELDS or word in BODIES


def is_numbered(label: str) -> bool:
    """Return whether a label has the number of a chapter, as headings have."""
    return _NUMBER.match(label.strip()) is not None


def is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows of cells are labels with values, a title or a text among them."""
    bare = [strip_label(cell) for row in rows for cell in row[::2]]
    known = [word for word in bare if word in FIELDS or word in BODIES]
    chief = any(FIELDS.get(word) == "title" or word in BODIES for word in known)
    return chief and len(known) > 1


def take_labels(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with its labelled lines as fields; fields from elsewhere win."""
    said = dict(manuscript.said)
    dropped = list(manuscript.dropped)
    kept: list[Block] = []
    every = [part for block in manuscript.blocks for part in _split_line(block)]
    titled = any((found := _labelled(block)) and found[0] == "title" for block in every[:MOST])
    agreed = False  # the row where an office agrees has begun
    summary: tuple[Dropped, Block] | None = None
    for n, block in enumerate(every):
        found = _labelled(block) if n < MOST or _is_contact(block) else None
        words = block.source or block.plain
        opinion = _OPINION.fullmatch(block.plain) is not None
        agreed = titled and (opinion or (agreed and _AGREED.fullmatch(block.plain) is not None))
        if agreed or (titled and _is_of_form(block, n)):
            dropped.append(Dropped(words, "申报表的名目", block.start, block.end))
            continue
        if found and (titled or found[0] in {"tags", "summary", "contact"} or _is_sent(block)):
            field, value = found
            reason = _REASONS.get(field, "写明的字段")
            dropped.append(Dropped(words, reason, block.start, block.end))
            if field not in _REASONS:
                said.setdefault(field, value)
            if field == "summary" and said[field] == value:
                text = replace(block, kind=Kind.PARAGRAPH, text=escape_text(value), plain=value)
                summary = dropped[-1], replace(text, source=value)
        else:
            kept.append(block)
    if len(kept) == len(every):
        return manuscript
    if titled and summary and _says_more(summary[1].plain, kept):
        dropped.remove(summary[0])
        kept.insert(0, summary[1])
        del said["summary"]
    return replace(manuscript, blocks=tuple(kept), said=said, dropped=tuple(dropped))


def _says_more(summary: str, blocks: Sequence[Block]) -> bool:
    """Return whether a summary has figures that the text lacks, or there is no text beside it.

    It then opens the text: no sentence of the text would state these figures.
    """
    if all(len(block.plain) < LEAST_BODY for block in blocks):
        return True
    figures = [set(re.findall(r"\d+(?:\.\d+)?", t)) for t in (summary, *(b.plain for b in blocks))]
    return bool(figures[0].difference(*figures[1:]))


def _is_of_form(block: Block, number: int) -> bool:
    """Return whether a block only belongs to a form: its name, 附件2, the label of the text."""
    form = number < MOST and _FORM.fullmatch(block.plain) is not None
    return form or block.plain in TEXTS or find_field(block.plain) in _REASONS


# 填报单位：甲学院 填报日期：2024年3月1日 填报人：张三: each label with its value.
_NEXT = re.compile(rf"\s{{1,30}}(?=[{HAN}][{HAN}/、]{{1,7}}(?:{_REMARK})?\s?[:：])")
_SENT = re.compile("填报|填表|报送|申报|推荐|(?:单位|学校|案例)(?:名称|地点)")
LONGEST_LINE = 200


def list_pairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield the fields that labels on a line name, with their values; ("", words) for others."""
    for a, b in _find_pieces(line):
        found = _LINE.fullmatch(line[a:b].strip())
        yield (find_field(found["label"]), found["value"]) if found else ("", line[a:b])


def _find_pieces(line: str) -> list[tuple[int, int]]:
    """Return where each label of a line begins and its value ends."""
    ends = [0, *(at for found in _NEXT.finditer(line) for at in found.span()), len(line)]
    return [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if line[a:b].strip()]


def _split_line(block: Block) -> list[Block]:
    """Return the labels of one line with their values as lines; the line itself for one label."""
    line = block.source or block.plain
    prose = block.kind is Kind.PARAGRAPH and len(line) <= LONGEST_LINE and "。" not in line
    spans = _find_pieces(line) if prose else []
    known = [_LINE.fullmatch(line[a:b].strip()) for a, b in spans]
    if sum(bool(one and find_field(one["label"])) for one in known) < 2:
        return [block]
    parts = []
    for a, b in spans:
        plain = line[a:b].strip()
        at = (block.start + a, block.start + b) if block.start >= 0 else (-1, -1)
        parts.append(
            replace(
                block, text=escape_text(plain), plain=plain, source=plain, start=at[0], end=at[1]
            )
        )
    return parts


def _add_colon(line: str) -> str:
    """Return a line that begins with a label in brackets (【地点】青石县) with a colon there."""
    return _BRACKETED.sub(r"\g<label>：", line)


def _is_sent(block: Block) -> bool:
    """Return whether a line needs no title with a label: 填报单位：…, or boxes of categories."""
    found = _LINE.fullmatch(_add_colon(block.plain))
    return found is None or _SENT.match(strip_label(found["label"])) is not None


def _labelled(block: Block) -> tuple[str, str] | None:
    """Return the field and value of a labelled line; None for other lines."""
    if block.kind not in {Kind.PARAGRAPH, Kind.HEADING}:
        return None
    found = _LINE.fullmatch(_add_colon(block.plain))
    if found is None:
        return ("categories", block.plain) if _is_boxes(block.plain) else None
    field = find_field(found["label"])
    value = found["value"].strip()
    if not field or (field != "summary" and len(value) > LONGEST):
        return None
    if field in {"date", "period"}:
        read = byline.read_day_or_month(value) if field == "date" else _read_span(value)
        return (field, read) if read else None
    if field == "institution" and not re.search(f"[{HAN}]{{4}}", value):
        return None  # 单位：万元 is a unit, no institution
    return field, value


def _is_boxes(line: str) -> bool:
    """Return whether a line without a label is boxes with categories: ☑产业振兴 □人才振兴."""
    ticked = ticks.read_ticks(line) if ticks.has_boxes(line) else None
    words = (*ticked.words, *ticked.others) if ticked else ()
    return len(words) > 1 and all(_CATEGORY.fullmatch(word) for word in words)


def _read_span(value: str) -> str:
    """Return the first and last year of a text; "" without any."""
    years = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", value)
    return "-".join(dict.fromkeys((min(years), max(years)))) if years else ""


def _is_contact(block: Block) -> bool:
    """Return whether a line gives a contact: such lines are taken wherever they are."""
    found = _labelled(block)
    return found is not None and found[0] == "contact"
