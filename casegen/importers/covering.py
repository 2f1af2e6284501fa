"""covering: the letter that sends a manuscript in, taken off its head.

Secret: how such a letter opens, and what line ends it.
Not here: the title and the rest of the manuscript (layout).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from casegen.importers.manuscript import Block

REASON = "报送函"
_OPENING = re.compile(
    ".{0,24}关于(?:报送|推荐|上报|提交|呈报|申报|选送).{2,50}|.{0,30}(?:报送函|推荐函)"
)
_ENCLOSED = re.compile(r"附[ \u3000]*件[ \u3000]*[0-9一二三四五]?[：:]?")
_FIRST = 3  # a letter's heading stands among the first lines
_LONGEST = 40  # lines of a letter


def letter_end(blocks: Sequence[Block]) -> int:
    """How many blocks the covering letter at the head takes, its line 附件 included; 0: none.

    Only a letter that ends before such a line counts: without it nobody can tell where the case
    begins.
    """
    opened = any(_OPENING.fullmatch(block.plain.strip()) for block in blocks[:_FIRST])
    ends = (n for n, b in enumerate(blocks[:_LONGEST]) if _ENCLOSED.fullmatch(b.plain.strip()))
    end = next(ends, None) if opened else None
    return 0 if end is None or end + 2 > len(blocks) - 1 else end + 1
