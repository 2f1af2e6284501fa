"""raw_html: HTML tags in a body, and how Markdown writes what each of them means.

Secret: which tags belong together, and what an editor has to write in their place.
Not here: the place of a tag in the file (prose), HTML that is made of a body (html).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]{0,39})")
_ATTRIBUTE = re.compile(
    r"(?<=\s)([A-Za-z-]{1,20})\s{0,9}=\s{0,9}(?:\"([^\"]{0,999})\"|'([^']{0,999})'|([^\s\"'>]{1,999}))"
)
_ALONE = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "col", "source", "wbr", "embed", "base"]
)
_INNER = 40  # characters between two tags that a hint writes out
_TABLE = "删去标记，做成 Markdown 的表格：| 项目 | 数量 |，第二行写 | --- | --- |"
_WHOLE = "连同里面的内容一起删去"
_PLAIN = "删去标记，只留里面的文字"
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
# The name of a tag -> what is written for the tags and the text between them.
_MARKS = {
    "b": "**{}**", "strong": "**{}**", "i": "*{}*", "em": "*{}*", "s": "~~{}~~", "del": "~~{}~~",
    "strike": "~~{}~~", "code": "`{}`", "li": "- {}", "blockquote": "> {}",
    "h1": "## {}", "h2": "## {}", "h3": "### {}", "h4": "#### {}", "h5": "##### {}",
    "h6": "###### {}",
}  # fmt: skip
# The name of a tag -> what to do with it.
_ADVICE = {
    "p": "删去标记；各段之间空一行", "div": "删去标记；各段之间空一行",
    "section": "删去标记；各段之间空一行", "br": "删去；要另起一段就空一行，在表格里用分号隔开",
    "hr": "换成单独一行的 ---，上下各空一行", "ul": "删去标记；各项写成“- 某项”，一行一项",
    "ol": "删去标记；各项写成“1. 某项”，一行一项",
    **dict.fromkeys(("table", "tbody", "thead", "tr", "td", "th", "colgroup", "col"), _TABLE),
    **dict.fromkeys(("script", "style", "form", "button", "object", "svg"), _WHOLE),
    "iframe": "删去；要引用就写成链接 [文字](地址)",
    "video": "把文件放在案例旁边，写成 ![说明](文件名.mp4)",
    "audio": "把文件放在案例旁边，写成 ![说明](文件名.mp3)",
}  # fmt: skip


def list_tags(children: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Yield each HTML tag of a paragraph as written, with how to mend it.

    The hint for a tag that an earlier one opened is "": the hint for that one speaks of both.
    """
    ends = _find_ends(children)
    closers = set(ends.values())
    for number, child in enumerate(children):
        if child.type == "html_inline":
            between = children[number + 1 : ends.get(number, number + 1)]
            hint = "" if number in closers else _advise(child.content, _text(between))
            yield child.content.split("\n")[0], hint


def _find_ends(children: Sequence[Token]) -> dict[int, int]:
    """Return where each tag is closed, by the position of the tag."""
    opened: dict[str, list[int]] = {}
    ends: dict[int, int] = {}
    for number, child in enumerate(children):
        found = _TAG.match(child.content) if child.type == "html_inline" else None
        if found is None:
            continue
        name = found[2].lower()
        if not found[1] and name not in _ALONE and not child.content.endswith("/>"):
            opened.setdefault(name, []).append(number)
        elif found[1] and opened.get(name):
            ends[opened[name].pop()] = number
    return ends


def _text(between: Sequence[Token]) -> str:
    """Return the text between two tags; "" where there is more than short text on one line."""
    if any(token.type != "text" for token in between):
        return ""
    text = "".join(token.content for token in between).strip()
    return text if len(text) <= _INNER else ""


def _advise(tag: str, inner: str) -> str:
    found = _TAG.match(tag)
    name = found[2].lower() if found else ""
    if found is None or found[1]:  # the end of a tag that begins elsewhere, or a declaration
        return _ADVICE.get(name, "删去")
    if name == "img":
        return _picture(tag)
    if name == "a" and re.match("https?://|mailto:|tel:", href := _attribute(tag, "href")):
        return f"写成 [{inner or '文字'}]({href})"
    if name in _MARKS:
        return f"写成 {_MARKS[name].format(inner or '文字')}"
    return _ADVICE.get(name) or _unmark(name, inner)


def _unmark(name: str, inner: str) -> str:
    """Return how to write the text between tags that Markdown has no mark for."""
    moved = inner.translate({"sup": _RAISED, "sub": _LOWERED}.get(name, {}))
    if inner and not set(inner) & set(moved):
        return f"连同里面的字写成 {moved}"
    return f"{_PLAIN}：{inner}" if inner else "删去"


def _picture(tag: str) -> str:
    source, about = _attribute(tag, "src"), _attribute(tag, "alt") or "图上有什么"
    if re.match(r"(?:[A-Za-z]+:)?//|data:|file:|/|[A-Za-z]:", source) or "\\" in source:
        name = re.split(r"[/\\]", re.split(r"[?#]", source)[0])[-1]
        plain = re.fullmatch(r"[^\s,;<>()]{1,60}\.(?i:jpe?g|png|gif|webp|bmp|svg)", name)
        return f"把图片存到案例旁边，写成 ![{about}]({name if plain else '文件名.jpg'})"
    return f"写成 ![{about}]({source or '文件名.jpg'})"


def _attribute(tag: str, name: str) -> str:
    found = (each.groups() for each in _ATTRIBUTE.finditer(tag))
    values = {key.lower(): one or two or three for key, one, two, three in found}
    return " ".join(html.unescape(values.get(name) or "").split())[:200]
