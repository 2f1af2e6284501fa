"""Figures and totals as readers of the book see them."""

from __future__ import annotations


def test_an_indicator_says_how_many_cases_its_total_holds(volume):
    said = {i.name: i.coverage for group in volume.groups for i in group.indicators}
    assert said["接待游客"] == "18 篇中 4 篇填报，1 篇计入合计"
    assert said["投入帮扶资金"] == "18 篇中 5 篇填报"
    assert not [name for name in said if "/" in name]
