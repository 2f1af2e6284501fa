from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.chinese.sentence import split_sentences

# `¦` stands where one sentence ends and the next begins.
CUT = [
    "水通了。¦路也通了！¦谁修的？¦大家。",
    "一是修渠；¦二是建棚;¦三是育人。",
    "亩产3.5吨，每斤1.20元，共计12.5万元。",
    "真的吗？！¦真的。。。¦好",
    "他说：“先修路。再建棚。”¦大家都同意。",
    "“干吧！”，他挥了挥手。¦散会。",
    "支书问：“谁先来？”¦没人应声。",
    "三项制度（一是月例会；二是季通报；三是年评议。）¦全部上墙。",
    "三项制度（月例会；季通报）全部上墙。¦次年推广。",
    "学《规约！》一书。¦背得下来。",
    "“他说‘行。’就走了。”¦门没关。",
    '他说"先干。再说。"¦大家都笑了。',
    "没有后半边的引号“先干。¦再说。",
    "没有前半边的括号）先干。¦再说。",
    "括（号“交叉）了也照断。¦再说。",
    "第一行\n¦第二行没有句号\n¦第三行。",
    "见 https://example.org/a?b=1;c=2!d 一页。¦完",
    "Is it done? ¦Yes; ¦it is!¦好。",
    "  前后的空格不算。 ¦　全角的也不算。　",
    "约200户！¦（按户籍）。¦完",
    "。。。¦——",
]  # fmt: skip


def test_a_sentence_without_end_is_cut_at_its_commas():
    text = "2019年建成3个车间，" * 400 + "甲" * 2500 + "。完"
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert "".join(pieces) == text
    assert pieces[-1] == "完"
    assert max(map(len, pieces)) == 1000
    assert all(piece.endswith("，") for piece in pieces[:4])


@pytest.mark.parametrize("marked", CUT)
def test_a_text_is_cut_where_its_sentences_end(marked: str) -> None:
    pieces = marked.split("¦")
    text = "".join(pieces)
    expected = [piece.strip() for piece in pieces if any(map(str.isalnum, piece))]
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_a_quotation_too_long_to_be_part_of_a_sentence_is_cut() -> None:
    text = "他说：“" + "先修一条路，再修一条渠。" * 12 + "”"
    assert len(list(split_sentences(text))) == 12


@given(st.text(st.sampled_from("甲乙3.。！；?;“”（）\"'\n　 《》") | st.characters()))
def test_sentences_are_in_order_apart_and_hold_every_letter(text: str) -> None:
    spans = list(split_sentences(text))
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    outside = list(text)
    for start, end in reversed(spans):
        del outside[start:end]
    assert not any(map(str.isalnum, outside))
