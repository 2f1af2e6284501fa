"""pairs: a mapping that was written as plain text after the field's colon."""

import pytest

from casegen.source.pairs import join_items, list_pairs, write_field, write_pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("供稿：驻村工作队", (("供稿", "驻村工作队"),)),
        ("供稿: 甲，编辑: 乙、丙", (("供稿", "甲"), ("编辑", "乙、丙"))),
        ("供稿：甲 编辑：乙", (("供稿", "甲"), ("编辑", "乙"))),
        (
            "名称：学院网；网址：https://a.edu.cn/x",
            (("名称", "学院网"), ("网址", "https://a.edu.cn/x")),
        ),
        ("种植面积：1,200亩", (("种植面积", "1,200亩"),)),
        ("https://a.edu.cn/x", ()),
        ("驻村工作队", ()),
        ("供稿：", ()),
        ("甲，编辑：乙", ()),
        ("", ()),
    ],
)
def test_pairs_of_a_text(text, pairs):
    assert list_pairs(text) == pairs


def test_values_that_yaml_would_cut_get_quotation_marks():
    written = write_pairs("种植面积：1,200亩，说明：[略]", "[]")
    assert written == '[种植面积: "1,200亩", 说明: "[略]"]'


@pytest.mark.parametrize(
    ("field", "text", "written"),
    [
        ("署名", "供稿: 甲", "{供稿: 甲}"),
        ("metrics", "种植面积: 100亩", "[种植面积: 100亩]"),
        ("来源", "名称: 学院网", "{名称: 学院网}"),
        ("来源", "学院网: 2024", ""),
        ("标题", "四坚持: 五聚焦", ""),
    ],
)
def test_only_fields_of_pairs_are_written_so(field, text, written):
    assert write_field(field, text) == written


@pytest.mark.parametrize(
    ("items", "whole"),
    [
        ([{"甲": "乙"}, "丙：丁, 戊: 己"], "{甲: 乙, 丙: 丁, 戊: 己}"),
        ([{"甲": "乙, 丙"}], '{甲: "乙, 丙"}'),
        ([{"甲": {"乙": "丙"}}], ""),
        (["甲", "乙：丙"], ""),
        ([{"甲": "乙" * 200}], ""),
    ],
)
def test_a_list_of_pairs_is_one_mapping(items, whole):
    assert join_items(items) == whole
