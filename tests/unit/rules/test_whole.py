"""What may not occur twice in one collection, and links between its cases."""

from dataclasses import replace

import pytest
from assembled import a_case as a_dated_case
from assembled import whole
from judged import NORMS, a_case, said_of_all, together

from casegen import rules
from casegen.rules.whole import WHOLE


def test_two_cases_of_one_title_and_one_institution_spelled_twice_are_reported():
    cases = together(a_case(name="b", institution="某校(西区)"), a_case(institution="某校（西区）"))
    problems = rules.check_collection(cases, NORMS)
    assert [(p.rule, p.where.path, p.where.line) for p in problems] == [
        ("duplicate-title", "cases/b.md", 2),
        ("institution-spelling", "cases/b.md", 3),
    ]
    assert all("cases/a.md" in p.message for p in problems)


LONG = "学校在村里建了果园，请来技术员教剪枝、嫁接、施肥，又办起合作社统一收购，三年后户户有收入。"


def test_a_copy_is_told_at_the_file_whose_name_is_that_of_a_copy():
    cases = (a_case("甲 - 副本", body=LONG), a_case("甲", body=LONG))
    assert said_of_all(WHOLE, *cases) == [("copied-case", "cases/甲 - 副本.md", 2)]


def test_a_withdrawn_case_and_one_without_figures_are_no_copies():
    withdrawn = replace(a_case("b", body=LONG), status="withdrawn")
    found = said_of_all(WHOLE, a_case("a", body=LONG), withdrawn)
    assert "copied-case" not in {rule for rule, _, _ in found}
    plain = [a_case(name, metrics="[]", body=LONG) for name in "ab"]
    assert [rule for rule, _, _ in said_of_all(WHOLE, *plain)] == ["duplicate-title"]


def test_a_link_to_a_missing_heading_and_to_a_draft_is_told_on_its_line():
    target = a_case("b", title="乙", body="## 做法\n\n种茶。")
    links = a_case("a", body="见[做法](b.md#做法)。\n\n见[成效](b.md#成效)。")
    assert said_of_all(WHOLE, links, target) == [("missing-anchor", "cases/a.md", 15)]
    draft = replace(target, status="draft")
    found = said_of_all(WHOLE, a_case("a", body="见[做法](b.md#做法)。"), draft)
    assert found == [("link-to-draft", "cases/a.md", 13)]


@pytest.mark.parametrize(
    ("second", "told"),
    [("2018-2023", ["overlapping-figures"]), ("2021-2023", [])],
)
def test_sums_to_date_whose_years_overlap_are_told(second, told):
    first, last = second.split("-")
    metrics = (
        "[{name: 累计投入资金, value: 180万元, period: 2012-2020},"
        f" {{name: 累计投入资金, value: 200万元, period: {second}}}]"
    )
    body = f"2012—2020年累计投入资金180万元。{first}—{last}年累计投入资金200万元。"
    found = said_of_all(WHOLE, a_case(metrics=metrics, body=body))
    assert [rule for rule, _, _ in found] == told


ONE = (
    "“培训果农”100人次没有加进合计："
    "cases/a.md 第 7 行“累计培训果农”900人次（2021—2023）已把它算在内"
)
SEVERAL = "“2021年培训果农”90人次等 2 条没有加进合计："
SUM = ("累计培训果农: 900人次", "2021-2023")


@pytest.mark.parametrize(
    ("figure", "period", "more", "told"),
    [
        ("培训果农: 100人次", "2022", {}, ONE),
        ("2021年培训果农: 90人次, 2022年培训果农: 80人次", "2022", {}, SEVERAL),
        ("培训果农: 100人次", "2024", {}, ""),
        ("培训茶农: 100人次", "2022", {}, ""),
        ("培训果农: 100人次", "2022", {"institution": "别校"}, ""),
        ("培训果农: 100人次", "2022", {"regions": "[甘肃省/定西市/通渭县]"}, ""),
        ("培训果农: 950人次", "2022", {}, "overlapping"),
        ("累计培训果农: 900人次", "2021-2023", {}, "“累计培训果农”900人次没有加进合计：cases/"),
    ],
)  # fmt: skip
def test_a_figure_held_by_one_of_another_case_is_told(figure, period, more, told):
    items = figure.split(", ")
    body = "".join(f"{item.replace(': ', '')}。" for item in items)
    cases = whole(
        a_dated_case("a", f"[{SUM[0]}]", "累计培训果农900人次。", period=SUM[1]),
        a_dated_case("b", f"[{figure}]", body, period=period, **more),
    )
    found = [
        p.message
        for p in rules.check_collection(cases, NORMS)
        if p.rule in {"contained-figures", "overlapping-figures"}
    ]
    if told == "overlapping":
        assert len(found) == 2
        assert all("两条都不计" in message for message in found)
    else:
        assert [message[: len(told)] for message in found] == [told] * bool(told)


@pytest.mark.parametrize(
    ("metrics", "told"),
    [
        ("累计投入电商帮扶资金: 215万元, 2023年投入资金: 85万元", 1),  # another name
        ("累计投入资金: 215万元, 2023年投入资金: 85万元", 0),  # plain in one case
        ("2022年种植面积: 100亩, 2023年种植面积: 150亩", 0),
    ],
)
def test_in_one_case_only_what_another_name_holds_is_told(metrics, told):
    body = "".join(f"{item.replace(': ', '')}。" for item in metrics.split(", "))
    cases = whole(a_dated_case("a", f"[{metrics}]", body, period="2022-2023"))
    found = [p.rule for p in rules.check_collection(cases, NORMS)]
    assert found == ["contained-figures"] * told


def test_a_stock_with_a_later_figure_in_another_case_is_told():
    cases = whole(
        a_dated_case("a", "[种植面积: 100亩]", "种植面积100亩。", period=2021),
        a_dated_case("b", "[种植面积: 150亩]", "种植面积150亩。", period=2023),
    )
    (found,) = [p for p in rules.check_collection(cases, NORMS) if p.rule == "contained-figures"]
    assert found.where.path == "cases/a.md"
    assert found.message.endswith("cases/b.md 第 7 行“种植面积”150亩（2023）更近")
