"""limits: manuscripts that no person wrote, refused before reading them would take minutes.

Secret: how long a paragraph, how deep a table in tables, and how full a tag may be.
Not here: the size of files (importers), archives (archive), elements in elements (htmltree).
"""

from __future__ import annotations

import re

from casegen.chinese.characters import HAN
from casegen.problem import CasegenError

LONGEST_PARAGRAPH = 50_000  # characters; a whole case has some thousands
DEEPEST_TABLE = 50
MOST_ATTRIBUTES = 2_000  # of one tag; the parser compares each with all before it
_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)
# A tag up to its first attribute, and an attribute up to the next; or the start of a comment.
_TAG = re.compile(r"<(?:!--|([A-Za-z][^\s/>]*+)[\s/]*+)")
_ATTRIBUTE = re.compile(r"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*"|'[^']*'|[^\s>"']*+))?[\s/]*+""")
_WRITTEN = re.compile(f"[{HAN}]")


def refuse_endless(name: str, text: str) -> None:
    """Refuse a text or page with a paragraph, tables in one another, or a tag that nobody can edit.

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
    _refuse_full_tags(name, text)


def _refuse_full_tags(name: str, text: str) -> None:
    at, absent = 0, set[str]()  # ends that do not come any more are not looked for again
    while found := _TAG.search(text, at):
        at, tag = found.end(), (found[1] or "").lower()
        count = 0
        while tag and (each := _ATTRIBUTE.match(text, at)):
            at, count = each.end(), count + 1
            if count > MOST_ATTRIBUTES:
                raise CasegenError(
                    "import",
                    f"{name} 里有一个标签，属性超过 {MOST_ATTRIBUTES} 个，不像一个网页",
                    "用浏览器打开，把文字复制成 .txt 再导入",
                )
        end = f"</{tag}" if tag in {"script", "style"} else "" if tag else "-->"
        if end and end not in absent:
            ends = text.find(end, at if tag else at - 2)  # `<!-->` is a whole comment
            at = max(ends, at)
            if ends < 0:
                absent.add(end)


def refuse_long(name: str, size: int) -> None:
    """Refuse a paragraph or cell of so many characters; raises CasegenError "import"."""
    if size > LONGEST_PARAGRAPH:
        raise CasegenError(
            "import",
            f"{name} 里有一段 {size} 个字，中间没有分段，不像一篇稿子",
            f"请核对是不是这个文件；是的话分成几段（每段不超过 {LONGEST_PARAGRAPH} 字）再导入",
        )
