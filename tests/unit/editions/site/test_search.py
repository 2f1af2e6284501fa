"""What search files hold: terms, postings, shards, and that an edit changes few of them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import Site, case_text

from casegen.editions.site import search

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
    assert search.terms(text) == terms


@given(TEXT, st.integers(0, 29), st.integers(1, 4))
def test_no_pair_of_a_substring_is_missing(text, start, length):
    word = search.folded(text)[start : start + length]
    for pair in re.findall(r"(?=(\w\w))", word):
        assert pair in search.terms(search.folded(text))


def read(postings: str) -> list[int]:
    """Postings as the theme's script reads them: digits from 64 on are continued in base 27."""
    numbers, number, gap = [], -1, 0
    for digit in postings:
        value = search.PRINTABLE.index(digit)
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
    assert {term: read(postings) for term, postings in search.indexed(texts)[0]} == (
        {"茶": sorted(numbers)} if numbers else {}
    )


def test_terms_are_sorted_as_browsers_sort():
    order = [term for term, _ in search.indexed(["ﬀ\ufa0e𠮷茶"])[0]]
    assert order == sorted(order, key=lambda term: term.encode("utf-16-be"))


def holders(entry: str, pairs: list[set[int]]) -> set[int]:
    """The cases that an entry of a triple names, given those of its pairs."""
    if entry.startswith(search.EXCEPT):
        return set.intersection(*pairs) - set(read(entry[1:]))
    return set(read(entry))


@given(st.lists(TEXT, min_size=20, max_size=60))
def test_a_triple_of_frequent_pairs_has_an_entry_just_where_it_occurs(texts):
    rows, least = search.indexed(texts)
    index = dict(rows)
    pairs = {term: set(read(entry)) for term, entry in rows if len(term) == 2}
    spaced = [text.translate(search._separators()) for text in texts]
    for first, one in pairs.items():
        for second, other in pairs.items():
            if first[1] != second[0] or len(one & other) <= least:
                continue
            triple = first + second[1]
            occurs = {number for number, text in enumerate(spaced) if triple in text}
            found = holders(index[triple], [one, other]) if triple in index else set()
            assert found == occurs


def test_a_term_more_changes_its_own_shard_alone(monkeypatch):
    monkeypatch.setattr(search, "SHARD", 500)
    alphabet = [chr(0x4E00 + n) for n in range(2000)]
    texts = ["".join(alphabet[n : n + 400]) for n in range(0, 1600, 40)]
    before = dict(search.cut_index(search.indexed(texts)[0]))
    after = dict(search.cut_index(search.indexed([*texts[:-1], texts[-1] + "龥"])[0]))
    assert len(before) > 5
    assert len(set(after.items()) - set(before.items())) <= 3


# ── the files of a site ──


def put(site: Site, path: str) -> object:
    """What a data script of the site returns."""
    found = re.fullmatch(r"casegen\.put\(\".*?\",JSON\.parse\((.*)\)\);\n", site.text(path))
    assert found, path
    return json.loads(json.loads(found[1]))


def files_of(site: Site, kind: str) -> dict[str, bytes]:
    return {name: data for name, data in site.files().items() if name.startswith(f"assets/{kind}-")}


def collection(count: int = 60) -> dict[str, str]:
    return {
        f"cases/c{number:02}.md": case_text(
            f"第{number}号茶园", f"正文{number}，合作社{number * 7}户。", summary="概要"
        )
        for number in range(count)
    }


def test_a_small_collection_has_texts_and_no_index(project):
    site = project(collection(5)).build()
    names = put(site, put(site, "assets/catalog.js")["search"])
    assert names["shards"] == ""
    assert files_of(site, "shard") == {}
    texts = [text for path in files_of(site, "text") for text in put(site, path)]
    assert [
        "第3号茶园",
        "某某大学",
        "甘肃省定西市陇西县",
        "",
        "概要",
        "正文3，合作社21户。",
    ] in texts
    assert len(texts) == sum(names["sizes"]) == 5


def test_a_large_collection_has_an_index_whose_shards_are_named_in_order(project, monkeypatch):
    monkeypatch.setattr(search, "SCAN", 3)
    monkeypatch.setattr(search, "SHARD", 200)
    site = project(collection()).build()
    names = put(site, put(site, "assets/catalog.js")["search"])
    digits = re.findall(".{10}", names["shards"])
    shards = [put(site, f"assets/shard-{mark}.js").split(" ") for mark in digits]
    assert len(shards) > 5
    assert names["firsts"].split(" ") == [shard[0] for shard in shards]
    index = {t: read(p) for shard in shards for t, p in batched(shard) if len(t) < 3}
    assert index["合作"] == list(range(60))
    assert index["园"] == list(range(60))
    assert index["21"] == [3, 21, 30, 31]
    text, card = put(site, f"assets/text-{names['texts'][:10]}.js")
    assert text[0] == "第0号茶园"
    assert 'data-case="c00"' in card


def batched(items: list[str]) -> list[tuple[str, str]]:
    return list(zip(items[::2], items[1::2], strict=True))


def test_a_word_more_in_one_case_touches_few_files_of_the_search(project, monkeypatch):
    monkeypatch.setattr(search, "SCAN", 3)
    monkeypatch.setattr(search, "SHARD", 200)
    made = project(collection())
    before = made.build().files()
    made.write(
        {"cases/c30.md": case_text("第30号茶园", "正文30，合作社210户，刺梨。", summary="概要")}
    )
    after = made.build().files()
    new = sorted(name.rpartition("-")[0] for name in set(after) - set(before))
    assert new.count("assets/text") == 1
    assert new.count("assets/lookup") == 1
    assert new.count("assets/shard") <= 4
    assert new.count("assets/cards") == new.count("assets/columns") == 0


def test_without_full_text_search_no_text_is_published(project):
    config = "title: 试验案例集\nsearch: false\n"
    site = project(collection(3), config=config).build()
    assert put(site, "assets/catalog.js")["search"] == ""
    assert not any("合作社" in site.text(name) for name in site.files() if name.endswith(".js"))
