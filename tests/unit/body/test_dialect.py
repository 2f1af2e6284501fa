from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.body.dialect import read_tokens
from casegen.body.prose import Heading, parse_body


def levels(text: str) -> list[int]:
    return [heading.level for heading in parse_body(text).headings]


def test_headings_have_their_level_text_anchor_and_line() -> None:
    assert parse_body("开头\n\n## 一、**做法**[链](a.pdf)\n\n成效\n---\n").headings == (
        Heading(2, "一、做法链", "一做法链", 3),
        Heading(2, "成效", "成效", 5),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 甲\n### 乙", [2, 3]),
        ("# 甲\n## 乙\n# 丙", [2, 3, 2]),
        ("## 甲\n### 乙\n# 丙\n## 丁", [2, 3, 2, 3]),
        ("# 甲\n###### 乙", [2, 6]),
        ("甲\n===\n乙\n---", [2, 3]),
        ("> # 甲\n\n- ## 乙", [2, 3]),
        ("#\n\n## 甲", [3]),
    ],
)
def test_the_page_keeps_its_only_first_level_heading(text: str, expected: list[int]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("titles", "anchors"),
    [
        (["成效", "成效", "成效"], ["成效", "成效-2", "成效-3"]),
        (["成效", "成效 2", "成效"], ["成效", "成效-2", "成效-3"]),
        (["Main Results　here"], ["s-main-results-here"]),
        (["（一）……", "！！", "？"], ["一", "s-section", "s-section-2"]),
        (["fn:1", "fnref:1"], ["s-fn1", "s-fnref1"]),
    ],
)
def test_anchors_are_readable_and_each_their_own(titles: list[str], anchors: list[str]) -> None:
    body = "\n\n".join(f"## {title}" for title in titles)
    assert [heading.anchor for heading in parse_body(body).headings] == anchors


@given(st.lists(st.text(st.sampled_from("成效 -2ab。\t"), max_size=6), max_size=8))
def test_anchors_never_recur_and_hold_no_space(titles: list[str]) -> None:
    anchors = [
        heading.anchor for heading in parse_body("\n\n".join(f"## {t}" for t in titles)).headings
    ]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor and not any(map(str.isspace, anchor)) for anchor in anchors)


def test_an_anchor_does_not_change_when_a_section_is_added_after_it() -> None:
    before = parse_body("## 成效\n\n## 成效").headings
    assert parse_body("## 成效\n\n## 成效\n\n## 成效").headings[:2] == before


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("村里修了路。\n\n又修了渠。", "村里修了路。"),
        ("## 背景\n\n![图](a.jpg)\n\n**一、缺水**\n\n村里\n**缺水**。", "村里缺水。"),
        ("**村里缺水，年年如此。**\n\n后来好了。", "村里缺水，年年如此。"),
        ("> 群众说好。\n\n- 一\n\n正文在这里。", "正文在这里。"),
        ("甲\\\n乙", "甲 乙"),
        ("- 只有列表", ""),
        ("", ""),
        ("[^1]\n\n正文[^1]。\n\n[^1]: 注。", "正文。"),
        ("```\n代码\n```", ""),
    ],
)
def test_the_opening_is_the_first_real_paragraph(text: str, opening: str) -> None:
    assert parse_body(text).opening == opening


def test_the_text_is_the_body_as_shown_a_line_for_each_block() -> None:
    body = """# 背景 *一*

村里[缺水](a.pdf)，\n共`12`户。[^1]

![图](a.jpg "老井（供图：村史馆）")

> 引用
> - 列表<br>

| 项目 | 数量 |
|---|---|
| 水窖 | 3座 |
| 只有项目 | |

```
代码
```

[^1]: 村账。

[没显示]: b.pdf
"""
    assert parse_body(body).text.split("\n") == [
        "背景 一",
        "村里缺水，共12户。",
        "老井",
        "供图：村史馆",
        "引用",
        "列表<br>",
        "项目 数量",
        "水窖 3座",
        "只有项目",
        "代码",
        "村账。",
    ]


def test_a_footnote_is_part_of_the_text_once_however_often_it_is_used() -> None:
    assert parse_body("甲[^1]乙[^1]\n\n[^1]: 村账").text == "甲乙\n村账"


def test_footnotes_may_stand_on_lines_that_follow_one_another() -> None:
    assert parse_body("甲[^1]乙[^2]\n\n[^1]: 村账\n[^2]: 县志").text == "甲乙\n村账\n县志"
    assert parse_body("甲[^1]\n\n[^1]: 村账\n接着写").text == "甲\n村账 接着写".replace(" ", "")


@pytest.mark.parametrize("mark", ["- ", "> ", "1. "])
def test_deep_levels_swallow_nothing(mark):
    deep = "\n".join(f"{' ' * len(mark) * level}{mark}第{level}层" for level in range(30))
    if mark == "> ":
        deep = "\n".join(f"{mark * level}第{level}层\n" for level in range(1, 30))
    tokens, _ = read_tokens(f"{deep}\n\n后面的话。\n")
    said = [token.content for token in tokens if token.type == "inline"]
    assert "第29层" in said[-2]
    assert said[-1] == "后面的话。"
