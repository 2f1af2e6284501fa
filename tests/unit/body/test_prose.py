from __future__ import annotations

import pickle
import sys
from collections.abc import Callable
from types import FrameType

import pytest
from bodies import render_body
from hypothesis import given
from hypothesis import strategies as st

from casegen.body.dialect import remove_comments
from casegen.body.prose import (
    Fault,
    Reference,
    Sentence,
    parse_body,
    relink_body,
)
from casegen.body.template import Target

BODY = """开头见[通知](https://example.org/a "题")。

# 做法

修渠**12公里**，
引水到户。又建水窖3座。

- 第一条[表](表.xlsx)
  - 第二条；接着写

| 项目 | 面积（亩） |
|:--|--:|
| 鱼塘 | 12 |
| 茶园 | |

> ![老井][图]

[^注]

[^注]: 村账记着。

[图]: 图/井.jpg
"""


def test_every_link_and_image_is_reported_where_its_destination_is_written() -> None:
    assert parse_body(BODY).references == (
        Reference("link", "https://example.org/a", "通知", "题", 1, 9),
        Reference("link", "表.xlsx", "表", "", 8, 10),
        Reference("image", "图/井.jpg", "老井", "", 22, 6),
    )


def test_a_link_round_an_image_has_its_text() -> None:
    assert [link.text for link in parse_body("[![甲](a.jpg)乙](b.pdf)").references] == [
        "甲乙",
        "甲",
    ]


def test_web_addresses_in_angle_brackets_are_found() -> None:
    text = "甲<https://a.example>乙<b@a.example>丙<https://a.example>"
    assert [(link.href, link.column) for link in parse_body(text).references] == [
        ("https://a.example", 2),
        ("mailto:b@a.example", 22),
        ("https://a.example", 36),
    ]


def test_sentences_know_their_line_their_heading_and_in_tables_their_columns() -> None:
    assert parse_body(BODY).sentences == (
        Sentence(0, "开头见通知。", 1, -1),
        Sentence(1, "修渠12公里，引水到户。", 5, 0),
        Sentence(2, "又建水窖3座。", 6, 0),
        Sentence(3, "第一条表", 8, 0),
        Sentence(4, "第二条；", 9, 0),
        Sentence(5, "接着写", 9, 0),
        Sentence(6, "项目 面积（亩）", 11, 0, (("", "项目"), ("", "面积（亩）"))),
        Sentence(7, "鱼塘 12", 13, 0, (("项目", "鱼塘"), ("面积（亩）", "12"))),
        Sentence(8, "茶园", 14, 0, (("项目", "茶园"),)),
        Sentence(9, "村账记着。", 20, -1),
    )


def test_headings_captions_and_code_are_no_sentences() -> None:
    text = '## 标题。\n\n![图](a.jpg "图注。")\n\n```\n代码。\n```\n\n    代码。'
    assert parse_body(text).sentences == ()


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.slug, fault.line, fault.column) for fault in parse_body(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲[乙](a.pdf)![丙](b.jpg)<https://example.org>`<b>`", []),
        ("甲\n![](a.jpg)", [("missing-alt", 2, 5)]),
        ("![**](a.jpg)", []),
        ("![ ](a.jpg)", [("missing-alt", 1, 6)]),
        ("![甲](https://example.org/a.jpg)", [("unsafe-link", 1, 6)]),
        ("![甲](data:image/png;base64,AA)", [("unsafe-link", 1, 6)]),
        ("![甲](#乙)", [("unsafe-link", 1, 6)]),
        ("[甲](javascript:x) [乙](//a.example)", [("unsafe-link", 1, 5), ("unsafe-link", 1, 23)]),
        ("[甲][乙]\n\n[乙]: ftp://a.example/b", [("unsafe-link", 3, 6)]),
        ("甲<javascript:x>", [("unsafe-link", 1, 2)]),
        ("[甲]: javascript:x\n\n没有用到", []),
        ("甲\n乙<br>丙<br/>", [("raw-html", 2, 2), ("raw-html", 2, 7)]),
        ("> - <div\n>   class=x>\n\n\\<b> &lt;b&gt; 1 < 2", [("raw-html", 1, 5)]),
        ("|甲|\n|-|\n|1<br>2|", [("raw-html", 3, 3)]),
        ("## 甲\n\n#### 乙\n\n## 丙\n### 丁", [("heading-jump", 3, 1)]),
        ("### 甲", [("heading-jump", 1, 1)]),
        ("# 甲\n\n## 乙", []),
    ],
)
def test_faults_are_found_at_their_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected


def test_a_fault_says_in_chinese_what_is_wrong_and_how_to_mend_it() -> None:
    assert parse_body("[甲](ftp://a.example/b)").faults == (
        Fault(
            "unsafe-link",
            1,
            5,
            "链接“ftp://a.example/b”不能用，只显示文字",
            "只能链接 http、https、mailto、tel 地址，或项目里的相对路径",
        ),
    )


def test_lines_and_columns_are_the_same_whatever_the_line_ends() -> None:
    assert parse_body(BODY.replace("\n", "\r\n")) == parse_body(BODY)


def test_what_is_parsed_can_be_sent_to_another_process() -> None:
    prose = parse_body(BODY)
    assert pickle.loads(pickle.dumps(prose)) == prose  # noqa: S301 - our own
    assert {type(link.href) for link in prose.references} == {str}


