"""The files of an index, and those of them that change with some entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen.editions.site import index
from casegen.editions.site.data_scripts import read_script
from casegen.editions.site.shards import (
    Names,
    cut_names,
    make_shard_path,
    make_shards,
    renew_shards,
)

TERMS = st.text(st.sampled_from("茶叶合作社路灯河道讲习所刺梨"), min_size=1, max_size=2)
POSTINGS = st.text(st.sampled_from(index.FINAL), min_size=1, max_size=40)


@pytest.fixture(autouse=True, scope="module")
def small():
    """Files of a hundred characters, so that a short index has many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "SHARD", 100)
        yield


def in_order(entries):
    return sorted(entries.items(), key=lambda entry: index.make_term_key(entry[0]))


def contents(shards):
    """The lines of each file of an index by its digits."""
    return {
        artifact.path.removeprefix("assets/shard-").removesuffix(".js"): read_script(
            artifact.render()
        )
        for artifact in shards.made
    }


@given(st.dictionaries(TERMS, POSTINGS, max_size=60))
def test_the_files_of_an_index_hold_every_entry_once_in_order(entries):
    made = make_shards(in_order(entries))
    files = contents(made)
    assert [make_shard_path(digits) for digits in made.digits] == [a.path for a in made.made]
    held = [entry for digits in made.digits for entry in index.read_shard(files[digits]).items()]
    assert held == in_order(entries)
    assert made.firsts == [next(iter(index.read_shard(files[d]))) for d in made.digits]


@given(
    st.dictionaries(TERMS, POSTINGS, min_size=20, max_size=80),
    st.dictionaries(TERMS, st.none() | POSTINGS, max_size=6),
)
def test_changed_entries_give_the_files_that_a_new_index_would_have(entries, changed):
    old = make_shards(in_order(entries))
    after = {t: e for t, e in {**entries, **changed}.items() if e is not None}
    renewed = renew_shards(old.names, changed, contents(old).__getitem__)
    new = make_shards(in_order(after))
    assert renewed.names == new.names
    assert {a.path for a in new.made} - {a.path for a in old.made} <= {a.path for a in renewed.made}


def test_a_file_without_a_changed_entry_is_not_read():
    entries = {chr(0x4E00 + n): "a" * 30 for n in range(60)}
    old = make_shards(in_order(entries))
    read = []

    def read_lines(digits):
        read.append(digits)
        return contents(old)[digits]

    renewed = renew_shards(old.names, {chr(0x4E00 + 30): "b"}, read_lines)
    assert len(old.digits) > 10
    assert len(read) <= 2
    assert len(set(renewed.digits) - set(old.digits)) <= 2


@pytest.mark.parametrize(
    ("firsts", "digits"),
    [(("茶",), ()), (("",), ("0" * 10,)), ((1,), ("0" * 10,)), ("茶", "0")],
)
def test_names_that_others_forged_are_refused(firsts, digits):
    with pytest.raises(ValueError, match=r"text|name"):
        Names(firsts, digits)


def test_the_names_of_files_are_cut_from_one_text():
    assert cut_names("0123456789abcdefghij") == ["0123456789", "abcdefghij"]
    assert cut_names("") == []


def test_the_first_entry_of_a_file_is_looked_for_in_that_file():
    entries = {chr(0x4E00 + n): "a" * 30 for n in range(60)}
    old = make_shards(in_order(entries))
    for number, first in enumerate(old.firsts):
        read = []

        def read_lines(digits, read=read):
            read.append(digits)
            return contents(old)[digits]

        renewed = renew_shards(old.names, {first: "c" * 30}, read_lines)
        assert read[0] == old.digits[number]
        assert renewed.names == make_shards(in_order({**entries, first: "c" * 30})).names


def test_a_file_that_loses_all_its_entries_leaves_the_next_one_alone():
    entries = {chr(0x4E00 + n): "a" * 30 for n in range(60)}
    old = make_shards(in_order(entries))
    second = old.digits[1]
    gone = dict.fromkeys(index.read_shard(contents(old)[second]))
    read = []

    def read_lines(digits):
        read.append(digits)
        return contents(old)[digits]

    renewed = renew_shards(old.names, gone, read_lines)
    assert read == [second]
    assert renewed.digits == [digits for digits in old.digits if digits != second]
