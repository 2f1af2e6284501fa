from __future__ import annotations

import pytest

from casegen.editions.site.parts import show_as_written


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("约200万元", [("约", False), ("200", True), ("万元", False)]),
        ("12个百分点", [("12", True), ("个百分点", False)]),
        ("三个百分点", [("三", True), ("个百分点", False)]),
        ("一百二十户", [("一百二十", True), ("户", False)]),
        ("三分之二", [("三分之二", True)]),
        ("95%以上", [("95%", True), ("以上", False)]),
        ("4万余元", [("4", True), ("万余元", False)]),
    ],
)
def test_the_digits_of_a_figure_are_set_big_its_unit_and_its_qualifier_small(text, runs):
    assert [(run.text, run.big) for run in show_as_written(text).runs] == runs
