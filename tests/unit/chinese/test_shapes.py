"""Names and terms in which one character was taken for one that looks like it."""

from __future__ import annotations

import pytest

from casegen.chinese.shapes import find_similar

NAMES = frozenset({"农业农村局", "精准扶贫", "人民政府", "土地流转"})


@pytest.mark.parametrize(
    ("text", "name", "start"),
    [
        ("县农业农材局派人。", "农业农村局", 1),
        ("精准扶贪", "精准扶贫", 0),
        ("县入民政府", "人民政府", 1),
        ("士地流转", "土地流转", 0),
    ],
)
def test_one_character_of_like_shape_is_found(text, name, start):
    (found,) = find_similar(text, NAMES)
    assert (found.start, found.end, found.name) == (start, start + len(name), name)


@pytest.mark.parametrize(
    "text",
    [
        "县农业农村局派人。",
        "农业衣材局",  # two characters differ
        "农业农垦局",  # not alike
        "",
    ],
)
def test_other_words_are_none(text):
    assert not list(find_similar(text, NAMES))


def test_each_place_is_found_by_itself():
    found = list(find_similar("精准扶贪，还是精准扶贪。", NAMES))
    assert [each.start for each in found] == [0, 7]


def test_without_names_nothing_is_found():
    assert not list(find_similar("农业农材局", frozenset()))