@given(st.text() | st.text(st.sampled_from("甲乙。；“”（）[]()!*_~`#>|-\n\t <>:^1\\&;\r\0")))
def test_no_text_is_too_odd_to_parse(text: str) -> None:
    prose = parse_body(text)
    lines = text.count("\n") + text.count("\r") + 1
    assert [sentence.index for sentence in prose.sentences] == list(range(len(prose.sentences)))
    assert all(1 <= sentence.line <= lines for sentence in prose.sentences)
    assert all(sentence.heading < len(prose.headings) for sentence in prose.sentences)
    assert all(1 <= fault.line <= lines and fault.column >= 1 for fault in prose.faults)


def everything(text: str) -> None:
    prose = parse_body(text)
    marks = {sentence.index: (f"e{sentence.index}",) for sentence in prose.sentences}
    render_body(text, {"a": Target("b")}, marks)
    assert relink_body(text, parse_body(text), lambda _: None) == remove_comments(text)


def steps(work: Callable[[str], None], text: str) -> int:
    """How many calls, of Python and of C, the work takes."""
    count = 0

    def call(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(call)
    try:
        work(text)
    finally:
        sys.setprofile(None)
    return count


HOSTILE: dict[str, Callable[[int], str]] = {
    "opening brackets": lambda n: "[" * n,
    "opening images": lambda n: "![" * n,
    "nested brackets": lambda n: "[" * n + "甲" + "](a)" * n,
    "stars": lambda n: "*" * n + "甲" + "*" * n,
    "openers of emphasis": lambda n: "*甲 " * n,
    "emphasis both ways": lambda n: "甲**" * n,
    "marks of many kinds": lambda n: "*_~~甲。" * n,
    "bold before punctuation": lambda n: "**甲：**乙" * n,
    "links": lambda n: "[甲](a)" * n,
    "links to definitions": lambda n: "[甲]: a\n\n" + "[甲] " * n,
    "definitions": lambda n: "".join(f"[{number}]: a\n" for number in range(n)),
    "images": lambda n: "![甲](a)\n\n" * n,
    "addresses": lambda n: "<https://a>" * n,
    "tags": lambda n: "<b>" * n,
    "open comments": lambda n: "<!--" * n,
    "quotations left open": lambda n: "“甲。" * n,
    "quotations in quotations": lambda n: "“甲。" * n + "”" * n,
    "straight quotes": lambda n: '"甲。' * n,
    "line breaks": lambda n: "甲\n" * n,
    "the same heading": lambda n: "# 甲\n" * n,
    "cells": lambda n: "|甲|\n|-|\n" + "|[乙](a)|\n" * n,
    "uses of a footnote": lambda n: "[^1]: 甲\n\n" + "[^1] " * n,
    "footnotes": lambda n: "[^0]" + "".join(f"\n\n[^{i}]: [^{i + 1}]" for i in range(n)),
    "quotes in quotes": lambda n: "> " * n + "甲",
    "lists in lists": lambda n: "- " * n + "甲",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_a_hostile_text(name: str) -> None:
    everything(HOSTILE[name](2))
    short = steps(everything, HOSTILE[name](150))
    assert steps(everything, HOSTILE[name](300)) < 2.5 * short


@pytest.mark.full
@pytest.mark.parametrize("name", ["nested brackets", "stars", "bold before punctuation"])
def test_a_hostile_text_of_a_megabyte_is_read_to_its_end(name: str) -> None:
    unit = len(HOSTILE[name](1001)) - len(HOSTILE[name](1000))
    text = HOSTILE[name](1_000_000 // unit)
    assert len(text) > 999_000
    assert parse_body(text).text


def test_marks_between_digits_are_signs_of_multiplication():
    text = "大棚长3*4*5米，占地2**3**6亩。**重点3**后文。"
    assert parse_body(text).text == "大棚长3*4*5米，占地2**3**6亩。重点3后文。"


def test_a_blank_in_the_name_of_a_file_needs_no_mark():
    text = '![图一](图 1.jpg)\n\n[附件](a/图 1.pdf "说明")和[他](b.md "他")'
    hrefs = [reference.href for reference in parse_body(text).references]
    assert hrefs == ["图 1.jpg", "a/图 1.pdf", "b.md"]
    assert relink_body(text, parse_body(text), lambda href: href.upper()).startswith(
        "![图一](<图 1.JPG>)"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!-- 勿发 -->\n\n正文", "正文"),
        ("正文<!-- 勿发 -->后文", "正文后文"),
        ("<!-- 勿发 --> 正文", "正文"),
        ("<!--\n勿发\n\n勿发\n-->\n\n正文", "正文"),
        ("<!--\n勿发\n\n勿发\n--> 正文", "正文"),
        ("正文\n\n<!-- 勿发，忘了收尾\n勿发", "正文"),
    ],
)
def test_an_editors_comment_never_leaves_the_house(text, shown):
    prose = parse_body(text)
    assert prose.text == prose.opening == shown
    assert prose.faults == ()
    assert "勿发" not in render_body(text, {})
    assert "勿发" not in relink_body(text, parse_body(text), lambda _: None)


def test_a_comment_in_code_is_code():
    assert parse_body("`<!-- 码 -->`").text == "<!-- 码 -->"
