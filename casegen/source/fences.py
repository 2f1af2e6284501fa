"""fences: where the front matter of a file begins and ends, and its body begins.

Secret: which rows are taken for fences, and how far fields reach where a fence is missing.
Not here: what is between the fences (frontmatter), which keys there are (schema, case_fields).
"""

from __future__ import annotations

import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from casegen.problem import Location, Problem, Problems, Severity

_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_MANUAL = re.compile(r"(?:readme|说明|使用说明|目录|changelog)\b", re.IGNORECASE)
_TOML = "+++"
_JSON = re.compile(r"\{\s*(?:\"|$)|\[\s*(?:\{|$)")
_DASHES = re.compile(r"\s*[-－—–]{2,}\s*")
_FIELD = re.compile(r"[^\s:：#\-][^:：]{0,20}[:：]")


@dataclass(frozen=True, slots=True)
class Split:
    """A file cut in two; lines count from 1, offsets in code points from 0.

    `foreign`: the name of another format at the beginning of the file, which is not read.
    """

    front: str
    front_line: int
    front_start: int
    body: str
    body_line: int
    body_start: int
    foreign: bool = False


def split_file(
    text: str, path: str, *, required: bool = True, keys: AbstractSet[str] = frozenset()
) -> tuple[Split | None, Problems]:
    """Cut a file into front matter and body; None where no front matter can be found.

    With `required` off a file that does not begin with `---` is all body. Fences that are missing
    or are no `---` are reported; where the fields say how far they reach, they are read. Rows
    without any fence are fields only where one of them is among `keys`: 供稿：甲 begins many texts.
    """
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    opened = first < len(lines) and _opens(lines[first])
    if not opened and not required:
        return Split("", 1, 0, text, 1, 0), ()
    problems: Problems = ()
    if not opened:
        where = Location(path, min(first, len(lines) - 1) + 1)
        if name := _foreign(lines, first):
            return _after_foreign(lines, first), (_refused(name, where),)
        problems = (_no_front_matter(text, where),)
        fenced = first < len(lines) and bool(_DASHES.fullmatch(lines[first]))
        first -= 0 if fenced else 1
        if not fenced and not _begins_with_fields(lines, first + 1, keys):
            return None, problems
    end = _probable_end(lines, first)
    for i in range(first + 1, len(lines)):
        if _FENCE.fullmatch(lines[i]) and i > first + 1 and _divides(lines, i, keys):
            message, hint = "案例信息中间多了一行 ---，下面的字段会被当作正文", "删去这一行"
            where = Location(path, i + 1)
            problems = (*problems, Problem("yaml-syntax", Severity.ERROR, message, where, hint))
            lines[i] = "#".ljust(len(lines[i]))  # of the same length, so that offsets hold
        elif _FENCE.fullmatch(lines[i]):
            return _cut(lines, first, i, i + 1), problems
        # After an empty row other dashes belong to the body, unless no row is certainly a fence.
        if (problems or i <= (end or len(lines))) and _closes_badly(lines[i], indented=not opened):
            return _cut(lines, first, i, i + 1), (*problems, _wrong_end(Location(path, i + 1)))
    if opened:
        about = f"，大约在第 {end + 1} 行" if end else ""
        problems = (
            Problem(
                "unclosed-front-matter",
                Severity.ERROR,
                "开头的 --- 没有配对：缺少另一行 --- 来结束案例信息",
                Location(path, first + 1),
                f"在案例信息之后、正文之前另起一行写 ---{about}",
            ),
        )
    fields = [line for line in lines[first + 1 : end or len(lines)] if _FIELD.match(line)]
    return (_cut(lines, first, end, end) if end and fields else None), problems


def _divides(lines: list[str], fence: int, keys: AbstractSet[str]) -> bool:
    """Return whether a row --- stands between fields: some of `keys` follow it, and one more ---.

    No empty row may come between; so a body with a ruler is never taken for fields.
    """
    rows = []
    for row in lines[fence + 1 :]:
        if _FENCE.fullmatch(row):
            break
        rows.append(row)
    else:
        return False
    named = [re.split("[:：]", row, maxsplit=1)[0].strip() for row in rows if _FIELD.match(row)]
    whole = all(_FIELD.match(row) or row[:1] in {" ", "-", "#"} for row in rows)
    return bool(rows) and whole and not keys.isdisjoint(named)


