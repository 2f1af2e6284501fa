"""The letter that sends manuscripts."""

from __future__ import annotations

import pytest

from casegen import importers
from casegen import project as projects
from casegen.collection.norms import Norms

NORMS = Norms(projects.load_vocabulary())

LETTER = """\
关于报送乡村振兴典型案例的函
省教育厅：
按照贵厅通知要求，现将我校典型案例报上，请审阅。
附件：小果子做出大产业
青石职业学院
2023年5月6日
附件
小果子做出大产业
2021年以来，学院选派3名干部驻村，投入资金120万元，种植刺梨600亩，带动农户210户。
学院举办培训12期，培训农民860人次，让想学的人都学到一门手艺。
"""

SECOND = """\
附件2
课堂搬到田间
学院在陇西县文峰镇乔家门村开办农民夜校，一年四季有人讲课，村民下了工就来听。
培训农民460人次，增收20万元。
"""


@pytest.mark.parametrize("sender", ["", "青石职业学院"])
def test_a_covering_letter_is_taken_off_and_its_signature_kept(found, sender):
    letter = sender + LETTER
    case = found(letter)
    assert case.title == "小果子做出大产业"
    assert (case.institution, case.date) == ("青石职业学院", "2023-05-06")
    taken = {d.text for d in case.dropped}
    assert {line for line in letter.splitlines()[:8] if line} <= taken
    assert [b.plain for b in case.blocks] == LETTER.splitlines()[8:]


LETTERS = [
    LETTER.replace("附件\n", "").partition("小果子做出大产业\n2021")[0],
    "张老师：\n您好！此件附上我院典型案例一篇，请审阅。联系电话：略\n",
    "各位编辑：\n现报送我校典型案例《小果子》，请查收。\n此致\n敬礼！\n青石学院科技处\n2023年5月6日\n",
    "发件人：青石职业学院\n主题：案例\n老师您好：\n现将案例报来，请查收。\n祝工作顺利！\n",
]


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_without_a_line_that_ends_it_is_taken_off_by_its_sentences(found, letter):
    text = LETTER.partition("附件\n")[2]
    case = found(letter + text)
    assert case.title == "小果子做出大产业"
    assert [b.plain for b in case.blocks] == text.splitlines()[1:]
    assert set(letter.splitlines()) <= {d.text for d in case.dropped}


def test_a_title_that_ends_like_the_name_of_a_body_is_no_signature(found):
    letter = "现将案例材料报送如下，请查阅。\n"
    case = found(
        letter + "驻村三年的工作组\n青石职业学院　2023年5月6日\n工作组修路3公里，带动40户。\n"
    )
    assert (case.title, case.date) == ("驻村三年的工作组", "2023-05-06")


def test_an_article_that_only_speaks_of_a_report_loses_no_line(found):
    text = LETTER.partition("附件\n")[2] + "学院现将经验报送省厅，请各地参照。\n"
    case = found(text)
    assert [b.plain for b in case.blocks] == text.splitlines()[1:]


def test_each_case_behind_a_letter_becomes_a_draft_with_the_letters_signature():
    letter = LETTER.replace("\n附件\n", "\n附件1\n") + SECOND
    data = (letter + "附件3\n人员名单\n赵一一，钱二二。\n").encode()
    first, second = importers.read_manuscripts(importers.File("函.txt", data), NORMS)
    assert [f.title for f in (first, second)] == ["小果子做出大产业", "课堂搬到田间"]
    assert {(f.institution, f.date) for f in (first, second)} == {("青石职业学院", "2023-05-06")}
    assert [p.finding.raw for p in second.metrics] == ["460人次", "20万元"]
    assert "460人次" not in {p.finding.raw for p in first.metrics}
    assert (first.file, second.file) == ("函（附件1）.txt", "函（附件2）.txt")
    assert first.digest != second.digest


def test_an_enclosure_that_is_no_case_stays_with_the_one_before_it():
    data = (LETTER + SECOND.replace("课堂搬到田间", "推荐意见")).encode()
    assert [f.title for f in importers.read_manuscripts(importers.File("函.txt", data), NORMS)] == [
        "小果子做出大产业"
    ]
