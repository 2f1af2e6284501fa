"""spans: where a value of the front matter is in its file, and how it is replaced by another.

Secret: how an entry is added to a list or removed, in brackets or on its own line, and where a new
field is put; which characters of a file make a value that was read from it.
Not here: what YAML is and which of it is read (frontmatter, nodes), applying edits (files).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml

from casegen.chinese.characters import holds_chinese
from casegen.problem import Edit, Problem
from casegen.source import frontmatter
from casegen.source.fences import Split
from casegen.source.nodes import compose_nodes
from casegen.source.schema import Field, quote_yaml

# What is written for one character between quotation marks.
_HEX = "[0-9A-Fa-f]"
_ESCAPE = rf"\\(?:x{_HEX}{{2}}|u{_HEX}{{4}}|U00(?:0{_HEX}|10){_HEX}{{4}}|[^xuU])"
_QUOTED = {'"': re.compile(rf'{_ESCAPE}|[^"\\]'), "'": re.compile("''|[^']")}
_OPEN, _CLOSE = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a file without faults: its fields as nodes, and its offset.

    `key` is a field's name as written, `value` its node; offsets count from `start` in the file.
    """

    text: str
    start: int
    fields: tuple[tuple[Any, Any], ...]

    def find(self, field: Field) -> tuple[Any, Any] | None:
        """Return the nodes of a field's key and value, under any of its names; None if absent."""
        names = {field.key, field.label, *field.names}
        for key, value in self.fields:
            if str(key.value) in names or str(key.value).strip().lower() in names:
                return key, value
        return None


def read_front(split: Split) -> Front | None:
    """Read the fields of a front matter; None if it is no mapping or its YAML has problems."""
    if frontmatter.load_yaml(split.front, "").problems:
        return None
    node, failure = compose_nodes(split.front)
    if failure is not None or not isinstance(node, yaml.MappingNode | None):
        return None
    return Front(split.front, split.front_start, tuple(node.value) if node else ())


def set_value(front: Front, field: Field, written: str) -> Edit:
    """Return the edit that sets a field to `written`, which is YAML as it follows the colon."""
    found = front.find(field)
    if found is None:
        return _new_field(front, field, written)
    key, value = found
    after = key.end_mark.index
    colon = front.text.index(":", after) + 1
    if _is_empty(value):
        return _edit(front, colon, colon, f" {written}" if written else "")
    start = _begin_of(front, value, colon)
    return _edit(front, start, _end_of(front, value), f" {written}" if written else "")


def add_items(front: Front, field: Field, items: Sequence[str]) -> list[Edit]:
    """Return the edits that add texts to a field's list; those it already holds need none."""
    found = front.find(field)
    if found is None or _is_empty(found[1]):
        return [set_value(front, field, f"[{_listed(items, field)}]")] if items else []
    value = found[1]
    held = list_items(value)
    new = [item for item in dict.fromkeys(items) if item not in held]
    if not new:
        return []
    if isinstance(value, yaml.ScalarNode):
        held_text = front.text[value.start_mark.index : _end_of(front, value)]
        whole = f"{held_text}, {_listed(new, field)}"
        return [_edit(front, value.start_mark.index, _end_of(front, value), f"[{whole}]")]
    if value.flow_style or not value.value:
        last = _end_of(front, value.value[-1]) if value.value else value.start_mark.index + 1
        before = ", " if value.value else ""
        return [_edit(front, last, last, before + _listed(new, field))]
    last = _line_end(front.text, _end_of(front, value.value[-1]))
    indent = " " * value.start_mark.column
    return [_edit(front, last, last, "".join(f"\n{indent}- {_item(item, field)}" for item in new))]


