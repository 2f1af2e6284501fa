"""yaml_faults: faults of YAML syntax in the words of an editor, with their places in the text.

Secret: the parser's own messages, and which typing mistake each of them usually means.
Not here: parsing (nodes).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import yaml

from casegen.problem import Edit, Location, Problem, Problems, Severity
from casegen.source import slips

_FULL_WIDTH_COLON = re.compile(r"^([ ]*(?:- +)*[^\s：:#\-\"'\[{|>][^：:#\n]{0,20})：[ ]*(?=\S|$)")
_QUOTE = "把整个值用半角引号括起来"
_PAIR = "在值的末尾补上同样的引号"
_SLASH = "双引号里的反斜线 \\ 有特别的含义"
_TWICE = "路径里的 \\ 改成 /；别处改用单引号，或把 \\ 写成两个"
_STARTS = {
    "@": "值不能以 @ 开头",
    "`": "值不能以反引号 ` 开头",
    "%": "值不能以 % 开头",
    "\t": "这里有制表符（Tab）",
}
NO_FIELD = "这一行没有“字段: 值”的冒号"
_PROSE = frozenset(["title", "标题", "institution", "单位", "summary", "摘要"])
# A line that names a field, whatever follows it: its colon is missing, and it is no text.
_BEGINS = re.compile(rf"[ ]*(?:{'|'.join(sorted(slips.FIELDS, key=len, reverse=True))})")
TOO_DEEP = "brackets nested too deep"  # what the scanner says of more than it should read
# Part of the parser's message -> what is wrong, how to mend it.
_SAYINGS = {
    "mapping values are not allowed": (
        "这里多出一个冒号",
        f"值里有“: ”时{_QUOTE}；若是新的一行字段，与上一行左对齐",
    ),
    "found unexpected end of stream": ("引号没有配对：缺少收尾的引号", _PAIR),
    "found unexpected document separator": ("引号没有配对：缺少收尾的引号", _PAIR),
    "found unknown escape character": (_SLASH, _TWICE),
    "expected escape sequence": (_SLASH, _TWICE),
    TOO_DEEP: ("方括号、花括号套得太深，读不下去", "检查括号是否成对；案例信息最多三四层"),
    "expected ',' or ']'": (
        "方括号 [ 没有配对，或各项之间少了半角逗号",
        "在最后一项后面补上 ]，各项之间用半角逗号",
    ),
    "expected ',' or '}'": (
        "花括号 { 没有配对，或各项之间少了半角逗号",
        "在最后一项后面补上 }，各项之间用半角逗号",
    ),
    "could not find expected ':'": (
        "这一行没有“字段: 值”的冒号",
        "写成“字段: 值”，冒号用半角，后面加一个空格",
    ),
    "but found '<scalar>'": ("引号之后多出了文字", "整个值都放进引号里，或去掉引号"),
    "but found '-'": ("减号“- ”这一项没有放对位置", "各项比上面的字段名多缩进两格"),
    "sequence entries are not allowed": (
        "减号“- ”不能写在字段名同一行",
        "另起一行写“- 某项”，或写成 [甲, 乙]",
    ),
    "but found '<block mapping start>'": ("这一行的缩进与上面不一致", "同一层的各行左边对齐"),
    "but found '<block sequence start>'": ("这一行的缩进与上面不一致", "同一层的各行左边对齐"),
    "but found '?'": ("这一行的缩进与上面不一致", "同一层的各行左边对齐"),
    "mapping keys are not allowed": ("值不能以 ? 开头", _QUOTE),
    "expected the node content": ("值不能以这个符号开头", _QUOTE),
    "expected alphabetic or numeric": ("值不能以 * 或 & 开头", _QUOTE),
    "expected URI": ("值不能以 ! 开头", _QUOTE),
    "expected chomping or indentation": (
        "| 或 > 之后不能接文字",
        f"文字从下一行写起，并缩进两格；或{_QUOTE}",
    ),
    "but found another document": ("案例信息里多了一行 ---", "只在开头和结尾各写一行 ---"),
    "alias": ("值以 * 开头，YAML 会当作引用，这里不用引用", _QUOTE),
    "anchor": ("值以 & 开头，YAML 会当作记号，这里不用记号", _QUOTE),
    "tag": ("值以 ! 开头，YAML 会当作类型标记，这里不用标记", _QUOTE),
}

# tags: - 夜校; the item, if it is one word or place, which brackets hold as it is.
_DASHED = re.compile(r"([^\s:#]+): +- +(?:([^\W_][\w/·]{0,39})[ ]*$)?")


class Refused(yaml.MarkedYAMLError):
    """A construct of YAML that the dialect does not allow: alias, anchor or tag."""

    def __init__(self, construct: str, mark: Any) -> None:
        super().__init__(problem=construct, problem_mark=mark)


def join_bare(
    problems: Sequence[Problem], rows: Sequence[str], line: int, start: int | None
) -> Problems:
    """Return the problems with one for all the lines below one another that name no field.

    They are one text that was broken into lines, most often that of the field above. The rows begin
    on `line` of the file, at the offset `start`; None: edits cannot be offered.
    """
    bare = {p.where.line - line: p for p in problems if p.message == NO_FIELD}
    bare = {n: p for n, p in bare.items() if not _BEGINS.match(rows[n])}
    for first in sorted(bare):
        if first - 1 in bare:
            continue
        last = first
        while last + 1 in bare:
            last += 1
        field = _named_text(rows[first - 1]) if first else ""
        if not field and last == first:
            continue
        some = "这一行" if last == first else f"这 {last - first + 1} 行（到第 {line + last} 行）"
        message = f"{some}没有“字段: 值”的冒号"
        hint = "写成一行，前面加上字段名和冒号，如 summary: "
        fix = None
        if field:
            message = f"{some}是上面“{field}”的文字，没有缩进"
            hint = "每行前面空两格；或接到上一行后面"
            text = "\n".join(f"  {row.strip()}" for row in rows[first : last + 1])
            if start is not None:
                begin = start + sum(len(row) + 1 for row in rows[:first])
                end = begin + sum(len(row) + 1 for row in rows[first : last + 1]) - 1
                fix = Edit(begin, end, text, sure=False)
        gone = {bare[n].where.line for n in range(first, last + 1)}
        made = replace(bare[first], message=message, hint=hint, fix=fix)
        problems = [
            made if p is bare[first] else p
            for p in problems
            if p is bare[first] or p.message != NO_FIELD or p.where.line not in gone
        ]
    return tuple(problems)


def _named_text(row: str) -> str:
    """Return the name of the field of one text that a row writes with its value; "" for others."""
    name, colon, value = row.partition(": ")
    plain = bool(colon and value.strip()) and value.strip()[0] not in "\"'|>[{#"
    return name if plain and name in _PROSE else ""


def explain_error(error: Exception, text: str, path: str, line: int) -> Problem:
    """Return the problem that explains an exception of the YAML parser, with its place.

    `text` is what was parsed; it begins on `line` of the file `path`.
    """
    rule = "yaml-refused" if isinstance(error, Refused) else "yaml-syntax"
    mark = _mark(error)
    if mark is None:
        message = "案例信息读不下去：层次太多，或有不能用的字符"
        hint = "检查方括号、花括号是否成对"
        return Problem(rule, Severity.ERROR, message, Location(path, line), hint)
    rows = text.split("\n")
    row, column = mark.line, mark.column
    if row >= len(rows) - 1:
        # The end of the block was reached: the fault is on its last written line.
        row = max((n for n, written in enumerate(rows) if written.strip()), default=0)
        column = 0
    close = None if rule == "yaml-refused" else _no_space(rows, row)
    if close is not None:
        number, message, at = close
        where = Location(path, line + number, at)
        return Problem(rule, Severity.ERROR, message, where, "半角冒号后面加一个空格")
    source = rows[row]
    message, hint = _words(str(getattr(error, "problem", "")), source[column : column + 1])
    if "sequence entries are not allowed" in str(getattr(error, "problem", "")):
        hint = _dash_hint(source) or hint
    if source[column : column + 1] == "," and re.search(r"[\[{,][ ]*$", source[:column]):
        message, hint = "逗号之前没有内容", "删去多余的逗号"
    if "expected ',' or" in str(getattr(error, "problem", "")) and _is_closed(source):
        message, hint = "括号里多出一个冒号，或各项之间少了半角逗号", f"值里有“: ”时{_QUOTE}"
    if "：" in source and ": " not in source and "引号" not in message:
        hint += "。这一行有全角冒号“：”：冒号要用半角，后面加一个空格"
    return Problem(rule, Severity.ERROR, message, Location(path, line + row, column + 1), hint)


def _dash_hint(row: str) -> str:
    """Return how to mend `field: - item` for a field that is known: as one value or as a list."""
    if not (found := _DASHED.match(row)):
        return ""
    if found[1] in slips.TEXTS:
        return f"“{found[1]}”只有一个值，不是清单：删去值前面的“- ”"
    if found[1] in slips.WORDS and found[2]:
        return f"只有一项就写成 {found[1]}: [{found[2]}]；有几项就另起一行写，每行一项“- 某项”"
    return ""


def _is_closed(row: str) -> bool:
    return all(row.count(pair[0]) == row.count(pair[1]) for pair in ("[]", "{}"))


def _no_space(rows: list[str], row: int) -> tuple[int, str, int] | None:
    """Return row, message and column of a key without a space after its colon, near a row."""
    for number in (row - 1, row):
        found = re.match(r"([ ]*(?:- +)?)([^\s:'\"\[{#&*!|>%@`]+):(?!//)[^\s:].*", rows[number])
        if number >= 0 and found and ": " not in found[0]:
            return number, f"“{found[2]}:”后面缺少空格", found.end(2) + 1
    return None


def mend_half_width(row: str, path: str, line: int, start: int) -> tuple[str, Problems]:
    """Return a row with half-width colons after names, and a problem for each that was full-width.

    The row begins at the offset `start` of the file; nothing is to be mended where that is -1.
    """
    problems = []
    for found in _FULL_WIDTH_COLON.finditer(row):
        name = found[1].strip().lstrip("- ")
        where = Location(path, line, found.end(1) + 1, name)
        new = ": " if row[found.end() :].strip() else ":"
        fix = Edit(start + found.end(1), start + found.end(), new) if start >= 0 else None
        message = f"“{name}”后面的冒号是全角的"
        hint = "冒号要用半角，后面加一个空格"
        problems.append(Problem("full-width-colon", Severity.ERROR, message, where, hint, fix))
    return _FULL_WIDTH_COLON.sub(lambda m: m[1] + ": ", row), tuple(problems)


def _mark(error: Exception) -> Any:
    if not isinstance(error, yaml.MarkedYAMLError):
        return None
    said = error.problem or ""
    if ("found unexpected" in said or "expected ',' or" in said) and error.context_mark:
        return error.context_mark
    return error.problem_mark or error.context_mark


def _words(problem: str, character: str) -> tuple[str, str]:
    if "cannot start any token" in problem and character in _STARTS:
        return _STARTS[character], "把制表符换成空格" if character == "\t" else _QUOTE
    for part, words in _SAYINGS.items():
        if part in problem:
            return words
    return "这里不合 YAML 的写法", "对照 casegen new 生成的样子检查这一行和上一行"
