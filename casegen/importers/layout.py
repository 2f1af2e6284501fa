"""layout: which block of a manuscript is title, byline or furniture, and which are its body.

Secret: where an article begins and ends on its page, and which line is its title.
Not here: headings and captions (headings), the words of furniture (chinese.furniture) and bylines
(byline).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casegen.chinese import furniture, injected
from casegen.chinese.characters import HAN
from casegen.importers import byline, covering
from casegen.importers.byline import Said
from casegen.importers.headings import (
    CAPTION,
    CHAPTER,
    SALUTATION,
    STOPS,
    find_headings,
    find_level,
)
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript
from casegen.importers.markdown import BULLET, escape_text, tidy_text

LONGEST_TITLE = 70
_SERIES = re.compile(r"[【\[][^【】\[\]]{2,30}[】\]]\s*")
_PUBLISHED = re.compile(
    rf"(?P<who>[{HAN}A-Za-z]{{2,10}}?)(?:消息|讯|电|报道)(?P<where>（[^（）]{{2,12}}）|\([^()]{{2,12}}\))?\s*[：:]"
)
_BY_REPORTERS = re.compile(
    rf"(?P<who>[{HAN}A-Za-z]{{2,10}}?)(?:消息|讯|电)\s?[（(]"
    r"(?P<people>[^（）()]{0,10}(?:记者|通讯员)[^（）()]{2,40})[)）]\s?[：:]?"
)


# Who took a picture, at the end of its caption: 采果忙　张某某 摄, 摄影：张某某.
_TAKEN_BY = re.compile(
    rf"(?:摄影?|拍摄|图)[:：]\s{{0,3}}(?P<after>[{HAN}]{{2,4}})[)）]?$"
    rf"|[\s　（(](?P<before>[{HAN}]{{2,4}})\s{{0,3}}摄[)）]?$"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """An article whose parts were recognized; `blocks` are the body with headings and captions."""

    title: str
    title_seen: bool
    series: str
    blocks: tuple[Block, ...]
    said: Said
    dropped: tuple[Dropped, ...]
    sections: tuple[str, ...]
    link: str
    head: tuple[Block, ...] = ()  # the lines of the title; () where no line is one


def lay_out(manuscript: Manuscript) -> Layout:
    """Split a manuscript into its fields, its body and what belongs to neither."""
    said = Said()
    dropped = list(manuscript.dropped)
    kept = _remove_letter(_remove_furniture(manuscript.blocks, dropped), said, dropped)
    title, series, head, rest = _split_title(manuscript, kept, dropped)
    seen = bool(title)
    body = _remove_bylines(rest, said, dropped)
    body = [_take_opening(block, said, dropped) for block in body]
    body = [_read_bullet(block) for block in _remove_closing(body, said, dropped)]
    body = find_headings(body)
    sections = tuple(b.source.strip() or b.plain for b in body if b.kind is Kind.HEADING)
    if not title:
        title, body = _make_title(body)
    link = next((a[0] for d in dropped if (a := re.search(r"https?://[^\s)>\"]+", d.text))), "")
    dropped = list({(d.text.strip(), d.start): d for d in dropped}.values())
    dropped.sort(key=lambda d: d.start)
    return Layout(title, seen, series, tuple(body), said, tuple(dropped), sections, link, head)


def _read_bullet(block: Block) -> Block:
    """Return a paragraph that begins with ● or the like as an item of a list."""
    found = BULLET.match(block.plain) if block.kind is Kind.PARAGRAPH else None
    if found is None or not block.text.startswith(found[0].strip()):
        return block
    text = block.text[len(found[0].strip()) :].lstrip()
    return replace(
        block, kind=Kind.ITEM, marker="-", level=1, text=text, plain=block.plain[found.end() :]
    )


def _remove_letter(blocks: list[Block], said: Said, dropped: list[Dropped]) -> list[Block]:
    """Return the blocks after a covering letter; its signature and date go into `said`."""
    end = covering.find_letter_end(blocks)
    if not end:
        return blocks
    told = {n for n, b in enumerate(blocks[:end]) if byline.read_line(b.plain, said)}
    dropped += [_drop(blocks[n], "署名、日期和来源") for n in sorted(told)]
    signed = _take_signature(
        [b for n, b in enumerate(blocks[: end - 1]) if n not in told], said, dropped
    )
    dropped += [_drop(block, covering.REASON) for block in (*signed, *blocks[end - 1 : end])]
    return blocks[end:]


def _drop(block: Block, reason: str) -> Dropped:
    return Dropped(block.source or block.plain, reason, block.start, block.end)


# --- what belongs to the page ----------------------------------------------------------------


def _remove_furniture(blocks: Sequence[Block], dropped: list[Dropped]) -> list[Block]:
    tail = _find_tail(blocks)
    kept = []
    for n, block in enumerate(blocks):
        if block.kind is Kind.IMAGE:
            if n < tail:
                kept.append(block)
            continue
        why = (
            "正文之后的网页内容"
            if n >= tail
            else furniture.find_reason(block.source or block.plain)
        )
        if not why and block.kind is not Kind.HEADING:
            why = furniture.find_reason(block.plain)
        if not why and n and re.fullmatch("[>>»›]+", blocks[n - 1].plain) and len(block.plain) < 13:
            why = "网页的导航"
        if n < tail and why and _tells_name_or_date(block.plain):
            why = ""  # a byline with a counter of readers after it
        if not why and injected.is_injected(block.plain):
            why = "被替换的网站名"
        if why:
            dropped.append(_drop(block, why))
        else:
            kept.append(block)
    return kept


def _tells_name_or_date(line: str) -> bool:
    """Return whether a line is a byline that gives a date or a name."""
    trial = Said()
    return byline.read_line(line, trial) and bool(trial.date or trial.credits)


def _find_tail(blocks: Sequence[Block]) -> int:
    """Return the index where the page's own matter after the article begins: no prose follows."""
    last = max((n for n, b in enumerate(blocks) if furniture.is_prose(b.plain)), default=-1)
    for n, block in enumerate(blocks):
        if n > last and furniture.begins_tail(block.plain):
            return n
    return len(blocks)


