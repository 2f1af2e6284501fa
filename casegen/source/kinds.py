"""kinds: values of declared fields, read by their kind; all faults at once, in Chinese.

Secret: the accepted spellings of each kind of field.
Not here: which fields there are (case, project) and what their values mean together (case).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from casegen.chinese import pinyin
from casegen.chinese.characters import HAN, PUNCTUATION
from casegen.chinese.numeral import read_chinese_number
from casegen.source.dates import Month, propose_date
from casegen.source.pairs import are_names, join_items, list_pairs, write_pairs
from casegen.source.periods import propose_period
from casegen.source.schema import Field, Marks, Path

_CHINESE = f"[{HAN}{PUNCTUATION}]"
_LINE_BREAK = re.compile(rf"(?<={_CHINESE})[ \t]*\n\s{{0,99}}(?={_CHINESE})|(?<!\s)\s+\Z|\A\s+")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WIDE_SIGNS = str.maketrans("：／．。", ":/..")
_LONGEST_SLUG = 60
_SHOWN = 40  # characters of a value that a hint writes out
_LEVELS = frozenset(
    ["省", "省份", "自治区", "市", "州", "县", "区", "县区", "区县", "乡", "镇", "乡镇", "街道",
     "村", "province", "city", "county", "district", "town", "township", "village"]
)  # fmt: skip
_ON = frozenset(["是", "真", "开", "yes", "on", "true", "y", "1", "要"])
_OFF = frozenset(["否", "假", "关", "no", "off", "false", "n", "0", "不", "不要"])
_PERIOD = re.compile(r"([0-9]{4})年?(?:(?:-|—+|–|~|～|－|至|到)([0-9]{4})年?)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that its field does not take; `at` is the path of keys."""

    at: Path
    message: str
    hint: str


class WrongValueError(Exception):
    """A value that its kind does not take: what is wrong, and how to mend it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_fields(
    fields: Sequence[Field], values: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the well-formed values, typed as `fields` say, and a fault for each other one.

    Keys are the English ones. A field without a value is not in the answer, required or not.
    """
    typed: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in fields:
        if field.key not in values:
            continue
        try:
            typed[field.key], wrong = _read_value(field, values[field.key])
        except WrongValueError as error:
            wrong = [Fault((), error.message, error.hint)]
        faults += [replace(fault, at=(field.key, *fault.at)) for fault in wrong]
    return typed, faults


def _read_value(field: Field, value: Any) -> tuple[Any, list[Fault]]:
    """Return a value by its kind; raises WrongValueError where nothing of it can be used."""
    if field.kind in _LISTS and not (field.kind == "choices" and isinstance(value, list)):
        return _LISTS[field.kind](value, field)
    if field.parts and field.kind in _NESTED and isinstance(value, dict):
        inner, wrong = read_fields(field.parts, value)
        return _NESTED[field.kind](inner), wrong
    labelled = field.kind == "source" and isinstance(value, str) and _has_names(value, field.parts)
    if isinstance(value, list) and value and field.kind in _MAPPINGS | {"choices"}:
        raise WrongValueError("应写成“名称: 值”的样子，不分项", _propose_joined(field, value))
    if isinstance(value, str) and (labelled or field.kind in _MAPPINGS):
        raise WrongValueError("应写成“名称: 值”的样子", _propose_mapping(field, value))
    return _KINDS[field.kind](value), []


def place_items(
    fields: Sequence[Field], values: Mapping[str, Any], typed: Mapping[str, Any], marks: Marks
) -> dict[Path, tuple[int, int]]:
    """Return the marks of the items of lists as they were read: empty and repeated ones are gone.

    The arguments are those and the first answer of `read_fields`, and the marks of the values.
    """
    moved: dict[Path, tuple[int, int]] = {}
    for field in fields:
        value = values.get(field.key)
        if field.key not in typed:
            continue
        if field.kind == "lists" and isinstance(value, dict):
            inner = place_items(field.parts, value, dict(typed[field.key]), _below(marks, field))
            moved |= {(field.key, *at): place for at, place in inner.items()}
        elif field.kind == "texts" and isinstance(value, list):
            first: dict[str, Path] = {}
            for at, item in _flat(value):
                if item is not None:
                    first.setdefault(_text(item), at)
            for number, text in enumerate(typed[field.key]):
                if (field.key, *first[text]) in marks:
                    moved[field.key, number] = marks[field.key, *first[text]]
    return moved


