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
