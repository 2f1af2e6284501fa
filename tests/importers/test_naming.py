"""The name of a figure in the words of its sentence."""

from __future__ import annotations

import pytest

from importers.test_kept import BODY
from importers.word_files import cell, docx, p, row


def test_a_figure_behind_a_label_is_named_by_it_and_its_line_is_no_heading(found):
    long = "学校在村里建起了合作社，村民一年到头都有活干，日子一天比一天好。" * 2
    one = found(f"一村一品立起来\n{long}\n1、投入资金：50万元\n2、培训人次：300人次\n{long}\n")
    assert [(p.name, p.indicator) for p in one.metrics] == [
        ("投入资金", "funds_invested"),
        ("培训人次", "training_person_times"),
    ]
    assert one.sections == ()


@pytest.mark.parametrize(
    ("sentence", "raw", "name", "indicator"),
    [
        ("村集体经济收入由2021年的3万元增加到2023年的21万元。", "21万元", "村集体经济收入",
         "collective_income"),
        ("解决了212户903人的饮水问题。", "212户", "解决饮水问题", "water_households"),
        ("村集体收入从零增长到52万元。", "52万元", "村集体收入", "collective_income"),
        ("全村98%的农户用上自来水。", "98%", "农户用上自来水", ""),
        ("花椒种植面积从300亩扩大到500亩。", "500亩", "种植面积", "planting_area"),
    ],
)  # fmt: skip
def test_a_figure_is_named_by_what_grew_or_by_what_a_pair_counts(
    found, sentence, raw, name, indicator
):
    one = found(f"椒香满山富农家\n\n{BODY}\n\n{sentence}\n")
    metric = next(m for m in one.metrics if m.finding.raw == raw and m.evidence in sentence)
    assert (metric.name, metric.indicator) == (name, indicator)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("种植户发展到300户，面积稳定在1200亩。", ["种植户", "面积"]),
        ("村集体收入增加到56万元。", ["村集体收入"]),
        ("年产量提升至320吨，社员现有46名。", ["年产量", "社员"]),
        ("带动就业增至210人，加工厂扩建成3家。", ["带动就业", "加工厂"]),
        ("留守儿童减少到12人。", ["留守儿童"]),
        ("帮助销售牛羊肉、藏毯等特色产品1.5万元。", ["帮助销售特色产品资金"]),
        ("先天性心脏病患儿免费手术58例。", ["先天性心脏病患儿免费手术"]),
        (
            "带动周边5个村612户种植户，户均年增收8000元以上。",
            ["带动周边种植户", "带动种植户", "户均年增收"],
        ),
        ("获得“亿元村”等国家级荣誉3项。", ["国家级荣誉"]),
        ("协调校友企业捐资200万元修建小学。", ["协调校友企业捐资"]),
        ("茶叶线上销售突破1800万元。", ["销售额"]),
        ("务工86人（含脱贫户34人）。", ["务工", "脱贫户"]),
        ("最多的一户一年分了1.8万元。", []),
        ("定点帮扶县投入无偿帮扶资金4200万元。", ["投入无偿帮扶资金"]),
        ("投入700万元建设石榴产业园1200亩。", ["投入资金", "建设石榴产业园"]),
        ("先后有9批、427名师范生到这里支教。", ["师范生", "师范生人数"]),
        ("两地42所学校结对。", ["两地学校结对"]),
        ("共建产业园区2个。", ["共建产业园区"]),
        ("老师们先后到村勘测11次，现场解答问题200余个。", ["勘测", "现场解答问题"]),
        ("青石职业学院师生32人走进万家山村。", ["青石职业学院师生"]),
        ("寨里从业人员286人。", ["寨里从业人员"]),
        ("建成党群服务中心2个和农家讲习所3个。", ["建成党群服务中心", "农家讲习所"]),
        ("村党组织推荐能人6名。", ["村党组织推荐能人"]),
        ("全县森林覆盖率提高到69.3%。", ["森林覆盖率"]),
        ("开展三、四级手术643台次。", ["开展三四级手术"]),
        ("群众参与率为88.6%。", ["群众参与率"]),
        ("菌菇年产值从不足0.4亿元跃升至2.3亿元。", ["菌菇年产值"]),
        (
            "2021年植树1800亩，2022年又完成2650亩，2023年完成3100亩。",
            ["2021年植树", "2022年植树", "2023年植树"],
        ),
        (
            "2019年接待游客5.2万人次。2023年，这一数字攀升到28万人次。",
            ["接待游客", "接待游客人次"],
        ),
        ("关停搬迁养殖场57家，新建污水处理站21座。", ["关停搬迁养殖场", "新建污水处理站"]),
    ],
)
def test_how_a_figure_came_about_is_no_part_of_its_name(found, sentence, names):
    one = found(f"椒香满山富农家\n\n村里的老人也有活干，外出的人回来了。\n\n{sentence}\n")
    assert [m.name for m in one.metrics] == names


def test_a_table_of_things_and_their_numbers_names_each_figure_by_its_row(read):
    table = "".join(
        row(cell(a), cell(b))
        for a, b in (("项目", "数量"), ("油茶基地", "1200亩"), ("路灯", "46盏"))
    )
    body = p("一村一品立起来") + p(BODY) + f"<w:tbl>{table}</w:tbl>" + p(BODY)
    names = {m.finding.raw: m.name for m in read(docx(body)).metrics}
    assert (names["1200亩"], names["46盏"]) == ("油茶基地", "路灯")