def _below(marks: Marks, field: Field) -> dict[Path, tuple[int, int]]:
    return {at[1:]: place for at, place in marks.items() if at[:1] == (field.key,)}


def make_json_schema(fields: Sequence[Field], title: str) -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) with each field under its key and its Chinese label."""
    properties: dict[str, Any] = {}
    for field in fields:
        for name in (field.key, field.label, *field.names):
            properties[name] = _described(field)
    required = [
        {"anyOf": [{"required": [name]} for name in (field.key, field.label)]}
        for field in fields
        if field.required
    ]
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["allOf"] = required
    return schema


def _described(field: Field) -> dict[str, Any]:
    shape = dict(_SHAPES[field.kind])
    if field.parts and "object" in str(shape):
        parts = {
            name: _described(part)
            for part in field.parts
            for name in (part.key, part.label, *part.names)
        }
        inner = {"type": "object", "properties": parts, "additionalProperties": False}
        if field.kind == "source":
            shape = {"anyOf": [{"type": "string"}, inner]}
        elif field.kind == "metrics":
            short = {"type": "object", "additionalProperties": {"type": ["string", "number"]}}
            items = {"type": "array", "items": {"anyOf": [inner, short]}}
            shape = {"anyOf": [items, short]}
        else:
            shape = inner
    if field.choices:
        shape["examples"] = list(field.choices)
    words = [field.label, field.about, field.form and f"写法：{field.form}"]
    if field.default:
        words.append(f"不写时：{field.default}")
    return shape | {"description": "。".join(w.rstrip("。") for w in words if w)}


# --- kinds -----------------------------------------------------------------------------------


def _text(value: object) -> str:
    if isinstance(value, bool):
        word = str(value).lower()
        raise WrongValueError(
            f"应写文字，这里读到的是开关 {word}", f'若就是要写 {word}，请加引号："{word}"'
        )
    if isinstance(value, list):
        parts = [str(part) for part in value if isinstance(part, (str, int, float))]
        whole = "，".join(parts) if len(parts) == len(value) else ""
        hint = f"写成 {whole}" if whole and len(whole) <= _SHOWN else "去掉方括号或减号，写成一行"
        raise WrongValueError("应写一段文字，这里写成了几项", hint)
    if not isinstance(value, str):
        raise WrongValueError(
            "应写一段文字，这里写成了“名称: 值”", "值里有“: ”时，把整个值用引号括起来"
        )
    return " ".join(_LINE_BREAK.sub("", value).split())


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if isinstance(value, dict) and (path := _place(value)):
        raise WrongValueError("各级地名要连成一项", f"写成 [{path}]")
    if not isinstance(value, list):
        raise WrongValueError("应写一项或几项文字", "写成 [甲, 乙]，或每行一项：- 甲")
    items = []
    for _, item in _flat(value):
        if isinstance(item, dict) and [*item.values()] == [None]:
            raise WrongValueError("其中一项末尾多了冒号", f"写成 - {next(iter(item))}")
        if isinstance(item, dict) and (path := _place(item)):
            raise WrongValueError("各级地名要连成一项", f"写成 - {path}")
        if isinstance(item, (list, dict)):
            raise WrongValueError("其中一项不是文字", "每项只写文字；有“: ”时用引号括起来")
        if item is not None:
            items.append(_text(item))
    return tuple(dict.fromkeys(item for item in items if item))


def _place(value: Mapping[str, Any]) -> str:
    """Return the levels of a place that each have a name, {省: 甲, 市: 乙}, as one path; or ""."""
    if not _LEVELS.issuperset(str(name).lower() for name in value):
        return ""
    return "/".join(" ".join(str(part).split()) for part in value.values() if part is not None)


def _flat(value: Sequence[Any]) -> Iterator[tuple[Path, Any]]:
    """Yield the items of a list with their keys.

    A hint says 写成 [甲, 乙]; an editor may write that where one item of the list was.
    """
    for number, item in enumerate(value):
        if isinstance(item, list):
            yield from (((number, inner), part) for inner, part in enumerate(item))
        else:
            yield (number,), item


def _month(value: object) -> dt.date:
    """Return a day, or a month without a day."""
    text = _text(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
        return _day(text, months=True)
    try:
        day = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise WrongValueError(f"没有“{text}”这个月", "写真实的年-月，如 2023-11") from None
    return Month(day.year, day.month, 1)


def _date(value: object) -> dt.date:
    return _day(_text(value), months=False)


def _day(text: str, *, months: bool) -> dt.date:
    """Return the day that a text writes in full; WrongValueError proposes how to write it."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text)
    raise WrongValueError(*propose_date(text, months=months))


