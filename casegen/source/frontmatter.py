"""frontmatter: the YAML between two `---` lines as values, with the place of each of them.

Secret: what a scalar means (YAML 1.2 core, all but true, false and null kept as written), and which
lawful YAML is certainly a mistake, in the words of an editor.
Not here: where the block begins and ends (fences), the parser (nodes), blocks with faults of syntax
(recovery), which keys there are and what their values mean (schema, kinds, case_fields, settings).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from casegen.chinese.characters import HAN, PUNCTUATION
from casegen.chinese.region_reading import read_region
from casegen.problem import Edit, Location, Problem, Problems, Severity
from casegen.source import encoding, recovery, slips, yaml_faults
from casegen.source.nodes import DEEPEST, compose_nodes
from casegen.source.schema import KEY, Marks, Path, quote_yaml

_SHOWN = 80  # characters of a mended value that a hint writes out
# YAML replaces a line break inside a value by a space; between Chinese characters that is a gap.
_CHINESE = f"[{HAN}{PUNCTUATION}]"
_FOLD = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")
_SEPARATORS = re.compile("[、，；]")
# Between tags that stand without brackets: also half-width marks, and blanks between words.
_BETWEEN_TAGS = re.compile(f"[、，；,;/|｜]|(?<=[{HAN}])[ \u3000]+(?=[{HAN}])")
_BETWEEN_WORDS = re.compile("[、，；,;]")
_WIDE_LIST = re.compile("[【［〔（(]([^【】［］〔〕（）()]+)[】］〕）)]")
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_MARKS = re.compile(r"[^\w\n]+")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


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
        if len(at) > DEEPEST:
            self.say("yaml-syntax", node, "层次太多，读不下去", "案例信息最多三四层")
            return None
        if isinstance(node, yaml.MappingNode):
            return self.braced(node, at) or self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.item(node, child, (*at, i)) for i, child in enumerate(node.value)]
        value = _scalar(node)
        if not isinstance(value, str):
            return value
        kept = self.shown(node, value)
        if (clean := encoding.blank_unprintable(kept)) != kept:
            message = "这里用转义写了看不见的控制字符，已当作空格"
            self.say(
                "control-character", node, message, "路径里的 \\ 改成 /；别处删去 \\ 开头的这一段"
            )
        return None if value and not clean else clean

    def braced(self, node: Any, at: Path) -> str | list[str]:
        """Return the text or the words of a field that takes no names, in braces; report it.

        "" for another field. {{ .Title }} of an archetype is a text that nobody filled in.
        """
        keys = [key for key, value in node.value if _bare(key, value) or not value.value]
        name = at[0] if len(at) == 1 else ""
        texts, words = name in slips.TEXTS, name in slips.WORDS
        if not node.flow_style or not (texts or words) or not 0 < len(node.value) == len(keys):
            return ""
        if not all(isinstance(key, yaml.ScalarNode) for key in keys):
            self.say("yaml-syntax", node, "这里还是模板的 {{ }}，没有填", "换成要写的文字")
            self.odd.add(self.place(node))  # one cause, one message
            return "{{ }}"
        parts = [str(key.value) for key in keys]
        message = "多了一个花括号：这里只写一段文字，不是“名称: 值”"
        written = quote_yaml("，".join(parts))
        if words:
            message = "几项要放在方括号里，这里是花括号"
            written = f"[{', '.join(map(quote_yaml, parts))}]"
            self.marks |= {(*at, n): self.place(key) for n, key in enumerate(keys)}
        self.say("yaml-syntax", node, message, f"写成 {written}", str(name), mend=written)
        return parts if words else "，".join(parts)

    def shown(self, node: Any, text: str) -> str:
        """Return a value or key without editors' comments, which are never published."""
        kept, closed = slips.remove_comments(text)
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
            elif not at and key in slips.WORDS and not getattr(value_node, "style", "-"):
                if isinstance(values[key], str) and (found := _WIDE_LIST.fullmatch(values[key])):
                    values[key] = self.split(value_node, key, found[1])
                elif key in slips.TAGS:
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

    def split(self, node: Any, key: str, inner: str) -> list[str]:
        """Report a list in brackets that YAML does not know; return its items."""
        between = _BETWEEN_TAGS if key in slips.TAGS else _BETWEEN_WORDS
        words = [part.strip() for part in between.split(inner) if part.strip()]
        listed = f"[{', '.join(words)}]"
        message = f"“{node.value}”的括号不是半角的方括号，会被当作一项"
        self.say("yaml-separator", node, message, f"写成 {listed}", field=key, mend=listed)
        self.marks |= {(key, number): self.place(node) for number in range(len(words))}
        return words

    def unsplit(self, node: Any, key: str, value: object) -> None:
        """Report several items written as one text.

        Without brackets every mark belongs to the text.
        """
        if isinstance(value, str) and _MARKS.fullmatch(value):
            self.only_marks(node, value, key, alone=True)
        parts = _BETWEEN_TAGS.split(value) if isinstance(value, str) else []
        if len(words := [part.strip() for part in parts if part.strip()]) > 1:
            quoted = all(re.fullmatch("“[^“”]+”|「[^「」]+」", word) for word in words)
            listed = f"[{', '.join(word[1:-1] if quoted else word for word in words)}]"
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
            # Places without all their levels are reported, with their full paths, by the parsing.
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


def find_separator(text: str, key: str) -> str:
    """Return the mark by which a text without quotes seems to be several items of a field."""
    between = _BETWEEN_TAGS if key in slips.TAGS else _BETWEEN_WORDS
    found = between.search(text) if key in slips.WORDS else None
    return found[0] if found else ""


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
