"""slips: what YAML reads without complaint as something other than the editor typed.

Secret: where a `#` cuts a value off, which wide or invisible blanks break the marks of YAML, and
that `<!-- … -->` is a comment here as well as in a body.
Not here: text that is no YAML at all (recovery).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from casegen.problem import Edit, Location, Problem, Severity

# Blanks from Chinese keyboards, Word and web pages that YAML does not know.
WIDE = "\u3000\u00a0\u2000-\u200a\u202f\u205f"
_DOUBTFUL = re.compile(
    f"[ \t{WIDE}]#[^\\s#]|[{WIDE}]|\n[ ]*-[^\\s-]"
    "|(?:tags|标签|regions|地区|categories|类别):[ ]*\n[ ]+[^\\s-]"
)
_WORD = re.compile(r"([ ]{1,40})[^\s\-#\[{\"'|>:][^:#]*")
_DASH = re.compile(r"([ ]*)-(?=[^\s-])")
# -18℃ on a row of its own is the value of the key above it.
_MINUS = re.compile(r"[ ]{0,99}-[0-9０-９.]{1,20}[^:：]*$")
_BLANK = re.compile(f"^[ ]*(?:-[ ]*)?[{WIDE}][ {WIDE}]*|(?<=[:-])[ ]*[{WIDE}][ {WIDE}]*")
_BLOCK = re.compile(r"(?:^|[ ])[|>][0-9+-]*[ ]*$")
_KEY = re.compile(r"[ ]*(?:- {1,99})*+(?:[^\s\"'\[{:#][^:#\"'\[{]*:(?:[ ]+|$))?")
# A field with a full-width colon, which is mended too (recovery), so the value begins after it.
_WIDE_KEY = re.compile(r"[ ]*[^\s\"'\[{:：#\-][^:：#\"'\[{]{0,20}：[ ]*")
_MICROBLOG = re.compile(  # every tag has its sign: #1 号工程 is one tag, no two
    r"[^\s:：]++[:：][ ]*+"
    r"(?P<value>\[?(?P<tags>(?:[ ,，、；;]*+#[^\s#\[\]\"',，、；;]++#?)+)[ ]*+\]?)[ ]*+"
)
_TOP = re.compile(r"([^\s:：#\-]+)[ ]*[:：]")
TAGS = frozenset({"tags", "标签"})  # the only list of words that are the editor's own
WORDS = frozenset({*TAGS, "regions", "地区", "categories", "类别"})  # lists of words
_TEXTS = (
    "title 标题 institution 单位 date 日期 updated 更新 period 时段 summary 摘要 cover 封面"
    " status 状态 slug 网址名 featured 推荐 order 顺序"
)
TEXTS = frozenset(_TEXTS.split())  # fields of one text, which brackets would make a list
PLACES = frozenset({"regions", "地区"})  # the fields that name places
_OTHERS = "metrics 指标 credits 署名 source 来源 waive 豁免 aliases 旧网址"
FIELDS = TEXTS | WORDS | frozenset(_OTHERS.split())  # the fields of a case
_QUOTED = re.compile(r"(?<!\\)\"(?:[^\"\\]|\\.)*\"|(?<!')'(?:[^']|'')*'")
_OPEN, _CLOSE = "<!--", "-->"
_SHOWN = 60  # characters of a value that a hint writes out
_HASH = re.compile(r"[ \t]#(?=[^\s#])")


def mend_slips(text: str, path: str, line: int, start: int | None) -> tuple[str, list[Problem]]:
    """Mend what YAML would certainly read wrongly; return a problem for each place.

    The text begins on `line` of the file, at the offset `start`; None: edits cannot be offered.
    """
    if not _DOUBTFUL.search(text) and _OPEN not in text:
        return text, []
    rows = text.split("\n")
    _hide_comments(rows)
    problems: list[Problem] = []
    offsets = [0]
    for row in rows:
        offsets.append(offsets[-1] + len(row) + 1)
    key = ""
    for n in _plain_rows(rows):
        if begun := _TOP.match(rows[n]):
            key = begun[1]
        at, new = _find_dash(rows, n, listed=key in WORDS)
        if new:
            mended = f"{rows[n][:at]}{new}{rows[n][at:]}"
            fix = (
                None
                if start is None
                else Edit(start + offsets[n] + at, start + offsets[n] + at, new)
            )
            message = "这一项的减号后面缺少空格" if new == " " else "这一项前面少了“- ”"
            where, hint = Location(path, line + n, at + 1), f"写成 {mended.strip()[:_SHOWN]}"
            problems.append(Problem("yaml-syntax", Severity.ERROR, message, where, hint, fix))
            rows[n] = mended
        cut = _cut_place if key in PLACES else _cut_tags if key in TAGS else _cut
        for find in (_blanks, cut):
            (first, last, new), words = find(rows[n])
            if words is None:
                continue
            message, hint, rule, severity = words
            same = start is not None and len(rows[n]) == offsets[n + 1] - offsets[n] - 1
            begin = (start or 0) + offsets[n]
            fix = Edit(begin + first, begin + last, new, sure=bool(new)) if same else None
            where = Location(path, line + n, first + 1)
            problems.append(Problem(rule, severity, message, where, hint, fix))
            new = new or " " * (last - first)  # so that columns behind it hold
            rows[n] = rows[n][:first] + new + rows[n][last:]
    return "\n".join(rows), problems


def _find_dash(rows: list[str], n: int, *, listed: bool) -> tuple[int, str]:
    """Return what an item lacks to be one, and where: the blank behind its dash, or both."""
    dash, word = _DASH.match(rows[n]), _WORD.fullmatch(rows[n]) if listed else None
    if not (dash or word):
        return 0, ""
    above = _next_row(rows, range(n - 1, -1, -1))
    first = above.rstrip().endswith(":")
    if dash:
        under = first and (listed or not _MINUS.match(rows[n]) or _beside(rows, n, dash[0]))
        return dash.end(), " " * (under or above.startswith(f"{dash[1]}-"))
    indent = str(word and word[1])
    below = _next_row(rows, range(n + 1, len(rows)))
    beside = below.startswith(indent) and below[len(indent) :][:1] not in {"", " "}
    return len(indent), "- " * (above.startswith(f"{indent}- ") or (first and beside))


def _beside(rows: list[str], n: int, mark: str) -> bool:
    return _next_row(rows, range(n + 1, len(rows))).startswith(mark)


def _next_row(rows: list[str], numbers: range) -> str:
    return next((rows[m] for m in numbers if rows[m].strip() and rows[m].lstrip()[0] != "#"), "")


def _hide_comments(rows: list[str]) -> None:
    """Turn each row of an editors' comment into a YAML comment of the same length."""
    end = -1
    for n in list(_plain_rows(rows)):
        if n <= end or not rows[n].lstrip().startswith(_OPEN):
            continue
        last = next((m for m in range(n, len(rows)) if _CLOSE in rows[m]), -1)
        if last < 0 or not rows[last].rstrip().endswith(_CLOSE):
            continue
        end = last
        for m in range(n, last + 1):
            rows[m] = "#".ljust(len(rows[m])) if rows[m] else ""


