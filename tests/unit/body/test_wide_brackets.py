"""What is meant by links and images between full-width brackets, so that all faults are told."""

import pytest

from casegen.body.prose import parse_body
from casegen.body.wide_brackets import read_as_meant


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("![图]（a.jpg）", "![图](a.jpg)"),
        ("![图]（甲)", "![图](甲)"),
        ("[附](a.pdf）", "[附](a.pdf)"),
        ("[附] （a/b）甲", "[附](a/b) 甲"),
        ("【附】（https://example.edu.cn/）", "[附](https://example.edu.cn/)"),
        ("！［图］(a.jpg)", "！[图](a.jpg)"),
        ("!［图］（a.jpg）", "![图](a.jpg)"),
        ("[节]（#做法）", "[节](#做法)"),
    ],
)
def test_what_was_meant_is_read_and_keeps_the_length_of_its_line(body, meant):
    assert read_as_meant(body).rstrip() == meant
    assert len(read_as_meant(body)) == len(body)


@pytest.mark.parametrize(
    "body",
    [
        "面积[1]（2021年）",
        "【注】（略）",
        "[甲]（乙）",
        "［^1］（b.md）",
        "[甲](b.md)",
        "![图\n]（a.jpg）",
    ],
)
def test_what_is_no_address_is_left_alone(body):
    assert read_as_meant(body) == body


def test_a_reference_that_is_meant_is_none_of_the_page():
    prose = parse_body("[真](a.md)和[附]（b.pdf）。\n\n![]（c.jpg）")
    assert [(r.kind, r.href) for r in prose.references] == [("link", "a.md")]
    assert [(r.kind, r.href, r.line, r.column) for r in prose.meant] == [
        ("link", "b.pdf", 1, 15),
        ("image", "c.jpg", 3, 5),
    ]
    assert [fault.slug for fault in prose.faults] == ["missing-alt"]


def test_a_bracket_in_a_title_closes_no_address():
    body = '![山坡](a.png "赏花（示意图）")'
    assert read_as_meant(body) == body
