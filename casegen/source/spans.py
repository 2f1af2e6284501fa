"""spans: where a value of the front matter is in its file, and how it is replaced by another.

Secret: how an entry is added to a list or removed, in brackets or on its own line, and where a new
field is put.
Not here: what YAML is and which of it is read (frontmatter), applying edits (files).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from casegen.chinese.characters import holds_chinese
from casegen.problem import Edit
from casegen.source import frontmatter
from casegen.source.frontmatter import Split
from casegen.source.schema import Field, quote_yaml


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


def front_of(split: Split) -> Front | None:
    """Read the fields of a front matter; None if it is no mapping or its YAML has problems."""
    if frontmatter.load_yaml(split.front, "").problems:
        return None
    node, failure = frontmatter.compose_nodes(split.front)
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
        return [set_value(front, field, f"[{', '.join(map(_item, items))}]")] if items else []
    value = found[1]
    held = items_of(value)
    new = [item for item in dict.fromkeys(items) if item not in held]
    if not new:
        return []
    if isinstance(value, yaml.ScalarNode):
        whole = ", ".join(
            [front.text[value.start_mark.index : _end_of(front, value)], *map(_item, new)]
        )
        return [_edit(front, value.start_mark.index, _end_of(front, value), f"[{whole}]")]
    if value.flow_style or not value.value:
        last = _end_of(front, value.value[-1]) if value.value else value.start_mark.index + 1
        before = ", " if value.value else ""
        return [_edit(front, last, last, before + ", ".join(map(_item, new)))]
    last = _line_end(front.text, _end_of(front, value.value[-1]))
    indent = " " * value.start_mark.column
    return [_edit(front, last, last, "".join(f"\n{indent}- {_item(item)}" for item in new))]


def remove_items(front: Front, field: Field, items: Sequence[str]) -> list[Edit]:
    """Return the edits that remove texts from a field's list."""
    found = front.find(field)
    if found is None:
        return []
    value = found[1]
    held = items_of(value)
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


def replace_text(front: Front, node: Any, text: str) -> Edit:
    """Return the edit that gives a scalar another text."""
    return _edit(front, node.start_mark.index, _end_of(front, node), _item(text))


def items_of(value: Any) -> list[str]:
    """Return the texts of a list, or the one of a scalar; an item that is no text gives ""."""
    if isinstance(value, yaml.SequenceNode):
        return [_text(item) for item in value.value]
    text = _text(value)
    return [text] if text else []


def nodes_of(value: Any) -> list[Any]:
    """Return the nodes of a field's scalars: the items of its list, or the value itself."""
    if isinstance(value, yaml.SequenceNode):
        return [item for item in value.value if isinstance(item, yaml.ScalarNode)]
    return [value] if isinstance(value, yaml.ScalarNode) and value.value else []


def _text(node: Any) -> str:
    return " ".join(str(node.value).split()) if isinstance(node, yaml.ScalarNode) else ""


def _item(text: str) -> str:
    return quote_yaml(text) or '""'


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
