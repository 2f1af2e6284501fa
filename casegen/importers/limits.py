"""limits: manuscripts that no person wrote, refused before reading them would take minutes.

Secret: how long a paragraph and how deep a table in tables may be.
Not here: the size of files (importers), archives (archive), elements in elements (htmltree).
"""

from __future__ import annotations

import re

from casegen.chinese.characters import HAN
from casegen.problem import CasegenError

LONGEST_PARAGRAPH = 50_000  # characters; a whole case has some thousands
DEEPEST_TABLE = 50
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
_WRITTEN = re.compile(f"[{HAN}]")


def refuse_endless(name: str, text: str) -> None:
    """Refuse a text or page with a paragraph, or tables in one another, that nobody can edit.

    Raises CasegenError "import".
    """
    script = False  # data in a script is long too
    for part in text.split("<"):
        tag = part[:8].lower()
        script = tag.startswith(("script", "style")) or (
            script and not tag.startswith(("/script", "/style"))
        )
        for piece in re.split("[>\n\r]", part) if not script else ():
            # Pictures within a page are long, and hold no Chinese.
            if len(piece) > LONGEST_PARAGRAPH and _WRITTEN.search(piece):
                refuse_long(name, len(piece))
    depth = 0
    for each in _TABLE.finditer(text):
        depth = max(depth - 1, 0) if each[1] else depth + 1
        if depth > DEEPEST_TABLE:
            raise CasegenError(
                "import",
                f"{name} 里的表格一层套一层，超过 {DEEPEST_TABLE} 层，读不了",
                "用浏览器打开，把文字复制成 .txt 再导入",
            )


def refuse_long(name: str, size: int) -> None:
    """Refuse a paragraph or cell of so many characters; raises CasegenError "import"."""
    if size > LONGEST_PARAGRAPH:
        raise CasegenError(
            "import",
            f"{name} 里有一段 {size} 个字，中间没有分段，不像一篇稿子",
            f"请核对是不是这个文件；是的话分成几段（每段不超过 {LONGEST_PARAGRAPH} 字）再导入",
        )
