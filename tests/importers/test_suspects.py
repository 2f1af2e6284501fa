"""Names that were written over others."""

from __future__ import annotations

import pytest

from casegen.importers.suspects import find_suspects
from importers.news import NEWS


def test_an_injected_name_is_flagged_and_not_taken_for_the_institution(found):
    name = "天美制作果冻视频"
    one = found(
        f"一村一品立起来\n这是{name}驻村干部们的真实写照，也是学生们穿梭在田间地头的缩影。"
        f"{'好。' * 20}\n"
    )
    assert (one.institution, one.institution_suspect) == ("", True)
    assert [s.text for s in one.suspects] == [name]


def test_an_injected_site_name_around_the_text_leaves_the_institution_alone(found):
    one = found("金宝搏188入口\n" + NEWS)
    assert (one.institution, one.institution_suspect) == ("青石职业学院", False)
    assert [s.text for s in one.suspects] == ["金宝搏188入口"]
    assert "金宝搏188入口" in {d.text for d in one.dropped}


def test_a_masked_name_is_flagged(found):
    one = found(f"一村一品立起来\nxx职业技术学院认真落实部署。{'学校在村里建起了合作社。' * 6}\n")
    assert one.institution_suspect
    assert one.suspects[0].text == "xx职业技术学院"


def test_talk_of_gambling_is_no_injected_name(found):
    one = found(
        f"移风易俗树新风\n村里整治赌博，反对色情，打击博彩网站。"
        f"{'村民拍手称快，乡风越来越好。' * 6}\n"
    )
    assert one.suspects == ()


def test_each_name_is_told_once_at_its_first_line_and_a_place_is_no_institution():
    text = "某某学院派人。\n到xx县调研。\n某某学院又派人。"
    found = list(find_suspects(text, first_line=5))
    assert [(s.text, s.line, s.injected, s.may_be_institution) for s in found] == [
        ("某某学院", 5, False, True),
        ("xx县", 6, False, False),
    ]
    assert list(find_suspects("青石学院在某些学校里。")) == []


@pytest.mark.parametrize("name", ["某大学", "○○学院", "＊＊公司", "〇〇中学", "×××村", "Xx镇"])
def test_every_way_to_mask_a_name_is_known(name):
    [suspect] = find_suspects(f"，{name}派人。")
    assert (suspect.text, suspect.injected) == (name, False)
    assert suspect.may_be_institution is (name[-1] not in "村镇")
