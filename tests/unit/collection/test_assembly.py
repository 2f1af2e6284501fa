from __future__ import annotations

import pytest
from judged import NORMS

from casegen.collection import parsing
from casegen.collection.assembly import assemble
from casegen.collection.category import Category
from casegen.source import files

CATEGORIES = (Category("talent", "人才", order=2), Category("industry", "产业", order=1))


def a_case(slug, metrics="[]", body="正文。", **more):
    front = {
        "title": slug,
        "institution": "某校",
        "regions": "[甘肃省/定西市/陇西县]",
        "date": "2023-06-01",
        "categories": "[产业]",
        "metrics": metrics,
        **more,
    }
    text = "---\n" + "\n".join(f"{k}: {v}" for k, v in front.items()) + f"\n---\n\n{body}\n"
    document, _ = files.make_document(f"cases/{slug}.md", text.encode())
    found, _ = parsing.parse_case(document, NORMS)
    assert found is not None
    return found


def whole(*cases, silenced=()):
    return assemble(cases, CATEGORIES, NORMS.vocabulary, frozenset(silenced))


def total(collection, key="funds_invested"):
    return next(t for t in collection.all_totals if t.indicator == key)


def test_the_newest_case_stands_first_and_of_one_day_the_first_by_its_address():
    made = whole(
        a_case("bb", date="2022-01-01"),
        a_case("cc", date="2023-01-01"),
        a_case("aa", date="2022-01-01"),
    )
    assert [each.slug for each in made.cases] == ["cc", "aa", "bb"]


def test_withdrawn_cases_stand_apart_and_drafts_count_nowhere():
    paid = "[{name: 帮扶资金, value: 5万元}]"
    made = whole(
        a_case("aa", paid, "投入帮扶资金5万元。"),
        a_case("bb", paid, "投入帮扶资金5万元。", status="draft"),
        a_case("cc", paid, "投入帮扶资金5万元。", status="withdrawn"),
    )
    assert [each.slug for each in made.cases] == ["aa", "bb"]
    assert [each.slug for each in made.withdrawn] == ["cc"]
    assert (total(made).low, total(made).of) == (50_000, 1)
    assert made.standings["bb"][0].reason == "draft"


def test_values_of_facets_stand_in_order_of_categories_years_and_how_often_they_occur():
    made = whole(
        a_case("aa", institution="丙校", categories="[人才, 产业]", period="2021-2022"),
        a_case("bb", institution="丙校"),
        a_case("cc", institution="乙校"),
        a_case("dd", institution="甲校"),
    )
    assert [value.label for value in made.facets["category"]] == ["产业", "人才"]
    assert [value.key for value in made.facets["year"]] == ["2023", "2022", "2021"]
    institutions = made.facets["institution"]
    assert [(value.label, len(value.slugs)) for value in institutions] == [
        ("丙校", 2), ("甲校", 1), ("乙校", 1)
    ]  # fmt: skip


OLDER = "[{name: 累计帮扶资金, value: 180万元, period: 2012-2022, timing: 累计}]"
NEWER = "[{name: 累计帮扶资金, value: 200万元, period: 2021-2023, timing: 累计}]"
SAID = "2012年至2022年累计投入帮扶资金180万元。"
SAID_LATER = "2021年至2023年累计投入帮扶资金200万元。"


def overlapping_cases(**more):
    return a_case("aa", OLDER, SAID, **more), a_case("bb", NEWER, SAID_LATER)


def test_of_two_sums_to_date_that_overlap_the_lesser_is_in_doubt_and_its_sentence_is_not_linked():
    made = whole(*overlapping_cases())
    older, newer = made.by_slug["aa"].metrics[0], made.by_slug["bb"].metrics[0]
    assert older.doubts == ("overlapping-figures",)
    assert older.evidence is None
    assert newer.evidence is not None
    assert (total(made).low, str(total(made).qualifier)) == (2_000_000, "超")
    assert [(out.slug, out.rules) for out in made.doubtful] == [("aa", ("overlapping-figures",))]


@pytest.mark.parametrize(
    ("more", "silenced"),
    [({"waive": "{overlapping-figures: 两笔钱}"}, ()), ({}, ("overlapping-figures",))],
    ids=["waived by its case", "rule switched off"],
)
def test_an_overlap_that_is_waived_or_no_rule_leaves_both_figures_in_the_total(more, silenced):
    made = whole(*overlapping_cases(**more), silenced=silenced)
    assert made.doubtful == ()
    assert (total(made).low, str(total(made).qualifier)) == (3_800_000, "exact")
    assert [made.standings[slug][0].counted for slug in ("aa", "bb")] == [True, True]


def test_a_waiver_of_a_case_lifts_no_doubt_where_two_of_its_metrics_overlap():
    trained = "{name: 累计培训人数, value: %s, period: %s, timing: 累计}]"
    pairs = f"{OLDER[:-1]}, {trained}" % ("30人", "2012-2022")
    others = f"{NEWER[:-1]}, {trained}" % ("40人", "2021-2023")
    made = whole(
        a_case("aa", pairs, SAID + "累计培训30人。", waive="{overlapping-figures: 都核对过}"),
        a_case("bb", others, SAID_LATER + "累计培训40人。"),
    )
    assert [out.slug for out in made.doubtful] == ["aa", "aa"]


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
