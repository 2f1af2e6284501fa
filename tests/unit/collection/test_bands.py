"""The wholes of money of a case and the finest parts that make each of them exactly."""

import pytest
from judged import a_case

from casegen.collection.bands import find_bands

WHOLE = "{name: 投入资金, value: 100万元, id: t}"


def part(name, value, more="part_of: t, split: 用途"):
    return f"{{name: {name}, value: {value}, {more}}}"


def bands(*metrics, body=""):
    """Each band of a case: its whole, what it is split by, the parts with their thousandths."""
    told = body or "，".join(
        f"{row[1:].split(',')[0].removeprefix('name: ')}{row.split('value: ')[1].split(',')[0]}"
        for row in metrics
    )
    case = a_case(metrics=f"[{', '.join(metrics)}]", body=f"{told}。")
    names = [metric.name for metric in case.metrics]
    return [
        (names[band.whole], band.split, [(names[n], int(share)) for n, share in band.parts])
        for band in find_bands(case.metrics)
    ]


def test_parts_that_make_the_whole_come_the_largest_first():
    rows = (WHOLE, part("修路", "40万元"), part("助学", "600000元"))
    assert bands(*rows) == [("投入资金", "用途", [("助学", 600), ("修路", 400)])]


@pytest.mark.parametrize(
    "parts",
    [
        (part("修路", "40万元"), part("助学", "50万元")),
        (part("修路", "40万元"), part("助学", "约60万元")),
        (part("修路", "100万元"),),
        (part("修路", "40万元", "part_of: t"), part("助学", "60万元", "part_of: t")),
    ],
    ids=["too little", "not exact", "one part", "split by nothing"],
)
def test_parts_that_may_not_be_all_make_no_band(parts):
    assert bands(WHOLE, *parts) == []


def test_only_money_is_drawn():
    rows = (
        "{name: 面积, value: 100亩, id: t}",
        part("茶园", "40亩", "part_of: t, split: 作物"),
        part("果园", "60亩", "part_of: t, split: 作物"),
    )
    assert bands(*rows) == []


def test_a_part_that_is_split_again_gives_its_own_parts_to_the_band():
    rows = (
        WHOLE,
        part("基建", "70万元", "part_of: t, split: 用途, id: p"),
        part("助学", "30万元"),
        part("修路", "50万元", "part_of: p, split: 去处"),
        part("修渠", "20万元", "part_of: p, split: 去处"),
    )
    assert bands(*rows) == [("投入资金", "用途", [("修路", 500), ("助学", 300), ("修渠", 200)])]


def test_two_ways_of_splitting_make_two_bands():
    rows = (
        WHOLE,
        part("修路", "40万元"),
        part("助学", "60万元"),
        part("自筹", "10万元", "part_of: t, split: 来源"),
        part("拨款", "90万元", "part_of: t, split: 来源"),
    )
    assert [(whole, split) for whole, split, _ in bands(*rows)] == [
        ("投入资金", "用途"),
        ("投入资金", "来源"),
    ]
