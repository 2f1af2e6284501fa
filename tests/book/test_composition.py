"""What a book contains, in which order."""

from __future__ import annotations

import pytest


@pytest.mark.long
def test_a_part_says_how_many_of_its_cases_stand_elsewhere(volume):
    told = {part.name: part.told for part in volume.parts}
    assert told["产业振兴"] == "本篇收入 11 篇。另有 6 篇兼属本篇，正文排在别处，合计一并计入。"
    assert all(f"{len(p.chapters)} 篇" in p.told for p in volume.parts if p.chapters)


def test_places_of_one_county_are_named_once(volume):
    facts = {c.slug: c.facts[0].text for c in volume.chapters}
    assert facts["congjiang"] == "贵州省黔东南苗族侗族自治州从江县秀塘乡南塘村"
    assert facts["wuwei-yiti"].count("咸阳市") == 1
