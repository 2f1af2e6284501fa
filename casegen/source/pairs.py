"""pairs: `name: value` in a row, where an editor wrote a mapping as plain text.

Secret: where one pair ends and the next begins, and which values need quotation marks.
Not here: which fields hold mappings (collection.case_fields), faults of YAML (recovery).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

# Fields whose value is a mapping, or a list of `name: quantity`, with their brackets.
BRACKETS = dict.fromkeys(("credits", "署名", "source", "来源", "waive", "豁免"), "{}")
BRACKETS |= dict.fromkeys(("metrics", "指标"), "[]")
_LONGEST = 200  # characters of a mapping that a hint writes out
_SOURCE = frozenset({"source", "来源"})  # is plain text as well
_SOURCE_PARTS = frozenset({"name", "名称", "url", "网址"})
_NAME = r"[^\s:：,，;；、\[\]{}\"'#]{1,20}"
_PAIR = re.compile(rf"({_NAME})[ ]*[:：](?!//)[ ]*(\S.*)", re.DOTALL)
_NEXT = re.compile(rf"[,，;；、 \u3000](?=[ ]{{0,3}}{_NAME}[ ]{{0,3}}[:：](?!//))")
_QUOTED = re.compile(r"[,\[\]{}#\"'`|]|: |:\Z|\A[&*!>%@?\-]")


def list_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of a text like `供稿：甲，编辑: 乙`; () where it has others."""
    parts = (part.strip() for part in _NEXT.split(text.strip()))
    found = [_PAIR.fullmatch(part) for part in parts if part]
    pairs = tuple((part[1], part[2].strip()) for part in found if part)
    return pairs if len(pairs) == len(found) else ()


def write_field(field: str, text: str) -> str:
    """Return the value of a field as YAML where `text` can only mean pairs; else ""."""
    if field in _SOURCE and not _SOURCE_PARTS.issuperset(name for name, _ in list_pairs(text)):
        return ""
    return write_pairs(text, BRACKETS[field]) if field in BRACKETS else ""


def write_pairs(text: str, brackets: str) -> str:
    """Return the pairs of a text as YAML on one line, within brackets; "" where it has none."""
    pairs = list_pairs(text)
    written = ", ".join(f"{_quote(name)}: {_quote(value)}" for name, value in pairs)
    return f"{brackets[0]}{written}{brackets[1]}" if pairs else ""


def are_names(items: Sequence[Any]) -> bool:
    """Return whether the items of a list are texts without a value of theirs."""
    return all(isinstance(item, str) and not list_pairs(item) for item in items)


def join_items(items: Sequence[Any]) -> str:
    """Return a list of mappings and of texts like `甲：乙` as one mapping; "" where it is none."""
    pairs: list[str] = []
    for item in items:
        if isinstance(item, str) and list_pairs(item):
            pairs.append(write_pairs(item, "{}")[1:-1])
        elif isinstance(item, dict) and all(isinstance(part, str) for part in item.values()):
            pairs += [f"{_quote(name)}: {_quote(part)}" for name, part in item.items()]
        else:
            return ""
    whole = f"{{{', '.join(pairs)}}}"
    return whole if len(whole) <= _LONGEST else ""


def needs_quotes(text: str) -> bool:
    """Return whether YAML would not read a text as it stands, in or out of brackets."""
    return bool(_QUOTED.search(text))


def _quote(text: str) -> str:
    """Return a name or a value as YAML that may stand within brackets."""
    return json.dumps(text, ensure_ascii=False) if needs_quotes(text) else text
