"""The entries of an index that a changed text changes."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from casegen.editions.site import index, reindex

TEXT = st.text(st.sampled_from("茶叶合作社a1% 。，\n～"), max_size=30)


@given(st.lists(TEXT, min_size=1, max_size=60), st.data())
def test_a_changed_text_changes_the_index_to_what_a_new_one_would_hold(texts, data):
    texts = [*texts, *["茶叶合作社" + text for text in texts]]  # so that pairs occur often
    old = index.make_index(texts)
    numbers = data.draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=3))
    after = list(texts)
    for number in numbers:
        after[number] = data.draw(TEXT) + texts[number][data.draw(st.integers(0, 9)) :]
    new = index.make_index(after)
    renewed = reindex.renew_index(
        [reindex.Change(number, texts[number], after[number]) for number in sorted(numbers)],
        old.sums,
        lambda character: copy.deepcopy(old.parts.get(character) or index.Part()),
        after.__getitem__,
    )
    if renewed is None:
        assert new.sums.least != old.sums.least
        return
    assert renewed.sums == new.sums
    held = dict(old.entries) | dict(renewed.entries)
    assert {term: line for term, line in held.items() if line is not None} == dict(new.entries)
    parts = {**old.parts, **renewed.parts}
    filled = {c: part for c, part in parts.items() if part != index.Part()}
    assert filled == {c: part for c, part in new.parts.items() if part != index.Part()}