def _period(value: object) -> tuple[int, int]:
    if isinstance(value, list):
        raise WrongValueError(
            "应写一段时间，这里写成了几项", propose_period(" ".join(map(str, value)))
        )
    text = _text(value).translate(_DIGITS).replace(" ", "")
    found = _PERIOD.fullmatch(text)
    if not found or found[1] == "0000":
        raise WrongValueError(f"时段“{text}”的写法不对", propose_period(text))
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise WrongValueError(f"时段“{text}”前后颠倒", f"写成 {last}-{first}")
    return first, last


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        said = str(value).strip().lower()
        hint = "写成 true" if said in _ON else "写成 false" if said in _OFF else ""
        raise WrongValueError(
            f"“{value}”不是开关", hint or "只写 true（是）或 false（否），不加引号"
        )
    return value


def _number(value: object) -> Decimal:
    text = _text(value)
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        plain = unicodedata.normalize("NFKC", text).removeprefix("第").rstrip("号位个篇.。、")
        digits = re.fullmatch("[0-9]{1,12}", plain)
        meant = int(plain) if digits else read_chinese_number(plain)
        hint = "只写一个数字，如 1 或 2.5" if meant is None else f"写成 {meant}"
        raise WrongValueError(f"“{text}”不是数字", hint)
    return Decimal(text)


def _color(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"#(?:[0-9A-Fa-f]{3}){1,2}", text):
        raise WrongValueError(f"颜色“{text}”写法不对", '写成 "#b5472f" 这样，要加引号')
    return text


def _link(value: object) -> str:
    text = _text(value)
    if not _is_url(text):
        # A Chinese keyboard gives the wide signs: http：／／.
        plain = text.translate(_WIDE_SIGNS)
        bare = re.match(r"(?:[a-z]+:/*)?([\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?)$", plain)
        scheme = "http" if re.match(r"http:", plain) else "https"
        hint = f"写成 {scheme}://{bare[1]}" if bare else "写成 https://… 或 http://…"
        raise WrongValueError(f"网址“{text}”的写法不对", hint)
    return text


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", text)


def _contact(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", text) and not (
        text.startswith("https://") and _is_url(text)
    ):
        raise WrongValueError(f"“{text}”不能用来报错", "写成 mailto:邮箱 或 https://…")
    return text


