from __future__ import annotations

import pytest

from casegen.collection.indicator import AddingRule, Indicator, Timing
from casegen.collection.timing import (
    LAST,
    contradict,
    find_basis,
    find_years,
    split_name,
    strip_time,
)

ADDED = Indicator("funds", "资金", "money", "元", AddingRule.SUM)
STOCK = Indicator("area", "面积", "area_land", "亩", AddingRule.LATEST)
SAID = "2023年投入资金50万元，2021年以来累计投入资金200万元。收入2021年36.5万元、2023年93.27万元"
KEPT = "2021年以来，学校修路3公里；2022年建棚18座；全年接待游客5万人次，存栏肉牛90头"
APART = "2021年、2022年、2023年销售额分别为10万元、20万元、30万元，累计销售额60万元"
PAIRS = "2022年和2023年，分别带动86户312人、90户330人；2022年、2023年培训农民300人次"
RANGE = "2021—2023年分别举办三场、五场、八场，2024年举办九场"
BEFORE = "2022年和2023年分别获评示范村，投入资金50万元"
PLAN = "“十三五”期间，学校累计投入资金500万元。“十四五”以来，投入资金90万元"
GROWN = "销售额由2021年的80万元增至2023年的260万元，三年累计销售额480万元"
YEAR_BY_YEAR = "2021年投入10万元，2022年投入20万元，2023年投入30万元，共投入60万元"
OF_TWO = "2022年办班3场，2023年办班5场，两年共办班8场。建棚9座"
COMPARED = "2023年投入50万元，比2022年多10万元，累计投入200万元"
BEGUN = "2021年结对，三年来共培训800人次"
HELD = "2022年、2023年收入分别为18万元、27万元，较2020年（3万元）分别增长4.8倍、7.5倍"
UNTIL = "截至2022年底，三年来共培训800人次，2023年培训300人次"
TO_DATE = "截至2023年底，投入资金70万元，种植水苔100亩"


@pytest.mark.parametrize(
    ("name", "years", "bare"),
    [
        ("2021年村集体经济收入", (2021, 2021), "村集体经济收入"),
        ("2021—2023年投入资金", (2021, 2023), "投入资金"),
        ("2023年底存栏", (2023, 2023), "存栏"),
        ("截至2023年底累计投入资金", (2023, 2023), "投入资金"),
        ("累计帮扶资金", None, "帮扶资金"),
        ("当年投入资金", None, "投入资金"),
        ("年产值", None, "年产值"),
        ("2021年", None, "2021年"),
        ("832平台销售额", None, "832平台销售额"),
    ],
)
def test_a_name_tells_its_years_and_what_is_left_names_the_thing(name, years, bare):
    assert split_name(name)[0] == years
    assert strip_time(name) == bare


@pytest.mark.parametrize(
    ("text", "figure", "said"),
    [
        (SAID, "50万", (2023, 2023)),
        (SAID, "200万", (2021, LAST)),
        (SAID, "36.5", (2021, 2021)),
        (SAID, "93.27", (2023, 2023)),
        (TO_DATE, "70万", (0, 2023)),
        ("收入17.4万元（2021年）、36.5万元（2022年）", "36.5", (2022, 2022)),
        ("2023年收入达到24万元，比2020年的8万元增长200%", "200%", (2023, 2023)),
        ("由2020年的8万元增加到2023年的24万元", "24万", (0, 2023)),
        ("2019年5月以来培训300人次", "300", (2019, LAST)),
        ("投资2000万元，年产值3000万元", "3000", None),
        (APART, "10万", (2021, 2021)),
        (APART, "20万", (2022, 2022)),
        (APART, "30万", (2023, 2023)),
        (APART, "60万", (2021, 2023)),
        (PAIRS, "312人", (2022, 2022)),
        (PAIRS, "330人", (2023, 2023)),
        (PAIRS, "300人次", (2022, 2023)),
        (RANGE, "五场", (2022, 2022)),
        (RANGE, "九场", (2024, 2024)),
        (BEFORE, "50万", (2022, 2023)),
        (PLAN, "500万", (2016, 2020)),
        (PLAN, "90万", (2021, LAST)),
        (GROWN, "260万", (0, 2023)),
        (GROWN, "480万", (2021, 2023)),
        (YEAR_BY_YEAR, "30万", (2023, 2023)),
        (YEAR_BY_YEAR, "60万", (2021, 2023)),
        (OF_TWO, "8场", (2022, 2023)),
        (OF_TWO, "9座", (2023, 2023)),
        (COMPARED, "200万", (2023, 2023)),
        (BEGUN, "800", None),
        (UNTIL, "800", (0, 2022)),
        (UNTIL, "300", (2023, 2023)),
        (HELD, "4.8倍", (2022, 2023)),
        ("2020年投入60万元，其中2021年40万元；修路3公里", "3公里", (2020, 2020)),
        ("2023年收入8万元，是2016年的3.4倍", "3.4倍", (2023, 2023)),
        ("学院（2022年9月至2024年6月）在镇上开课86节", "86节", (2022, 2024)),
        ("2022年9月—2024年6月，开课86节", "86节", (2022, 2024)),
        ("2021年，学校帮助3个村共修路5公里", "5公里", (2021, 2021)),
        ("2021年修路，2023年修渠，自2015年以来共投入90万元", "90万", (2015, LAST)),
    ],
)
def test_the_last_years_said_before_a_figure_are_its_own(text, figure, said):
    ahead, _, behind = text.partition(figure)
    if figure == "36.5" and "（" in text:
        behind = behind.removeprefix("万元")
    assert find_years(ahead, behind) == said


