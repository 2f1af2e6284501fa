from __future__ import annotations

import pytest
from assembled import a_case, total, whole


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