def remove_comments(text: str) -> tuple[str, bool]:
    """Return a value without editors' comments, and whether each of them is closed.

    An open one reaches to the end of the value: a comment must never be published.
    A mark with nothing after it is no comment, and stays.
    """
    if text.find(_OPEN) in {-1, len(text) - len(_OPEN)}:
        return text, True
    parts = []
    rest, closed = text, _CLOSE
    while closed and rest:
        before, opened, rest = rest.partition(_OPEN)
        parts.append(before)
        if opened:
            _, closed, rest = rest.partition(_CLOSE)
    return re.sub(r"(?<=\S)[ \t]+(?=[ \t])", "", "".join(parts).strip()), bool(closed)


_Place = tuple[int, int, str]
_Words = tuple[str, str, str, Severity]


def _plain_rows(rows: list[str]) -> Iterator[int]:
    """Yield the rows that are no comments and are in no block of text."""
    block: int | None = None
    for n, row in enumerate(rows):
        indent = len(row) - len(row.lstrip(" "))
        if block is not None and (not row.strip() or indent > block):
            continue
        block = None
        if row.lstrip().startswith("#"):
            continue
        if _BLOCK.search(row):
            block = indent
        yield n


def _blanks(row: str) -> tuple[_Place, _Words | None]:
    """Replace wide blanks where YAML wants its own.

    Before a field, after its colon, after a dash.
    """
    found = _BLANK.search(row)
    if found is None:
        return (0, 0, ""), None
    old = found[0]
    new = "".join(char if char in " -" else "\u3000" for char in old).replace("\u3000", " ")
    if found.start() and not new.startswith(" "):
        new = " " + new
    words = (
        "这里的空白不是半角空格（多半是全角空格），已当作半角空格",
        "换成半角空格",
        "wide-blank",
        Severity.WARNING,
    )
    return (found.start(), found.end(), new), words


