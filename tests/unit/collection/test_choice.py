"""Which of several figures of one thing counts: sums to date, the latest, the greatest."""

import pytest

from casegen import project
from casegen.chinese.quantity import Quantity, read_quantity
from casegen.collection.choice import Count, choose_counts, find_overlaps
from casegen.collection.indicator import Timing
from casegen.collection.metric import Metric

VOCABULARY = project.load_vocabulary()
YEARLY, TO_DATE, STOCK = Timing.YEARLY, Timing.CUMULATIVE, Timing.STANDING


def count(  # noqa: PLR0913 the facts that a choice is made from
    written,
    period,
    timing=YEARLY,
    *,
    key="funds_invested",
    name="",
    owner="某校",
    place="甘肃省",
    case="a",
    position=0,
    explicit=None,
    **given,
):
    quantity = read_quantity(written)
    assert isinstance(quantity, Quantity)
    indicator = VOCABULARY.get(key)
    first, last = period if isinstance(period, tuple) else (period, period)
    metric = Metric(
        name=name or indicator.name,
        indicator=key,
        quantity=quantity,
        period=(first, last),
        timing=timing,
        explicit=timing is TO_DATE if explicit is None else explicit,
        settled=given.pop("settled", False),
    )
    return Count(
        indicator,
        case,
        position,
        metric,
        owner,
        place,
        place,
        (first, last),
        timing,
        indicator.measure(quantity),
        (),
        **given,
    )


def chosen(*counts):
    return [c.metric.quantity.as_written for c in choose_counts(counts) if c.chosen]


@pytest.mark.parametrize(
    ("explicit", "overlapping"), [((True, True), 1), ((True, False), 0), ((False, False), 0)]
)
def test_two_sums_of_one_case_and_period_overlap_only_if_words_make_both_sums_to_date(
    explicit, overlapping
):
    one, other = (
        count(written, (2021, 2023), TO_DATE, explicit=said, position=n)
        for n, (written, said) in enumerate(zip(("200万元", "50万元"), explicit, strict=True))
    )
    assert len(list(find_overlaps([one, other]))) == overlapping


def test_a_sum_to_date_takes_the_place_of_the_years_in_it():
    whole = count("200万元", (2021, 2023), TO_DATE)
    assert chosen(count("50万元", 2023), whole) == ["200万元"]
    assert chosen(count("50万元", 2024), whole) == ["50万元", "200万元"]


@pytest.mark.parametrize(
    "other", [{"owner": "别校"}, {"place": "贵州省"}, {"name": "水电投入", "explicit": False}]
)
def test_figures_of_another_institution_place_or_thing_stand_for_themselves(other):
    # Another name of the same indicator is another thing unless words make one a sum to date.
    whole = count("200万元", (2021, 2023), TO_DATE, explicit=False)
    assert chosen(whole, count("50万元", 2023, **other)) == ["200万元", "50万元"]


@pytest.mark.parametrize(
    ("whole", "part", "other", "counting"),
    [
        ("投入电商帮扶资金", "投入资金", {}, "215"),
        ("投入帮扶资金", "投入产业资金", {}, "215"),
        ("电商资金", "新增电商帮扶资金", {}, "215"),
        ("投入产业帮扶资金", "投入教育帮扶资金", {}, "215 85"),
        ("投入电商帮扶资金", "投入资金", {"case": "b"}, "215 85"),
        ("投入电商帮扶资金", "投入资金", {"place": "贵州省"}, "215 85"),
        ("投入电商帮扶资金", "投入资金", {"period": 2019}, "215 85"),
        ("投入电商帮扶资金", "投入资金", {"written": "300万元"}, "215 300"),
        ("投入电商帮扶资金", "投入资金", {"timing": STOCK}, "215 85"),
    ],
)
def test_in_one_case_a_sum_to_date_holds_what_is_named_more_or_less_exactly(
    whole, part, other, counting
):
    given = {"written": "85万元", "period": 2023, "name": part, **other}
    found = chosen(count("215万元", (2020, 2023), TO_DATE, name=whole), count(**given))
    assert found == [f"{number}万元" for number in counting.split()]
    # Its period alone makes no sum to date that holds another name.
    loose = count("215万元", (2020, 2023), TO_DATE, name=whole, explicit=False)
    assert len(chosen(loose, count(**given))) == 2


def test_the_longer_of_two_sums_to_date_counts():
    short, long = count("90万元", (2021, 2022), TO_DATE), count("200万元", (2020, 2023), TO_DATE)
    assert chosen(short, long) == ["200万元"]


def test_of_two_that_overlap_in_part_the_greater_counts_as_more_than_it_says():
    one = count("180万元", (2012, 2022), TO_DATE)
    other = count("200万元", (2021, 2023), TO_DATE, case="b")
    found = choose_counts([one, other])
    assert [(c.chosen, c.exceeded) for c in found] == [(False, False), (True, True)]
    (overlap,) = find_overlaps([one, other])
    assert (overlap.count, overlap.both, overlap.waived) == (one, False, False)


def test_a_year_greater_than_the_sum_to_date_that_holds_it_puts_both_in_doubt():
    counts = [count("300万元", 2023), count("200万元", (2021, 2023), TO_DATE)]
    assert chosen(*counts) == []
    assert [overlap.both for overlap in find_overlaps(counts)] == [True, True]


def test_an_overlap_that_is_waived_counts_where_both_write_their_period_and_timing():
    one = count("180万元", (2012, 2022), TO_DATE, settled=True, lifted=True)
    other = count("200万元", (2021, 2023), TO_DATE, settled=True, case="b")
    assert chosen(one, other) == ["180万元", "200万元"]
    loose = count("200万元", (2021, 2023), TO_DATE, case="b")
    assert chosen(one, loose) == ["200万元"]


def test_the_same_sum_to_date_told_in_two_cases_counts_once_and_nothing_is_doubted():
    counts = [count("200万元", (2021, 2023), TO_DATE, case=name) for name in "ab"]
    assert chosen(*counts) == ["200万元"]
    assert list(find_overlaps(counts)) == []


def test_of_a_stock_the_latest_counts_and_in_one_case_the_one_written_last():
    income = {"key": "collective_income", "timing": STOCK}
    assert chosen(
        count("17万元", 2021, **income),
        count("93万元", 2023, position=2, **income),
        count("36万元", 2022, position=1, **income),
    ) == ["93万元"]
    assert chosen(count("40万元", 2023, **income), count("41万元", 2023, position=1, **income)) == [
        "41万元"
    ]


def test_of_what_an_institution_covers_the_greatest_counts_once_for_each():
    villages = {"key": "villages_assisted", "timing": STOCK}
    assert chosen(
        count("3个", 2021, **villages),
        count("7个", 2022, case="b", **villages),
        count("5个", 2022, case="c", owner="别校", **villages),
    ) == ["7个", "5个"]
    assert len(chosen(*(count("3个", 2021, owner="", case=c, **villages) for c in "ab"))) == 2


def test_a_figure_waived_towards_one_and_in_doubt_because_of_another_is_in_doubt():
    whole = count("20万元", 2022, TO_DATE, settled=True, lifted=True, case="a")
    settled = count("21万元", 2022, settled=True, lifted=True, case="b")
    open_ = count("22万元", 2022, lifted=True, case="c")
    found = {o.count.case: o.waived for o in find_overlaps([whole, settled, open_])}
    assert found == {"a": False, "b": True, "c": False}