def _slug(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?", text):
        name = re.sub(r"\.(?:html?|md)$", "", text.strip("/").rpartition("cases/")[2])
        meant = pinyin.make_stem(name, _LONGEST_SLUG)
        rule = "只用英文字母、数字和 -，不超过 60 个，如 shuitai-congjiang"
        raise WrongValueError(f"网址名“{text}”的写法不对", f"写成 {meant}" if meant else rule)
    return text


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise WrongValueError("应写成“名称: 值”的样子", "写成 {名称: 值}，或每行一条，前面缩进两格")
    return value


def _has_names(text: str, parts: Sequence[Field]) -> bool:
    """Return whether a text is made of pairs that are named like these parts of a mapping."""
    names = {name for part in parts for name in (part.key, part.label)}
    found = list_pairs(text)
    return bool(found) and all(name in names for name, _ in found)


def _propose_mapping(field: Field, text: str) -> str:
    """Return how to write a mapping for what is written as one text."""
    if whole := write_pairs(text, "{}"):
        return f"写成 {whole}"
    if field.kind == "words" and len(text) < _WORD:
        return _propose_words(field, [text])
    if field.kind == "lists" and field.parts:  # a value without the name of its part
        names = [part.label for part in field.parts]
        role, _, rest = text.partition(" ")
        if role in names and rest.strip():  # 供稿 甲处
            return f"写成 {{{role}: {rest.strip()}}}"
        return f"写成 {{{names[0]}: {text}}}；{names[0]}也可以是 {'、'.join(names[1:])}"
    return "写成 {名称: 值}，或每行一条，前面缩进两格"


def _propose_joined(field: Field, items: Sequence[Any]) -> str:
    """Return how to write a mapping for a list of its parts: - 甲: 乙, - 甲：乙, or only - 甲."""
    if field.kind in {"words", "choices"} and are_names(items):
        return _propose_words(field, items)
    return f"写成 {join_items(items) or '{名称: 值}，或去掉各项前面的“- ”，每行一条，缩进两格'}"


def _propose_words(field: Field, names: Sequence[str]) -> str:
    """Return how to write names without their values, by the field's form: {规则名: 理由}."""
    part = field.form.strip("{}").partition(": ")[2] or "值"
    return f"写成 {{{', '.join(f'{name}: {part}' for name in names)}}}，“{part}”换成要写的"


def _words(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((key, "" if part is None else _text(part)) for key, part in _table(value).items())


def _pairs(value: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(value.items())


def _rows(value: object) -> tuple[tuple[str, str], ...]:
    """Return lines of a text, items of a list, or names with one or more values, each as a pair."""
    if isinstance(value, dict):
        return tuple(
            (key, "、".join(_texts(part)) if isinstance(part, list) else _text(part))
            for key, part in value.items()
            if part is not None
        )
    if isinstance(value, list):
        return tuple(row for item in value for row in (_rows(item) if item is not None else ()))
    if isinstance(value, str):
        return tuple(("", line.strip()) for line in value.splitlines() if line.strip())
    return (("", _text(value)),)


def _source(value: object) -> dict[str, Any]:
    return {"name": _text(value)} if isinstance(value, (str, bool)) else _table(value)


def _any(value: object) -> object:
    return value


def _read_pairs(value: Any, _field: Field) -> tuple[tuple[tuple[str, str], ...], list[Fault]]:
    """Return the pairs of a list of `label: text`, or of one mapping; other items are faults."""
    found: list[tuple[str, str]] = []
    faults: list[Fault] = []
    entries = value if isinstance(value, list) else [value]
    for number, entry in enumerate(entries):
        pairs = entry.items() if isinstance(entry, dict) else [(None, None)]
        for label, text in pairs:
            if isinstance(label, str) and isinstance(text, str):
                found.append((label, text))
            else:
                at: Path = (number,) if isinstance(value, list) else ()
                faults.append(
                    Fault(at, "这一项写法不对，已略去", "写成“- 文字: 页面”，如 - 关于: about")
                )
    return tuple(found), faults


def _read_choices(value: Any, field: Field) -> tuple[dict[str, str], list[Fault]]:
    """Return a mapping of names to one of the field's choices."""
    if not isinstance(value, dict):
        raise WrongValueError("写法不对", f"写成 {field.form}")
    found = {name: word for name, word in value.items() if word in field.choices}
    hint = f"只写 {'、'.join(field.choices)} 之一"
    return found, [
        Fault((name,), f"“{name}”的值写法不对", hint) for name in value if name not in found
    ]


_KINDS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text,
    "texts": _texts,
    "date": _date,
    "month": _month,
    "period": _period,
    "switch": _switch,
    "number": _number,
    "color": _color,
    "link": _link,
    "contact": _contact,
    "slug": _slug,
    "table": _table,
    "words": _words,
    "lists": _table,
    "rows": _rows,
    "group": _table,
    "source": _source,
    "metrics": _any,
}

# Kinds whose entries are read one by one, with a fault for each wrong entry.
_LISTS: Mapping[str, Callable[[Any, Field], tuple[Any, list[Fault]]]] = {
    "pairs": _read_pairs,
    "choices": _read_choices,
}

_WORD = 60  # characters of a name in a hint
_MAPPINGS = frozenset({"table", "words", "lists", "group"})

# Kinds whose mapping is checked part by part, and the function that combines the parts.
_NESTED: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "lists": _pairs,
    "source": dict,
    "group": dict,
}

_STRINGS = {"type": "array", "items": {"type": ["string", "number"]}}
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": ["string", "number"]},
    "texts": {"anyOf": [{"type": ["string", "number"]}, _STRINGS]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "month": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"},
    "period": {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{4})?$"},
    "switch": {"type": "boolean"},
    "number": {"type": "number"},
    "link": {"type": "string", "pattern": "^https?://"},
    "contact": {"type": "string", "pattern": "^(mailto:|https://)"},
    "slug": {"type": "string", "pattern": "^[A-Za-z0-9]([A-Za-z0-9-]{0,58}[A-Za-z0-9])?$"},
    "table": {"type": "object"},
    "words": {"type": "object", "additionalProperties": {"type": "string"}},
    "lists": {"type": "object", "additionalProperties": True},
    "rows": {"type": ["string", "number", "array", "object"]},
    "group": {"type": "object"},
    "source": {"type": ["string", "object"]},
    "metrics": {"type": ["array", "object"]},
    "color": {"type": "string", "pattern": "^#([0-9A-Fa-f]{3}){1,2}$"},
    "pairs": {},
    "choices": {"type": "object"},
}
