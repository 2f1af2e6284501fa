"""A figure with the words around it."""

import pytest

from casegen.chinese.quantity import read_quantity
from casegen.chinese.surroundings import ends_with, make_figure, mentions, starts_with
from casegen.chinese.units import measure_ends

TEXT = "先修路。在县里，学校（后勤处）投入20万元，带动农户增收，户户高兴。"
AT = TEXT.index("20万元")


def made(text=TEXT, start=AT):
    quantity = read_quantity("20万元")
    measure = measure_ends(quantity.low, quantity.high, "万元")
    return make_figure(text, start, start + 4, "20", "万元", quantity, measure)


def test_a_figure_has_its_sentence_clause_and_what_follows():
    figure = made()
    assert figure.sentence == "在县里，学校（后勤处）投入"
    assert figure.clause == "后勤处）投入"
    assert figure.rest == "，带动农户增收，户户高兴。"
    assert figure.after == ""
    assert figure.dimension == "money"


def test_the_words_after_it_end_with_its_clause():
    text = "投入20万元修路架桥，带动农户。"
    assert made(text, 2).after == "修路架桥"


def test_far_words_are_none_of_its_surroundings():
    text = f"{'山' * 300}投入20万元{'水' * 300}"
    figure = made(text, 302)
    assert (len(figure.sentence), len(figure.rest)) == (200, 40)


@pytest.mark.parametrize(
    ("compare", "text", "found"),
    [
        (ends_with, "该村共有", True),
        (ends_with, "该村共有约", True),
        (ends_with, "共有的路", False),
        (starts_with, "共有的路", True),
        (starts_with, "该村共有", False),
        (mentions, "该村共有路", True),
        (mentions, "该村修路", False),
    ],
)
def test_words_are_compared_with_a_list_at_their_end_start_or_anywhere(compare, text, found):
    assert compare(text, "having") is found
