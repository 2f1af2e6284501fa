"""Values of declared fields: pydantic models at the edge, all faults at once, in Chinese.

Secret: the accepted spellings of each kind of field, and pydantic itself. Imported only when
something must be parsed, because pydantic takes a tenth of a second to import.
Not here: which fields there are (case, project) and what their values mean together (case).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, create_model
from pydantic import Field as Option
from pydantic_core import PydanticCustomError

from casegen.source.schema import Field, Path


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that its field does not take; `at` is the path of keys."""

    at: Path
    message: str
    hint: str


def check(fields: Sequence[Field], values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The values that are well formed, as typed values, and a fault for each that is not.

    Keys are canonical. A field that is absent is absent from the answer, required or not.
    """
    nested: dict[str, Any] = {}
    faults: list[Fault] = []
    for field in fields:
        value = values.get(field.key)
        if field.parts and field.kind in _NESTED and isinstance(value, dict):
            inner, wrong = check(field.parts, value)
            nested[field.key] = _NESTED[field.kind](inner)
            faults += [replace(fault, at=(field.key, *fault.at)) for fault in wrong]
    model = _model(tuple(fields))
    wanted = {f.key: values[f.key] for f in fields if f.key in values and f.key not in nested}
    try:
        read = model.model_validate(wanted)
    except ValidationError as error:
        wrong = [_fault(dict(found)) for found in error.errors(include_url=False)]
        for fault in wrong:
            wanted.pop(str(fault.at[0]), None)
        faults += wrong
        read = model.model_validate(wanted)
    return nested | {key: getattr(read, key + "_") for key in wanted}, faults


def json_schema(fields: Sequence[Field], title: str) -> dict[str, Any]:
    """A JSON Schema for editors: every field under its English key and its Chinese label."""
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


def _wrong(message: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("casegen", "{message}", {"message": message, "hint": hint})


def _text(value: object) -> str:
    if isinstance(value, bool):
        word = str(value).lower()
        raise _wrong(f"应写文字，这里读到的是开关 {word}", f'若就是要写 {word}，请加引号："{word}"')
    if isinstance(value, list):
        raise _wrong("应写一段文字，这里写成了几项", "去掉方括号或减号，写成一行")
    if not isinstance(value, str):
        raise _wrong("应写一段文字，这里写成了“名称: 值”", "值里有“: ”时，把整个值用引号括起来")
    return " ".join(_LINE_BREAK.sub("", value).split())


_CHINESE = r"[\u2014-\u2026\u3000-\u9fff\uff00-\uffef]"
_LINE_BREAK = re.compile(rf"(?<={_CHINESE})[ \t]*\n\s*(?={_CHINESE})|\s+\Z|\A\s+")


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise _wrong("应写一项或几项文字", "写成 [甲, 乙]，或每行一项：- 甲")
    items = []
    for item in value:
        if isinstance(item, (list, dict)):
            raise _wrong("其中一项不是文字", "每项只写文字；有“: ”时用引号括起来")
        if item is not None:
            items.append(_text(item))
    return tuple(dict.fromkeys(item for item in items if item))


_LOOSE_DATE = re.compile(
    r"(\d{4})\s*[-/.年—–]\s*(\d{1,2})\s*[-/.月—–]\s*(\d{1,2})\s*日?(?:[T ].*)?"
)


def _date(value: object) -> dt.date:
    text = _text(value)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise _wrong(f"没有“{text}”这一天", "写真实的年-月-日，如 2023-11-05") from None
    hint = "写成 年-月-日，如 2023-11-05"
    loose = _LOOSE_DATE.fullmatch(text.translate(_DIGITS))
    if loose:
        hint = f"写成 {loose[1]}-{int(loose[2]):02}-{int(loose[3]):02}"
    raise _wrong(f"日期“{text}”的写法不对", hint)


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_PERIOD = re.compile(r"([0-9]{4})年?(?:(?:-|—+|–|~|～|－|至|到)([0-9]{4})年?)?")


def _period(value: object) -> tuple[int, int]:
    text = _text(value).translate(_DIGITS).replace(" ", "")
    found = _PERIOD.fullmatch(text)
    if not found or found[1] == "0000":
        raise _wrong(f"时段“{text}”的写法不对", "写成 2021 或 2021-2023")
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        raise _wrong(f"时段“{text}”前后颠倒", f"写成 {last}-{first}")
    return first, last


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong(f"“{value}”不是开关", "只写 true（是）或 false（否），不加引号")
    return value


def _number(value: object) -> Decimal:
    text = _text(value)
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        raise _wrong(f"“{text}”不是数字", "写成 1 或 2.5 这样的数字")
    return Decimal(text)


def _link(value: object) -> str:
    text = _text(value)
    if not _is_url(text):
        raise _wrong(f"网址“{text}”的写法不对", "写成 https://… 或 http://…")
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
        raise _wrong(f"“{text}”不能用来报错", "写成 mailto:邮箱 或 https://…")
    return text


def _slug(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?", text):
        raise _wrong(
            f"网址名“{text}”的写法不对",
            "只用英文字母、数字和 -，不超过 60 个，如 shuitai-congjiang",
        )
    return text


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong("应写成“名称: 值”的样子", "写成 {名称: 值}，或每行一条，前面缩进两格")
    return value


def _words(value: object) -> tuple[tuple[str, str], ...]:
    return tuple((key, "" if part is None else _text(part)) for key, part in _table(value).items())


def _pairs(value: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(value.items())


def _source(value: object) -> dict[str, Any]:
    return {"name": _text(value)} if isinstance(value, (str, bool)) else _table(value)


def _any(value: object) -> object:
    return value


_KINDS: Mapping[str, Any] = {
    "text": Annotated[str, BeforeValidator(_text)],
    "texts": Annotated[tuple[str, ...], BeforeValidator(_texts)],
    "date": Annotated[dt.date, BeforeValidator(_date)],
    "period": Annotated[tuple[int, int], BeforeValidator(_period)],
    "switch": Annotated[bool, BeforeValidator(_switch)],
    "number": Annotated[Decimal, BeforeValidator(_number)],
    "link": Annotated[str, BeforeValidator(_link)],
    "contact": Annotated[str, BeforeValidator(_contact)],
    "slug": Annotated[str, BeforeValidator(_slug)],
    "table": Annotated[dict[str, Any], BeforeValidator(_table)],
    "words": Annotated[tuple[tuple[str, str], ...], BeforeValidator(_words)],
    "lists": Annotated[dict[str, Any], BeforeValidator(_table)],
    "source": Annotated[dict[str, Any], BeforeValidator(_source)],
    "metrics": Annotated[Any, BeforeValidator(_any)],
    "any": Annotated[Any, BeforeValidator(_any)],
}

# kinds whose mapping is checked part by part, and what is made of the parts
_NESTED: Mapping[str, Callable[[dict[str, Any]], Any]] = {"lists": _pairs, "source": dict}

_STRINGS = {"type": "array", "items": {"type": ["string", "number"]}}
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "text": {"type": ["string", "number"]},
    "texts": {"anyOf": [{"type": ["string", "number"]}, _STRINGS]},
    "date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "period": {"type": ["string", "integer"], "pattern": "^[0-9]{4}(-[0-9]{4})?$"},
    "switch": {"type": "boolean"},
    "number": {"type": "number"},
    "link": {"type": "string", "pattern": "^https?://"},
    "contact": {"type": "string", "pattern": "^(mailto:|https://)"},
    "slug": {"type": "string", "pattern": "^[A-Za-z0-9]([A-Za-z0-9-]{0,58}[A-Za-z0-9])?$"},
    "table": {"type": "object"},
    "words": {"type": "object", "additionalProperties": {"type": "string"}},
    "lists": {"type": "object", "additionalProperties": True},
    "source": {"type": ["string", "object"]},
    "metrics": {"type": ["array", "object"]},
    "any": {},
}


@cache
def _model(fields: tuple[Field, ...]) -> type[BaseModel]:
    """A model of the fields given; attribute names end in _ so that none is one of BaseModel's."""
    options: dict[str, Any] = {
        f.key + "_": (_KINDS[f.kind], Option(None, validation_alias=f.key)) for f in fields
    }
    config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
    return create_model("Fields", __config__=config, **options)


def _fault(found: dict[str, Any]) -> Fault:
    context = found.get("ctx") or {}
    at = tuple(found["loc"])
    message = context.get("message") or f"这个值不合要求：{found['input']!r:.40}"
    return Fault(at, str(message), str(context.get("hint") or "对照手册里这个字段的写法"))
