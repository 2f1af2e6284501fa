import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from pypinyin.seg import mmseg

from casegen.chinese import pinyin
from casegen.chinese.pinyin import make_sort_key, make_stem, make_stems, read_initials

TABLE = yaml.safe_load(
    (Path(__file__).parents[2] / "tables" / "pinyin.yml").read_text(encoding="utf-8")
)
# Homophones, one letter in several cases and widths, and what looks like a stem with an ending.
TEXTS = st.text(alphabet="李里理LliＬ1-a4f 县产业绿，", max_size=40)


@pytest.mark.parametrize(("text", "expected"), TABLE["stems"].items())
def test_a_name_is_spelled_as_the_table_says(text, expected):
    assert make_stem(text) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE["initials"].items())
def test_initials_are_first_letters_and_whole_words(text, expected):
    assert read_initials(text) == expected


@pytest.mark.parametrize("texts", TABLE["orders"], ids=" ".join)
def test_texts_sort_by_pinyin_tones_and_numbers(texts):
    keys = [make_sort_key(text) for text in texts]
    assert keys == sorted(keys)


def test_texts_that_sound_alike_have_different_keys():
    assert make_sort_key("李") != make_sort_key("里")


def test_every_reading_of_the_table_of_exceptions_is_used():
    source = files("casegen").joinpath("data", "pinyin.json").read_text(encoding="utf-8")
    for name, reading in json.loads(source).items():
        assert make_stem(name).replace("-", " ") == re.sub(r"\d", "", reading), name
        assert len(reading.split()) == len(name)


def test_every_division_reads_du_and_chang():
    source = files("casegen").joinpath("data", "divisions.json").read_text(encoding="utf-8")
    names = [name for name in re.findall(r"[\u4e00-\u9fff]+", source) if name != "长子县"]
    for name in names:
        syllables = make_stem(name, 200).split("-")
        assert len(syllables) == len(name)
        for char, syllable in zip(name, syllables, strict=True):
            assert syllable == {"都": "du", "长": "chang"}.get(char, syllable), name


def test_a_stem_is_cut_between_syllables():
    assert make_stem("产业振兴", 12) == "chan-ye-zhen"
    assert make_stem("产业振兴", 11) == "chan-ye"
    assert make_stem("abcdefgh", 5) == "abcde"


def test_values_that_sound_alike_get_their_code_or_a_hash_each():
    made = make_stems(["东乡县", "东湘县", "甘肃"], {"东乡县": "361029"})
    assert made["东乡县"] == "dong-xiang-xian-361029"
    assert re.fullmatch(r"dong-xiang-xian-[0-9a-f]{4}", made["东湘县"])
    assert made["甘肃"] == "gan-su"


def test_case_and_width_do_not_keep_stems_apart():
    made = make_stems(["ABC", "abc", "ＡＢＣ"])
    assert all(re.fullmatch(r"abc-[0-9a-f]{4}", each) for each in made.values())
    assert len(set(made.values())) == 3


def test_a_value_spelled_like_the_ending_of_another_does_not_meet_it():
    first = make_stems(["李", "里"])
    made = make_stems(["李", "里", first["李"]])
    assert len(set(made.values())) == 3


def test_values_of_one_code_are_kept_apart_all_the_same():
    made = make_stems(["李", "里"], {"李": "620000", "里": "620000"})
    assert len(set(made.values())) == 2


def test_a_long_stem_ends_in_digits_and_an_empty_one_is_digits():
    made = make_stems(["产业振兴" * 12, "。"])
    assert re.fullmatch(r"chan-ye-.*-[0-9a-f]{4}", made["产业振兴" * 12])
    assert len(made["产业振兴" * 12]) <= 60
    assert re.fullmatch(r"[0-9a-f]{4}", made["。"])


@pytest.mark.parametrize("name", ["con", "AUX", "nul", "COM1", "lpt9"])
def test_a_device_name_of_windows_is_no_stem(name):
    assert re.fullmatch(rf"{name.lower()}-[0-9a-f]{{4}}", make_stems([name])[name])


@given(st.sets(st.one_of(TEXTS, st.text(max_size=80)), max_size=12))
@example({"", "，", " "})
def test_stems_are_unique_ascii_short_and_independent_of_order(values):
    made = make_stems(values)
    assert set(made) == values
    assert len({each.lower() for each in made.values()}) == len(values)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in made.values())
    assert all(len(each) <= 60 for each in made.values())
    assert make_stems(sorted(values)) == make_stems(sorted(values, reverse=True)) == made


def test_the_dictionary_is_learned_once(monkeypatch):
    """Learning it takes 0.03 s, a tenth of `casegen new`; only our own names are added."""
    learned = []
    train = mmseg.PrefixSet.train

    def count(prefixes, words):
        words = list(words)
        learned.append(len(words))
        train(prefixes, words)

    monkeypatch.setattr(mmseg.PrefixSet, "train", count)
    pinyin._load_reader.cache_clear()
    assert pinyin._load_reader()("重庆") == ("chong", "qing")
    names = json.loads(files("casegen").joinpath("data", "pinyin.json").read_text("utf-8"))
    assert learned == [len(names)]