def remove_items(front: Front, field: Field, items: Sequence[str]) -> list[Edit]:
    """Return the edits that remove texts from a field's list."""
    found = front.find(field)
    if found is None:
        return []
    value = found[1]
    held = list_items(value)
    gone = [n for n, item in enumerate(held) if item in items]
    if not gone:
        return []
    if len(gone) == len(held):
        return [set_value(front, field, "[]")]
    if value.flow_style:
        return [_drop_from_brackets(front, value.value, n, gone) for n in gone]
    edits = []
    for n in gone:
        start = front.text.rfind("\n", 0, value.value[n].start_mark.index) + 1
        end = _line_end(front.text, _end_of(front, value.value[n])) + 1
        edits.append(_edit(front, start, end, ""))
    return edits


def replace_text(front: Front, field: Field, node: Any, text: str) -> Edit:
    """Return the edit that gives a scalar of a field another text."""
    return _edit(front, node.start_mark.index, _end_of(front, node), _item(text, field))


def place_fix(text: str, problem: Problem) -> Problem:
    """Return a problem whose fix counts in the text of the file, and not in a field's value.

    Where the value is not found at the problem's place, the problem has no fix.
    """
    fix = problem.fix
    if fix is None or not fix.value:
        return problem
    begin = 0
    for _ in range(problem.where.line - 1):
        begin = text.find("\n", begin) + 1
    begin += problem.where.column - 1
    spots = _spell(text, begin, fix.value)
    return replace(problem, fix=_placed(text, begin, spots, fix) if spots else None)


def _placed(text: str, begin: int, spots: Sequence[tuple[int, int]], fix: Edit) -> Edit:
    """Return the edit in the file; `spots` says where each character of the value is written."""
    style = text[begin]
    first, last = spots[fix.start][0], spots[fix.end - 1][1]
    if fix.value[fix.end - 1].isspace() and fix.start + 1 < fix.end < len(spots):
        # A run of blanks was read as one. A line break stays: between Chinese it is read as none.
        after = spots[fix.end][0]
        last = spots[fix.end - 2][1] if "\n" in text[last - 1 : after] else after
    if style == '"':
        new = json.dumps(fix.text, ensure_ascii=False)[1:-1]
    elif style == "'":
        new = fix.text.replace("'", "''")
    else:
        new = fix.text
        end = spots[-1][1]
        mended = text[begin:first] + new + text[last:end]
        if style not in "|>" and _loses(text[begin:end], mended):
            whole = (
                fix.value[: fix.start] + new + fix.value[fix.end :] if "\n" in mended else mended
            )
            return Edit(begin, end, json.dumps(whole, ensure_ascii=False), fix.sure)
    return Edit(first, last, new, fix.sure)


def _loses(old: str, new: str) -> bool:
    """Return whether a value needs quotation marks, and did not need them before."""
    frames = ("k: ", ""), ("[", "]")
    return any(_reads(old, *frame) and not _reads(new, *frame) for frame in frames)


def _reads(raw: str, before: str, after: str) -> bool:
    """Return whether YAML reads a text without quotation marks, in a frame, as it stands."""
    node, failure = compose_nodes(f"{before}{raw}{after}\n")
    if failure is not None:
        return False
    if isinstance(node, yaml.MappingNode) and node.value:
        node = node.value[0][1]
    elif isinstance(node, yaml.SequenceNode) and len(node.value) == 1:
        node = node.value[0]
    return isinstance(node, yaml.ScalarNode) and str(node.value).split() == raw.split()


def _spell(text: str, begin: int, value: str) -> list[tuple[int, int]]:
    """Return from where to where each character of a value is written; [] if it is not there.

    The value begins at an offset of the text, with its quotation mark if it has one. Blanks,
    line ends, invisible characters and comments may stand there which the value does not show.
    """
    spots: list[tuple[int, int]] = []
    hidden = begin
    for char, first, last in _written(text, begin):
        if len(spots) == len(value):
            break
        if first < hidden:
            continue
        want = value[len(spots)]
        if text.startswith(_OPEN, first) and not value.startswith(_OPEN, len(spots)):
            hidden = text.find(_CLOSE, first) + len(_CLOSE)
        elif char == want or (want == " " and char.isspace()):
            spots.append((first, last))
        elif char.isprintable() and not char.isspace():
            return []
    return spots if len(spots) == len(value) else []


