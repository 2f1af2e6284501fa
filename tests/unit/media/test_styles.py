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
