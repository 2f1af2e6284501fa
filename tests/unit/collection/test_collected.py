"""What is calculated from all cases together."""

from assembled import a_case, whole


def test_every_number_has_its_source_only_where_each_metric_has_its_sentence():
    stated = a_case("aa", "[{name: 帮扶资金, value: 5万元}]", "投入帮扶资金5万元。")
    silent = a_case("bb", "[{name: 帮扶资金, value: 6万元}]")
    assert whole(stated).sourced
    assert not whole(stated, silent).sourced
    assert whole(stated, a_case("cc", "[{name: 帮扶资金, value: 6万元}]", status="draft")).sourced


def test_figures_of_no_known_province_are_counted_in_each_province_of_their_case():
    made = whole(
        a_case(
            "aa",
            "[{name: 帮扶资金, value: 5万元}]",
            "投入帮扶资金5万元。",
            regions="[甘肃省, 贵州省]",
        )
    )
    assert [made.unplaced(value) for value in made.facets["region"]] == [1, 1]
    assert made.region_totals("甘肃省") == ()
    assert made.region_totals("")[0].low == 50_000


def test_only_cases_with_a_figure_that_may_be_added_report_an_indicator():
    made = whole(
        a_case("aa", "[{name: 帮扶资金, value: 5万元}]", "投入帮扶资金5万元。"),
        a_case(
            "bb",
            "[{name: 种草, value: 9亩, id: t}, "
            "{name: 修路, indicator: 投入帮扶资金, value: 1万元, part_of: t}]",
            "种草9亩，修路1万元。",
        ),
        a_case("cc", "[{name: 修桥, indicator: 投入帮扶资金, value: 3座}]", "修桥3座。"),
    )
    funds = made.vocabulary.get("funds_invested")
    assert funds is not None
    assert made.list_reporting(funds) == ("aa",)
    [total] = [total for total in made.all_totals if total.indicator == funds.key]
    assert total.reported == 1


def test_a_category_counts_among_its_cases_those_of_which_a_figure_is_of_it():
    made = whole(
        a_case("aa", "[{name: 帮扶资金, value: 5万元}]", "投入资金5万元。", categories="[产业]"),
        a_case(
            "bb",
            "[{name: 帮扶资金, value: 6万元, category: 产业}]",
            "投入帮扶资金6万元。",
            categories="[人才]",
        ),
    )
    [total] = made.category_totals("industry")
    assert (total.reported, total.of) == (2, 2)
