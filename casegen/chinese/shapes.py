"""shapes: names and terms found in a text where a character was taken for one that looks like it.

Secret: which characters look alike to a hurried eye, a five-stroke keyboard or a text scanner.
Not here: characters that sound alike (sounds), which names are looked for (terms).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casegen.chinese.sounds import Alike

# Each row holds characters that look alike; no character stands in two rows.
_ROWS = (
    "材村 农衣 人入八 末未 住往 己已巳 土士 日曰 候侯 府俯 管营 环坏 资贷货 监盐 育肓 技枝 贫贪 "
    "拆折 拨拔 辨辩 徽微 博搏 杨扬 政攻 兴兵 找我 大太犬 业亚 令今 卡卞 拓柘 坚竖 档裆 帮邦 免兔"
)
_TABLE = str.maketrans(
    {char: row[0] for row in _ROWS.split() for char in row[1:]}  # all of a row become its first
)


def find_similar(text: str, names: frozenset[str]) -> Iterator[Alike]:
    """Yield each place that looks like one of `names` and has one character that is wrong."""
    pattern, by_shape = _compile_sought(names)
    for found in pattern.finditer(text.translate(_TABLE)):
        written = text[found.start() : found.end()]
        name = by_shape[found[0]]
        if written not in names and sum(map(str.__ne__, written, name)) == 1:
            yield Alike(found.start(), found.end(), name)


@lru_cache(maxsize=16)
def _compile_sought(names: frozenset[str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all names by their shape, the longer first; and the names by shape."""
    by_shape = {name.translate(_TABLE): name for name in sorted(names, reverse=True)}
    every = sorted(by_shape, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)) or r"(?!)"), by_shape
