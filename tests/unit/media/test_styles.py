"""The styles of a drawing, rebuilt from what names no resource."""

import pytest

from casegen.media.styles import Outside, draw_declarations, draw_sheet, is_plain_value, read_names


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("#17505d", True), ("url(#shade)", True), ("rgb(1, 2, 3)", True),
        ("translate(3px) rotate(2deg)", True), ("url('#a') url(\"#b\")", True),
        ("attr(x)", False), ("calc(1px)", False), ("a;b", False), ("rgb(1", False),
        ("1" * 5000, False), ("red/* x */", False),
    ],
)  # fmt: skip
def test_a_value_may_name_parts_of_the_drawing_alone(value, plain):
    assert is_plain_value(value) is plain


@pytest.mark.parametrize(
    "value",
    [
        "url(https://example.com/a.png)", "url(a.png)", "image-set('a.png' 1x)",
        "u\\72l(a.png)", "\\75 rl(a.png)", "url (a.png)", "ur/**/l(a.png)", "javascript:x",
        "expression(alert(1))",
    ],
)  # fmt: skip
def test_a_reference_to_outside_is_seen_in_every_disguise(value):
    with pytest.raises(Outside):
        draw_declarations(f"fill: {value}", {})


def test_declarations_that_are_known_stay_and_others_are_named():
    left_out = {}
    text = (
        "FILL: red; position:absolute; -inkscape-font: x; stroke-width : 2; content:'a;b'; opacity:"
    )
    assert draw_declarations(text, left_out) == "fill:red;stroke-width:2;opacity:"
    assert list(left_out) == ["position: absolute", "content: 'a;b'"]


def test_a_sheet_keeps_its_simple_rules():
    left_out = {}
    text = (
        "@charset 'utf-8'; /* a { fill: blue } */ .a, .b > path { fill: red; left: 0 }\n"
        "@media print { .c { fill: black } } a[href] { fill: green } .d{}"
    )
    assert draw_sheet(text, left_out) == ".a, .b > path{fill:red}"
    assert list(left_out) == ["left: 0", "@media", "a[href]"]


def test_a_sheet_that_imports_another_is_refused():
    with pytest.raises(Outside):
        draw_sheet("@import 'a.css'; .a { fill: red }", {})


def test_a_mark_inside_a_string_ends_nothing():
    assert draw_declarations("font-family: 'a;b', serif; fill: red", {}) == "fill:red"
    assert draw_declarations("font-family: 'a', serif; fill: red", {}) == (
        "font-family:'a', serif;fill:red"
    )


def test_names_are_read_from_a_text():
    assert read_names(" fill  stroke\nfill ") == {"fill", "stroke"}


@pytest.mark.parametrize(
    ("value", "plain"),
    [("RGB(1, 2, 3)", True), ("url(#a b)", False), ("\\ffffff x", False)],
)
def test_functions_are_known_in_any_case_and_with_whole_arguments(value, plain):
    assert is_plain_value(value) is plain


@pytest.mark.parametrize(
    "value",
    [
        "red /* url(a.png) */",  # seen only as written
        "'/*' u/**/rl(a.png)",  # seen only where comments are cut and strings are known
        "'u/*' '*/rl(a.png)'",  # seen only by a reader who does not know strings
    ],
)
def test_a_reference_that_any_reader_could_see_is_refused(value):
    with pytest.raises(Outside):
        is_plain_value(value)


def test_a_reference_in_a_property_that_is_left_out_anyway_is_refused():
    with pytest.raises(Outside):
        draw_declarations("position: url(a.png)", {})


def test_an_escaped_quotation_mark_ends_no_string():
    left_out = {}
    assert draw_declarations(r"content: '\'; fill: red'; opacity: 1", left_out) == "opacity:1"
    assert draw_declarations(r"content: '\'/* x */'", left_out) == ""
    assert list(left_out) == [r"content: '\'; fill: red'", r"content: '\'/* x */'"]


def test_a_line_end_ends_a_string_and_a_comment_is_a_blank():
    assert draw_declarations("content: 'a\nx; opacity: 1", {}) == "opacity:1"
    assert draw_declarations("stroke-dasharray: 1/**/2", {}) == "stroke-dasharray:1 2"


def test_what_is_left_out_of_a_sheet_is_named_in_short():
    left_out = {}
    text = f"@namespace svg url(#a); {'a[b]' * 20} {{ fill: red }}"
    assert draw_sheet(text, left_out) == ""
    assert list(left_out) == [("a[b]" * 10)]
