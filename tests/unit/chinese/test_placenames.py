"""Names of cities and counties with one wrong character."""

import pytest

from casegen.chinese.placenames import find_misspelt
from casegen.chinese.region_reading import read_region

HERE = (read_region("甘肃省/定西市/陇西县")[0],)


def found_in(text, regions=HERE):
    return [(text[each.start : each.end], each.name) for each in find_misspelt(text, regions)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("学校帮扶龙西县。", [("龙西县", "陇西县")]),
        ("学校帮扶拢西县和岷县。", [("拢西县", "陇西县")]),
        ("先后到陇稀县、定夕市。", [("陇稀县", "陇西县"), ("定夕市", "定西市")]),
    ],
)
def test_a_name_that_sounds_like_a_place_of_the_province_is_told(text, names):
    assert found_in(text) == names


def test_names_of_other_provinces_are_not_looked_for():
    assert found_in("学校帮扶龙西县。", regions=()) == []


def test_behind_its_province_any_place_with_one_wrong_character_is_told():
    assert found_in("甘肃省定夕市", regions=()) == [("定夕市", "定西市")]
    assert found_in("贵州省毕节布", regions=()) == []


@pytest.mark.parametrize(
    "text",
    ["学校帮扶陇西县。", "甘肃省各县市", "定西市场", "甘肃省大城市", "岷县区域"],
)
def test_right_names_and_other_words_are_left_alone(text):
    assert found_in(text) == []
