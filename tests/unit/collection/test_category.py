"""category: the words for each category."""

import pytest

from casegen.collection.category import CATEGORIES, USUAL_WORDS, Category, list_category_words


@pytest.mark.parametrize("word", ["产业", "产业振兴", "industry", "人才振兴", "organization"])
def test_a_usual_category_has_a_key_a_name_and_a_longer_name(word):
    assert USUAL_WORDS[word].key == list_category_words(CATEGORIES)[word]


def test_a_category_that_was_renamed_keeps_its_usual_words():
    words = list_category_words([Category("industry", "富民产业")])
    assert {words[w] for w in ("富民产业", "industry", "产业", "产业振兴")} == {"industry"}


def test_of_two_categories_with_one_word_the_first_has_it():
    words = list_category_words([Category("a", "茶"), Category("b", "茶")])
    assert words["茶"] == "a"
    assert words["b"] == "b"
