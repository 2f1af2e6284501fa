import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casegen.chinese.region import find_code
from casegen.chinese.region_reading import read_region

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
