import json
from importlib.resources import files

import pytest

from casegen.chinese import region
from casegen.chinese.region import PROVINCES, Region, find_code, find_province

DATA = files("casegen").joinpath("data")
DIVISIONS = json.loads(DATA.joinpath("divisions.json").read_text(encoding="utf-8"))["provinces"]


def test_a_region_knows_its_names_its_text_and_its_label():
    found = Region("重庆市", county="万州区", township="某某镇")
    assert found.names == ("重庆市", "万州区", "某某镇")
    assert found.text == "重庆市/万州区/某某镇"
    assert found.label == "重庆市万州区某某镇"


def test_the_code_is_that_of_the_deepest_known_level():
    assert find_code(Region("甘肃省", "定西市", "陇西县", "菜子镇")) == "621122"
    assert find_code(Region("甘肃省", "定西市", "无此县")) == "621100"
    assert find_code(Region("甘肃省", "无此市", "陇西县")) == "620000"
    assert find_code(Region("海南省", county="文昌市")) == "469005"
    assert find_code(Region("无此省")) is None


def test_a_province_is_found_by_name_or_label_only():
    shaanxi = find_province("陕西")
    assert shaanxi is find_province("陕西省") is not None
    assert shaanxi is not None
    assert shaanxi.stem == "shaanxi"
    assert find_province("陕") is None
    assert find_province("西安") is None


def test_the_provinces_are_those_of_the_division_table_with_unique_marks():
    assert [(each.name, each.code) for each in PROVINCES] == [
        (name, of) for name, (of, _) in DIVISIONS.items()
    ]
    for mark in ("name", "label", "abbreviation", "stem", "code"):
        assert len({getattr(each, mark) for each in PROVINCES}) == 34
    assert all(each.name.startswith(each.label) for each in PROVINCES)


def test_province_stems_follow_custom():
    stems = {each.label: each.stem for each in PROVINCES}
    assert stems["陕西"] == "shaanxi"
    assert stems["山西"] == "shanxi"
    assert stems["内蒙古"] == "neimenggu"
    assert stems["西藏"] == "xizang"
    assert stems["重庆"] == "chongqing"
    assert all(stem.isascii() and stem.isalpha() and stem.islower() for stem in stems.values())


def test_the_tiles_stand_as_the_design_draws_them():
    rows = (
        "......黑 ....蒙京吉 新甘宁晋冀津辽 藏青陕豫鲁.. "
        ".川渝鄂皖苏沪 .滇黔湘赣浙. ..桂粤闽台. ..琼澳港.."
    )
    drawn = {
        mark: (column, row)
        for row, line in enumerate(rows.split(), 1)
        for column, mark in enumerate(line, 1)
        if mark != "."
    }
    assert {each.abbreviation: (each.column, each.row) for each in PROVINCES} == drawn


def test_the_tables_cannot_be_changed_by_a_reader():
    with pytest.raises(TypeError):
        region.load_divisions().codes["甘肃省", "", ""] = "0"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (("陕西省/咸阳市/旬邑县", "陕西省/咸阳市/淳化县", "陕西省/西安市/长安区"),
         "陕西省咸阳市旬邑县、淳化县；西安市长安区"),
        (("贵州省/毕节市/赫章县", "甘肃省/陇南市/成县"), "贵州省毕节市赫章县；甘肃省陇南市成县"),
        (("甘肃省/陇南市/成县", "甘肃省/陇南市/成县/城关镇", "甘肃省"), "甘肃省陇南市成县城关镇"),
    ],
)  # fmt: skip
def test_places_in_one_line_say_once_what_they_share(places, said):
    assert region.join_places(region.Region(*place.split("/")) for place in places) == said
