"""合计 and 其中 of sentences and tables, added up again."""

import pytest
from judged import a_case, check, stated, tell

ROWS = "| 村 | 户数 | 面积（亩） | 就业率 |\n|---|---|---|---|\n| 甲 | 10 | 1,000 | 90% |\n"


@pytest.mark.parametrize(
    ("last", "reported"),
    [
        ("| 合计 | 30 | 1200.5 | 95% |", []),
        ("| 合计 | 31 | 1200.5 | 95% |", ["“户数”一列相加是 30，合计写的是 31"]),
        ("| 合计 | 30 | 1300 |  |", ["“面积（亩）”一列相加是 1200.5，合计写的是 1300"]),
        ("| 丙 | 31 | 1300 | 95% |", []),
    ],
)
def test_the_last_row_of_a_table_is_the_sum_of_its_columns(last, reported):
    found = tell(a_case(body=f"{ROWS}| 乙 | 20 | 200.5 | 100% |\n{last}\n"))
    assert found == [("wrong-sum", message) for message in reported]


@pytest.mark.parametrize(("sentence", "wrong"), stated("wrong-sum"))
def test_a_sentence_is_reported_on_its_line_if_its_figures_cannot_be_right(sentence, wrong):
    problems = check(a_case(body=f"开头一段。\n\n{sentence}"))
    assert (
        {(p.rule, p.where.line) for p in problems} == {("wrong-sum", 15)} if wrong else not problems
    )
    assert all(p.hint for p in problems)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("甲村修路100米，乙村修路50米，合计160米。", "100米、50米 相加是 150米，正文写的是 160米"),
        ("修渠1.2公里、便道0.9公里，共计2.3公里。",
         "1.2公里、0.9公里 相加是 2.1公里，正文写的是 2.3公里"),
    ],
)  # fmt: skip
def test_the_right_sum_is_named_in_the_unit_as_written(sentence, message):
    assert tell(a_case(body=sentence)) == [("wrong-sum", message)]


def test_parts_that_nearly_make_their_whole_are_only_noted():
    [problem] = check(a_case(body="发放树苗100株，其中桃苗60株、李苗38株。"))
    assert (problem.rule, str(problem.severity)) == ("wrong-sum", "note")
    assert check(a_case(body="发放树苗100株，其中桃苗50株、李苗30株。")) == []
