"""frontmatter: the block between two `---` lines, and the strict YAML in it.

Secret: the dialect (YAML 1.2 core, every scalar but true, false and null kept as written; no
anchors, aliases, tags), how the places of syntax faults are found, and their Chinese words.
Not here: which keys there are and what their values mean (schema, kinds, case, project).
"""

from __future__ import annotations

import json
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import yaml

from casegen.chinese.characters import HAN, PUNCTUATION
from casegen.chinese.region_reading import read_region
from casegen.problem import Edit, Location, Problem, Problems, Severity
from casegen.source import encoding, recovery, slips, yaml_faults
from casegen.source.schema import KEY, Marks, Path, quote_yaml

_DEPTH = 20
_SHOWN = 80  # characters of a mended value that a hint writes out
_BRACKETS = 400  # nested, libyaml needs 256 KB of stack for them: less than any thread has
_FENCE = re.compile(r"(?:---|\.\.\.)[ \t]*")
_MANUAL = re.compile(r"(?:readme|说明|使用说明|目录|changelog)\b", re.IGNORECASE)
_TOML = "+++"
_JSON = re.compile(r"\{\s*(?:\"|$)|\[\s*(?:\{|$)")
_DASHES = re.compile(r"\s*[-－—–]{2,}\s*")
_FIELD = re.compile(r"[^\s:：#\-][^:：]{0,20}[:：]")
# YAML replaces a line break inside a value by a space; between Chinese characters that is a gap.
_CHINESE = f"[{HAN}{PUNCTUATION}]"
_FOLD = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")
_SEPARATORS = re.compile("[、，；]")
# Between tags that stand without brackets: also half-width marks, and blanks between words.
_BETWEEN_TAGS = re.compile(f"[、，；,;/|｜]|(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_MARKS = re.compile(r"[^\w\n]+")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


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


@dataclass(frozen=True, slots=True)
class Loaded:
    """A YAML value: dicts, lists, text, True, False, None; and the place of each part of it.

    `sound` is false where the text is no YAML, so that the value says nothing about the file.
    """

    value: Any
    marks: Marks
    problems: Problems
    sound: bool = True
    guesses: frozenset[tuple[int, int]] = frozenset()  # places whose value is not sure
    lost: tuple[str, ...] = ()  # rows of which nothing could be read


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
    for i in range(first + 1, len(lines)):
        if _FENCE.fullmatch(lines[i]) or (problems and _DASHES.fullmatch(lines[i])):
            return _cut(lines, first, i, i + 1), problems
    end = _probable_end(lines, first)
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


def load_yaml(text: str, path: str, line: int = 1, start: int | None = None) -> Loaded:
    """Read strict YAML that begins on `line` of the file `path`, at the offset `start`.

    Never raises for bad content. Where it is no YAML every fault is reported, and what can be
    read is read; `sound` is false only where nothing could. Without `start` nothing can be mended.
    """
    text, problems = slips.mend_slips(text, path, line, start)
    node, failure = compose_nodes(text)
    guesses: frozenset[int] = frozenset()
    lost: tuple[str, ...] = ()
    if failure is not None or isinstance(node, yaml.ScalarNode):
        again = recovery.recover_block(text, path, line, None if problems else start, compose_nodes)
        mended, still = compose_nodes(again.text)
        if still is None and (failure is None or again.problems):
            text, node, failure = again.text, mended, None
            guesses, lost = again.guesses, again.lost
            problems += again.problems
    if failure is not None:
        problems.append(yaml_faults.explain_error(failure, text, path, line))
        return Loaded({}, {}, tuple(problems), sound=False)
    untouched = start if not problems else None
    walk = _Walk(path, line, problems, untouched)
    value = {} if node is None else walk.value(node, ())
    unsure = {place for place in walk.marks.values() if place[0] in guesses} | walk.odd
    return Loaded(value, walk.marks, tuple(walk.problems), guesses=frozenset(unsure), lost=lost)


# --- splitting -------------------------------------------------------------------------------


def _opens(line: str) -> bool:
    return bool(re.fullmatch(r"---[ \t]*", line))


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


# --- composing -------------------------------------------------------------------------------


class _Strict(yaml.SafeLoader):
    """SafeLoader without implicit types, anchors, aliases and tags."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to say "none"

    def fetch_flow_collection_start(self, kind: Any) -> None:
        # The scanner checks every open bracket at each token: with a thousand of them it takes
        # seconds.
        if self.flow_level > _DEPTH:
            mark = self.get_mark()
            raise yaml.scanner.ScannerError(problem=yaml_faults.TOO_DEEP, problem_mark=mark)
        super().fetch_flow_collection_start(kind)

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            raise yaml_faults.Refused("alias", event.start_mark)
        for extra in ("anchor", "tag"):
            if getattr(event, extra, None) is not None:
                raise yaml_faults.Refused(extra, event.start_mark)
        return super().compose_node(parent, index)


class _Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader without implicit types."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as above


_DOUBTFUL = re.compile(
    r"[\t\r\x85\u2028\u2029\ufeff]|(?:^|[\s\[{,:?-])[&*!|>]|\?(?:$|\s)|^(?:%|---|\.\.\.)",
    re.MULTILINE,
)


def compose_nodes(text: str) -> tuple[Any, Exception | None]:
    """Return the root node of a YAML text and None, or None and the exception that stopped it."""
    quick = _composed_quickly(text)
    if quick is not None:
        return quick, None
    loader = _Strict(text)
    try:
        return loader.get_single_node(), None
    except (yaml.YAMLError, RecursionError) as error:
        return None, error
    finally:
        loader.dispose()


def _composed_quickly(text: str) -> Any:
    """Return the nodes by libyaml, eight times faster, where it certainly agrees with `_Strict`.

    libyaml cannot report anchors and tags, and recurses without limit. A text that may hold
    any, or may be deep, is read by `_Strict`; so is one with a fault, for its words and place.
    """
    if not yaml.__with_libyaml__ or _DOUBTFUL.search(text):
        return None
    if text.count("[") + text.count("{") > _BRACKETS or max(map(len, text.split("\n"))) > 2000:
        return None
    loader = _Plain(text)
    try:
        return loader.get_single_node()
    except yaml.YAMLError:
        return None
    finally:
        loader.dispose()


class _Walk:
    """Walks the nodes once: values, marks, and lawful YAML that is certainly a mistake."""

    def __init__(self, path: str, line: int, problems: list[Problem], start: int | None) -> None:
        self.path = path
        self.line = line
        self.start = start
        self.problems = problems
        self.marks: dict[Path, tuple[int, int]] = {}
        self.odd: set[tuple[int, int]] = set()  # items whose separators are in doubt

    def value(self, node: Any, at: Path) -> Any:
        self.marks[at] = self.place(node)
        if len(at) > _DEPTH:
            self.say("yaml-syntax", node, "层次太多，读不下去", "案例信息最多三四层")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.item(node, child, (*at, i)) for i, child in enumerate(node.value)]
        value = _scalar(node)
        if not isinstance(value, str):
            return value
        kept = self.shown(node, value)
        if (clean := encoding.drop_unprintable(kept)) != kept:
            message = "这里用转义写了看不见的控制字符，已当作空格"
            self.say("control-character", node, message, "删去 \\u、\\x 开头的这一段")
        return None if value and not clean else clean

    def shown(self, node: Any, text: str) -> str:
        """Return a value or key without editors' comments, which are never published."""
        kept, closed = slips.without_comments(text)
        if not closed:
            message = "注释 <!-- 没有收尾：从这里到这一项的末尾都不会登出"
            self.say("unclosed-comment", node, message, "在注释之后写 -->，或删去 <!--")
        return kept

    def mapping(self, node: Any, at: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.say(
                    "yaml-syntax",
                    key_node,
                    "字段名应是文字",
                    "方括号、花括号开头的文字要加引号",
                )
                continue
            key = self.shown(key_node, str(key_node.value))
            place = (*at, key)
            if key in values:
                before = self.marks[*place, KEY][0]
                self.say(
                    "duplicate-key",
                    key_node,
                    f"“{key}”在第 {before} 行已经写过，第 {self.place(key_node)[0]} 行又写了一次，"
                    f"只取前面的",
                    "留下一处，删去另一处",
                    field=key,
                )
                continue
            self.marks[*place, KEY] = self.place(key_node)
            values[key] = self.value(value_node, place)
            if node.flow_style and _bare(key_node, value_node):
                if self.cut_number(key_node, key, values):
                    continue
                self.no_value(key_node, key)
                name, text = _halves(key)
                if name and name not in values:
                    del values[key]
                    values[name] = text
                    self.marks[*at, name, KEY] = self.marks[*at, name] = self.place(key_node)
            elif not at and key in slips.TAGS and not getattr(value_node, "style", "-"):
                self.unsplit(value_node, key, values[key])
        return values

    def cut_number(self, node: Any, key: str, values: dict[str, Any]) -> bool:
        """Join what a comma in 1,000万元 cut in two, and report it; else return False."""
        last = [*values][-2] if len(values) > 1 else ""
        before = values.get(last)
        if not (_THOUSANDS.match(key) and isinstance(before, str) and before[-1:].isdigit()):
            return False
        del values[key]
        values[last] = f"{before},{key}"
        hint = f'整个值用半角引号括起来：{last}: "{values[last]}"'
        message = f"花括号里的逗号把“{values[last]}”分成了两截"
        self.say("yaml-separator", node, message, hint, field=last)
        return True

    def no_value(self, node: Any, key: str) -> None:
        name, text = _halves(key)
        mend = f"{name}: {quote_yaml(text)}" if name else ""
        shown = f"：{mend}" if mend and len(mend) <= _SHOWN else ""
        if "：" in key:
            message = f"“{key}”里的冒号是全角的"
            hint = f"冒号要用半角，后面加一个空格{shown}"
        elif name:
            message = f"花括号里的“{key}”少了冒号"
            hint = f"名称后面写半角冒号，再空一格{shown}"
        else:
            message = f"花括号里的“{key}”没有值"
            hint = "逗号会把内容分开；值里有逗号（如 1,000）时，把整个值用引号括起来"
        self.say("yaml-separator", node, message, hint, field=key, mend=mend)

    def unsplit(self, node: Any, key: str, value: object) -> None:
        """Report several items written as one text.

        Without brackets every mark belongs to the text.
        """
        if isinstance(value, str) and _MARKS.fullmatch(value):
            self.only_marks(node, value, key, alone=True)
        parts = _BETWEEN_TAGS.split(value) if isinstance(value, str) else []
        if len(words := [part.strip() for part in parts if part.strip()]) > 1:
            listed = f"[{', '.join(words)}]"
            message = f"“{value}”被当作一项"
            self.say("yaml-separator", node, message, f"写成 {listed}", field=key, mend=listed)

    def item(self, parent: Any, node: Any, at: Path) -> Any:
        value = self.value(node, at)
        if at[0] in slips.WORDS and isinstance(value, str) and _MARKS.fullmatch(value):
            self.only_marks(node, value, str(at[0]), alone=len(parent.value) == 1)
        elif parent.flow_style and isinstance(value, str) and not node.style:
            between = _BETWEEN_TAGS if at[0] in slips.TAGS else _SEPARATORS
            mark = between.search(value)
            parts = [part.strip() for part in between.split(value) if part.strip()]
            # Places that are not written whole are told, with their paths, where they are read.
            whole = at[0] not in slips.PLACES or not any(read_region(part)[1] for part in parts)
            if mark and whole:
                self.odd.add(self.place(node))
                listed = ", ".join(parts)
                shown = f"：{listed}" if len(listed) <= _SHOWN else ""
                self.say(
                    "yaml-separator",
                    node,
                    f"“{value}”被当作一项：“{mark[0]}”不分隔各项"
                    if mark[0].strip()
                    else f"“{value}”被当作一项：空格不分隔各项",
                    f"各项之间用半角逗号{shown}；若本来就是一项，用引号括起来",
                    field=str(at[0]),
                    mend=listed,
                )
        return value

    def only_marks(self, node: Any, value: str, key: str, *, alone: bool) -> None:
        """Report an item that says nothing; `alone`: its field says nothing without it."""
        self.odd.add(self.place(node))
        hint = "换成要写的词" if alone else "删去这一项"
        self.say("yaml-separator", node, f"“{value}”这一项只有标点", hint, field=key)

    def place(self, node: Any) -> tuple[int, int]:
        return self.line + node.start_mark.line, node.start_mark.column + 1

    def say(  # noqa: PLR0913, PLR0917 a problem has many parts
        self, rule: str, node: Any, message: str, hint: str, field: str = "", mend: str = ""
    ) -> None:
        severity = Severity.ERROR if rule == "yaml-syntax" else Severity.WARNING
        where = Location(self.path, *self.place(node), field)
        fix = None
        if mend and self.start is not None:
            span = node.start_mark.index, node.end_mark.index
            fix = Edit(self.start + span[0], self.start + span[1], mend, sure=False)
        self.problems.append(Problem(rule, severity, message, where, hint, fix))


def _scalar(node: Any) -> str | bool | None:
    text = str(node.value)
    if node.style != "|" and node.start_mark.line != node.end_mark.line:
        text = _FOLD.sub("", text)
    if node.style:
        return text
    return None if text in _NULL else _BOOL.get(text, text)


def _halves(key: str) -> tuple[str, str]:
    """Return name and value of what has no `: ` between them; twice "" if it shows no two parts."""
    name, _, text = (part.strip() for part in key.partition("：" if "：" in key else " "))
    named = name and text and ("：" in key or re.fullmatch(f"[{HAN}]{{2,12}}", name))
    return (name, text) if named else ("", "")


def _bare(key: Any, value: Any) -> bool:
    """Return whether a key in braces has no colon after it."""
    if not isinstance(value, yaml.ScalarNode) or value.style or value.value:
        return False
    end, start = key.end_mark, value.start_mark
    return bool((end.line, end.column) == (start.line, start.column))
