"""Days as people write them are answered with the day in its form, or with what is wrong."""

import pytest

from casegen.source import dates
from casegen.source.kinds import WrongValueError, read_fields
from casegen.source.schema import Field

WRITTEN = {
    "2023年6月1日": "写成 2023-06-01",
    "2023 年 6 月 1 日": "写成 2023-06-01",
    "2023.6.1": "写成 2023-06-01",
    "20230601": "写成 2023-06-01",
    "二〇二三年六月一日": "写成 2023-06-01",
    "二零二三年十一月二十二号": "写成 2023-11-22",
    "２０２３-０６-０１": "写成 2023-06-01",
    "2023-06-01 星期四": "写成 2023-06-01",
    "2023年6月1日上午9时": "写成 2023-06-01",
    "2023-06-01至2023-07-01": "只写一天：写成 2023-06-01",
    "2023年6月": "写成 2023-06",
    "2023年六月上旬": "写成 2023-06",
    "2023年2月30日": "写真实的年-月-日：2023 年 2 月有 28 天",
    "2022年11月31号": "写真实的年-月-日：2022 年 11 月有 30 天",
    "2024-02-30": "写真实的年-月-日：2024 年 2 月有 29 天",
    "2023/13/01": "写真实的年-月-日：月份是 01 到 12",
    "2023年0月": "写真实的年-月-日：月份是 01 到 12",
    "2023": "至少写到月，如 2023-11",
    "三月五日": "写年-月-日，如 2023-11-05",
    "22/09/06": "写成 2022-09-06",
    "22年9月6日": "写成 2022-09-06",
    "98.9.6": "写成 1998-09-06",
    "22/13/06": "写真实的年-月-日：月份是 01 到 12",
    "9/16/2022": "写成 2022-09-16",
    "16/9/2022": "写成 2022-09-16",
    "9/6/2022": "写成 2022-09-06，或 2022-06-09",
    "Sep 6, 2022": "写成 2022-09-06",
    "6th September 2022": "写成 2022-09-06",
    "Tea 6, 2022": "写年-月-日，如 2023-11-05",
    "44810": "写成 2022-09-06",
    "2022-09-06T10:20:00+08:00": "写成 2022-09-06",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_is_answered_with_the_day_as_it_must_be_written(text):
    assert dates.propose_date(text, months=True)[1] == WRITTEN[text]


def hint(kind, value):
    with pytest.raises(WrongValueError):
        read_one(kind, value)
    return read_fields([Field("x", "x", kind, "")], {"x": value})[1][0].hint


def read_one(kind, value):
    typed, faults = read_fields([Field("x", "x", kind, "")], {"x": value})
    if faults:
        raise WrongValueError(faults[0].message, faults[0].hint)
    return typed["x"]


@pytest.mark.parametrize(
    "text", [text for text in WRITTEN if "写成 20" in WRITTEN[text] and "或" not in WRITTEN[text]]
)
def test_a_proposed_day_is_taken(text):
    assert read_one("month", WRITTEN[text].rpartition("写成 ")[2])


def test_a_month_is_not_proposed_where_a_day_must_be_known():
    assert hint("date", "2023年6月") == "写年-月-日，如 2023-06-05"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2019年至2022年6月", "写成 2019-2022"),
        ("2019、2020、2021", "写成 2019-2021"),
        ("2019年9月", "写成 2019"),
        ("2020年至今", "写上到哪一年为止，如 2020-2021；只是那一年，写成 2020"),
        ("近三年", "写起止的年份，如 2021-2023；只是一年，就写那一年"),
    ],
)
def test_a_period_is_proposed_from_the_years_that_a_text_names(text, said):
    assert hint("period", text) == said
