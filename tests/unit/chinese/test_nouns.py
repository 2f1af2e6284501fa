"""nouns: what a counter counts, by the noun after it."""

import pytest

from casegen.chinese.nouns import find_counted_unit, names_homes, names_people


@pytest.mark.parametrize(
    ("counter", "noun", "unit"),
    [
        ("家", "农户", "户"),
        ("个", "残疾人", "人"),
        ("个", "大棚", ""),
        ("家", "公司", ""),
    ],
)
def test_the_noun_decides_what_a_counter_counts(counter, noun, unit):
    assert find_counted_unit(counter, noun) == unit


@pytest.mark.parametrize(
    ("name", "people", "homes"),
    [
        ("结对重度残疾人", True, False),
        ("困难家庭", False, True),
        ("脱贫户", False, True),
        ("残疾人康复站", False, False),
    ],
)
def test_the_head_of_a_name_is_its_last_noun(name, people, homes):
    assert (names_people(name), names_homes(name)) == (people, homes)