# --- title -----------------------------------------------------------------------------------


def _split_title(
    manuscript: Manuscript, blocks: list[Block], dropped: list[Dropped]
) -> tuple[str, str, tuple[Block, ...], list[Block]]:
    """Return the title, the series before it, the lines of the title, and the other blocks."""
    said = tidy_text(manuscript.said.get("title", ""))
    first = next((n for n, b in enumerate(blocks) if furniture.is_prose(b.plain)), len(blocks))
    head = [n for n in range(min(first, 12)) if blocks[n].kind in {Kind.HEADING, Kind.PARAGRAPH}]
    at = _find_title_line(blocks, head, said)
    title, series, used = said, "", set[int]()
    if at is not None:
        title = blocks[at].plain
        used.add(at)
        follow = [n for n in head if n > at]
        if follow and follow[0] == at + 1 and _continues_title(blocks[at], blocks[at + 1]):
            title += blocks[at + 1].plain
            used.add(follow.pop(0))
        if follow and re.match("(?:——|—|--|－－)", blocks[follow[0]].plain):
            # The second line of a title begins with a dash.
            title += re.sub("^[—－-]+", "——", blocks[follow[0]].plain)
            used.add(follow[0])
    if (lead := _SERIES.match(title)) and len(title) - lead.end() > 5:
        series, title = lead[0].strip("【】[] "), title[lead.end() :]
    rest = []
    for n, block in enumerate(blocks):
        same = _is_same(block.plain, title) or (said and _is_same(block.plain, said))
        part = (
            n < first
            and len(block.plain) > 3
            and block.kind is not Kind.IMAGE
            and (_fold_text(title).endswith(_fold_text(block.plain)))
        )
        if n in used or (
            title and block.kind is not Kind.IMAGE and (same or part) and n < first + 2
        ):
            dropped.append(_drop(block, "标题" if n in used else "重复的标题"))
        else:
            rest.append(block)
    return title, series, tuple(blocks[n] for n in sorted(used)), rest


def _continues_title(title: Block, block: Block) -> bool:
    """Return whether a title continues in the next line, which has the same look."""
    alike = title.kind is block.kind is Kind.PARAGRAPH and title.centred and block.centred
    return (
        alike
        and title.emphatic
        and block.emphatic
        and _may_be_title(block)
        and not find_level(block.plain)
        and len(title.plain) + len(block.plain) <= LONGEST_TITLE
    )


