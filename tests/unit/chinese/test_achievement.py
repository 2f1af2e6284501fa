"""What the words around a figure make of it: one sentence for each reason, and its counterpart."""

import pytest

from casegen.chinese.achievement import REASONS
from casegen.chinese.figures import find_figures


def reasons_in(text: str) -> list[tuple[str, str]]:
    return [(figure.raw, figure.reason) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "raw", "reason"),
    [
        ("2021年修了一条路。", "2021年", "time"),
        ("选派第3批干部。", "3批", "ordinal"),
        ("计划2025年种植200亩。", "200亩", "forecast"),
        ("拟投入50万元。", "50万元", "forecast"),
        ("村民张大妈说，她家养了3头猪。", "3头", "anecdote"),
        ("全村共有521户。", "521户", "profile"),
        ("距县城30公里。", "30公里", "location"),
        ("单价12元一斤。", "12元一斤", "price"),
        ("我国脱贫攻坚取得胜利，9899万农村贫困人口脱贫。", "9899万", "national"),
    ],
)
def test_a_figure_that_is_nothing_achieved_has_its_reason(text, raw, reason):
    assert (raw, reason) in reasons_in(text)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("建成大棚20个。", "20个"),
        ("每户增收300元。", "300元"),
        ("培训300人次。", "300人次"),
        ("已种植200亩。", "200亩"),
        ("投入50万元。", "50万元"),
    ],
)
def test_a_figure_of_something_done_has_none(text, raw):
    assert (raw, "") in reasons_in(text)


def test_reasons_are_asked_in_order_and_the_first_that_holds_counts():
    names = [name for name, _ in REASONS]
    assert names.index("time") < names.index("profile") < names.index("forecast")
    assert reasons_in("到2025年，计划全村521户都住上新房。")[0][1] == "time"
