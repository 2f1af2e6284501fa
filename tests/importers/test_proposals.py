"""The figures of a manuscript as proposed metrics."""

from __future__ import annotations

import pytest

from importers.news import NEWS
from importers.test_kept import BODY


def test_figures_are_proposed_with_their_place_in_the_text(news):
    proposed = [(p.finding.raw, NEWS[p.finding.start : p.finding.end]) for p in news.metrics]
    assert proposed == [(raw, raw) for raw in ("20万元", "100亩", "60户", "12次", "460余人次")]
    assert [p.indicator for p in news.metrics][:2] == ["funds_invested", "planting_area"]


def test_plans_are_no_metrics_but_stand_in_the_report_with_a_reason(news):
    assert {figure.raw: figure.reason for figure, _ in news.other} == {
        "50万元": "forecast",
        "200亩": "forecast",
    }


PLAIN = "椒香满山富农家\n\n" + "学校在村里建起了合作社，村民一年到头都有活干。" * 4
PARTS = [
    ("累计投入帮扶资金90万元。其中，2021年20万元、2022年30万元。",
     "投入帮扶资金 2021年投入帮扶资金 2022年投入帮扶资金", "0 0"),
    ("四年间投入帮扶资金90万元，其中2021年投入20万元，2022年投入30万元。",
     "投入帮扶资金 2021年投入资金 2022年投入资金", "0 0"),
    ("2021年、2022年分别购买和帮助销售茶叶86万元、124万元。",
     "2021年购买和帮助销售茶叶资金 2022年购买和帮助销售茶叶资金", "-"),
    ("茶叶产值5.4亿元，同比增长12%。", "茶叶产值 茶叶产值同比增长", "-"),
    ("茶叶产量40吨、产值50万元，分别比2022年增长8%和11%。",
     "茶叶产量 产值 茶叶产量增长 产值增长", "- - -"),
    ("户均收入1.8万元，是2016年的3.4倍。", "户均收入 户均收入倍数", "-"),
    ("投入20万元，建起冷库2座。种茶由860亩扩大到2150亩，其中新茶600亩，亩均收入由0.6万元提高到1.1万元。",
     "投入资金 建起冷库 种茶 新茶 亩均收入", "- - 2 -"),
    ("建起冷库2座（库容1500吨）、选果线1条。", "建起冷库 库容 选果线", "- -"),
    ("2023年安排资金60万元；2024年已到位资金58万元。", "安排资金 到位资金", "-"),
    ("安排资金60万元，到位资金58万元。", "安排资金 到位资金", "0"),
    ("村里的茶产值1.5亿元，增幅25.6%。", "茶产值 茶产值增幅", "-"),
    ("2022年、2023年村集体收入分别为18.6万元、27.3万元，较2020年（3.2万元）分别增长4.8倍、7.5倍。",
     "2022年村集体收入 2023年村集体收入 2022年村集体收入增长 2023年村集体收入增长", "- - -"),
    ("人均收入14520元，年均增长13.8%。", "人均收入 人均收入年均增长", "-"),
    ("捐赠电脑30台，价值12万元。", "捐赠电脑 捐赠电脑价值", "-"),
    ("修通产业路4条共11.5公里。", "修通产业路 修通产业路长度", "-"),
    ("组织12批次286名师生到村支教。", "组织师生 组织师生人数", "-"),
    ("学校选派23名专家组成服务团。", "选派专家", ""),
    ("培训骨干25人，占参训人员的六成。", "培训骨干 占参训人员的比例", "-"),
    ("投入资金90万元，其中：修路50万元；修渠40万元。", "投入资金 修路资金 修渠资金", "0 0"),
    ("累计带动农户260户，其中脱贫户120户；2023年新增带动农户60户。",
     "带动农户 脱贫户 新增带动农户", "0 -"),
    ("带动农户260户，其中脱贫户120户，2023年新增带动农户60户。",
     "带动农户 脱贫户 新增带动农户", "0 -"),
    ("三年投入资金38万元，其中2021年投入18万元，2022年投入20万元。",
     "投入资金 2021年投入资金 2022年投入资金", "0 0"),
    ("建成电商服务站8个，其中县级1个、村级7个。",
     "建成电商服务站 县级电商服务站 村级电商服务站", "0 0"),
    ("选派干部24人，其中男15人、女9人。", "选派干部 男干部 女干部", "0 0"),
    ("种植果树300亩，其中脐橙180亩、蜜柚90亩。", "种植果树 种植脐橙 种植蜜柚", "0 0"),
    ("培训600人次。其中培训妇女420人次，党员30人次。", "培训 培训妇女 培训党员", "0 0"),
    ("招收学生88名，其中14名孤儿。", "招收学生 孤儿", "0"),
    ("建成大棚20栋，其中：青石村12栋、白水村8栋。",
     "建成大棚 青石村建成大棚 白水村建成大棚", "0 0"),
    ("发放贷款500万元，其中东村300万元。", "发放贷款 东村发放贷款", "0"),
    ("接待游客5万人次，其中国庆期间2万人次。", "接待游客 国庆期间接待游客", "0"),
    ("实现销售额200万元，其中户均增收2万元。", "实现销售额 户均增收", "-"),
    ("人均收入2万元，其中人均工资性收入1万元。", "人均收入 人均工资性收入", "0"),
    ("发放补助20万元，其中每户补助2000元。", "发放补助 每户补助", "-"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "names", "wholes"), PARTS)
