"""word_lists: the lists of data/prose.json as patterns."""

import json
import re
from importlib.resources import files

import pytest

from casegen.chinese.word_lists import load_words, match_any

WRITTEN = json.loads(files("casegen").joinpath("data/prose.json").read_text("utf-8"))
LISTS = sorted(h for h, entries in WRITTEN.items() if isinstance(entries, list))


@pytest.mark.parametrize("heading", LISTS)
def test_every_list_is_a_pattern_that_compiles(heading):
    re.compile(match_any(heading))


def test_lists_together_match_an_entry_of_each_the_longer_first():
    pattern = re.compile(match_any("households", "people"))
    assert pattern.match("贫困户口")[0] == "贫困户"


def test_the_sign_for_any_chinese_character_means_rare_ones_too():
    signs = [heading for heading in LISTS if any("一-龥" in entry for entry in WRITTEN[heading])]
    assert signs
    assert [h for h in signs if "一-龥" in match_any(h)] == []
    assert [h for h in signs if any("一-龥" in entry for entry in load_words()[h])] == []
