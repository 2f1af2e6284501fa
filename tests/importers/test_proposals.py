"""The figures of a manuscript as proposed metrics."""

from __future__ import annotations

import pytest

from importers.news import NEWS
from importers.test_kept import BODY


def test_figures_are_proposed_with_their_place_in_the_text(news):
    proposed = [(p.finding.raw, NEWS[p.finding.start : p.finding.end]) for p in news.metrics]
    assert proposed == [(raw, raw) for raw in ("20万元", "100亩", "60户", "12次", "460余人次")]
    assert [p.indicator for p in news.metrics][:2] == ["funds_invested", "planting_area"]


def test_a_figure_behind_a_label_is_named_by_it_and_its_line_is_no_heading(found):
    long = "学校在村里建起了合作社，村民一年到头都有活干，日子一天比一天好。" * 2
    one = found(f"一村一品立起来\n{long}\n1、投入资金：50万元\n2、培训人次：300人次\n{long}\n")
    assert [(p.name, p.indicator) for p in one.metrics] == [
        ("投入资金", "funds_invested"),
        ("培训人次", "training_person_times"),
    ]
    assert one.sections == ()


def test_plans_are_no_metrics_but_stand_in_the_report_with_a_reason(news):
    assert {figure.raw: figure.reason for figure, _ in news.other} == {
        "50万元": "forecast",
        "200亩": "forecast",
    }


@pytest.mark.parametrize(
    ("sentence", "raw", "name", "indicator"),
    [
        ("村集体经济收入由2021年的3万元增加到2023年的21万元。", "21万元", "村集体经济收入",
         "collective_income"),
        ("解决了212户903人的饮水问题。", "212户", "解决饮水问题", "water_households"),
        ("花椒种植面积从300亩扩大到500亩。", "500亩", "种植面积", "planting_area"),
    ],
)  # fmt: skip
def test_a_figure_is_named_by_what_grew_or_by_what_a_pair_counts(
    found, sentence, raw, name, indicator
):
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{sentence}\n")
    metric = next(m for m in one.metrics if m.finding.raw == raw and m.evidence in sentence)
    assert (metric.name, metric.indicator) == (name, indicator)


def test_our_village_is_no_name(found):
    one = found(f"我们村的致富果\n\n{BODY}云南省普洱市澜沧县竹塘乡募乃村变了样。\n" * 2)
    assert not [place for place in one.regions if "我们" in place]
