from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.body import destination
from casegen.body.prose import parse_body, relink_body

SOURCE = r"""# 标题 [甲](a.pdf)

正文[甲](a.pdf "说明")和![图](<图 一.jpg>)，[套![图](b.jpg)图](c.pdf)。
> 引用里[甲]( a.pdf )，
> 第二行 [乙](
>    <b c.pdf> 'x'
> )。

1. 列表
	- 缩进[甲](a\_b.pdf)[同一行](a.pdf)

| a.pdf | 表 |
|---|---|
| a.pdf | [x\|y](a\|b.pdf) [甲](a.pdf) |

脚注[^1]与[引用][丙]、[丙]。`[码](a.pdf)`

    [码](a.pdf)

```
[码](a.pdf)
```
<https://example.org/a.pdf> \[不是](a.pdf) [^1]

[^1]: 见[甲](a.pdf)。

[丙]:
   a.pdf  "题"
[丙]: <c.pdf>
[没人用]: a.pdf
"""


def test_relinking_replaces_destinations_and_nothing_else() -> None:
    addresses = {"a.pdf": "甲/a (1).pdf", "a|b.pdf": "new|b.pdf", "b c.pdf": "bc.pdf"}
    expected = (
        SOURCE.replace("[甲](a.pdf", "[甲](<甲/a (1).pdf>")
        .replace("( a.pdf )", "( <甲/a (1).pdf> )")
        .replace("[同一行](a.pdf)", "[同一行](<甲/a (1).pdf>)")
        .replace(r"a\|b.pdf", r"<new\|b.pdf>")
        .replace("<b c.pdf>", "bc.pdf")
        .replace("   a.pdf  ", "   <甲/a (1).pdf>  ")
        .replace("[没人用]: a.pdf", "[没人用]: <甲/a (1).pdf>")
    )
    assert relink_body(SOURCE, parse_body(SOURCE), addresses.get) == expected


def test_relinking_reaches_every_destination_that_is_reported() -> None:
    moved = parse_body(relink_body(SOURCE, parse_body(SOURCE), lambda href: f"新 {href}"))
    kept = parse_body(SOURCE)
    assert [link.href for link in moved.references] == [
        link.href if link.href.startswith("https:") else f"新 {link.href}"
        for link in kept.references
    ]
    assert moved.text == kept.text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_relinking_keeps_line_ends_and_blanks(end: str) -> None:
    source = f"甲{end}[乙](a.pdf)  {end}\t {end}丙\x00[丁](a.pdf){end}"
    assert relink_body(source, parse_body(source), lambda _: "b.pdf") == source.replace(
        "a.pdf", "b.pdf"
    )


TEXTS = st.lists(
    st.sampled_from(
        [
            *"[]()<>!|\\`*#->\n\t ：“”甲",
            "[r]",
            "[r]: ",
            "[^1]",
            "[^1]: ",
            "](a.pdf)",
            "![",
            "|-|-|\n",
            "    ",
            "\n\n",
            "\r\n",
            "> ",
            "- ",
            "<a b='|'>",
            "<https://a.cn/|>",
            "\\|",
            "&amp;",
            ' "题"',
            "x.pdf",
        ]
    ),
    max_size=40,
).map("".join)


@given(TEXTS | st.text())
def test_relinking_to_nothing_gives_the_same_text(text: str) -> None:
    assert relink_body(text, parse_body(text), lambda _: None) == text


@given(TEXTS)
def test_relinking_to_the_same_destinations_changes_no_meaning(text: str) -> None:
    again = parse_body(relink_body(text, parse_body(text), lambda href: href))
    assert [link.href for link in again.references] == [
        link.href for link in parse_body(text).references
    ]
    assert again.text == parse_body(text).text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0")))
def test_a_destination_is_read_as_it_was_written(href: str) -> None:
    read = parse_body(f"[甲]({destination.write_href(href)})").references[0].href
    in_table = parse_body(f"|题|\n|-|\n|[甲]({destination.write_href(href)})|").references[0].href
    assert (read, in_table) == (href, href)
