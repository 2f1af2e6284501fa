from __future__ import annotations

import pytest

from casegen.importers import htmlcells
from casegen.importers.manuscript import Block, Kind


def line(text: str) -> Block:
    return Block(Kind.PARAGRAPH, text, text, source=text)


def picture(name: str) -> Block:
    return Block(Kind.IMAGE, name, "", source="")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["采茶", "制茶"], "采茶；制茶"),
        (["均价，", "含夏秋茶"], "均价，含夏秋茶"),
        (["长度", "（米）"], "长度（米）"),
        (["2023", "年"], "2023年"),
        (["2023", "年轻人"], "2023；年轻人"),
    ],
)
def test_lines_of_a_cell_are_one_text_where_one_goes_on(lines, text):
    assert htmlcells.write_cell([line(each) for each in lines]) == text


def test_a_table_in_a_cell_is_its_cells_side_by_side_and_a_picture_no_text():
    table = Block(Kind.TABLE, "", "", source="", rows=(("甲", "", "乙"), ("丙", "", "丁")))
    assert htmlcells.write_cell([picture("a.jpg"), table]) == "甲 乙；丙 丁"


def test_a_label_is_a_heading_unless_it_names_a_field():
    [heading] = htmlcells.write_label([line("工 作 成 效 说 明：")])
    assert (heading.kind, heading.plain, heading.level) == (Kind.HEADING, "工作成效说明", 2)
    [field] = htmlcells.write_label([line("案例名称")])
    assert field.kind is Kind.PARAGRAPH
    assert list(htmlcells.write_label([line("：")])) == []


def test_a_short_value_stands_on_the_line_of_its_label_and_a_long_one_below():
    short = htmlcells.write_pairs([[line("单 位：")], [line("某校")]])
    assert [block.plain for block in short] == ["单位：某校"]
    long = htmlcells.write_pairs([[line("工作说明")], [line("一"), line("二")]])
    assert [block.plain for block in long] == ["工作说明", "一", "二"]


def test_of_an_odd_row_the_first_cell_is_the_label_of_the_labels_after_it():
    cells = [[line("联系人")], [line("姓名")], [line("甲某")]]
    assert [block.plain for block in htmlcells.write_pairs(cells)] == ["联系人", "姓名：甲某"]
    odd = [[line("单位")], [line("某校")], [line("另记")]]
    assert [block.plain for block in htmlcells.write_pairs(odd)] == ["单位：某校", "另记"]


def test_a_caption_is_in_the_cell_of_its_picture_or_below_it():
    beside = [[[picture("a"), line("甲图")], [picture("b"), line("乙图")]]]
    below = [[[picture("a")], [picture("b")]], [[line("甲图")], [line("乙图")]]]
    for rows in (beside, below):
        album = htmlcells.order_album(rows)
        assert [block.text for block in album] == ["a", "甲图", "b", "乙图"]
        assert [block.centred for block in album] == [False, True, False, True]


def test_a_table_with_more_text_than_captions_is_no_album():
    assert htmlcells.order_album([[[picture("a")], [line("一")], [line("二")]]]) == []
    assert htmlcells.order_album([[[picture("a")], [line("字" * 41)]]]) == []
    assert htmlcells.order_album([[[picture("a")], [line("字" * 40)]]]) != []