def _cut(row: str) -> tuple[_Place, _Words | None]:
    """Mend a value without quotes in which ` #` makes a comment of the rest."""
    found = _hash(row)
    if found is None:
        return (0, 0, ""), None
    low, at, high, item = found
    inner = row[low:high].strip()
    new = json.dumps(inner, ensure_ascii=False)
    shown = new if len(new) <= _SHOWN else "只括这一项" if item else "整个值"
    words = (_say_lost(row[at:]), f"用半角引号括起来：{shown}", "hash-in-value", Severity.ERROR)
    return (low, low + len(inner), new), words


def _cut_tags(row: str) -> tuple[_Place, _Words | None]:
    """Take the signs off tags that are written as on a microblog: #水苔 #刺梨#."""
    found = _MICROBLOG.fullmatch(row)
    if found is None:
        return _cut(row)
    names = [name for name in re.split(r"[\s#,，、；;]+", found["tags"]) if name]
    new = f"[{', '.join(names)}]"
    hint = f"写成 {new if len(new) <= _SHOWN else '[甲, 乙]'}"
    words = (_say_lost(found["tags"]), hint, "hash-in-value", Severity.ERROR)
    return (found.start("value"), found.end("value"), new), words


def _cut_place(row: str) -> tuple[_Place, _Words | None]:
    """Take what a ` #` begins off a place: no place has a # in its name, so quotes are no help."""
    found = _hash(row)
    if found is None:
        return (0, 0, ""), None
    low, at, high, _ = found
    gone = row[at:high].strip()
    hint = f"地名里没有“#”：删去“{gone}”"
    start = low + len(row[low:at].rstrip())
    return (start, at + len(row[at:high].rstrip()), ""), (
        _say_lost(row[at:]),
        hint,
        "hash-in-value",
        Severity.ERROR,
    )


def _say_lost(lost: str) -> str:
    return f"这里的“#”会把后面的“{lost.strip()[:20]}”当作注释丢掉"


def _hash(row: str) -> tuple[int, int, int, bool] | None:
    """Find a # that makes a comment of the rest of a value.

    Return where the value begins, the blank before the #, and where the value ends, and whether
    it is an item in brackets; None for no such #.
    """
    head = _WIDE_KEY.match(row) or _KEY.match(row)
    begin = head.end() if head else 0
    value = row[begin:]
    masked = _QUOTED.sub(lambda found: "\0" * len(found[0]), value)
    found = _HASH.search(" " + masked)
    at = max(found.start() - 1, 0) if found else -1
    if at < 0 or _ended(masked, at):
        return None
    low, high = 0, len(value)
    item = masked[0] in "[{"
    if item:
        low = max(masked.rfind(mark, 0, at + 1) for mark in "[{,:") + 1
        high = next((n for n in range(at, len(masked)) if masked[n] in ",]}"), len(masked))
    low += len(value[low:high]) - len(value[low:high].lstrip())
    return begin + low, begin + at, begin + high, item


def _ended(masked: str, at: int) -> bool:
    """Return whether the value ends at the blank before a #, so that a comment is meant."""
    before = masked[:at].rstrip()
    return (
        masked.startswith("\0")
        or (masked[:1] in {"[", "{"} and before.endswith(("]", "}")))
        or bool(re.search(r"[ \t]#[ \t]", f" {before} "))
    )
