"""covering: the letter that sends manuscripts: removed from the head, and split by enclosure.

Secret: how such a letter begins, which line ends it, and which enclosure is a case of its own.
Not here: the title and the rest of the manuscript (layout).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath

from casegen.chinese.characters import HAN
from casegen.importers.manuscript import Block, Kind, Manuscript

REASON = "报送函"
_OPENING = re.compile(
    ".{0,24}关于(?:报送|推荐|上报|提交|呈报|申报|选送).{2,50}|.{0,30}(?:报送函|推荐函)"
)
_ENCLOSED = re.compile(r"附[ \u3000]*件[ \u3000]*[0-9一二三四五]?[：:]?")
_ASKS = re.compile(
    r"(?:附上|附后|报上|报送|报来|呈上|呈报|发来|发给您|送上|见附件|奉上).{0,40}"
    r"(?:请.{0,4}(?:审|查收|查阅|过目|指正|核|阅|收)|妥否|望采纳|敬请)"
    r"|(?:此件|本件|现将|随信|随函|兹).{0,40}(?:附上|报上|报送|呈上|送上|呈报)"
)
_ASKING = 120  # characters of a sentence that asks
_POLITE = re.compile(
    rf"(?:尊敬的|敬爱的)?[{HAN}]{{1,20}}(?:老师|处|厅|局|办|部|编辑|同志|领导|您好|你好|院|校|委|中心|组)?[：:]"
    r"|[您你]们?好[！!。，,]?|此致|敬礼[！!]?|谢谢[！!。]?|祝.{1,12}[！!]?|顺颂.{1,8}[！!]?|特此(?:报告|报送|函告|函达)[。！]?"
    r"|(?:妥否，)?请(?:批示|审阅|审定|查收|予以审核)[。！]?"
    r"|(?:发件人|收件人|抄送|主题|发送时间|发送日期|日期|时间|附件|From|To|Cc|Subject|Date|Sent)\s?[:：].{0,120}"
)
_SIGNER = re.compile(
    rf"[{HAN}（）()]{{2,30}}(?:学院|大学|学校|处|部|办公室|中心|科|组|委员会|团委|工会|局|院)"
    rf"(?:[\s　]{{1,4}}[{HAN}]{{2,4}})?"
)
_CLOSING = re.compile(
    r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
    r"|[（(]?(?:联系人|联系电话|电话|手机|邮箱)\s?[:：].{1,60}"
)
_FIRST = 3  # the heading of a letter is among the first lines
_LONGEST = 40  # most lines of a letter
_MOST = 50  # most enclosures of a letter
_NO_CASE = re.compile("名单|清单|表$|回执|意见|目录|证明|承诺书|说明$")
_TOLD = 40  # characters that a case has at least
_SENTENCE = 25


def find_letter_end(blocks: Sequence[Block]) -> int:
    """Return how many blocks the covering letter takes, its line 附件 included; 0 for no letter.

    Without such a line only sentences of a letter count: the case begins at the first other line.
    """
    opened = any(_OPENING.fullmatch(block.plain.strip()) for block in blocks[:_FIRST])
    ends = (n for n, b in enumerate(blocks[:_LONGEST]) if _ENCLOSED.fullmatch(b.plain.strip()))
    end = next(ends, None) if opened else None
    end = end + 1 if end is not None else _end_of_sentences(blocks)
    return 0 if end + 1 > len(blocks) - 1 else end


def _end_of_sentences(blocks: Sequence[Block]) -> int:
    """Return how many blocks are sentences of a letter that asks to read what follows; else 0."""
    asked = 0
    lines = [block.plain.strip() for block in blocks[: _LONGEST + 1]]
    for n, (block, line) in enumerate(zip(blocks[:_LONGEST], lines, strict=False)):
        if block.kind is Kind.IMAGE or block.kind is Kind.TABLE:
            break
        if len(line) <= _ASKING and _ASKS.search(line):
            asked = asked or n + 1
        elif not _POLITE.fullmatch(line) and not (
            asked and _is_signature(line, lines[n + 1 : n + 2])
        ):
            # 关于报送…的报告 and 省教育厅： open a letter, and the reason for it may follow.
            told = n and not asked and line.endswith(("。", "：", ":")) and len(line) <= _ASKING
            if not (_OPENING.fullmatch(line) and n < _FIRST) and not (told and n <= _FIRST):
                return n if asked else 0
    return 0


def _is_signature(line: str, following: Sequence[str]) -> bool:
    """Return whether a line signs the letter; a name alone may be the title of the case."""
    signs = _SIGNER.fullmatch(line) and any(_CLOSING.fullmatch(below) for below in following)
    return bool(signs or _CLOSING.fullmatch(line))


def split_letter(manuscript: Manuscript) -> tuple[Manuscript, ...]:
    """Split a letter with several cases behind 附件1, 附件2; each part keeps the letter.

    A manuscript without such a letter is returned alone. An enclosure that is no case
    (名单, 申报表) stays with the part before it.
    """
    blocks = manuscript.blocks
    end = 0 if manuscript.rows else find_letter_end(blocks)
    if not end:
        return (manuscript,)
    marks = [n for n in range(end - 1, len(blocks)) if _ENCLOSED.fullmatch(blocks[n].plain.strip())]
    starts = [n for n, m in pairwise((*marks, len(blocks))) if _is_case(blocks[n + 1 : m])]
    if not 1 < len(starts) <= _MOST or starts[0] != end - 1:
        return (manuscript,)
    name = PurePath(manuscript.file)
    made = []
    for number, (first, last) in enumerate(pairwise((*starts, len(blocks))), 1):
        mark = f"{manuscript.digest} {number}"
        made.append(
            replace(
                manuscript,
                file=f"{name.stem}（附件{number}）{name.suffix}",
                blocks=(*blocks[: end - 1], *blocks[first:last]),
                digest=hashlib.sha256(mark.encode()).hexdigest(),
            )
        )
    return tuple(made)


def _is_case(blocks: Sequence[Block]) -> bool:
    """Return whether an enclosure is a case: it has a title of its own, and sentences."""
    if not blocks or _NO_CASE.search(blocks[0].plain.strip()):
        return False
    prose = [b.plain for b in blocks if b.kind is Kind.PARAGRAPH]
    told = any(len(line) >= _SENTENCE and "。" in line for line in prose)
    return told and sum(map(len, prose)) >= _TOLD
