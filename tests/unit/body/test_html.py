from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from bodies import render_body
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from casegen.body.html import keep_unbroken
from casegen.body.prose import parse_body
from casegen.body.template import BodyWords, Target

TABLE = Path(__file__).parents[2] / "tables" / "markup.md"
LINKS = {
    "图/茶园.jpg": Target(
        "../files/tea.jpg", srcset="../files/tea-2.jpg 2x", width=800, height=600
    ),
    "片/茶.mp4": Target(
        "../files/tea.mp4",
        width=800,
        height=600,
        plays="video",
        poster="../files/tea.jpg",
        captions="../files/tea.vtt",
    ),
    "附件/章程.pdf": Target("../files/rules.pdf", note="PDF，1.2 MB"),
}
WORDS = BodyWords("表格 {number}", "注释", "注 {number}", "回到正文 {number}", captions="字幕")


class Page(HTMLParser):
    """Reads HTML strictly: every element closed in order; gathers ids, links, evidence."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.unclosed: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.fragments: list[str] = []
        self.evidence: dict[str, str] = {}
        self.first_id = ""
        self.feed(html)
        self.close()
        assert self.unclosed == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if name := found.get("id"):
            self.ids.append(name)
        if (href := found.get("href") or "").startswith("#"):
            self.fragments.append(href[1:])
        if found.get("class") == "evidence" and name:
            self.first_id = name
        if tag not in {"br", "hr", "img", "wbr"}:
            self.unclosed.append((tag, found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = [attrs.get("class") for _, attrs in self.unclosed]
        if "evidence" in classes and not {"link-note", "footnote-ref"} & {*classes}:
            self.evidence[self.first_id] = self.evidence.get(self.first_id, "") + data


@pytest.mark.parametrize(
    ("source", "html"),
    [pytest.param(source, html, id=title) for _, title, source, html in read_fixture_file(TABLE)],
)
def test_the_body_becomes_the_html_of_the_table(source: str, html: str) -> None:
    assert render_body(source, LINKS, {}, WORDS).rstrip() == html.rstrip()


def test_labels_without_words_are_left_out() -> None:
    html = render_body("|甲|\n|-|\n|乙|\n\n丙[^1]\n\n[^1]: 丁", {})
    assert "aria-label" not in html
    assert '<div class="table-scroll" tabindex="0">' in html


def test_no_style_attribute_is_written() -> None:
    assert "style=" not in render_body("|甲|乙|丙|\n|:-|:-:|-:|\n|1|2|3|", {})


def test_a_sentence_is_marked_with_all_its_ids() -> None:
    assert render_body("甲。乙。丙。", {}, {1: ("a", "b", "c")}) == (
        '<p>甲。<span class="evidence" id="a"><span id="b"></span><span id="c"></span>乙。</span>'
        "丙。</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**甲**乙。丙", "[**甲**乙。][丙]"),
        ("**甲。**乙", "[**甲。**][乙]"),
        ("甲。**乙**", "[甲。][**乙**]"),
        ("**甲。乙**丙。丁", "**[甲。][乙]**[丙。][丁]"),
        ("甲**乙。丙**丁。", "[甲]**[乙。][丙]**[丁。]"),
        ("甲**乙~~丙。丁~~戊**己。", "[甲]**[乙]~~[丙。][丁]~~[戊]**[己。]"),
        ("甲~~乙**丙**~~丁。", "[甲~~乙**丙**~~丁。]"),
        ("甲`乙。丙`丁。", "[甲`乙。`][`丙`丁。]"),
        ("甲\n**乙。**\n丙。", "[甲**乙。**][丙。]"),
    ],
)
def test_a_mark_is_cut_where_it_would_cross_an_element(text: str, shown: str) -> None:
    html = render_body(text, {}, dict.fromkeys(range(5), ("e",)))
    for pattern, sign in (
        (r'<span class="evidence"[^>]*>', "["),
        ("</span>", "]"),
        ("</?strong>", "**"),
        ("</?s>", "~~"),
        ("</?code>", "`"),
        ("</?p>", ""),
    ):
        html = re.sub(pattern, sign, html)
    assert html.strip() == shown


def test_the_id_stands_on_the_first_piece_of_a_sentence_only() -> None:
    assert render_body("甲**乙。丙**丁。", {}, {1: ("x",)}) == (
        '<p>甲<strong>乙。<span class="evidence" id="x">丙</span></strong>'
        '<span class="evidence">丁。</span></p>\n'
    )


def test_a_row_of_a_table_is_marked_as_a_whole() -> None:
    html = render_body("|项目|数|\n|-|-|\n|水窖|3座|", {}, {1: ("x", "y")})
    assert '<tr class="evidence" id="x">\n<td><span id="y"></span>水窖</td>' in html


def test_marks_that_name_no_sentence_change_nothing() -> None:
    assert render_body("甲。", {}, {7: ("x",)}) == render_body("甲。", {})


PIECES = st.lists(
    st.sampled_from(
        [
            *"**_~`[]()!|<>\\#\n\t ：；。，？甲乙",
            "**甲**",
            "“丙。”",
            "（丁；戊）",
            "3.5万元",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "    ",
            "## ",
            "```\n",
            "|-|-|\n",
            "[^1]",
            "[^2]",
            "[^1]: ",
            "[^2]: ",
            "[r]",
            "[r]: ",
            "](附件/章程.pdf)",
            "](https://example.org)",
            "![",
            '![图](图/茶园.jpg "题")',
            "<br>",
            "<!-- ",
            "-->",
            "&amp;",
            "\r\n",
            "\\\n",
            "\x00",
            "😀",
        ]
    ),
    max_size=50,
).map("".join)


@given(PIECES | st.text())
def test_any_text_becomes_well_formed_html_with_unique_ids_that_lead_somewhere(text: str) -> None:
    page = Page(render_body(text, LINKS, {}, WORDS))
    assert len(set(page.ids)) == len(page.ids)
    assert {name for name in page.fragments if name.startswith("fn")} <= {*page.ids}


@given(PIECES, st.sets(st.integers(0, 8)))
def test_marks_wrap_exactly_the_text_of_their_sentences(text: str, chosen: set[int]) -> None:
    sentences = [sentence for sentence in parse_body(text).sentences if sentence.index in chosen]
    marks = {index: (f"first {index}", f"second {index}") for index in chosen}
    page = Page(render_body(text, LINKS, marks, WORDS))
    assert {name: "".join(shown.split()) for name, shown in page.evidence.items()} == {
        f"first {sentence.index}": "".join(sentence.text.split()) for sentence in sentences
    }
    assert {f"second {sentence.index}" for sentence in sentences} <= {*page.ids}
    assert len(set(page.ids)) == len(page.ids)


@given(PIECES, st.sets(st.integers(0, 8)))
def test_marks_change_no_text(text: str, chosen: set[int]) -> None:
    class Text(HTMLParser):
        shown = ""

        def handle_data(self, data: str) -> None:
            self.shown += data

    plain, marked = Text(), Text()
    plain.feed(render_body(text, LINKS))
    marked.feed(render_body(text, LINKS, {index: (f"e{index}",) for index in chosen}))
    assert marked.shown == plain.shown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("“土专家”“田秀才”多", "“土专家”<wbr>“田秀才”多"),
        ("“田秀才”1400多人", '“田秀才”<wbr><span class="nb">1400多人</span>'),
        ("“田秀才”，多", "“田秀才”，多"),
    ],
)
def test_a_line_may_end_between_quotes_and_before_a_number(text: str, html: str) -> None:
    assert keep_unbroken(text) == html