@pytest.mark.parametrize(
    ("period", "said", "odd"),
    [
        ((2023, 2023), (2021, 2021), True),
        ((2021, 2023), (2022, 2022), False),
        ((2023, 2023), (0, 2021), True),
        ((2021, 2023), (0, 2023), False),
        ((2021, 2023), (2021, LAST), False),
        ((2019, 2020), (2021, LAST), True),
    ],
)
def test_years_of_a_metric_are_held_against_those_of_its_sentence(period, said, odd):
    assert contradict(period, said) is odd


@pytest.mark.parametrize(
    ("name", "text", "figure", "written", "indicator", "period", "timing"),
    [
        ("投入资金", SAID, "50万", (None, None), ADDED, (2023, 2023), "yearly"),
        ("投入资金", SAID, "200万", (None, None), ADDED, None, "cumulative"),
        ("投入资金", "", "", (None, None), ADDED, None, "cumulative"),
        ("投入资金", "", "", ((2022, 2022), None), ADDED, (2022, 2022), "yearly"),
        ("当年投入资金", "", "", (None, None), ADDED, None, "yearly"),
        ("投入资金", SAID, "200万", (None, Timing.YEARLY), ADDED, None, "yearly"),
        ("修路", KEPT, "3公里", (None, None), ADDED, None, "cumulative"),
        ("大棚", KEPT, "18座", (None, None), ADDED, (2022, 2022), "yearly"),
        ("接待游客", KEPT, "5万", (None, None), ADDED, (2022, 2022), "yearly"),
        ("肉牛", KEPT, "90头", (None, None), ADDED, (2022, 2022), "standing"),
        ("投入资金", TO_DATE, "70万", (None, None), ADDED, None, "cumulative"),
        ("种植面积", TO_DATE, "100亩", (None, None), STOCK, None, "standing"),
        ("2021年种植面积", "", "", (None, None), STOCK, (2021, 2021), "standing"),
    ],
)
def test_the_time_of_a_figure_is_written_or_inferred(  # noqa: PLR0913, PLR0917 a row of the table
    name, text, figure, written, indicator, period, timing
):
    ahead, _, behind = text.partition(figure) if figure else ("", "", "")
    found = find_basis(name, (ahead, behind), written, indicator, (2021, 2023))
    assert (found.period, str(found.timing)) == (period, timing)


@pytest.mark.parametrize(
    ("text", "undated", "period"),
    [
        ("2023年投入资金50万元", True, (2023, 2023)),  # the case was only published in 2024
        ("2023年投入资金50万元", False, None),  # its period is 2024
        ("2025年投入资金50万元", True, None),
        ("2020年以来累计投入资金50万元", True, (2020, 2024)),
        ("2023年起累计投入资金50万元", True, (2023, 2024)),
        ("投入资金50万元", True, None),
    ],
)
def test_a_case_without_a_period_has_figures_of_the_years_that_are_said(text, undated, period):
    ahead, _, behind = text.partition("50万元")
    found = find_basis("资金", (ahead, behind), (None, None), ADDED, (2024, 2024), undated=undated)
    assert found.period == period


SPAN = "2016年至2020年，学校累计投入资金500万元。2022年投入资金60万元"
OPENED = "自2019年起派出工作队，截至2022年底，累计培训800人次"
OPENED_LATE = "截至2022年底，自2019年起累计培训800人次"
TWO_OF_THREE = "2021年培训200人次，2022年培训300人次，三年共培训800人次"
SINCE = "自2015年结对以来，累计投入资金900万元"


