"""The theme's scripts run in browsers of 2018: their syntax, and the interfaces they call.

Each script is parsed by tree-sitter, whose grammar knows JavaScript of today; what a script is made
of must stand in a table of what ECMAScript 2018 has, so that syntax nobody thought of fails too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_javascript
from projects import REPOSITORY
from tree_sitter import Language, Node, Parser

SCRIPTS = sorted((REPOSITORY / "themes").glob("*/assets/*.js"))
PARSER = Parser(Language(tree_sitter_javascript.language()))

# The grammar's names for what ECMAScript 2018 (ECMA-262, 9th edition) has in scripts; no modules.
SYNTAX = """
    program comment identifier property_identifier shorthand_property_identifier
    shorthand_property_identifier_pattern statement_identifier this super true false null undefined
    number string string_fragment escape_sequence template_string template_substitution
    regex regex_pattern regex_flags
    expression_statement variable_declaration lexical_declaration variable_declarator
    statement_block if_statement else_clause switch_statement switch_body switch_case switch_default
    for_statement for_in_statement while_statement do_statement try_statement catch_clause
    finally_clause break_statement continue_statement return_statement throw_statement
    empty_statement labeled_statement debugger_statement parenthesized_expression
    function_declaration function_expression generator_function generator_function_declaration
    arrow_function formal_parameters rest_pattern class class_declaration class_heritage class_body
    method_definition call_expression new_expression arguments spread_element await_expression
    yield_expression member_expression subscript_expression assignment_expression
    augmented_assignment_expression ternary_expression binary_expression unary_expression
    update_expression sequence_expression object object_pattern assignment_pattern
    object_assignment_pattern array array_pattern pair pair_pattern computed_property_name
    meta_property
    { } ( ) [ ] ; , . : ? => ... ` ${ / " '
    = += -= *= /= %= **= <<= >>= >>>= &= ^= |= == != === !== < > <= >= + - * / % ** << >> >>> & ^ |
    ~ ! && || ++ -- in instanceof typeof void delete new var let const if else switch case default
    for of while do break continue return throw try catch finally debugger function async await
    yield class extends static get set target
"""
KINDS = frozenset(SYNTAX.split())
# Interfaces that browsers of 2020 lack, by the name they are called by, and what is done there.
LATE = re.compile(
    r"^(?:replaceAll|replaceChildren|at|findLast|findLastIndex|hasOwn|toSorted|toReversed|with"
    r"|groupBy|any|allSettled|matchAll|fromEntries|flat|flatMap|trimStart|trimEnd|showModal"
    r"|showPopover|togglePopover|checkVisibility|randomUUID|requestSubmit|startViewTransition)$"
)
GUARDED = {"showModal": "HTMLDialogElement"}  # pictures stay as they are without it


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)


def later(source: str) -> list[str]:
    """What a script has that ECMAScript 2018 does not, a line each."""
    return [
        f"{node.start_point.row + 1}: {node.type}: {text(node)[:60]}"
        for node in nodes(PARSER.parse(source.encode()).root_node)
        if node.type not in KINDS or node.is_missing or (node.is_named and is_later(node))
    ]


def text(node: Node) -> str:
    return (node.text or b"").decode()


def is_later(node: Node) -> bool:
    """Syntax that came later within a form that was there."""
    if node.type == "number":
        return re.search("_|n$", text(node)) is not None
    if node.type == "regex_flags":
        return not set(text(node)) <= set("gimsuy")
    if node.type == "catch_clause":
        return node.child_by_field_name("parameter") is None
    if node.type in {"string_fragment", "string"}:
        return re.search("[\u2028\u2029]", text(node)) is not None
    if node.type == "await_expression":
        return not within_async(node)
    return node.type == "meta_property" and text(node) != "new.target"


def within_async(node: Node) -> bool:
    above = node.parent
    while above is not None:
        if above.type in {"arrow_function", "method_definition"} or "function" in above.type:
            return any(child.type == "async" for child in above.children)
        above = above.parent
    return False


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_scripts_have_no_syntax_later_than_ecmascript_2018(script: Path) -> None:
    assert later(script.read_text("utf-8")) == []


def test_the_themes_have_scripts() -> None:
    assert len(SCRIPTS) >= 5


@pytest.mark.parametrize(
    "source",
    [
        "try { a(); } catch { b(); }",  # 2019
        "const a = b?.c;", "b?.(1);", "b?.[1];", "const a = b ?? c;",  # 2020
        "const a = 1n;", "import('x.js');", "const a = import.meta;",
        "a ||= 1;", "a &&= 1;", "a ??= 1;", "const a = 1_000;",  # 2021
        "class A { b = 1; }", "class A { #b() {} }", "class A { static {} }",  # 2022
        "const a = /x/d;", "await a;", "if (#b in c) d();",
        "#!/usr/bin/env node\na();",  # 2023
        "const a = /[x--y]/v;",  # 2024
        "using a = b;", "@c class A {}", "const a = <b />;", "export const a = 1;",
        "const a = 'x\u2028y';", "const a = ;",
    ],
)  # fmt: skip
def test_later_syntax_is_found(source: str) -> None:
    assert later(source)


@pytest.mark.parametrize(
    "source",
    [
        "const { a, ...rest } = { ...b, c };",
        "async function* a() { for await (const b of c) yield b; }",
        r"const a = /(?<=x)(?<year>\d{4})\p{Script=Han}/su;",
        "class A extends B { static async c() { return super.c(); } get d() { return 1; } }",
        "async () => { await a; };",
        "function a(b, c = 1, ...d) { new.target; return b ** c; }",
        "try { a(); } catch (error) { b(); } finally { c(); }",
        "const a = `x${b}`; switch (a) { case 1: break; default: }",
        "const get = 1; x: for (const a of [get, ...b]) { continue x; }",
    ],
)
def test_syntax_of_2018_is_let_through(source: str) -> None:
    assert later(source) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_scripts_call_nothing_that_browsers_of_2020_lack(script: Path) -> None:
    source = script.read_text("utf-8")
    called = {
        text(node)
        for node in nodes(PARSER.parse(source.encode()).root_node)
        if node.type == "property_identifier" and node.parent.parent.type == "call_expression"
    }
    for name in filter(LATE.match, called):
        assert name in GUARDED, name
        assert f"window.{GUARDED[name]}" in source
