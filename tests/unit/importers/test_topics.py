"""The words of a manuscript that count for a category."""

from casegen.importers.topics import HEADING, find_category, load_words, suggest_categories


def words(key, number):
    return load_words()[key][:number]


def test_the_category_with_most_words_comes_first_with_its_words():
    industry, culture = words("industry", 3), words("culture", 1)
    text = "，".join([*industry, *industry, *culture, *culture])
    first, *_ = suggest_categories([], text)
    assert first.key == "industry"
    assert set(industry) <= set(first.words)


def test_a_word_in_a_heading_counts_several_times():
    industry, culture = words("industry", 1)[0], words("culture", 1)[0]
    text = f"{culture}。{industry}{industry}。"
    assert suggest_categories([], text)[0].key == "industry"
    assert HEADING > 2
    assert suggest_categories([culture], text)[0].key == "culture"


def test_a_text_without_such_words_has_no_category():
    assert suggest_categories(["今天天气"], "风和日丽。") == ()


def test_a_sentence_is_given_one_of_the_categories_of_its_case():
    industry, culture = words("industry", 1)[0], words("culture", 1)[0]
    assert find_category(f"这里{industry}。", ["industry", "culture"]) == "industry"
    assert find_category(f"这里{culture}。", ["industry", "culture"]) == "culture"
    assert find_category(f"这里{culture}。", ["industry"]) == ""
    assert find_category("风和日丽。", ["industry", "culture"]) == ""