@pytest.mark.parametrize(
    ("text", "figure", "indicator", "of_case", "period", "timing"),
    [
        (SPAN, "500万", ADDED, (2022, 2022), (2016, 2020), "cumulative"),
        (SPAN, "500万", ADDED, (2016, 2022), (2016, 2020), "cumulative"),
        (SPAN, "500万", ADDED, (2016, 2020), None, "cumulative"),
        (SPAN, "60万", ADDED, (2022, 2022), None, "yearly"),
        (SPAN.replace("累计", ""), "500万", ADDED, (2022, 2022), (2016, 2020), "cumulative"),
        (SPAN.replace("累计投入资金", "种植"), "500万", STOCK, (2022, 2022), None, "standing"),
        (SINCE, "900万", ADDED, (2023, 2023), (2015, 2023), "cumulative"),
        (SINCE, "900万", ADDED, (2015, 2015), None, "cumulative"),
        (PLAN, "500万", ADDED, (2021, 2021), (2016, 2020), "cumulative"),
        (PLAN, "500万", ADDED, (2018, 2018), (2016, 2018), "cumulative"),
        (APART, "20万", ADDED, (2021, 2023), (2022, 2022), "yearly"),
        (APART, "60万", ADDED, (2023, 2023), (2021, 2023), "cumulative"),
        (GROWN, "480万", ADDED, (2023, 2023), (2021, 2023), "cumulative"),
        (GROWN, "480万", ADDED, (2021, 2023), None, "cumulative"),
        (BEGUN, "800", ADDED, (2023, 2023), (2021, 2023), "cumulative"),
        (UNTIL, "800", ADDED, (2023, 2023), (2020, 2022), "cumulative"),
        (OPENED, "800", ADDED, (2023, 2023), (2019, 2022), "cumulative"),
        (OPENED_LATE, "800", ADDED, (2023, 2023), (2019, 2022), "cumulative"),
        (TWO_OF_THREE, "800", ADDED, (2023, 2023), (2021, 2023), "cumulative"),
        (TWO_OF_THREE, "800", ADDED, (2022, 2022), (2020, 2022), "cumulative"),
        (UNTIL, "300", ADDED, (2023, 2023), None, "yearly"),
        *(
            (f"{words}培训800人次", "800", ADDED, (2023, 2023), (first, 2023), "cumulative")
            for words, first in (
                ("三年来共", 2021), ("五年来，学校", 2019), ("连续三年共", 2021), ("3年间", 2021),
                ("近五年", 2019), ("过去两年共", 2022), ("三年累计", 2021), ("十二年来", 2012),
                ("用三年时间", 2021), ("两年多来", 2022), ("三年来，学校派出9人，", 2021),
            )
        ),
        *(
            (f"{words}培训800人次", "800", ADDED, (2023, 2023), None, timing)
            for words, timing in (
                ("几年来共", "cumulative"), ("近年来，", "cumulative"), ("三年前", "yearly"),
                ("第三年", "yearly"), ("每三年", "yearly"), ("三年来，每年", "yearly"),
                ("连续三年每年", "yearly"), ("一年来", "yearly"), ("三年级学生", "yearly"),
                ("近三年级", "yearly"), ("时隔三年，", "yearly"), ("三年来，2023年", "yearly"),
            )
        ),
        ("三年来，面积扩大到800亩", "800", STOCK, (2023, 2023), None, "standing"),
        ("三年来共培训800人次", "800", ADDED, (2015, 2023), None, "cumulative"),
    ],
)  # fmt: skip
def test_a_sum_to_date_is_of_the_years_that_its_sentence_gives(  # noqa: PLR0913, PLR0917
    text, figure, indicator, of_case, period, timing
):
    ahead, _, behind = text.partition(figure)
    found = find_basis("投入资金", (ahead, behind), (None, None), indicator, of_case)
    assert (found.period, str(found.timing)) == (period, timing)


@pytest.mark.parametrize(
    ("name", "ahead", "period", "of_case", "unbegun"),
    [
        ("投入资金", "截至2023年底，累计投入", None, (2023, 2023), True),
        ("投入资金", "截至2023年底，累计投入", None, (2021, 2023), True),
        ("投入资金", "截至2023年底，累计投入", (2023, 2023), (2023, 2023), True),
        ("累计投入资金", "", None, (2023, 2023), True),
        ("累计投入资金", "", None, (2021, 2023), False),
        ("累计投入资金", "", (2023, 2023), (2023, 2023), False),
        ("投入资金", "2023年累计投入", None, (2023, 2023), False),
        ("投入资金", "全年累计投入", None, (2023, 2023), False),
        ("投入资金", "自2019年以来累计投入", None, (2023, 2023), False),
        ("投入资金", "截至2023年底，五年来累计投入", None, (2023, 2023), False),
        ("投入资金", "2023年投入", None, (2023, 2023), False),
        ("投入资金", "三年共投入", (2023, 2023), (2023, 2023), True),
        ("投入资金", "三年共投入", (2021, 2023), (2023, 2023), False),
    ],
)
def test_a_sum_to_date_may_have_no_year_in_which_it_begins(name, ahead, period, of_case, unbegun):
    assert find_basis(name, (ahead, ""), (period, None), ADDED, of_case).unbegun is unbegun


@pytest.mark.parametrize(
    ("of_case", "period"),
    [((2024, 2024), (2023, 2023)), ((2019, 2024), (2019, 2023)), ((2021, 2023), None)],
)
def test_a_sum_to_date_ends_with_the_year_that_is_said(of_case, period):
    around = ("截至2023年底，累计投入", "")
    assert find_basis("投入资金", around, (None, None), ADDED, of_case).period == period
