"""Every regular expression of the package takes time in proportion to the text it reads."""

from __future__ import annotations

import ast
import importlib
import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from linear import fault_of
from projects import run

from casegen.chinese.figures import _compile_pattern as figure_with_unit
from casegen.chinese.quantity import LONGEST, read_quantity
from casegen.chinese.word_lists import load_words, match_any

PACKAGE = Path(__file__).parents[1] / "casegen"
FLAGS_AT = {"compile": 1, "search": 2, "match": 2, "fullmatch": 2, "findall": 2, "finditer": 2,
            "split": 3, "sub": 4, "subn": 4}  # fmt: skip
# Quadratic to the judge, and still bounded. None of these may be exponential.
BOUNDED = {
    ("body.dialect", "_COMMENT"): "runs of backticks of one length close each other, so that n "
    "characters hold at most √2n that do not close; each looks at 2,000 characters, in one line",
    ("rules.leftover", "_CODE"): "the same",
    ("collection.texts", "_NO_PROSE"): "the same",
    ("chinese.figures", "_NOISE"): "an opening <script> is read to the next <script> at most",
    ("chinese.quantity", "_READ"): "a quantity has at most LONGEST characters",
    ("chinese.quantity", "_TENTHS"): "the same",
    ("editions.language", "_CHINESE"): "a match takes all Chinese of a run without Latin letters; "
    "what is behind the last Chinese character is read once more, and there is no start in it",
    ("importers.plaintext", "_SQL_VALUE"): "matched where the value before it ended, and nowhere "
    "again: where one is no value, the reading ends",
    ("importers.places", "_OWN"): "reads the names of the divisions that come with casegen alone",
}


class Pattern(NamedTuple):
    holder: str  # the constant or the function in which it stands
    line: int
    text: str | None  # None: made of what a function is given
    flags: int
    methods: frozenset[str]


SOURCES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): (
        path.read_text("utf-8")
    )
    for path in sorted(PACKAGE.rglob("*.py"))
    if "themes" not in path.parts and path.stem != "__main__"
}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(SOURCES[module])


@cache
def methods_of_names() -> dict[str, set[str]]:
    """Name of a constant -> how it is used anywhere: match with a place begins anywhere too."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in SOURCES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                found[node.value.id].add(node.attr)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                found[node.value.attr].add(node.attr)
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "match"
                and isinstance(node.func.value, ast.Name)
                and len(node.args) > 1
            ):
                found[node.func.value.id].add("search")
    return found


def patterns(module: str) -> Iterator[Pattern]:
    home = importlib.import_module(f"casegen.{module}" if module != "__init__" else "casegen")
    yield from within(tree_of(module), home, "", inside=False)


def within(tree: ast.AST, home: ModuleType, holder: str, *, inside: bool) -> Iterator[Pattern]:
    for node in ast.iter_child_nodes(tree):
        name, deeper = holder, inside
        if isinstance(node, ast.FunctionDef):
            name, deeper = node.name, True
        elif isinstance(node, ast.Assign | ast.AnnAssign) and not inside:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            name = target.id if isinstance(target, ast.Name) else ""
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in FLAGS_AT
        ):
            yield judged(node, node.func.attr, home, name, inside=deeper)
        yield from within(node, home, name, inside=deeper)


def judged(node: ast.Call, method: str, home: ModuleType, name: str, *, inside: bool) -> Pattern:
    methods = {method}
    if method == "compile":
        methods = {"search"} if inside else methods_of_names().get(name, {"search"})
    given = [k.value for k in node.keywords if k.arg == "flags"] + node.args[FLAGS_AT[method] :]
    flags = int(value_of(given[0], home) or 0) if given else 0
    return Pattern(name, node.lineno, value_of(node.args[0], home), flags, frozenset(methods))


def value_of(node: ast.expr, home: ModuleType) -> Any:
    """What an expression is in its module; None where it needs what a function is given."""
    try:
        return eval(compile(ast.Expression(node), "", "eval"), vars(home))  # noqa: S307 our code
    except NameError:
        return None


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        (r"\d+%", "quadratic"),
        (r"(?<!\d)\d+%", ""),
        (r"\d{3}[\d.]*\s*%", "quadratic"),
        (r"x*x*y", "quadratic"),
        (r"(?:共计|共|计)*万", "exponential"),
        (r"^(?:共计|共|计)*+万", ""),
        (r"(a+)+b", "exponential"),
        (r"\[[^\]]*\]", "quadratic"),
        (r"\[[^\[\]]*\]", ""),
        (r"\s+$", "quadratic"),
        (r"(?<=\S)\s+$", ""),
        (r"<!--.*?-->", "quadratic"),
        (r"<!--[^<]*(?:<(?!!)[^<]*)*-->", ""),
        (r"\d+", ""),
    ],
)
def test_the_judge_knows_slow_patterns_from_fast_ones(pattern, fault):
    assert fault_of(pattern).partition(" ")[0] == fault


@pytest.mark.parametrize(
    "module", [name for name, text in SOURCES.items() if "\nimport re\n" in text]
)
def test_every_pattern_of_a_module_is_linear(module):
    slow = []
    for one in patterns(module):
        if one.text is None:
            continue  # judged below as it is made
        fault = fault_of(
            one.text,
            one.flags,
            searched=not one.methods <= {"match", "fullmatch"},
            whole=one.methods == {"fullmatch"},
        )
        if fault and (fault.startswith("exp") or (module, one.holder) not in BOUNDED):
            slow.append(f"{module}:{one.line} {one.holder} {fault}")
    assert not slow


@pytest.mark.long
def test_every_pattern_that_is_made_of_what_a_function_is_given_is_linear():
    later = {
        f"{module}:{one.line}"
        for module, text in SOURCES.items()
        if "\nimport re\n" in text
        for one in patterns(module)
        if one.text is None
    }
    seen, slow = set(), []
    for module, line, method, text, flags in json.loads(
        run(Path(__file__).parent / "made_later.py")
    ):
        place = f"{module}:{line}"
        if place not in later:
            continue
        seen.add(place)
        searched, whole = method not in {"match", "fullmatch"}, method == "fullmatch"
        if fault := fault_of(text, flags, searched=searched, whole=whole):
            slow.append(f"{place} {fault}")
    assert later - seen == set(), "no text of made_later.py leads there"
    assert not slow


@pytest.mark.long
def test_the_lists_of_words_hold_no_slow_pattern():
    slow = {
        heading: fault
        for heading, entries in load_words().items()
        if isinstance(entries, list) and (fault := fault_of(match_any(heading)))
    }
    assert not slow
    assert not fault_of(figure_with_unit().pattern, figure_with_unit().flags)


def test_a_quantity_of_doubled_words_is_refused_at_once():
    assert read_quantity("共计" * 30 + "吗").reason == "没有读到数字"
    assert "太长" in read_quantity("共计" * LONGEST).reason
