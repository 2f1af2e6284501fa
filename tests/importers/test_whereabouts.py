"""Which years and which place of the case a figure of a manuscript belongs to."""

from __future__ import annotations

import pytest

from casegen.chinese.figures import find_figures
from casegen.importers.whereabouts import find_period, find_region
from casegen.project import load_vocabulary

VOCABULARY = load_vocabulary()
PLACES = ("贵州省/毕节市/黔西市/新仁乡", "贵州省/毕节市/大方县")
BOTH = "在新仁乡和大方县共投入500万元，其中新仁乡300万元、大方县200万元，培训80人。"
EACH = "在新仁乡投入30万元，培训70人；在大方县投入20万元。修路5公里。两地共栽树600亩。"


@pytest.mark.parametrize(
    ("text", "figure", "region"),
    [
        (BOTH, "500万元", ""),
        (BOTH, "300万元", "新仁乡"),
        (BOTH, "200万元", "大方县"),
        (BOTH, "80人", ""),
        (EACH, "30万元", "新仁乡"),
        (EACH, "70人", "新仁乡"),
        (EACH, "20万元", "大方县"),
        (EACH, "5公里", "大方县"),
        (EACH, "600亩", ""),
        ("黔西市新仁乡投入30万元。", "30万元", "新仁乡"),
        ("黔西市投入30万元。", "30万元", ""),
        ("毕节市投入30万元。", "30万元", ""),
        ("投入30万元，用于大方县。", "30万元", "大方县"),
    ],
)
def test_a_figure_belongs_to_the_place_named_in_its_own_words(text, figure, region):
    assert find_region(text[: text.index(figure)], text, PLACES) == region


@pytest.mark.parametrize(
    ("text", "figure", "key", "period"),
    [
        ("自2019年起驻村。截至2023年底，累计投入90万元。", "90万元", "", (2019, 2023)),
        ("截至2023年底，五年来培训90人。", "90人", "", (2019, 2023)),
        ("五年来培训90人。", "90人", "", (2020, 2024)),
        ("五年来，种植面积扩大到90亩。", "90亩", "planting_area", None),
        ("2021年投入50万元，2022年投入60万元，三年共投入180万元。", "180万元", "", (2021, 2023)),
        ("2023年投入50万元，2024年投入60万元，三年共投入180万元。", "180万元", "", (2022, 2024)),
        ("去年投入50万元。", "50万元", "", (2023, 2023)),
        ("比去年培训50人。", "50人", "", None),
        ("去年投入20万元。今年投入50万元。", "50万元", "", None),
        ("2022年修路。栽树50亩。", "50亩", "", (2022, 2022)),
        ("2022年修路。今年栽树50亩。", "50亩", "", None),
        ("2022年修路。截至目前栽树50亩。", "50亩", "", None),
        ("2021年以来驻村。目前已栽树50亩。", "50亩", "", (2021, 2024)),
        ("2021至2023年共培训300人。吸纳就业86人。", "86人", "", None),
        ("2021年培训30人，2022年培训40人，两年共70人。吸纳就业86人。", "86人", "", None),
        ("2021年6月两地结成对子以来，互访12次。", "12次", "", (2021, 2024)),
        ("自2019年结对帮扶沙河镇以来，投入50万元。", "50万元", "", (2019, 2024)),
        ("2019年，两个支部结对。五年来，投入50万元。", "50万元", "", (2019, 2024)),
        ("2019年，两个支部结对。六年来，投入50万元。", "50万元", "", (2019, 2024)),
        ("2022年，两个支部结对。五年来，投入50万元。", "50万元", "", None),
    ],
)
def test_a_figure_belongs_to_the_years_told_before_it(text, figure, key, period):
    finding = next(f for f in find_figures(text) if f.raw == figure)
    found = find_period(text[: finding.start], finding, VOCABULARY.get(key) if key else None, 2024)
    assert found == period


@pytest.mark.parametrize(
    ("text", "figure", "period"),
    [
        ("五年来培训90人。", "90人", None),
        ("去年培训90人。", "90人", None),
        ("2019年结对。五年来培训90人。", "90人", None),
        ("截至2023年底，五年来培训90人。", "90人", (2019, 2023)),
        ("2021年以来培训90人。", "90人", (2021, 2024)),
    ],
)
def test_nothing_is_counted_back_from_a_year_that_is_only_told_often(text, figure, period):
    finding = next(f for f in find_figures(text) if f.raw == figure)
    assert find_period(text[: finding.start], finding, None, 2024, dated=False) == period