def test_a_part_is_named_by_its_own_words_and_those_of_its_whole(found, sentence, names, wholes):
    one = found(f"{PLAIN}\n\n{sentence}\n")
    start = next(n for n, m in enumerate(one.metrics) if m.evidence in sentence)
    own = one.metrics[start:][: len(names.split())]
    assert " ".join(m.name for m in own) == names
    told = [m.part_of for m in own[1:]]
    assert told == [None if w == "-" else start + int(w) for w in wholes.split()]


def test_a_sum_of_several_years_is_named_by_all_of_them(found):
    said = "年销售额由2021年的80万元增至2023年的260万元，三年累计销售额480万元。"
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{said}\n")
    assert [(m.name, m.period) for m in one.metrics if m.evidence == said] == [
        ("销售额", (2023, 2023)),
        ("2021—2023年销售额", (2021, 2023)),
    ]


def test_years_of_the_parts_of_one_figure_are_not_those_of_the_next(found):
    said = "2020年以来投入资金90万元，其中2021年20万元，2022年30万元；硬化道路3公里。"
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{said}\n")
    years = {m.finding.raw: m.period for m in one.metrics if m.evidence in said}
    assert years["30万元"] == (2022, 2022)
    assert years["3公里"][0] == years["90万元"][0] == 2020


def test_our_village_is_no_name(found):
    one = found(f"我们村的致富果\n\n{BODY}云南省普洱市澜沧县竹塘乡募乃村变了样。\n" * 2)
    assert not [place for place in one.regions if "我们" in place]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("收入、利润同比分别增长12%和15%。", ["收入增长", "利润增长"]),
        ("脐橙、蜜柚产量分别达到30吨、50吨。", ["脐橙", "蜜柚产量"]),
    ],
)
def test_figures_in_a_row_are_named_each_by_its_own_thing(found, sentence, names):
    one = found(f"椒香满山富农家\n\n村里的老人也有活干，外出的人回来了。\n\n{sentence}\n")
    assert [m.name for m in one.metrics] == names


@pytest.mark.parametrize("sentence", ["全村98%。", "120户中90户搬了家。", "其中90户。"])
def test_what_says_of_nothing_what_it_counts_is_no_name(found, sentence):
    one = found(f"椒香满山富农家\n\n村里的老人也有活干，外出的人回来了。\n\n{sentence}\n")
    assert not {m.name for m in one.metrics} & {"全村", "中", "其中", "和", ""}
