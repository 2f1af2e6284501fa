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
