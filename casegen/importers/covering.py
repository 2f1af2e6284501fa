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

from casegen.importers.manuscript import Block, Kind, Manuscript

REASON = "报送函"
_OPENING = re.compile(
    ".{0,24}关于(?:报送|推荐|上报|提交|呈报|申报|选送).{2,50}|.{0,30}(?:报送函|推荐函)"
)
_ENCLOSED = re.compile(r"附[ \u3000]*件[ \u3000]*[0-9一二三四五]?[：:]?")
_FIRST = 3  # the heading of a letter is among the first lines
_LONGEST = 40  # most lines of a letter
_MOST = 50  # most enclosures of a letter
_NO_CASE = re.compile("名单|清单|表$|回执|意见|目录|证明|承诺书|说明$")
_TOLD = 40  # characters that a case has at least
_SENTENCE = 25


def letter_end(blocks: Sequence[Block]) -> int:
    """Return how many blocks the covering letter takes, its line 附件 included; 0 for no letter.

    Only a letter that ends before such a line counts: without it nobody can tell where the case
    begins.
    """
    opened = any(_OPENING.fullmatch(block.plain.strip()) for block in blocks[:_FIRST])
    ends = (n for n, b in enumerate(blocks[:_LONGEST]) if _ENCLOSED.fullmatch(b.plain.strip()))
    end = next(ends, None) if opened else None
    return 0 if end is None or end + 2 > len(blocks) - 1 else end + 1


def split_letter(manuscript: Manuscript) -> tuple[Manuscript, ...]:
    """Split a letter with several cases behind 附件1, 附件2; each part keeps the letter.

    A manuscript without such a letter is returned alone. An enclosure that is no case
    (名单, 申报表) stays with the part before it.
    """
    blocks = manuscript.blocks
    end = 0 if manuscript.rows else letter_end(blocks)
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