def _written(text: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """Yield each character of a scalar, and from where to where it is written."""
    style = text[begin : begin + 1]
    if style in _QUOTED:
        at = begin + 1
        while found := _QUOTED[style].match(text, at):
            at = found.end()
            yield _unescaped(found[0], style), found.start(), at
        return
    if style in {"|", ">"}:
        begin = text.find("\n", begin) + 1 or len(text)
    for at in range(begin, len(text)):
        yield text[at], at, at + 1


def _unescaped(written: str, style: str) -> str:
    """Return the character that is written so between quotation marks."""
    if style == "'" or written[0] != "\\":
        return written[0]
    if written[1] in "xuU":
        return chr(int(f"0x{written[2:]}", 0))
    return {"n": "\n", "t": "\t", "r": "\r", "\n": " ", "0": "\0", "_": "\xa0"}.get(
        written[1], written[1]
    )


def list_items(value: Any) -> list[str]:
    """Return the texts of a list, or the one of a scalar; an item that is no text gives ""."""
    if isinstance(value, yaml.SequenceNode):
        return [_text(item) for item in value.value]
    text = _text(value)
    return [text] if text else []


def list_nodes(value: Any) -> list[Any]:
    """Return the nodes of a field's scalars: the items of its list, or the value itself."""
    if isinstance(value, yaml.SequenceNode):
        return [item for item in value.value if isinstance(item, yaml.ScalarNode)]
    return [value] if isinstance(value, yaml.ScalarNode) and value.value else []


def _text(node: Any) -> str:
    return " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else ""


def _listed(items: Sequence[str], field: Field) -> str:
    return ", ".join(_item(item, field) for item in items)


def _item(text: str, field: Field) -> str:
    """Return an item in YAML; in quotes where it would be taken for several: 算 账."""
    written = quote_yaml(text) or '""'
    several = written == text and frontmatter.find_separator(text, field.key)
    return json.dumps(text, ensure_ascii=False) if several else written


def _edit(front: Front, start: int, end: int, text: str) -> Edit:
    return Edit(front.start + start, front.start + end, text)


def _is_empty(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and not node.value


def _begin_of(front: Front, node: Any, colon: int) -> int:
    """Return where a value begins, with the blanks or the line end before it."""
    begin = int(node.start_mark.index)
    # Comments between a field and its value on the next line stay.
    return begin if "#" in front.text[colon:begin] else colon


def _end_of(front: Front, node: Any) -> int:
    """Return where a value ends, without the line ends and comments after it."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return len(front.text[: node.end_mark.index].rstrip())
    last = node.value[-1]
    return _end_of(front, last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _drop_from_brackets(front: Front, nodes: Sequence[Any], n: int, gone: Sequence[int]) -> Edit:
    """Return the span of an item of a list in brackets with the comma after or before it."""
    if n + 1 < len(nodes):
        return _edit(front, nodes[n].start_mark.index, nodes[n + 1].start_mark.index, "")
    before = max(k for k in range(n) if k not in gone)
    return _edit(front, _end_of(front, nodes[before]), _end_of(front, nodes[n]), "")


def _new_field(front: Front, field: Field, written: str) -> Edit:
    """Return a new field as a line after the last one, named in the language of the others."""
    names = [str(key.value) for key, _ in front.fields]
    chinese = bool(names) and all(holds_chinese(name) for name in names)
    line = f"{field.label if chinese else field.key}:{' ' if written else ''}{written}\n"
    if not front.fields:
        return _edit(front, 0, 0, line)
    last = _line_end(front.text, max(_end_of(front, value) for _, value in front.fields))
    joint = "" if last < len(front.text) else "\n"
    return _edit(
        front, min(last + 1, len(front.text)), min(last + 1, len(front.text)), joint + line
    )
