"""labels: fields that a manuscript names itself, in lines (标题：…) or in the cells of a form.

Secret: which labels name a field, and which belong to a form and not to a case.
Not here: labels of bylines (byline), headings of ledgers (spreadsheet).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from casegen.chinese.characters import HAN
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript

_WORDS: Mapping[str, str] = {
    "title": "标题|题目|案例名称|案例标题|案例题目|典型案例名称",
    "institution": "单位|申报单位|报送单位|填报单位|帮扶单位|单位名称|学校名称|推荐单位",
    "regions": "地区|地点|实施地点|所在地|帮扶地|帮扶地点|帮扶地区|帮扶县|帮扶村",
    "categories": "类别|案例类别|案例类型|振兴类别",
    "period": "实施时间|起止时间|实施周期|建设周期|建设时间|起止年月|实施时段|项目周期|帮扶时间",
    "summary": "摘要|内容摘要|案例摘要|案例简介",
    "tags": "关键词|标签",
    "contact": "联系人|联系电话|联系方式|电话|手机|手机号|邮箱|电子邮箱|地址|通讯地址|邮编",
}
FIELDS: Mapping[str, str] = MappingProxyType(
    {word: field for field, words in _WORDS.items() for word in words.split("|")}
)
# These never become headings.
TEXTS = frozenset({"正文", "案例正文", "案例内容", "内容", "主要内容"})
BODIES = TEXTS | {"主要做法", "做法", "背景", "实施背景", "成效", "主要成效", "下一步打算"}
LONGEST = 80
MOST = 16  # lines above the text in which labels are looked for
_FORM = re.compile(
    rf"[{HAN}]{{2,24}}(?:申报|推荐|报送|征集|登记|信息)表|附件\s?[\d一二三四五六七八九十]{{0,3}}[:：]?"
)
_LINE = re.compile(rf"(?P<label>[{HAN}]{{2,6}})\s?[:：]\s?(?P<value>\S.*)")


def field_of(label: str) -> str:
    """Return the key of the field that a label names, with or without spaces and colon; else ""."""
    return FIELDS.get(re.sub(r"[\s:：*]", "", label), "")


def is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows of cells are labels with values, a title or a text among them."""
    bare = [re.sub(r"[\s:：*]", "", cell) for row in rows for cell in row[::2]]
    known = [word for word in bare if word in FIELDS or word in BODIES]
    chief = any(FIELDS.get(word) == "title" or word in BODIES for word in known)
    return chief and len(known) > 1


def take_labels(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with its labelled lines as fields; fields from elsewhere win."""
    said = dict(manuscript.said)
    dropped = list(manuscript.dropped)
    kept: list[Block] = []
    titled = any(
        (found := _labelled(block)) and found[0] == "title" for block in manuscript.blocks[:MOST]
    )
    for n, block in enumerate(manuscript.blocks):
        found = _labelled(block) if n < MOST or _is_contact(block) else None
        if titled and (block.plain in TEXTS or (n < MOST and _FORM.fullmatch(block.plain))):
            words = block.source or block.plain
            dropped.append(Dropped(words, "申报表的名目", block.start, block.end))
            continue
        if found and (titled or found[0] in {"tags", "summary", "contact"}):
            field, value = found
            if field != "contact":
                said.setdefault(field, value)
            reason = "联系方式" if field == "contact" else "写明的字段"
            words = block.source or block.plain
            dropped.append(Dropped(words, reason, block.start, block.end))
        else:
            kept.append(block)
    if len(kept) == len(manuscript.blocks):
        return manuscript
    return replace(manuscript, blocks=tuple(kept), said=said, dropped=tuple(dropped))


def _labelled(block: Block) -> tuple[str, str] | None:
    """Return the field and value of a labelled line; None for other lines."""
    if block.kind not in {Kind.PARAGRAPH, Kind.HEADING}:
        return None
    found = _LINE.fullmatch(block.plain)
    field = field_of(found["label"]) if found else ""
    if not found or not field:
        return None
    value = found["value"].strip()
    if field != "summary" and len(value) > LONGEST:
        return None
    if field == "period":
        years = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", value)
        return (field, "-".join(dict.fromkeys((min(years), max(years))))) if years else None
    if field == "institution" and not re.search(f"[{HAN}]{{4}}", value):
        return None  # 单位：万元 is a unit, no institution
    return field, value


def _is_contact(block: Block) -> bool:
    """Return whether a line gives a contact: such lines are taken wherever they are."""
    found = _labelled(block)
    return found is not None and found[0] == "contact"
