"""What the index holds; and that a change gives what a new one would hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.editions.site import index, search

TEXT = st.text(st.sampled_from("茶叶合作社a1% 。，\n～"), max_size=30)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("合作社", {"合作", "作社", "社"}),
        ("增收37.6万元", {"增收", "收3", "37", "7", "6万", "万元", "元"}),
        ("茶", {"茶"}),
        ("，。 ", set()),
        ("𠮷野", {"𠮷野", "野"}),
    ],
)
def test_terms_are_pairs_of_neighbours_and_the_last_character_of_each_run(text, terms):
    assert index.list_terms(text) == terms


@given(TEXT, st.integers(0, 29), st.integers(1, 4))
def test_no_pair_of_a_substring_is_missing(text, start, length):
    word = search.fold_text(text)[start : start + length]
    for pair in re.findall(r"(?=(\w\w))", word):
        assert pair in index.list_terms(search.fold_text(text))


def read(postings: str) -> list[int]:
    """Postings as the theme's script reads them: digits from 64 on are continued in base 27."""
    numbers, number, gap = [], -1, 0
    for digit in postings:
        value = index.PRINTABLE.index(digit)
        if value >= 64:
            gap = gap * 27 + value - 64
        else:
            number += gap * 64 + value + 1
            numbers.append(number)
            gap = 0
    return numbers


@given(st.sets(st.integers(0, 20_000)))
def test_postings_give_back_the_numbers_of_the_cases(numbers):
    texts = ["茶" if number in numbers else "" for number in range(max(numbers, default=0) + 1)]
    assert {term: read(postings) for term, postings in index.make_index(texts).entries} == (
        {"茶": sorted(numbers)} if numbers else {}
    )


def test_terms_are_sorted_as_browsers_sort():
    order = [term for term, _ in index.make_index(["ﬀ\ufa0e𠮷茶"]).entries]
    assert order == sorted(order, key=lambda term: term.encode("utf-16-be"))


def holders(entry: str, pairs: list[set[int]]) -> set[int]:
    """The cases that an entry of a triple names, given those of its pairs."""
    if entry.startswith(index.EXCEPT):
        return set.intersection(*pairs) - set(read(entry[1:]))
    return set(read(entry))


@given(st.lists(TEXT, min_size=20, max_size=60))
def test_a_triple_of_frequent_pairs_has_an_entry_just_where_it_occurs(texts):
    made = index.make_index(texts)
    rows, least, entries = made.entries, made.sums.least, dict(made.entries)
    pairs = {term: set(read(entry)) for term, entry in rows if len(term) == 2}
    spaced = [text.translate(index._separators()) for text in texts]
    for first, one in pairs.items():
        for second, other in pairs.items():
            if first[1] != second[0] or len(one & other) <= least:
                continue
            triple = first + second[1]
            occurs = {number for number, text in enumerate(spaced) if triple in text}
            found = holders(entries[triple], [one, other]) if triple in entries else set()
            assert found == occurs


def test_a_term_more_changes_its_own_shard_alone(monkeypatch):
    monkeypatch.setattr(index, "SHARD", 500)
    alphabet = [chr(0x4E00 + n) for n in range(2000)]
    texts = ["".join(alphabet[n : n + 400]) for n in range(0, 1600, 40)]
    before = dict(index.cut_index(index.make_index(texts).entries))
    after = dict(index.cut_index(index.make_index([*texts[:-1], texts[-1] + "龥"]).entries))
    assert len(before) > 5
    assert len(set(after.items()) - set(before.items())) <= 3


@pytest.mark.parametrize("line", ["\\", index.CONTINUED[1] * 40 + index.FINAL[0]])
def test_damaged_postings_are_refused(line):
    with pytest.raises(ValueError, match=r"not found|so many"):
        index.read_postings(line)
