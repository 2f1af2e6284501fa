"""Names found by their sound, where a character was mistyped."""

import pytest

from casegen.chinese.sounds import find_alike, index_by_sound, write_sounds

NAMES = frozenset({"三会一课", "陇西县", "振兴局"})


def found_in(text, *, loose=False):
    return [(each.start, text[each.start : each.end], each.name)
            for each in find_alike(text, NAMES, loose=loose)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到龙西县去", [(1, "龙西县", "陇西县")]),
        ("三会一刻", [(0, "三会一刻", "三会一课")]),
        ("三会一课", []),
        ("龙溪县", []),  # two of three characters
        ("西县", []),
    ],
)
def test_one_wrong_character_in_three_is_found_by_its_sound(text, found):
    assert found_in(text) == found


def test_sounds_that_speakers_confuse_are_one_only_if_asked():
    assert found_in("山会一课") == []
    assert found_in("山会一课", loose=True) == [(0, "山会一课", "三会一课")]
    assert found_in("整兴局") == []
    assert found_in("整兴局", loose=True) == [(0, "整兴局", "振兴局")]


def test_a_text_of_sounds_keeps_its_places():
    assert write_sounds("龙西县, A1") == write_sounds("陇西县, A1")
    assert write_sounds("龙西县, A1")[3:] == ", A1"
    assert write_sounds("龙") != write_sounds("山")


def test_of_two_names_with_one_sound_the_first_is_kept():
    assert index_by_sound(frozenset({"陇西县", "龙西县"})) == {
        write_sounds("陇西县"): min("陇西县", "龙西县")
    }
