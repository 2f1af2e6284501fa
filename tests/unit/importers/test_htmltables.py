"""Tables of HTML: rows, tables that only arrange a page, merged cells."""

import pytest
from lxml import etree, html

from casegen.importers.htmltables import (
    MOST_CELLS,
    holds_form,
    is_layout,
    list_parts,
    list_rows,
    read_grid,
)

LONG = "学校在村里建了果园，请来技术员教剪枝、嫁接、施肥，又办起合作社统一收购。" * 15


def table(*rows):
    """A table of rows of cells, each cell as HTML or as attributes and HTML."""
    made = "".join(
        "<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row) + "</tr>"
        for row in rows
    )
    return html.fromstring(f"<table>{made}</table>")


def grid(*rows):
    losses = []
    return read_grid(table(*rows), lambda cell: cell.text_content(), losses), losses


def test_merged_cells_are_repeated_in_each_place_and_told():
    found, losses = grid(
        ("<td rowspan=2>甲</td>", "<td colspan=2>乙</td>"), ("丙", "丁"), ("戊", "己", "庚")
    )
    assert found == [["甲", "乙", "乙"], ["甲", "丙", "丁"], ["戊", "己", "庚"]]
    assert set(losses) == {"表格里有合并的单元格：已拆开，内容在每一格里重复写出"}


@pytest.mark.parametrize("span", ["0", "x", "-1", "", "1.5"])
def test_a_span_that_is_none_counts_as_one(span):
    assert grid((f"<td colspan='{span}'>甲</td>", "乙"))[0] == [["甲", "乙"]]


def test_a_table_without_end_is_cut_and_told():
    found, losses = grid(*[("<td colspan=500>甲</td>",)] * (MOST_CELLS // 500 + 9))
    assert sum(map(len, found)) <= MOST_CELLS + 500
    assert losses[-1] == f"表格太大：只取了前 {len(found)} 行"


def test_rows_of_a_table_inside_are_not_those_of_the_outer_one():
    outer = table(("甲", "<td><table><tr><td>里</td></tr></table></td>"), ("丙", "丁"))
    assert [len(row) for row in list_rows(outer)] == [2, 2]


INNER = "<td><table><tr><td>里</td><td>层</td></tr></table></td>"


@pytest.mark.parametrize(
    ("rows", "layout", "told"),
    [
        ([("甲", "乙"), ("丙", "丁")], False, ""),
        ([("甲",), ("乙",)], True, ""),
        ([(LONG, "图")], True, ""),
        ([(LONG, LONG)], False, ""),
        ([(INNER,)], True, ""),
        ([("甲", INNER), ("丙", "丁")], False, "里层的写进了外层的那一格"),
        ([("甲", "乙", LONG), ("丙", "丁", INNER)], True, "外层的格子按先后写成了段落"),
    ],
)
def test_a_table_that_only_arranges_the_page_is_known(rows, layout, told):
    losses = []
    assert is_layout(table(*rows), losses) is layout
    assert told in "".join(losses)
    assert len(losses) == bool(told)


def test_a_table_of_labels_is_a_form_whatever_its_length():
    form = table(("标题", "山里果园"), ("单位", "青石学院"), ("主要做法", LONG))
    assert holds_form(form)
    assert not is_layout(form, [])
    assert not holds_form(table(("年份", "面积"), ("2021", "3亩")))


class Counted(html.HtmlElement):
    """An element that counts how often the text of a cell is read."""

    readings = 0

    def text_content(self):
        Counted.readings += 1
        return super().text_content()


@pytest.mark.parametrize("first", ["<td>{}号楼</td>", "<td rowspan=500>{}号楼</td><td>甲</td>"])
def test_each_cell_of_a_form_is_read_a_few_times_however_long_the_form_is(first):
    rows = "".join(
        f"<tr>{first.format(n) if n % 500 == 0 else ''}<td>第{n}层</td><td>甲</td><td>乙</td></tr>"
        for n in range(1000)
    )
    parser = html.HTMLParser()
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counted))
    Counted.readings = 0
    parts = list(list_parts(html.fromstring(f"<table>{rows}</table>", parser=parser)))
    assert sum(len(part.rows) for part in parts) == 1000
    assert Counted.readings < 3 * 3100
