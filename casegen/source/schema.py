"""schema: one table of fields gives keys in two languages, parsing, template, docs, JSON Schema.

Secret: how keys as an author writes them are matched with the declared ones, and named in messages.
Not here: which fields a case or a collection has (case, project), values of a kind (kinds).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from casegen.chinese import variants
from casegen.chinese.likeness import suggest
from casegen.problem import Location, Problem, Problems, Severity

KEY = "#key"  # marks[(*path, KEY)] is where the key itself stands
_NESTED = ("lists", "source", "group")
Path: TypeAlias = tuple[str | int, ...]
Marks: TypeAlias = Mapping[Path, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its English key and Chinese label (either may be written), and what it holds.

    `kind` names a form in the module kinds; `about`, `form` and `default` are Chinese words for
    the docs; `example` is YAML for the value, and `lines` its items where `casegen new` writes each
    on a line, since commas and colons have a meaning in brackets. `parts` declares the
    keys of a nested mapping, `choices` the words an editor may offer, `names` further keys,
    `meant` words that are no keys but are typed for this one.
    """

    key: str
    label: str
    kind: str
    about: str
    form: str = ""
    required: bool = False
    default: str = ""
    example: str = ""
    lines: tuple[str, ...] = ()
    parts: tuple[Field, ...] = ()
    choices: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()


class Faults:
    """Collects the problems of one file; knows the place of each value."""

    def __init__(self, path: str, marks: Marks, found: list[Problem] | None = None) -> None:
        self.path = path
        self.marks = marks
        self.found: list[Problem] = [] if found is None else found

    def within(self, marks: Marks) -> Faults:
        """Return faults that join this list of problems, for values whose places are `marks`."""
        return Faults(self.path, marks, self.found)

    def add(
        self, rule: str, severity: Severity, message: str, at: Path = (), *, hint: str = ""
    ) -> None:
        """Add a problem with the value at a path of keys; its place is that of the nearest mark."""
        self.found.append(Problem(rule, severity, message, self.where(at), hint))

    def where(self, at: Path) -> Location:
        """Return the place of the value at a path of keys, or of the nearest part around it."""
        return locate_field(self.path, self.marks, at)

    @property
    def problems(self) -> Problems:
        """Return the problems added so far."""
        return tuple(self.found)


def locate_field(path: str, marks: Marks, at: Path) -> Location:
    """Return the place of the value at the keys `at`, or of the nearest part around it."""
    field = ".".join(str(part) for part in at if part != KEY)
    for end in range(len(at), -1, -1):
        if at[:end] in marks:
            return Location(path, *marks[at[:end]], field)
    return Location(path, field=field)


def rename_keys(
    fields: Sequence[Field], value: Mapping[str, Any], marks: Marks, faults: Faults, at: Path = ()
) -> tuple[dict[str, Any], dict[Path, tuple[int, int]]]:
    """Return values and their marks under English keys.

    A key that is unknown, or that repeats another under a second name, is reported and left out.

    Empty values (nothing, null, empty text) are left out silently: they say "not filled in".
    `faults` must know the marks as written; `at` is the path of `value` among them.
    """
    by_name = {name: f for f in fields for name in (f.key, f.label, *f.names)}
    values: dict[str, Any] = {}
    moved: dict[Path, tuple[int, int]] = {}
    written: dict[str, str] = {}
    for name, part in value.items():
        field = by_name.get(name) or by_name.get(name.strip().lower())
        if field is None:
            near = _unused(name, part, by_name) or _without_twin(
                name_nearest(name, fields), value, by_name
            )
            near = _name_metric(name, part, fields) if near.startswith(_ALL_FIELDS) else near
            faults.add(
                "unknown-field",
                Severity.WARNING,
                f"不认识的字段“{name}”",
                (*at, name, KEY),
                hint=near,
            )
            continue
        if field.key in written:
            faults.add(
                "duplicate-key",
                Severity.WARNING,
                f"“{name}”与“{written[field.key]}”是同一个字段，只取前面的",
                (*at, name, KEY),
                hint="留下一处，删去另一处",
            )
            continue
        written[field.key] = name
        nested = field.kind in _NESTED and bool(field.parts) and isinstance(part, dict)
        _move(None if nested else part, marks, ((*at, name), (field.key,)), moved)
        if nested:
            part, inner = rename_keys(field.parts, part, marks, faults, (*at, name))  # noqa: PLW2901
            moved.update({(field.key, *path): place for path, place in inner.items()})
        if part is not None and part not in ("", [], {}):
            values[field.key] = part
    return values, moved


def _without_twin(hint: str, value: Mapping[str, Any], by_name: Mapping[str, Field]) -> str:
    """Return the hint; to write a field that stands there already would be a second fault."""
    meant = by_name.get(hint.removeprefix("写成 "))
    twin = meant and next((name for name in value if by_name.get(name) is meant), "")
    return f"已有{twin}，删去这一行；或留下这一个，改名为 {twin}" if twin else hint


_ALL_FIELDS = "可用的字段："
_AMOUNT = re.compile(r"[^\d\s]{0,2}\d[\d.,，]{0,12}[^\d\s]{1,6}")


