"""pinyin_cache: pinyin kept from one run to the next."""

from contextlib import closing

import pytest

from casegen.cache import Cache
from casegen.chinese.pinyin import find_readings, make_stem
from casegen.pinyin_cache import share_readings


@pytest.fixture
def known():
    """The readings of this process, as they were again after the test."""
    found = find_readings()
    before = dict(found)
    found.clear()
    yield found
    found.clear()
    found.update(before)


def test_what_one_run_read_the_next_one_knows(tmp_path, known):
    with closing(Cache(tmp_path, "x")) as cache, share_readings(cache):
        assert make_stem("茶园") == "cha-yuan"
    first = dict(known)
    known.clear()
    with closing(Cache(tmp_path, "x")) as cache, share_readings(cache):
        assert dict(known) == first
