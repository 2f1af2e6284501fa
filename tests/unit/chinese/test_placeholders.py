"""placeholders: what is still to be filled in, and sentences in which the same words are meant."""

import pytest

from casegen.chinese.placeholders import find_pending, find_placeholders


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("投入待核。", ["投入待核"]),
        ("投入（待核）万元", ["（待核）"]),
        ("负责人××待定", ["××"]),
        ("联系电话：待定", ["电话：待定"]),
        ("【插图】2022年X月X日", ["【插图】", "X月X日"]),
        ("去了●●村，收入约__万元", ["●●", "__"]),
        ("具体数字后补，资料暂缺", ["数字后补", "资料暂缺"]),
        ("会期待定，村民照样出工。制度仍待完善。", []),
        ("待核实后发放。方案待定期评估。待补植的苗木。电话待接。", []),
        ("约__30万元__，[图片](a.jpg)，X光片", []),
    ],
)
def test_marks_of_what_is_to_be_filled_in_are_found(text, marks):
    assert [text[first:last] for first, last in find_placeholders(text)] == marks


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("待核", "待核"),
        ("这个数\n对吗？", "这个数 对吗？"),
        ("TODO: photo", "TODO: photo"),
        (
            "请宣传部老王看一看，数字还没有核实，等他们回话",
            "请宣传部老王看一看，数字还没有核实，等他",
        ),
        ("宣传部来稿，接待处供图", ""),
        ("这是草稿，写着“待核”的尤其要看", ""),
        ("已核，招待所的数不算", ""),
        ("原稿指纹 b81；这是草稿，请逐项核对，写着“待核”的尤其要看。", ""),
    ],
)
def test_a_comment_that_leaves_something_to_be_done_is_told_from_others(note, said):
    assert find_pending(note) == said
