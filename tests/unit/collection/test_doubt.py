from __future__ import annotations

import pytest
from judged import NORMS, a_case

from casegen.chinese.quantity import Quantity, read_quantity
from casegen.collection.doubt import is_impossible, is_share
from casegen.collection.metric import Metric

FUNDS = "{name: 投入帮扶资金, value: 50万元%s}"


def doubts_of(metrics, body, **more):
    return [metric.doubts for metric in a_case(metrics=metrics, body=body, **more).metrics]


@pytest.mark.parametrize(
    ("metrics", "body", "wanted"),
    [
        (FUNDS % "", "投入帮扶资金50万元。", ()),
        (FUNDS % "", "正文。", ("missing-evidence",)),
        (FUNDS % "", "投入帮扶资金60万元。", ("changed-value",)),
        (FUNDS % "", "投入帮扶资金约50万元。", ("changed-qualifier",)),
        (FUNDS % "", "投入帮扶资金50元。", ("changed-unit",)),
        (FUNDS % "", "预计投入帮扶资金50万元。", ("forecast-as-outcome",)),
        (FUNDS % ", period: 2023", "2021年投入帮扶资金50万元。", ("changed-period",)),
        ("{name: 户均增收, indicator: 带动增收总额, value: 3000元}", "户均增收3000元。",
         ("average-in-total",)),
        ("{name: 就业率, value: 120%}", "就业率120%。", ("impossible-value",)),
        ("{name: 脱贫户, value: 56户}", "全村原有脱贫户56户。", ("doubtful-evidence",)),
        ("{name: 脱贫户, value: 56户, period: 2019}", "2019年，全村原有脱贫户56户。", ()),
        ("{name: 脱贫户, value: 56户}", "全村有脱贫户56户，原有的土路都硬化了。", ()),
        ("{name: 脱贫户, value: 9899万人}", "全国脱贫户9899万人。", ("doubtful-evidence",)),
        ("{name: 分红, value: 500元}", "每户分红500元。", ("average-in-total",)),
        ("{name: 销售收入, value: 300元}", "每头牛销售收入300元。", ("average-in-total",)),
        ("{name: 投入资金, value: 5万元}", "给每个村投入资金5万元。", ("average-in-total",)),
        ("{name: 投入资金, value: 5万元}", "每年投入资金5万元。", ()),
        ("{name: 投入资金, value: 5万元}", "为每户改厕，投入资金5万元。", ()),
        ("{name: 分红, value: 5万元}", "向每户发放，每户分红共5万元。", ()),
        ("{name: 投入资金, value: 5万元}", "走进每家每户投入资金5万元。", ()),
        ("{name: 帮扶资金, value: 8万元}", "邻县投入帮扶资金8万元。", ("doubtful-evidence",)),
        ("{name: 帮扶资金, value: 8万元}", "联合邻县投入帮扶资金8万元。", ()),
        ("{name: 贴息, indicator: 比率, value: 2个百分点}", "贷款贴息2个百分点。",
         ("doubtful-evidence",)),
        ("{name: 分红, value: 500元}", "每家每户分红500元。", ("average-in-total",)),
        ("{name: 投入资金, value: 5万元}", "学校给每户投入资金5万元。", ("average-in-total",)),
        ("{name: 帮扶资金, value: 5万元}", "没有投入帮扶资金5万元。", ("doubtful-evidence",)),
        ("{name: 帮扶资金, value: 5万元}", "帮扶资金5万元至今未拨付。", ("doubtful-evidence",)),
        ("{name: 帮扶资金, value: 5万元}", "投入帮扶资金5万元，没有投入别的钱。", ()),
    ],
)  # fmt: skip
def test_what_the_sentence_or_the_number_says_against_a_metric_puts_it_in_doubt(
    metrics, body, wanted
):
    assert doubts_of(f"[{metrics}]", body) == [wanted]


def test_a_doubtful_metric_is_not_linked_to_a_sentence():
    [metric] = a_case(metrics=f"[{FUNDS % ''}]", body="投入帮扶资金60万元。").metrics
    assert metric.evidence is None


@pytest.mark.parametrize(
    ("waived", "lifted"),
    [("changed-value: 已核对原稿", True), ("changed-value: ", False), ("wrong-sum: 无关", False)],
)
def test_a_waiver_of_the_metric_lifts_its_doubt_only_with_a_reason(waived, lifted):
    waive = FUNDS % f", waive: {{{waived}}}"
    [doubts] = doubts_of(f"[{waive}]", "投入帮扶资金60万元。")
    assert (doubts == ()) is lifted


def test_a_waiver_of_the_case_lifts_a_doubt_that_one_metric_alone_has():
    more = "waive: {missing-evidence: 另有账目}"
    one, two = FUNDS % "", "{name: 培训人数, value: 30人}"
    assert doubts_of(f"[{one}]", "正文。", more=more) == [()]
    assert doubts_of(f"[{one}, {two}]", "正文。", more=more) == [("missing-evidence",)] * 2


def test_of_a_figure_that_is_written_twice_the_first_one_counts():
    twice = "[{name: 路灯, value: 60盏}, {name: 路灯, value: 60盏}]"
    assert doubts_of(twice, "安装路灯60盏。另装路灯60盏。") == [(), ("repeated-metric",)]


@pytest.mark.parametrize(
    ("waive", "wanted"),
    [("", ("repeated-metric",)), (", waive: {repeated-metric: 两处}", ("missing-evidence",))],
)
def test_the_reason_for_a_figure_written_twice_is_not_that_its_sentence_is_taken(waive, wanted):
    twice = f"[太阳能路灯: 60盏, {{name: 路灯, value: 60盏{waive}}}]"
    assert doubts_of(twice, "安装太阳能路灯60盏。") == [(), wanted]


@pytest.mark.parametrize(("value", "wanted"), [("五十万元", ()), ("60万元", ("missing-evidence",))])
def test_a_figure_that_claims_to_be_another_one_is_stated_by_its_sentence_if_it_is_equal(
    value, wanted
):
    again = f"{{name: 帮扶款, value: {value}, same_as: t}}"
    both = f"[{{name: 投入帮扶资金, value: 50万元, id: t}}, {again}]"
    assert doubts_of(both, "累计投入帮扶资金50万元。") == [(), wanted]


def test_more_lifted_than_registered_households_of_one_place_cannot_be():
    both = "[{name: 建档立卡户, value: 90户}, {name: 脱贫户, value: 95户}]"
    assert doubts_of(both, "建档立卡户90户。脱贫户95户。") == [(), ("impossible-value",)]


@pytest.mark.parametrize(
    ("name", "value", "impossible"),
    [("就业率", "100%", False), ("就业率", "101%", True), ("增长率", "250%", False),
     ("覆盖率", "120%", True), ("产值增长", "120%", False)],
)  # fmt: skip
def test_a_share_of_a_whole_cannot_pass_it(name, value, impossible):
    quantity = read_quantity(value)
    assert isinstance(quantity, Quantity)
    key = NORMS.vocabulary.get("比率").key
    assert is_impossible(Metric(name, key, quantity)) is impossible


def test_rates_of_growth_are_no_shares():
    assert is_share("群众满意度")
    assert not is_share("产值增长率")
