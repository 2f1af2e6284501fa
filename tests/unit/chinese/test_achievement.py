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
        ("村里共有建档立卡贫困户91户。", "91户", "profile"),
        ("剩余贫困人口57人，贫困发生率降为3.2%。", "57人", "profile"),
        ("立足2.6万亩竹林的资源，发展加工。", "2.6万亩", "profile"),
        ("化解债务31.5万元，超过下达任务12万元。", "12万元", "difference"),
        ("我们打算再种260亩。", "260亩", "forecast"),
        ("村子离集镇大约7公里。", "大约7公里", "location"),
        ("来回要绕行8公里才能到学校。", "8公里", "location"),
        ("给每名学生送去书包、水杯和雨伞等一套。", "一套", "each"),
        ("栽培密度20万株每公顷。", "20万株", "specification"),
        ("贫困户李某发展大棚，收入4200元。", "4200元", "anecdote"),
        ("石桥村是唯一的贫困村，有261户，人均耕地少。", "261户", "profile"),
        ("人均收入低，村集体负债近80万元。", "近80万元", "baseline"),
        ("过去，家家户户广种薄收，亩产量仅110公斤。", "110公斤", "baseline"),
        ("受疫情影响，1800只土鸡滞销。", "1800只", "baseline"),
        ("以每亩750元的价格流转土地。", "750元", "price"),
        ("引进投资3000万元以上企业。", "3000万元以上", "threshold"),
        ("据初步测算，村集体今年可增收7万元。", "7万元", "forecast"),
        ("每户可以增加收入900元。", "900元", "forecast"),
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
        ("组建4支医疗队驻县医院。", "4支"),
        ("建设300平方的仓储用房。", "300平方"),
        ("化解负债26万元。", "26万元"),
        ("偿还村集体欠款12万元。", "12万元"),
        ("离退休人员捐资修路3公里。", "3公里"),
        ("修建步行道3公里。", "3公里"),
        ("打造徒步线路12公里。", "12公里"),
        ("全国17个对口援助省市的医院培养医务人员540名。", "540名"),
        ("帮助全村贫困户86户脱贫。", "86户"),
        ("直播间点赞2万+人次。", "2万+人次"),
        ("电站总容量3290.7kw。", "3290.7kw"),
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
