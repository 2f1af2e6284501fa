"""injected: names of gambling sites that were written into a text."""

import pytest

from casegen.chinese.injected import find_injected, is_injected


def test_a_name_with_the_words_that_were_added_to_it_is_one_hit():
    text = "快到乐鱼体育app官网入口去"
    (hit,) = find_injected(text)
    assert text[hit.start : hit.end] == hit.text == "乐鱼体育app官网入口"
    assert hit.certain


def test_a_name_inside_honest_words_is_not_certain():
    assert [hit.certain for hit in find_injected("快乐鱼塘")] == [False]


@pytest.mark.parametrize("text", ["整治赌博", "水产养殖基地", ""])
def test_honest_text_has_no_hit(text):
    assert list(find_injected(text)) == []


@pytest.mark.parametrize(
    ("line", "whole"),
    [("乐鱼体育app官网入口", True), ("快乐鱼塘", False), ("乐鱼之外还有别的话要说", False)],
)
def test_a_line_is_injected_if_it_is_nothing_but_a_name(line, whole):
    assert is_injected(line) is whole
