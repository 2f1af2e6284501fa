"""Where a figure counts: its category, the shares of a whole, its province."""

from fractions import Fraction

import pytest

from casegen import project
from casegen.chinese.quantity import Quantity, read_quantity
from casegen.collection import booking
from casegen.collection.metric import Metric

FUNDS = project.load_vocabulary().get("funds_invested")


def metric(written, category="", **given):
    quantity = read_quantity(written)
    assert isinstance(quantity, Quantity)
    usual = {
        "name": "投入帮扶资金",
        "indicator": "funds_invested",
        "period": None,
        "part_of": None,
    }
    return Metric(**usual | {"quantity": quantity, "category": category} | given)


def booked(metrics, categories, number=0):
    splits = booking.list_partitions(metrics)
    shares = booking.book_shares(number, metrics, splits, FUNDS, categories)
    return {share.category: share.measure.low for share in shares}


def test_a_category_that_is_written_counts_before_all_others():
    whole = metric("10万元", "culture")
    parts = [metric("6万元", "industry", part_of=0), metric("4万元", "talent", part_of=0)]
    assert booked([whole, *parts], ["ecology"]) == {"culture": 100_000}


def test_a_whole_is_split_by_the_categories_of_its_parts():
    parts = [metric("6万元", "industry", part_of=0), metric("4万元", "talent", part_of=0)]
    assert booked([metric("10万元"), *parts], ["ecology"]) == {
        "industry": 60_000,
        "talent": 40_000,
    }


@pytest.mark.parametrize(
    "parts",
    [
        [("6万元", "industry"), ("3万元", "talent")],  # they do not make the whole
        [("6万元", "industry"), ("4万元", "")],  # one has no category
        [("约6万元", "industry"), ("4万元", "talent")],  # one is not exact
    ],
)
def test_parts_that_do_not_settle_it_split_nothing(parts):
    of = [metric(written, category, part_of=0) for written, category in parts]
    assert booked([metric("10万元"), *of], ["ecology"]) == {"ecology": 100_000}


def test_the_second_of_two_splits_counts_where_the_first_has_no_categories():
    sources = [metric(w, part_of=0, split="来源") for w in ("5万元", "5万元")]
    uses = [
        metric("7万元", "industry", part_of=0, split="用途"),
        metric("3万元", "organization", part_of=0, split="用途"),
    ]
    assert booked([metric("10万元"), *sources, *uses], []) == {
        "industry": 70_000,
        "organization": 30_000,
    }


def test_a_part_that_is_a_whole_itself_is_split_to_the_finest():
    metrics = [
        metric("10万元"),
        metric("8万元", "industry", part_of=0),
        metric("2万元", "talent", part_of=0),
        metric("5万元", "ecology", part_of=1),
        metric("3万元", "culture", part_of=1),
    ]
    assert booked(metrics, []) == {"ecology": 50_000, "culture": 30_000, "talent": 20_000}


def test_parts_in_a_circle_come_to_an_end():
    metrics = [
        metric("10万元", part_of=1),
        metric("10万元", "industry", part_of=0),
    ]
    assert sum(booked(metrics, []).values()) == Fraction(100_000)


def test_the_only_category_of_a_case_has_what_names_none_and_of_several_none():
    assert booked([metric("10万元")], ["talent"]) == {"talent": 100_000}
    assert booked([metric("10万元")], ["talent", "industry"]) == {"": 100_000}


@pytest.mark.parametrize(
    ("region", "regions", "province"),
    [
        ("贵州省/毕节市", ["贵州省/毕节市", "甘肃省/定西市"], "贵州省"),
        ("", ["贵州省/毕节市", "贵州省/遵义市"], "贵州省"),
        ("", ["贵州省/毕节市", "甘肃省/定西市"], ""),
        ("", [], ""),
    ],
)
def test_a_province_is_the_metric_s_own_or_the_only_one(region, regions, province):
    assert booking.find_province(metric("10万元", region=region), regions) == province


def test_a_metric_of_a_place_that_its_case_does_not_list_is_of_no_province():
    assert not booking.find_province(metric("10万元", elsewhere="榕江县"), ["贵州省"])