def _find_title_line(blocks: Sequence[Block], head: Sequence[int], said: str) -> int | None:
    """Return the index of the title: as a column says, a first heading, or the first short line."""
    if said:
        return next((n for n in head if _is_same(blocks[n].plain, said)), None)
    fit = [n for n in head if _may_be_title(blocks[n])]
    top = [n for n in fit if blocks[n].kind is Kind.HEADING and blocks[n].level == 1]
    if top:
        return top[0]
    centred = [n for n in fit if blocks[n].centred and blocks[n].emphatic]
    if centred and centred[0] <= 3:
        return centred[0]
    if head and head[0] == 0 and (not fit or fit[0]) and _is_short_title(blocks):
        return 0
    if fit and not CHAPTER.match(blocks[fit[0]].plain):
        return fit[0]
    return None


def _may_be_title(block: Block) -> bool:
    text = block.plain
    trial = Said()
    return (
        (2 if _is_set_off(block) else 4) <= len(text) <= LONGEST_TITLE
        and not text.endswith(STOPS)
        and not SALUTATION.match(text)
        and not re.match("[—－-]", text)
        and not byline.read_line(text, trial)
        and bool(re.search(f"[{HAN}]{{2}}", text))
    )


def _is_set_off(block: Block) -> bool:
    """Return whether a line looks like a title: it may be short then, as 茶叶村 is."""
    declared = block.kind is Kind.HEADING and block.level == 1
    return declared or (block.centred and block.emphatic)


def _is_short_title(blocks: Sequence[Block]) -> bool:
    """Return whether the first line is two or three characters, with a byline or text below."""
    if not re.fullmatch(f"[{HAN}]{{2,3}}", blocks[0].plain) or len(blocks) < 2:
        return False
    below = blocks[1].plain
    return byline.read_line(below, Said()) or _is_name(below) or furniture.is_prose(below)


def _make_title(body: list[Block]) -> tuple[str, list[Block]]:
    """Return a title where no line is one (the first heading or sentence), and the other blocks."""
    for block in body:
        if block.kind is Kind.HEADING:
            return block.plain.rstrip("：:"), body
    text = next((block.plain for block in body if block.kind is not Kind.IMAGE), "")
    first = re.split("[。！？!?\n]", text)[0] or text
    return first[:LONGEST_TITLE] or "未命名的稿子", body


def _is_same(a: str, b: str) -> bool:
    return bool(_fold_text(a)) and _fold_text(a) == _fold_text(b)


