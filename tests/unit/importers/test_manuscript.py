"""The blocks of a manuscript, and where they are in its text."""

import re

import pytest

from casegen.importers.manuscript import (
    Block,
    Kind,
    blank_code,
    place_blocks,
    read_words,
    strip_spaces,
)

PAGE = "<p>先 修<b>路</b>。</p>\n<!-- 路 -->\n<p>再&amp;架桥。</p>\n"


def block(plain):
    return Block(Kind.PARAGRAPH, plain, plain)


def test_blocks_are_found_by_what_readers_see():
    placed = list(place_blocks([block("先修路。"), block("再&架桥。")], PAGE))
    assert [PAGE[b.start : b.end] for b in placed] == ["先 修<b>路</b>。", "再&amp;架桥。"]
    assert [b.line for b in placed] == [1, 3]


def test_a_block_that_stands_twice_is_found_after_the_one_before_it():
    text = "先修路。\n再架桥。\n先修路。\n"
    placed = list(place_blocks([block("再架桥。"), block("先修路。")], text, marked_up=False))
    assert [b.line for b in placed] == [2, 3]


def test_a_block_that_is_not_in_the_text_has_no_place():
    [lost] = place_blocks([block("种茶。")], PAGE)
    assert (lost.start, lost.end, lost.line) == (-1, -1, 0)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("甲 乙\n丙", "甲乙丙"),
        ("甲<br>乙", "甲乙"),
        ("<script>甲</script>乙", "乙"),
        ("甲&nbsp;&lt;乙", "甲<乙"),
        ("甲\u200b乙", "甲乙"),
        ("3 < 4 且 5 > 4", "3<4且5>4"),
    ],
)
def test_only_what_is_seen_counts_and_each_character_knows_its_place(text, seen):
    found, places = strip_spaces(text)
    assert found == seen
    assert len(places) == len(seen)
    assert places == sorted(places)


def test_mark_up_counts_as_text_where_there_is_none():
    assert strip_spaces("甲 <b>", marked_up=False)[0] == "甲<b>"


def test_lists_of_words_are_named():
    assert "industry" in read_words("categories")


def test_a_block_that_stands_before_the_last_one_is_found_too():
    placed = list(place_blocks([block("再&架桥。"), block("先修路。")], PAGE))
    assert [PAGE[b.start : b.end] for b in placed] == ["再&amp;架桥。", "先 修<b>路</b>。"]


def test_two_equal_blocks_have_two_places():
    placed = list(place_blocks([block("好。"), block("好。")], "好。\n好。\n"))
    assert [(b.start, b.line) for b in placed] == [(0, 1), (3, 2)]


def test_what_looks_like_mark_up_is_found_in_plain_text():
    [placed] = place_blocks([block("甲<b>乙")], "前\n甲<b>乙\n", marked_up=False)
    assert (placed.start, placed.end, placed.line) == (2, 7, 2)


def test_each_character_of_an_entity_has_the_place_of_the_entity():
    assert strip_spaces("甲&#x4e59;丙") == ("甲乙丙", [0, 1, 9])
    assert strip_spaces("&fjlig;甲") == ("fj甲", [0, 0, 7])
    assert strip_spaces("<SCRIPT>甲</Script>乙") == ("乙", [18])


def test_patterns_among_the_words_know_rare_characters():
    [pattern] = [word for word in read_words("places")["generic"] if word.startswith("我们")]
    assert re.fullmatch(pattern, "我们䶮")


@pytest.mark.parametrize(
    "code",
    ["<script>var a = '带动300户';", "<STYLE>a{}", "<!-- 带动300户"],
)
def test_code_of_a_page_is_blank_where_figures_are_looked_for(code):
    end = "-->" if code.startswith("<!") else f"</{code[1:].partition('>')[0]}>"
    page = f"<p>修路3公里。</p>{code}{end}<p>办班2期。</p>"
    blank = " " * len(code + end)
    assert blank_code(page) == f"<p>修路3公里。</p>{blank}<p>办班2期。</p>"
    assert blank_code("<p>3</p>" + code) == "<p>3</p>" + " " * len(code)
