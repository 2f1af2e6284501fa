from __future__ import annotations

import re
from pathlib import Path

import pytest
from bodies import render_body
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.utils import read_fixture_file

from casegen.body.emphasis import is_east_asian, is_hangul, read_delimiters

TABLE = Path(__file__).parents[2] / "tables" / "emphasis.md"

LATIN = [
    "The **co-op** grew.",
    "a **bold**word and a word**bold** too",
    "He said **“start now.”** Then they did.",
    "no**(space)**before a bracket",
    "half ** open ** marks",
    "***both* then** one, and ***one** then* both",
    "snake_case_name stays, _this_ does not, nor __that__",
    "a*b*c and 5 * 6 * 7",
    "~~gone~~, ~one~, ~~~three~~~ and a~~b~~c",
    "*a **b* c** crossing",
    "**a*b**c* odd lengths **** and *****",
    "_(in brackets)_ and (_inside_)",
    "price **$5**a and **5%**a",
    "☺\ufe0e**“x”**y and 😀**“x”**y",
]


def stock() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("strikethrough")


def ours() -> MarkdownIt:
    parser = stock()
    parser.inline.ruler.at("strikethrough", read_delimiters)
    parser.inline.ruler.at("emphasis", read_delimiters)
    return parser


@pytest.mark.parametrize(
    ("source", "html"),
    [pytest.param(source, html, id=title) for _, title, source, html in read_fixture_file(TABLE)],
)
def test_emphasis_in_chinese_text_is_read_as_the_table_says(source: str, html: str) -> None:
    bare = re.sub(r'<span class="nb">(.*?)</span>', r"\1", render_body(source, {}))
    assert bare.rstrip() == html.rstrip()


@pytest.mark.parametrize("text", LATIN)
def test_emphasis_in_latin_text_is_that_of_commonmark(text: str) -> None:
    assert ours().render(text) == stock().render(text)


@given(
    st.text(
        st.sampled_from("**__~~ \n\tab.,!?()[]“”‘’—…·$+`\\é\u00a0\u3000😀☺\ufe0f\ufe0e")
        | st.characters(exclude_categories=["Cs"]).filter(
            lambda char: not is_east_asian(char) and not char.isdigit()
        )
    )
)
@example("*\ufe0e*”*")
def test_without_digits_and_east_asian_characters_our_rule_is_the_stock_one(text: str) -> None:
    assert ours().render(text) == stock().render(text)


def test_other_parsers_of_the_process_are_left_alone() -> None:
    render_body("**好：**了", {})
    assert MarkdownIt("commonmark").render("**好：**了") == "<p>**好：**了</p>\n"


@pytest.mark.parametrize("char", "汉𠮷々〇，。：（）《》「」％Ａａｱァかㄅㄱ가㎡")
def test_han_kana_hangul_and_their_marks_are_east_asian(char: str) -> None:
    assert is_east_asian(char)


@pytest.mark.parametrize("char", "aé1%“”—…·😀🌾☺①♥\u3000 \n")
def test_latin_shared_marks_emoji_and_spaces_are_not_east_asian(char: str) -> None:
    assert not is_east_asian(char)


def test_korean_is_told_from_chinese() -> None:
    assert [char for char in "汉가ㄱかㄅﾡ，" if is_hangul(char)] == ["가", "ㄱ", "ﾡ"]