def _fold_text(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


# --- bylines ---------------------------------------------------------------------------------


def _remove_bylines(blocks: list[Block], said: Said, dropped: list[Dropped]) -> list[Block]:
    """Remove the bylines before the first paragraph and after the last one; they go into `said`."""
    prose = [n for n, b in enumerate(blocks) if furniture.is_prose(b.plain)]
    first, last = (prose[0], prose[-1]) if prose else (len(blocks), -1)
    kept = []
    published = False
    for n, block in enumerate(blocks):
        around = n < first or n > last
        # A caption names who took the picture; it stays with the picture.
        if block.kind in {Kind.IMAGE, Kind.TABLE, Kind.RAW} or CAPTION.match(block.plain):
            kept.append(block)
            continue
        is_byline = (
            byline.read_line(block.plain, said) if around else _read_credit_line(block, said)
        )
        if is_byline:
            dropped.append(_drop(block, "署名、日期和来源"))
            published = n < first
        elif (
            n < first
            and not said.source
            and (_is_name(block.plain) or (not n and _names_people(block.plain, said)))
            and (published or not n or _is_dated(blocks[n + 1 : n + 2]))
        ):
            said.source = said.source or block.plain
            dropped.append(_drop(block, "署名、日期和来源"))
        else:
            kept.append(block)
    return _take_signature(kept, said, dropped)


def _names_people(text: str, said: Said) -> bool:
    """Read an institution with one or more of its people into `said`: 青石学院 张某某."""
    name, _, people = text.partition(" ")
    found = bool(_is_name(name)) and bool(
        re.fullmatch(rf"(?:[{HAN}·]{{2,4}}[ 、]?){{1,4}}", people)
    )
    if found and len(name) > 3:
        said.source = name
        said.add("供稿", byline.read_names(people))
    return found and len(name) > 3


def _is_dated(after: Sequence[Block]) -> bool:
    """Return whether a date is below a name."""
    trial = Said()
    return bool(after) and byline.read_line(after[0].plain, trial) and bool(trial.date)


def _read_credit_line(block: Block, said: Said) -> bool:
    """Read a line in brackets such as （供稿：… 编辑：…）; it may be between paragraphs."""
    text = block.plain
    if len(text) > 80 or not re.match("[(（【]", text) or not re.search("[)）】]$", text):
        return False
    trial = Said()
    return byline.read_line(text, trial) and bool(trial.credits) and byline.read_line(text, said)


def _take_signature(blocks: list[Block], said: Said, dropped: list[Dropped]) -> list[Block]:
    """Take a name above the closing date as the signature of the manuscript."""
    dated = said.date or said.month
    while len(blocks) > 1 and blocks[-1].kind is Kind.PARAGRAPH and dated and not said.source:
        name = blocks[-1].plain.strip("()（）")
        if not _is_name(name):
            break
        said.source = name
        dropped.append(_drop(blocks[-1], "署名、日期和来源"))
        return blocks[:-1]
    return blocks


_ENDINGS = (
    "大学|学院|职院|学校|中学|小学|幼儿园|大学堂|局|委|委员会|办公室|政府|协会|公司|集团|医院|研究院|研究所|中心|报|"
    "日报|晚报|网|电视台|新闻|机关|支部|党委|总站|银行|部|处|院|社|队|客户端|在线"
)


def _is_name(text: str) -> bool:
    return bool(
        re.fullmatch(rf"[{HAN}A-Za-z·]{{2,30}}(?:{_ENDINGS})(?:[(（][^()（）]+[)）])?", text)
    )


def _take_opening(block: Block, said: Said, dropped: list[Dropped]) -> Block:
    """Take 央视网消息（新闻联播）： before the first sentence as the source."""
    found = _PUBLISHED.match(block.plain) or _BY_REPORTERS.match(block.plain)
    if not found or block.kind is not Kind.PARAGRAPH or len(block.plain) < found.end() + 20:
        return block
    if not re.search("网|报|社|台|客户端|融媒|本", found["who"]):
        return block
    plain = block.plain[found.end() :].strip()
    marked = re.sub(r"^(?:\*\*)?" + re.escape(found["who"]), "", block.text)
    if who := found.groupdict().get("people"):
        byline.read_line(f"（{who}）", said)
    cut = re.search("[）)]" if who else "[：:]", marked)
    text = marked[cut.end() :].strip() if cut else escape_text(plain)
    said.source = said.source or found["who"] + (found.groupdict().get("where") or "")
    dropped.append(Dropped(found[0], "来源", block.start, block.start))
    return replace(block, text=text, plain=plain)


def _remove_closing(blocks: list[Block], said: Said, dropped: list[Dropped]) -> Iterator[Block]:
    """Yield the blocks without the credits in brackets that end a paragraph."""
    for n, block in enumerate(blocks):
        beside = n and blocks[n - 1].kind is Kind.IMAGE
        caption = len(block.plain) < 60 and (beside or bool(CAPTION.match(block.plain)))
        if block.kind not in {Kind.PARAGRAPH, Kind.ITEM} or caption:
            for _, _, words in byline.find_closing_credits(block.plain) if caption else ():
                byline.read_line(words.strip("()（）"), said)
            if caption and (taken := _TAKEN_BY.search(block.plain)):
                byline.read_line(f"供图：{taken['after'] or taken['before']}", said)
            yield block
            continue
        for start, _, words in byline.find_closing_credits(block.plain):
            inside = words.strip("()（）")
            byline.read_line(inside, said)
            dropped.append(Dropped(words, "署名", block.start, block.start))
            text = (
                block.text.rpartition(words[:1])[0]
                if words[0] in "(（"
                else (block.text.removesuffix(words))
            )
            block = replace(block, text=text.rstrip(), plain=block.plain[:start].rstrip())  # noqa: PLW2901
        if block.plain:
            yield block
