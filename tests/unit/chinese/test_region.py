import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casegen.chinese import region
from casegen.chinese.region import PROVINCES, Region, find_code, find_province, read_region

TABLES = Path(__file__).parents[2] / "tables"
ROWS = yaml.safe_load((TABLES / "regions.yml").read_text(encoding="utf-8"))
DATA = files("casegen").joinpath("data")
DIVISIONS = json.loads(DATA.joinpath("divisions.json").read_text(encoding="utf-8"))["provinces"]
HISTORY = json.loads(DATA.joinpath("division_history.json").read_text(encoding="utf-8"))

TODAY = [
    *DIVISIONS,
    *(
        "/".join(name for name in (top, city, county) if name)
        for top, (_, cities) in DIVISIONS.items()
        for city, (_, counties) in cities.items()
        for county in ("", *counties)
        if city or county
    ),
]
NAMES = sorted(
    {name for text in TODAY for name in text.split("/")} | {"某某镇", "某某村", "", "市"}
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"])
def test_a_region_text_is_read_as_the_table_says(row):
    found, faults = read_region(row["text"])
    levels = (
        [found.province, found.city, found.county, found.township, found.village] if found else []
    )
    assert levels == row["levels"]
    assert [fault.slug for fault in faults] == row.get("faults", [])
    if "hint" in row:
        assert row["hint"] in faults[0].hint
    if "message" in row:
        assert row["message"] in faults[0].message


def test_every_place_of_today_is_read_without_fault_and_has_its_code():
    for text in TODAY:
        found, faults = read_region(text)
        assert found is not None
        assert (found.text, faults) == (text, ())
    codes = [find_code(found) for text in TODAY if (found := read_region(text)[0])]
    assert None not in codes
    assert len(set(codes)) == len(TODAY) == 3214


def test_every_old_place_is_called_old_and_its_successor_stands_today():
    today = {each for _, cities in DIVISIONS.values() for each in _codes(cities)}
    today |= {top for top, _ in DIVISIONS.values()}
    for top, below in HISTORY["provinces"].items():
        for key, (last, successor) in below.items():
            assert 1980 <= last <= 2026
            assert successor in today or not successor
            text = "/".join(name for name in (top, *key.split("/")) if name)
            found, faults = read_region(text)
            assert found is not None
            assert text in TODAY or [fault.slug for fault in faults] == ["renamed-place"], text


def _codes(cities):
    for of, counties in cities.values():
        yield of
        yield from counties.values()


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
def test_whatever_is_written_is_a_region_as_written_or_one_malformed_fault(names):
    found, faults = read_region("/".join(["甘肃省", *names]))
    if found is None:
        assert [fault.slug for fault in faults][-1] == "malformed-region"
    else:
        assert found.province == "甘肃省"
        assert read_region(found.text)[0] == found
    assert all(fault.message and fault.hint for fault in faults)


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
        region._load_divisions().codes["甘肃省", "", ""] = "0"


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