def _opens(line: str) -> bool:
    return bool(re.fullmatch(r"---[ \t]*", line))


def _closes_badly(line: str, *, indented: bool) -> bool:
    """Return whether a row is meant for the second fence, but is written with other dashes."""
    return bool(_DASHES.fullmatch(line)) and (indented or not line[:1].isspace())


def _wrong_end(where: Location) -> Problem:
    message = "案例信息之后的这一行应是三个半角减号 ---"
    hint = "把这一行改成 ---，不要用破折号或别的横线"
    return Problem("unclosed-front-matter", Severity.ERROR, message, where, hint)


def _no_front_matter(text: str, where: Location) -> Problem:
    if not text.strip():
        message, hint = "文件是空的", "用 casegen new 题目 生成一份带说明的案例文件"
    elif re.match(r"\s*[-－—–]{2,}\s*(\n|$)", text):
        message = "第一行应是三个半角减号 ---"
        hint = "把第一行改成 ---，不要用破折号或别的横线"
    else:
        message = "缺少案例信息：文件应以一行 --- 开头"
        hint = "在最前面写 ---，然后是 title: 标题 等各行，再写一行 ---，之后才是正文"
        name = where.path.rpartition("/")[2]
        if _MANUAL.match(name):
            message = "这是说明文件，不是案例"
            hint = f"改名为 _{name} 就可以留在这里（以 _ 开头的不读），或移出 cases"
    return Problem("no-front-matter", Severity.ERROR, message, where, hint)


def _begins_with_fields(lines: list[str], first: int, keys: AbstractSet[str]) -> bool:
    """Return whether the rows from one on are fields without a fence above them."""
    if first >= len(lines) or not _FIELD.match(lines[first]):
        return False
    rows = lines[first : _probable_end(lines, first) or len(lines)]
    written = {re.split("[:：]", row, maxsplit=1)[0].strip().lower() for row in rows}
    return not keys or not written.isdisjoint(keys)


def _foreign(lines: list[str], first: int) -> str:
    """Return the name of another format with which a file begins; "" for none."""
    row = lines[first].strip() if first < len(lines) else ""
    return "TOML" if row == _TOML else "JSON" if _JSON.match(row) else ""


def _refused(name: str, where: Location) -> Problem:
    message = f"案例信息是 {name} 的写法，这里只认 YAML"
    hint = (
        "改成一行一个字段，如 title: 标题，前后各写一行 ---；"
        "或用 casegen new 题目 生成一份，把内容抄过去"
    )
    return Problem("no-front-matter", Severity.ERROR, message, where, hint)


def _after_foreign(lines: list[str], first: int) -> Split:
    """Return the text after front matter of another format; "" where its end is not found."""
    text = "\n".join(lines)
    if lines[first].strip() == _TOML:
        last = next((n for n in range(first + 1, len(lines)) if lines[n].strip() == _TOML), None)
    else:
        begin = len(text) - len(text.lstrip())
        try:
            end = json.JSONDecoder().raw_decode(text, begin)[1]
            last = text.count("\n", 0, end)
        except (ValueError, RecursionError):
            last = next((n for n in range(first, len(lines)) if not lines[n].strip()), None)
    body = len(lines) if last is None else last + 1
    cut = _cut(lines, first - 1, first - 1, body)
    return replace(cut, front="", foreign=True)


def _probable_end(lines: list[str], first: int) -> int:
    """Return the row at which front matter without a closing fence seems to end, or 0."""
    for i in range(first + 1, len(lines)):
        if lines[i].startswith("#") or not lines[i].strip():
            return i
    return 0


def _cut(lines: list[str], first: int, last: int, body: int) -> Split:
    """Cut a file: front matter between two rows (exclusive), the body from a third row on."""
    front = "\n".join([*lines[first + 1 : last], ""])
    begin = sum(len(line) + 1 for line in lines[: first + 1])
    start = sum(len(line) + 1 for line in lines[:body])
    text = "\n".join(lines)
    return Split(front, first + 2, begin, text[start:], body + 1, min(start, len(text)))
