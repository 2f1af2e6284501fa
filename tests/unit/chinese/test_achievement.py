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
        ("村民张大妈说，她家养了3头猪。", "3头", "anecdote"),
        ("全村共有521户。", "521户", "profile"),
        ("距县城30公里。", "30公里", "location"),
        ("单价12元一斤。", "12元一斤", "price"),
        ("村里共有建档立卡贫困户91户。", "91户", "profile"),
        ("剩余贫困人口57人，贫困发生率降为3.2%。", "57人", "profile"),
        ("立足2.6万亩竹林的资源，发展加工。", "2.6万亩", "profile"),
        ("化解债务31.5万元，超过下达任务12万元。", "12万元", "difference"),
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
        ("我国脱贫攻坚取得胜利，9899万农村贫困人口脱贫。", "9899万", "national"),
        ("学校占地总面积4600平方米，有学生180人，寄宿生72人。", "4600平方米", "profile"),
        ("学校占地总面积4600平方米，有学生180人，寄宿生72人。", "72人", "profile"),
        ("全村七成的农户从事竹编。", "七成", "profile"),
        ("8个自然村散落在6条山沟里。", "8个", "profile"),
        ("8个自然村散落在6条山沟里。", "6条", "profile"),
        ("从这里走出革命烈士18人。", "18人", "profile"),
        ("安置点里12栋楼房错落有致。", "12栋", "profile"),
        ("“入社以后，每年能分到3000元。”说话间，她又搬起一筐番茄。", "3000元", "anecdote"),
        ("他的果园栽了600棵桃树。", "600棵", "anecdote"),
        ("村民在自家屋后种了2亩菜。", "2亩", "anecdote"),
        ("李四妹是后山村贫困户，去年搬进90平方米的新房。", "90平方米", "anecdote"),
        ("本地鲜竹笋价格6块多一斤。", "6块", "price"),
        ("土鸡蛋由每斤8元涨到12元。", "8元", "price"),
        ("亩均收益不足1000元。", "不足1000元", "baseline"),
        ("单产由每亩350公斤提高到420公斤。", "350公斤", "baseline"),
        ("上半年发放贷款80亿元，同比多投放9亿元。", "9亿元", "difference"),
        ("由12个学院的党委书记组成助力团。", "12个", "arrangement"),
        ("已在10多个省区建成基地30个。", "10多个", "arrangement"),
        ("这是全省首个突破百亿元贷款的县。", "突破百亿元", "threshold"),
        ("每年选择1-2个村作为示范点。", "1-2个村", "each"),
        ("新建蓄水池6座，单体容积40立方米。", "40立方米", "specification"),
        ("把水从海拔1200米提升到1900米的高度。", "1900米", "location"),
        ("志愿者驱车百余公里送书下乡。", "百余公里", "location"),
        ("两地相隔一千多公里。", "一千多公里", "location"),
        ("建成两座40千瓦光伏电站。", "40千瓦", "specification"),
        ("四辆满载苹果的货车开进校园。", "四辆", "anecdote"),
        ("村小三间教室破旧，缺少课桌。", "三间", "profile"),
        ("这座桥是八十多户的必经之路。", "八十多户", "profile"),
        ("其中苗族人口近三成。", "近三成", "profile"),
        ("2016年以前，村里只有1台变压器。", "1台", "baseline"),
    ],
)
def test_a_figure_that_is_nothing_achieved_has_its_reason(text, raw, reason):
    assert (raw, reason) in reasons_in(text)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("为12名妇女儿童争取救助金8万元。", "8万元"),
        ("“我公司为电网改造投入3200万元。”", "3200万元"),
        ("投放2600万元村级电站贷款。", "2600万元"),
        ("实施对口支援以来，全国共有15个省市选派干部2100名。", "2100名"),
        ("定点扶贫38个国家扶贫开发重点县。", "38个"),
        ("全村贫困户7户31人全部脱贫。", "7户"),
        ("已收到校友会捐赠的四批文具。", "四批"),
    ],
)
def test_a_figure_beside_such_words_is_still_something_done(text, raw):
    assert (raw, "") in reasons_in(text)


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
        ("带动七成的农户从事竹编。", "七成"),
        ("土鸡蛋由每斤8元涨到12元。", "12元"),
        ("带动14户村民参与种植，户均年增收9600余元。", "9600余元"),
        ("帮助李家湾的脱贫户种植果树600棵。", "600棵"),
        ("全县搬迁总人口3200人，安置2900人。", "3200人"),
        ("全市共有36家民营企业与40个村庄结对帮扶。", "36家"),
        ("资助学生40名，发放助学金6万。", "6万"),
        ("连栋大棚总面积3600平方米，已经建成。", "3600平方米"),
    ],
)
def test_a_figure_of_something_done_has_none(text, raw):
    assert (raw, "") in reasons_in(text)


def test_reasons_are_asked_in_order_and_the_first_that_holds_counts():
    names = [name for name, _ in REASONS]
    assert names.index("time") < names.index("profile") < names.index("forecast")
    assert reasons_in("到2025年，计划全村521户都住上新房。")[0][1] == "time"
