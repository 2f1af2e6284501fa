"""Figures, totals and dates as readers of the book see them."""

from fractions import Fraction

import pytest
import yaml
from judged import NORMS, a_case
from projects import REPOSITORY

from casegen.chinese.quantity import Qualifier
from casegen.collection.assembly import assemble
from casegen.collection.category import CATEGORIES
from casegen.editions.book import shown

WORDS = yaml.safe_load((REPOSITORY / "themes/default/words/zh-CN.yml").read_text("utf-8"))


def together(*cases):
    return assemble(cases, CATEGORIES, NORMS.vocabulary)


def figures(metrics, body):
    case = a_case(metrics=metrics, body=body)
    return list(shown.list_figures(case, together(case), WORDS))


@pytest.mark.parametrize(("period", "text"), [((2021, 2021), "2021"), ((2019, 2021), "2019—2021")])
def test_a_period_is_a_year_or_two(period, text):
    assert shown.show_years(period, WORDS) == text


def test_a_calculated_value_has_its_qualifier_before_it():
    assert shown.show_calculated(Fraction(2_300_000), Fraction(2_300_000), "元") == "230万元"
    text = shown.show_calculated(Fraction(300), Fraction(300), "亩", Qualifier.OVER)
    assert text == "超300亩"


def test_each_figure_is_as_written_with_what_readers_must_know():
    whole, part, doubtful, again = figures(
        "[{name: 投入资金, value: 约200万元, id: t, period: 2020},"
        " {name: 培训资金, value: 80万元, part_of: t, category: 人才},"
        " {name: 种植面积, value: 100亩},"
        " {name: 总投入, value: 约200万元, same_as: t, note: 另一份报表}]",
        "2020年投入资金约200万元，其中培训资金80万元。",
    )
    assert (whole.quantity, whole.period, whole.note) == ("约200万元", "2020", "")
    assert (part.category, part.note) == ("人才", WORDS["metric.part"].format(whole="投入资金"))
    assert (doubtful.doubtful, "正文" in doubtful.note) == (True, True)
    assert again.note.endswith("另一份报表")
    assert WORDS["metric.same"].format(other="投入资金") in again.note


def test_the_parts_of_a_sum_come_with_their_shares():
    case = a_case(
        metrics="[{name: 投入资金, value: 200万元, id: t},"
        " {name: 修路, value: 50万元, part_of: t, split: 用途},"
        " {name: 培训, value: 150万元, part_of: t, split: 用途}]",
        body="投入资金200万元，其中修路50万元，培训150万元。",
    )
    [funds] = shown.list_funds(case, WORDS)
    assert [(s.name, s.quantity, s.share) for s in funds.shares] == [
        ("培训", "150万元", 750.0),
        ("修路", "50万元", 250.0),
    ]


def test_a_total_says_how_many_cases_report_it():
    cases = [
        a_case(
            name, title=name, institution=f"{name}校",
            metrics=f"[种植面积: {area}亩]", body=f"种植面积{area}亩。",
        )
        for name, area in (("a", 100), ("b", 50))
    ]  # fmt: skip
    collection = together(*cases, a_case("c", title="c", metrics="[]"))
    [total] = shown.list_totals(collection, "category", "industry")
    made = shown.make_total(total, collection, WORDS)
    assert (made.name, made.quantity) == ("种植面积", "150亩")
    assert made.coverage == WORDS["total.coverage"].format(of=3, n=2)
    [indicator] = shown.list_reported(collection)
    told = shown.make_indicator(indicator, collection, cases, WORDS)
    assert told.totals == ("150亩",)
    assert [(v.slug, v.quantity) for v in told.values] == [("a", "100亩"), ("b", "50亩")]


def test_an_indicator_that_is_not_added_up_says_why():
    case = a_case(metrics="[人均收入: 9000元]", body="人均收入9000元。")
    collection = together(case)
    [indicator] = shown.list_reported(collection)
    told = shown.make_indicator(indicator, collection, [case], WORDS)
    assert (told.totals, told.reason != "") == ((), True)


def test_an_indicator_that_is_never_added_up_says_so_beside_each_figure():
    [figure] = figures("[{name: 人均收入, value: 9000元}]", "人均收入9000元。")
    assert figure.note == WORDS["metric.not_added"]


def test_the_parts_of_a_sum_have_their_categories_and_round_shares():
    case = a_case(
        metrics="[{name: 投入资金, value: 30万元, id: t},"
        " {name: 修路, value: 10万元, part_of: t, split: 用途, category: 产业},"
        " {name: 培训, value: 20万元, part_of: t, split: 用途, category: 人才}]",
        body="投入资金30万元，其中修路10万元，培训20万元。",
    )
    [funds] = shown.list_funds(case, WORDS)
    assert [(s.share, s.category) for s in funds.shares] == [
        (666.667, "talent"),
        (333.333, "industry"),
    ]


def planted(name, value, body="", **fields):
    return a_case(
        name, title=name, institution=f"{name}校",
        metrics=f"[种植面积: {value}]", body=body or f"种植面积{value}。", **fields,
    )  # fmt: skip


def test_totals_are_those_of_the_part_of_the_book():
    collection = together(planted("a", "100亩"), planted("b", "50亩"))
    key = collection.facets["year"][0].key
    [total] = shown.list_totals(collection, "year", key)
    assert total.reported == 2
    assert shown.list_totals(collection, "year", "1900") == ()


def test_what_is_in_doubt_is_neither_counted_nor_shown_and_the_book_says_how_many():
    doubtful = planted("c", "70亩", body="村里修了路。")
    cases = [planted("a", "100亩"), doubtful]
    collection = together(*cases)
    [indicator] = shown.list_reported(collection)
    told = shown.make_indicator(indicator, collection, cases, WORDS)
    assert told.totals == ("100亩",)
    assert [value.slug for value in told.values] == ["a"]
    assert told.coverage == (
        WORDS["total.coverage"].format(of=2, n=1) + WORDS["total.left_out"].format(n=1)
    )


def test_only_published_cases_have_their_figures_in_the_index():
    cases = [planted("a", "100亩"), planted("b", "50亩", more="status: draft")]
    collection = together(*cases)
    [indicator] = shown.list_reported(collection)
    told = shown.make_indicator(indicator, collection, cases, WORDS)
    assert [value.slug for value in told.values] == ["a"]


def test_a_case_that_has_only_parts_of_an_indicator_does_not_report_it():
    tea = "{name: 种茶, indicator: 种植面积, value: 5亩, part_of: t}"
    rows = f"[{{name: 种草, value: 9亩, id: t}}, {tea}]"
    case = a_case(metrics=rows, body="种草9亩，其中种茶5亩。")
    collection = together(case)
    planted = collection.vocabulary.get("planting_area")
    told = shown.make_indicator(planted, collection, [case], WORDS)
    assert (told.values, told.coverage) == ((), WORDS["total.coverage"].format(of=1, n=0))
