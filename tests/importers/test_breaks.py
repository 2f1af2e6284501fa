"""Lines of pasted text that end in the middle of a sentence."""

from __future__ import annotations

import pytest

BROKEN = """\
青石职业学院：水苔铺出增收路
2023-06-23 青石职业学院
青石职业学院帮扶陇西县菜子镇步云村，选派3名干部驻村，
把课堂搬到田间地头，和村民一起找路子、建基地。
一、主要做法
    2023年，学院投入帮扶资金20万元，发展水苔100亩，带动6
0户村民增收，村民都说好。学院还派出农技专家驻村指导，开办
了田间课堂，教村民育苗、移栽、采收和晾晒，请来客商签下订单
，让水苔有了稳定的销路，合作社年底分红3万元，村民人人有份。
第二年合作社又添了烘干机。
"""


def test_lines_broken_in_mid_sentence_are_joined_and_told(found):
    one = found(BROKEN)
    assert [b.plain[-12:] for b in one.blocks] == [
        "村民一起找路子、建基地。",
        "一、主要做法",
        "年底分红3万元，村民人人有份。"[-12:],
        "第二年合作社又添了烘干机。"[-12:],
    ]
    assert (
        "开办了田间课堂，教村民育苗、移栽、采收和晾晒，请来客商签下订单，让水苔"
        in one.blocks[2].plain
    )
    assert "断在句子中间的行已接到上一行，共 4 处：第 4、7、8、9 行" in one.losses


def test_a_figure_broken_over_two_lines_is_one_figure_at_its_place(found):
    figure = next(p.finding for p in found(BROKEN).metrics if p.finding.quantity.unit == "户")
    assert (figure.quantity.low, BROKEN[figure.start : figure.end]) == (60, "6\n0户")


@pytest.mark.parametrize(
    "lines",
    [
        "学校建起合作社，村民都说好。\n第二年又添了烘干机，路也修通了。\n村里通了公交车，老人都说好。",
        "建基地，强产业，村里面貌一天一个样\n修公路，通客车，山里山外一天一个来回",
        "带动村民60户增收\n1. 建基地\n2. 闯市场",
    ],
)
def test_lines_that_may_be_paragraphs_of_their_own_stay_so(found, lines):
    one = found(f"一村一品立起来\n{'学校在村里建起了合作社，村民人人有活干。' * 4}\n{lines}\n")
    assert len(one.blocks) == 1 + len(lines.split("\n"))
    assert one.losses == ()


CUT = """\
山谷里的蜂箱
青岩职业学院支教队落户湖南省湘西土家族苗族自治州龙山
县洗车河镇，两年开课210节，惠及学生146名。
村民凑了6张桌子、凳子，学院又送来崭新的椅子4
0套。
"""


def test_a_place_and_a_number_that_a_line_end_cuts_are_whole_again(found):
    one = found(CUT)
    assert one.regions == ("湖南省/湘西土家族苗族自治州/龙山县/洗车河镇",)
    assert "40套" in [m.finding.raw.replace(" ", "") for m in one.metrics]
    assert any("第 3、5 行" in told for told in one.losses)


def test_a_number_above_a_year_and_a_place_above_another_word_are_not_joined(found):
    text = (
        "山谷里的蜂箱\n来电请拨，传真同号，邮编748\n2023年，学院来了。\n他们到了陇西\n线上开课。\n"
    )
    assert [b.plain for b in found(text).blocks] == text.splitlines()[1:]


NARROW = """\
山谷里的蜂箱
青岩职业学院帮扶甘肃省定西市
陇西县，种下中药材，三年面积
由300亩扩大到1200亩，带动农
户260户，学院派出干部4名，常
年住在村里，为农户讲课，前后
讲了86场。
"""


def test_many_lines_of_a_narrow_column_are_joined(found):
    (block,) = found(NARROW).blocks
    assert block.plain.startswith("青岩职业学院帮扶甘肃省定西市陇西县，种下中药材，三年面积由300亩")
    assert block.plain.endswith("前后讲了86场。")


def test_items_of_one_width_are_no_broken_lines(found):
    text = (
        "山谷里的蜂箱\n"
        + "\n".join(f"第{n}组领走桌椅课本共三十套" for n in "甲乙丙丁戊己庚")
        + "\n"
    )
    assert len(found(text).blocks) == 7


def test_a_mail_that_is_quoted_as_a_whole_is_read_without_its_signs(found):
    one = found("".join(f"> {line}\n" for line in CUT.splitlines()))
    assert one.title == "山谷里的蜂箱"
    assert [b.plain for b in one.blocks] == [b.plain for b in found(CUT).blocks]
    assert [m.finding.raw.replace("\u200b", "").replace(" ", "") for m in one.metrics] == [
        m.finding.raw.replace(" ", "") for m in found(CUT).metrics
    ]


def test_lines_broken_after_so_many_characters_are_joined_and_their_figures_read(found):
    lines = (
        "青石职业学院驻村工作队来到甘肃省定西市陇西县菜子镇步云村以后",
        "，围着一片紫米田想办法，把老品种重新种了出来。2022年，学",
        "院投入帮扶资金45万元，改良梯田260亩，培训种植户180人",
        "次，其中脱贫户96人次。工作队员白天进田看秧，晚上进院坝开会",
        "，销售紫米3.6万公斤，销售收入72万元，户均收入1850多",
        "元。",
    )
    one = found("一粒紫米的山路\n\n" + "\n".join(lines) + "\n")
    assert [b.plain for b in one.blocks] == ["".join(lines)]
    assert [m.finding.quantity.as_written for m in one.metrics][:4] == [
        "45万元", "260亩", "180人次", "96人次",
    ]  # fmt: skip
    assert {m.period for m in one.metrics} == {(2022, 2022)}