def _name_metric(name: str, value: object, fields: Sequence[Field]) -> str:
    """Return the hint for a field like no other: its value may be a quantity, as of a metric."""
    metrics = next((f for f in fields if f.key == "metrics"), None)
    if metrics and isinstance(value, str) and _AMOUNT.fullmatch(value):
        return f"若是一条指标，移到{metrics.label}（metrics）下面，写成 - {name}: {value}"
    return name_nearest(name, fields)


# Fields of other programs that make sites (Hugo, Hexo, Jekyll), which nothing here stands for.
_FOREIGN = frozenset(
    ["layout", "comments", "comment", "toc", "math", "mathjax", "katex", "top", "sticky", "hidden",
     "linktitle", "markup", "outputs", "cascade", "theme", "template", "series", "copyright",
     "password", "reward", "lang", "language", "sitemap", "robots", "seo", "mermaid"]
)  # fmt: skip


def _unused(name: str, value: object, by_name: Mapping[str, Field]) -> str:
    """Return the hint for a field of another program that has no like here; "" for any other.

    `draft: true` and `published: false` say the status, where there is one.
    """
    typed, said = name.strip().lower(), str(value).strip().lower()
    if typed == "<<":
        return "这里没有 YAML 的合并写法 <<：把里面的各项照写一遍"
    switched = typed in {"draft", "published"} and said in {"true", "false"}
    if switched and "status" in by_name:
        held_back = (typed == "draft") is (said == "true")
        return "写成 status: draft" if held_back else "删去这一行：不写就是已发布"
    foreign = (
        switched or typed in _FOREIGN or (typed == "type" and said in {"post", "posts", "page"})
    )
    return "这是别的软件的设置，这里用不着：删去这一行" if foreign else ""


def name_nearest(name: str, fields: Sequence[Field]) -> str:
    """Return a Chinese hint with the key that `name` is typed for, or the one most like it.

    The key is written in the language of `name`.
    """
    english = name.isascii()
    typed = name.strip().lower()
    typed = typed if english else variants.simplify(typed)  # 類別 is 类别
    for field in fields:
        key = field.key if english else field.label
        if typed in field.meant or typed in {field.key, field.label, *field.names}:
            return f"写成 {key}"
        for part in field.parts if field.kind == "lists" else ():
            if typed in {part.key, part.label, *part.meant}:
                return f"写在{key}里：{key}: {{{part.key if english else part.label}: 名称}}"
    known = [name for f in fields for name in ((f.key,) if english else (f.label, *f.names))]
    known = [key for key in known if key.isascii() == english]
    return name_closest(typed, known, listed=_ALL_FIELDS)


def name_closest(
    name: str, known: Iterable[str], cutoff: float = 0.5, listed: str = "可用的有："
) -> str:
    """Return a Chinese hint: the known word most like `name`, or all of them if none is like it.

    `cutoff` is the least likeness, from 0 to 1 (chinese.likeness).
    """
    every = tuple(dict.fromkeys(known))
    return suggest(name, every, cutoff) or listed + " ".join(every)


def write_template(fields: Sequence[Field], known: Mapping[str, str]) -> str:
    """Return front matter to fill in: every field with a comment that explains it.

    `known` maps keys to values written in YAML. A field that is not among them is commented out; a
    required one is left empty, so that check reports it.
    """
    lines = []
    for field in fields:
        words = [f"{field.label}{'（必填）' if field.required else ''}：{field.about}"]
        words += [f"写法：{field.form}"] * bool(field.form)
        words += [f"不写时：{field.default}"] * bool(field.default)
        lines.append("# " + "。".join(words))
        value = known.get(field.key, "")
        if value:
            lines.append(f"{field.key}: {value}")
        elif field.required:
            example = f"  # 例：{field.example}" if field.example else ""
            lines.append(f"{field.key}:{example}")
        elif field.lines:
            lines += [f"# {field.key}:", *(f"#   - {line}" for line in field.lines)]
        else:
            lines.append(f"# {field.key}: {field.example}")
    return "\n".join(lines) + "\n"


def quote_yaml(text: str) -> str:
    """Return a text as a YAML scalar, quoted if YAML would read it differently; "" stays ""."""
    plain = re.fullmatch(r"[^\W_](?:[^\x00-\x1f:#,\[\]{}\"'\\]*[^\x00-\x20:#,\[\]{}\"'\\])?", text)
    word = text.lower() in {"true", "false", "null"}
    return text if not text or (plain and not word) else json.dumps(text, ensure_ascii=False)


def _move(value: Any, marks: Marks, paths: tuple[Path, Path], moved: dict[Path, Any]) -> None:
    """Copy the marks of a value and all that is in it from one path to another."""
    source, target = paths
    for end in ((), (KEY,)):
        if source + end in marks:
            moved[target + end] = marks[source + end]
    inner = value.items() if isinstance(value, dict) else ()
    for part, below in enumerate(value) if isinstance(value, list) else inner:
        _move(below, marks, ((*source, part), (*target, part)), moved)
