"""Words that are wider than their line break within the page, and are found by a search."""

from __future__ import annotations

import re

import pypdf
import pytest
from book.reading import bare
from projects import Project, case_text


def word(name: str, count: int = 20) -> str:
    return "".join(f"{name}{at}" for at in range(count))


# Where a word stands, and how long it is: a narrow place needs a shorter one.
PLACES = {
    "Body": 30, "Code": 30, "Strong": 30, "Heading": 20, "Item": 30, "Inner": 30, "Quote": 30,
    "Listing": 30, "Cell": 9, "Note": 30, "Summary": 20, "Metric": 9, "Share": 9, "Writer": 20,
    "Title": 15, "Institution": 12, "Subtitle": 8, "Organization": 12, "Intro": 20, "Chief": 15,
    "Colophon": 20, "Host": 20, "Tag": 20,
}  # fmt: skip
W = {name: word(name, count) for name, count in PLACES.items()}
ADDRESS = "https://example.edu.cn/" + "a" * 150
LONGEST = 75  # letters that a line of 大32开 holds in small type
CASE = f"""\
种植300亩。长词{W["Body"]}在文中，`{W["Code"]}`照样，**{W["Strong"]}**也是。{ADDRESS}

## 小标题{W["Heading"]}

- {W["Item"]}
  - {W["Inner"]}

> {W["Quote"]}

```
{W["Listing"]}
```

| 名 | {W["Cell"]} | 说明 |
| -- | -- | -- |
| 甲 | 乙 | 一段很长的说明，要占好几行，看看它在表里怎样排，别挤出纸边去，再长一点。 |

末一句。[^1]

[^1]: {W["Note"]}
"""
METRICS = (
    f"[{{{W['Metric']}: 300亩}}, {{name: 总额, value: 200万元, id: all}},"
    f" {{name: {W['Share']}, value: 120万元, part_of: all}},"
    " {name: 乙, value: 80万元, part_of: all}]"
)
CONFIG = f"""\
title: 试验案例集
subtitle: {W["Subtitle"]}
organization: {W["Organization"]}
categories: {{industry: {{name: 产业, intro: {W["Intro"]}}}}}
book:
  paper: 32k
  committee: {{主编: {W["Chief"]}}}
  colophon: {{书名: {W["Colophon"]}}}
  title_page: {{承办: {W["Host"]}}}
"""


@pytest.fixture(scope="module")
def lines(shared) -> list[str]:
    """The lines of a book on 大32开 whose every field holds a long word."""

    def make(root) -> None:
        case = case_text(
            f"篇{W['Title']}",
            CASE,
            institution=W["Institution"],
            summary=W["Summary"],
            metrics=METRICS,
            tags=f"[{W['Tag']}]",
            credits=f"{{供稿: {W['Writer']}}}",
        )
        done = Project(root).write({"casegen.yml": CONFIG, "cases/a.md": case}).start("book")
        assert done.exit_code == 0, done.output

    pages = pypdf.PdfReader(shared("long-words", make) / "book/book.pdf").pages
    found = [line for page in pages for line in page.extract_text().splitlines()]
    # Without running heads and numbers of pages.
    other = re.compile(r".*……|试验案例集|\s*\d+\s*")
    return [line for line in found if not other.fullmatch(line)]


def test_no_line_is_longer_than_the_page(lines):
    assert [line for line in lines if len(line) > LONGEST and " · · " not in line] == []


@pytest.mark.parametrize("said", [*W.values(), ADDRESS], ids=[*W, "Address"])
def test_a_broken_word_has_no_sign_between_its_letters(lines, said):
    assert said in bare("".join(lines))
