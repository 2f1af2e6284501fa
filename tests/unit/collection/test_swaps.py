from __future__ import annotations

import pytest
from judged import a_case

from casegen.collection.evidence import find_sentence_figures
from casegen.collection.swaps import find_swapped


def better(metrics: str, body: str) -> list[str]:
    found = a_case(metrics=metrics, body=body)
    sentences = found.prose.sentences
    swaps = find_swapped(found.metrics, sentences, find_sentence_figures(sentences), found.evidence)
    return [found.metrics[number].name for number in swaps]


PLACES = (
    "走访甲村建档立卡户197户、监测户8户、边缘户4户，走访乙村建档立卡户37户、监测户1户、边缘户3户。"
)
JOBS = "公益性岗位就业210人，省内就近就业260人，转移到上海市务工就业24人。"
DONORS = "甲公司捐赠生活用品价值4000元。乙公司捐赠农药价值2500元。"


@pytest.mark.parametrize(
    ("metrics", "body", "found"),
    [
        ("[省内就业: 24人]", JOBS, ["省内就业"]),
        ("[甲村监测户: 4户]", PLACES, ["甲村监测户"]),
        ("[乙村建档立卡户: 197户]", PLACES, ["乙村建档立卡户"]),
        ("[捐赠生活用品: 2500元]", DONORS, ["捐赠生活用品"]),
    ],
)
def test_a_figure_of_another_thing_is_told_from_the_metrics_own(metrics, body, found):
    assert better(metrics, body) == found


@pytest.mark.parametrize(
    ("metrics", "body"),
    [
        ("[省内就业: 260人, 公益性岗位: 210人, 上海务工: 24人]", JOBS),
        ("[乙村边缘户: 3户, 甲村监测户: 8户]", PLACES),
        ("[捐赠生活用品: 4000元]", DONORS),
        ("[种植面积: 100亩]", "发展茶叶100亩、油茶200亩。"),
        ("[投入资金: 200万元]", "学校投入200万元。预计明年投入资金500万元。"),
        ("[投入资金: 200万元]", "没有别的数。"),
        ("[植树: 4.5万株]", "栽植云杉2.8万株、油松1.2万株、花椒0.5万株，共计4.5万株。"),
    ],
)
def test_a_metric_at_its_own_figure_is_left_alone(metrics, body):
    assert better(metrics, body) == []
